import { mkdir } from "node:fs/promises";
import { mountAll } from "../../src/host/mounts.ts";
import { openNamespace } from "../../src/host/namespace.ts";
import { hostBuildRoot } from "../../src/sandbox/build-root.ts";
import { nspawnArgv } from "../../src/sandbox/container.ts";
import { nodeRuntime } from "../../src/sandbox/node-runtime.ts";
import type { Command } from "../command.ts";
import { bigTree, storeWithTree } from "../tree.ts";
import type { Measured } from "../verdict.ts";
import { osbuild, type Workbench, writePipeline } from "../workbench.ts";

const further = 10;

/** One more stage on a stored tree of 640 MB, and the time that each further stage of the same build adds. */
export async function stage(bench: Workbench): Promise<readonly Measured[]> {
  const { tree } = await bigTree(bench);
  const { store, base } = await storeWithTree(bench, "stage");
  await using container = await openContainer(bench, tree);
  const noops = async (count: number, attempt: string) => {
    const stages = Array.from({ length: count }, (_, index) => ({
      name: "org.osbuild.noop",
      options: { attempt, index },
    }));
    return osbuild(store, await writePipeline(bench, attempt, { base, stages }));
  };
  await bench.run(await noops(1, "warm"));
  await bench.run(container.command);
  const { one, many, bare } = await bench.inTurns({
    one: (number) => noops(1, `one-${number}`),
    many: (number) => noops(1 + further, `many-${number}`),
    bare: () => container.command,
  });
  const beside = { name: "bare systemd-nspawn, `node -e 0`", runs: bare };
  const each = many.map((seconds, turn) => (seconds - (one[turn] ?? Number.NaN)) / further);
  return [
    { what: "one more noop stage on 640 MB", unit: "s", runs: one, beside, goal: 2 },
    { what: "each further one in the same build", unit: "s", runs: each, beside, goal: 1.3 },
  ];
}

/** A container like that of a noop stage, with the same Node.js in it, and nothing else. */
async function openContainer({ scratch }: Workbench, tree: string): Promise<AsyncDisposable & { command: Command }> {
  const directory = `${scratch}/container`;
  for (const name of ["root", "tmp", "var-tmp"]) await mkdir(`${directory}/${name}`, { recursive: true });
  const namespace = await openNamespace(`${directory}/lock`);
  await mountAll(namespace, directory, hostBuildRoot(`${directory}/root`));
  const runtime = await nodeRuntime();
  const container = nspawnArgv({
    root: `${directory}/root`,
    binds: [
      ...runtime.binds,
      { from: "/dev/null", to: "/run/host/os-release" },
      { from: `${directory}/tmp`, to: "/tmp", writable: true },
      { from: `${directory}/var-tmp`, to: "/var/tmp", writable: true },
      { from: tree, to: "/run/osbuild/tree", writable: true },
    ],
    capabilities: [],
    mounts: true,
    program: [
      ...runtime.clean({ PATH: "/usr/sbin:/usr/bin", LC_ALL: "C.UTF-8", TZ: "UTC" }),
      ...runtime.argv("0", ["-e"]),
    ],
  });
  return {
    command: { argv: namespace.enter(container) },
    [Symbol.asyncDispose]: () => namespace[Symbol.asyncDispose](),
  };
}
