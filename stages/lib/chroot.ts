import { lstatSync, mkdirSync, rmdirSync } from "node:fs";
import { runDownload } from "./run-download.ts";
import { capture, fail, run } from "./step.ts";

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Chroot extends Disposable {
  /** Runs a program of the tree; its output goes to the log. When it fails, so does the stage. */
  run(argv: readonly string[], options?: Options): void;
  /** Runs a program of the tree that downloads: again, when a server or the network fails. */
  runDownload(argv: readonly string[]): Promise<void>;
  /** Runs a program of the tree and returns what it printed. */
  capture(argv: readonly string[], options?: Options): string;
}

/**
 * Readies the tree for running its own programs: the container's /dev, /proc and /sys, and an empty /run and /tmp that
 * leave nothing behind. The stage's meta.json must ask for CAP_SYS_ADMIN; the programs themselves run without it.
 */
export function openChroot(tree: string): Chroot {
  // Bound rather than mounted anew: what the container made read-only in them stays so.
  const binds = ["dev", "proc", "sys"].map((name) => mount(tree, name, ["--rbind", "--make-rprivate", `/${name}`]));
  const empty = ["run", "tmp"].map((name) =>
    mount(tree, name, ["-t", "tmpfs", "-o", name === "tmp" ? "mode=1777" : "mode=755", "tmpfs"]),
  );
  const drop = ["--bounding-set=-sys_admin", "--inh-caps=-sys_admin"];
  const inside = (argv: readonly string[]) => ["setpriv", ...drop, "chroot", tree, ...argv];
  return {
    run: (argv, options) => run(inside(argv), withPath(options)),
    runDownload: (argv) => runDownload(inside(argv), withPath()),
    capture: (argv, options) => capture(inside(argv), withPath(options)),
    [Symbol.dispose]() {
      for (const undo of [...binds, ...empty]) undo();
    },
  };
}

function mount(tree: string, name: string, argv: readonly string[]): () => void {
  const target = `${tree}/${name}`;
  const entry = lstatSync(target, { throwIfNoEntry: false });
  // mount would follow a symbolic link out of the tree.
  if (entry !== undefined && !entry.isDirectory()) fail(`/${name} of the tree is not a directory`);
  if (entry === undefined) mkdirSync(target);
  run(["mount", ...argv, target]);
  return () => {
    // Lazily: a program may have left a process behind, which ends with the container.
    // That takes all below it down too; --recursive would meet what nspawn mounts twice, and fail on the second.
    run(["umount", "--lazy", target]);
    if (entry === undefined) rmdirSync(target);
  };
}

function withPath({ input = "", env = {} }: Options = {}) {
  // A tree whose /bin and /usr/bin are not merged needs all of them.
  return { input, env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...env } };
}
