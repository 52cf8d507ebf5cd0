import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { failure } from "../errors.ts";
import { searchPath } from "./command.ts";

/** The error for a lock that another process holds. */
export class LockedError extends Error {}

/** flock's exit code if another process holds the lock. */
const locked = 75;

/**
 * Locks a file with flock(1) and these options. The lock belongs to the open file, not to flock's process, so it is
 * released when the file is closed or this process ends, however it ends. With `--nonblock`, throws a LockedError if
 * another process holds the lock.
 */
export async function lockFile(path: string, how: readonly string[]): Promise<AsyncDisposable> {
  const file = await open(path);
  try {
    // This isn't execa, because an unchanged build runs no other command, and execa's first one would double its time.
    const child = spawn("flock", [...how, `--conflict-exit-code=${locked}`, "3"], {
      env: { PATH: searchPath },
      stdio: ["ignore", "ignore", "ignore", file.fd],
    });
    const [code] = (await once(child, "close")) as [number | null];
    if (code === locked) throw new LockedError(`${path} is locked`);
    if (code !== 0) throw failure("HOST", `${path} could not be locked`);
  } catch (error) {
    await file.close();
    throw error;
  }
  return { [Symbol.asyncDispose]: () => file.close() };
}
