import { createHash, hash as sum } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { findNodeAtLocation } from "jsonc-parser";
import { BuildError, hasCode } from "../errors.ts";
import { locationOf, parseDocument } from "../json/document.ts";
import { toValue } from "../json/nodes.ts";
import { object, type Shape } from "../json/shape.ts";
import { nameOf, quote, shown } from "../json/wording.ts";
import { remembered } from "../remembered.ts";
import { contractOf, demandsOf, foreignMeta, hashSurroundings, isForeign, isServed, translate } from "./foreign.ts";
import { ownMeta, type Program, type StepKind } from "./program.ts";

/** The programs of several libdirs. If two have a program of the same name, the first wins. */
export interface Library {
  readonly find: (kind: StepKind, name: string) => Promise<Program | undefined>;
  readonly names: (kind: StepKind) => Promise<readonly string[]>;
}

const folders = { stage: "stages", assembler: "assemblers" } as const;

/** Opens the libdirs. Each program is read only when it is first asked for. */
export function openLibrary(libdirs: readonly string[]): Library {
  const found = new Map<string, Promise<Program | undefined>>();
  const moduleAt = remembered(readModule);
  return {
    find(kind, name) {
      const key = `${kind} ${name}`;
      const program = found.get(key) ?? findIn(libdirs, moduleAt, kind, canonicalName(name));
      found.set(key, program);
      return program;
    },
    async names(kind) {
      const lists = await Promise.all(libdirs.map((libdir) => list(libdir, kind)));
      return [...new Set(lists.flat())].sort();
    },
  };
}

/** All programs of a library: the stages and then the assemblers, each by name. */
export async function allPrograms(library: Library): Promise<readonly Program[]> {
  const kinds = Object.keys(folders) as StepKind[];
  const found = await Promise.all(
    kinds.map(async (kind) => Promise.all((await library.names(kind)).map((name) => library.find(kind, name)))),
  );
  return found.flat().filter((program) => program !== undefined);
}

/** Translates the names of June 2019: `io.weldr.X` is now `org.osbuild.X`. */
export const canonicalName = (name: string) => name.replace(/^io\.weldr\./, "org.osbuild.");

/** A program's name is its file's name without the extension, never a path. */
const isName = (name: string) =>
  /^[\w-][\w.-]*$/.test(name) && !/\.(ts|json)$/.test(name) && `${name}.meta.json`.length <= 255;

/** Reads a module once, because most belong to several programs. */
type ModuleAt = (path: string) => Module | undefined;

async function findIn(
  libdirs: readonly string[],
  moduleAt: ModuleAt,
  kind: StepKind,
  name: string,
): Promise<Program | undefined> {
  if (!isName(name)) return undefined;
  for (const libdir of libdirs) {
    const program = await load(libdir, moduleAt, kind, name);
    if (program !== undefined) return program;
  }
  return undefined;
}

async function list(libdir: string, kind: StepKind): Promise<readonly string[]> {
  const entries = await readdir(`${libdir}/${folders[kind]}`, { withFileTypes: true }).catch(undefinedIf("ENOENT"));
  const files = (entries ?? []).filter((entry) => !entry.isDirectory());
  return files.map(({ name }) => name.replace(/\.ts$/, "")).filter(isName);
}

