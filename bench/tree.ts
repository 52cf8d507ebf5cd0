import { constants } from "node:fs";
import { copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { osbuild, unshared, type Workbench, writePipeline } from "./workbench.ts";

/** Packages of 640 MB: real files of all kinds, the same on every machine except for updates of the release. */
const packages = ["build-essential", "gdb", "git", "openssh-server", "python3", "systemd-sysv", "tzdata", "vim"];

/** A Debian system of 640 MB, as a directory and as a tar archive of it. It is made only once. */
export async function bigTree({ cache, run }: Workbench) {
  const tree = `${cache}/tree`;
  const archive = `${cache}/tree.tar`;
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  if (await exists(archive)) return { tree, archive };
  console.error("  making a tree of 640 MB, this once");
  await rm(tree, { recursive: true, force: true });
  const mmdebstrap = ["mmdebstrap", "--mode=root", "--variant=minbase", `--include=${packages.join(",")}`];
  await run(unshared({ argv: [...mmdebstrap, "bookworm", tree] }));
  await rm(`${tree}/dev`, { recursive: true });
  await mkdir(`${tree}/dev`);
  await run({ argv: ["tar", "--create", `--file=${archive}.part`, `--directory=${tree}`, "--numeric-owner", "."] });
  await rename(`${archive}.part`, archive);
  return { tree, archive };
}

/** The stage that unpacks the tree. It represents all stages that fill a tree from earlier downloads. */
export const treeStage = { name: "bench.tree" };

/** The libdir of this stage. */
export const libdir = `${import.meta.dirname}/libdir`;

/** osbuild with the stage that unpacks the tree. */
export const withTree = (store: string, ...args: readonly string[]) => osbuild(store, "--libdir", libdir, ...args);

/** Adds the archive that the stage unpacks to its state in a store. */
export async function addArchive(bench: Workbench, store: string): Promise<void> {
  const { archive } = await bigTree(bench);
  const state = `${store}/state/${treeStage.name}`;
  await mkdir(state, { recursive: true });
  // A file of the state that has another name elsewhere is removed before a stage runs.
  await copyFile(archive, `${state}/tree.tar`, constants.COPYFILE_FICLONE);
}

/** Makes a store that has the tree, and returns it with the tree's id. */
export async function storeWithTree(bench: Workbench, name: string) {
  const store = `${bench.scratch}/${name}`;
  await addArchive(bench, store);
  const pipeline = await writePipeline(bench, name, { stages: [treeStage] });
  const result = JSON.parse(await bench.run(withTree(store, "--json", pipeline)));
  return { store, base: result.tree_id as string };
}
