import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { BuildError, type Problem } from "../../src/errors.ts";
import type { Namespace } from "../../src/host/namespace.ts";
import { listAttributes, pack } from "../../src/store/layers.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { type Layer, openTrees, type Trees } from "../../src/store/trees.ts";
import { openWorkspace } from "../../src/store/workspace.ts";

export const epoch = defaultSourceEpoch;

/** A new directory for a test. */
export async function scratch(parent = tmpdir()): Promise<{ readonly path: string } & AsyncDisposable> {
  if (process.getuid?.() !== 0) throw new Error("this test mounts and needs root: sudo npm test");
  const path = await mkdtemp(`${parent}/test-`);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface TestStore extends AsyncDisposable {
  readonly layout: Layout;
  readonly namespace: Namespace;
  readonly workspace: string;
  readonly trees: Trees;
  /** Changes the tree of these layers as a stage would. Returns the new layer as a directory. */
  readonly change: (layers: readonly Layer[], change: (path: string) => void) => Promise<{ directory: string }>;
  readonly pack: (layer: { directory: string }) => Promise<{ object: string }>;
  /** Looks at the tree of these layers. */
  readonly see: <T>(layers: readonly Layer[], look: (path: string) => T) => Promise<T>;
}

/** A store with a running build. */
export async function openStore(directory: string, loopControl?: string, most?: number): Promise<TestStore> {
  const layout = await createStore(directory);
  const workspace = await openWorkspace(layout, refuse);
  const { namespace } = workspace;
  const packed = async ({ directory: upper }: { directory: string }) => {
    const layer = { upper, attributes: await listAttributes(namespace, upper) };
    return { object: (await pack(namespace, layout, layer, workspace.directory, epoch)).digest };
  };
  const objectOf = async (layer: Layer) => ("object" in layer ? layer : await packed(layer)).object;
  const trees = openTrees(namespace, layout, workspace.directory, { objectOf, loopControl, most });
  return {
    layout,
    namespace,
    workspace: workspace.directory,
    trees,
    async change(layers, change) {
      await using tree = await trees.create(layers, epoch);
      change(namespace.path(tree.path));
      return { directory: (await tree.finish()).upper };
    },
    pack: packed,
    async see(layers, look) {
      await using tree = await trees.get(layers);
      return look(namespace.path(tree.path));
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

const refuse = (problem: Problem) => {
  throw new BuildError("STORE", [problem]);
};

/** Runs a command and returns its output, byte for byte. */
export const sh = (script: string, ...args: readonly string[]): string =>
  execFileSync("sh", ["-euc", script, "sh", ...args], { encoding: "latin1", maxBuffer: 2 ** 28 });

/** All metadata of a tree's files. */
export const listing = (path: string): string =>
  sh(
    `cd "$1"
     find . -not -type d -printf '%P %y %m %U %G %n %s %T@ %l\\n' | LC_ALL=C sort
     find . -type d -printf '%P %y %m %U %G %T@\\n' | LC_ALL=C sort
     find . \\( -type c -o -type b \\) -exec stat --format='%n %t:%T' {} + | LC_ALL=C sort
     find . -type f -size -1M -exec sha256sum {} + | LC_ALL=C sort
     getfattr --recursive --physical --no-dereference --dump --match=- --encoding=hex . | grep -av ^trusted.overlay | awk 'BEGIN { RS = "" } { gsub("\\n", " "); print }' | LC_ALL=C sort
     getfacl --recursive --physical --numeric . 2>/dev/null | awk 'BEGIN { RS = "" } { gsub("\\n", " "); print }' | LC_ALL=C sort`,
    path,
  );
