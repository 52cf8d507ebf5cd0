import { expect, test } from "@jest/globals";
import { asWritten, canonical } from "../../src/json/canonical.ts";
import { parseText } from "../../src/json/document.ts";
import { toValue } from "../../src/json/nodes.ts";
import { inShort, said } from "../pipeline/pipelines.ts";

const readValue = async (text: string) => toValue((await parseText("p.yaml", text)).root);
const problemsOf = (text: string) => inShort(() => parseText("p.yaml", text));

test.each<[string, string, unknown]>([
  ["blocks", "a:\n  - b\n  - c: 1\n    d: [x, {y: z}]\n", { a: ["b", { c: 1, d: ["x", { y: "z" }] }] }],
  ["JSON", '{"a": [1, "\\ud83d\\ude00\\/"],\n"b": null}', { a: [1, "😀/"], b: null }],
  ["comments", "# why\na: 1 # because\n# end\n", { a: 1 }],
  [
    "a script with its line breaks",
    "a: |\n  set -e\n\n  echo hi\nb: >-\n  one\n  line\n",
    { a: "set -e\n\necho hi\n", b: "one line" },
  ],
  ["a document's start and end", "%YAML 1.2\n---\na: 1\n...\n", { a: 1 }],
  ["lines that end as on Windows", "a:\r\n  - b\r\n", { a: ["b"] }],
  [
    "the words of YAML 1.1 for true and false",
    "[yes, no, on, off, y, n, No]",
    ["yes", "no", "on", "off", "y", "n", "No"],
  ],
  ["true, false and null in any case", "[true, True, FALSE, null, ~, Null]", [true, true, false, null, null, null]],
  ["a key that YAML 1.1 took for true", "on: 1", { on: 1 }],
  ["an empty value", "a:\nb: 1", { a: null, b: 1 }],
  ["times, dates and versions", "[2026-01-31, 12:30:45, 1.2.3]", ["2026-01-31", "12:30:45", "1.2.3"]],
  ["numbers that only YAML 1.1 had", "[1_000, 0b11, 1:30]", ["1_000", "0b11", "1:30"]],
  ["numbers as in JSON", "[0, -5, 1.10, 1e3, -0.5E-2]", [0, -5, 1.1, 1000, -0.005]],
  ["quoted numbers", `["1.10", '0x1F', "no"]`, ["1.10", "0x1F", "no"]],
  ["an alias", "a: &x [1, {b: 2}]\nc: *x", { a: [1, { b: 2 }], c: [1, { b: 2 }] }],
  ["an anchor that is defined again", "[&x 1, *x, &x 2, *x]", [1, 1, 2, 2]],
  ["<<", "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", { x: { a: 1, b: 2 }, y: { a: 1, b: 3 } }],
  [
    "<< with a list, of which the first wins",
    "[&x {a: 1}, {<<: [*x, {a: 2, b: 2}], c: 3}]",
    [{ a: 1 }, { a: 1, b: 2, c: 3 }],
  ],
  ["<< in quotes", '{"<<": 1}', { "<<": 1 }],
  ["a key __proto__", "__proto__: 1", JSON.parse('{"__proto__": 1}')],
])("%s", async (_, text, value) => {
  expect(await readValue(text)).toEqual(value);
});

const indentation = "the keys of one object, and the items of one list, begin in the same column";
const colon = "a colon and a space follow a key";
const brackets = "the lines within brackets are indented more than the key before them";
const tags = 'remove it; write text that looks like a number in quotes: "1.10"';
const oneDocument = "write each pipeline in a file of its own";
const version = "remove it: the file is read as YAML 1.2";
const either = (written: string, value: number) =>
  `${written} may be a number or text (write ${value} if it is a number, "${written}" if it is text)`;

