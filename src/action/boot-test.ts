import { mkdir } from "node:fs/promises";
import * as core from "@actions/core";
import { BuildError } from "../errors.ts";
import { type BootExtras, bootNeeds, providePrograms } from "../host/packages.ts";
import { architectureOf } from "../image/architecture.ts";
import { type BootResult, bootImage } from "../image/boot.ts";
import type { ImageDisk } from "../image/disk.ts";
import { type Architecture, type Firmware, firmwareOf, hasSystemPartition } from "../image/firmware.ts";
import { hasKvm } from "../image/machine.ts";
import { annotate, foreignOutput, lineWithName, withHint } from "../report/actions.ts";
import { formatBytes, formatCount, formatSeconds } from "../report/format.ts";
import type { Boot, Image } from "../report/pipeline-report.ts";
import { type Artifact, uploadArtifact } from "./artifact.ts";
import type { ArtifactNames } from "./artifact-names.ts";
import { attempt, grouped } from "./attempt.ts";
import type { Inputs } from "./inputs.ts";
import { reportInstalling } from "./installing.ts";
import type { Job } from "./job.ts";
import type { Run } from "./run.ts";

/** The programs that a boot test with these inputs needs, besides QEMU. */
export const bootExtras = ({ bootScript, bootTpm }: Inputs): BootExtras => ({
  script: bootScript !== undefined,
  tpm: bootTpm,
});

/**
 * Boots a pipeline's image, on a machine of its architecture with the firmware that it is made for, and has it tested.
 * A failure is a problem of the pipeline. The image is then uploaded under another name, for someone to examine.
 */
export async function bootTest(image: Image, run: Run, { boot: name }: ArtifactNames, job: Job): Promise<Boot> {
  const started = performance.now();
  const directory = `${job.directory}/${name}`;
  const result = await core.group(`Booting ${image.path}`, () => boot(image, directory, run, job).catch(refused));
  const seconds = (performance.now() - started) / 1000;
  if (result.type === "passed") {
    core.info(`the boot test passed: ${result.printed.at(-1)}`);
    return { passed: true, seconds, said: result.printed, evidenceUrl: null };
  }
  const { why, printed, evidence } = result;
  const artifact = await uploadEvidence(name, directory, evidence, job);
  const problem = {
    message: `the boot test of ${image.path} failed: ${why}`.slice(0, 4000),
    at: run.loaded?.testStage ?? undefined,
    hint:
      artifact === undefined
        ? "the log has the end of its console"
        : `the artifact ${name} has its console and what its screen showed`,
  };
  run.problems = [...run.problems, problem];
  annotate(problem, "boot test", job.runner.workspace);
  const [verdict = ""] = why.split("\n");
  return { passed: false, seconds, said: [...printed, verdict], evidenceUrl: artifact?.url ?? null };
}

const nothing = { type: "no report", printed: [], console: [], evidence: [] } as const;

/** The result if this machine can't run the test. */
function refused(error: unknown): BootResult {
  if (!(error instanceof BuildError)) throw error;
  return { ...nothing, why: error.problems.map(withHint).join("\n") };
}

async function boot({ path, disk }: Image, directory: string, run: Run, job: Job): Promise<BootResult> {
  if (disk === null || disk.virtualSize === null)
    return { ...nothing, why: "it isn't a disk image that QEMU can boot" };
  const { inputs, runner, signal } = job;
  if (inputs.bootSecureBoot && !hasSystemPartition(disk))
    return { ...nothing, why: "it has no EFI system partition, which Secure Boot starts signed loaders from" };
  const image = `${run.output}/${path}`;
  const architecture = await architectureOf(image, disk);
  await providePrograms(
    bootNeeds(architecture, bootExtras(inputs)),
    inputs.installDependencies ? reportInstalling : undefined,
  );
  await mkdir(directory, { recursive: true });
  let result: BootResult = { ...nothing, why: "the job ran out of time" };
  for (const way of await waysOf(architecture)) {
    if (signal.aborted) break;
    const seconds = inputs.bootTimeout ?? way.seconds;
    const machine = machineOf(disk, architecture, inputs);
    core.info(
      `${architecture} with ${machine.firmware}${machine.tpm ? ", a TPM" : ""}, ${formatCount(machine.cpus, "processor")}, ${formatBytes(machine.memory)}, ${way.how}, for at most ${formatSeconds(seconds)}`,
    );
    const { accelerator } = way;
    const tests = { reports: (run.loaded?.testStage ?? null) !== null, script: scriptOf(inputs.bootScript, runner) };
    result = await bootImage(image, { ...machine, ...tests, accelerator, seconds, directory, signal });
    const guest = foreignOutput();
    guest.print([...(result.type === "passed" ? [] : result.console), ...result.printed]);
    guest.resume();
    if (result.type !== "no report") break;
  }
  return result;
}

const machineOf = (disk: ImageDisk, architecture: Architecture, inputs: Inputs) => ({
  architecture,
  firmware: firmwareFor(disk, architecture, inputs),
  // A hybrid ISO is a disk, too.
  format: disk.format === "iso9660" ? "raw" : disk.format,
  memory: inputs.bootMemory,
  cpus: inputs.bootCpus,
  tpm: inputs.bootTpm,
});

function firmwareFor(disk: ImageDisk, architecture: Architecture, { bootSecureBoot }: Inputs): Firmware {
  if (bootSecureBoot) return "UEFI with Secure Boot";
  // Only x64 machines have a BIOS.
  return architecture === "x64" ? firmwareOf(disk) : "UEFI";
}

interface Way {
  readonly accelerator: "kvm" | "tcg";
  readonly seconds: number;
  readonly how: string;
}

/** On some machines KVM is available but hangs. An image that doesn't boot with it in its time is booted without. */
async function waysOf(architecture: Architecture): Promise<readonly Way[]> {
  const emulated = (why: string): Way => ({ accelerator: "tcg", seconds: 900, how: `emulated because ${why}` });
  if (architecture !== process.arch) return [emulated(`this runner is ${process.arch}`)];
  if (!(await hasKvm())) return [emulated("its user can't use /dev/kvm")];
  return [{ accelerator: "kvm", seconds: 120, how: "with KVM" }, emulated("it didn't boot with KVM")];
}

/** The script sees none of the Action's own environment, which has its tokens. */
function scriptOf(path: string | undefined, { env, workspace }: Job["runner"]) {
  if (path === undefined) return undefined;
  const { PATH = "", HOME = "/" } = env;
  return { path, cwd: workspace, env: { PATH, HOME, GITHUB_WORKSPACE: workspace }, onLine: lineWithName };
}

/**
 * Uploads what shows how a boot test failed. That can't hide the failure: it becomes a warning if it isn't possible.
 */
async function uploadEvidence(
  name: string,
  root: string,
  files: readonly string[],
  job: Job,
): Promise<Artifact | undefined> {
  if (files.length === 0 || job.inputs.upload === "false") return undefined;
  const upload = { name, files, root, raw: false };
  return attempt("the console of the boot test could not be uploaded", () =>
    grouped(`Uploading ${name}`, () => uploadArtifact(upload, job)),
  );
}
