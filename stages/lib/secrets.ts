import { readFileSync } from "node:fs";
import { fail } from "./step.ts";

/** The part of a stage's document that has its secrets: their files, in memory, by name. */
export interface SecretsInput {
  readonly secrets?: Readonly<Record<string, string>>;
}

/** The path of a secret's file. */
export const secretFile = ({ secrets }: SecretsInput, name: string): string =>
  secrets?.[name] ?? fail(`there is no secret ${name}`);

/** The value of a secret that is one line. A line break at its end doesn't count. */
export function secretLine(input: SecretsInput, name: string): string {
  const value = readFileSync(secretFile(input, name), "utf8").replace(/\r?\n$/, "");
  if (/[\r\n]/.test(value)) fail(`the secret ${name} has several lines, and must be one`);
  return value;
}
