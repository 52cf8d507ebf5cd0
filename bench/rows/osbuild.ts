import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "../command.ts";
import { bigTree, storeWithTree } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { osbuild, type Row, unshared, type Workbench, writePipeline } from "../workbench.ts";
import { hostnames } from "./stages.ts";

/** The input of a stage of upstream: the tree of the pipeline called "tree". */
const ofTree = { tree: { type: "org.osbuild.tree", origin: "org.osbuild.pipeline", references: ["name:tree"] } };

const beside = "upstream osbuild";

/** Builds beside the same builds by upstream osbuild, from a checkout; without one, what these rows need. */
export function upstream(directory: string | undefined): Row | string {
  if (directory === undefined) return "it needs --osbuild DIR, a checkout of upstream osbuild";
  const checkout = resolve(directory);
  if (!existsSync(`${checkout}/osbuild/main_cli.py`)) return `${directory} is no checkout of upstream osbuild`;
  const command = (store: string, ...args: readonly string[]): Command => {
    const place = ["--libdir", checkout, "--store", store, "--cache-max-size", "unlimited", "--quiet"];
    // Python compiles upstream's modules only once, as where osbuild is installed, even if the environment forbids it.
    const env = { PYTHONPATH: checkout, PYTHONDONTWRITEBYTECODE: "" };
    return { argv: ["python3", "-m", "osbuild", ...place, ...args], env };
  };
  return async (bench) => [await unchanged(bench, command), await stage(bench, command)];
}

type Upstream = (store: string, ...args: readonly string[]) => Command;

/** A build of a stage and a tar archive that has nothing to do. */
async function unchanged(bench: Workbench, command: Upstream): Promise<Measured> {
  const { scratch, run } = bench;
  const assembler = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };
  const pipeline = await writePipeline(bench, "unchanged", { stages: hostnames(1), assembler });
  const stages = hostnames(1).map(({ name, options }) => ({ type: name, options }));
  const archive = { type: assembler.name, inputs: ofTree, options: assembler.options };
  const manifest = await writePipeline(bench, "unchanged-upstream", {
    version: "2",
    pipelines: [
      { name: "tree", stages },
      { name: "image", stages: [archive] },
    ],
  });
  const output = ["--export", "image", "--output-directory", `${scratch}/upstream-image`];
  const checkpoints = ["--checkpoint", "tree", "--checkpoint", "image"];
  const ours = osbuild(`${scratch}/unchanged`, "--output", `${scratch}/unchanged-image`, pipeline);
  const theirs = command(`${scratch}/upstream-unchanged`, ...checkpoints, ...output, manifest);
  await run(ours);
  await run(unshared(theirs));
  const runs = await bench.inTurns({ unchanged: () => ours, "unchanged, upstream": () => theirs });
  return {
    ...{ what: "unchanged build of a stage and a tar", unit: "s", runs: runs.unchanged, goal: 0.5 },
    beside: { name: beside, runs: runs["unchanged, upstream"] },
  };
}

/** One more stage on a stored tree of 640 MB, whose result is stored, too. */
async function stage(bench: Workbench, command: Upstream): Promise<Measured> {
  const { archive } = await bigTree(bench);
  const { store, base } = await storeWithTree(bench, "peer");
  const [sum = ""] = (await bench.run({ argv: ["sha256sum", archive] })).split(" ");
  const file = { type: "org.osbuild.files", origin: "org.osbuild.source", references: [`sha256:${sum}`] };
  const sources = { "org.osbuild.curl": { items: { [`sha256:${sum}`]: { url: `file://${archive}` } } } };
  const theirs = async (name: string, noops: readonly object[]) => {
    const manifest = await writePipeline(bench, `upstream-${name}`, {
      ...{ version: "2", sources },
      pipelines: [
        { name: "tree", stages: [{ type: "org.osbuild.untar", inputs: { file } }, ...noops] },
        // Upstream runs only what an export needs, and copies that. To copy nothing, the export is an empty tree.
        { name: "empty", stages: [{ type: "org.osbuild.noop", inputs: ofTree }] },
      ],
    });
    const output = ["--export", "empty", "--output-directory", `${bench.scratch}/empty`];
    return unshared(command(`${bench.scratch}/upstream`, "--checkpoint", "tree", ...output, manifest));
  };
  await bench.run(await theirs("base", []));
  const runs = await bench.inTurns({
    "one more": async (number) => {
      const stages = [{ name: "org.osbuild.noop", options: { attempt: number } }];
      return osbuild(store, await writePipeline(bench, `peer-${number}`, { base, stages }));
    },
    "one more, upstream": (number) => theirs(`${number}`, [{ type: "org.osbuild.noop", options: { attempt: number } }]),
  });
  return {
    ...{ what: "one more noop stage on 640 MB, stored", unit: "s", runs: runs["one more"], goal: 0.05 },
    beside: { name: `${beside}, with checkpoints`, runs: runs["one more, upstream"] },
  };
}
