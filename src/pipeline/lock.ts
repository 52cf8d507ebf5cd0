import { hash } from "node:crypto";
import { arch } from "node:process";
import { findNodeAtLocation } from "jsonc-parser";
import type { LockedPackage, LockedRepository } from "../../stages/lib/downloads/locked.ts";
import { BuildError, type Problem } from "../errors.ts";
import { statIfThere } from "../host/paths.ts";
import { type Document, locationOf, readDocument, standardInput } from "../json/document.ts";
import { withoutEnding } from "../json/language.ts";
import { toValue } from "../json/nodes.ts";
import { count, digest, listOf, matching, object, oneOf, optional, shaped, string } from "../json/shape.ts";
import { nameOf, quote, shown } from "../json/wording.ts";
import { canonicalName } from "../programs/library.ts";
import { innermostFirst, type Pipeline, type Resolution, type Step } from "./pipeline.ts";

/** The packages that a pipeline's steps install, so that a build installs the same ones on any day. */
export interface Lock {
  readonly version: 1;
  readonly steps: readonly LockedStep[];
}

/** The packages of one step. */
export interface LockedStep extends Resolution {
  readonly name: string;
  /** 0 for the pipeline itself, 1 for its build pipeline, 2 for the build pipeline of that one, … */
  readonly depth: number;
  readonly architecture: string;
  /** A digest of everything in the pipeline that decides which packages the step installs. */
  readonly options: string;
}

const url = matching(/^https?:\/\/\S+$/, "an http or https URL");
const time = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "a time such as 2026-01-31T12:00:00Z");

const resolution = {
  repositories: listOf(
    shaped<LockedRepository>({
      url,
      suite: string,
      release: digest,
      date: time,
      mirrors: optional(listOf(url)),
      snapshot: optional(url),
    }),
  ),
  packages: listOf(
    shaped<LockedPackage>({
      name: string,
      version: string,
      architecture: string,
      size: count,
      sha256: digest,
      url,
      source: string,
    }),
  ),
  notes: optional(object),
};

/** The shape of a program's answer. */
export const resolutionShape = shaped<Resolution>(resolution);

const lockShape = shaped<Lock>({
  version: oneOf(1),
  steps: listOf(
    shaped<LockedStep>({ name: string, depth: count, architecture: string, options: digest, ...resolution }),
  ),
});

/** The lock's file, beside the pipeline's. Undefined for a pipeline from standard input. */
export const lockFileOf = (pipeline: string): string | undefined =>
  pipeline === "-" ? undefined : `${withoutEnding(pipeline)}.lock.json`;

/** Whether a file that a pattern has found is a lock, and no pipeline. */
export const isLockFile = (file: string) => file.endsWith(".lock.json");

/** Reads a pipeline's lock. Undefined if it has none. Throws if the file isn't a lock. */
export async function readLock(pipeline: string): Promise<Lock | undefined> {
  const file = lockFileOf(pipeline);
  if (file === undefined || (await statIfThere(file)) === undefined) return undefined;
  const hint = mend(pipeline);
  const document = await readDocument(file).catch((error) => {
    if (!(error instanceof BuildError)) throw error;
    throw new BuildError(
      "INVALID",
      error.problems.map((problem) => ({ ...problem, hint })),
      { cause: error },
    );
  });
  const value = toValue(document.root);
  const misfit = lockShape.misfit(value);
  if (misfit !== undefined) throw new BuildError("INVALID", [{ ...misfitIn(document, misfit), hint }]);
  return value as unknown as Lock;
}

const mend = (pipeline: string) => `\`osbuild lock ${pipeline}\` makes it anew`;

function misfitIn(document: Document, { path, expected }: NonNullable<ReturnType<typeof lockShape.misfit>>): Problem {
  const { root } = document;
  const node = findNodeAtLocation(root, [...path]);
  const place = node ?? findNodeAtLocation(root, path.slice(0, -1)) ?? root;
  const message =
    node === undefined
      ? `${quote(path.at(-1))} is missing from this lock`
      : `${node === root ? "a lock" : nameOf(node)} must be ${expected}, not ${shown(node)}`;
  return { message, at: locationOf(document, place) };
}

