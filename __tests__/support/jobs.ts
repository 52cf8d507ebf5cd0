import { mkdirSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { mountAll } from "../../src/host/mounts.ts";
import { type Namespace, openNamespace } from "../../src/host/namespace.ts";
import { hostBuildRoot } from "../../src/sandbox/build-root.ts";
import { nodeRuntime } from "../../src/sandbox/node-runtime.ts";
import { type Job, type JobEnd, runJob } from "../../src/sandbox/run.ts";

export interface Bench extends AsyncDisposable {
  readonly path: string;
  readonly tree: string;
  readonly namespace: Namespace;
  /** Runs a program of this text on the tree: a shell script, or TypeScript if the name ends so. */
  readonly run: (
    name: string,
    text: string,
    more?: Partial<Job>,
  ) => Promise<JobEnd & { readonly log: readonly string[] }>;
}

/** A place to run programs in containers, with the host's /usr as their build root. */
export async function openBench(): Promise<Bench> {
  if (process.getuid?.() !== 0) throw new Error("this test runs containers and needs root: sudo npm test");
  const path = await mkdtemp(`${tmpdir()}/bench-`);
  await writeFile(`${path}/lock`, "");
  const namespace = await openNamespace(`${path}/lock`);
  const runtime = await nodeRuntime();
  const [root, tree, libdir] = [`${path}/root`, `${path}/tree`, `${path}/lib`];
  for (const made of [root, tree, `${libdir}/stages`, `${libdir}/assemblers`]) await mkdir(made, { recursive: true });
  await mountAll(namespace, path, await hostBuildRoot(root));
  let count = 0;
  return {
    path,
    tree,
    namespace,
    async run(name, text, more = {}) {
      const program = `${libdir}/${more.kind ?? "stage"}s/${name}`;
      writeFileSync(program, text, { mode: 0o755 });
      const scratch = `${path}/scratch-${count++}`;
      mkdirSync(scratch);
      const job: Job = {
        ...{ kind: "stage", program, libdir, root, tree, options: "{}", id: "0".repeat(64), sourceEpoch: 1767225600 },
        ...{ network: false, capabilities: [], scratch, inputs: new Map(), ...more },
      };
      const log: string[] = [];
      const end = await runJob(namespace, runtime, job, (lines) => log.push(...lines));
      return { ...end, log };
    },
    async [Symbol.asyncDispose]() {
      await namespace[Symbol.asyncDispose]();
      await rm(path, { recursive: true, force: true });
    },
  };
}
