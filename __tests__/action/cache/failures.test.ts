import { expect, test } from "@jest/globals";
import { lastError } from "../../../src/action/cache/failures.ts";

test.each([
  ["/a.js:1\nthrow new Error('no');\n^\n\nError: no\n    at /a.js:1:7\n\nNode.js v24.21.0\n", "Error: no"],
  ["    [cause]: [TypeError: x]\n[AbortError: it ended]: y\n", "[AbortError: it ended]: y"],
  ["sudo: a password is required\n", "sudo: a password is required"],
  ["FATAL ERROR: heap out of memory\n\nNode.js v24.21.0\n", "FATAL ERROR: heap out of memory"],
  ["\nNode.js v24.21.0\n", undefined],
])("the reason for a process's end is its error, not Node's last line: %j", (printed, reason) => {
  expect(lastError(printed)).toBe(reason);
});
