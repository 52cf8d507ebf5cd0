import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import type { Hash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fail } from "../../../stages/lib/step.ts";
import { socketsOf } from "../special-files.ts";
import { sortRecords } from "./pax.ts";

/**
 * Packs a tree into an archive whose bits follow from the tree alone. The archive goes through `compressor`, a program
 * that reads its standard input, and into `hash` before it is compressed.
 */
export async function packTree(
  tree: string,
  epoch: number,
  path: string,
  compressor: readonly string[],
  hash?: Hash,
): Promise<void> {
  warnOfSockets(tree);
  // tar stores ACLs in records of their own, so `system.*` would store them twice.
  const attributes = ["--acls", "--xattrs", "--xattrs-exclude=system.*"];
  await packMembers([...attributes, `--directory=${tree}`, "."], epoch, path, compressor, hash);
}

/** Warns of what an archive of a tree doesn't hold. */
export function warnOfSockets(tree: string): void {
  const sockets = socketsOf(tree);
  if (sockets.length > 0)
    console.log(`warning: an archive can't hold sockets, which are left out: ${sockets.join(", ")}`);
}

/** Packs what tar finds by these arguments, in the same way. */
export async function packMembers(
  members: readonly string[],
  epoch: number,
  path: string,
  compressor: readonly string[],
  hash?: Hash,
): Promise<void> {
  const options = [
    "--warning=no-file-ignored",
    ...["--create", "--format=pax", "--sort=name", "--numeric-owner", `--mtime=@${epoch}`, "--clamp-mtime"],
    // By default a header's name has tar's process id in it. Stored trees don't keep fractions of a second.
    "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime,delete=mtime",
  ];
  const [program = "", ...args] = compressor;
  const file = openSync(path, "w", 0o644);
  const tar = spawn("tar", [...options, ...members], { stdio: ["ignore", "pipe", "inherit"] });
  const packer = spawn(program, args, { stdio: ["pipe", file, "inherit"] }) as ChildProcessByStdio<
    Writable,
    null,
    null
  >;
  const archive = Readable.from(sortRecords(tar.stdout));
  if (hash !== undefined) archive.on("data", (bytes: Buffer) => hash.update(bytes));
  const copied = pipeline(archive, packer.stdin).then(
    () => undefined,
    (error: unknown) => error,
  );
  // The reason why a program ended early says more than the broken pipe.
  await Promise.all([success("tar", tar), success(program, packer)]);
  const error = await copied;
  if (error !== undefined) throw error;
  closeSync(file);
}

async function success(program: string, child: ChildProcess): Promise<void> {
  const end = await new Promise<string | undefined>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) =>
      resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  if (end !== undefined) fail(`${program}: ${end}`);
}
