import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { interact, searchPath, stream } from "../host/command.ts";
import { openGroup } from "../host/groups.ts";
import { fstabLine } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";
import { type Bind, type Container, nspawnArgv } from "./container.ts";
import { deviceMounts, makeDevices, withoutDevices } from "./devices.ts";
import { type Limits, type Reached, watchLimits, withDefaults } from "./limits.ts";
import { lineReader } from "./lines.ts";
import { javaScriptPath, modulesHook, modulesPath } from "./modules-hook.ts";
import { type MountTools, mountsDirectory, mountTools } from "./mounts.ts";
import type { Network } from "./network.ts";
import { type NodeRuntime, nodeRuntime } from "./node-runtime.ts";
import { osbuildApi } from "./osbuild-api.ts";

/** A stage or an assembler, ready to run. */
export interface ProgramRun {
  readonly kind: "stage" | "assembler";
  /** The program's file. Node.js runs a `.ts` file; any other file is executed. */
  readonly program: string;
  /** The file with its modules as JavaScript, if it is in TypeScript and the types have been stripped. */
  readonly javaScript?: string | undefined;
  /** The libdir of the program: the folder that contains `stages` and `assemblers`. */
  readonly libdir: string;
  /** The way in which the program is started and gets its arguments: `own` by default. */
  readonly contract?: "own" | "osbuild-run" | "standard input" | "arguments socket" | "arguments file";
  /** The build root. */
  readonly root: string;
  readonly tree: string;
  /** The options as the JSON text that the program gets. */
  readonly options: string;
  /** The step's id, unless the program doesn't use it. */
  readonly id?: string | undefined;
  readonly sourceEpoch: number;
  /** The network that it may use, if any. */
  readonly network?: Network | undefined;
  /** The settings for downloads that it gets with a network. */
  readonly downloads?: object | undefined;
  readonly capabilities: readonly string[];
  /** Whether the engine makes mounts for it on request. With `none` it can't make any itself either. */
  readonly mounts?: "on request" | "none" | undefined;
  /** An empty directory on disk for the container's /tmp and /var/tmp. */
  readonly scratch: string;
  readonly outputDir?: string | undefined;
  /** The directory for its answer, if it is only to find out which packages it would install. */
  readonly resolveDir?: string | undefined;
  /** The tree's layers by themselves, the lowest first, for an assembler that gets them. */
  readonly layers?: readonly SeparateLayer[] | undefined;
  /** The packages to install, the program's own notes, and the directory with the files, named by their SHA-256. */
  readonly locked?: LockedPackages | undefined;
  readonly state?: string | undefined;
  /** Maps names in the options to paths on the host. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The directory with the files of the secrets that it gets, and their names. */
  readonly secrets?: SecretFiles | undefined;
  /** The seconds after which the program is killed. */
  readonly timeout?: number | undefined;
  readonly limits?: Limits | undefined;
  /** The directory on disk in which the tree's changes are collected. */
  readonly changes?: string | undefined;
}

/** The changes of one stage. */
export interface SeparateLayer {
  /** A directory in which character devices 0:0 stand for what the stage deleted. */
  readonly directory: string;
  /** The paths of the directories that hide those of the layers below. Each character is a byte (latin1). */
  readonly opaque: readonly string[];
  /** The name of the stage; null if that isn't known. */
  readonly stage: string | null;
}

interface LockedPackages {
  readonly packages: readonly object[];
  readonly notes?: object | undefined;
  readonly directory: string;
}

interface SecretFiles {
  readonly directory: string;
  readonly names: readonly string[];
}

/** The end of a program. */
export interface ProgramEnd {
  readonly exitCode: number;
  readonly timedOut: boolean;
  /** The limit that it reached, if one ended it. */
  readonly reached: Reached | undefined;
  /** The limits that this machine can't enforce. */
  readonly unheld: readonly string[];
}

/** The host's programs that every container gets. Those for mounts are looked up when a program first needs them. */
export interface Runtime {
  readonly node: NodeRuntime;
  readonly mounts: () => Promise<MountTools>;
}

/** Finds the host's programs for containers. */
export async function openRuntime(): Promise<Runtime> {
  let tools: Promise<MountTools> | undefined;
  return {
    node: await nodeRuntime(),
    mounts: () => {
      tools ??= mountTools();
      return tools;
    },
  };
}

