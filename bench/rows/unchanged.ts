import { comparison } from "../table.ts";
import { osbuild, type Workbench, writePipeline } from "../workbench.ts";

/** An unchanged build: a small pipeline whose image has already been delivered. */
export async function unchanged(bench: Workbench) {
  const pipeline = await writePipeline(bench, "unchanged", {
    stages: [{ name: "org.osbuild.noop" }, { name: "org.osbuild.hostname", options: { hostname: "bench" } }],
    assembler: { name: "org.osbuild.tar", options: { filename: "tree.tar.gz", compression: "gzip" } },
  });
  const again = osbuild(`${bench.scratch}/unchanged-store`, "--output", `${bench.scratch}/unchanged`, pipeline);
  await bench.run(again);
  const [ours = 0, theirs = 0] = await bench.inTurns({
    unchanged: () => again,
    "node -e 0": () => ({ argv: [process.execPath, "-e", "0"] }),
  });
  return [comparison({ what: "unchanged build", reference: "`node -e 0`", aim: 4 }, ours, theirs)];
}
