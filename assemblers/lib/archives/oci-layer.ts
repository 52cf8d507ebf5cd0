import type { Hash } from "node:crypto";
import { type Dirent, lstatSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { fail } from "../../../stages/lib/step.ts";
import { packMembers } from "./tar.ts";

/** The changes of one stage, as docs/writing-stages.md describes them. */
export interface TreeLayer {
  readonly directory: string;
  readonly opaque: readonly string[];
  readonly stage: string | null;
}

const marks = "/var/tmp/oci-marks";
const list = "/var/tmp/oci-members";

/**
 * Packs what one stage changed as a layer of a container image, compressed and, before that, into `hash`. Empty files
 * say what the stage deleted: see "Whiteouts" in the OCI's image specification, layer.md.
 */
export async function packLayer(layer: TreeLayer, epoch: number, path: string, hash: Hash): Promise<void> {
  writeFileSync(list, [...membersOf(layer, epoch)].map((member) => `${member}\0`).join(""), "latin1");
  // Container tools read ACLs only as the attributes that Linux stores them in.
  const attributes = ["--xattrs", "--xattrs-exclude=trusted.overlay.*"];
  const members = ["--no-recursion", "--null", "--no-verbatim-files-from", `--files-from=${list}`];
  await packMembers([...attributes, ...members], epoch, path, ["gzip", "--no-name"], hash);
  for (const made of [list, marks]) rmSync(made, { recursive: true, force: true });
}

/**
 * The lines of a list for tar, in latin1. A directory comes first, then the marks in it, which are in another place,
 * then its contents in byte order.
 */
function* membersOf({ directory, opaque }: TreeLayer, epoch: number): Generator<string> {
  const isOpaque = new Set(opaque);
  yield `--directory=${directory}`;
  yield* within(".");

  function* within(path: string): Generator<string> {
    const all = readdirSync(bytes(`${directory}/${path}`), { encoding: "latin1", withFileTypes: true });
    const entries = all.sort((a, b) => (a.name < b.name ? -1 : 1));
    const deleted = new Set(entries.filter((entry) => isWhiteout(`${directory}/${path}`, entry)));
    const hidden = [...deleted].map(({ name }) => name);
    const marked = isOpaque.has(path.slice("./".length)) ? [".wh..opq", ...hidden] : hidden;
    const switched = [
      `--directory=${marks}`,
      ...marked.map((name) => mark(path, name, epoch)),
      `--directory=${directory}`,
    ];
    yield* [`${path}/`, ...(marked.length > 0 ? switched : [])];
    for (const entry of entries) {
      if (entry.name.startsWith(".wh.")) refuse(path, entry.name, "a name that begins with .wh.");
      if (entry.isDirectory()) yield* within(`${path}/${entry.name}`);
      else if (!entry.isSocket() && !deleted.has(entry)) yield `${path}/${entry.name}`;
    }
  }
}

const isWhiteout = (parent: string, entry: Dirent<string>) =>
  entry.isCharacterDevice() && lstatSync(bytes(`${parent}/${entry.name}`)).rdev === 0;

/** Makes the file that says that a name was deleted. Returns its path. */
function mark(parent: string, name: string, epoch: number): string {
  const path = `${parent}/.wh.${name}`;
  if (name.length > 251) refuse(parent, name, "the deletion of a name of more than 251 bytes");
  mkdirSync(bytes(`${marks}/${parent}`), { recursive: true });
  writeFileSync(bytes(`${marks}/${path}`), "");
  utimesSync(bytes(`${marks}/${path}`), epoch, epoch);
  return path;
}

/** Names are arbitrary bytes, so each byte is one latin1 character. */
const bytes = (path: string) => Buffer.from(path, "latin1");

function refuse(parent: string, name: string, what: string): never {
  const path = bytes(`${parent}/${name}`.slice(1)).toString();
  fail(`a container's layer can't express ${what}: ${path}. Leave the file out, or set "layers" to false`);
}
