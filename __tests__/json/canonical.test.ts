import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { asWritten, canonical, canonicalNumber } from "../../src/json/canonical.ts";
import { parseDocument } from "../../src/json/document.ts";
import { fixtures } from "../pipeline/pipelines.ts";

/** Texts, and the results of Python's json.dumps(json.loads(text), sort_keys=True). */
const vectors: readonly (readonly [string, string])[] = JSON.parse(readFileSync(`${fixtures}/canonical.json`, "utf8"));

test.each(vectors)("%s has Python's canonical form", (text, form) => {
  const document = parseDocument("text.json", text);
  expect(canonical(document, document.root)).toBe(form);
});

test("a float that is too large is infinite, as in Python", () => {
  expect(["1e400", "-1e400", "1.0e309"].map(canonicalNumber)).toEqual(["Infinity", "-Infinity", "Infinity"]);
});

test("text as written keeps the order of keys and the digits of numbers, at any depth", () => {
  const text = '{ "b": [1E2, {"z": -0, "\\u0061": 1.0}],\n"a": {"2": "é", "10": null} }';
  const document = parseDocument("text.json", text);
  expect(asWritten(document, document.root)).toBe(
    '{"b": [1E2, {"z": -0, "a": 1.0}], "a": {"2": "\\u00e9", "10": null}}',
  );
});
