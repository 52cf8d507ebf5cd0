import { writeFile } from "node:fs/promises";
import * as core from "@actions/core";
import type { PipelineRequest } from "../builder/protocol.ts";
import { encodeContents } from "../tree/contents-file.ts";
import { attempt } from "./attempt.ts";
import type { Job } from "./job.ts";
import type { Run } from "./run.ts";

/** Hands the branch's last image to the builder, if growth since then is limited. */
export async function sinceOf(
  { name, earlier }: Run,
  index: number,
  { inputs, transfer }: Job,
): Promise<PipelineRequest["since"]> {
  if (inputs.maxGrowth === undefined) return null;
  const previous = await attempt("the previous image could not be read", async () => earlier?.previous());
  if (!previous) {
    core.info(`${name} has no earlier image in the cache, so max-growth has nothing to compare with`);
    return null;
  }
  const { label, contents } = previous;
  const path = `${transfer}/since-${index}.json`;
  await writeFile(path, encodeContents(contents));
  return { label, contents: path };
}
