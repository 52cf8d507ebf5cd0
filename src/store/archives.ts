import { rename } from "node:fs/promises";
import type { Namespace } from "../host/namespace.ts";

/** Unpacks a tar archive, compressed or not, into a directory. */
export const extract = (namespace: Namespace, archive: string, directory: string) =>
  namespace.run([
    ...["tar", "--extract", `--file=${archive}`, `--directory=${directory}`],
    ...["--numeric-owner", "--same-permissions", "--acls", "--xattrs", "--xattrs-include=*"],
  ]);

/** Packs a tree as tar.gz, or as the name's ending says; the same tree gives the same bytes. */
export async function archive(namespace: Namespace, tree: string, path: string, epoch: number): Promise<void> {
  await namespace.run([
    ...["tar", "--create", "--auto-compress", `--file=${path}.part${ending(path)}`, `--directory=${tree}`],
    ...["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*", "--xattrs-exclude=trusted.overlay.*"],
    ...["--sort=name", `--mtime=@${epoch}`, "--clamp-mtime", "--format=pax"],
    ...["--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "."],
  ]);
  await rename(`${path}.part${ending(path)}`, path);
}

const ending = (path: string) => /(\.tar)?\.\w+$/.exec(path)?.[0] ?? ".tar.gz";
