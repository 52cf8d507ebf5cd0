import { contentKey, stepKey } from "../pipeline/fingerprint.ts";
import type { Step } from "../pipeline/pipeline.ts";
import type { Layout } from "../store/layout.ts";
import { putCopy } from "../store/put.ts";
import { listContentKeys, readByContent, type StoredResult } from "../store/refs.ts";
import type { BuildContext, Site, Stack } from "./context.ts";
import { dropIfDamaged } from "./damage.ts";
import { isDescribed } from "./described.ts";
import { oldestRun } from "./usable.ts";

/** The key of a step's result by what the step works on. Undefined if that isn't known. */
export async function keyOf(step: Step, site: Site): Promise<string | undefined> {
  const [own, tree] = [await ownKey(step, site), await site.below.content];
  if (own === undefined || tree === undefined) return undefined;
  return contentKey(own, step.getsLayers ? `${tree} ${stagesOf(site.below)}` : tree);
}

/** The stages that made the layers of a tree. The tree's digest says what each layer holds, but not who made it. */
const stagesOf = ({ makers }: Stack) => JSON.stringify(makers.map((maker) => maker?.name ?? null));

/** Finds the result that a step had on a tree that holds the same, wherever the trees came from. */
export async function findSame(step: Step, site: Site, context: BuildContext): Promise<StoredResult | undefined> {
  const { layout, remote } = context;
  if (remote === undefined && !(await isKnown(step, site, layout))) return undefined;
  const key = await keyOf(step, site);
  if (key === undefined) return undefined;
  const since = oldestRun(step, site.reason, context.freshness);
  const isFresh = ({ ran = 0 }: StoredResult) => since === undefined || ran >= since;
  const needsContents = context.contents === "required" && step.kind === "assembler";
  const isEnough = async (found: StoredResult) =>
    isFresh(found) && (!needsContents || (await isDescribed(layout, found.id)));
  const stored = await readByContent(layout, key);
  if (stored !== undefined && (await isEnough(stored)) && !(await dropIfDamaged(stored, context))) return stored;
  const fetched = await remote?.fetchSame({ contentKey: key, name: step.name, since });
  return fetched !== undefined && (await isEnough(fetched)) ? fetched : undefined;
}

/** Whether the store has any result of such a step. If not, its tree's digest needn't be waited for. */
async function isKnown(step: Step, site: Site, layout: Layout): Promise<boolean> {
  const keys = await listContentKeys(layout);
  const own = keys.length === 0 ? undefined : await ownKey(step, site);
  return own !== undefined && keys.some((key) => key.startsWith(own));
}

/** The part of a step's key that doesn't depend on the tree below it. Undefined if the build root isn't known. */
async function ownKey(step: Step, { fingerprint, root }: Site): Promise<string | undefined> {
  if (root.layers.length === 0) return stepKey(step, fingerprint, null);
  const inside = await root.content;
  return inside === undefined ? undefined : stepKey(step, fingerprint, inside);
}

/** Copies the log and the list of contents of a result to another id. */
export async function copyNotes(layout: Layout, from: string, to: string): Promise<void> {
  if (from === to) return;
  for (const pathOf of [layout.log, layout.contents]) await putCopy(layout, pathOf(from), pathOf(to));
}
