import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { readInputs } from "../../src/action/inputs.ts";
import { outputsOf } from "../../src/action/outputs.ts";
import { readSecrets } from "../../src/action/secrets.ts";
import { inputEnvironment, readAction } from "../support/actions/action-yml.ts";

const root = resolve(import.meta.dirname, "../..");
const readme = readFileSync(`${root}/README.md`, "utf8");

/** The lines of the README's table between these marks. */
const table = (name: string): readonly string[] => {
  const [, text = ""] = new RegExp(`<!-- ${name} -->\\n([^]*?)<!-- /${name} -->`).exec(readme) ?? [];
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => row.replace(/ +\|/g, " |").trim());
};

const code = (text: string) => (text === "" ? "" : `\`${text}\``);
const row = (...cells: readonly string[]) =>
  cells.reduce((line, cell) => `${line} ${cell} |`.replace("  |", " |"), "|");

test("the code reads the inputs in action.yml, and their defaults are valid", async () => {
  const action = await readAction(root);
  const given = inputEnvironment(action, { pipeline: "web.json" });
  const read: string[] = [];
  const get = (name: string) => {
    read.push(name);
    return given[`INPUT_${name.toUpperCase()}`] ?? "";
  };
  await readInputs(get);
  readSecrets(get, {}, () => undefined);
  expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort());
});

test("the code sets the outputs in action.yml", async () => {
  const action = await readAction(root);
  expect(Object.keys(outputsOf([]))).toEqual(Object.keys(action.outputs));
});

test("the README's tables match action.yml", async () => {
  const { inputs, outputs } = await readAction(root);
  expect(table("inputs")).toEqual(
    Object.entries(inputs).map(([name, input]) => {
      const fallback = input.required ? "required" : code(`${input.default ?? ""}`);
      return row(code(name), fallback, input.description);
    }),
  );
  expect(table("outputs")).toEqual(
    Object.entries(outputs).map(([name, output]) => row(code(name), output.description)),
  );
});

test("README, the pages and the workflows name the same release of actions/checkout", () => {
  const texts = [
    "README.md",
    ...readdirSync(`${root}/docs`)
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
    ...readdirSync(`${root}/.github/workflows`).map((name) => `.github/workflows/${name}`),
  ].map((path) => readFileSync(`${root}/${path}`, "utf8"));
  const majors = texts.flatMap((text) =>
    [...text.matchAll(/actions\/checkout@(?:[0-9a-f]{40} # )?v(\d+)/g)].map(([, major]) => major),
  );
  expect(majors.length).toBeGreaterThan(4);
  expect(new Set(majors).size).toBe(1);
});
