import { lstatSync, lutimesSync, readdirSync } from "node:fs";
import { failure, hasCode } from "../errors.ts";
import { isWhiteout } from "./lower.ts";

/**
 * Makes a directory that a stage has filled what a layer must be: with times that squashfs can keep and that aren't
 * later than the source epoch. Whoever reads the tree then sees the same, whether the layer is still raw or came back
 * from the store. If the epoch is still to come, it is also the time of everything that this build has made: that is
 * earlier, but another one in every build. Returns the whiteouts in it.
 */
export function settle(upper: string, epoch: number): readonly Buffer[] {
  const whiteouts: Buffer[] = [];
  try {
    clampTimes(Buffer.from(upper), BigInt(epoch), whiteouts);
  } catch (error) {
    if (hasCode(error, "ENAMETOOLONG")) throw tooLong(upper, error as NodeJS.ErrnoException);
    throw error;
  }
  return whiteouts;
}

/** Linux's tools name files by whole paths, and none of those may have more than 4,096 bytes. */
function tooLong(upper: string, { path = "" }: NodeJS.ErrnoException) {
  const start = path.slice(upper.length, upper.length + 100);
  const hint = "use shorter names, or fewer directories in each other";
  return failure("STAGE_FAILED", `a path of the tree is too long to be kept: ${start}…`, hint);
}

/** When this process started, in whole seconds: the kernel's clock for files is a few milliseconds behind. */
const started = BigInt(Math.floor(performance.timeOrigin / 1000));

const slash = Buffer.from("/");

/** Whole seconds from 1970 to the epoch; a file name may be any bytes. */
function clampTimes(path: Buffer, epoch: bigint, whiteouts: Buffer[]): void {
  const stats = lstatSync(path, { bigint: true });
  if (isWhiteout(stats)) whiteouts.push(path);
  if (stats.isDirectory())
    for (const name of readdirSync(path, { encoding: "buffer" }))
      clampTimes(Buffer.concat([path, slash, name]), epoch, whiteouts);
  const second = 1_000_000_000n;
  const seconds = stats.mtimeNs < 0n ? 0n : stats.mtimeNs / second;
  const clamped = Number(seconds < epoch && seconds < started ? seconds : epoch);
  if (stats.mtimeNs === BigInt(clamped) * second) return;
  lutimesSync(path, clamped, clamped);
}
