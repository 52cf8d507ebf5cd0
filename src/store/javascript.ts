import { hash } from "node:crypto";
import { version } from "node:process";
import { hasCode } from "../errors.ts";
import { isUnreadable, readPlain } from "../host/plain-file.ts";
import { digest, fromJson, object, shaped } from "../json/shape.ts";
import type { Program } from "../programs/program.ts";
import { stripTypes } from "../programs/strip-types.ts";
import type { Layout } from "./layout.ts";
import { putFile } from "./put.ts";

/** Provides the JavaScript of programs in TypeScript. */
export interface JavaScriptFiles {
  /** Begins to make the files of these programs that the store lacks. */
  readonly prepare: (programs: readonly Program[]) => void;
  /** The file with a program's modules as JavaScript. Undefined if it isn't in TypeScript. */
  readonly of: (program: Program) => Promise<string | undefined>;
}

/**
 * Keeps the JavaScript of programs in the store: Node.js needs twice as long to strip a program's types as for
 * everything else that it does before the program begins. A file is made from the text that the program's digest
 * covers, by the engine and in no container, and programs can only read it.
 */
export function openJavaScript(layout: Layout): JavaScriptFiles {
  const files = new Map<string, Promise<string | undefined>>();
  const prepare = (programs: readonly Program[]) => {
    const all = new Map(programs.map((program) => [program.digest, program]));
    const asked = [...all.values()].filter(({ digest: name, modules }) => modules.size > 0 && !files.has(name));
    const made = provide(layout, asked);
    for (const program of asked) {
      const file = made.then(() => placeOf(layout, program));
      // Whoever waits for it hears of a failure.
      file.catch(() => undefined);
      files.set(program.digest, file);
    }
  };
  return {
    prepare,
    async of(program) {
      prepare([program]);
      return files.get(program.digest);
    },
  };
}

/** Another release of Node.js may strip types in another way. */
const placeOf = (layout: Layout, program: Program) =>
  layout.javaScript(hash("sha256", JSON.stringify([program.digest, version])));

/** The content of a file: the modules by path below the libdir, and the digest of their JSON. */
const fileShape = shaped<{ readonly digest: string; readonly modules: object }>({ digest, modules: object });

/** The most bytes that are read. */
const mostBytes = 64 * 1024 ** 2;

/** Makes the files that are missing or damaged. */
async function provide(layout: Layout, programs: readonly Program[]): Promise<void> {
  const states = await Promise.all(programs.map((program) => isSound(placeOf(layout, program))));
  const missing = programs.filter((_, index) => !states[index]);
  const sources = new Set(missing.flatMap(({ modules }) => [...modules.values()]));
  if (sources.size === 0) return;
  const stripped = await stripTypes([...sources]);
  const scripts = new Map([...sources].map((source, index) => [source, stripped[index]]));
  for (const program of missing) {
    const found = [...program.modules].map(([path, source]) => [path, scripts.get(source)] as const);
    const modules = Object.fromEntries(found.filter(([, script]) => script !== null));
    const text = JSON.stringify({ digest: hash("sha256", JSON.stringify(modules)), modules });
    // A container of another build may show the file that is there.
    await putFile(layout, text, placeOf(layout, program));
  }
}

async function isSound(path: string): Promise<boolean> {
  try {
    const found = fromJson(fileShape, await readPlain(path, mostBytes));
    return found !== undefined && found.digest === hash("sha256", JSON.stringify(found.modules));
  } catch (error) {
    if (hasCode(error, "ENOENT") || isUnreadable(error)) return false;
    throw error;
  }
}
