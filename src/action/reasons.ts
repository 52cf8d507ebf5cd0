import type { Reason, StepInfo } from "../events.ts";

/**
 * The reason why a step that isn't in the store runs, as far as the steps of the branch's last build show. An id
 * depends on a step's name and options and on what it is built on. So if the rest is the same, the options changed.
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
