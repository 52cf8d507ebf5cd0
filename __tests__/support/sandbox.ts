import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { openSecrets } from "../../src/build/secret-files.ts";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { type Mount, mountAll } from "../../src/host/mounts.ts";
import { openNamespace } from "../../src/host/namespace.ts";
import { hostBuildRoot, makeMountPoints } from "../../src/sandbox/build-root.ts";
import { openNetwork } from "../../src/sandbox/network.ts";
import { openRuntime, runProgram } from "../../src/sandbox/run.ts";
import { secretOf } from "../../src/secrets/secret.ts";

export interface StepRun {
  readonly kind: "stage" | "assembler";
  readonly name: string;
  readonly tree: string;
  readonly options?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputDir?: string;
  readonly state?: string;
  readonly libdir?: string;
  readonly sourceEpoch?: number;
  readonly id?: string;
  /** Mirrors by URL prefix. */
  readonly mirrors?: Readonly<Record<string, string>>;
  /** A pipeline's `sources`. */
  readonly sources?: object;
  /** The directory for the answer, if the program shall only say which packages it would install. */
  readonly resolveDir?: string;
  /** A lock's packages and notes, and the directory with the files. */
  readonly locked?: { readonly packages: readonly object[]; readonly notes?: object; readonly directory: string };
  /** Secrets by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** A build tree to use instead of the host's /usr. */
  readonly buildRoot?: string | undefined;
}

/** Runs a program of a libdir in a real container, on a directory. This needs root. */
export async function runStep(step: StepRun): Promise<{ exitCode: number; log: string }> {
  if (process.getuid?.() !== 0) throw new Error("this test runs containers and needs root: sudo npm test");
  const libdir = step.libdir ?? new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
  const base = `${libdir}/${step.kind === "stage" ? "stages" : "assemblers"}/${step.name}`;
  const meta = JSON.parse(await readFile(`${base}.meta.json`, "utf8"));
  const directory = await mkdtemp(`${tmpdir()}/step-`);
  try {
    await writeFile(`${directory}/lock`, "");
    await using namespace = await openNamespace(`${directory}/lock`);
    for (const name of ["root", "scratch"]) await mkdir(`${directory}/${name}`);
    await mountAll(namespace, directory, await buildRoot(`${directory}/root`, step.buildRoot));
    const values = Object.entries(step.secrets ?? {}).map(([name, value]) => [name, secretOf(value)] as const);
    await using secrets = await openSecrets(namespace, `${directory}/secrets`, new Map(values));
    const lines: string[] = [];
    const end = await runProgram(
      namespace,
      await openRuntime(),
      {
        kind: step.kind,
        program: existsSync(`${base}.ts`) ? `${base}.ts` : base,
        libdir,
        root: `${directory}/root`,
        tree: step.tree,
        options: JSON.stringify(step.options ?? {}),
        id: step.id ?? "0".repeat(64),
        sourceEpoch: step.sourceEpoch ?? defaultSourceEpoch,
        network:
          meta.network && step.locked === undefined
            ? await openNetwork(namespace, directory, [step.options, step.mirrors, step.sources])
            : undefined,
        capabilities: meta.capabilities ?? [],
        mounts: meta.mounts,
        scratch: `${directory}/scratch`,
        outputDir: step.outputDir,
        state: step.state,
        resolveDir: step.resolveDir,
        locked: step.locked,
        downloads: {
          ...(step.mirrors === undefined ? {} : { mirrors: step.mirrors }),
          ...(step.sources === undefined ? {} : { sources: step.sources }),
        },
        secrets,
        inputs: new Map(Object.entries(step.inputs ?? {})),
      },
      (more) => lines.push(...more),
    );
    return { exitCode: end.exitCode, log: lines.join("\n") };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function buildRoot(directory: string, tree: string | undefined): Promise<readonly Mount[]> {
  if (tree === undefined) return hostBuildRoot(directory);
  makeMountPoints(directory);
  return [{ type: "overlay", source: "overlay", target: directory, options: [`lowerdir=${directory}:${tree}`] }];
}
