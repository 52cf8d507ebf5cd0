import { type PipelineReport, ran } from "./pipeline-report.ts";
import type { StepWithResult } from "./step-results.ts";

/** A part of the time that a pipeline took. */
export interface Spent {
  readonly name: string;
  readonly seconds: number;
}

/**
 * Divides the time between the steps' programs and the rest of the work. Steps run one after another, so these parts
 * add up to the whole time. Layers are packed and saved while later steps run, and that only counts where a build waits
 * for it.
 */
export function spent(report: PipelineReport): readonly Spent[] {
  const { build, verification, bootTest, upload } = report.times;
  if (build === 0) return [];
  const all = ran(report);
  const programs = all.reduce((sum, { seconds }) => sum + seconds, 0);
  const before = all[0]?.start ?? build;
  const after = all.length === 0 ? 0 : build - Math.max(...all.map(({ end }) => end));
  return [
    { name: "Planning and fetching", seconds: before },
    { name: "Programs of the steps", seconds: programs },
    { name: "Preparing and finishing steps", seconds: build - before - programs - after },
    { name: "Storing and exporting", seconds: after },
    { name: "Second build to compare", seconds: verification },
    { name: "Boot test", seconds: bootTest },
    { name: "Uploading", seconds: upload },
  ].filter(({ seconds }) => seconds >= 0.05);
}

/**
 * The seconds that the engine worked for each step that ran, by the step's id: before its program, and after it until
 * the next step. What it does for the last one after its program counts for the build.
 */
export const engineSeconds = (steps: readonly StepWithResult[]): ReadonlyMap<string, number> =>
  // The program's time is measured by another process, so it may be longer than from here to there.
  new Map(ran({ steps }).map(({ step, start, seconds, next }) => [step.id, Math.max(0, next - start - seconds)]));
