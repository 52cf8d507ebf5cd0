import { isDeepStrictEqual } from "node:util";
import { fromJson, plain } from "../json/shape.ts";
import type { Details, Fingerprint } from "../pipeline/fingerprint.ts";
import type { Step } from "../pipeline/pipeline.ts";
import type { StoredResult } from "../store/refs.ts";
import type { Plan, RunningStep } from "./plan.ts";

/** Why a step runs, in detail. */
export interface Explanation {
  /** The stored result that it was compared with, if there is one. */
  readonly compared: StoredResult | undefined;
  /** The step before it that runs and so changes its tree. */
  readonly follows: Step | undefined;
  readonly changes: readonly Change[];
}

/** One thing that is otherwise than it was when the step last ran. */
export interface Change {
  readonly what: "option" | "file" | "program" | "environment";
  /** An option's path such as `users.admin.key`, a file, or what of the environment. */
  readonly name: string;
  /** Undefined for what is new. Digests and long values aren't of use to people. */
  readonly before?: unknown;
  /** Undefined for what is gone. */
  readonly after?: unknown;
}

/** Explains why a step of a plan runs, by comparing it with the results that the store has. */
export function explain(planned: RunningStep, part: Plan, records: readonly StoredResult[]): Explanation {
  const { step, fingerprint } = planned;
  const before = part.steps.slice(0, part.steps.indexOf(planned));
  const follows = before.find(({ type }) => type === "run")?.step;
  const compared = comparable(planned, part, records);
  return { compared, follows, changes: compared === undefined ? [] : changesSince(compared, step, fingerprint) };
}

/** The result of the step itself, or else that of the same program on the same tree, or else on another. */
function comparable({ step, fingerprint }: RunningStep, part: Plan, records: readonly StoredResult[]) {
  const current = new Set(part.steps.map(({ step: { id } }) => id));
  const own = records.find(({ id }) => id === step.id);
  if (own !== undefined) return own;
  const alike = records
    .filter(({ kind, name, id }) => kind === step.kind && name === step.name && !current.has(id))
    .sort((a, b) => (b.ran ?? 0) - (a.ran ?? 0));
  return alike.find(({ parts }) => partsOf(parts).base === fingerprint.parts.base) ?? alike[0];
}

const anything = plain<unknown>("anything", () => true);

const partsOf = (parts: object) => parts as Partial<Fingerprint["parts"]>;

function changesSince({ details = {}, parts }: StoredResult, step: Step, now: Fingerprint): readonly Change[] {
  const before = partsOf(parts);
  // A record that another machine has stored may have anything as its details.
  const recorded = fromJson(anything, details.options ?? "");
  const options = recorded === undefined ? [] : valueChanges(recorded, JSON.parse(step.optionsText), "");
  const environment = (["architecture", "sourceEpoch", "runner"] as const).flatMap((key) =>
    before[key] === now.parts[key]
      ? []
      : [{ what: "environment", name: names[key], before: before[key], after: now.parts[key] } as const],
  );
  const hidden = (["root", "mirrors", "lock"] as const).flatMap((key) =>
    before[key] === now.parts[key] ? [] : [{ what: "environment", name: names[key] } as const],
  );
  return [
    ...options,
    ...fileChanges("file", details.inputs, now.details.inputs),
    ...fileChanges("program", details.program, now.details.program),
    ...environment,
    ...hidden,
    ...secretChanges(before.secrets, now.parts.secrets),
    ...runtimeChanges(before.runtime, now.parts.runtime),
  ];
}

/** Tags are of no use to people. */
const secretChanges = (before: object = {}, now: object = {}): readonly Change[] =>
  valueChanges(before, now, "").map(({ name }) => ({ what: "environment", name: `the secret ${name}` }));

const runtimeChanges = (before: object = {}, now: object = {}): readonly Change[] =>
  valueChanges(before, now, "").map((change) => ({ ...change, what: "environment", name: `Node.js's ${change.name}` }));

const names = {
  architecture: "the architecture",
  sourceEpoch: "the source epoch",
  runner: "the runner",
  root: "the build root",
  mirrors: "the mirrors",
  lock: "the locked packages",
};

/** Compares options: objects key by key, lists item by item if they are as long as before, and otherwise as sets. */
function valueChanges(before: unknown, after: unknown, name: string): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, name);
  if (!isObject(before) || !isObject(after)) return [{ what: "option", name, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => valueChanges(before[key], after[key], name === "" ? key : `${name}.${key}`));
}

function listChanges(before: readonly unknown[], after: readonly unknown[], name: string): readonly Change[] {
  if (before.length === after.length && [...before, ...after].some(isObject))
    return before.flatMap((item, index) => valueChanges(item, after[index], `${name}[${index}]`));
  const lacks = (list: readonly unknown[], item: unknown) => !list.some((other) => isDeepStrictEqual(item, other));
  const gone = before
    .filter((item) => lacks(after, item))
    .map((item) => ({ what: "option", name, before: item }) as const);
  const added = after
    .filter((item) => lacks(before, item))
    .map((item) => ({ what: "option", name, after: item }) as const);
  return gone.length + added.length === 0 ? [{ what: "option", name, before, after }] : [...gone, ...added];
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** If either list wasn't recorded, the files can't be compared. */
function fileChanges(what: "file" | "program", before: object | undefined, now: Details["inputs"]): readonly Change[] {
  if (before === undefined || now === undefined) return [];
  return valueChanges(before, now, "").map((change) => ({ ...change, what }));
}
