import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { failure, hasCode } from "../errors.ts";

export type Kind = "stage" | "assembler";

/** A stage's or an assembler's program and what its meta.json says of it. */
export interface Program {
  readonly kind: Kind;
  readonly name: string;
  readonly path: string;
  /** The folder above `stages` and `assemblers`. */
  readonly libdir: string;
  readonly meta: Meta;
  /** sha256 of the program, of the modules that it imports, and of its meta.json: a change of any reruns the step. */
  readonly digest: string;
}

/** NAME.meta.json; docs/writing-stages.md describes the keys. */
export interface Meta {
  readonly summary?: string;
  readonly description?: string;
  readonly options?: object;
  readonly example?: object;
  readonly requires?: readonly string[];
  readonly network?: boolean;
  readonly capabilities?: readonly string[];
  readonly state?: boolean;
  readonly inputs?: readonly string[];
}

/** The programs of some libdirs; the first that has a name wins. */
export interface Library {
  readonly find: (kind: Kind, name: string) => Promise<Program | undefined>;
  readonly names: (kind: Kind) => Promise<readonly string[]>;
}

const folders = { stage: "stages", assembler: "assemblers" } as const;

export function openLibrary(libdirs: readonly string[]): Library {
  return {
    async find(kind, name) {
      // A name is a file's name, never a path.
      if (!/^[\w-][\w.-]*$/.test(name)) return undefined;
      for (const libdir of libdirs) {
        const program = await load(libdir, kind, canonicalName(name));
        if (program !== undefined) return program;
      }
      return undefined;
    },
    async names(kind) {
      const lists = await Promise.all(libdirs.map((libdir) => list(libdir, kind)));
      return [...new Set(lists.flat())].sort();
    },
  };
}

/** June 2019's names: `io.weldr.X` is `org.osbuild.X`. */
const canonicalName = (name: string) => name.replace(/^io\.weldr\./, "org.osbuild.");

async function list(libdir: string, kind: Kind): Promise<readonly string[]> {
  const files = await readdir(`${libdir}/${folders[kind]}`).catch(undefinedIf("ENOENT"));
  const programs = (files ?? []).filter((file) => /^[a-z]+\..*\w$/.test(file) && !file.endsWith(".json"));
  return programs.map((file) => file.replace(/\.ts$/, ""));
}

async function load(libdir: string, kind: Kind, name: string): Promise<Program | undefined> {
  const base = `${libdir}/${folders[kind]}/${name}`;
  for (const path of [`${base}.ts`, base]) {
    const source = await read(path);
    if (source === undefined) continue;
    const metaPath = `${base}.meta.json`;
    const metaText = await read(metaPath);
    const hash = createHash("sha256")
      .update(source)
      .update("\0")
      .update(metaText ?? "");
    if (path.endsWith(".ts")) await hashImports(hash, libdir, path, source.toString(), new Set([path]));
    return { kind, name, path, libdir, meta: parseMeta(metaPath, metaText), digest: hash.digest("hex") };
  }
  return undefined;
}

function parseMeta(path: string, text: Buffer | undefined): Meta {
  if (text === undefined) return {};
  try {
    return JSON.parse(text.toString()) as Meta;
  } catch (error) {
    throw failure("INVALID", `${path}: ${(error as Error).message}`, undefined, { cause: error });
  }
}

/** Adds what a module imports by relative path, and what that imports, in the order of the statements. */
async function hashImports(
  hash: ReturnType<typeof createHash>,
  libdir: string,
  path: string,
  source: string,
  seen: Set<string>,
): Promise<void> {
  for (const [, specifier] of source.matchAll(/\bfrom\s+"(\.{1,2}\/[^"]+)"/g)) {
    const imported = resolve(dirname(path), specifier as string);
    if (seen.has(imported)) continue;
    seen.add(imported);
    const text = await readFile(imported);
    hash.update(`\0${relative(libdir, imported)}\0`).update(text);
    await hashImports(hash, libdir, imported, text.toString(), seen);
  }
}

const read = (path: string) => readFile(path).catch(undefinedIf("ENOENT"));

function undefinedIf(code: string) {
  return (error: unknown) => {
    if (hasCode(error, code)) return undefined;
    throw error;
  };
}
