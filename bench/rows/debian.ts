import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import type { Command } from "../command.ts";
import { median } from "../median.ts";
import { comparison } from "../table.ts";
import { osbuild, root, unshared, type Workbench } from "../workbench.ts";

/** The Debian sample with an empty store, and the builder's peak memory. Both sides have their downloads. */
export async function debian(bench: Workbench) {
  const { cache, scratch, run } = bench;
  const store = `${cache}/debian-store`;
  const downloads = `${cache}/debian-downloads`;
  const peaks: number[] = [];
  const build = async (): Promise<Command> => {
    await emptyStore(store);
    await rm(`${scratch}/debian`, { recursive: true, force: true });
    const { argv } = osbuild(store, "--output", `${scratch}/debian`, `${root}/samples/debian-12.json`);
    const [node = "", ...rest] = argv;
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
  const [ours = 0, theirs = 0] = await bench.inTurns(
    {
      "debian-12.json": build,
      "debian-12.sh": async () => {
        // Collect the peak that the previous run has left.
        peaks.push(...(await readPeak(`${scratch}/peak`)));
        return script();
      },
    },
    3,
  );
  await emptyStore(store);
  const peak = Math.round(median(peaks) / 1024);
  return [
    comparison(
      { what: "cold Debian 12 sample", reference: "`debian-12.sh`: the same tools by hand", aim: 1.05 },
      ours,
      theirs,
    ),
    {
      what: "peak memory of the builder, same build",
      ours: `${peak} MiB`,
      reference: "",
      theirs: "",
      ratio: "",
      aim: "< 150 MB",
    },
  ];
}

const readPeak = async (path: string) => [Number(await readFile(path, "utf8"))];

/** Empties a store, except for the downloads of its programs. */
async function emptyStore(store: string): Promise<void> {
  await mkdir(store, { recursive: true });
  for (const name of await readdir(store)) {
    if (name !== "state") await rm(`${store}/${name}`, { recursive: true });
  }
}

async function hasDownloads(directory: string): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  return (await readdir(directory)).some((name) => name.endsWith(".deb"));
}
