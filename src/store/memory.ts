import { mkdir } from "node:fs/promises";
import { failure } from "../errors.ts";
import { CommandError } from "../host/command.ts";
import { mountAll, unmount } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";

/** The places in which a build can keep the changes to its trees until they are packed. */
export const rooms = ["auto", "memory", "disk"] as const;
export type Room = (typeof rooms)[number];

const directoryName = "memory";

/** With less room a base system would soon have to begin again on disk. */
const leastBytes = 2 * 1024 ** 3;

/** The number of builds that can have such a place each, in this many bytes of memory. */
export const buildsInMemory = (available: number): number => Math.floor(available / 2 / leastBytes);

/**
 * Mounts a tmpfs in a workspace, of half of the memory that is available, and returns its name there. Installing
 * packages takes two thirds of the time then. Undefined if the changes belong on disk, which is where `auto` puts them
 * if memory is short or the kernel's tmpfs has no user attributes (before Linux 6.6).
 */
export async function mountMemory(
  namespace: Namespace,
  workspace: string,
  room: Room,
  available = process.availableMemory(),
): Promise<string | undefined> {
  const size = Math.floor(available / 2);
  if (room === "disk" || (room === "auto" && size < leastBytes)) return undefined;
  const target = `${workspace}/${directoryName}`;
  await mkdir(target);
  const options = [`size=${size}`, "mode=700"];
  await mountAll(namespace, workspace, [{ type: "tmpfs", source: "tmpfs", target, options }]);
  try {
    await namespace.run(["setfattr", "--name=user.osbuild", "--value=y", target]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    await unmount(namespace, target);
    if (room === "auto") return undefined;
    const hint = "use --workspace auto, or a kernel from Linux 6.6 on";
    throw failure("HOST", "this kernel's tmpfs has no user attributes, which a tree may have", hint, { cause: error });
  }
  return directoryName;
}
