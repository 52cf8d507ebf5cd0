import { type BigIntStats, lstatSync, readdirSync } from "node:fs";
import { nameOf } from "./walk.ts";

/**
 * The state of a file or of everything below a directory, as text. It differs whenever the files may: whoever writes to
 * a file changes its ctime, and no copy has the same inode and ctime.
 */
export const stateOf = (path: string): string => linesOf(Buffer.from(path), "").join("");

function linesOf(place: Buffer, path: string): readonly string[] {
  const stats = lstatSync(place, { bigint: true });
  const own = lineOf(path, stats);
  if (!stats.isDirectory()) return [own];
  const names = readdirSync(place, { encoding: "buffer" }).sort(Buffer.compare);
  return [own, ...names.flatMap((name) => linesOf(Buffer.concat([place, slash, name]), `${path}/${nameOf(name)}`))];
}

const lineOf = (path: string, { ino, size, mtimeNs, ctimeNs }: BigIntStats) =>
  `${ino} ${size} ${mtimeNs} ${ctimeNs} ${JSON.stringify(path)}\n`;

const slash = Buffer.from("/");
