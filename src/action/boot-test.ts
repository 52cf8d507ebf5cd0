import * as core from "@actions/core";
import { type BootResult, bootImage, firmwareOf, hasKvm } from "../image/boot.ts";
import { annotate, foreignOutput } from "../report/actions.ts";
import type { Boot, Image } from "../report/pipeline-report.ts";
import type { Job } from "./job.ts";
import type { Run } from "./run.ts";

/** On some machines KVM is available but hangs. An image that doesn't boot with it in this time is booted without. */
const withKvm = { accelerator: "kvm", seconds: 120 } as const;
const without = { accelerator: "tcg", seconds: 900 } as const;

/**
 * Boots a pipeline's image, with the firmware that it is made for, until its org.osbuild.test stage reports. A failure
 * is a problem of the pipeline. The image is uploaded nevertheless, because someone will want to examine it.
 */
export async function bootTest(image: Image, run: Run, job: Job): Promise<Boot> {
  const started = performance.now();
  const result = await core.group(`Booting ${image.path}`, () => boot(image, run, job));
  const seconds = (performance.now() - started) / 1000;
  if (result.type === "passed") {
    core.info(`the boot test passed: ${result.printed.at(-1)}`);
    return { passed: true, seconds, said: result.printed };
  }
  const problem = {
    message: `the boot test of ${image.path} failed: ${result.why}`,
    at: run.loaded?.testStage ?? undefined,
    hint: "the log has the end of its console",
  };
  run.problems = [...run.problems, problem];
  annotate(problem, "boot test", job.runner.workspace);
  return { passed: false, seconds, said: [...result.printed, result.why] };
}

async function boot({ path, disk }: Image, { output }: Run, { signal }: Job): Promise<BootResult> {
  const none = { type: "no report", printed: [], console: [] } as const;
  if (disk === null || disk.virtualSize === null) return { ...none, why: "it isn't a disk image that QEMU can boot" };
  // A hybrid ISO is a disk, too.
  const format = disk.format === "iso9660" ? "raw" : disk.format;
  const firmware = firmwareOf(disk);
  let result: BootResult = { ...none, why: "the job ran out of time" };
  for (const way of (await hasKvm()) ? [withKvm, without] : [without]) {
    if (signal.aborted) break;
    core.info(`with ${firmware}, accelerated by ${way.accelerator}, for at most ${way.seconds} s`);
    result = await bootImage(`${output}/${path}`, { ...way, format, firmware, signal });
    const guest = foreignOutput();
    guest.print([...(result.type === "passed" ? [] : result.console), ...result.printed]);
    guest.resume();
    if (result.type !== "no report") break;
  }
  return result;
}
