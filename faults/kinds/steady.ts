import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { buildOutput } from "../../src/build/build.ts";
import { loadPipeline } from "../../src/pipeline/load.ts";
import { exportOutput } from "../../src/store/exports.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { openPlace, type Place } from "../place.ts";
import type { Kind, Trials } from "../trials.ts";

/** The numbers that must not grow from build to build. */
interface Figures {
  readonly seconds: number;
  readonly memory: number;
  readonly descriptors: number;
  readonly loops: number;
  readonly store: number;
}

/** By how much the last quarter of the builds may have more than the second; a machine has other work, too. */
const most: Figures = { seconds: 2, memory: 1.5, descriptors: 1, loops: 1, store: 1.1 };

/** In one process, as the Action builds several pipelines: each build is of a new text, and old ones are pruned. */
export const steady: Kind = {
  what: "builds in a row in one process, in a store that is pruned",
  whole: 500,
  short: 8,
  async run(trials) {
    const place = openPlace(trials.scratch);
    const layout = await createStore(`${trials.scratch}/store`);
    const all: Figures[] = [];
    for (let round = 0; round < trials.size && !trials.isOver(); round++) {
      all.push(await measure(place, layout, `round ${round}`));
      trials.count(place.isRight(`round ${round}`) ? "right" : "wrong", `round ${round}`);
    }
    if (all.length >= 8) compare(trials, all);
  },
};

async function measure(place: Place, layout: Layout, text: string): Promise<Figures> {
  const started = performance.now();
  const [, , , lib = "", , output = "", pipeline = ""] = place.words(layout.directory, text);
  const names = { buildPipeline: undefined, buildEnv: undefined, base: undefined, mirrors: undefined, variables: [] };
  const loaded = await loadPipeline({ pipeline, libdirs: [lib], ...names }, new Set());
  const context = { layout, report: () => undefined, signal: new AbortController().signal };
  await buildOutput(loaded, context, (record) => exportOutput(layout, record, output));
  const seconds = (performance.now() - started) / 1000;
  await pruneStore(layout, { maxBytes: 100_000 });
  const loops = execFileSync("losetup", ["--list", "--noheadings", "-O", "BACK-FILE"], { encoding: "utf8" });
  return {
    seconds,
    memory: Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024,
    descriptors: readdirSync("/proc/self/fd").length,
    loops: loops.split("\n").filter((line) => line.includes(layout.directory)).length,
    store: Number(execFileSync("du", ["-sk", layout.directory], { encoding: "utf8" }).split("\t")[0]),
  };
}

function compare(trials: Trials, all: readonly Figures[]): void {
  const quarter = Math.floor(all.length / 4);
  for (const key of Object.keys(most) as (keyof Figures)[]) {
    const [before, after] = [all.slice(quarter, 2 * quarter), all.slice(-quarter)].map((part) =>
      median(part.map((figures) => figures[key])),
    ) as [number, number];
    trials.remark(`${key}: ${before.toPrecision(3)} in the second quarter, ${after.toPrecision(3)} in the last`);
    if (after > before * most[key]) trials.count("wrong", `${key} has grown from ${before} to ${after}`);
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
