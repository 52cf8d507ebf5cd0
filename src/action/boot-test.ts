import * as core from "@actions/core";
import { type BootResult, bootImage, firmwareOf, hasKvm } from "../host/boot.ts";
import { annotate, foreignOutput } from "../report/actions.ts";
import type { Boot, Image } from "../report/pipeline-report.ts";
import type { Job } from "./job.ts";
import type { Run } from "./run.ts";

/** Some machines offer virtualisation that then hangs: whoever hasn't booted with it by then is booted without. */
const withKvm = { accelerator: "kvm", seconds: 120 } as const;
const without = { accelerator: "tcg", seconds: 900 } as const;

/**
 * Boots a pipeline's image, with what it is made for, until its org.osbuild.test stage reports. One that doesn't boot
 * well is a problem of the pipeline's, and uploaded all the same: someone will want to look at it.
 */
export async function bootTest(image: Image, run: Run, job: Job): Promise<Boot> {
  const started = performance.now();
  const result = await core.group(`Booting ${image.path}`, () => boot(image, run, job));
  const seconds = (performance.now() - started) / 1000;
  if (result.type === "passed") {
    core.info(`the image boots well: ${result.printed.at(-1)}`);
    return { passed: true, seconds, said: result.printed };
  }
  const problem = {
    message: `${image.path} doesn't boot well: ${result.why}`,
    at: run.loaded?.testStage ?? undefined,
    hint: "the log has the end of its console",
  };
  run.problems = [problem];
  annotate(problem, "boot test", job.runner.workspace);
  return { passed: false, seconds, said: [...result.printed, result.why] };
}

async function boot({ path, disk }: Image, { output }: Run, { signal }: Job): Promise<BootResult> {
  const none = { type: "no report", printed: [], console: [] } as const;
  if (disk === null || disk.virtualSize === null) return { ...none, why: "it is no disk image that QEMU boots" };
  // An ISO for sticks is a disk too.
  const format = disk.format === "iso9660" ? "raw" : disk.format;
  const firmware = firmwareOf(disk);
  let result: BootResult = { ...none, why: "the job's time was over before" };
  for (const way of (await hasKvm()) ? [withKvm, without] : [without]) {
    if (signal.aborted) break;
    core.info(`with ${firmware}, accelerated by ${way.accelerator}, for at most ${way.seconds} seconds`);
    result = await bootImage(`${output}/${path}`, { ...way, format, firmware, signal });
    const guest = foreignOutput();
    guest.print([...(result.type === "passed" ? [] : result.console), ...result.printed]);
    guest.resume();
    if (result.type !== "no report") break;
  }
  return result;
}
