import { lstatSync, mkdirSync, rmdirSync } from "node:fs";
import { runDownload } from "../downloads/run-download.ts";
import { kernelPoints, runPoint, temporaryPoints } from "../mount-points.ts";
import { request } from "../mounts.ts";
import { capture, fail, run } from "../step.ts";
import { isInTree, resolveInTree } from "../tree.ts";
import { requireRunnable } from "./architecture.ts";

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A tree that is ready to run its own programs in, until it is disposed of. */
export interface Chroot extends Disposable {
  /** Runs a program of the tree; its output goes to the log. If it fails, so does the stage. */
  run(argv: readonly string[], options?: Options): void;
  /** Runs a program of the tree that downloads, again if a server or the network fails. */
  runDownload(argv: readonly string[]): Promise<void>;
  /** Runs a program of the tree and returns its output. */
  capture(argv: readonly string[], options?: Options): string;
}

/**
 * Makes the tree ready to run its own programs in: with the container's /dev, /proc and /sys, and an empty /run, /tmp
 * and /var/tmp that leave nothing behind. The stage's meta.json must say that it has mounts made on request.
 */
export function openChroot(tree: string): Chroot {
  requireRunnable(tree);
  const [tmp, varTmp] = temporaryPoints;
  const needed = [...kernelPoints, runPoint, tmp];
  const missing = needed.filter((name) => !isDirectory(tree, name));
  for (const name of missing) mkdirSync(`${tree}/${name}`);
  // An initrd records link counts of the directories that it is made in, and those are the store's file system's.
  const points = [...needed, ...(resolvesToItself(tree, `/${varTmp}`) ? [varTmp] : [])];
  request("over", ...points);
  const inside = (argv: readonly string[]) => ["chroot", tree, ...argv];
  return {
    run: (argv, options) => run(inside(argv), withPath(options)),
    runDownload: (argv) => runDownload(inside(argv), withPath()),
    capture: (argv, options) => capture(inside(argv), withPath(options)),
    [Symbol.dispose]() {
      request("lift", ...points);
      for (const name of missing) rmdirSync(`${tree}/${name}`);
    },
  };
}

function isDirectory(tree: string, name: string): boolean {
  const entry = lstatSync(`${tree}/${name}`, { throwIfNoEntry: false });
  // A mount would follow a symbolic link out of the tree.
  if (entry !== undefined && !entry.isDirectory()) fail(`/${name} of the tree is not a directory`);
  return entry !== undefined;
}

const resolvesToItself = (tree: string, path: string) =>
  isInTree(tree, path) && resolveInTree(tree, path) === tree + path;

function withPath({ input = "", env = {} }: Options = {}) {
  // A tree whose /bin and /usr/bin aren't merged needs all of these directories.
  return { input, env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...env } };
}
