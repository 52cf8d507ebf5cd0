import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The modules below a folder of the repository. Paths are relative to the repository's root, here and below. */
export const modulesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.[jt]s$/.test(path))
    .map((path) => join(folder, path))
    .sort();

export const textOf = (path: string) => readFileSync(join(root, path), "utf8");

/** The modules of the repository that a module imports, including type imports. */
export const importsOf = (path: string) =>
  find(path, /^(?:import|export)\b(?:[^;]*?\bfrom)? "(\.[^"]+\.[jt]s)"|\bimport\((?:\/\*.*?\*\/ )?"(\.[^"]+\.ts)"\)/gm);

/** The modules of the repository that a module imports at run time, without type imports. */
const runTimeImportsOf = (path: string) =>
  find(
    path,
    /^(?:import|export) (?!type )(?:[^;]*?\bfrom )?"(\.[^"]+\.[jt]s)"|\bimport\((?:\/\*.*?\*\/ )?"(\.[^"]+\.ts)"\)/gm,
  );

const find = (path: string, pattern: RegExp): readonly string[] =>
  [...textOf(path).matchAll(pattern)].map((match) => join(dirname(path), (match[1] ?? match[2]) as string));

/** A module and everything that it imports at run time, directly or indirectly. */
export function closure(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const target of runTimeImportsOf(path)) closure(target, seen);
  return seen;
}

/** A module and everything that is loaded with it: what it imports only when it needs it isn't. */
export function loadedWith(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const targets = find(path, /^(?:import|export) (?!type )(?:[^;]*?\bfrom )?"(\.[^"]+\.[jt]s)"/gm);
  for (const target of targets) loadedWith(target, seen);
  return seen;
}

/** The modules that import themselves indirectly. */
export const circular = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => importsOf(path).some((target) => reaches(target, path, new Set())));

function reaches(from: string, goal: string, seen: Set<string>): boolean {
  if (from === goal) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return importsOf(from).some((target) => reaches(target, goal, seen));
}
