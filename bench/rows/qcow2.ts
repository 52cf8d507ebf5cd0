import { rm } from "node:fs/promises";
import { bigTree, storeWithTree } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { osbuild, unshared, type Workbench, writePipeline } from "../workbench.ts";

const size = 2 * 1024 ** 3;

/** A compressed image of a stored tree. */
export async function qcow2(bench: Workbench): Promise<readonly Measured[]> {
  const { tree } = await bigTree(bench);
  const { store, base } = await storeWithTree(bench, "qcow2");
  const image = `${bench.scratch}/reference.qcow2`;
  const runs = await bench.inTurns({
    "qcow2 assembler": async (number) => {
      const options = {
        format: "qcow2",
        filename: "disk.qcow2",
        size,
        // The image differs each time; otherwise it would come from the store.
        ptuuid: `0x${number}`,
        root_fs_uuid: "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e",
      };
      const pipeline = { base, stages: [], assembler: { name: "org.osbuild.qemu", options } };
      return osbuild(store, await writePipeline(bench, `qcow2-${number}`, pipeline));
    },
    "by hand": async () => {
      await rm(image, { force: true });
      return unshared({ argv: [`${import.meta.dirname}/../qcow2.sh`, tree, image, String(size)] });
    },
  });
  const beside = { name: "`qcow2.sh`: sfdisk, `mke2fs -d`, `qemu-img convert` with zstd", runs: runs["by hand"] };
  return [{ what: "qcow2 of 640 MB", unit: "s", runs: runs["qcow2 assembler"], beside, goal: 1 } as const];
}
