import { expect, test } from "@jest/globals";
import { maskOf } from "../../src/secrets/mask.ts";
import { secretOf, unfitness } from "../../src/secrets/secret.ts";
import { tagOf } from "../../src/secrets/tag.ts";

const secret = secretOf("p@ss word/1");

test("nothing that prints or stores a secret shows it", () => {
  expect(JSON.stringify({ secret })).toBe('{"secret":{}}');
  expect(`${JSON.stringify([...new Map([["name", secret]])])} ${secret}`).not.toContain("p@ss");
});

test("a line hides a secret's value, also as a URL and HTTP's headers have it", () => {
  const mask = maskOf([secret, secretOf("p@ss word/1 and more")]);
  const base64 = Buffer.from("p@ss word/1").toString("base64");
  expect(mask(`a p@ss word/1 b p%40ss%20word%2F1 c ${base64} d p@ss word/1 and more`)).toBe("a *** b *** c ***= d ***");
});

test("each line of a secret is hidden, but not the short ones", () => {
  const mask = maskOf([secretOf("{\n  token: 12345678,\n}\n")]);
  expect(["{", "  token: 12345678,", "}"].map(mask)).toEqual(["{", "  ***", "}"]);
});

test("a tag notices a change, and is too short to confirm a guess", () => {
  expect(tagOf(secret)).toMatch(/^[0-9a-f]{4}$/);
  expect(tagOf(secretOf("p@ss word/1"))).toBe(tagOf(secret));
  expect(tagOf(secretOf("p@ss word/2"))).not.toBe(tagOf(secret));
});

test("a text that would be in ordinary output can't be a secret", () => {
  expect(["12345678", "long enough\n"].map(unfitness)).toEqual([undefined, undefined]);
  expect(["", " \n", "1234567", "x".repeat(65537), "1234567\ufffd"].map(unfitness)).toEqual([
    "is empty",
    "is empty",
    "has 7 characters, and a secret has at least 8",
    "has more than 64 KiB",
    "isn't text",
  ]);
});
