import type { Measured } from "../verdict.ts";
import { osbuild, type Workbench, writePipeline } from "../workbench.ts";

/** A pipeline of so many stages, each with a layer of its own. */
export const hostnames = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: "org.osbuild.hostname",
    options: { hostname: `host-${index}` },
  }));

/** Unchanged builds of 1, of 100 and of 300 stages. */
export async function stages(bench: Workbench): Promise<readonly Measured[]> {
  const unchanged = async (count: number) => {
    const assembler = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };
    const pipeline = await writePipeline(bench, `stages-${count}`, { stages: hostnames(count), assembler });
    const again = osbuild(`${bench.scratch}/stages`, "--output", `${bench.scratch}/of-${count}`, pipeline);
    await bench.run(again);
    return () => again;
  };
  const runs = await bench.inTurns({
    one: await unchanged(1),
    hundred: await unchanged(100),
    "three hundred": await unchanged(300),
  });
  const beside = { name: "unchanged build of 1 stage", runs: runs.one };
  return [
    { what: "unchanged build of 100 stages", unit: "s", runs: runs.hundred, beside, goal: 1.3 },
    { what: "unchanged build of 300 stages", unit: "s", runs: runs["three hundred"], beside, goal: 1.3 },
  ];
}
