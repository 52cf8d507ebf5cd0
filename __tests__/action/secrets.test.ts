import { expect, test } from "@jest/globals";
import { readSecrets } from "../../src/action/secrets.ts";

function read(inputs: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
  const hidden: string[] = [];
  const secrets = readSecrets(
    (name) => inputs[name] ?? "",
    environment,
    (text) => hidden.push(text),
  );
  return { values: Object.fromEntries([...secrets].map(([name, { reveal }]) => [name, reveal()])), hidden };
}

test("secrets are lines, and come from the environment if they have several lines", () => {
  const environment = { KEY: "first line\nsecond line\n" };
  const { values, hidden } = read(
    { secrets: "a = one=two=three\n\nb=12345678", "secret-envs": "key=KEY" },
    environment,
  );
  expect(values).toEqual({ a: "one=two=three", b: "12345678", key: "first line\nsecond line\n" });
  expect(hidden).toEqual(expect.arrayContaining(["one=two=three", "12345678", "first line", "second line"]));
});

test("a secret without a value isn't given: so it is in a pull request from a fork", () =>
  expect(read({ secrets: "a=\nb=12345678", "secret-envs": "c=NONE" }).values).toEqual({ b: "12345678" }));

test("a wrong line is refused without repeating it", () => {
  expect(() => read({ secrets: "hunter2-and-more" })).toThrow(
    /^the input secrets has a line without a name for the secret$/,
  );
  expect(() => read({ secrets: "a=12345678", "secret-envs": "a=KEY" }, { KEY: "87654321" })).toThrow("sets a twice");
  expect(() => read({ secrets: "a=short" })).toThrow("has a secret a that has 5 characters");
});