test.each<[string, string, ...string[]]>([
  ["nothing", "", "1:1 the file is empty"],
  ["only comments", "# nothing\n---\n", "3:1 the file is empty"],
  ["a hexadecimal number", "a: 0x1F", `1:4 ${either("0x1F", 31)}`],
  ["an octal number", "a: 0o17", `1:4 ${either("0o17", 15)}`],
  ["a number that is octal in YAML 1.1", "a: 0755", `1:4 ${either("0755", 755)}`],
  ["a number with a sign", "a: +5", `1:4 ${either("+5", 5)}`],
  ["a number without its first digit", "a: .5", `1:4 ${either(".5", 0.5)}`],
  ["infinity", "a: -.inf", `1:4 -.inf isn't a number that JSON has (write "-.inf" if it is text)`],
  ["no number", "a: .nan", `1:4 .nan isn't a number that JSON has (write ".nan" if it is text)`],
  ["a number beyond all floats", "a: 1e400", "1:4 this number is too large"],
  ["a key twice", "a: 1\nb: 2\na: 3", '3:1 duplicate key "a", first used on line 1 (keep only one of them)'],
  ["a number as a key", "1.10: a", '1:1 a key must be text, not 1.10 (put it in quotes: "1.10")'],
  ["true as a key", "true: a", '1:1 a key must be text, not true (put it in quotes: "true")'],
  ["an object as a key", "? {a: 1}\n: b", "1:3 a key must be text, not an object"],
  ["a template's braces", "a: {{ b }}", "1:5 a key must be text, not an object"],
  ["an alias as a key", "a: &x b\n*x : c", "2:1 a key must be text, not an alias"],
  ["no key", ": a", "1:1 missing key before this colon"],
  ["<< twice", "{<<: {a: 1}, <<: {b: 2}}", '1:14 duplicate key "<<" (one << can take a list: <<: [*a, *b])'],
  ["<< of a string", "<<: a", '1:5 "<<" must be an object or a list of objects, such as *name'],
  ["an unknown alias", "a: *x", '1:4 there is no &x above (put it in quotes if it is text: "*x")'],
  ["a pattern", "a: *.rpm", '1:4 there is no &.rpm above (put it in quotes if it is text: "*.rpm")'],
  ["a value that repeats itself", "a: &x [*x]", "1:8 *x is part of the value that it repeats"],
  ["two anchors", "a: &x &y 1", "1:7 a value can have only one anchor"],
  [
    "an anchor without a name",
    "a: & b",
    "1:4 a name is missing after this & (put the text in quotes if it isn't an alias)",
  ],
  ["a tag", "a: !!str 1.10", `1:4 tags aren't supported (${tags})`],
  ["a tag of another program", "a: !Ref x", `1:4 tags aren't supported (${tags})`],
  ["a set", "a: !!set {b}", `1:4 tags aren't supported (${tags})`, `1:11 missing colon after this key (${colon})`],
  ["YAML 1.1", "%YAML 1.1\n---\na: no", `1:1 directives aren't supported (${version})`],
  ["two documents", "a: 1\n---\nb: 1", `2:1 a second YAML document begins here (${oneDocument})`],
  ["a tab", "a:\n\tb: 1", "2:1 a tab can't indent a line (use spaces)"],
  ["a bell", 'a: "\u0007"', "1:5 control characters must be escaped (write it as \\x07 in double quotes)"],
  [
    "the library's own signs",
    "a: \u001f\u0002b",
    ...[4, 5].map(
      (column, index) =>
        `1:${column} control characters must be escaped (write it as \\x${["1f", "02"][index]} in double quotes)`,
    ),
  ],
  ["a missing colon", "a: 1\nb 2\n", `2:1 missing colon after this key (${colon})`],
  ["a missing space", "a:1\nb: 2", `1:1 missing colon after this key (${colon})`],
  ["a missing space in braces", "{a:1}", `1:2 missing colon after this key (${colon})`],
  ["a comment of JSON", "// why\na: 1", "1:1 YAML has other comments (begin a comment with #)"],
  [
    "a colon in a text",
    "a: b: c",
    '1:4 a second ": " on one line (put the text in quotes, or begin an object on the next line)',
  ],
  ["a value that goes on as an object", "a: 1\n  b: 2", "1:4 the line below this is indented too far"],
  ["a key between two columns", "a:\n  b: 1\n c: 2", `3:2 wrong indentation (${indentation})`],
  ["an item between two columns", "a:\n  - x\n - y", `3:2 wrong indentation (${indentation})`],
  ["a list beside an object", "a: 1\n- b", `2:1 wrong indentation (${indentation})`],
  ["a list behind a key", "a: - b", "1:4 a list can't begin here (begin it on a line of its own)"],
  ["a { that stays open", "a: {b: 1\nc: 2", `1:4 this { is never closed (${brackets})`],
  ["a [ that stays open", "a: [1,\n  2\n", `1:4 this [ is never closed (${brackets})`],
  ["a } that isn't indented", "a:\n  b: {\n}", `2:6 this { is never closed (${brackets})`],
  ["a } for a ]", "a: [1}\nb: 2", "1:6 missing ] before this (the unclosed [ is at line 1, column 4)"],
  ["a bracket too many", "a: ]", "1:4 unmatched ]"],
  ["two commas", "[1,,2]", "1:4 expected a value before this comma"],
  ["a string without end", 'a: "b\nc: 1\n', '1:4 unterminated string (end it with ")'],
  ["an apostrophe in single quotes", "a: 'it's'", `1:8 unexpected "s'" after the end of a value`],
  [
    "a wrong escape",
    'a: "\\q"',
    "1:5 invalid escape sequence (write a backslash as \\\\, or the text in single quotes)",
  ],
  ["an at sign", "a: @b", "1:4 text can't begin with @ (put it in quotes)"],
])("%s is a problem", async (_, text, ...problems) => {
  expect(await problemsOf(text)).toEqual(problems);
});

