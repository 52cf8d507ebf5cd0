import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { interact, searchPath, stream } from "../host/command.ts";
import type { Namespace } from "../host/namespace.ts";
import { type Bind, type Container, nspawnArgv } from "./container.ts";
import { lineReader } from "./lines.ts";
import type { NodeRuntime } from "./node-runtime.ts";
import { osbuildApi } from "./osbuild-api.ts";

/** A stage or an assembler, ready to run. */
export interface Job {
  readonly kind: "stage" | "assembler";
  /** The program's file: a `.ts` file is run by Node.js, anything else is executed. */
  readonly program: string;
  /** The folder above `stages` and `assemblers` that the program is from. */
  readonly libdir: string;
  /** How the program is started and gets its arguments; `own` where nothing is said. */
  readonly contract?: "own" | "osbuild-run" | "standard input" | "arguments socket" | "arguments file";
  /** The build root. */
  readonly root: string;
  readonly tree: string;
  /** JSON text, as it goes to the program. */
  readonly options: string;
  readonly id: string;
  readonly sourceEpoch: number;
  /** Whether it shares the host's network, and what it is told of where to download from. */
  readonly network: boolean;
  readonly downloads?: object | undefined;
  readonly capabilities: readonly string[];
  /** An empty directory on disk: it holds the container's /tmp and /var/tmp. */
  readonly scratch: string;
  readonly outputDir?: string | undefined;
  readonly state?: string | undefined;
  /** Names as the options have them, and the paths of the host that they mean. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Seconds after which the program is ended. */
  readonly timeout?: number | undefined;
}

export interface JobEnd {
  readonly exitCode: number;
  readonly timedOut: boolean;
}

const inside = "/run/osbuild";
/** Programs that take the place of those that the build root doesn't have. */
const standIns = `${inside}/bin`;

/** Runs a program in its container: JSON in, lines out, an exit code at the end. */
export async function runJob(
  namespace: Namespace,
  runtime: NodeRuntime,
  job: Job,
  onLines: (lines: readonly string[]) => void,
): Promise<JobEnd> {
  await prepareScratch(job);
  const argv = [...lock(job.state), ...timeLimit(job.timeout), ...nspawnArgv(await containerOf(runtime, job))];
  const lines = lineReader(onLines);
  const started = performance.now();
  const exitCode = await stream(namespace.enter(argv), {
    input: hasArgumentsFile(job) ? "" : jobInput(job),
    onData: lines.write,
  });
  lines.end();
  const seconds = (performance.now() - started) / 1000;
  return { exitCode, timedOut: exitCode !== 0 && job.timeout !== undefined && seconds >= job.timeout };
}

/** Opens a shell at the terminal in the container of a job, with the tree as the job left it. */
export async function runShell(namespace: Namespace, runtime: NodeRuntime, job: Job): Promise<void> {
  await mkdir(job.scratch);
  await prepareScratch(job);
  const container = await containerOf(runtime, job);
  const program = [...runtime.clean({ ...environmentOf(job), TERM: "linux" }), "/bin/sh", "-i"];
  await interact(namespace.enter(nspawnArgv({ ...container, program }, "interactive")));
}

async function prepareScratch(job: Job): Promise<void> {
  const { scratch } = job;
  for (const name of ["tmp", "var-tmp"]) {
    await mkdir(`${scratch}/${name}`);
    await chmod(`${scratch}/${name}`, 0o1777);
  }
  // Without it Node.js reads every TypeScript file twice to find out that it is a module.
  await writeFile(`${scratch}/package.json`, '{"type": "module"}\n');
  await writeFile(`${scratch}/cmdline`, "root=/dev/osbuild\n");
  // A copy: the host's often lies in /run, and a build may have another /run.
  if (job.network) await writeFile(`${scratch}/resolv.conf`, await readFile("/etc/resolv.conf"));
  if (job.contract === "osbuild-run") await writeFile(`${scratch}/update-ca-trust`, "#!/bin/sh\n", { mode: 0o755 });
  if (hasArgumentsFile(job)) await writeFile(`${scratch}/arguments`, foreignArguments(job));
  if (job.contract === "arguments socket") await writeFile(`${scratch}/api.py`, osbuildApi);
}

const hasArgumentsFile = ({ contract }: Job) => contract === "arguments file" || contract === "arguments socket";

