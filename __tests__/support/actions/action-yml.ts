import { readFile } from "node:fs/promises";
import { parse } from "yaml";

export interface ActionManifest {
  readonly name: string;
  readonly inputs: Readonly<Record<string, ActionInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string };
}

export interface ActionInput {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string | number | boolean;
}

/** Reads the action.yml of an Action that Node 24 runs, with a main and a post step. */
export async function readAction(directory: string): Promise<ActionManifest> {
  const text = await readFile(`${directory}/action.yml`, "utf8");
  const { name, inputs, outputs, runs } = parse(text) as Partial<ActionManifest> &
    Pick<ActionManifest, "name" | "runs">;
  if (runs.using !== "node24") throw new Error(`${directory}/action.yml: runs.using is ${runs.using}, not node24`);
  const unknown = Object.keys(runs).filter((key) => !["using", "main", "post"].includes(key));
  if (unknown.length > 0)
    throw new Error(`${directory}/action.yml: this runner has no runs.${unknown.join(", runs.")}`);
  return { name, inputs: inputs ?? {}, outputs: outputs ?? {}, runs };
}

/** The variables INPUT_* for the workflow's inputs and the defaults. Names keep their hyphens. */
export function inputEnvironment(
  action: ActionManifest,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, evaluated(`${input.default ?? ""}`)]);
  const all = { ...Object.fromEntries(defaults), ...given } as Record<string, string>;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [inputVariable(name), value]));
}

/** The token that every job's Actions get. */
export const jobToken = "ghs_the-token-of-the-job";

/** Evaluates the only expression that a default may have here. */
function evaluated(text: string): string {
  const [expression] = text.match(/\$\{\{.*\}\}/) ?? [];
  if (expression === undefined) return text;
  if (!/^\$\{\{ github\.token \}\}$/.test(text)) throw new Error(`this runner can't evaluate ${expression}`);
  return jobToken;
}

const inputVariable = (name: string) => `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