test("every mistake is reported, one for each line that can't be read", async () => {
  expect(await problemsOf("a: 0x1\nb: @x\nc: 1\nc: *d\ne: f: g\n")).toEqual([
    `1:4 ${either("0x1", 1)}`,
    "2:4 text can't begin with @ (put it in quotes)",
    '4:1 duplicate key "c", first used on line 3 (keep only one of them)',
    '4:4 there is no &d above (put it in quotes if it is text: "*d")',
    '5:4 a second ": " on one line (put the text in quotes, or begin an object on the next line)',
  ]);
});

test("the marked text is what is wrong", async () => {
  expect(await said(() => parseText("p.yaml", "a:\r\n  - b: 0755 # mode\r\n"))).toBe(
    [
      "p.yaml:2:8: error: 0755 may be a number or text",
      "  2 |   - b: 0755 # mode",
      "    |        ^^^^",
      '  hint: write 755 if it is a number, "0755" if it is text',
    ].join("\n"),
  );
});

test("keys and numbers keep their order and spelling, and what << brings in stands in its place", async () => {
  const text = "x: &x {p: 1.10, q: 2}\nb: 1.0\na:\n  z: 0\n  <<: *x\n  q: 100.0\n";
  const document = await parseText("p.yaml", text);
  expect(asWritten(document, document.root)).toBe(
    '{"x": {"p": 1.10, "q": 2}, "b": 1.0, "a": {"z": 0, "p": 1.10, "q": 100.0}}',
  );
  expect(canonical(document, document.root)).toBe(
    '{"a": {"p": 1.1, "q": 100.0, "z": 0}, "b": 1.0, "x": {"p": 1.1, "q": 2}}',
  );
});

test("aliases of aliases are refused before they fill the memory", async () => {
  const lines = Array.from({ length: 100 }, (_, i) => `- &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`);
  const text = ["- &a0 x", ...lines].join("\n");
  expect(await problemsOf(text)).toEqual(["6:43 the aliases of this file repeat more than 1000000 characters"]);
  const long = `- &a ${"x".repeat(100_000)}\n${"- *a\n".repeat(100)}`;
  expect(await problemsOf(long)).toEqual(["11:3 the aliases of this file repeat more than 1000000 characters"]);
});

test.each([
  ["[", "[".repeat(200_000), 502],
  ["{a: ", "{a: ".repeat(200_000), 2005],
  ["- ", `${"- ".repeat(200_000)}a`, 1003],
  ["? ", `${"? ".repeat(200_000)}a`, 1003],
])("200,000 times %s is nested too deeply", async (_, text, column) => {
  expect(await problemsOf(text)).toEqual([`1:${column} nested more than 500 levels deep`]);
});

test("500 levels are accepted, also those that an alias adds", async () => {
  const nested = (levels: number, inner = "") => "[".repeat(levels) + inner + "]".repeat(levels);
  expect(await problemsOf(nested(500))).toEqual([]);
  expect(await problemsOf(nested(501))).toEqual(["1:501 nested more than 500 levels deep"]);
  const alias = (levels: number) => `a: &a ${nested(200)}\nb: ${nested(levels, "*a")}`;
  expect(await problemsOf(alias(299))).toEqual([]);
  expect(await problemsOf(alias(300))).toEqual(["2:304 nested more than 500 levels deep"]);
});

test.each([
  ["keys", (i: number) => `k${i}: 1`],
  ["keys that are there twice", () => "k: 1"],
  ["keys without a colon", (i: number) => `k${i}`],
  ["texts that can't begin so", (i: number) => `k${i}: @x`],
  ["anchors within each other", (i: number) => `${" ".repeat(Math.min(i, 400))}k${i}: &a${i}`],
  ["aliases", (i: number) => (i === 0 ? "k: &a x" : `k${i}: *a`)],
  ["brackets", () => "]"],
  ["pairs of brackets that don't match", () => "[}".repeat(13)],
  ["tags", (i: number) => `k${i}: !a !b !c x`],
])(
  "10,000 %s take seconds",
  async (_, line) => {
    const text = Array.from({ length: 10_000 }, (__, i) => line(i)).join("\n");
    expect((await problemsOf(text)).length).toBeLessThanOrEqual(101);
  },
  30_000,
);
