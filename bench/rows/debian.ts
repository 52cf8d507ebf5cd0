import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import type { Command } from "../command.ts";
import { emptyStore } from "../debian-store.ts";
import type { Measured } from "../verdict.ts";
import { osbuild, sample, unshared, type Workbench } from "../workbench.ts";
import { addPackages } from "./add-packages.ts";

/**
 * The Debian sample with an empty store, beside the same by hand; its builder's peak memory; and the sample with a
 * package more. All have their downloads.
 */
export async function debian(bench: Workbench): Promise<readonly Measured[]> {
  const { cache, scratch, run } = bench;
  const store = `${cache}/debian-store`;
  const downloads = `${cache}/debian-downloads`;
  const peaks: number[] = [];
  const build = async (): Promise<Command> => {
    await emptyStore(store);
    await rm(`${scratch}/debian`, { recursive: true, force: true });
    const [node = "", ...rest] = osbuild(store, "--output", `${scratch}/debian`, sample).argv;
    const env = { BENCH_PEAK: `${scratch}/peak` };
    return { argv: [node, `--import=${import.meta.dirname}/../peak.js`, ...rest], env };
  };
  const script = async (): Promise<Command> => {
    await rm(`${scratch}/script`, { recursive: true, force: true });
    await mkdir(`${scratch}/script`);
    const argv = [`${import.meta.dirname}/../debian-12.sh`, downloads, `${scratch}/script/debian-12.qcow2`];
    return unshared({ argv });
  };
  if (!(await hasDownloads(`${store}/state/org.osbuild.debootstrap/archives`))) {
    console.error("  downloading, this once");
    await run(await build());
  }
  if (!(await hasDownloads(`${downloads}/archives`))) {
    console.error("  downloading, this once");
    await run(await script());
  }
  const add = await addPackages(bench, `${store}/state`);
  const runs = await bench.inTurns({
    "debian-12.json": build,
    "debian-12.sh": async () => {
      // Collect the peak that the previous run has left.
      peaks.push(Number(await readFile(`${scratch}/peak`, "utf8")) / 1024);
      return script();
    },
    "a package more": add,
  });
  await emptyStore(store);
  const [cold, byHand] = [runs["debian-12.json"], runs["debian-12.sh"]];
  const beside = { name: "`debian-12.sh`: the same tools by hand", runs: byHand };
  return [
    { what: "cold Debian 12 sample", unit: "s", runs: cold, beside, goal: 0.7 },
    { what: "peak memory of the builder, same build", unit: "MiB", runs: peaks, beside: null, goal: 100 },
    {
      ...{ what: "a package more in that sample", unit: "s", runs: runs["a package more"], goal: 0.35 },
      beside: { name: "the cold build", runs: cold },
    },
  ];
}

async function hasDownloads(directory: string): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  return (await readdir(directory)).some((name) => name.endsWith(".deb"));
}
