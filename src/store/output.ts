import { readdirSync, readlinkSync } from "node:fs";
import { defaultSourceEpoch } from "../epoch.ts";
import { readAttributes } from "../tree/attributes.ts";
import { type Found, sha256Of, walk } from "../tree/walk.ts";
import type { OutputFile } from "./refs.ts";

/** A property of an output that the names and contents of its files don't show. */
export type Extra = readonly [path: string, ...facts: readonly unknown[]];

/** Lists all regular files below a directory with their digests, sorted by path. */
export async function listFiles(directory: string): Promise<readonly OutputFile[]> {
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const files: OutputFile[] = [];
  for (const found of walk(directory)) {
    if (!isFile(found)) continue;
    const bytes = found.place.subarray(Buffer.byteLength(directory) + 1);
    const path = found.path.slice(1);
    const name = isText(bytes) ? {} : { bytes: bytes.toString("latin1") };
    files.push({ path, ...name, size: found.stats.size, sha256: await sha256Of(found.place, buffer, "hex") });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

/**
 * Lists what an output has besides plain files: other kinds of file, links, empty directories, and files and
 * directories with an unusual mode, owner, time, attribute or name. An image and its directory have none. Paths are
 * latin1.
 */
export async function listExtras(directory: string): Promise<readonly Extra[]> {
  const attributes = await readAttributes(directory);
  // The host's SELinux policy may give new files their directory's label, which isn't part of the output.
  const label = attributes.get(".")?.["security.selinux"];
  return [...walk(directory)].flatMap((found): readonly Extra[] => {
    const bytes = found.place.subarray(Buffer.byteLength(directory) + 1);
    const path = bytes.toString("latin1");
    const own = Object.entries(attributes.get(path) ?? {}).filter(
      ([name, value]) => name !== "security.selinux" || value !== label,
    );
    const facts = [...factsOf(found), ...own.sort(([a], [b]) => (a < b ? -1 : 1))];
    return facts.length === 0 && isText(bytes) ? [] : [[path, ...facts]];
  });
}

/** Whether something in an output is a regular file. */
export const isFile = ({ kind }: Found) => kind === "file" || kind === "hard link";

const isText = (bytes: Buffer) => Buffer.from(bytes.toString()).equals(bytes);

function factsOf({ place, kind, stats, first }: Found): readonly unknown[] {
  const { mode, uid, gid, mtimeMs, rdev } = stats;
  const usualMode = kind === "directory" ? 0o755 : 0o644;
  const isUsualKind = kind === "file" || (kind === "directory" && readdirSync(place).length > 0);
  return [
    ...(isUsualKind ? [] : [kind]),
    ...(first === undefined ? [] : [first]),
    ...(kind === "symbolic link" ? [readlinkSync(place, "latin1")] : []),
    ...(kind.endsWith("device") ? [rdev] : []),
    ...(kind === "symbolic link" || (mode & 0o7777) === usualMode ? [] : [`mode ${(mode & 0o7777).toString(8)}`]),
    ...(uid === 0 && gid === 0 ? [] : [`owner ${uid}:${gid}`]),
    ...(mtimeMs === defaultSourceEpoch * 1000 ? [] : [`time ${mtimeMs / 1000}`]),
  ];
}
