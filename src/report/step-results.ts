import type { BuildEvent, CacheSource, Reason, StepInfo } from "../events.ts";
import { formatAgo } from "./age.ts";

/**
 * A step's result. Times are in seconds, and `start` counts from the build's start; `bytes` is the size in the store.
 */
export type StepResult =
  | { readonly type: "not reached" }
  | {
      readonly type: "cached";
      readonly source: CacheSource;
      readonly bytes: number | null;
      /** The start of its program's run, in milliseconds since 1970; null if that isn't known. */
      readonly ran: number | null;
      /** Whether it downloaded what nothing pins. */
      readonly isUnpinned: boolean;
    }
  | { readonly type: "running"; readonly reason: Reason; readonly start: number }
  | {
      readonly type: "built";
      readonly reason: Reason;
      readonly start: number;
      /** The time for which its program ran. The engine prepares it before, and ends with it afterwards. */
      readonly seconds: number;
      readonly end: number;
      /** Null until it is stored. */
      readonly bytes: number | null;
      /** The start of its program's run, in milliseconds since 1970; null until it is stored. */
      readonly ran: number | null;
    }
  | {
      readonly type: "failed";
      readonly reason: Reason;
      readonly start: number;
      readonly seconds: number;
      readonly end: number;
      readonly exitCode: number;
    };

/** A step with its result. */
export interface StepWithResult {
  readonly step: StepInfo;
  readonly result: StepResult;
}

/** Collects the results of a build's steps. */
export interface StepResults {
  readonly add: (event: BuildEvent) => void;
  /** In the order of the build. */
  readonly all: () => readonly StepWithResult[];
}

/** `now` returns seconds since the build's start. */
export function stepResults(now: () => number = secondsFromHere()): StepResults {
  const results = new Map<string, StepWithResult>();

  function add(event: BuildEvent): void {
    if (event.type === "planned") for (const step of event.steps) results.set(step.id, { step, result: notReached });
    if (!("step" in event)) return;
    const before = results.get(event.step.id)?.result ?? notReached;
    results.set(event.step.id, { step: event.step, result: resultAfter(event, before, now()) });
  }

  return { add, all: () => [...results.values()].sort((a, b) => a.step.index - b.step.index) };
}

const notReached: StepResult = { type: "not reached" };

function secondsFromHere(): () => number {
  const started = performance.now();
  return () => (performance.now() - started) / 1000;
}

type StepEvent = Extract<BuildEvent, { readonly step: StepInfo }>;

function resultAfter(event: StepEvent, before: StepResult, now: number): StepResult {
  switch (event.type) {
    case "step-cached":
      return {
        type: "cached",
        source: event.source,
        // The store holds no tree of a step that isn't needed.
        bytes: event.source === "not needed" ? null : event.bytes,
        ran: event.ran,
        isUnpinned: event.isUnpinned,
      };
    case "step-started":
      if (before.type === "running") return before;
      return { type: "running", reason: event.reason, start: now };
    case "step-finished":
      if (before.type !== "running") return before;
      return { ...before, type: "built", seconds: event.seconds, end: now, bytes: null, ran: null };
    case "step-failed":
      if (before.type !== "running") return before;
      return { ...before, type: "failed", seconds: event.seconds, end: now, exitCode: event.exitCode };
    case "stored":
      return before.type === "built" ? { ...before, bytes: event.bytes, ran: event.ran } : before;
    case "output":
      return before;
  }
}

/** The details of a result that exist only for some types of it. */
interface Figures {
  readonly reason?: Reason | undefined;
  readonly seconds?: number | undefined;
  /** The size of what was built. */
  readonly bytes?: number | undefined;
  readonly exitCode?: number | undefined;
  /** The start of its program's run, in milliseconds since 1970. */
  readonly ran?: number | undefined;
}

/** The details of a result that are shown beside its type. */
export function figuresOf(result: StepResult): Figures {
  switch (result.type) {
    case "built":
      return {
        reason: result.reason,
        seconds: result.seconds,
        bytes: result.bytes ?? undefined,
        ran: result.ran ?? undefined,
      };
    case "failed":
      return { reason: result.reason, seconds: result.seconds, exitCode: result.exitCode };
    case "running":
      return { reason: result.reason };
    case "cached":
      return { ran: result.ran ?? undefined };
    case "not reached":
      return {};
  }
}

/** Whether a step doesn't run because its result is known from a tree that holds the same. */
export const isSameTree = (result: StepResult) => result.type === "cached" && result.source === "same tree";

/** A step's result in words, once the build has ended. */
export function resultText(result: StepResult): string {
  switch (result.type) {
    case "cached":
      return sourceText[result.source];
    case "running":
      return "interrupted";
    case "failed":
      return `failed with exit code ${result.exitCode}`;
    case "built":
    case "not reached":
      return result.type;
  }
}

/** Why a step ran, or how old the packages of one are that didn't; empty if there is nothing to say. */
export function noteOf(result: StepResult): string {
  if (result.type === "cached" && result.isUnpinned) return packagesText(result.ran);
  return figuresOf(result).reason ?? "";
}

/** Whether a step has started before and hasn't ended: it starts anew if it runs out of memory. */
export const isRunning = ({ id }: StepInfo, all: readonly StepWithResult[]) =>
  all.some(({ step, result }) => step.id === id && result.type === "running");

/** Why a step runs, in words, after these steps of the build. */
export function reasonText(reason: Reason, before: readonly StepWithResult[]): string {
  const isFirst = before.every(
    ({ result }) => (figuresOf(result).reason ?? reason) === reason && result.type !== "cached",
  );
  return reason === "not in the store" && isFirst ? "first build" : reason;
}

/**
 * The reason why all steps of a build ran, which is said once. Undefined if some didn't run, or if they had several.
 */
export function commonReason(all: readonly StepWithResult[]): string | undefined {
  const reached = all.filter(({ result }) => result.type !== "not reached");
  const [reason, ...others] = new Set(reached.map(({ result }) => figuresOf(result).reason));
  if (reason === undefined || others.length > 0) return undefined;
  return reasonText(reason, reached);
}

/** The age of a cached step's packages, if nothing pins them. */
export const ageNote = ({ isUnpinned, ran }: { readonly isUnpinned: boolean; readonly ran: number | null }) =>
  isUnpinned ? [packagesText(ran)] : [];

/** The age of what a step downloaded without a pin. */
export const packagesText = (ran: number | null) =>
  `packages of ${ran === null ? "unknown age" : formatAgo(ran)}, not pinned`;

/** Why a step doesn't run, in words. */
export const sourceText: Readonly<Record<CacheSource, string>> = {
  store: "cached in the store",
  cache: "cached by Actions",
  remote: "cached in the remote",
  "not needed": "not needed",
  "same tree": "cached (same tree)",
};
