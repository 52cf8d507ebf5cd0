import type { Measured } from "../verdict.ts";
import { osbuild, type Workbench, writePipeline } from "../workbench.ts";
import { hostnames } from "./stages.ts";

/** The parts of a build's JSON that are read here. */
interface Built {
  readonly stages: readonly { readonly ran: string }[];
}

/** The numbers of stages after which ten are compared with the first ten. */
const places = [300, 1000];

/** The time for each stage far up in a long pipeline, beside that for each of the first ten. */
export async function long(bench: Workbench): Promise<readonly Measured[]> {
  const runs: (readonly number[])[] = [];
  const first: number[] = [];
  const pipeline = await writePipeline(bench, "long", { stages: hostnames(Math.max(...places)) });
  for (let turn = 1; turn <= bench.turns; turn++) {
    const printed = await bench.run(osbuild(`${bench.scratch}/long-${turn}`, "--json", pipeline));
    const starts = (JSON.parse(printed) as Built).stages.map(({ ran }) => Date.parse(ran) / 1000);
    // The first stage also waits for what is made only once.
    first.push(perStage(starts.slice(1, 12)));
    runs.push(places.map((place) => perStage(starts.slice(place - 11, place))));
    const shown = [first.at(-1), ...(runs.at(-1) ?? [])].map((seconds) => `${seconds?.toFixed(3)} s`);
    console.error(`  each of the first, then ${places.join(" and ")} stages: ${shown.join(", ")}`);
  }
  const beside = { name: "each of the first ten", runs: first };
  return places.map((place, index) => ({
    ...{ what: `each of the ten before stage ${place}`, unit: "s", beside, goal: 1.2 },
    runs: runs.map((run) => run[index] ?? Number.NaN),
  }));
}

/** The time from one start to the next. */
const perStage = (starts: readonly number[]) =>
  ((starts.at(-1) ?? Number.NaN) - (starts[0] ?? 0)) / (starts.length - 1);
