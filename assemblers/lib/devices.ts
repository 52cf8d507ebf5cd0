import { lstatSync, readdirSync } from "node:fs";

/** A device node of a tree. */
export interface DeviceNode {
  /** From the tree's root on; a name is any bytes, which latin1 keeps. */
  readonly path: string;
  /** Its numbers, as stat(2) gives them. */
  readonly rdev: bigint;
}

/** The paths of a tree's sockets, likewise: an archive has none. */
export function socketsOf(tree: string, below = ""): readonly string[] {
  const entries = readdirSync(Buffer.from(tree + below, "latin1"), { encoding: "latin1", withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) return socketsOf(tree, path);
    return entry.isSocket() ? [Buffer.from(path, "latin1").toString()] : [];
  });
}

/** A tree's device nodes: some tools that write file systems know little of them. */
export function deviceNodes(tree: string, below = ""): readonly DeviceNode[] {
  const entries = readdirSync(Buffer.from(tree + below, "latin1"), { encoding: "latin1", withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) return deviceNodes(tree, path);
    if (!entry.isBlockDevice() && !entry.isCharacterDevice()) return [];
    return [{ path, rdev: lstatSync(Buffer.from(tree + path, "latin1"), { bigint: true }).rdev }];
  });
}
