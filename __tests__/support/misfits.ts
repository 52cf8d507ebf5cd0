import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { sh } from "./store.ts";

type Damage = (path: string) => void;

/** Things that can be in place of a file. */
export const strange: { readonly [what: string]: Damage } = {
  "half of it": (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  "an empty file": (path) => truncateSync(path, 0),
  "a huge file": (path) => truncateSync(path, 2 ** 40),
  "a FIFO": (path) => sh('rm "$1"; mkfifo "$1"', path),
  "a link to the very file": (path) => sh('mv "$1" "$1.aside"; ln -s "$1.aside" "$1"', path),
  "a link to a device": (path) => sh('ln -sf /dev/zero "$1"', path),
  "a directory": (path) => sh('rm "$1"; mkdir -p "$1/sub"', path),
};

/** The same, and the JSON file with each of its values, at any depth, replaced with one of another type. */
export function damagesOf(path: string, isChecked: (key: string) => boolean = () => true): readonly [string, Damage][] {
  const places = placesIn(JSON.parse(readFileSync(path, "utf8")), []).filter((keys) => isChecked(keys.join(".")));
  const mistyped = places.map((keys): [string, Damage] => [
    `${keys.join(".") || "all of it"} of another type`,
    (file) => writeFileSync(file, JSON.stringify(mistype(JSON.parse(readFileSync(file, "utf8")), keys))),
  ]);
  return [...mistyped, ...Object.entries(strange)];
}

type Keys = readonly (string | number)[];

function placesIn(value: unknown, keys: Keys): readonly Keys[] {
  if (typeof value !== "object" || value === null) return [keys];
  return [keys, ...Object.entries(value).flatMap(([key, within]) => placesIn(within, [...keys, key]))];
}

function mistype(value: unknown, [key, ...keys]: Keys): unknown {
  if (key === undefined) return typeof value === "string" ? 7 : typeof value === "object" ? "text" : {};
  const changed = (Array.isArray(value) ? [...value] : { ...(value as object) }) as { [key: string]: unknown };
  changed[key] = mistype(changed[key], keys);
  return changed;
}

/** Restores a file, whatever is in its place. */
export function putBack(path: string, bytes: Buffer): void {
  rmSync(path, { recursive: true, force: true });
  writeFileSync(path, bytes);
}
