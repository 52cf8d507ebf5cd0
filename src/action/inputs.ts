import { existsSync } from "node:fs";
import { glob } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import type { Checkpoints } from "../cache/checkpoints.ts";
import { failure } from "../errors.ts";
import { didYouMean } from "../pipeline/suggest.ts";
import { artifactNameOf } from "./artifact-names.ts";
import { inputPath } from "./paths.ts";

/** The Action's inputs, read once. action.yml describes each. */
export interface Inputs {
  /** Absolute, without repetition, in the order given. */
  readonly pipelines: readonly string[];
  readonly store: string | undefined;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly output: string | undefined;
  readonly cache: "true" | "false" | "read-only";
  readonly cacheKeyPrefix: string;
  readonly checkpoints: Checkpoints;
  readonly artifactName: string | undefined;
  readonly upload: "true" | "false" | "if-changed" | "if-possible";
  readonly compressionLevel: number | undefined;
  readonly retentionDays: number | undefined;
  readonly summary: boolean;
  readonly bootTest: boolean;
  readonly timeoutMinutes: number | undefined;
  readonly installDependencies: boolean;
}

/** `get` returns an input's text, trimmed; an empty one counts as not given. */
export async function readInputs(get: (name: string) => string): Promise<Inputs> {
  const optional = (name: string) => get(name) || undefined;
  return {
    pipelines: await pipelinesOf(linesOf(get("pipeline"))),
    store: path(optional("store")),
    libdirs: linesOf(get("libdir")).map(inputPath),
    buildEnv: path(optional("build-env")),
    output: path(optional("output")),
    cache: oneOf("cache", get("cache"), ["true", "false", "read-only"]),
    cacheKeyPrefix: keyPrefix(get("cache-key-prefix")),
    checkpoints: checkpointsOf(linesOf(get("checkpoints"))),
    artifactName: artifactNameOf(optional("artifact-name")),
    upload: oneOf("upload", get("upload"), ["true", "false", "if-changed", "if-possible"]),
    compressionLevel: number("compression-level", optional("compression-level"), 0, 9),
    retentionDays: number("retention-days", optional("retention-days"), 1, 400),
    summary: flag("summary", get("summary")),
    bootTest: flag("boot-test", get("boot-test")),
    timeoutMinutes: minutes("timeout-minutes", optional("timeout-minutes")),
    installDependencies: flag("install-dependencies", get("install-dependencies")),
  };
}

/** What images are called after: the pipelines' file names, or their whole paths where two have the same name. */
export function namesOf(pipelines: readonly string[], workspace: string): readonly string[] {
  const short = (file: string) => basename(file).replace(/\.json$/, "");
  const long = (file: string) =>
    relative(workspace, file)
      .replace(/\.json$/, "")
      .replace(/[^\w.-]+/g, "-");
  const names: string[] = [];
  for (const file of pipelines) {
    const name = (pipelines.filter((other) => short(other) === short(file)).length > 1 ? long : short)(file);
    // Paths that differ in other characters alone, and a file that is called like another one's path.
    let free = name;
    for (let number = 2; names.includes(free); number++) free = `${name}-${number}`;
    names.push(free);
  }
  return names;
}

const path = (text: string | undefined) => (text === undefined ? undefined : inputPath(text));

export const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The files that names and patterns mean: absolute, without repetition. */
export async function pipelinesOf(patterns: readonly string[]): Promise<readonly string[]> {
  if (patterns.length === 0) throw wrong("pipeline", "names no file");
  const found = new Set<string>();
  for (const pattern of patterns) {
    // A file's own name may look like a pattern.
    const isPattern = /[*?[\]{}]/.test(pattern) && !existsSync(pattern);
    const matches = isPattern ? await Array.fromAsync(glob(pattern)) : [pattern];
    if (matches.length === 0) throw wrong("pipeline", `${pattern} matches no file`);
    for (const match of matches.sort()) found.add(resolve(match));
  }
  return [...found];
}

function checkpointsOf([first, ...others]: readonly string[]): Checkpoints {
  if (first === undefined || (others.length === 0 && first === "auto")) return "auto";
  if (others.length === 0 && first === "all") return "all";
  return [first, ...others];
}

function oneOf<Value extends string>(name: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined)
    throw wrong(name, `can't be ${JSON.stringify(text)}`, didYouMean(text, values) ?? values.join(", "));
  return found;
}

/** GitHub takes keys of 512 characters; the rest is for what we put behind the prefix. */
const longestPrefix = 350;

function keyPrefix(text: string): string {
  if (text.includes(","))
    throw wrong("cache-key-prefix", "has a comma, which keys of the Actions cache can't have", "use a dash instead");
  if (text.length > longestPrefix)
    throw wrong("cache-key-prefix", `has ${text.length} characters`, `the longest has ${longestPrefix}`);
  return text;
}

/** The boolean forms of YAML's core schema, which GitHub's own actions take. */
function flag(name: string, text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw wrong(name, `can't be ${JSON.stringify(text)}`, "true or false");
}

function number(name: string, text: string | undefined, lowest: number, highest: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= lowest && value <= highest) return value;
  throw wrong(name, `can't be ${JSON.stringify(text)}`, `a whole number from ${lowest} to ${highest}`);
}

/** As for a step of a workflow, parts of one count. */
function minutes(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && value <= 10_000) return value;
  throw wrong(name, `can't be ${JSON.stringify(text)}`, "a number of minutes, up to 10000");
}

const wrong = (name: string, message: string, hint?: string) =>
  failure("INVALID", `the input ${name} ${message}`, hint);
