import { spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { emptyStore } from "../debian-store.ts";
import type { Measured } from "../verdict.ts";
import { osbuild, type Row, unshared, type Workbench, writePipeline } from "../workbench.ts";

/** What mkosi installs beside the base system by itself. */
const packages = ["ca-certificates", "dbus", "libpam-systemd", "systemd", "systemd-resolved", "systemd-sysv"];

/** A small Debian as a tar archive, beside the same by mkosi; without that, what these rows need. */
export function mkosi(): Row | string {
  const version = spawnSync("mkosi", ["--version"], { encoding: "utf8" });
  // The options of later versions are other ones.
  const isKnown = version.error === undefined && version.stdout.trim() === "mkosi 14";
  return isKnown ? debian : "it needs mkosi 14, which is the package mkosi of Debian 12";
}

async function debian(bench: Workbench): Promise<readonly Measured[]> {
  const { cache, scratch, run } = bench;
  const store = `${cache}/mkosi-store`;
  const ours = async (hostname: string) => {
    await rm(`${scratch}/debian`, { recursive: true, force: true });
    const pipeline = await writePipeline(bench, `debian-${hostname}`, {
      stages: [
        { name: "org.osbuild.debootstrap", options: { suite: "bookworm", packages: [...packages, "usr-is-merged"] } },
        { name: "org.osbuild.hostname", options: { hostname } },
      ],
      assembler: { name: "org.osbuild.tar", options: { filename: "debian.tar" } },
    });
    return osbuild(store, "--output", `${scratch}/debian`, pipeline);
  };
  const cold = async () => {
    await emptyStore(store);
    // mkosi keeps packages, but no lists of them.
    await rm(`${store}/state/org.osbuild.debootstrap/lists`, { recursive: true, force: true });
    return ours("debian");
  };
  const changed = `${scratch}/changed.tar`;
  await run(await cold());
  await run(await mkosiCommand(bench, "debian", changed, ["--incremental"]));
  // mkosi looks for two caches before it uses one, and has made only one for an image without a build script.
  await writeFile(`${changed}.cache-pre-dev`, "");
  const runs = await bench.inTurns({
    cold,
    "cold, mkosi": () => mkosiCommand(bench, "debian", `${scratch}/cold.tar`),
    // The store is that of the cold build before.
    changed: (number) => ours(`host-${number}`),
    "changed, mkosi": (number) => mkosiCommand(bench, `host-${number}`, changed, ["--incremental"]),
  });
  await emptyStore(store);
  return [
    {
      ...{ what: "cold small Debian 12, tar archive", unit: "s", runs: runs.cold, goal: 0.7 },
      beside: { name: "mkosi", runs: runs["cold, mkosi"] },
    },
    {
      ...{ what: "that with another host name", unit: "s", runs: runs.changed, goal: 1 },
      beside: { name: "`mkosi --incremental`", runs: runs["changed, mkosi"] },
    },
  ];
}

/** mkosi, with the packages that it has downloaded before. */
async function mkosiCommand(
  { cache, scratch }: Workbench,
  hostname: string,
  output: string,
  more: readonly string[] = [],
) {
  for (const path of [output, `${output}.manifest`]) await rm(path, { force: true });
  const directory = `${scratch}/mkosi`;
  for (const name of ["extra/etc", "workspace"]) await mkdir(`${directory}/${name}`, { recursive: true });
  // mkosi doesn't look at its option --hostname when it starts from its cache.
  await writeFile(`${directory}/extra/etc/hostname`, `${hostname}\n`);
  return unshared({
    argv: [
      ...["mkosi", `--directory=${directory}`, `--workspace-dir=${directory}/workspace`, `--output=${output}`],
      ...["--distribution=debian", "--release=bookworm", `--cache=${cache}/mkosi-downloads`],
      ...["--format=tar", "--compress-output=no", "--with-docs=yes", `--extra-tree=${directory}/extra`],
      // mmdebstrap chooses this one of two packages for the base system, and debootstrap the other: usr-is-merged.
      "--package=usrmerge",
      // osbuild removes these, too.
      "--remove-files=/var/lib/apt/lists/*,/var/cache/apt/*.bin",
      ...more,
    ],
  });
}
