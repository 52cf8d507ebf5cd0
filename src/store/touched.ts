import { readdirSync } from "node:fs";
import type { Attributed } from "./attributes.ts";
import { type LowerFile, merged, placeOf, statOf, topmost } from "./lower.ts";

/** overlayfs's notes on the files in an upper directory. */
export interface Notes {
  readonly has: (path: string, name: "origin" | "impure" | "opaque") => boolean;
  /** The path below of a directory that was renamed. */
  readonly redirect: (path: string) => string | undefined;
}

export function notesOf(found: readonly Attributed[]): Notes {
  const values = new Map(
    found.map(({ path, attributes }) => [
      path === "." ? "" : `/${path}`,
      new Map(attributes.map((line) => line.split("=", 2) as [name: string, value: string])),
    ]),
  );
  const get = (path: string, name: string) => values.get(path)?.get(`trusted.overlay.${name}`);
  return {
    has: (path, name) => get(path, name) !== undefined,
    redirect(path) {
      const hex = get(path, "redirect");
      return hex === undefined ? undefined : Buffer.from(hex.slice("0x".length), "hex").toString("latin1");
    },
  };
}

/** A directory that a stage has renamed, and what it was called in the layers below. */
export interface Moved {
  readonly path: string;
  readonly lower: string;
}

/** A stage's tree while it is still mounted. */
export interface Staged {
  /** The tree itself, and the directory in which its changes collect, as paths of the host. */
  readonly tree: string;
  readonly upper: string;
  /** The directories of the layers beneath, the uppermost first. */
  readonly layers: readonly string[];
  readonly notes: Notes;
  readonly moved: readonly Moved[];
}

/** Changes of a stage to files of the layers below that its layer by itself doesn't say in full. */
export interface Touched {
  readonly moved: readonly Moved[];
  /** Files with several names, of which the stage has changed, replaced or deleted this one. */
  readonly linked: readonly LowerFile[];
}

/** Looks at what a stage has left in `upper`; below new directories there is nothing to find. */
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

  /** A name that no longer shows what it showed: this may be one of several names, or a directory that holds some. */
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

/** The path below that a path of the tree shows, where none of it is new. */
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

/** The path in the tree that a file of the layers below has now, if it still has one. */
export function currentOf(lower: string, moved: readonly Moved[], notes: Notes): string | undefined {
  const holders = moved.filter((directory) => lower.startsWith(`${directory.lower}/`));
  const nearest = holders.toSorted((a, b) => b.lower.length - a.lower.length)[0];
  const path = nearest === undefined ? lower : nearest.path + lower.slice(nearest.lower.length);
  return lowerOf(path, notes) === lower ? path : undefined;
}

export const namesIn = (directory: string, path: string): readonly string[] =>
  readdirSync(placeOf(directory, path), { encoding: "buffer" }).map((name) => name.toString("latin1"));
