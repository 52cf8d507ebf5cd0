import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { WantedResult } from "../../src/build/context.ts";
import { openBackground } from "../../src/cache/background.ts";
import type { Cache } from "../../src/cache/cache.ts";
import { openSaver } from "../../src/cache/checkpoints.ts";
import { openFetcher } from "../../src/cache/fetch.ts";
import type { CacheImages, Checkpoints } from "../../src/cache/request.ts";
import type { BuildEvent } from "../../src/events.ts";
import { createStore } from "../../src/store/layout.ts";
import { addDirectory, addFile } from "../../src/store/objects.ts";
import type { StoredResult } from "../../src/store/refs.ts";
import { epoch } from "./store.ts";

/** A machine with its own store. */
export async function newMachine(
  directory: string,
  cache: Cache,
  checkpoints: Checkpoints = "all",
  images: CacheImages = "true",
  steps: readonly string[] = [],
) {
  const layout = await createStore(`${directory}/${randomUUID()}`);
  const warnings: string[] = [];
  const left: string[] = [];
  const report = (event: BuildEvent) => {
    if (event.type === "warning") warnings.push(event.problem.message);
    if (event.type === "not-saved") left.push(`${event.what}: ${event.why}`);
  };
  const options = { cache, layout, prefix: "" };
  const background = openBackground(layout);
  const saver = openSaver({ ...options, checkpoints, images, background });
  const own = saver.ofPipeline(report, steps);
  const fetcher = openFetcher({ ...options, saver, background });
  let layers: readonly string[] = [];
  return {
    layout,
    warnings,
    /** The names of the results that weren't saved, and why. */
    left,
    saver: {
      /** Ends the pipeline and the job. */
      done: () => {
        own.ended();
        return background.done();
      },
      built: (record: StoredResult, { replaces = false } = {}) => own.built(record, { replaces }),
      ofPipeline: saver.ofPipeline,
    },
    /** The keys by which a stage with this name is found. */
    named: (name: string) => recordOf("stage", name),
    /** Makes the next stage run on this one. */
    startFrom: (record: StoredResult) => {
      layers = record.layers;
    },
    fetch: async (wanted: readonly WantedResult[]) => (await fetcher.first(wanted, report, steps)).record,
    tooOld: async (wanted: readonly WantedResult[]) => (await fetcher.first(wanted, report, steps)).tooOld,
    fetchSame: (contentKey: string, since?: number) => fetcher.same({ contentKey, name: "step", since }, report),
    /** Adds the result of a stage: a layer on top of those before it. */
    async stage(name: string, content: string, seconds = 1): Promise<StoredResult> {
      writeFileSync(`${layout.temporary}/layer`, content);
      const { digest, size } = await addFile(layout, `${layout.temporary}/layer`);
      layers = [...layers, digest];
      return { ...recordOf("stage", name), seconds, object: digest, layers, files: [], size };
    },
    async output(name: string, files: { readonly [name: string]: string }): Promise<StoredResult> {
      mkdirSync(`${layout.temporary}/output`);
      for (const [path, text] of Object.entries(files)) writeFileSync(`${layout.temporary}/output/${path}`, text);
      const { digest, ...added } = await addDirectory(layout, `${layout.temporary}/output`, epoch);
      return { ...recordOf("assembler", name), object: digest, layers: [], ...added };
    },
  };
}

export function recordOf(kind: StoredResult["kind"], name: string) {
  const id = Buffer.from(name).toString("hex").padEnd(64, "0");
  return { version: 1, kind, id, name, fingerprint: id, parts: { sourceEpoch: epoch }, seconds: 1 } as const;
}
