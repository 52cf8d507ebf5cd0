import { expect, test } from "@jest/globals";
import { lineReader } from "../../src/sandbox/lines.ts";

function read(...chunks: readonly (string | Uint8Array)[]): readonly string[] {
  const lines: string[] = [];
  const reader = lineReader((more) => lines.push(...more));
  for (const chunk of chunks) reader.write(Buffer.from(chunk));
  reader.end();
  return lines;
}

test("lines are the same however the bytes arrive", () => {
  expect(read("one\ntw", "o\n\nthr", "ee")).toEqual(["one", "two", "", "three"]);
  expect(read("one\r\n", "two\r", "\n")).toEqual(["one", "two"]);
  expect(read()).toEqual([]);
  const euro = Buffer.from("€\n");
  expect(read(euro.subarray(0, 1), euro.subarray(1, 2), euro.subarray(2))).toEqual(["€"]);
});

test("bytes that aren't UTF-8 don't affect others", () => {
  expect(read(Buffer.from([0x61, 0xff, 0x62, 0x0a, 0xc3, 0x28, 0x0a, 0xe2, 0x82]))).toEqual([
    "a\ufffdb",
    "\ufffd(",
    "\ufffd",
  ]);
});

test("only the last state of a progress bar counts, even without any line break", () => {
  expect(read("1%\r2%\r3%\n")).toEqual(["3%"]);
  const states = Array.from({ length: 100_000 }, (_, index) => `\r${index} of 100000`);
  expect(read(...states)).toEqual(["99999 of 100000"]);
});

test("a line of 100 MB is cut, not kept", () => {
  const chunk = "x".repeat(1024 * 1024);
  const before = process.memoryUsage().heapUsed;
  const lines: string[] = [];
  const reader = lineReader((more) => lines.push(...more));
  for (let index = 0; index < 100; index++) reader.write(Buffer.from(chunk));
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50 * 1024 * 1024);
  reader.write(Buffer.from("\nnext\n"));
  expect(lines.map(({ length }) => length)).toEqual([16 * 1024, 4]);
});
