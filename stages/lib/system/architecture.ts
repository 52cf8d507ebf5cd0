import { spawnSync } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { fail } from "../step.ts";
import { isInTree, resolveInTree } from "../tree.ts";

/** Debian's names of the architectures, by the machine that an ELF header names (elf.h's `EM_`, dpkg's ostable). */
const names: ReadonlyMap<number, string> = new Map([
  [3, "i386"],
  [21, "ppc64el"],
  [22, "s390x"],
  [40, "armhf"],
  [50, "ia64"],
  [62, "amd64"],
  [183, "arm64"],
  [243, "riscv64"],
]);

/** Programs that nearly every tree has. */
const usual = ["/usr/bin/env", "/bin/sh", "/usr/lib/systemd/systemd"];

/** Debian's name of the architecture of a tree's own programs. Undefined if the tree has none, or if it isn't known. */
export function architectureOf(tree: string): string | undefined {
  const program = usual.find((path) => isInTree(tree, path));
  return program === undefined ? undefined : names.get(machineOf(resolveInTree(tree, program)));
}

/** The machine that an ELF header names, or 0 if the file isn't an ELF file. */
function machineOf(path: string): number {
  const header = Buffer.alloc(20);
  const file = openSync(path, "r");
  readSync(file, header, 0, header.length, 0);
  closeSync(file);
  if (header.readUInt32BE(0) !== 0x7f454c46) return 0;
  return header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
}

/** The architecture of the build root's programs. */
export const ownArchitecture = names.get(machineOf("/proc/self/exe"));

/** The exit code of chroot(1) for a program that the kernel refuses. */
const cannotExecute = 126;

/** Fails unless this machine runs the tree's programs: as they are, or through an emulator that its kernel knows. */
export function requireRunnable(tree: string): void {
  const architecture = architectureOf(tree);
  if (architecture === undefined || architecture === ownArchitecture) return;
  const { status } = spawnSync("chroot", [tree, "/bin/sh", "-c", "exit 0"], { stdio: "ignore" });
  if (status === cannotExecute) failFor(architecture);
}

/** Fails unless this machine runs the programs of an architecture. The build root must have arch-test. */
export function requireArchitecture(architecture: string): void {
  if (architecture === ownArchitecture) return;
  if (spawnSync("arch-test", [architecture], { stdio: "ignore" }).status !== 0) failFor(architecture);
}

const failFor = (architecture: string): never =>
  fail(
    `this machine can't run programs for ${architecture}: install QEMU's user emulation (the package qemu-user-static, ` +
      `from Debian 13 on qemu-user-binfmt), which registers itself with the kernel, or build on a machine that is ${architecture} itself`,
  );
