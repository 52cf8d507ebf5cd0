import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { parseDocument, readDocument } from "../../src/pipeline/document.ts";
import { toValue } from "../../src/pipeline/nodes.ts";
import { inShort, said } from "./pipelines.ts";

const directory = mkdtempSync(join(tmpdir(), "document-"));
afterAll(() => rmSync(directory, { recursive: true }));

const file = (content: string | Uint8Array) => {
  const path = join(directory, "p.json");
  writeFileSync(path, content);
  return path;
};

const quoted = "keys and strings are in double quotes";
const numbers = "numbers look like 5, -0.5 or 1e3";

test.each<[string, string, string]>([
  ["nothing", "", "1:1 there is nothing in this file"],
  ["only blanks", " \n\n", "3:1 there is nothing in this file"],
  ["a missing colon", '{"a" 1}', "1:6 a colon is missing before this"],
  ["an equals sign", '{"a" = 1}', "1:6 this is not JSON: ="],
  ["a missing comma", '{"a": 1\n "b": 2}', "2:2 a comma is missing before this"],
  ["a missing comma in a list", "[1 2]", "1:4 a comma is missing before this"],
  ["a semicolon", '{"a": 1; "b": 2}', "1:8 this is not JSON: ;"],
  ["a comma before }", '{"a": 1,}', "1:9 there is a comma too many before this"],
  ["a comma before ]", "[1,]", "1:4 there is a comma too many before this"],
  ["two commas", "[1,,2]", "1:4 there is a comma too many before this"],
  ["a comma first", "[,1]", "1:2 a value is missing before this"],
  ["a missing value", '{"a":}', "1:6 a value is missing before this"],
  ["a missing key", "{: 1}", "1:2 a key in double quotes is missing before this"],
  ["a number as a key", "{1: 2}", "1:2 a key in double quotes is missing before this"],
  ["a bare key", "{a: 1}", `1:2 this is not JSON: a (${quoted})`],
  ["a key in single quotes", "{'a': 1}", `1:2 this is not JSON: 'a' (${quoted})`],
  ["a printer's quotes", "{“a”: 1}", `1:2 this is not JSON: “a” (${quoted})`],
  ["a bare word", '{"a": yes}', `1:7 this is not JSON: yes (${quoted})`],
  ["Python's True", '{"a": True}', "1:7 this is not JSON: True (did you mean true?)"],
  ["Python's None", '{"a": None}', "1:7 this is not JSON: None (did you mean null?)"],
  ["JavaScript's undefined", '{"a": undefined}', "1:7 this is not JSON: undefined (did you mean null?)"],
  ["NaN", "[NaN]", `1:2 this is not JSON: NaN (${numbers})`],
  ["a plus sign", "[+1]", `1:2 this is not JSON: +1 (${numbers})`],
  ["a number without its first digit", "[.5]", `1:2 this is not JSON: .5 (${numbers})`],
  ["a number without its last digit", "[1.]", `1:2 this is not a JSON number (${numbers})`],
  ["an exponent without digits", "[1e]", `1:2 this is not a JSON number (${numbers})`],
  ["a leading zero", "[07]", "1:3 a number can't begin with 0"],
  ["a number beyond all floats", "[1e400]", "1:2 this number is too large"],
  ["a comment", '{ // why\n"a": 1}', "1:3 JSON has no comments"],
  ["a block comment", '{"a": /* why */ 1}', "1:7 JSON has no comments"],
  ["a shell's comment", "# why\n{}", "1:1 this is not JSON: # (JSON has no comments)"],
  ["a no-break space", '{"a":\u00a01}', "1:6 this is not JSON: U+00A0"],
  [
    "a string without end",
    '{"a": "b\n}',
    '1:7 this string has no end (it must end with " in the same line; a line break is \\n)',
  ],
  ["a quote within a string", '{"a": "x"y"}', `1:10 this is not JSON: y (${quoted})`],
  ["a wrong escape", '{"a": "\\x"}', "1:7 JSON has no such escape (a backslash itself is \\\\)"],
  ["a short escape", '{"a": "\\u12"}', "1:7 \\u must be followed by four hex digits"],
  ["a tab in a string", '{"a": "\t"}', "1:7 control characters must be escaped (a tab is \\t)"],
  ["a { that stays open", '{"a": {"b": 1}', "1:1 this { is never closed"],
  ["a [ that stays open", '{"a": [1,\n2', "1:7 this [ is never closed"],
  ["a } for a ]", '{"a": [1}', "1:9 a ] is missing before this (the [ is in line 1, column 7)"],
  ["a ] for a }", '[{"a": 1]', "1:9 a } is missing before this (the { is in line 1, column 2)"],
  ["a bracket too many", '{"a": 1}}', "1:9 nothing is open that this } closes"],
  ["a second document", "{} {}", "1:4 this stands after the end of the JSON document"],
  ["YAML", "stages:\n- name: x\n", `1:1 this is not JSON: stages (${quoted})`],
  ["a key twice", '{"a": 1,\n "a": 2}', '2:2 "a" is given twice, first in line 1 (keep one of the two)'],
  [
    "a key twice, once escaped",
    '{"a": 1, "\\u0061": 2}',
    '1:10 "a" is given twice, first in line 1 (keep one of the two)',
  ],
])("%s is a problem", async (_, text, problem) => {
  expect(await inShort(() => parseDocument("p.json", text))).toEqual([problem]);
});

