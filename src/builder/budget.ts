import type { Budget } from "../build/budget.ts";
import { failure } from "../errors.ts";
import { readPlain } from "../host/plain-file.ts";
import { decodeContents, mostContentsBytes } from "../tree/contents-file.ts";
import type { BuilderRequest, PipelineRequest } from "./protocol.ts";

/** Reads the image that growth is measured from. Undefined if there are no limits. */
export async function budgetOf(
  { maxSize, maxGrowth }: BuilderRequest["budget"],
  since: PipelineRequest["since"],
): Promise<Budget | undefined> {
  const size = maxSize ?? undefined;
  if (maxGrowth === null || since === null)
    return size === undefined ? undefined : { maxSize: size, maxGrowth: undefined };
  const contents = decodeContents(await readPlain(since.contents, mostContentsBytes));
  if (contents === undefined) throw failure("HOST", "the list of what the last image contains is damaged");
  return { maxSize: size, maxGrowth: { bytes: maxGrowth, since: { label: since.label, contents } } };
}
