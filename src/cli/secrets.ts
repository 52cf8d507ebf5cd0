import { BuildError, failure, hasCode } from "../errors.ts";
import { openPlain } from "../host/plain-file.ts";
import { isSecretName, mostBytes, type Secrets, secretOf, unfitness } from "../secrets/secret.ts";
import { wrong } from "./values.ts";

/** The place of a secret's value, as `--secret` names it: a variable of the environment or a file. */
export interface SecretSource {
  readonly name: string;
  readonly from: { readonly env: string } | { readonly src: string };
}

const form = "--secret takes id=NAME,env=VARIABLE or id=NAME,src=FILE";

/** Reads `--secret`, in the form that docker and podman have for it. Values never are on a command line. */
export function secretSourcesOf(text: string, before: readonly SecretSource[] = []): readonly SecretSource[] {
  const fields = new Map(text.split(",").map((field) => splitOnce(field)));
  const [name = "", env, src] = ["id", "env", "src"].map((key) => fields.get(key));
  const from = env !== undefined ? { env } : src !== undefined ? { src } : undefined;
  // The text isn't repeated, because it may be the secret itself.
  if (fields.size !== 2 || from === undefined || fields.get("env") === "" || fields.get("src") === "")
    throw wrong(form);
  if (!isSecretName(name)) throw wrong(`${form}, where NAME has letters, digits, dots, dashes and underscores`);
  if (before.some((other) => other.name === name)) throw wrong(`--secret id=${name} is there twice`);
  return [...before, { name, from }];
}

function splitOnce(field: string): readonly [string, string] {
  const at = field.indexOf("=");
  return at === -1 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
}

/** The variables of the environment that secrets come from. */
export const variablesFor = (sources: readonly SecretSource[]): readonly string[] =>
  sources.flatMap(({ from }) => ("env" in from ? [from.env] : []));

/** Reads the values of secrets. */
export async function readSecrets(
  sources: readonly SecretSource[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Secrets> {
  const read = sources.map(async ({ name, from }) => {
    const value = "env" in from ? variable(name, from.env, environment) : await content(name, from.src);
    const why = unfitness(value);
    if (why !== undefined) throw failure("INVALID", `the secret ${name} ${why}`);
    return [name, secretOf(value)] as const;
  });
  return new Map(await Promise.all(read));
}

function variable(name: string, key: string, environment: Readonly<Record<string, string | undefined>>): string {
  const value = environment[key];
  if (value === undefined)
    throw failure("INVALID", `the environment has no variable ${key}, which the secret ${name} comes from`);
  return value;
}

async function content(name: string, path: string): Promise<string> {
  try {
    await using file = await openPlain(path);
    const buffer = Buffer.alloc(mostBytes + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (!(error instanceof BuildError || ["ENOENT", "ENOTDIR", "EACCES"].some((code) => hasCode(error, code))))
      throw error;
    throw failure("INVALID", `the secret ${name} can't be read: ${(error as Error).message}`);
  }
}
