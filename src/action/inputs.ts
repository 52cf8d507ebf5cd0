import { existsSync } from "node:fs";
import { glob } from "node:fs/promises";
import { totalmem } from "node:os";
import { basename, relative, resolve } from "node:path";
import type { CacheImages, Checkpoints } from "../cache/request.ts";
import { failure } from "../errors.ts";
import { impossiblePath } from "../host/paths.ts";
import { isPipelineName, withoutEnding } from "../json/language.ts";
import { didYouMean } from "../json/suggest.ts";
import { isLockFile } from "../pipeline/lock.ts";
import { type Setting, settingOf } from "../pipeline/resolution/setting.ts";
import { parseTagged, type TaggedReference, taggedForm } from "../registry/reference.ts";
import { type Place, parsePlace, placeForms } from "../remote/place.ts";
import { type Age, ageForms, parseAge } from "../report/age.ts";
import { durationForms, parseDuration } from "../report/duration.ts";
import { formatBytes } from "../report/format.ts";
import { parseSize, sizeForms } from "../report/size.ts";
import { type SbomFormat, sbomFormats } from "../sbom/formats.ts";
import { artifactNameOf } from "./artifact-names.ts";
import { type NamedSbom, parseNamedSbom, sbomForms } from "./compare-with.ts";
import { inputPath } from "./paths.ts";

/** The Action's inputs, read once. action.yml describes each. */
export interface Inputs {
  /** The absolute paths of the pipelines, without duplicates, in the order given. */
  readonly pipelines: readonly string[];
  readonly store: string | undefined;
  readonly remote: Place | undefined;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly mirrors: string | undefined;
  readonly variables: readonly Setting[];
  readonly output: string | undefined;
  readonly cache: "true" | "false" | "read-only";
  readonly cacheKeyPrefix: string;
  readonly checkpoints: Checkpoints;
  readonly cacheImages: CacheImages;
  readonly refresh: readonly string[];
  readonly maxAge: Age | undefined;
  readonly noCache: boolean;
  readonly maxSize: number | undefined;
  readonly maxGrowth: number | undefined;
  readonly artifactName: string | undefined;
  readonly upload: "true" | "false" | "if-changed" | "if-possible";
  readonly compressionLevel: number | undefined;
  readonly retentionDays: number | undefined;
  readonly sbom: readonly SbomFormat[];
  /** The SBOM of the image that the changes are counted from. */
  readonly compareWith: NamedSbom | undefined;
  readonly summary: boolean;
  /** Whether to upload the tree of a stage that fails. */
  readonly uploadFailedTree: boolean;
  readonly bootTest: boolean;
  /** The memory of the machine that boots the image, in bytes. */
  readonly bootMemory: number;
  readonly bootCpus: number;
  /** The seconds that a boot test may take. By default they depend on the machine. */
  readonly bootTimeout: number | undefined;
  /** The absolute path of a script that tests the booted machine. */
  readonly bootScript: string | undefined;
  readonly bootSecureBoot: boolean;
  readonly bootTpm: boolean;
  readonly verify: boolean;
  readonly attest: boolean;
  readonly githubToken: string;
  readonly push: readonly TaggedReference[];
  readonly timeoutMinutes: number | undefined;
  /** The pipelines that may be built at once. By default the machine decides. */
  readonly jobs: number | undefined;
  readonly installDependencies: boolean;
}