/** Writes a lock with a line for each package and each note, so that a difference shows what changed. */
export function formatLock({ steps }: Lock): string {
  const formatted = steps.map(({ name, depth, architecture, options, repositories, packages, notes }) => {
    const members = [
      ...membersOf({ name, depth, architecture, options }),
      `"repositories": ${listInLines(repositories)}`,
      `"packages": ${listInLines(packages)}`,
      ...(notes === undefined ? [] : [`"notes": {${inLines(membersOf(notes))}}`]),
    ];
    return `    {\n${members.map((member) => `      ${member}`).join(",\n")}\n    }`;
  });
  return `{\n  "version": 1,\n  "steps": [${formatted.length === 0 ? "" : `\n${formatted.join(",\n")}\n  `}]\n}\n`;
}

const membersOf = (value: object) =>
  Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)}`);

const listInLines = (items: readonly object[]) => `[${inLines(items.map((item) => JSON.stringify(item)))}]`;

const inLines = (items: readonly string[]) =>
  items.length === 0 ? "" : `\n${items.map((item) => `        ${item}`).join(",\n")}\n      `;

/** A step that can be locked, and what its part of a lock is known by. */
export interface Lockable {
  readonly step: Step;
  /** The pipeline or build pipeline that the step belongs to. */
  readonly owner: Pipeline;
  readonly key: Pick<LockedStep, "name" | "depth" | "architecture" | "options">;
}

/** The steps that can be locked, in the order in which they run. */
export function lockables(pipeline: Pipeline): readonly Lockable[] {
  const pipelines = innermostFirst(pipeline);
  return pipelines.flatMap((owner, place) => {
    const depth = pipelines.length - 1 - place;
    const downloading = owner.stages.filter(({ program }) => program.meta.network);
    return downloading.flatMap((step, index) => {
      // The files of a lock are fetched without a step's secrets.
      if (!step.program.meta.lock || step.secrets.size > 0) return [];
      const name = canonicalName(step.name);
      const options = decisive(owner, downloading.slice(0, index + 1));
      return [{ step, owner, key: { name, depth, architecture: arch, options } }];
    });
  });
}

/** A digest of what decides about a step's packages: the options of the step and of those that download before it. */
const decisive = ({ base }: Pipeline, downloading: readonly Step[]) =>
  hash(
    "sha256",
    JSON.stringify([base?.id ?? null, ...downloading.map((step) => [canonicalName(step.name), step.canonicalOptions])]),
  );

/** The part of a lock for a step as it is now. */
export const partFor = ({ steps }: Lock, { key }: Lockable): LockedStep | undefined =>
  steps.find(
    ({ options, architecture, depth }) =>
      options === key.options && architecture === key.architecture && depth === key.depth,
  );

/** Gives a pipeline's steps the packages of a lock. Steps that it has no part for stay as they are. */
export function withLock(pipeline: Pipeline, lock: Lock): Pipeline {
  const parts = new Map(lockables(pipeline).map((lockable) => [lockable.step, partFor(lock, lockable)]));
  const locked = (step: Step): Step => {
    const part = parts.get(step);
    return part === undefined ? step : { ...step, lock: part };
  };
  const inside = (each: Pipeline): Pipeline => ({
    ...each,
    stages: each.stages.map(locked),
    build: each.build?.pipeline ? { ...each.build, pipeline: inside(each.build.pipeline) } : each.build,
  });
  return inside(pipeline);
}

/** The reasons why a lock doesn't fit a pipeline, at the steps' places. */
export function misfitsOf(file: string, pipeline: Pipeline, lock: Lock): readonly Problem[] {
  const name = lockFileOf(file) ?? standardInput;
  return lockables(pipeline).flatMap((lockable) => {
    if (partFor(lock, lockable) !== undefined) return [];
    const { step, key } = lockable;
    const sameStep = lock.steps.filter((part) => part.name === key.name && part.depth === key.depth);
    const elsewhere = sameStep.filter((part) => part.options === key.options);
    const why =
      elsewhere.length > 0
        ? `has the packages of ${step.name} for ${elsewhere.map(({ architecture }) => architecture).join(", ")}, and this machine is ${arch}`
        : sameStep.length > 0
          ? `was made before the options of ${step.name}, or of a step before it that downloads, were changed`
          : `has no packages for ${step.name}`;
    return [{ message: `${name} ${why}`, at: step.at, hint: `\`osbuild lock ${file}\` brings it up to date` }];
  });
}
