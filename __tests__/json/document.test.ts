import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { parseDocument, readDocument } from "../../src/json/document.ts";
import { toValue } from "../../src/json/nodes.ts";
import { inShort, said } from "../pipeline/pipelines.ts";

const directory = mkdtempSync(join(tmpdir(), "document-"));
afterAll(() => rmSync(directory, { recursive: true }));

const file = (content: string | Uint8Array) => {
  const path = join(directory, "p.json");
  writeFileSync(path, content);
  return path;
};

const quoted = "put keys and strings in double quotes";
const numbers = "numbers look like 5, -0.5 or 1e3";

test.each<[string, string, string]>([
  ["nothing", "", "1:1 the file is empty"],
  ["only a comment", "// nothing\n", "2:1 the file is empty"],
  ["only blanks", " \n\n", "3:1 the file is empty"],
  ["a missing colon", '{"a" 1}', "1:6 missing colon before this"],
  ["an equals sign", '{"a" = 1}', "1:6 not valid JSON: ="],
  ["a missing comma", '{"a": 1\n "b": 2}', "2:2 missing comma before this"],
  ["a missing comma in a list", "[1 2]", "1:4 missing comma before this"],
  ["a semicolon", '{"a": 1; "b": 2}', "1:8 not valid JSON: ;"],
  ["two commas", "[1,,2]", "1:4 expected a value"],
  ["two commas before ]", "[1,,]", "1:4 expected a value"],
  ["a comma first", "[,1]", "1:2 expected a value"],
  ["a missing value", '{"a":}', "1:6 expected a value"],
  ["a missing key", "{: 1}", "1:2 expected a key in double quotes"],
  ["a number as a key", "{1: 2}", "1:2 expected a key in double quotes"],
  ["a bare key", "{a: 1}", `1:2 not valid JSON: a (${quoted})`],
  ["a key in single quotes", "{'a': 1}", `1:2 not valid JSON: 'a' (${quoted})`],
  ["single quotes before what confuses more", "{'stages': []}", `1:2 not valid JSON: 'stages' (${quoted})`],
  ["single quotes around blanks and commas", "{\"a\": 'it is, x'}", `1:7 not valid JSON: 'it is, x' (${quoted})`],
  ["a printer's quotes", "{“a”: 1}", `1:2 not valid JSON: “a” (${quoted})`],
  ["a bare word", '{"a": yes}', `1:7 not valid JSON: yes (${quoted})`],
  ["Python's True", '{"a": True}', "1:7 not valid JSON: True (did you mean true?)"],
  ["Python's None", '{"a": None}', "1:7 not valid JSON: None (did you mean null?)"],
  ["JavaScript's undefined", '{"a": undefined}', "1:7 not valid JSON: undefined (did you mean null?)"],
  ["NaN", "[NaN]", `1:2 not valid JSON: NaN (${numbers})`],
  ["a plus sign", "[+1]", `1:2 not valid JSON: +1 (${numbers})`],
  ["a number without its first digit", "[.5]", `1:2 not valid JSON: .5 (${numbers})`],
  ["a number without its last digit", "[1.]", `1:2 invalid number (${numbers})`],
  ["an exponent without digits", "[1e]", `1:2 invalid number (${numbers})`],
  ["a leading zero", "[07]", "1:3 numbers can't have leading zeros"],
  ["a number beyond all floats", "[1e400]", "1:2 this number is too large"],
  ["a comment without end", '{"a": 1} /* why', "1:10 this comment is never closed (end it with */)"],
  ["half a comment", '{"a": 1} / why', "1:10 not valid JSON: / (begin a comment with // or /*)"],
  ["a shell's comment", "{} # why, and 'how'", "1:4 not valid JSON: # why, and 'how' (begin a comment with //)"],
  ["a no-break space", '{"a":\u00a01}', "1:6 not valid JSON: U+00A0"],
  [
    "a string without end",
    '{"a": "b\n}',
    '1:7 unterminated string (end it with " on the same line; write a line break as \\n)',
  ],
  ["a quote within a string", '{"a": "x"y"}', `1:10 not valid JSON: y (${quoted})`],
  ["a wrong escape", '{"a": "\\x"}', "1:7 invalid escape sequence (write a backslash as \\\\)"],
  ["a short escape", '{"a": "\\u12"}', "1:7 \\u must be followed by four hex digits"],
  ["a tab in a string", '{"a": "\t"}', "1:7 control characters must be escaped (write a tab as \\t)"],
  ["a { that stays open", '{"a": {"b": 1}', "1:1 this { is never closed"],
  ["a [ that stays open", '{"a": [1,\n2', "1:7 this [ is never closed"],
  ["a } for a ]", '{"a": [1}', "1:9 missing ] before this (the unclosed [ is at line 1, column 7)"],
  ["a ] for a }", '[{"a": 1]', "1:9 missing } before this (the unclosed { is at line 1, column 2)"],
  ["a bracket too many", '{"a": 1}}', "1:9 unmatched }"],
  ["a second document", "{} {}", "1:4 unexpected text after the end of the JSON document"],
  ["YAML", "stages:\n- name: x\n", "1:1 not valid JSON: stages (the name of a file in YAML ends in .yaml)"],
  ["a key twice", '{"a": 1,\n "a": 2}', '2:2 duplicate key "a", first used on line 1 (keep only one of them)'],
  [
    "a key twice, once escaped",
    '{"a": 1, "\\u0061": 2}',
    '1:10 duplicate key "a", first used on line 1 (keep only one of them)',
  ],
])("%s is a problem", async (_, text, problem) => {
  expect(await inShort(() => parseDocument("p.json", text))).toEqual([problem]);
});