const inside = "/run/osbuild";
/** The directory of a lock's files. */
const lockedFiles = `${inside}/state/files`;
/** The directory of the secrets' files. */
const secretFiles = `${inside}/secrets`;
/** The directory of programs that replace those that the build root lacks. */
const standIns = `${inside}/bin`;

/** Runs a program in its container, with JSON as its input and lines as its output. */
export async function runProgram(
  namespace: Namespace,
  runtime: Runtime,
  job: ProgramRun,
  onLines: (lines: readonly string[]) => void,
): Promise<ProgramEnd> {
  const table = prepareScratch(job);
  const program = [...runtime.node.clean(environmentOf(job)), ...start(runtime.node, job)];
  const container = await containerOf(runtime, job, program);
  const { limits = {}, scratch, changes, outputDir } = job;
  await using group = await openGroup(namespace, withDefaults(limits));
  const command = [...group.enter, ...withMounts(table, job), ...nspawnArgv(container)];
  const argv = [...lock(job.state), ...timeLimit(job.timeout), ...command];
  const lines = lineReader(onLines);
  const started = performance.now();
  const watch = watchLimits(namespace, group, limits, [scratch, ...[changes ?? [], outputDir ?? []].flat()]);
  const exitCode = await stream(namespace.enter(argv), {
    input: hasArgumentsFile(job) ? "" : jobInput(job),
    onData: lines.write,
  });
  lines.end();
  const reached = await watch.end(exitCode);
  const seconds = (performance.now() - started) / 1000;
  return {
    exitCode,
    timedOut: exitCode !== 0 && job.timeout !== undefined && seconds >= job.timeout,
    reached,
    unheld: (["processes", "memory"] as const).filter((name) => limits[name] && !group.holds.includes(name)),
  };
}

/** Opens a shell at the terminal, in the container of a job, with the tree as the job left it. */
export async function runShell(namespace: Namespace, runtime: Runtime, job: ProgramRun): Promise<void> {
  mkdirSync(job.scratch);
  const table = prepareScratch(job);
  const program = [...runtime.node.clean({ ...environmentOf(job), TERM: "linux" }), "/bin/sh", "-i"];
  const container = await containerOf(runtime, job, program);
  await using group = await openGroup(namespace, withDefaults(job.limits ?? {}));
  const command = [...group.enter, ...withMounts(table, job), ...nspawnArgv(container, "interactive")];
  await interact(namespace.enter(command));
}

/** Fills the scratch directory. Returns the fstab file with the mounts to make before the container's own. */
function prepareScratch(job: ProgramRun): string {
  const { scratch } = job;
  for (const name of ["tmp", "var-tmp"]) {
    mkdirSync(`${scratch}/${name}`);
    chmodSync(`${scratch}/${name}`, 0o1777);
  }
  // Without this file Node.js parses every TypeScript file twice to find out that it is a module.
  writeFileSync(`${scratch}/package.json`, '{"type": "module"}\n');
  if (job.javaScript !== undefined) writeFileSync(`${scratch}/modules.mjs`, modulesHook);
  writeFileSync(`${scratch}/cmdline`, "root=/dev/osbuild\n");
  if (job.network !== undefined) writeFileSync(`${scratch}/resolv.conf`, job.network.resolver);
  if (job.contract === "osbuild-run") writeFileSync(`${scratch}/update-ca-trust`, "#!/bin/sh\n", { mode: 0o755 });
  if (hasArgumentsFile(job)) writeFileSync(`${scratch}/arguments`, foreignArguments(job));
  if (job.contract === "arguments socket") writeFileSync(`${scratch}/api.py`, osbuildApi);
  if (job.mounts === "on request") mkdirSync(`${scratch}/mounts`);
  if (job.locked !== undefined && job.state !== undefined) mkdirSync(`${job.state}/files`, { recursive: true });
  const places = placesOf(job);
  makeDevices(`${scratch}/dev`);
  mkdirSync(`${scratch}/nodev`);
  for (const { at } of places) mkdirSync(at);
  const table = `${scratch}/fstab`;
  const mounts = places.flatMap(({ from, at, to }) => [
    withoutDevices(from, at),
    ...(to === "/dev" ? deviceMounts(at) : []),
  ]);
  writeFileSync(table, mounts.map(fstabLine).join(""));
  return table;
}

