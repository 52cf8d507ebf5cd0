import { mkdirSync } from "node:fs";
import { judge, osbuild, said } from "../command.ts";
import { openPlace } from "../place.ts";
import { openRandom } from "../random.ts";
import type { Kind, Trials } from "../trials.ts";

const builders = 8;

/** Builds of a few pipelines, again and again, so that each finds another's work, or finds that it was pruned. */
export const crowd: Kind = {
  what: `${builders} builders and a pruner in one store`,
  whole: 600,
  short: 5,
  async run(trials) {
    const store = `${trials.scratch}/store`;
    const end = performance.now() + trials.size * 1000;
    const isOver = () => performance.now() > end || trials.isOver();
    const people = Array.from({ length: builders }, (_, number) => keepBuilding(trials, { store, number, isOver }));
    await Promise.all([...people, keepPruning(trials, store, isOver)]);
    const verified = await osbuild("store", "verify", "--store", store);
    trials.count(verified.code === 0 ? "right" : "lost", said(verified));
    trials.remark(`for ${trials.size} s`);
  },
};

interface Builder {
  readonly store: string;
  readonly number: number;
  readonly isOver: () => boolean;
}

async function keepBuilding(trials: Trials, { store, number, isOver }: Builder): Promise<void> {
  const path = `${trials.scratch}/builder-${number}`;
  mkdirSync(path);
  const place = openPlace(path);
  // Programs of one text in several libdirs are the same step to the store.
  const random = openRandom(trials.seed + number);
  while (!isOver()) {
    const { outcome, told } = await place.build(store, `text ${random.below(6)}`);
    // No build has a reason to fail here.
    trials.count(outcome === "refused" ? "lost" : outcome, told);
  }
}

async function keepPruning(trials: Trials, store: string, isOver: () => boolean): Promise<void> {
  const sizes = ["0", "16K", "64K", "1M"];
  while (!isOver()) {
    const pruned = await osbuild("store", "prune", "--store", store, "--max-size", trials.random.pick(sizes));
    const missing = pruned.stderr.includes("there is no store");
    if (!missing) trials.count(judge(pruned), said(pruned));
  }
}
