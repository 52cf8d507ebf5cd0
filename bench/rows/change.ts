import { rm } from "node:fs/promises";
import { addArchive, treeStage, withTree } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { type Workbench, writePipeline } from "../workbench.ts";

/** A build in which the options of the last of five stages have changed. */
export async function change(bench: Workbench): Promise<readonly Measured[]> {
  const pipeline = (hostname: string) =>
    writePipeline(bench, `change-${hostname}`, {
      stages: [
        treeStage,
        { name: "org.osbuild.locale", options: { language: "C.UTF-8" } },
        { name: "org.osbuild.timezone", options: { zone: "Europe/Berlin" } },
        { name: "org.osbuild.systemd", options: { enabled_services: ["ssh"] } },
        { name: "org.osbuild.hostname", options: { hostname } },
      ],
    });
  const kept = `${bench.scratch}/kept-store`;
  const emptied = `${bench.scratch}/emptied-store`;
  await addArchive(bench, kept);
  await bench.run(withTree(kept, await pipeline("before")));
  const runs = await bench.inTurns({
    "last of five changed": async (number) => withTree(kept, await pipeline(`changed-${number}`)),
    "full rebuild": async (number) => {
      await rm(emptied, { recursive: true, force: true });
      await addArchive(bench, emptied);
      return withTree(emptied, await pipeline(`changed-${number}`));
    },
  });
  const beside = { name: "full rebuild, of an empty store", runs: runs["full rebuild"] };
  const ours = runs["last of five changed"];
  return [{ what: "last of five stages changed, 640 MB", unit: "s", runs: ours, beside, goal: 0.05 } as const];
}
