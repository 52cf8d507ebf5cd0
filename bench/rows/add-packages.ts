import { cp, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Attempt, osbuild, sample, type Workbench, writePipeline } from "../workbench.ts";

/** Small packages that need nothing which the sample lacks. */
const packages = ["bc", "less", "nano", "time", "tree"];

/**
 * Builds the sample with other packages in each turn, in a stage after the one that installs its own. `state` has the
 * downloads of the sample's programs. The store is new: in one that has seen these packages, only they would be
 * installed.
 */
export async function addPackages(bench: Workbench, state: string): Promise<Attempt> {
  const { scratch, run } = bench;
  const { stages, ...rest } = JSON.parse(await readFile(sample, "utf8"));
  // The sample copies files that lie beside it.
  await cp(`${dirname(sample)}/debian-12`, `${scratch}/debian-12`, { recursive: true });
  await cp(state, `${scratch}/more-store/state`, { recursive: true });
  const build = async (names: readonly string[]) => {
    const stage = { name: "org.osbuild.apt", options: { packages: names } };
    await rm(`${scratch}/more`, { recursive: true, force: true });
    const pipeline = await writePipeline(bench, "more", { stages: [stages[0], stage, ...stages.slice(1)], ...rest });
    return osbuild(`${scratch}/more-store`, "--output", `${scratch}/more`, pipeline);
  };
  // All of them are downloaded now.
  await run(await build(packages));
  return (turn) => build(packages.filter((_, index) => ((turn >> index) & 1) === 1));
}
