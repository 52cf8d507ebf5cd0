/** The forms that parseDuration() accepts, in words. */
export const durationForms = "a number of seconds, minutes or hours, such as 90s, 10m or 1h, and at most 24h";

/** In seconds. Timers of Node.js end at once if they are longer than 24 days. */
const longest = 24 * 3600;

const units = { s: 1, m: 60, h: 3600 } as const;

/** Parses a duration, such as `90s`, `10m` or `1h`, and returns its seconds. Undefined if the text isn't one. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  const seconds = Number(digits) * units[unit as keyof typeof units];
  return seconds <= longest ? seconds : undefined;
}
