import { mkdirSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { mountAll } from "../../src/host/mounts.ts";
import { type Namespace, openNamespace } from "../../src/host/namespace.ts";
import { hostBuildRoot } from "../../src/sandbox/build-root.ts";
import { openRuntime, type ProgramEnd, type ProgramRun, runProgram } from "../../src/sandbox/run.ts";

export interface Bench extends AsyncDisposable {
  readonly path: string;
  readonly tree: string;
  readonly namespace: Namespace;
  /** Runs a program with this text on the tree: a shell script, or TypeScript if the name ends with .ts. */
  readonly run: (
    name: string,
    text: string,
    more?: Partial<ProgramRun>,
  ) => Promise<ProgramEnd & { readonly log: readonly string[] }>;
}

/** Runs programs in containers, with the host's /usr as their build root. */
export async function openBench(): Promise<Bench> {
  if (process.getuid?.() !== 0) throw new Error("this test runs containers and needs root: sudo npm test");
  const path = await mkdtemp(`${tmpdir()}/bench-`);
  await writeFile(`${path}/lock`, "");
  const namespace = await openNamespace(`${path}/lock`);
  const runtime = await openRuntime();
  const [root, tree, libdir] = [`${path}/root`, `${path}/tree`, `${path}/lib`];
  for (const made of [root, tree, `${libdir}/stages`, `${libdir}/assemblers`]) await mkdir(made, { recursive: true });
  await mountAll(namespace, path, hostBuildRoot(root));
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
      const job: ProgramRun = {
        ...{
          kind: "stage",
          program,
          libdir,
          root,
          tree,
          options: "{}",
          id: "0".repeat(64),
          sourceEpoch: defaultSourceEpoch,
        },
        ...{ capabilities: [], scratch, inputs: new Map(), ...more },
      };
      const log: string[] = [];
      const end = await runProgram(namespace, runtime, job, (lines) => log.push(...lines));
      return { ...end, log };
    },
    async [Symbol.asyncDispose]() {
      await namespace[Symbol.asyncDispose]();
      await rm(path, { recursive: true, force: true });
    },
  };
}
