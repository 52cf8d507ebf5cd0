import { randomUUID } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { BuildError } from "../errors.ts";
import { hold } from "../host/command.ts";
import { type Namespace, openNamespace } from "../host/namespace.ts";
import { removeTree } from "../host/remove.ts";
import type { Layout } from "./layout.ts";

/** A build's own directory in the store, and the namespace whose mounts lie in it. Both are gone when it ends. */
export interface Workspace extends AsyncDisposable {
  readonly directory: string;
  readonly namespace: Namespace;
}

/** While it is open nothing is deleted from the store. */
export async function openWorkspace(layout: Layout): Promise<Workspace> {
  await sweep(layout);
  const namespace = await openNamespace(layout.lock);
  const directory = `${layout.temporary}/${randomUUID().slice(0, 8)}`;
  await mkdir(directory, { mode: 0o700 });
  return {
    directory,
    namespace,
    [Symbol.asyncDispose]: async () => {
      await namespace[Symbol.asyncDispose]();
      // What was killed may write its last while this goes on.
      await removeTree(directory);
    },
  };
}

/** Removes what builds left that were killed. Their mounts are long gone. */
async function sweep(layout: Layout): Promise<void> {
  if ((await readdir(layout.temporary)).length === 0) return;
  try {
    await using _alone = await lockAlone(layout);
    for (const name of await readdir(layout.temporary)) {
      await removeTree(`${layout.temporary}/${name}`);
    }
  } catch (error) {
    // Some build is at work: what lies there may be its.
    if (!(error instanceof BuildError)) throw error;
  }
}

/** Locks the store so that no build can start; fails where one is at work. */
export async function lockAlone(layout: Layout): Promise<AsyncDisposable> {
  const holder = await hold(["flock", "--exclusive", "--nonblock", layout.lock, "cat"]);
  return { [Symbol.asyncDispose]: holder.close };
}

/** Locks the store so that nothing is deleted from it. */
export async function lockShared(layout: Layout): Promise<AsyncDisposable> {
  const holder = await hold(["flock", "--shared", layout.lock, "cat"]);
  return { [Symbol.asyncDispose]: holder.close };
}