/** Reads all inputs. `get` returns an input's trimmed text; an empty one counts as not given. */
export async function readInputs(get: (name: string) => string): Promise<Inputs> {
  const optional = (name: string) => get(name) || undefined;
  const pipelines = await pipelinesOf(linesOf(get("pipeline")));
  return {
    pipelines,
    store: path("store", optional("store")),
    remote: placeOf(optional("remote")),
    libdirs: linesOf(get("libdir")).map((line) => pathIn("libdir", line)),
    buildEnv: path("build-env", optional("build-env")),
    mirrors: path("mirrors", optional("mirrors")),
    variables: variablesOf(linesOf(get("variables"))),
    output: path("output", optional("output")),
    cache: oneOf("cache", get("cache"), ["true", "false", "read-only"]),
    cacheKeyPrefix: keyPrefix(get("cache-key-prefix")),
    checkpoints: checkpointsOf(linesOf(get("checkpoints"))),
    cacheImages: oneOf("cache-images", get("cache-images"), ["auto", "true", "false"]),
    refresh: linesOf(get("refresh")),
    maxAge: parsed("max-age", optional("max-age"), parseAge, ageForms),
    noCache: flag("no-cache", get("no-cache")),
    maxSize: size("max-size", optional("max-size")),
    maxGrowth: size("max-growth", optional("max-growth")),
    artifactName: artifactNameOf(optional("artifact-name")),
    upload: oneOf("upload", get("upload"), ["true", "false", "if-changed", "if-possible"]),
    compressionLevel: number("compression-level", optional("compression-level"), 0, 9),
    retentionDays: number("retention-days", optional("retention-days"), 1, 400),
    sbom: sbomOf(get("sbom")),
    compareWith: namedSbom(optional("compare-with")),
    summary: flag("summary", get("summary")),
    uploadFailedTree: flag("upload-failed-tree", get("upload-failed-tree")),
    bootTest: flag("boot-test", get("boot-test")),
    bootMemory: memory("boot-memory", optional("boot-memory")),
    bootCpus: number("boot-cpus", optional("boot-cpus"), 1, 64) ?? 1,
    bootTimeout: parsed("boot-timeout", optional("boot-timeout"), parseDuration, durationForms),
    bootScript: path("boot-script", optional("boot-script")),
    bootSecureBoot: flag("boot-secure-boot", get("boot-secure-boot")),
    bootTpm: flag("boot-tpm", get("boot-tpm")),
    verify: flag("verify", get("verify")),
    attest: flag("attest", get("attest")),
    githubToken: get("github-token"),
    push: pushOf(linesOf(get("push")), pipelines.length),
    jobs: number("jobs", optional("jobs"), 1, 64),
    timeoutMinutes: minutes("timeout-minutes", optional("timeout-minutes")),
    installDependencies: flag("install-dependencies", get("install-dependencies")),
  };
}

/** The names that images are named after: the pipelines' file names, or their whole paths if those are the same. */
export function namesOf(pipelines: readonly string[], workspace: string): readonly string[] {
  const short = (file: string) => withoutEnding(basename(file));
  const long = (file: string) => withoutEnding(relative(workspace, file)).replace(/[^\w.-]+/g, "-");
  const names: string[] = [];
  for (const file of pipelines) {
    const name = (pipelines.filter((other) => short(other) === short(file)).length > 1 ? long : short)(file);
    // Names can still be the same if paths differ only in other characters, or if a file is named like another's path.
    let free = name;
    for (let number = 2; names.includes(free); number++) free = `${name}-${number}`;
    names.push(free);
  }
  return names;
}

const path = (name: string, text: string | undefined) => (text === undefined ? undefined : pathIn(name, text));

function placeOf(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined;
  const place = parsePlace(text);
  if (place === undefined) throw wrong("remote", `can't be ${JSON.stringify(text)}`, `set it to ${placeForms}`);
  return place;
}

/** The absolute path that an input names. Throws if no file can have it. */
export function pathIn(name: string, text: string): string {
  const found = inputPath(text);
  const why = impossiblePath(found);
  if (why !== undefined) throw wrong(name, why);
  return found;
}

/** The lines of a text, trimmed, without empty ones. */
export const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The absolute paths of the files that names and patterns match, without duplicates. */
export async function pipelinesOf(patterns: readonly string[]): Promise<readonly string[]> {
  if (patterns.length === 0) throw wrong("pipeline", "names no file");
  const found = new Set<string>();
  for (const pattern of patterns) {
    const words = pattern.split(/[\s,]+/);
    if (words.length > 1 && !existsSync(pattern) && words.every((word) => existsSync(word) || isPipelineName(word)))
      throw wrong("pipeline", `has several files on one line: ${pattern}`, "write each on its own line");
    const why = impossiblePath(pattern);
    if (why !== undefined) throw wrong("pipeline", why);
    // The name of an existing file may look like a pattern.
    const isPattern = /[*?[\]{}]/.test(pattern) && !existsSync(pattern);
    const matches = isPattern ? await matching(pattern) : [pattern];
    if (matches.length === 0) throw wrong("pipeline", `${pattern} matches no file`);
    for (const match of matches.sort()) found.add(resolve(match));
  }
  return [...found];
}

/** The files that a pattern matches, without the locks that lie beside pipelines. */
async function matching(pattern: string): Promise<string[]> {
  const files = await Array.fromAsync(glob(pattern));
  return files.filter((file) => !isLockFile(file));
}

