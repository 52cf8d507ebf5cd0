import { mkdir } from "node:fs/promises";
import { mountAll } from "../../src/host/mounts.ts";
import { openNamespace } from "../../src/host/namespace.ts";
import { hostBuildRoot } from "../../src/sandbox/build-root.ts";
import { nspawnArgv } from "../../src/sandbox/container.ts";
import { nodeRuntime } from "../../src/sandbox/node-runtime.ts";
import type { Command } from "../command.ts";
import { comparison } from "../table.ts";
import { bigTree, storeWithTree } from "../tree.ts";
import { osbuild, root, type Workbench, writePipeline } from "../workbench.ts";

const further = 10;

/** One more stage on a stored tree of 640 MB, and the time that each further stage of the same build adds. */
export async function stage(bench: Workbench) {
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
  const [one = 0, many = 0, bare = 0] = await bench.inTurns({
    "one more stage": (number) => noops(1, `one-${number}`),
    "eleven more stages": (number) => noops(1 + further, `many-${number}`),
    "bare systemd-nspawn": () => container.command,
  });
  const reference = "bare systemd-nspawn, same program";
  return [
    comparison({ what: "one more noop stage on 640 MB", reference, aim: 1.3 }, one, bare),
    comparison({ what: "each further one in the same build", reference, aim: 1.3 }, (many - one) / further, bare),
  ];
}

/** The container that the engine starts for a noop stage, and nothing else. */
async function openContainer({ scratch }: Workbench, tree: string): Promise<AsyncDisposable & { command: Command }> {
  const directory = `${scratch}/container`;
  for (const name of ["root", "tmp", "var-tmp"]) await mkdir(`${directory}/${name}`, { recursive: true });
  const namespace = await openNamespace(`${directory}/lock`);
  await mountAll(namespace, directory, hostBuildRoot(`${directory}/root`));
  const runtime = await nodeRuntime();
  const stages = "/run/osbuild/lib/stages";
  const container = nspawnArgv({
    root: `${directory}/root`,
    binds: [
      ...runtime.binds,
      { from: "/dev/null", to: "/run/host/os-release" },
      { from: `${root}/stages`, to: stages },
      { from: `${directory}/tmp`, to: "/tmp", writable: true },
      { from: `${directory}/var-tmp`, to: "/var/tmp", writable: true },
      { from: tree, to: "/run/osbuild/tree", writable: true },
      { from: `${root}/package.json`, to: "/run/osbuild/lib/package.json" },
    ],
    capabilities: [],
    mounts: true,
    program: [
      ...runtime.clean({ PATH: "/usr/sbin:/usr/bin", LC_ALL: "C.UTF-8", TZ: "UTC" }),
      ...runtime.argv(`${stages}/org.osbuild.noop.ts`),
    ],
  });
  const input = JSON.stringify({ tree: "/run/osbuild/tree", options: {} });
  return {
    command: { argv: namespace.enter(container), input },
    [Symbol.asyncDispose]: () => namespace[Symbol.asyncDispose](),
  };
}
