import { createHash } from "node:crypto";
import { copyFile, mkdtemp, writeFile } from "node:fs/promises";
import * as core from "@actions/core";
import type { Origin } from "../builder/protocol.ts";
import { failure } from "../errors.ts";
import type { StepInfo } from "../events.ts";
import { readPlain } from "../host/plain-file.ts";
import { clearAway } from "../host/remove.ts";
import { count, digest, either, fromJson, listOf, matching, oneOf, shaped, string } from "../json/shape.ts";
import type { CacheClient, Found } from "../remote/calls.ts";
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
  /** The image's origin; null unless it is the last uploaded one. */
  readonly origin: Origin | null;
  readonly image: Pick<Image, "path" | "bytes" | "sha256">;
  /** The key of the entry with its contents, which are large and seldom needed if nothing has changed. */
  readonly contentsKey: string;
  /** The image to compare with. Its contents are fetched once; null if they are no longer in the cache. */
  readonly previous: () => Promise<Previous | null>;
}

/** An image to record for the branch's next run. */
export interface LatestImage {
  readonly outputId: string;
  readonly steps: readonly StepInfo[];
  readonly image: Pick<Image, "path" | "bytes" | "sha256">;
  readonly uploaded: string | null;
  readonly origin: Origin | null;
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
  readonly contentsKey: string;
}

const keptShape = shaped<Kept>({
  outputId: digest,
  steps: listOf(
    shaped<StepInfo>({ kind: oneOf("stage", "assembler"), id: digest, name: string, depth: count, index: count }),
  ),
  image: shaped<Kept["image"]>({ path: string, bytes: count, sha256: digest }),
  uploaded: either(digest, oneOf(null)),
  origin: either(shaped<Origin>({ id: digest, fingerprint: digest, entries: listOf(string) }), oneOf(null)),
  label: matching(/^[0-9a-f]{0,7}$/, "the beginning of a commit's id"),
  contentsKey: string,
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
  const latest = `${cacheKeyPrefix}osbuild-v2-latest-`;
  const nameOf = (pipeline: string) =>
    createHash("sha256")
      .update([pipeline, ...edition].join(""))
      .digest("hex")
      .slice(0, 16);
  const beginning = (pipeline: string) => `${latest}${nameOf(pipeline)}-`;
  const contentsBeginning = `${latest}contents-`;
  return {
    async find(pipeline) {
      const kept = await readEntry(await cache.restoreNewest([beginning(pipeline)]), "image.json", mostBytes, (text) =>
        fromJson(keptShape, text),
      );
      if (kept === undefined) return undefined;
      const { label, ...found } = kept;
      const { contentsKey } = found;
      let previous: Promise<Previous | null> | undefined;
      const read = async (): Promise<Previous | null> => {
        if (!contentsKey.startsWith(contentsBeginning)) throw damaged();
        const entry = await cache.restore([contentsKey]);
        const contents = await readEntry(entry, "contents.json", mostContentsBytes, decodeContents);
        return contents === undefined ? null : { image: found.image, label, contents };
      };
      return {
        ...found,
        previous: () => {
          previous ??= read();
          return previous;
        },
      };
    },
    async save(pipeline, { contents, ...image }) {
      const contentsKey = `${contentsBeginning}${nameOf(pipeline)}-${run}`;
      const kept: Kept = { ...image, label, contentsKey };
      const own = (key: string) => ({ beginning: key, except: [] });
      const [first, second] = [await mkdtemp(`${transfer}/contents-`), await mkdtemp(`${transfer}/latest-`)];
      await copyFile(contents, `${first}/contents.json`);
      await writeFile(`${second}/image.json`, JSON.stringify(kept));
      const key = `${beginning(pipeline)}${run}`;
      await Promise.all([cache.save(contentsKey, first, own(contentsKey)), cache.save(key, second, own(key))]);
    },
  };
}

/** Reads the file of an entry, and removes the entry. Undefined if there is none. */
async function readEntry<Value>(
  entry: Found | undefined,
  name: string,
  most: number,
  parse: (text: string) => Value | undefined,
): Promise<Value | undefined> {
  if (entry === undefined) return undefined;
  try {
    const value = parse(await readPlain(`${entry.directory}/${name}`, most));
    if (value === undefined) throw damaged();
    return value;
  } finally {
    await clearAway(entry.directory, ({ message }) => core.warning(message));
  }
}

const damaged = () => failure("STORE", "its entry in the cache is damaged");