/**
 * The directories that programs can write to, and those with parts of a tree. The container gets a second mount of
 * each, made with nodev: a tree may contain devices, but no program can open them.
 */
function placesOf({ scratch, tree, outputDir, resolveDir, layers = [], state, kind }: ProgramRun) {
  const places = [
    { from: `${scratch}/dev`, to: "/dev", writable: true },
    { from: `${scratch}/tmp`, to: "/tmp", writable: true },
    { from: `${scratch}/var-tmp`, to: "/var/tmp", writable: true },
    { from: tree, to: `${inside}/tree`, writable: kind === "stage" },
    ...(outputDir === undefined ? [] : [{ from: outputDir, to: `${inside}/output`, writable: true }]),
    ...(resolveDir === undefined ? [] : [{ from: resolveDir, to: `${inside}/resolved`, writable: true }]),
    ...(state === undefined ? [] : [{ from: state, to: `${inside}/state`, writable: true }]),
    ...layers.map(({ directory }, index) => ({ from: directory, to: layerPath(index), writable: false })),
  ];
  return places.map((place, index) => ({ ...place, at: `${scratch}/nodev/${index}` }));
}

const layerPath = (index: number) => `${inside}/layers/${index}`;

/** Begins a command line with these mounts, in a mount namespace of its own, so that nothing need be unmounted. */
const withMounts = (table: string, { mounts, scratch }: ProgramRun) => [
  ...["unshare", "--mount", "--propagation=private", "sh", "-c"],
  `mount --all --fstab "$1" ${mounts === "on request" ? '&& mkfifo "$2/ask" "$2/reply" ' : ""}&& shift 2 && exec "$@"`,
  ...["sh", table, `${scratch}/mounts`],
];

const hasArgumentsFile = ({ contract }: ProgramRun) => contract === "arguments file" || contract === "arguments socket";

async function containerOf({ node, mounts }: Runtime, job: ProgramRun, program: readonly string[]): Promise<Container> {
  const folder = job.kind === "stage" ? "stages" : "assemblers";
  const binds: Bind[] = [
    ...node.binds,
    // nspawn would show the host's file.
    { from: "/dev/null", to: "/run/host/os-release" },
    // nspawn binds over /proc last, when the host's paths are already gone.
    { from: `${job.scratch}/cmdline`, to: `${inside}/cmdline` },
    { from: `${inside}/cmdline`, to: "/proc/cmdline" },
    ...libraryBinds(job, folder),
    ...placesOf(job).map(({ at, to, writable }) => ({ from: at, to, writable })),
    // They are part of the state, so that a program can have them mounted in its tree like the rest of it.
    ...(job.locked === undefined ? [] : [{ from: job.locked.directory, to: lockedFiles }]),
    ...(job.secrets === undefined ? [] : [{ from: job.secrets.directory, to: secretFiles }]),
    ...[...job.inputs.values()].map((from, index) => ({ from, to: `${inside}/inputs/${index}` })),
  ];
  if (job.program.endsWith(".ts")) {
    binds.push({ from: `${job.scratch}/package.json`, to: `${inside}/lib/package.json` });
    if (job.javaScript !== undefined)
      binds.push({ from: `${job.scratch}/modules.mjs`, to: modulesPath }, { from: job.javaScript, to: javaScriptPath });
    // Assemblers use the stages' helpers, too.
    if (job.kind === "assembler") binds.push({ from: `${job.libdir}/stages`, to: `${inside}/lib/stages` });
  }
  if (job.network !== undefined) binds.push({ from: `${job.scratch}/resolv.conf`, to: "/etc/resolv.conf" });
  const container = { root: job.root, binds, empty: emptyFor(job), network: job.network?.path };
  if (job.mounts !== "on request")
    return { ...container, capabilities: job.capabilities, mounts: job.mounts !== "none", program };
  const tools = await mounts();
  binds.push(...tools.binds, { from: `${job.scratch}/mounts`, to: mountsDirectory, writable: true });
  return {
    ...container,
    capabilities: [...job.capabilities, "CAP_SYS_ADMIN"],
    mounts: true,
    program: tools.serve(`${inside}/tree`, program),
  };
}

