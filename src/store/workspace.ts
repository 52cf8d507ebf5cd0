import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { BuildError, type Problem } from "../errors.ts";
import { LockedError, lockFile } from "../host/lock.ts";
import { type Namespace, openNamespace } from "../host/namespace.ts";
import { clearAway } from "../host/remove.ts";
import { isReadOnly, type Layout } from "./layout.ts";

/** A build's own directory in the store, and the namespace with its mounts. Both are gone when the build ends. */
export interface Workspace extends AsyncDisposable {
  readonly directory: string;
  readonly namespace: Namespace;
}

type Warn = (problem: Problem) => void;

/** Opens a workspace. While it is open, nothing is deleted from the store. A read-only store allows reading trees. */
export async function openWorkspace(layout: Layout, warn: Warn): Promise<Workspace> {
  await sweepWorkspaces(layout, warn);
  const namespace = await openNamespace(layout.lock);
  const made = (await isReadOnly(layout)) ? mkdtemp(`${tmpdir()}/osbuild-`) : makeDirectory(layout);
  const directory = await made.catch(async (error) => {
    // Left open it would keep the whole process alive.
    await namespace[Symbol.asyncDispose]();
    throw error;
  });
  return {
    directory,
    namespace,
    [Symbol.asyncDispose]: async () => {
      await namespace[Symbol.asyncDispose]();
      await clearAway(directory, warn);
    },
  };
}

async function makeDirectory(layout: Layout): Promise<string> {
  const directory = `${layout.temporary}/${randomUUID().slice(0, 8)}`;
  await mkdir(directory, { mode: 0o700 });
  return directory;
}

/** Removes the workspaces of builds that were killed. Their mounts are already gone. */
export async function sweepWorkspaces(layout: Layout, warn: Warn): Promise<void> {
  if ((await readdir(layout.temporary)).length === 0 || (await isReadOnly(layout))) return;
  try {
    await using _alone = await lockAlone(layout);
    for (const name of await readdir(layout.temporary)) await clearAway(`${layout.temporary}/${name}`, warn);
  } catch (error) {
    // The directories may belong to a running build.
    if (!(error instanceof InUseError)) throw error;
  }
}

class InUseError extends BuildError {
  constructor(cause: unknown) {
    const hint = "prune it after the build";
    super("STORE", [{ message: "the store is in use by a build", hint }], { cause });
  }
}

/** Locks the store so that no build can start. Throws an InUseError while one is running. */
export const lockAlone = (layout: Layout) =>
  lockFile(layout.lock, ["--exclusive", "--nonblock"]).catch((error) => {
    throw error instanceof LockedError ? new InUseError(error) : error;
  });

/** Locks the store so that nothing can be deleted from it. */
export const lockShared = (layout: Layout) => lockFile(layout.lock, ["--shared"]);