/** The values of variables, one `name=value` on each line. */
export function variablesOf(lines: readonly string[]): readonly Setting[] {
  const settings = lines.map((line) => {
    const setting = settingOf(line);
    if (setting === undefined) throw wrong("variables", `has a line ${JSON.stringify(line)}`, "write name=value");
    return setting;
  });
  const twice = settings.find(({ name }, index) => settings.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw wrong("variables", `sets ${twice.name} twice`);
  return settings;
}

function checkpointsOf([first, ...others]: readonly string[]): Checkpoints {
  if (first === undefined || (others.length === 0 && first === "auto")) return "auto";
  if (others.length === 0 && first === "all") return "all";
  return [first, ...others];
}

/** Reads the formats of SBOMs, with commas or spaces between them. */
function sbomOf(text: string): readonly SbomFormat[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== "");
  const formats = Object.keys(sbomFormats) as SbomFormat[];
  return [...new Set(names.map((name) => oneOf("sbom", name, formats)))];
}

function namedSbom(text: string | undefined): NamedSbom | undefined {
  const named = parsed("compare-with", text, parseNamedSbom, sbomForms);
  return named?.type === "file" ? { ...named, path: pathIn("compare-with", named.path) } : named;
}

/** Reads the references to push to. One name can't mean the images of several pipelines. */
export function pushOf(lines: readonly string[], pipelines: number): readonly TaggedReference[] {
  if (lines.length > 0 && pipelines > 1)
    throw wrong("push", `names one image, and there are ${pipelines} pipelines`, "build each in a job of its own");
  return lines.map((line) => {
    const reference = parseTagged(line);
    if (reference === undefined) throw wrong("push", `has a line ${JSON.stringify(line)}`, taggedForm);
    return reference;
  });
}

function oneOf<Value extends string>(name: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined)
    throw wrong(
      name,
      `can't be ${JSON.stringify(text)}`,
      didYouMean(text, values) ?? `use one of ${values.join(", ")}`,
    );
  return found;
}

/** The longest prefix of keys. GitHub allows 512 characters; the Action needs the rest. */
const longestPrefix = 350;

function keyPrefix(text: string): string {
  if (text.includes(","))
    throw wrong("cache-key-prefix", "has a comma, which keys of the Actions cache can't have", "use a dash instead");
  if (text.length > longestPrefix)
    throw wrong("cache-key-prefix", `has ${text.length} characters`, `use at most ${longestPrefix}`);
  return text;
}

/** The boolean forms of YAML's core schema, which GitHub's own actions take. */
export function flag(name: string, text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw wrong(name, `can't be ${JSON.stringify(text)}`, "set it to true or false");
}

function number(name: string, text: string | undefined, lowest: number, highest: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= lowest && value <= highest) return value;
  throw wrong(name, `can't be ${JSON.stringify(text)}`, `set it to a whole number from ${lowest} to ${highest}`);
}

/** Reads a number of minutes, which may have a fraction, as in a step's timeout-minutes. */
function minutes(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && value <= 10_000) return value;
  throw wrong(name, `can't be ${JSON.stringify(text)}`, "set it to a number of minutes, up to 10000");
}

/** Reads a value that has a parser of its own. `forms` names what that accepts. */
function parsed<Value>(
  name: string,
  text: string | undefined,
  parse: (text: string) => Value | undefined,
  forms: string,
): Value | undefined {
  if (text === undefined) return undefined;
  const found = parse(text);
  if (found === undefined) throw wrong(name, `can't be ${JSON.stringify(text)}`, `set it to ${forms}`);
  return found;
}

const size = (name: string, text: string | undefined) => parsed(name, text, parseSize, sizeForms);

/** Reads the memory of a virtual machine, which this machine must have. QEMU's firmware needs some, too. */
function memory(name: string, text = "1G"): number {
  const [bytes = 0, least, most] = [size(name, text), 128 * 1024 ** 2, totalmem()];
  if (bytes < least) throw wrong(name, `can't be ${text}`, `set it to ${formatBytes(least)} or more`);
  if (bytes > most) throw wrong(name, `can't be ${text}: this machine has ${formatBytes(most)}`);
  return bytes;
}

/** Makes the failure for a wrong input. */
export const wrong = (name: string, message: string, hint?: string) =>
  failure("INVALID", `the input ${name} ${message}`, hint);
