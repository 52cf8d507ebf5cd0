import { rm } from "node:fs/promises";
import { addArchive, bigTree, libdir, treeStage } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { unshared, type Workbench, writePipeline } from "../workbench.ts";

const pipelines = 8;

/** Several images that have all but one small stage in common. */
export async function shared(bench: Workbench): Promise<readonly Measured[]> {
  const { archive } = await bigTree(bench);
  const [store, images] = [`${bench.scratch}/shared`, `${bench.scratch}/shared-images`];
  const byHand = `${bench.scratch}/shared-by-hand`;
  const files = await Promise.all(Array.from({ length: pipelines }, (_, index) => pipelineOf(bench, index + 1)));
  const runs = await bench.inTurns({
    osbuild: async () => {
      for (const directory of [store, images]) await rm(directory, { recursive: true, force: true });
      await addArchive(bench, store);
      return { argv: [process.execPath, `${import.meta.dirname}/../job.ts`, images, store, libdir, ...files] };
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

/** The file of a pipeline. */
function pipelineOf(bench: Workbench, number: number): Promise<string> {
  return writePipeline(bench, `shared-${number}`, {
    stages: [treeStage, { name: "org.osbuild.hostname", options: { hostname: `host-${number}` } }],
    assembler: { name: "org.osbuild.tar", options: { filename: "tree.tar.zst", compression: "zstd" } },
  });
}