/** The part of its libdir that a program sees: its own folder. osbuild's programs see everything. */
function libraryBinds({ contract = "own", libdir, scratch }: ProgramRun, folder: string): readonly Bind[] {
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

/** The directories besides the tree that osbuild's programs may write to. */
function emptyFor({ contract = "own" }: ProgramRun): readonly string[] {
  switch (contract) {
    case "own":
      return [];
    case "osbuild-run":
      // osbuild-run fills these directories first.
      return ["/etc", "/root", "/var"];
    case "standard input":
    case "arguments socket":
    case "arguments file":
      return ["/root", "/var"];
  }
}

/** The command line of the program itself. */
function start(runtime: NodeRuntime, { contract = "own", program, libdir, javaScript }: ProgramRun): readonly string[] {
  const path = `${inside}/lib${program.slice(libdir.length)}`;
  switch (contract) {
    case "own":
      if (!program.endsWith(".ts")) return [path];
      return runtime.argv(path, javaScript === undefined ? [] : [`--import=${modulesPath}`]);
    case "osbuild-run":
      return [`${inside}/lib/osbuild-run`, path];
    case "standard input":
      return [path];
    case "arguments socket":
    case "arguments file":
      // osbuild's own containers don't have these links, and some of its stages create them.
      return ["/bin/sh", "-c", 'rm -f /dev/fd /dev/std* && exec "$@"', "sh", path];
  }
}

const environmentOf = (job: ProgramRun) => ({
  // The osbuild-run of release 1 always calls update-ca-trust, which Debian doesn't have.
  PATH: job.contract === "osbuild-run" ? `${searchPath}:${standIns}` : searchPath,
  HOME: "/root",
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
  SOURCE_DATE_EPOCH: String(job.sourceEpoch),
  DEBIAN_FRONTEND: "noninteractive",
  ...(modulesOf(job) ? { PYTHONPATH: `${inside}/lib`, PYTHONUNBUFFERED: "1" } : {}),
});

/** Whether Python needs the path of osbuild's modules: up to release 9 a link beside the stages leads to them. */
const modulesOf = (job: ProgramRun) => job.contract === "standard input" || hasArgumentsFile(job);

/** The document on the program's standard input. The options' text isn't changed: 1.0 stays 1.0. */
function jobInput(job: ProgramRun): string {
  const rest = {
    ...(job.outputDir === undefined ? {} : { output_dir: `${inside}/output` }),
    ...(job.state === undefined ? {} : { state: `${inside}/state` }),
    ...(job.resolveDir === undefined ? {} : { resolve: `${inside}/resolved` }),
    ...(job.locked === undefined ? {} : { locked: lockedInput(job.locked) }),
    ...(job.layers === undefined ? {} : { layers: job.layers.map(layerInput) }),
    inputs: Object.fromEntries([...job.inputs.keys()].map((name, index) => [name, `${inside}/inputs/${index}`])),
    ...(job.secrets === undefined ? {} : { secrets: secretsInput(job.secrets) }),
    ...(job.network === undefined ? {} : job.downloads),
    source_epoch: job.sourceEpoch,
    ...(job.id === undefined ? {} : { id: job.id }),
  };
  return `{"tree": "${inside}/tree", "options": ${job.options}, ${JSON.stringify(rest).slice(1)}\n`;
}

const layerInput = (layer: SeparateLayer, index: number) => ({ ...layer, directory: layerPath(index) });

const lockedInput = ({ packages, notes }: LockedPackages) => ({
  packages,
  ...(notes === undefined ? {} : { notes }),
  files: lockedFiles,
});

const secretsInput = ({ names }: SecretFiles) =>
  Object.fromEntries(names.map((name) => [name, `${secretFiles}/${name}`]));

/** The document in osbuild's arguments file. */
function foreignArguments({ id, options, sourceEpoch }: ProgramRun): string {
  const paths = { devices: "/dev", inputs: `${inside}/inputs`, mounts: `${inside}/mounts` };
  const rest = { paths, devices: {}, inputs: {}, mounts: {}, meta: { id, "source-epoch": sourceEpoch } };
  return `{"tree": "${inside}/tree", "options": ${options}, ${JSON.stringify(rest).slice(1)}\n`;
}

/** Locks the program's state, because another build may use it, too: then one of them waits. */
const lock = (state: string | undefined) => (state === undefined ? [] : ["flock", `${state}.lock`]);

const timeLimit = (seconds: number | undefined) =>
  seconds === undefined ? [] : ["timeout", "--kill-after=5", String(seconds)];
