import { code } from "./facts.ts";
import { shortName } from "./format.ts";
import { html, type Markup } from "./markup.ts";
import type { ReportedStep } from "./pipeline-report.ts";
import { commonReason, figuresOf, noteOf, packagesText, resultText, type StepResult } from "./step-results.ts";

/** A row of a table of steps: one step, or several in a row for which there is nothing to tell apart. */
export interface StepRow {
  /** Their numbers, such as `3` or `1–10`. */
  readonly numbers: string;
  readonly depth: number;
  readonly name: Markup;
  /** The result of the first of them. */
  readonly result: StepResult;
  /** The result in words. */
  readonly text: string;
  /** Why they ran, or how old their packages are. */
  readonly note: string;
  /** Null for several steps, and where there is nothing to say. */
  readonly seconds: number | null;
  readonly bytes: number | null;
}

/** The rows for steps in the order of the build. Steps that didn't run share a row with their neighbours. */
export function stepRows(steps: readonly ReportedStep[]): readonly StepRow[] {
  const groups: ReportedStep[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && isAlike(group[0], step)) group.push(step);
    else groups.push([step]);
  }
  const isSaid = commonReason(steps) !== undefined;
  return groups.map((group) => rowOf(group, isSaid));
}

const isAlike = (a: ReportedStep, b: ReportedStep) => a.step.depth === b.step.depth && kindOf(a) === kindOf(b);

/** Steps of one kind share a row. Undefined results of steps that ran are never of the same kind. */
function kindOf({ step, result }: ReportedStep): string {
  if (result.type === "not reached") return "not reached";
  return result.type === "cached" && result.source !== "same tree" ? "cached" : step.id;
}

function rowOf(group: readonly ReportedStep[], isSaid: boolean): StepRow {
  const [first, last] = [group[0], group.at(-1)] as [ReportedStep, ReportedStep];
  const { depth, index } = first.step;
  const alone = group.length === 1;
  const [start, end] = [first, last].map(({ step }) => code(shortName(step.name))) as [Markup, Markup];
  return {
    numbers: alone ? `${index}` : `${index}–${last.step.index}`,
    depth,
    name: alone ? start : html`${start}${group.length === 2 ? ", " : " … "}${end}`,
    result: first.result,
    text: alone ? resultText(first.result) : first.result.type,
    note: noteFor(group, isSaid),
    seconds: alone ? (figuresOf(first.result).seconds ?? null) : null,
    bytes: alone && "bytes" in first.result ? first.result.bytes : null,
  };
}

function noteFor(group: readonly ReportedStep[], isSaid: boolean): string {
  const [{ result }] = group as [ReportedStep];
  if (result.type !== "cached") return isSaid ? "" : noteOf(result);
  const times = group.flatMap((each) =>
    each.result.type === "cached" && each.result.isUnpinned ? [each.result.ran] : [],
  );
  if (times.length === 0) return "";
  return packagesText(times.includes(null) ? null : Math.min(...times.map(Number)));
}
