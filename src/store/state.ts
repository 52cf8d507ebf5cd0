import { lstat, mkdir, unlink, writeFile } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { LockedError, lockFile } from "../host/lock.ts";
import { removeTree } from "../host/remove.ts";
import { type Found, walk } from "../tree/walk.ts";
import type { Layout } from "./layout.ts";

/**
 * Opens the directory in which a program keeps its downloads. If damage has put something else in its place, or in the
 * place of the file that locks it, that is removed: a link could lead out of the store. So is what no download is, on
 * which the program would wait for ever or which it would write to elsewhere.
 */
export async function openState(layout: Layout, program: string): Promise<string> {
  const directory = layout.state(program);
  const [found, lock] = await Promise.all([directory, `${directory}.lock`].map(statsOf));
  if (found?.isDirectory() === false) await removeTree(directory);
  if (lock?.isFile() === false) await removeTree(`${directory}.lock`);
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}.lock`, "", { flag: "a", mode: 0o600 });
  try {
    await using _alone = await lockFile(`${directory}.lock`, ["--exclusive", "--nonblock"]);
    for (const place of misfits([...walk(directory)])) await unlink(place);
  } catch (error) {
    // Another build that is using it has looked at it.
    if (!(error instanceof LockedError)) throw error;
  }
  return directory;
}

/** The paths of files that are neither files nor links nor directories, or that have another name elsewhere. */
function misfits(found: readonly Found[]): readonly Buffer[] {
  const names = Map.groupBy(found, ({ stats: { dev, ino } }) => `${dev}:${ino}`);
  return [...names.values()].flatMap((same) => {
    const { kind, stats } = same[0] as Found;
    if (kind === "directory" || kind === "symbolic link") return [];
    return kind === "file" && stats.nlink === same.length ? [] : same.map(({ place }) => place);
  });
}

const statsOf = (path: string) =>
  lstat(path).catch((error) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
