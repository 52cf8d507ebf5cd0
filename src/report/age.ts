import { formatCount } from "./format.ts";

/** A length of time, such as a week. */
export interface Age {
  readonly milliseconds: number;
  /** The same in words, such as `7 days`. */
  readonly text: string;
}

const units = { h: ["hour", 1], d: ["day", 24], w: ["week", 7 * 24] } as const;

/** The forms that parseAge() accepts, in words. */
export const ageForms = "a number of hours, days or weeks, such as 12h, 7d or 4w";

/** Parses an age, such as `12h`, `7d` or `4w`. Undefined if the text isn't one. */
export function parseAge(text: string): Age | undefined {
  const [, digits, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const [noun, hours] = units[unit as keyof typeof units];
  return { milliseconds: Number(digits) * hours * 3_600_000, text: formatCount(Number(digits), noun) };
}

/** The whole days since a time in milliseconds since 1970. A time in the future counts as today. */
export function formatAgo(time: number, now = Date.now()): string {
  const days = Math.floor((now - time) / (24 * 3_600_000));
  return days < 1 ? "today" : `${formatCount(days, "day")} ago`;
}
