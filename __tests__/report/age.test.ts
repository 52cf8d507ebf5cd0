import { expect, test } from "@jest/globals";
import { formatAgo, parseAge } from "../../src/report/age.ts";

const hour = 3_600_000;

test.each([
  ["1h", 1, "1 hour"],
  ["12h", 12, "12 hours"],
  ["7d", 7 * 24, "7 days"],
  ["1w", 7 * 24, "1 week"],
  ["4w", 28 * 24, "4 weeks"],
])("%s is an age", (text, hours, words) => {
  expect(parseAge(text)).toEqual({ milliseconds: hours * hour, text: words });
});

test.each(["", "7", "d", "0d", "1.5d", "-1d", "7 d", "7days", "7D", "1m", "1000000h"])("%j isn't an age", (text) => {
  expect(parseAge(text)).toBeUndefined();
});

test.each([
  [-5, "today"],
  [0, "today"],
  [23.9, "today"],
  [24, "1 day ago"],
  [47, "1 day ago"],
  [38 * 24, "38 days ago"],
])("what is %d hours old is of %s", (hours, words) => {
  expect(formatAgo(1000 * hour, (1000 + hours) * hour)).toBe(words);
});
