import { lstatSync, readdirSync, unlinkSync } from "node:fs";
import { failure } from "../errors.ts";
import { run } from "../host/command.ts";
import type { Attributed } from "./attributes.ts";
import { copyUp, joinLinks } from "./links.ts";
import { isWhiteout, placeOf, statOf } from "./lower.ts";
import { findTouched, type Moved, namesIn, notesOf, type Staged } from "./touched.ts";

/**
 * Brings what a stage has changed into a form in which the new layer says it by itself, through the tree while it is
 * mounted: all names of a changed file, and all that a renamed directory holds. Returns the renamed directories, which
 * `seal` must see to once the tree isn't mounted any more, and whether anything was to be done.
 */
export async function complete(
  { tree, upper, layers }: Pick<Staged, "tree" | "upper" | "layers">,
  found: readonly Attributed[],
): Promise<{ readonly moved: readonly Moved[]; readonly touched: boolean }> {
  const notes = notesOf(found);
  const { moved, linked } = findTouched(upper, layers, notes);
  for (const { path } of moved) fill(tree, upper, path);
  if (linked.length > 0) await joinLinks({ tree, upper, layers, notes, moved }, linked);
  return { moved, touched: moved.length + linked.length > 0 };
}

/** Copies up all that a renamed directory holds, but for files with several names. */
function fill(tree: string, upper: string, directory: string): void {
  for (const name of namesIn(tree, directory)) {
    const path = `${directory}/${name}`;
    const stats = statOf(tree, path);
    if (stats?.isDirectory()) fill(tree, upper, path);
    else if (stats === undefined || stats.nlink > 1n) continue;
    if (statOf(upper, path) === undefined) copyUp(tree, path);
  }
}

/** Cuts renamed directories off from what they were below: all that they hold is in the layer now. */
export async function seal(upper: string, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const paths = moved.map(({ path }) => `.${path}\0`).join("");
  const input = Buffer.from(paths, "latin1");
  for (const change of [["--remove=trusted.overlay.redirect"], ["--name=trusted.overlay.opaque", "--value=y"]])
    await run(["xargs", "--null", "setfattr", ...change, "--"], { cwd: upper, input });
  for (const { path } of moved) removeWhiteouts(placeOf(upper, path));
}

/** There is nothing below any more that they could hide. */
function removeWhiteouts(directory: Buffer): void {
  for (const name of readdirSync(directory, { encoding: "buffer" })) {
    const path = Buffer.concat([directory, Buffer.from("/"), name]);
    const stats = lstatSync(path, { bigint: true });
    if (stats.isDirectory()) removeWhiteouts(path);
    else if (isWhiteout(stats)) unlinkSync(path);
  }
}

/** Fails where the tree itself has attributes whose names begin like this: a layer would mean something else by them. */
export function refuseMarks(found: readonly Attributed[], names: string): void {
  const [path = ""] = found.flatMap((file) =>
    file.attributes.some((attribute) => attribute.startsWith(names)) ? file.path : [],
  );
  if (path !== "") throw refusal(path, "has attributes trusted.overlay.*");
}

/** Fails where a tree that has nothing beneath it holds whiteouts, which a layer would take for deletions. */
export function refuseWhiteouts([first]: readonly Buffer[], directory: string): void {
  if (first === undefined) return;
  throw refusal(first.subarray(Buffer.byteLength(directory) + 1).toString(), "is a character device 0:0");
}

const refusal = (path: string, is: string) =>
  failure(
    "STAGE_FAILED",
    `${path} ${is}: a tree can't hold another overlay's marks, because it is kept in layers itself`,
    "leave such files out, as container engines keep them below /var/lib/containers and /var/lib/docker, or pack them into an archive in the tree",
  );
