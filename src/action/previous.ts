import { createHash } from "node:crypto";
import { copyFile, mkdtemp, writeFile } from "node:fs/promises";
import * as core from "@actions/core";
import { failure } from "../errors.ts";
import type { StepInfo } from "../events.ts";
import { readPlain } from "../host/plain-file.ts";
import { clearAway } from "../host/remove.ts";
import { count, digest, either, fromJson, listOf, matching, oneOf, shaped, string } from "../json/shape.ts";
import type { CacheClient } from "../remote/calls.ts";
import type { Image, Previous } from "../report/pipeline-report.ts";
import type { OutputFile } from "../store/refs.ts";
import { decodeContents, mostContentsBytes } from "../tree/contents-file.ts";
import type { Inputs } from "./inputs.ts";
import type { Runner } from "./job.ts";

/** The images of the branch's last run. The Actions cache looks on the branch first, then on its base. */
export interface PreviousImages {
  readonly find: (pipeline: string) => Promise<FoundImage | undefined>;
  readonly save: (pipeline: string, image: LatestImage) => Promise<void>;
}

/** An image of an earlier run. */
export interface FoundImage {
  readonly outputId: string;
  readonly steps: readonly StepInfo[];
  /** The digest of the last uploaded image, which is this one or an earlier one. */
  readonly uploaded: string | null;
  readonly previous: Previous;
}

/** An image to record for the branch's next run. */
export interface LatestImage {
  readonly outputId: string;
  readonly steps: readonly StepInfo[];
  readonly image: Pick<Image, "bytes" | "sha256">;
  readonly uploaded: string | null;
  /** The path of the file with its contents. */
  readonly contents: string;
}

/** A digest of an image's files, in hex. An id leaves out files that stages read, so it doesn't identify an image. */
export const digestOf = (files: readonly OutputFile[]) =>
  createHash("sha256")
    .update(JSON.stringify(files.map(({ path, sha256 }) => [path, sha256])))
    .digest("hex");

interface Kept extends Omit<LatestImage, "contents"> {
  readonly label: string;
}

const keptShape = shaped<Kept>({
  outputId: digest,
  steps: listOf(
    shaped<StepInfo>({ kind: oneOf("stage", "assembler"), id: digest, name: string, depth: count, index: count }),
  ),
  image: shaped<Kept["image"]>({ bytes: count, sha256: digest }),
  uploaded: either(digest, oneOf(null)),
  label: matching(/^[0-9a-f]{0,7}$/, "the beginning of a commit's id"),
});

/** The most bytes that an `image.json` may have. A pipeline has a few hundred steps at most. */
const mostBytes = 1024 ** 2;

/** Opens the images of earlier runs in the Actions cache. */
export function previousImages(
  { env }: Runner,
  { cacheKeyPrefix, variables }: Pick<Inputs, "cacheKeyPrefix" | "variables">,
  cache: CacheClient,
  transfer: string,
): PreviousImages {
  // The key differs in every run and attempt, because an entry can't be overwritten.
  const run = `${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT}`;
  const label = (env.GITHUB_SHA ?? "").slice(0, 7);
  // The jobs of a matrix can build the same pipeline with different variables.
  const edition = variables.map(({ name, value }) => `\n${name}=${value}`).sort();
  const beginning = (pipeline: string) => {
    const key = createHash("sha256")
      .update([pipeline, ...edition].join(""))
      .digest("hex")
      .slice(0, 16);
    return `${cacheKeyPrefix}osbuild-v1-latest-${key}-`;
  };
  return {
    async find(pipeline) {
      const found = await cache.restoreNewest([beginning(pipeline)]);
      if (found === undefined) return undefined;
      try {
        const kept = fromJson(keptShape, await readPlain(`${found.directory}/image.json`, mostBytes));
        const contents = decodeContents(await readPlain(`${found.directory}/contents.json`, mostContentsBytes));
        if (kept === undefined || contents === undefined) throw failure("STORE", "its entry in the cache is damaged");
        const { outputId, steps, uploaded, image, label } = kept;
        return { outputId, steps, uploaded, previous: { image, label, contents } };
      } finally {
        await clearAway(found.directory, ({ message }) => core.warning(message));
      }
    },
    async save(pipeline, { contents, ...latest }) {
      const directory = await mkdtemp(`${transfer}/latest-`);
      const kept: Kept = { ...latest, label };
      await writeFile(`${directory}/image.json`, JSON.stringify(kept));
      await copyFile(contents, `${directory}/contents.json`);
      const key = `${beginning(pipeline)}${run}`;
      await cache.save(key, directory, { beginning: key, except: [] });
    },
  };
}
