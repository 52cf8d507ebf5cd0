import type { Hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { canonicalString } from "./canonical.ts";
import type { Contract, Kind, Meta, Program } from "./program.ts";

/** meta.json as osbuild's own stages have it today. */
interface ForeignMeta {
  readonly summary?: string;
  readonly description?: string | readonly string[];
  readonly capabilities?: readonly string[];
  /** Of the options. */
  readonly schema?: object;
  /** Of the whole stage. */
  readonly schema_2?: Schema2;
}

interface Schema2 extends Partial<Readonly<Record<Service, Demand>>> {
  readonly options?: object;
  readonly definitions?: object;
}

type Service = (typeof services)[number];

/** The part of a schema that says what must be there. */
interface Demand {
  readonly required?: readonly string[];
  readonly minItems?: number;
  readonly minProperties?: number;
}

/** osbuild's own engine can give its stages these beside their options. */
const services = ["inputs", "devices", "mounts"] as const;

/** What osbuild's stages may do without asking, beyond our default set. */
const capabilities = [
  "CAP_IPC_LOCK",
  "CAP_LINUX_IMMUTABLE",
  "CAP_MAC_OVERRIDE",
  "CAP_SYS_ADMIN",
  "CAP_SYS_NICE",
  "CAP_SYS_RESOURCE",
];
const requires = ["/usr/bin/python3"];

export function contractOf(libdir: string, meta: object | undefined, program: string): Contract {
  if (meta !== undefined) return "schema" in meta || "schema_2" in meta ? "arguments file" : "own";
  const [starter, runners] = [`${libdir}/osbuild-run`, `${libdir}/runners`];
  if (![starter, runners].some((path) => existsSync(path))) return "own";
  // Before there was a meta.json, how they get them is a matter of the release.
  if (/\bapi\.arguments\(/.test(program)) return asksEngine(libdir) ? "arguments socket" : "arguments file";
  // What starts them from release 5 on wants to be passed file descriptors over a socket: Node.js can't.
  const isOlder = existsSync(starter) && !readFileSync(starter, "utf8").includes("setup-stdio");
  return isOlder ? "osbuild-run" : "standard input";
}

function asksEngine(libdir: string): boolean {
  const api = `${libdir}/osbuild/api.py`;
  return existsSync(api) && readFileSync(api, "utf8").includes("get-arguments");
}

/**
 * Which of osbuild's services a stage can't do without. Many declare some that they can: whoever doesn't give them any
 * has stages such as `users` change the tree itself, here as there.
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

/** Nothing declares what the engine's sockets served; inputs were used for a while before they were declared. */
function usesOf(program: string): readonly string[] {
  const uses = {
    inputs: !/^SCHEMA_2 = /m.test(program) && /args\["inputs"\]/.test(program),
    sources: /args\["sources"\]/.test(program),
    "loop devices": /\bLoopClient\(/.test(program),
  };
  return Object.entries(uses).flatMap(([name, isUsed]) => (isUsed ? [name] : []));
}

/** Before there was a meta.json, a stage had in itself what its schema_2 says. */
function embeddedSchema(program: string): Schema2 | undefined {
  const [, raw, text] = /^SCHEMA_2 = (r?)"""(.*?)^"""/ms.exec(program) ?? [];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(`{${raw === "r" ? text : text.replaceAll("\\\\", "\\")}}`) as Schema2;
  } catch (error) {
    // It is Python's to read: what can't be made out here demands nothing.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** osbuild's assemblers want loop devices of the engine: ours take their places. */
export const isServed = (contract: Contract, kind: Kind) => contract === "own" || kind === "stage";

/** What our meta.json would say. */
export function translate(contract: Contract, { name }: Pick<Program, "name">, found: object | undefined): Meta {
  if (contract === "own") return found ?? {};
  if (contract === "osbuild-run" || contract === "standard input") {
    // Nothing tells who downloads.
    const network = /\.(dnf|yum|rpm)$/.test(name);
    return { requires, network, capabilities: [...capabilities, "CAP_MAC_ADMIN"] };
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

/** Adds what such a program may import or is started by: the libdir's Python modules and `osbuild-run`. */
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