test("comments and trailing commas are allowed, and places count from the text's beginning", async () => {
  const text = '// a "comment" [\n{\n  /* another\n  one */ "a": [1, 2,], // {\n  "b": {"c": 3,},\n}\n// end';
  expect(toValue(parseDocument("p.json", text).root)).toEqual({ a: [1, 2], b: { c: 3 } });
  expect(await inShort(() => parseDocument("p.json", `${text}\n5`))).toEqual([
    "8:1 unexpected text after the end of the JSON document",
  ]);
});

test("a mistake beside a shell's comments is reported too", async () => {
  expect(await inShort(() => parseDocument("p.json", '{ # it\'s, "x\n"a": yes # why\n}'))).toHaveLength(3);
});

test("every mistake is reported, including duplicate keys", async () => {
  const text = '{\n  "a": True,\n  "b": 1,\n  "b": [1, 2,,],\n  "c": \'x\'\n}';
  expect(await inShort(() => parseDocument("p.json", text))).toEqual([
    "2:8 not valid JSON: True (did you mean true?)",
    '4:3 duplicate key "b", first used on line 3 (keep only one of them)',
    "4:14 expected a value",
    `5:8 not valid JSON: 'x' (${quoted})`,
  ]);
});

test("two mistakes on one line are two problems", async () => {
  expect(await inShort(() => parseDocument("p.json", '{"a": True, "b": {c: 1}, "d": [,1]}'))).toHaveLength(3);
});

test("consequences of a wrong bracket or an unterminated string aren't reported", async () => {
  expect(await inShort(() => parseDocument("p.json", '{"a": [1, 2}, "b": [3], "c": {"d": 4}'))).toHaveLength(1);
  expect(await inShort(() => parseDocument("p.json", '{"a": "b,\n"c": [1, 2],\n"d": 3}'))).toHaveLength(1);
});

test.each(["[", '{"a":'])("200,000 times %s is nested too deeply", async (opening) => {
  const closing = opening === "[" ? "]" : "}";
  const text = `${opening.repeat(200_000)}1${closing.repeat(200_000)}`;
  const problem = `1:${500 * opening.length + 1} nested more than 500 levels deep`;
  expect(await inShort(() => parseDocument("p.json", text))).toEqual([problem]);
});

test("500 levels are accepted", () => {
  expect(parseDocument("p.json", "[".repeat(500) + "]".repeat(500)).root.type).toBe("array");
});

test("a byte order mark is skipped, and columns count from after it", async () => {
  expect(toValue((await readDocument(file("\ufeff{}"))).root)).toEqual({});
  expect(await inShort(() => readDocument(file("\ufeff{a}")))).toEqual([`1:2 not valid JSON: a (${quoted})`]);
});

test("a byte that isn't UTF-8 is shown at its place", async () => {
  const latin1 = Buffer.from('{\n  "stages": [], "name": "Bücher"\n}', "latin1");
  expect(await said(() => readDocument(file(latin1)))).toBe(
    [
      `${directory}/p.json:2:27: error: invalid UTF-8`,
      '  2 |   "stages": [], "name": "B\ufffdcher"',
      "    |                           ^",
      "  hint: save the file as UTF-8",
    ].join("\n"),
  );
  const utf16 = Buffer.from("\ufeff{}", "utf16le");
  expect(await inShort(() => readDocument(file(utf16)))).toEqual(["1:1 invalid UTF-8 (save the file as UTF-8)"]);
  const cut = Buffer.from('"é').subarray(0, 2);
  expect(await inShort(() => readDocument(file(cut)))).toEqual(["1:2 invalid UTF-8 (save the file as UTF-8)"]);
});

test("the error for an unreadable file has its name and the reason", async () => {
  expect(await said(() => readDocument(directory))).toBe(`error: ${directory}: is a directory, not a file`);
  const missing = join(directory, "missing.json");
  expect(await said(() => readDocument(missing))).toBe(`error: ${missing}: no such file`);
  const below = join(file("{}"), "p.json");
  expect(await said(() => readDocument(below))).toBe(`error: ${below}: no such file`);
});

test("standard input is read like a file, and named <stdin>", () => {
  const script = `
    import { readDocument } from ${JSON.stringify(new URL("../../src/json/document.ts", import.meta.url).href)};
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
  expect(run(Buffer.from("a: é"))).toEqual(["<stdin>", "a: é"]);
  expect(run(Buffer.from([0x22, 0xff]))).toMatchObject({ message: "invalid UTF-8", at: { file: "<stdin>" } });
});

test("columns and marks count from the start of the line, with any kind of line end", async () => {
  for (const end of ["\n", "\r\n"])
    expect(await said(() => parseDocument("p.json", ['{"a": 1,', '\t"b": x,', '"c": 2}'].join(end)))).toBe(
      ["p.json:2:7: error: not valid JSON: x", '  2 |  "b": x,', "    |       ^", `  hint: ${quoted}`].join("\n"),
    );
});