async function load(libdir: string, moduleAt: ModuleAt, kind: StepKind, name: string): Promise<Program | undefined> {
  const base = `${libdir}/${folders[kind]}/${name}`;
  for (const path of [`${base}.ts`, base]) {
    const source = moduleAt(path);
    if (source === undefined) continue;
    const metaText = read(metaPath({ path }))?.toString();
    const hash = createHash("sha256")
      .update(source.bytes)
      .update(`\0${metaText ?? ""}`);
    const modules = path.endsWith(".ts") ? withImports(moduleAt, path) : new Map<string, Module>();
    for (const [imported, module] of modules)
      if (imported !== path) hash.update(`\0${relative(libdir, imported)}\0`).update(module.bytes);
    const found = metaText === undefined ? undefined : parseMeta(metaPath({ path }), metaText);
    const contract = path.endsWith(".ts") ? "own" : contractOf(libdir, found, source.text);
    if (!isServed(contract, kind)) return undefined;
    if (contract !== "own") await hashSurroundings(hash, libdir);
    const meta = translate(contract, { name }, found);
    const demands = demandsOf(contract, found, source.text);
    const named = [...modules].map(([file, module]) => [relative(libdir, file), module] as const);
    const files = new Map(named.map(([file, module]) => [file, module.digest]));
    files.set(relative(libdir, path), source.digest);
    if (metaText !== undefined) files.set(relative(libdir, metaPath({ path })), sum("sha256", metaText));
    const texts = new Map(named.map(([file, { text }]) => [file, text]));
    return { kind, name, path, libdir, contract, meta, demands, digest: hash.digest("hex"), files, modules: texts };
  }
  return undefined;
}

/** The path of a program's meta.json. */
export const metaPath = ({ path }: Pick<Program, "path">) => `${path.replace(/\.ts$/, "")}.meta.json`;

function parseMeta(path: string, text: string): object {
  const meta = parse(path, text);
  requireShape(path, text, meta, object);
  requireShape(path, text, meta, isForeign(meta) ? foreignMeta : ownMeta);
  return meta;
}

function parse(path: string, text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Our own parser is slower, but it takes comments, and reports what is wrong and where.
    return toValue(parseDocument(path, text).root) as object;
  }
}

/** Throws if a program's meta.json isn't as docs/writing-stages.md describes it. */
function requireShape(path: string, text: string, meta: object, shape: Shape<object>): void {
  const misfit = shape.misfit(meta);
  if (misfit === undefined) return;
  const document = parseDocument(path, text);
  const { root } = document;
  const keys = [...misfit.path];
  const node = findNodeAtLocation(root, keys);
  const place = node ?? findNodeAtLocation(root, keys.slice(0, -1)) ?? root;
  const name = node === root ? "a meta.json" : nameOf(place);
  const message =
    node === undefined ? `${quote(keys.at(-1))} is missing` : `${name} must be ${misfit.expected}, not ${shown(node)}`;
  throw new BuildError("INVALID", [{ message, at: locationOf(document, place) }]);
}

/** A file of TypeScript, with the paths that it imports, in the order of the imports. */
interface Module {
  readonly bytes: Buffer;
  readonly text: string;
  readonly digest: string;
  readonly imports: readonly string[];
}

/** A module and those that it imports, with theirs, by path: each before those that it imports. */
function withImports(moduleAt: ModuleAt, path: string, found = new Map<string, Module>()) {
  const module = moduleAt(path) ?? moduleOf(path, Buffer.alloc(0));
  found.set(path, module);
  for (const imported of module.imports) if (!found.has(imported)) withImports(moduleAt, imported, found);
  return found;
}

function readModule(path: string): Module | undefined {
  const bytes = read(path);
  return bytes === undefined ? undefined : moduleOf(path, bytes);
}

function moduleOf(path: string, bytes: Buffer): Module {
  const text = bytes.toString();
  const specifiers = text.matchAll(/\b(?:from|import)[\s(]*["'](\.{1,2}\/[^"']+)["']/g);
  const imports = [...specifiers].map(([, specifier]) => resolve(dirname(path), specifier as string));
  return { bytes, text, digest: sum("sha256", bytes), imports };
}

/**
 * Undefined if there is no such file. A directory, such as `stages/lib`, isn't a file. The many small files of a
 * build's programs are read at once, because each wait for a thread takes longer than reading one.
 */
function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    return undefinedIf("ENOENT", "EISDIR")(error);
  }
}

function undefinedIf(...codes: readonly string[]) {
  return (error: unknown) => {
    if (codes.some((code) => hasCode(error, code))) return undefined;
    throw error;
  };
}