test("every mistake is reported, and duplicate keys with them", async () => {
  const text = '{\n  "a": True,\n  "b": 1,\n  "b": [1, 2,],\n  "c": \'x\'\n}';
  expect(await inShort(() => parseDocument("p.json", text))).toEqual([
    "2:8 this is not JSON: True (did you mean true?)",
    '4:3 "b" is given twice, first in line 3 (keep one of the two)',
    "4:14 there is a comma too many before this",
    `5:8 this is not JSON: 'x' (${quoted})`,
  ]);
});

test("two mistakes in one line are two problems", async () => {
  expect(await inShort(() => parseDocument("p.json", '{"a": True, "b": {c: 1}, "d": [1,]}'))).toHaveLength(3);
});

test("what only follows from a wrong bracket or an open string isn't reported", async () => {
  expect(await inShort(() => parseDocument("p.json", '{"a": [1, 2}, "b": [3], "c": {"d": 4}'))).toHaveLength(1);
  expect(await inShort(() => parseDocument("p.json", '{"a": "b,\n"c": [1, 2],\n"d": 3}'))).toHaveLength(1);
});

test.each(["[", '{"a":'])("200,000 times %s is nested too deeply", async (opening) => {
  const closing = opening === "[" ? "]" : "}";
  const text = `${opening.repeat(200_000)}1${closing.repeat(200_000)}`;
  const problem = `1:${500 * opening.length + 1} this is nested more than 500 levels deep`;
  expect(await inShort(() => parseDocument("p.json", text))).toEqual([problem]);
});

test("500 levels are no problem", () => {
  expect(parseDocument("p.json", "[".repeat(500) + "]".repeat(500)).root.type).toBe("array");
});

test("a byte order mark is passed over, and columns count from behind it", async () => {
  expect(toValue((await readDocument(file("\ufeff{}"))).root)).toEqual({});
  expect(await inShort(() => readDocument(file("\ufeff{a}")))).toEqual([`1:2 this is not JSON: a (${quoted})`]);
});

test("a byte that is not UTF-8 is shown where it is", async () => {
  const latin1 = Buffer.from('{\n  "stages": [], "name": "Bücher"\n}', "latin1");
  expect(await said(() => readDocument(file(latin1)))).toBe(
    [
      `${directory}/p.json:2:27: error: this is not UTF-8 text`,
      '  2 |   "stages": [], "name": "B\ufffdcher"',
      "    |                           ^",
      "  hint: save the file as UTF-8",
    ].join("\n"),
  );
  const utf16 = Buffer.from("\ufeff{}", "utf16le");
  expect(await inShort(() => readDocument(file(utf16)))).toEqual([
    "1:1 this is not UTF-8 text (save the file as UTF-8)",
  ]);
  const cut = Buffer.from('"é').subarray(0, 2);
  expect(await inShort(() => readDocument(file(cut)))).toEqual(["1:2 this is not UTF-8 text (save the file as UTF-8)"]);
});

test("a file that can't be read is named, with the reason", async () => {
  expect(await said(() => readDocument(directory))).toBe(`error: ${directory}: this is a directory, not a JSON file`);
  const missing = join(directory, "missing.json");
  expect(await said(() => readDocument(missing))).toBe(`error: ${missing}: there is no such file`);
  const below = join(file("{}"), "p.json");
  expect(await said(() => readDocument(below))).toBe(`error: ${below}: there is no such file`);
});

test("standard input is read as a file is, and called <stdin>", () => {
  const script = `
    import { readDocument } from ${JSON.stringify(new URL("../../src/pipeline/document.ts", import.meta.url).href)};
    const found = await readDocument("-").then(({ file, text }) => [file, text], ({ problems }) => problems[0]);
    console.log(JSON.stringify(found));
  `;
  const run = (input: Uint8Array) =>
    JSON.parse(
      execFileSync(process.execPath, ["--input-type=module-typescript", "--eval", script], {
        input,
        encoding: "utf8",
        stdio: ["pipe", "pipe", "ignore"],
      }),
    );
  expect(run(Buffer.from('{"a": "é"}'))).toEqual(["<stdin>", '{"a": "é"}']);
  expect(run(Buffer.from([0x22, 0xff]))).toMatchObject({ message: "this is not UTF-8 text", at: { file: "<stdin>" } });
});

test("columns and marks count from the line's start, whatever ends the lines", async () => {
  for (const end of ["\n", "\r\n"])
    expect(await said(() => parseDocument("p.json", ['{"a": 1,', '\t"b": x,', '"c": 2}'].join(end)))).toBe(
      ["p.json:2:7: error: this is not JSON: x", '  2 |  "b": x,', "    |       ^", `  hint: ${quoted}`].join("\n"),
    );
});
