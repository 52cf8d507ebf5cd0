import { createHash, type Hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { failure, hasCode } from "../errors.ts";
import { parseDocument } from "./document.ts";
import { contractOf, demandsOf, hashSurroundings, isServed, translate } from "./foreign.ts";
import type { Kind, Program } from "./program.ts";

/** The programs of some libdirs; the first that has a name wins. */
export interface Library {
  readonly find: (kind: Kind, name: string) => Promise<Program | undefined>;
  readonly names: (kind: Kind) => Promise<readonly string[]>;
}

const folders = { stage: "stages", assembler: "assemblers" } as const;

export function openLibrary(libdirs: readonly string[]): Library {
  const found = new Map<string, Promise<Program | undefined>>();
  return {
    find(kind, name) {
      const key = `${kind} ${name}`;
      const program = found.get(key) ?? findIn(libdirs, kind, canonicalName(name));
      found.set(key, program);
      return program;
    },
    async names(kind) {
      const lists = await Promise.all(libdirs.map((libdir) => list(libdir, kind)));
      return [...new Set(lists.flat())].sort();
    },
  };
}

/** June 2019's names: `io.weldr.X` is `org.osbuild.X`. */
export const canonicalName = (name: string) => name.replace(/^io\.weldr\./, "org.osbuild.");

/** A name is a file's name without its ending, never a path. */
const isName = (name: string) => /^[\w-][\w.-]*$/.test(name) && !/\.(ts|json)$/.test(name);

async function findIn(libdirs: readonly string[], kind: Kind, name: string): Promise<Program | undefined> {
  if (!isName(name)) return undefined;
  for (const libdir of libdirs) {
    const program = await load(libdir, kind, name);
    if (program !== undefined) return program;
  }
  return undefined;
}

async function list(libdir: string, kind: Kind): Promise<readonly string[]> {
  const entries = await readdir(`${libdir}/${folders[kind]}`, { withFileTypes: true }).catch(undefinedIf("ENOENT"));
  const files = (entries ?? []).filter((entry) => !entry.isDirectory());
  return files.map(({ name }) => name.replace(/\.ts$/, "")).filter(isName);
}

async function load(libdir: string, kind: Kind, name: string): Promise<Program | undefined> {
  const base = `${libdir}/${folders[kind]}/${name}`;
  for (const path of [`${base}.ts`, base]) {
    const source = await read(path);
    if (source === undefined) continue;
    const metaText = (await read(metaPath({ path })))?.toString();
    const hash = createHash("sha256")
      .update(source)
      .update(`\0${metaText ?? ""}`);
    if (path.endsWith(".ts")) await hashImports(hash, libdir, path, source.toString(), new Set([path]));
    const found = metaText === undefined ? undefined : parseMeta(metaPath({ path }), metaText);
    const contract = path.endsWith(".ts") ? "own" : contractOf(libdir, found, source.toString());
    if (!isServed(contract, kind)) return undefined;
    if (contract !== "own") await hashSurroundings(hash, libdir);
    const meta = translate(contract, { name }, found);
    const demands = demandsOf(contract, found, source.toString());
    return { kind, name, path, libdir, contract, meta, demands, digest: hash.digest("hex") };
  }
  return undefined;
}

export const metaPath = ({ path }: Pick<Program, "path">) => `${path.replace(/\.ts$/, "")}.meta.json`;

function parseMeta(path: string, text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    // Ours is the slower parser, and the one that says where and what.
    parseDocument(path, text);
    throw failure("INVALID", `${path}: ${(error as Error).message}`, undefined, { cause: error });
  }
}

/** Adds what a module imports by relative path, and what that imports, in the order of the statements. */
async function hashImports(hash: Hash, libdir: string, path: string, source: string, seen: Set<string>): Promise<void> {
  for (const [, specifier] of source.matchAll(/\b(?:from|import)[\s(]*["'](\.{1,2}\/[^"']+)["']/g)) {
    const imported = resolve(dirname(path), specifier as string);
    if (seen.has(imported)) continue;
    seen.add(imported);
    const text = await read(imported);
    hash.update(`\0${relative(libdir, imported)}\0`).update(text ?? "");
    if (text !== undefined) await hashImports(hash, libdir, imported, text.toString(), seen);
  }
}

/** Undefined where there is no such file: a directory, such as `stages/lib`, is none. */
const read = (path: string) => readFile(path).catch(undefinedIf("ENOENT", "EISDIR"));

function undefinedIf(...codes: readonly string[]) {
  return (error: unknown) => {
    if (codes.some((code) => hasCode(error, code))) return undefined;
    throw error;
  };
}
