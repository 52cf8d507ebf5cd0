import type { Measured } from "../verdict.ts";
import { osbuild, type Workbench, writePipeline } from "../workbench.ts";
import { hostnames } from "./stages.ts";

/** The parts of a build's JSON that are read here. */
interface Built {
  readonly stages: readonly { readonly ran: string }[];
}

/** The time for each of the last ten stages of a long pipeline, beside that for each of the first ten. */
export const long = async (bench: Workbench): Promise<readonly Measured[]> => [
  await longOf(bench, 300),
  await longOf(bench, 1000),
];

async function longOf(bench: Workbench, count: number): Promise<Measured> {
  const last: number[] = [];
  const first: number[] = [];
  for (let turn = 1; turn <= bench.turns; turn++) {
    const pipeline = await writePipeline(bench, `long-${count}`, { stages: hostnames(count) });
    const { stages } = JSON.parse(
      await bench.run(osbuild(`${bench.scratch}/long-${count}-${turn}`, "--json", pipeline)),
    );
    const starts = (stages as Built["stages"]).map(({ ran }) => Date.parse(ran) / 1000);
    // The first stage also waits for what is made only once.
    first.push(perStage(starts.slice(1, 12)));
    last.push(perStage(starts.slice(-11)));
    console.error(`  ${count} stages: ${first.at(-1)?.toFixed(3)} s each, ${last.at(-1)?.toFixed(3)} s at the end`);
  }
  const beside = { name: "each of the first ten", runs: first };
  return { what: `each of the last ten of ${count} stages`, unit: "s", runs: last, beside, goal: 1.2 };
}

/** The time from one start to the next. */
const perStage = (starts: readonly number[]) =>
  ((starts.at(-1) ?? Number.NaN) - (starts[0] ?? 0)) / (starts.length - 1);
