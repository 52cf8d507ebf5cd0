import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fail } from "../step.ts";
import { isInTree, makeDirectory, resolveInTree, writeFile } from "../tree.ts";

/** The changes that dnf makes to a tree besides installing packages. */
export interface DnfNotes {
  /** The public keys that become known to the tree's rpm. */
  readonly keys?: readonly string[];
  /** The files that say which modules are enabled. dnf makes their directory even if there are none. */
  readonly modules?: Modules;
}

/** Texts of files by their names. */
export type Modules = Readonly<Record<string, string>>;

const moduleDirectory = "/etc/dnf/modules.d";

/** The files of a tree that say which modules are enabled, if dnf has made their directory. */
export function readModules(tree: string): Modules | undefined {
  if (!isInTree(tree, moduleDirectory)) return undefined;
  const directory = resolveInTree(tree, moduleDirectory);
  const names = readdirSync(directory).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${directory}/${name}`, "utf8")]));
}

/** The files that are new or have changed. Undefined if there are none, and the directory isn't new either. */
export function changedModules(before: Modules | undefined, after: Modules | undefined): Modules | undefined {
  const gone = Object.keys(before ?? {}).find((name) => after?.[name] === undefined);
  if (gone !== undefined) fail(`dnf has removed ${gone}: only a step that just adds packages can be locked`);
  const changed = Object.entries(after ?? {}).filter(([name, text]) => before?.[name] !== text);
  return after === undefined || (before !== undefined && changed.length === 0)
    ? undefined
    : Object.fromEntries(changed);
}

/** Makes the files in another tree. */
export function writeModules(tree: string, { modules }: DnfNotes): void {
  if (modules === undefined) return;
  makeDirectory(tree, moduleDirectory);
  for (const [name, text] of Object.entries(modules)) writeFile(tree, `${moduleDirectory}/${name}`, text);
}

/** Writes the keys to files, and returns their paths. */
export function writeKeys({ keys = [] }: DnfNotes): readonly string[] {
  return keys.map((key, index) => {
    const file = `/tmp/key-${index}.asc`;
    writeFileSync(file, key);
    return file;
  });
}

/** Reads the notes of a lock, which may have been edited by hand. */
export function parseNotes(notes: object = {}): DnfNotes {
  const { keys = [], modules = {} }: { readonly keys?: unknown; readonly modules?: unknown } = notes;
  const isText = (value: unknown) => typeof value === "string";
  const areKeys = Array.isArray(keys) && keys.every(isText);
  const areModules = Object.entries(Object(modules)).every(
    ([name, text]) => /^[\w.+-]+\.module$/.test(name) && isText(text),
  );
  if (areKeys && areModules) return notes;
  fail("the lock's notes aren't those of this stage: lock it again");
}
