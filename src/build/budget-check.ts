import type { Namespace } from "../host/namespace.ts";
import type { Pipeline, Step } from "../pipeline/pipeline.ts";
import type { Trees } from "../store/trees.ts";
import { readContents, type TreeLayer } from "../tree/contents.ts";
import { walk } from "../tree/walk.ts";
import { type Budget, isTooLarge, requireBudget } from "./budget.ts";
import type { Stack } from "./context.ts";
import type { Packing } from "./packing.ts";

/** Throws if the tree that a stage has made is larger than the budget allows. */
export type BudgetCheck = (pipeline: Pipeline, step: Step, tree: Stack) => Promise<void>;

/** The parts of a session that measure trees. */
interface Tools {
  readonly namespace: Namespace;
  readonly trees: Trees;
  readonly packing: Packing;
  readonly layersOf: (objects: readonly string[], makers: Stack["makers"]) => Promise<readonly TreeLayer[]>;
}

/** Measures trees in a session. Every tree is measured, but only one that is too large is read. */
export function openBudgetCheck(
  budget: Budget | undefined,
  { namespace, trees, packing, layersOf }: Tools,
): BudgetCheck {
  return async (pipeline, step, tree) => {
    if (budget === undefined || !isTooLarge(budget, await sizeOf(tree))) return;
    // Reading a file changes its time of access, which mustn't happen to a layer while it is packed.
    await packing.done();
    const contents = await contentsOf(tree);
    const below = { ...tree, layers: tree.layers.slice(0, -1), makers: tree.makers.slice(0, -1) };
    const started = below.layers.length === 0 ? undefined : await contentsOf(below);
    requireBudget(budget, pipeline, { contents, step, started });
  };

  async function sizeOf({ layers }: Stack): Promise<number> {
    await using tree = await trees.get(layers);
    let bytes = 0;
    for (const { kind, stats } of walk(namespace.path(tree.path))) if (kind === "file") bytes += stats.size;
    return bytes;
  }

  async function contentsOf({ layers, makers }: Stack) {
    const objects = await Promise.all(layers.map(packing.objectOf));
    await using tree = await trees.get(objects.map((object) => ({ object })));
    // Without await the tree would be gone while it is read.
    return await readContents(namespace.path(tree.path), await layersOf(objects, makers));
  }
}
