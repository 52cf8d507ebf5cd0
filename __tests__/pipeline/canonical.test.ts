import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { asWritten, canonical, canonicalNumber } from "../../src/pipeline/canonical.ts";
import { parseDocument } from "../../src/pipeline/document.ts";
import { fixtures } from "./pipelines.ts";

/** Texts, and what Python's json.dumps(json.loads(text), sort_keys=True) makes of them. */
const vectors: readonly (readonly [string, string])[] = JSON.parse(readFileSync(`${fixtures}/canonical.json`, "utf8"));

test.each(vectors)("%s has Python's canonical form", (text, form) => {
  const { root } = parseDocument("text.json", text);
  expect(canonical(text, root)).toBe(form);
});

test("a float beyond all floats is infinite, as in Python", () => {
  expect(["1e400", "-1e400", "1.0e309"].map(canonicalNumber)).toEqual(["Infinity", "-Infinity", "Infinity"]);
});

test("as written, keys keep their order and numbers their digits, at any depth", () => {
  const text = '{ "b": [1E2, {"z": -0, "\\u0061": 1.0}],\n"a": {"2": "é", "10": null} }';
  const { root } = parseDocument("text.json", text);
  expect(asWritten(text, root)).toBe('{"b": [1E2, {"z": -0, "a": 1.0}], "a": {"2": "\\u00e9", "10": null}}');
});
