import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { type Mount, mountAll } from "../../src/host/mounts.ts";
import { openNamespace } from "../../src/host/namespace.ts";
import { hostBuildRoot, makeMountPoints } from "../../src/sandbox/build-root.ts";
import { nodeRuntime } from "../../src/sandbox/node-runtime.ts";
import { runJob } from "../../src/sandbox/run.ts";

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
  /** What to use in the place of addresses, by their beginnings. */
  readonly mirrors?: Readonly<Record<string, string>>;
  /** A pipeline's `sources`. */
  readonly sources?: object;
  /** A tree to run it in, in place of the host's /usr. */
  readonly buildRoot?: string | undefined;
}

/** Runs one program of a libdir in the real container, against a directory; needs root. */
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
    const lines: string[] = [];
    const end = await runJob(
      namespace,
      await nodeRuntime(),
      {
        kind: step.kind,
        program: existsSync(`${base}.ts`) ? `${base}.ts` : base,
        libdir,
        root: `${directory}/root`,
        tree: step.tree,
        options: JSON.stringify(step.options ?? {}),
        id: step.id ?? "0".repeat(64),
        sourceEpoch: step.sourceEpoch ?? 1767225600,
        network: meta.network ?? false,
        capabilities: meta.capabilities ?? [],
        scratch: `${directory}/scratch`,
        outputDir: step.outputDir,
        state: step.state,
        downloads: {
          ...(step.mirrors === undefined ? {} : { mirrors: step.mirrors }),
          ...(step.sources === undefined ? {} : { sources: step.sources }),
        },
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
  await makeMountPoints(directory);
  return [{ type: "overlay", source: "overlay", target: directory, options: [`lowerdir=${directory}:${tree}`] }];
}
