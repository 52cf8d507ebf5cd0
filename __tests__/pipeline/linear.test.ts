import { expect, test } from "@jest/globals";
import type { BuildError } from "../../src/errors.ts";
import { parseDocument } from "../../src/json/document.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import { openLibrary } from "../../src/programs/library.ts";

const library = openLibrary([new URL("../..", import.meta.url).pathname]);

/** The problems of a pipeline, as messages. */
async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await normalise({ document: parseDocument("web.json", text) }, library);
    return [];
  } catch (error) {
    return (error as BuildError).problems.map(({ message }) => message);
  }
}

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join(",\n");

/** Each of these took minutes when the work for one problem grew with the text or with the number of problems. */
test.each([
  ["keys that nobody knows", (count: number) => `{${many(count, (i) => `"unknown${i}": 1`)}}`],
  ["options that nobody knows", (count: number) => stage(many(count, (i) => `"unknown${i}": 1`))],
  ["keys that are there twice", (count: number) => stage(many(count + 1, () => '"a": 1'))],
  ["stages of no name", (count: number) => `{"stages": [${many(count, () => "{}")}]}`],
])(
  "20,000 %s take seconds, and 100 are shown",
  async (_, text) => {
    const problems = await problemsOf(text(20_000));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatch(/^and 19,90[01] more$/);
  },
  30_000,
);

const stage = (options: string) =>
  `{"stages": [{"name": "org.osbuild.hostname", "options": {"hostname": "a", ${options}}}]}`;

test("only the beginning of a long invalid word is shown", () => {
  const error = () => parseDocument("web.json", "@".repeat(100_000));
  expect(error).toThrow(/^not valid JSON: @{40}…$/m);
});
