import { expect, test } from "@jest/globals";
import { parseDuration } from "../../src/report/duration.ts";

test.each([
  ["90s", 90],
  ["10m", 600],
  ["1h", 3600],
])("%s is a duration of %d seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(["", "90", "s", "0s", "1.5m", "-1m", "10 m", "10min", "10M", "100000s", "25h"])(
  "%j isn't a duration",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
