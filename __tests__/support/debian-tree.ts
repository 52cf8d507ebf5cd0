import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

/** What every tree for stages to change has beyond the packages that every Debian has. */
const always = ["systemd-sysv", "locales", "openssh-server", "console-setup", "sudo"];

export interface DebianTree extends AsyncDisposable {
  /** The tree: change it at will. */
  readonly path: string;
  /** What has been changed in it: an overlay's upper directory. */
  readonly changes: string;
}

/**
 * A small real Debian, with these packages. It is made once, and laid under every tree that is asked for, so that asking
 * again costs nothing.
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

/** The same with some servers, and Python. */
export const serverTree = () => debianTree("chrony", "firewalld", "netbase");

/** A directory to run programs in that are newer than the machine's; not to be changed. */
export const newerTools = () =>
  makeOnce("forky", ["attr", "btrfs-progs", "e2fsprogs", "fdisk", "grub-common", "xfsprogs"]);

/** Several test files may ask at once: one makes the tree, the others wait for it. */
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

function run([program = "", ...args]: readonly string[]): void {
  const { error, status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${status}\n${stderr}`);
}
