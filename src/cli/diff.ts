import { realpath, stat } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import { requireSound } from "../store/integrity.ts";
import { createStore } from "../store/layout.ts";
import { readRef } from "../store/refs.ts";
import { openTrees } from "../store/trees.ts";
import { openWorkspace } from "../store/workspace.ts";
import { diffTrees } from "../tree/difference.ts";
import type { Command } from "./command.ts";
import { warn } from "./warn.ts";

/** `osbuild diff`: prints the difference between two trees, each an id in the store or a directory. */
export async function diffCommand({ store, before, after }: Extract<Command, { type: "diff" }>): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const openStore = onceOnly(async () => {
    const layout = await createStore(store);
    const workspace = resources.use(await openWorkspace(layout, warn));
    return { layout, workspace, trees: openTrees(workspace.namespace, layout, workspace.directory) };
  });
  const pathOf = async (tree: string) => {
    if (!/^[0-9a-f]{64}$/.test(tree)) return directoryOf(tree);
    const { layout, workspace, trees } = await openStore();
    const record = await readRef(layout, tree);
    if (record === undefined)
      throw failure(
        "STORE",
        `the store has no result with the id ${tree}`,
        "`osbuild store list` shows the results that it has",
      );
    if (record.kind === "assembler") {
      await requireSound(layout, [record.object]);
      return layout.object(record.object);
    }
    const { path } = resources.use(await trees.get(record.layers.map((object) => ({ object }))));
    return workspace.namespace.path(path);
  };
  const difference = await diffTrees(await pathOf(before), await pathOf(after));
  process.stdout.write(`${JSON.stringify(difference, null, 2)}\n`);
}

function onceOnly<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

async function directoryOf(path: string): Promise<string> {
  const directory = await realpath(path).catch((error) => {
    if (hasCode(error, "ENOENT"))
      throw failure("INVALID", `${path}: no such directory`, "a tree is a directory or an id");
    throw error;
  });
  if (!(await stat(directory)).isDirectory())
    throw failure("INVALID", `${path} is not a directory`, "a tree is a directory or an id");
  return directory;
}
