import type { Reason, StepInfo } from "../events.ts";

/**
 * Why a step that isn't in the store runs, as far as the steps of the branch's last build tell. An id follows from a
 * step's name and options and from what it is built on, so where all but the options are as they were, those changed.
 */
export function reasonSince(previous: readonly StepInfo[], now: readonly StepInfo[], step: StepInfo): Reason {
  if (previous.some(({ id }) => id === step.id)) return "not in the cache";
  const before = previous.filter(({ depth }) => depth === step.depth);
  const steps = now.filter(({ depth }) => depth === step.depth);
  const place = steps.findIndex(({ id }) => id === step.id);
  const root = (all: readonly StepInfo[]) => all.findLast(({ depth }) => depth === step.depth + 1)?.id;
  if (before.length === 0) return "new";
  if (root(previous) !== root(now)) return "build root changed";
  if (steps[place - 1]?.id !== before[place - 1]?.id) return "base changed";
  return before[place]?.name === step.name ? "options changed" : "new";
}
