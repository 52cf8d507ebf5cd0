import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { ActionsCache } from "../cache/calls.ts";
import type { StepInfo } from "../events.ts";
import type { Image, Previous } from "../report/pipeline-report.ts";
import { decodeContents } from "../store/contents-file.ts";
import type { OutputFile } from "../store/refs.ts";
import type { Runner } from "./job.ts";

/** The image that a branch's last run made of a pipeline: the Actions cache looks on the branch, then on its base. */
export interface PreviousImages {
  readonly find: (pipeline: string) => Promise<FoundImage | undefined>;
  readonly save: (pipeline: string, image: LatestImage) => Promise<void>;
}

export interface FoundImage {
  readonly outputId: string;
  readonly steps: readonly StepInfo[];
  /** The digest of the image that was uploaded last: this one, or one before it. */
  readonly uploaded: string | null;
  readonly previous: Previous;
}

export interface LatestImage {
  readonly outputId: string;
  readonly steps: readonly StepInfo[];
  readonly image: Pick<Image, "bytes" | "sha256">;
  readonly uploaded: string | null;
  /** The file with its contents. */
  readonly contents: string;
}

/** A digest of an image's files, in hex. Ids leave out the content of files that stages read, so they don't tell images apart. */
export const digestOf = (files: readonly OutputFile[]) =>
  createHash("sha256")
    .update(JSON.stringify(files.map(({ path, sha256 }) => [path, sha256])))
    .digest("hex");

interface Kept extends Omit<LatestImage, "contents"> {
  readonly label: string;
}

export function previousImages({ env }: Runner, prefix: string, cache: ActionsCache, transfer: string): PreviousImages {
  // Unlike any other run's or try's: keys can't be written twice.
  const run = `${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT}`;
  const label = (env.GITHUB_SHA ?? "").slice(0, 7);
  const beginning = (pipeline: string) =>
    `${prefix}osbuild-v1-latest-${createHash("sha256").update(pipeline).digest("hex").slice(0, 16)}-`;
  return {
    async find(pipeline) {
      const found = await cache.restoreNewest(beginning(pipeline));
      if (found === undefined) return undefined;
      try {
        const entry = `${found.directory}/entry`;
        const { outputId, steps, uploaded, ...kept } = JSON.parse(
          await readFile(`${entry}/image.json`, "utf8"),
        ) as Kept;
        const contents = decodeContents(await readFile(`${entry}/contents.json`, "utf8"));
        return contents === undefined ? undefined : { outputId, steps, uploaded, previous: { ...kept, contents } };
      } finally {
        await rm(found.directory, { recursive: true, force: true });
      }
    },
    async save(pipeline, { contents, ...latest }) {
      const directory = await mkdtemp(`${transfer}/latest-`);
      await mkdir(`${directory}/entry`);
      const kept: Kept = { ...latest, label };
      await writeFile(`${directory}/entry/image.json`, JSON.stringify(kept));
      await copyFile(contents, `${directory}/entry/contents.json`);
      await cache.save(`${beginning(pipeline)}${run}`, directory);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
