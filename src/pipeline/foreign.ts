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
  readonly schema_2?: { readonly options?: object; readonly definitions?: object };
}

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
  if (/\bapi\.arguments\(/.test(program)) return "arguments file";
  // What starts them from release 5 on wants to be passed file descriptors over a socket: Node.js can't.
  const isOlder = existsSync(starter) && !readFileSync(starter, "utf8").includes("setup-stdio");
  return isOlder ? "osbuild-run" : "standard input";
}

/** osbuild's assemblers want loop devices of the engine: ours take their places. */
export const isServed = (contract: Contract, kind: Kind) => contract === "own" || kind === "stage";

/** What our meta.json would say. */
export function translate(contract: Contract, { name }: Pick<Program, "name">, found: object | undefined): Meta {
  if (contract === "own") return found ?? {};
  if (contract !== "arguments file") {
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
