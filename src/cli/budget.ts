import type { Budget } from "../build/budget.ts";
import { failure } from "../errors.ts";
import { recordedContents } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";
import type { BudgetArguments } from "./command.ts";

/** Reads the image that growth is measured from. Undefined if there are no limits. */
export async function budgetIn(
  layout: Layout,
  { maxSize, maxGrowth, since }: BudgetArguments,
): Promise<Budget | undefined> {
  if (maxSize === undefined && maxGrowth === undefined) return undefined;
  if (maxGrowth === undefined || since === undefined) return { maxSize, maxGrowth: undefined };
  const contents = await recordedContents(layout, since);
  if (contents !== undefined)
    return { maxSize, maxGrowth: { bytes: maxGrowth, since: { label: since.slice(0, 12), contents } } };
  const hint = "a build with --max-size or --sbom records that, and `osbuild store list` shows what there is";
  throw failure("STORE", `the store doesn't know what the output ${since} contains`, hint);
}
