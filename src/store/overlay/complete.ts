import { lstatSync, readdirSync, unlinkSync } from "node:fs";
import type { Attributed } from "../../../assemblers/lib/getfattr.ts";
import { failure } from "../../errors.ts";
import { run } from "../../host/command.ts";
import { copyUp, joinLinks } from "./links.ts";
import { isWhiteout, placeOf, statOf } from "./lower.ts";
import { findTouched, type Moved, namesIn, notesOf, type Staged } from "./touched.ts";

/**
 * Completes a stage's changes, through the tree while it is still mounted, so that the new layer stands alone: it gets
 * all names of a changed file and all contents of a renamed directory. Returns the renamed directories, which `seal`
 * handles after the tree has been unmounted, and whether there was anything to do.
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

/** Copies up the contents of a renamed directory, except for files with several names. */
function fill(tree: string, upper: string, directory: string): void {
  for (const name of namesIn(tree, directory)) {
    const path = `${directory}/${name}`;
    const stats = statOf(tree, path);
    if (stats?.isDirectory()) fill(tree, upper, path);
    else if (stats === undefined || stats.nlink > 1n) continue;
    if (statOf(upper, path) === undefined) copyUp(tree, path);
  }
}

/** Detaches renamed directories from their originals in the layers below: the layer now holds all their contents. */
export async function seal(upper: string, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const paths = moved.map(({ path }) => `.${path}\0`).join("");
  const input = Buffer.from(paths, "latin1");
  for (const change of [["--remove=trusted.overlay.redirect"], ["--name=trusted.overlay.opaque", "--value=y"]])
    await run(["xargs", "--null", "setfattr", ...change, "--"], { cwd: upper, input });
  for (const { path } of moved) removeWhiteouts(placeOf(upper, path));
}

/** Removes the whiteouts of a sealed directory, which have nothing left to hide. */
function removeWhiteouts(directory: Buffer): void {
  for (const name of readdirSync(directory, { encoding: "buffer" })) {
    const path = Buffer.concat([directory, Buffer.from("/"), name]);
    const stats = lstatSync(path, { bigint: true });
    if (stats.isDirectory()) removeWhiteouts(path);
    else if (isWhiteout(stats)) unlinkSync(path);
  }
}

/** Fails if the tree itself has attributes with this prefix: in a layer they would mean something else. */
export function refuseMarks(found: readonly Attributed[], names: string): void {
  const [path = ""] = found.flatMap((file) =>
    [...file.attributes.keys()].some((name) => name.startsWith(names)) ? file.path : [],
  );
  if (path !== "") throw refusal(path, "has attributes trusted.overlay.*");
}

/** Fails if a first layer contains whiteouts, which would count as deletions. */
export function refuseWhiteouts([first]: readonly Buffer[], directory: string): void {
  if (first === undefined) return;
  throw refusal(first.subarray(Buffer.byteLength(directory) + 1).toString(), "is a character device 0:0");
}

const refusal = (path: string, is: string) =>
  failure(
    "STAGE_FAILED",
    `${path} ${is}: a tree can't contain another overlay's files, because it is stored in overlay layers itself`,
    "leave out such files, which container engines keep in /var/lib/containers and /var/lib/docker, or pack them into an archive in the tree",
  );
