import type { Problem } from "../errors.ts";
import type { StepInfo } from "../events.ts";
import type { ImageDisk } from "../image/disk.ts";
import type { Contents } from "../tree/contents.ts";
import { formatCount, shortName } from "./format.ts";
import { html, type Markup, shorten } from "./markup.ts";
import { commonReason, packagesText, type StepResult, type StepWithResult } from "./step-results.ts";

/** Everything that is reported about a pipeline after its build, as the plain data that reports are made of. */
export interface PipelineReport {
  /** The pipeline's file, as the user named it. */
  readonly pipeline: string;
  readonly treeId: string | null;
  readonly outputId: string | null;
  /** In the order of the build. */
  readonly steps: readonly ReportedStep[];
  /** Null if the build failed or the pipeline has no assembler. */
  readonly image: Image | null;
  readonly contents: Contents | null;
  /** The branch's last image, to compare with. */
  readonly previous: Previous | null;
  /** The errors in the pipeline and in its build. */
  readonly problems: readonly Problem[];
  readonly times: Times;
  readonly links: Links;
}

/** The seconds that each part of the work took. */
export interface Times {
  /** From the start of the build to the image. */
  readonly build: number;
  /** The second build, which is compared with the first. */
  readonly verification: number;
  readonly bootTest: number;
  readonly upload: number;
}

/** The addresses of what was uploaded beside the image; null if it wasn't. */
export interface Links {
  readonly report: string | null;
  /** The whole log of the step that failed. */
  readonly log: string | null;
  /** The tree that it left. */
  readonly tree: string | null;
}

/** A step with its result and its log. */
export interface ReportedStep extends StepWithResult {
  /** The end of its output, from this build or from the build that ran it; null if that isn't known. */
  readonly log: string | null;
}

/** The image that a pipeline built. */
export interface Image {
  /** The path below the output directory. */
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** Null if the image couldn't be examined. */
  readonly disk: ImageDisk | null;
  /** Null if the image wasn't booted. */
  readonly boot: Boot | null;
  /** The address to download it from; null if it wasn't uploaded. */
  readonly artifactUrl: string | null;
  /** Whether it is the branch's last upload, and so was neither made nor uploaded again. */
  readonly uploadedBefore: boolean;
  /** Why it could not be uploaded, and where it is kept; null if that didn't fail. */
  readonly notUploaded: string | null;
  /** The address of the attestation of its provenance; null if there is none. */
  readonly attestationUrl: string | null;
  /** The references, with its digest, under which it is in registries. */
  readonly pushed: readonly string[];
}

/** The result of an image's boot test. */
export interface Boot {
  readonly passed: boolean;
  readonly seconds: number;
  /** The test's output, the verdict last. */
  readonly said: readonly string[];
  /** The address of its console and screen, which are kept if it failed; null if there is none. */
  readonly evidenceUrl: string | null;
}

/** An earlier image to compare with. */
export interface Previous {
  /** A name that people recognise, such as a short commit id. */
  readonly label: string;
  readonly contents: Contents;
  readonly image: Pick<Image, "bytes" | "sha256">;
}

/** A step that ran. */
export interface Ran {
  readonly step: StepInfo;
  readonly failed: boolean;
  readonly start: number;
  /** The time for which its program ran. */
  readonly seconds: number;
  /** The moment at which its program had ended. */
  readonly end: number;
  /** The moment at which the next step started. */
  readonly next: number;
}

/** The steps that ran, in order. */
export function ran({ steps }: { readonly steps: readonly StepWithResult[] }): readonly Ran[] {
  const all = steps.flatMap(({ step, result }) =>
    result.type === "built" || result.type === "failed" ? [{ step, result }] : [],
  );
  return all.map(({ step, result: { type, start, seconds, end } }, index) => ({
    ...{ step, failed: type === "failed", start, seconds, end },
    next: all[index + 1]?.result.start ?? end,
  }));
}

/** The length of a timeline in seconds, which is never nothing. */
export const span = (report: PipelineReport) =>
  Math.max(0.01, report.times.build, ...ran(report).map(({ end }) => end));

/** The build's result in a sentence, without the full stop. */
export function headline(report: PipelineReport): Markup {
  const count = (type: StepResult["type"]) => report.steps.filter(({ result }) => result.type === type).length;
  const failed = report.steps.find(({ result }) => result.type === "failed");
  const all = formatCount(report.steps.length, "step");
  if (failed !== undefined) {
    const missing = count("not reached");
    const rest = missing === 0 ? "" : `; ${formatCount(missing, "step")} not reached`;
    return html`<code>${shorten(shortName(failed.step.name), 100)}</code> failed, step ${failed.step.index} of ${report.steps.length}${rest}`;
  }
  if (report.steps.length === 0)
    return report.problems.length === 0
      ? html`Nothing to build: the pipeline has no steps`
      : html`Not built: ${formatCount(report.problems.length, "problem")}`;
  const [built, cached] = [count("built"), count("cached")];
  if (count("not reached") + count("running") > 0) return html`Ended early, with ${built} of ${all} built`;
  const old = oldestPackages(report);
  if (built === 0) return html`Nothing to build: ${all} cached${old}`;
  const why = commonReason(report.steps);
  const parts = [cached === 0 ? "" : `; ${cached.toLocaleString("en")} cached`, why === undefined ? "" : `: ${why}`];
  return html`Built ${built.toLocaleString("en")} of ${all}${parts.join("")}${old}`;
}

/** The age of the oldest packages that come from a stored result and that nothing pins. */
function oldestPackages({ steps }: PipelineReport): string {
  const times = steps.flatMap(({ result }) => (result.type === "cached" && result.isUnpinned ? [result.ran] : []));
  if (times.length === 0) return "";
  return `; ${packagesText(times.includes(null) ? null : Math.min(...times.map(Number)))}`;
}

/** The seconds that everything took that was done for the pipeline. */
export const wholeTime = ({ times }: PipelineReport) => Object.values(times).reduce((sum, seconds) => sum + seconds, 0);

/** Whether the pipeline was built, and everything else that was wanted succeeded. */
export const succeeded = ({ problems, steps }: PipelineReport) =>
  problems.length === 0 && steps.every(({ result }) => result.type === "built" || result.type === "cached");