async function containerOf(runtime: NodeRuntime, job: Job): Promise<Container> {
  const folder = job.kind === "stage" ? "stages" : "assemblers";
  const binds: Bind[] = [
    ...runtime.binds,
    // nspawn shows the host's there.
    { from: "/dev/null", to: "/run/host/os-release" },
    // nspawn binds over /proc last, when the host's paths are gone already.
    { from: `${job.scratch}/cmdline`, to: `${inside}/cmdline` },
    { from: `${inside}/cmdline`, to: "/proc/cmdline" },
    ...libraryBinds(job, folder),
    { from: `${job.scratch}/tmp`, to: "/tmp", writable: true },
    { from: `${job.scratch}/var-tmp`, to: "/var/tmp", writable: true },
    { from: job.tree, to: `${inside}/tree`, writable: job.kind === "stage" },
    ...[...job.inputs.values()].map((from, index) => ({ from, to: `${inside}/inputs/${index}` })),
  ];
  if (job.program.endsWith(".ts")) {
    binds.push({ from: `${job.scratch}/package.json`, to: `${inside}/lib/package.json` });
    // A stage's helpers serve assemblers too.
    if (job.kind === "assembler") binds.push({ from: `${job.libdir}/stages`, to: `${inside}/lib/stages` });
  }
  if (job.outputDir !== undefined) binds.push({ from: job.outputDir, to: `${inside}/output`, writable: true });
  if (job.state !== undefined) binds.push({ from: job.state, to: `${inside}/state`, writable: true });
  if (job.network) binds.push({ from: `${job.scratch}/resolv.conf`, to: "/etc/resolv.conf" });
  return {
    root: job.root,
    binds,
    empty: emptyFor(job),
    network: job.network,
    capabilities: job.capabilities,
    program: [...runtime.clean(environmentOf(job)), ...start(runtime, job)],
  };
}

/** What a program finds of its libdir: its own folder; osbuild's programs everything. */
function libraryBinds({ contract = "own", libdir, scratch }: Job, folder: string): readonly Bind[] {
  switch (contract) {
    case "own":
      return [{ from: `${libdir}/${folder}`, to: `${inside}/lib/${folder}` }];
    case "osbuild-run":
      return [
        { from: libdir, to: `${inside}/lib` },
        { from: `${scratch}/update-ca-trust`, to: `${standIns}/update-ca-trust` },
      ];
    case "standard input":
      return [{ from: libdir, to: `${inside}/lib` }];
    case "arguments socket":
    case "arguments file":
      return [
        { from: libdir, to: `${inside}/lib` },
        { from: `${scratch}/arguments`, to: `${inside}/api/arguments` },
        ...(contract === "arguments file" ? [] : [{ from: `${scratch}/api.py`, to: `${inside}/lib/osbuild/api.py` }]),
      ];
  }
}

/** What osbuild's programs may write beside the tree. */
function emptyFor({ contract = "own" }: Job): readonly string[] {
  switch (contract) {
    case "own":
      return [];
    case "osbuild-run":
      // What osbuild-run does first is to fill them.
      return ["/etc", "/root", "/var"];
    case "standard input":
    case "arguments socket":
    case "arguments file":
      return ["/root", "/var"];
  }
}

/** The command line of the program itself. */
function start(runtime: NodeRuntime, { contract = "own", program, libdir }: Job): readonly string[] {
  const path = `${inside}/lib${program.slice(libdir.length)}`;
  switch (contract) {
    case "own":
      return program.endsWith(".ts") ? runtime.argv(path) : [path];
    case "osbuild-run":
      return [`${inside}/lib/osbuild-run`, path];
    case "standard input":
      return [path];
    case "arguments socket":
    case "arguments file":
      // In osbuild's own containers they are missing, and some of its stages make them.
      return ["/bin/sh", "-c", 'rm -f /dev/fd /dev/std* && exec "$@"', "sh", path];
  }
}

const environmentOf = (job: Job) => ({
  // Release 1's osbuild-run calls update-ca-trust wherever it runs; Debian has none.
  PATH: job.contract === "osbuild-run" ? `${searchPath}:${standIns}` : searchPath,
  HOME: "/root",
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
  SOURCE_DATE_EPOCH: String(job.sourceEpoch),
  DEBIAN_FRONTEND: "noninteractive",
  ...(modulesOf(job) ? { PYTHONPATH: `${inside}/lib`, PYTHONUNBUFFERED: "1" } : {}),
});

/** Up to release 9 a link beside the stages leads Python to osbuild's modules; after that only this does. */
const modulesOf = (job: Job) => job.contract === "standard input" || hasArgumentsFile(job);

/** The document on the program's standard input. The options' text is passed on as it is: 1.0 stays 1.0. */
function jobInput(job: Job): string {
  const rest = {
    ...(job.outputDir === undefined ? {} : { output_dir: `${inside}/output` }),
    ...(job.state === undefined ? {} : { state: `${inside}/state` }),
    inputs: Object.fromEntries([...job.inputs.keys()].map((name, index) => [name, `${inside}/inputs/${index}`])),
    ...(job.network ? job.downloads : {}),
    source_epoch: job.sourceEpoch,
    id: job.id,
  };
  return `{"tree": "${inside}/tree", "options": ${job.options}, ${JSON.stringify(rest).slice(1)}\n`;
}

/** The document in osbuild's arguments file. */
function foreignArguments({ id, options, sourceEpoch }: Job): string {
  const paths = { devices: "/dev", inputs: `${inside}/inputs`, mounts: `${inside}/mounts` };
  const rest = { paths, devices: {}, inputs: {}, mounts: {}, meta: { id, "source-epoch": sourceEpoch } };
  return `{"tree": "${inside}/tree", "options": ${options}, ${JSON.stringify(rest).slice(1)}\n`;
}

/** Two builds may want the same program's state: one waits. */
const lock = (state: string | undefined) => (state === undefined ? [] : ["flock", `${state}.lock`]);

const timeLimit = (seconds: number | undefined) =>
  seconds === undefined ? [] : ["timeout", "--kill-after=5", String(seconds)];
