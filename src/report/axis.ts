import { formatCount } from "./format.ts";

/** A mark on an axis of time. */
export interface Tick {
  readonly seconds: number;
  readonly label: string;
}

const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** The marks of an axis from zero to a time, at most `most` after zero, at places that people count by. */
export function ticks(total: number, most = 5): readonly Tick[] {
  const step = steps.find((each) => total / each <= most) ?? 3600 * Math.ceil(total / most / 3600);
  // The number of steps is counted, because sums of fractions wouldn't be exact.
  return Array.from({ length: Math.floor(total / step + 1e-9) + 1 }, (_, index) => {
    const seconds = (index * Math.round(step * 10)) / 10;
    return { seconds, label: labelOf(seconds, step) };
  });
}

function labelOf(seconds: number, step: number): string {
  if (step < 60) return `${seconds} s`;
  return step < 3600 ? `${seconds / 60} min` : formatCount(seconds / 3600, "hour");
}
