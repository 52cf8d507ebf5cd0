import { rm } from "node:fs/promises";
import { addArchive, bigTree, treeStage, withTree } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { unshared, type Workbench, writePipeline } from "../workbench.ts";

const pipelines = 8;

/** Several images that have all but one small stage in common. */
export async function shared(bench: Workbench): Promise<readonly Measured[]> {
  const { archive } = await bigTree(bench);
  const store = `${bench.scratch}/shared`;
  const byHand = `${bench.scratch}/shared-by-hand`;
  const files = await Promise.all(Array.from({ length: pipelines }, (_, index) => pipelineOf(bench, index + 1)));
  const builds = files.map((file) => `"$@" ${file}`).join(" && ");
  const runs = await bench.inTurns({
    osbuild: async () => {
      await rm(store, { recursive: true, force: true });
      await addArchive(bench, store);
      const { argv } = withTree(store, "--output");
      return { argv: ["sh", "-c", builds, "sh", ...argv] };
    },
    "by hand": async () => {
      await rm(byHand, { recursive: true, force: true });
      return unshared({ argv: [`${import.meta.dirname}/../shared.sh`, archive, byHand, String(pipelines)] });
    },
  });
  const beside = { name: "`shared.sh`: the base once, the rest by hand", runs: runs["by hand"] };
  return [
    { what: `${pipelines} images of 640 MB on one base`, unit: "s", runs: runs.osbuild, beside, goal: 1 } as const,
  ];
}

/** The arguments with which osbuild builds an image. */
async function pipelineOf(bench: Workbench, number: number): Promise<string> {
  const pipeline = await writePipeline(bench, `shared-${number}`, {
    stages: [treeStage, { name: "org.osbuild.hostname", options: { hostname: `host-${number}` } }],
    assembler: { name: "org.osbuild.tar", options: { filename: "tree.tar.zst", compression: "zstd" } },
  });
  return `${bench.scratch}/shared-output-${number} ${pipeline}`;
}
