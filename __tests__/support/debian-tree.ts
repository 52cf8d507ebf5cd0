import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

/** The packages of every tree for stages, in addition to those of every Debian. */
const always = ["systemd-sysv", "locales", "openssh-server", "console-setup", "sudo"];

export interface DebianTree extends AsyncDisposable {
  /** The tree, which may be changed. */
  readonly path: string;
  /** The changes in it: an overlay's upper directory. */
  readonly changes: string;
}

/**
 * A small real Debian with these packages. It is made once and becomes the lower layer of every such tree, so that
 * another tree costs nothing.
 */
export async function debianTree(...more: readonly string[]): Promise<DebianTree> {
  const base = makeOnce("bookworm", [...always, ...more]);
  const directory = await mkdtemp(`${tmpdir()}/debian-tree-`);
  const [changes, work, path] = [`${directory}/changes`, `${directory}/work`, `${directory}/tree`];
  for (const made of [changes, work, path]) await mkdir(made);
  run(["mount", "-t", "overlay", "-o", `lowerdir=${base},upperdir=${changes},workdir=${work}`, "overlay", path]);
  return {
    path,
    changes,
    async [Symbol.asyncDispose]() {
      run(["umount", path]);
      await rm(directory, { recursive: true });
    },
  };
}

/** Such a tree with some servers and Python. */
export const serverTree = () => debianTree("chrony", "firewalld", "netbase");

/** A directory to run programs that are newer than the machine's. It must not be changed. */
export const newerTools = () =>
  makeOnce("forky", ["attr", "btrfs-progs", "dnf5", "e2fsprogs", "fdisk", "gpg", "grub-common", "rpm", "xfsprogs"]);

/** Makes the tree once, even if several test files need it at the same time: the others wait. */
function makeOnce(suite: string, packages: readonly string[]): string {
  if (process.getuid?.() !== 0) throw new Error("this test makes a Debian tree and needs root: sudo npm test");
  const name = createHash("sha256")
    .update([suite, ...packages].join(" "))
    .digest("hex")
    .slice(0, 12);
  const base = `${tmpdir()}/debian-tree-${name}`;
  run(["flock", `${base}.lock`, process.execPath, maker, base, suite, ...packages]);
  return base;
}

const maker = fileURLToPath(new URL("make-debian-tree.ts", import.meta.url));
