import { rename } from "node:fs/promises";
import { resolve } from "node:path";
import type { Namespace } from "../host/namespace.ts";

// What runs in a namespace runs in its root directory: the paths that users gave start somewhere else.

/** Unpacks a tar archive, compressed or not, into a directory. */
export const extract = (namespace: Namespace, archive: string, directory: string) =>
  namespace.run([
    ...["tar", "--extract", `--file=${resolve(archive)}`, `--directory=${directory}`],
    ...["--numeric-owner", "--same-permissions", "--acls", "--xattrs", "--xattrs-include=*"],
  ]);

/** Packs a tree as tar.gz, or as the name's ending says; the same tree gives the same bytes. */
export async function archive(namespace: Namespace, tree: string, path: string, epoch: number): Promise<void> {
  const unfinished = `${resolve(path)}.part${ending(path)}`;
  await namespace.run([
    ...["tar", "--create", "--auto-compress", `--file=${unfinished}`, `--directory=${tree}`],
    ...["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*", "--xattrs-exclude=trusted.overlay.*"],
    ...["--sort=name", `--mtime=@${epoch}`, "--clamp-mtime", "--format=pax"],
    ...["--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "."],
  ]);
  await rename(unfinished, path);
}

const ending = (path: string) => /(\.tar)?\.\w+$/.exec(path)?.[0] ?? ".tar.gz";
