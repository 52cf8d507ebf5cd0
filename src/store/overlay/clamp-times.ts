import { lstatSync, lutimesSync, readdirSync } from "node:fs";
import { failure, hasCode } from "../../errors.ts";
import { isWhiteout } from "./lower.ts";

/**
 * Gives the files in a stage's upper directory times that squashfs can store and that aren't later than the source
 * epoch. The tree then looks the same whether its layer is still a directory or came from the store. If the epoch is in
 * the future, everything that this build made gets it too, because those times are earlier but differ in every build.
 * Returns the whiteouts in the directory.
 */
export function clampTimes(upper: string, epoch: number): readonly Buffer[] {
  const whiteouts: Buffer[] = [];
  try {
    clampBelow(Buffer.from(upper), BigInt(epoch), whiteouts);
  } catch (error) {
    if (hasCode(error, "ENAMETOOLONG")) throw tooLong(upper, error as NodeJS.ErrnoException);
    throw error;
  }
  return whiteouts;
}

/** The tools name files by whole paths, which Linux limits to 4,096 bytes. */
function tooLong(upper: string, { path = "" }: NodeJS.ErrnoException) {
  const start = path.slice(upper.length, upper.length + 100);
  const hint = "use shorter names, or fewer nested directories";
  return failure("STAGE_FAILED", `a path of the tree is too long to be stored: ${start}…`, hint);
}

/** The start of this process, in whole seconds, because the kernel's clock for files is a few milliseconds behind. */
const started = BigInt(Math.floor(performance.timeOrigin / 1000));

const slash = Buffer.from("/");

/** Clamps times to whole seconds between 1970 and the epoch. File names may be any bytes. */
function clampBelow(path: Buffer, epoch: bigint, whiteouts: Buffer[]): void {
  const stats = lstatSync(path, { bigint: true });
  if (isWhiteout(stats)) whiteouts.push(path);
  if (stats.isDirectory())
    for (const name of readdirSync(path, { encoding: "buffer" }))
      clampBelow(Buffer.concat([path, slash, name]), epoch, whiteouts);
  const second = 1_000_000_000n;
  const seconds = stats.mtimeNs < 0n ? 0n : stats.mtimeNs / second;
  const clamped = Number(seconds < epoch && seconds < started ? seconds : epoch);
  if (stats.mtimeNs === BigInt(clamped) * second) return;
  lutimesSync(path, clamped, clamped);
}
