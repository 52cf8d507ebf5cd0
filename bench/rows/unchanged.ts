import type { Measured } from "../verdict.ts";
import { osbuild, sample, type Workbench } from "../workbench.ts";

/** An unchanged build: the Debian sample, whose image has already been delivered. */
export async function unchanged(bench: Workbench): Promise<readonly Measured[]> {
  // Its store is kept, because making it takes a minute.
  const again = osbuild(`${bench.cache}/sample-store`, "--output", `${bench.cache}/sample`, sample);
  await bench.run(again);
  const runs = await bench.inTurns({
    unchanged: () => again,
    "node -e 0": () => ({ argv: [process.execPath, "-e", "0"] }),
  });
  const beside = { name: "`node -e 0`", runs: runs["node -e 0"] };
  return [{ what: "unchanged Debian 12 sample", unit: "s", runs: runs.unchanged, beside, goal: 2.5 }];
}
