import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { readInputs } from "../../src/action/inputs.ts";
import { outputsOf } from "../../src/action/outputs.ts";
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

test("the code reads the inputs that action.yml has, and their defaults are valid", async () => {
  const action = await readAction(root);
  const given = inputEnvironment(action, { pipeline: "web.json" });
  const read: string[] = [];
  await readInputs((name) => {
    read.push(name);
    return given[`INPUT_${name.toUpperCase()}`] ?? "";
  });
  expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort());
});

test("the code sets the outputs that action.yml has", async () => {
  const action = await readAction(root);
  expect(Object.keys(outputsOf([]))).toEqual(Object.keys(action.outputs));
});

test("the README's tables are action.yml's", async () => {
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
