import { isSecretName, maskedForms, type Secret, type Secrets, secretOf, unfitness } from "../secrets/secret.ts";
import { linesOf, wrong } from "./inputs.ts";

/**
 * Reads the secrets for steps from the inputs `secrets`, with a value on each line, and `secret-envs`, with the name of
 * a variable of the environment. `hide` gets each text that the runner shall hide in the log. A secret without a value
 * counts as not given, because that is what a workflow gets for a pull request from a fork.
 */
export function readSecrets(
  get: (name: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
  hide: (text: string) => void,
): Secrets {
  const values = linesOf(get("secrets")).map((line) => pairOf("secrets", line, "value"));
  const variables = linesOf(get("secret-envs")).map((line) => pairOf("secret-envs", line, "VARIABLE"));
  const found = new Map<string, Secret>();
  for (const [name, value] of [...values, ...variables.map(([name, key]) => [name, environment[key] ?? ""] as const)]) {
    if (value.trim() === "") continue;
    const secret = secretOf(value);
    for (const form of maskedForms(secret)) hide(form);
    const why = unfitness(value);
    if (why !== undefined) throw wrong("secrets", `has a secret ${name} that ${why}`);
    if (found.has(name)) throw wrong("secrets", `sets ${name} twice`);
    found.set(name, secret);
  }
  return found;
}

/** Reads a line. An error doesn't repeat it, because it may have a secret. */
function pairOf(input: string, line: string, what: string): readonly [string, string] {
  const [, name = "", value = ""] = /^([^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
  if (isSecretName(name)) return [name, value];
  throw wrong(input, `has a line without a name for the secret`, `write NAME=${what}, one per line`);
}
