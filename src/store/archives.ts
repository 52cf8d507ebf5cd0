import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { failure } from "../errors.ts";
import { CommandError } from "../host/command.ts";
import type { Namespace } from "../host/namespace.ts";

// Commands in a namespace run in its root directory, so relative paths that users gave are resolved first.

/** Extracts a tar archive, compressed or not, into a directory. tar refuses members that lead out of it. */
export async function extract(namespace: Namespace, archive: string, directory: string): Promise<void> {
  const argv = [
    ...["tar", "--extract", `--file=${resolve(archive)}`, `--directory=${directory}`],
    ...["--numeric-owner", "--same-permissions", "--acls", "--xattrs", "--xattrs-include=*"],
  ];
  await namespace.run(argv).catch((error) => {
    if (!(error instanceof CommandError)) throw error;
    const hint = "name a tar archive whose members are all below its root";
    throw failure("INVALID", `${archive} can't be unpacked: ${reasonOf(error)}`, hint, { cause: error });
  });
}

/** The first complaint of tar: the lines after it only say that it failed. */
const reasonOf = ({ said }: CommandError) => {
  const complaints = said.split("\n").filter((line) => !line.includes(": Removing leading "));
  return (complaints[0] ?? "").replace(/^tar: /, "");
};

/** Archives a tree as tar.gz, or in the format of the name's extension. The same tree gives the same bytes. */
export async function archive(namespace: Namespace, tree: string, path: string, epoch: number): Promise<void> {
  // Two builds may save to one path: the later one wins.
  const unfinished = `${resolve(path)}.${randomUUID().slice(0, 8)}.part${ending(path)}`;
  const argv = [
    ...["tar", "--create", "--auto-compress", `--file=${unfinished}`, `--directory=${tree}`],
    ...["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*", "--xattrs-exclude=trusted.overlay.*"],
    ...["--sort=name", `--mtime=@${epoch}`, "--clamp-mtime", "--format=pax"],
    ...["--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "."],
  ];
  try {
    await namespace.run(argv);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const ending = (path: string) => /(\.tar)?\.\w+$/.exec(path)?.[0] ?? ".tar.gz";
