import type { Problem } from "../errors.ts";
import type { CacheSource, Reason, StepInfo } from "../events.ts";
import type { Disk } from "../host/disk.ts";
import type { Contents } from "../store/contents.ts";
import { formatSeconds, shortName } from "./format.ts";
import { counted, html, type Markup, shorten } from "./markup.ts";

/** Everything that is told of one pipeline once its build has ended: plain data, from which reports are written. */
export interface PipelineReport {
  /** The pipeline's file, as it was named. */
  readonly pipeline: string;
  readonly treeId: string | null;
  readonly outputId: string | null;
  /** In their order. */
  readonly steps: readonly ReportedStep[];
  /** Null where there is none: the build failed, or the pipeline has no assembler. */
  readonly image: Image | null;
  readonly contents: Contents | null;
  /** What to compare with: the branch's last image. */
  readonly previous: Previous | null;
  /** Everything that is wrong with the pipeline, or went wrong with its build. */
  readonly problems: readonly Problem[];
}

export interface ReportedStep {
  readonly step: StepInfo;
  readonly result: Result;
  /** The end of what it printed, now or when it ran; null where that isn't known. */
  readonly log: string | null;
}

/** What became of a step. Seconds count from the build's start; bytes are those of its layer or its output. */
export type Result =
  | { readonly type: "cached"; readonly source: CacheSource; readonly bytes: number | null }
  | {
      readonly type: "built";
      readonly reason: Reason;
      readonly start: number;
      readonly seconds: number;
      readonly bytes: number | null;
    }
  | {
      readonly type: "failed";
      readonly reason: Reason;
      readonly start: number;
      readonly seconds: number;
      readonly exitCode: number;
    }
  | { readonly type: "not reached" };

export interface Image {
  /** Its place below the output directory. */
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** Null where it couldn't be looked into. */
  readonly disk: Disk | null;
  /** Null where it wasn't booted. */
  readonly boot: Boot | null;
  /** Where to download it. */
  readonly artifactUrl: string | null;
  /** Why it could not be uploaded, and where it is kept. */
  readonly notUploaded: string | null;
}

/** What came of booting an image. */
export interface Boot {
  readonly passed: boolean;
  readonly seconds: number;
  /** The test's own words, the verdict last. */
  readonly said: readonly string[];
}

export interface Previous {
  /** How people know it, such as a short commit id. */
  readonly label: string;
  readonly contents: Contents;
  readonly image: Pick<Image, "bytes" | "sha256">;
}

/** A step that ran. */
export interface Ran {
  readonly step: StepInfo;
  readonly failed: boolean;
  readonly start: number;
  readonly seconds: number;
}

export const ran = ({ steps }: PipelineReport): readonly Ran[] =>
  steps.flatMap(({ step, result }) =>
    result.type === "built" || result.type === "failed"
      ? [{ step, failed: result.type === "failed", start: result.start, seconds: result.seconds }]
      : [],
  );

/** What became of the whole, in a sentence. */
export function headline(report: PipelineReport): Markup {
  const count = (type: Result["type"]) => report.steps.filter(({ result }) => result.type === type).length;
  const failed = report.steps.find(({ result }) => result.type === "failed");
  const all = counted(report.steps.length, "step");
  if (failed !== undefined) {
    const missing = count("not reached");
    const rest = missing === 0 ? "" : `; ${counted(missing, "step")} not reached`;
    return html`<code>${shorten(shortName(failed.step.name), 100)}</code> failed, step ${failed.step.index} of ${report.steps.length}${rest}`;
  }
  if (report.steps.length === 0)
    return report.problems.length === 0
      ? html`Nothing to build: the pipeline has no steps`
      : html`Not built: ${counted(report.problems.length, "problem")}`;
  const [built, cached] = [count("built"), count("cached")];
  if (count("not reached") > 0) return html`Ended early, with ${built} of ${all} built`;
  if (built === 0) return html`Nothing to build: ${all} cached`;
  return html`Built ${built.toLocaleString("en")} of ${all} in ${formatSeconds(end(report))}${cached === 0 ? "" : `; ${cached.toLocaleString("en")} cached`}`;
}

/** When the last step that ran had ended. */
export const end = (report: PipelineReport) => Math.max(0, ...ran(report).map(({ start, seconds }) => start + seconds));

export function resultText(result: Result): string {
  switch (result.type) {
    case "cached":
      return sources[result.source];
    case "failed":
      return `failed with code ${result.exitCode}`;
    case "built":
    case "not reached":
      return result.type;
  }
}

const sources: Readonly<Record<CacheSource, string>> = {
  store: "cached in the store",
  cache: "cached by Actions",
  below: "not needed",
};
