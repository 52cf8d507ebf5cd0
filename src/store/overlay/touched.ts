import { readdirSync } from "node:fs";
import { type Attributed, bytesOf } from "../../../assemblers/lib/getfattr.ts";
import { type LowerFile, merged, placeOf, statOf, topmost } from "./lower.ts";

/** overlayfs's attributes of the files in an upper directory. */
export interface Notes {
  readonly has: (path: string, name: "origin" | "impure" | "opaque") => boolean;
  /** The path that a renamed directory has in the layers below. */
  readonly redirect: (path: string) => string | undefined;
}

/** Makes overlayfs's attributes accessible by path. */
export function notesOf(found: readonly Attributed[]): Notes {
  const values = new Map(found.map(({ path, attributes }) => [path === "." ? "" : `/${path}`, attributes]));
  const get = (path: string, name: string) => values.get(path)?.get(`trusted.overlay.${name}`);
  return {
    has: (path, name) => get(path, name) !== undefined,
    redirect(path) {
      const hex = get(path, "redirect");
      return hex === undefined ? undefined : bytesOf(hex).toString("latin1");
    },
  };
}

/** Attributes without those that overlayfs marks the files of a layer with. */
export const withoutMarks = (attributes: Attributed["attributes"]): Attributed["attributes"] =>
  new Map([...attributes].filter(([name]) => !name.startsWith("trusted.overlay.")));

/** A directory that a stage has renamed, with its path in the layers below. */
export interface Moved {
  readonly path: string;
  readonly lower: string;
}

/** A stage's tree while it is still mounted. */
export interface Staged {
  /** The tree itself, and the directory in which its changes collect, as paths of the host. */
  readonly tree: string;
  readonly upper: string;
  /** The directories of the layers below, the uppermost first. */
  readonly layers: readonly string[];
  readonly notes: Notes;
  readonly moved: readonly Moved[];
}

/** Changes of a stage to files of lower layers that its own layer doesn't yet express completely. */
export interface Touched {
  readonly moved: readonly Moved[];
  /** Files with several names. The stage has changed, replaced or deleted this one of the names. */
  readonly linked: readonly LowerFile[];
}

/** Finds such changes in `upper`. New directories need no search. */
export function findTouched(upper: string, layers: readonly string[], notes: Notes): Touched {
  const moved: Moved[] = [];
  const linked: LowerFile[] = [];
  below("", "", layers);
  return { moved, linked };

  function below(directory: string, lowerDirectory: string, present: readonly string[]): void {
    for (const name of namesIn(upper, directory)) {
      const [path, lower] = [`${directory}/${name}`, `${lowerDirectory}/${name}`];
      const stats = statOf(upper, path);
      if (!stats?.isDirectory()) {
        hidden(lower, present);
        continue;
      }
      const redirect = notes.redirect(path);
      if (redirect !== undefined) {
        const from = redirect.startsWith("/") ? redirect : `${lowerDirectory}/${redirect}`;
        moved.push({ path, lower: from });
        hidden(lower, present);
        below(path, from, merged(layers, from));
        continue;
      }
      const under = notes.has(path, "opaque") ? [] : merged(present, lower);
      if (under.length > 0) below(path, lower, under);
      else hidden(lower, present);
    }
  }

  /** Handles a lower path that is hidden now: it may be one of several names, or a directory that contains such. */
  function hidden(path: string, present: readonly string[]): void {
    const file = topmost(present, path);
    if (file === undefined) return;
    if (!file.stats.isDirectory()) {
      if (file.stats.nlink > 1n) linked.push(file);
      return;
    }
    const under = merged(present, path);
    const names = new Set(under.flatMap((layer) => namesIn(layer, path)));
    for (const name of names) hidden(`${path}/${name}`, under);
  }
}

/** The lower path that a path of the tree shows. Undefined if it goes through a new directory. */
export function lowerOf(path: string, notes: Notes): string | undefined {
  let [at, lower] = ["", ""];
  for (const name of path.split("/").slice(1)) {
    const directory = lower;
    at += `/${name}`;
    lower += `/${name}`;
    const redirect = notes.redirect(at);
    if (redirect !== undefined) lower = redirect.startsWith("/") ? redirect : `${directory}/${redirect}`;
    else if (notes.has(at, "opaque")) return undefined;
  }
  return lower;
}

/** The present path in the tree of a file from the layers below, if it still has one. */
export function currentOf(lower: string, moved: readonly Moved[], notes: Notes): string | undefined {
  const holders = moved.filter((directory) => lower.startsWith(`${directory.lower}/`));
  const nearest = holders.toSorted((a, b) => b.lower.length - a.lower.length)[0];
  const path = nearest === undefined ? lower : nearest.path + lower.slice(nearest.lower.length);
  return lowerOf(path, notes) === lower ? path : undefined;
}

/** The names in a directory of a tree, in latin1. */
export const namesIn = (directory: string, path: string): readonly string[] =>
  readdirSync(placeOf(directory, path), { encoding: "buffer" }).map((name) => name.toString("latin1"));
