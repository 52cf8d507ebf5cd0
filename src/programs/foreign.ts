import type { Hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { canonicalString } from "../json/canonical.ts";
import { count, either, fromJson, listOf, object, optional, shaped, string } from "../json/shape.ts";
import type { Contract, Meta, Program, StepKind } from "./program.ts";

/** The meta.json of osbuild's own stages today. */
interface ForeignMeta {
  readonly summary?: string;
  readonly description?: string | readonly string[];
  readonly capabilities?: readonly string[];
  /** The schema of the options. */
  readonly schema?: object;
  /** The schema of the whole stage. */
  readonly schema_2?: Schema2;
}

interface Schema2 extends Partial<Readonly<Record<Service, Demand>>> {
  readonly options?: object;
  readonly definitions?: object;
}

type Service = (typeof services)[number];

/** The part of a schema that says which values are mandatory. */
interface Demand {
  readonly required?: readonly string[];
  readonly minItems?: number;
  readonly minProperties?: number;
}

/** The services that osbuild's own engine provides to its stages besides their options. */
const services = ["inputs", "devices", "mounts"] as const;

const demand = shaped<Demand>({
  required: optional(listOf(string)),
  minItems: optional(count),
  minProperties: optional(count),
});

const schema2 = shaped<Schema2>({
  options: optional(object),
  definitions: optional(object),
  inputs: optional(demand),
  devices: optional(demand),
  mounts: optional(demand),
});

/** The shape of the meta.json of osbuild's own stages. */
export const foreignMeta = shaped<ForeignMeta>({
  summary: optional(string),
  description: optional(either(string, listOf(string))),
  capabilities: optional(listOf(string)),
  schema: optional(object),
  schema_2: optional(schema2),
});

/** The capabilities that osbuild's stages have without asking, beyond our default set. */
const capabilities = [
  "CAP_IPC_LOCK",
  "CAP_LINUX_IMMUTABLE",
  "CAP_MAC_OVERRIDE",
  "CAP_SYS_ADMIN",
  "CAP_SYS_NICE",
  "CAP_SYS_RESOURCE",
];
const requires = ["/usr/bin/python3"];

/** Whether a meta.json has the form of osbuild's own stages. */
export const isForeign = (meta: object) => "schema" in meta || "schema_2" in meta;

/** Finds out how a program that isn't TypeScript gets its arguments. */
export function contractOf(libdir: string, meta: object | undefined, program: string): Contract {
  if (meta !== undefined) return isForeign(meta) ? "arguments file" : "own";
  const [starter, runners] = [`${libdir}/osbuild-run`, `${libdir}/runners`];
  if (![starter, runners].some((path) => existsSync(path))) return "own";
  // Before there was a meta.json, the way to get the arguments depended on the release.
  if (/\bapi\.arguments\(/.test(program)) return asksEngine(libdir) ? "arguments socket" : "arguments file";
  // From release 5 on, `osbuild-run` expects file descriptors over a socket, which Node.js can't pass.
  const isOlder = existsSync(starter) && !readFileSync(starter, "utf8").includes("setup-stdio");
  return isOlder ? "osbuild-run" : "standard input";
}

function asksEngine(libdir: string): boolean {
  const api = `${libdir}/osbuild/api.py`;
  return existsSync(api) && readFileSync(api, "utf8").includes("get-arguments");
}

/**
 * The services of osbuild's engine that a stage can't do without. Many stages declare services that are optional. For
 * example, `users` changes the tree itself if it is given none, here as in osbuild.
 */
export function demandsOf(contract: Contract, meta: object | undefined, program: string): readonly string[] {
  if (contract === "own" || contract === "osbuild-run") return [];
  const schema = ((meta ?? {}) as ForeignMeta).schema_2 ?? embeddedSchema(program);
  const demanded = services.filter((service) => {
    const { required = [], minItems = 0, minProperties = 0 } = schema?.[service] ?? {};
    return required.length + minItems + minProperties > 0;
  });
  return meta === undefined ? [...demanded, ...usesOf(program)] : demanded;
}

/** Stages never declared the services they got over the engine's sockets, and at first they didn't declare inputs. */
function usesOf(program: string): readonly string[] {
  const uses = {
    inputs: !/^SCHEMA_2 = /m.test(program) && /args\["inputs"\]/.test(program),
    sources: /args\["sources"\]/.test(program),
    "loop devices": /\bLoopClient\(/.test(program),
  };
  return Object.entries(uses).flatMap(([name, isUsed]) => (isUsed ? [name] : []));
}

/** Before there was a meta.json, a stage's source contained its schema_2. */
function embeddedSchema(program: string): Schema2 | undefined {
  const [, raw, text] = /^SCHEMA_2 = (r?)"""(.*?)^"""/ms.exec(program) ?? [];
  if (text === undefined) return undefined;
  // Only Python can read this text reliably. A schema that can't be parsed here counts as demanding nothing.
  return fromJson(schema2, `{${raw === "r" ? text : text.replaceAll("\\\\", "\\")}}`);
}

/** osbuild's assemblers need loop devices from their engine, so our own assemblers take their place. */
export const isServed = (contract: Contract, kind: StepKind) => contract === "own" || kind === "stage";

/** Translates the meta.json of a foreign program into ours. */
export function translate(contract: Contract, { name }: Pick<Program, "name">, found: object | undefined): Meta {
  if (contract === "own") return found ?? {};
  if (contract === "osbuild-run" || contract === "standard input") {
    // Nothing in these releases declares which stages download, so their names decide.
    const network = /\.(dnf|yum|rpm)$/.test(name);
    return { requires, network, pinned: name.endsWith(".rpm"), capabilities: [...capabilities, "CAP_MAC_ADMIN"] };
  }
  const { summary, description, schema, schema_2, capabilities: asked = [] } = (found ?? {}) as ForeignMeta;
  const { options = {}, definitions } = schema_2 ?? {};
  return {
    requires,
    capabilities: [...capabilities, ...asked],
    options: schema ?? { ...options, ...(definitions === undefined ? {} : { definitions }) },
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description: [description].flat().join("\n") }),
  };
}

/** Adds the files that start such a program or that it may import: `osbuild-run` and the libdir's Python modules. */
export async function hashSurroundings(hash: Hash, libdir: string): Promise<void> {
  const modules = existsSync(`${libdir}/osbuild`)
    ? await readdir(`${libdir}/osbuild`, { recursive: true, encoding: "utf8" })
    : [];
  const files = [
    ...modules.filter((path) => path.endsWith(".py")).map((path) => `osbuild/${path}`),
    ...(existsSync(`${libdir}/osbuild-run`) ? ["osbuild-run"] : []),
  ];
  for (const path of files.sort()) hash.update(canonicalString(path)).update(await readFile(`${libdir}/${path}`));
}
