import { expect, test } from "@jest/globals";
import { formatProblem, printable } from "../../src/report/problems.ts";

const marked = (text: string, column: number, length: number, line = 7) =>
  formatProblem({ message: "wrong", at: { file: "p.json", line, column, length, text } })
    .split("\n")
    .slice(1);

test("a problem is shown with its place, its marked line and its hint", () => {
  const at = { file: "images/p.json", line: 12, column: 3, length: 6, text: '  "nmae": 5' };
  expect(formatProblem({ message: 'unknown key "nmae"', at, hint: 'did you mean "name"?' })).toBe(
    `images/p.json:12:3: error: unknown key "nmae"
  12 |   "nmae": 5
     |   ^^^^^^
  hint: did you mean "name"?`,
  );
});

test("a problem without a place is its message and its hint, if any", () => {
  expect(formatProblem({ message: "interrupted" })).toBe("error: interrupted");
  expect(formatProblem({ message: "no space", hint: "make some" })).toBe("error: no space\n  hint: make some");
});

test("a name can't control the terminal", () => {
  const at = { file: "\x1b[2Jp.json", line: 1, column: 1, length: 1, text: "5" };
  const problem = { message: "no \x1b]0;x\x07\nat all", hint: "\x9b1m", at };
  expect(formatProblem(problem)).toBe("␛[2Jp.json:1:1: error: no ␛]0;x␇\nat all\n  1 | 5\n    | ^\n  hint: ␡1m");
});

test("the mark is below the marked text, after tabs", () => {
  expect(marked("\t\t5", 3, 1)).toEqual(["  7 |   5", "    |   ^"]);
});

test("the mark is below the marked text, after and below characters that are wide or have no width", () => {
  expect(marked('"日本": 5', 7, 1)).toEqual(['  7 | "日本": 5', "    |         ^"]);
  expect(marked('"日本": 5', 1, 4)).toEqual(['  7 | "日本": 5', "    | ^^^^^^"]);
  expect(marked('"😀": 5', 7, 1)).toEqual(['  7 | "😀": 5', "    |       ^"]);
  expect(marked('"e\u0301": 5', 7, 1)).toEqual(['  7 | "e\u0301": 5', "    |      ^"]);
});

test("only the part of a long line around the mark is shown", () => {
  const line = `{${'"a": 1, '.repeat(100)}"b": x, ${'"c": 1, '.repeat(100)}}`;
  const [shown = "", mark = ""] = marked(line, line.indexOf("x") + 1, 1);
  expect(shown.startsWith("  7 | …")).toBe(true);
  expect(shown.endsWith("…")).toBe(true);
  expect(shown.length).toBeLessThan(130);
  expect(shown[mark.indexOf("^")]).toBe("x");
});

test("a mark is cut at the end of the shown text", () => {
  const [shown = "", mark = ""] = marked("x".repeat(1000), 1, 1000);
  expect(mark.trimEnd().length).toBe(shown.length - 1);
});

test("an emoji that is cut in two is shown as a replacement character", () => {
  const line = `${"😀".repeat(100)}x`;
  expect(marked(`a${line}`, 100, 1)[0]).not.toMatch(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
  );
});

test("an empty mark has a length of one", () => {
  expect(marked("", 1, 0)).toEqual(["  7 | ", "    | ^"]);
  expect(marked('{"a": ', 7, 1)).toEqual(['  7 | {"a": ', "    |       ^"]);
});

test("a line can't control the terminal or reverse the text's direction", () => {
  expect(marked("a\x1b[2Jb\x07\x7f\x9bc\u202ed", 1, 1)[0]).toBe("  7 | a␛[2Jb␇␡␡c\ufffdd");
});

test("a program's output is shown without its terminal sequences", () => {
  expect(printable("\x1b[31mred\x1b[0m\tand\x07 plain\u202e")).toBe("red and␇ plain\ufffd");
});
