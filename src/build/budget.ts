import { BuildError, type Location, type Problem } from "../errors.ts";
import type { Pipeline, Step } from "../pipeline/pipeline.ts";
import { formatChange } from "../report/changes.ts";
import { formatBytes } from "../report/format.ts";
import { changesBetween, totalBytes } from "../tree/changes.ts";
import type { Contents } from "../tree/contents.ts";

/** The bytes that the files of a pipeline's tree may have together. */
export interface Budget {
  readonly maxSize: number | undefined;
  /** By how much they may have grown since an earlier image. */
  readonly maxGrowth: { readonly bytes: number; readonly since: Earlier } | undefined;
}

/** An earlier image. */
export interface Earlier {
  /** A name that people recognise, such as a short commit id. */
  readonly label: string;
  readonly contents: Contents;
}

/** A limit of the budget, and the contents that it counts from. */
interface Limit {
  /** The most bytes that the files may have. */
  readonly most: number;
  readonly text: string;
  /** Undefined where nothing came before. */
  readonly before: Contents | undefined;
  readonly hint: string;
}

/** The limits of a budget. Without growth to measure, what a limit counts from is what a step started on. */
function limitsOf({ maxSize, maxGrowth }: Budget, started: Contents | undefined): readonly Limit[] {
  const limits: Limit[] = [];
  if (maxSize !== undefined) {
    const hint = "make it smaller, or raise max-size";
    limits.push({ most: maxSize, text: `max-size is ${formatBytes(maxSize)}`, before: started, hint });
  }
  if (maxGrowth !== undefined) {
    const { bytes, since } = maxGrowth;
    const text = `max-growth is ${formatBytes(bytes)}, and ${since.label} had ${formatBytes(totalBytes(since.contents))}`;
    const hint = "make it smaller, or raise max-growth for this build: the next one is compared with its image";
    limits.push({ most: totalBytes(since.contents) + bytes, text, before: since.contents, hint });
  }
  return limits;
}

/** Whether files of so many bytes are too large. */
export const isTooLarge = (budget: Budget, bytes: number) =>
  limitsOf(budget, undefined).some(({ most }) => bytes > most);

/** A tree that may be too large. */
export interface Measured {
  readonly contents: Contents;
  /** The last step that worked on it, and what the tree held before; undefined if that isn't known. */
  readonly step: Step;
  readonly started: Contents | undefined;
}

/** Throws if a tree is too large, at the step that brought the most of it, with what that step brought. */
export function requireBudget(budget: Budget, pipeline: Pipeline, { contents, step, started }: Measured): void {
  const bytes = totalBytes(contents);
  const problems = limitsOf(budget, started)
    .filter(({ most }) => bytes > most)
    .map((limit) => problemOf(limit, pipeline, contents, step));
  if (problems.length > 0) throw new BuildError("TOO_LARGE", problems);
}

/** The most packages and files that are named. */
const mostNamed = 10;

function problemOf({ most, text, before, hint }: Limit, pipeline: Pipeline, contents: Contents, last: Step): Problem {
  const grown = grownParts(before, contents);
  const at = placeOf(grown, pipeline, last);
  const named = grown.slice(0, mostNamed).map(({ name, bytes }) => `  ${name}: ${formatChange(bytes)}`);
  const more = grown.length - named.length;
  const size = totalBytes(contents);
  return {
    message: [
      `the files have ${formatBytes(size)}, ${formatBytes(size - most)} more than allowed: ${text}. What grew most:`,
      ...named,
      ...(more > 0 ? [`  … and ${more.toLocaleString("en")} more`] : []),
    ].join("\n"),
    at,
    hint,
  };
}

/** A package or a file that has grown, and the id of the step that brought it, if that is known. */
interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly step: string | undefined;
}

/** The packages and files that have grown, the largest growth first. */
function grownParts(before: Contents | undefined, after: Contents): readonly Part[] {
  const changes = changesBetween(before ?? { ...after, packages: [], entries: [] }, after);
  const packages = changes.packages.map(({ name, architecture, to, bytes }): Part => {
    const found = after.packages.find(
      (each) => each.name === name && each.architecture === architecture && each.version === to,
    );
    const step = found?.step == null ? undefined : after.steps[found.step]?.id;
    return { name: `${name} ${to ?? "removed"}`, bytes, step };
  });
  const files = changes.files.map(({ path, bytes }): Part => ({ name: path, bytes, step: undefined }));
  return [...packages, ...files].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

/** The place of the step that brought most of what grew. Files without a package are taken for the last step's. */
function placeOf(grown: readonly Part[], { stages }: Pipeline, last: Step): Location | undefined {
  const brought = new Map<string, number>();
  for (const { step, bytes } of grown) brought.set(step ?? last.id, (brought.get(step ?? last.id) ?? 0) + bytes);
  const [most] = [...brought].sort(([, a], [, b]) => b - a);
  return (stages.find(({ id }) => id === most?.[0]) ?? last).at;
}
