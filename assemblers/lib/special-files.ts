import { type Dirent, lstatSync, readdirSync } from "node:fs";

/** A device node of a tree. */
export interface DeviceNode {
  /** Path from the tree's root. Names are arbitrary bytes, so each byte is one latin1 character. */
  readonly path: string;
  /** The device's numbers, as stat(2) packs them. */
  readonly rdev: bigint;
}

/** A tree's device nodes: some tools that write file systems can't copy them. */
export const deviceNodes = (tree: string): readonly DeviceNode[] =>
  [...entriesOf(tree)]
    .filter(({ entry }) => entry.isBlockDevice() || entry.isCharacterDevice())
    .map(({ path }) => ({ path, rdev: lstatSync(Buffer.from(tree + path, "latin1"), { bigint: true }).rdev }));

/** The paths of a tree's sockets, as text: archives can't hold them. */
export const socketsOf = (tree: string): readonly string[] =>
  [...entriesOf(tree)]
    .filter(({ entry }) => entry.isSocket())
    .map(({ path }) => Buffer.from(path, "latin1").toString());

/** Everything in a tree that is neither a directory nor a regular file. */
function* entriesOf(tree: string, below = ""): Generator<{ readonly path: string; readonly entry: Dirent }> {
  for (const entry of readdirSync(Buffer.from(tree + below, "latin1"), { encoding: "latin1", withFileTypes: true })) {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* entriesOf(tree, path);
    else if (!entry.isFile()) yield { path, entry };
  }
}
