import { expect, test } from "@jest/globals";
import { differenceText } from "../../src/report/difference.ts";

const file = { kind: "file", mode: "0644", owner: "0:0" } as const;

test("the differences of two builds are listed by path, with what differs and both values", () => {
  const text = differenceText({
    added: { "/b": file },
    deleted: ["/c"],
    changed: { "/a": { mode: ["0644", "0600"], xattrs: { "user.x": ["1", null] } } },
  });
  expect(text).toBe(`\
  /a: mode 0644, then 0600; user.x 1, then none
  /b: only in the second build
  /c: only in the first build`);
});

test("only the first twenty are listed", () => {
  const deleted = Array.from({ length: 2000 }, (_, index) => `/${index}`);
  const lines = differenceText({ added: {}, deleted, changed: {} }).split("\n");
  expect([lines.length, lines.at(-1)]).toEqual([21, "  and 1,980 more"]);
});
