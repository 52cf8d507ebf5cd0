import { randomUUID } from "node:crypto";
import { lutimesSync } from "node:fs";
import { appendFile, open, stat, writeFile } from "node:fs/promises";
import type { Namespace } from "../host/namespace.ts";
import type { Layout } from "./layout.ts";
import { addFile } from "./objects.ts";

/** A squashfs image is padded to this, and what follows it is the layer's POSIX ACLs: the format has no place for them. */
const block = 4096;

/**
 * Makes a directory that a stage has filled what a layer must be: free of what overlayfs notes for itself and differs
 * from run to run, and without times later than the source epoch, or finer than a second, which squashfs can't keep.
 * Whoever reads the tree then sees the same, whether the layer is still raw or came back from the store.
 */
export async function settle(namespace: Namespace, upper: string, epoch: number): Promise<void> {
  const marked = await listAttributes(namespace, upper, "^trusted\\.overlay\\.(origin|impure|uuid)$");
  for (const name of new Set(marked.map((mark) => mark.attribute))) {
    const paths = marked.filter(({ attribute }) => attribute === name).map(({ path }) => `${path}\0`);
    const input = Buffer.from(paths.join(""), "latin1");
    await namespace.run(["xargs", "--null", "setfattr", "--no-dereference", `--remove=${name}`], { input });
  }
  const listing = await namespace.run(["find", upper, "-printf", "%T@ %p\\0"], { encoding: "latin1" });
  for (const entry of listing.split("\0")) {
    const [seconds = "", fraction = ""] = entry.slice(0, entry.indexOf(" ")).split(".");
    const time = Number(seconds);
    if (entry === "" || (time <= epoch && /^0*$/.test(fraction))) continue;
    const clamped = Math.min(time, epoch);
    lutimesSync(Buffer.from(entry.slice(entry.indexOf(" ") + 1), "latin1"), clamped, clamped);
  }
}

interface Mark {
  readonly path: string;
  readonly attribute: string;
}

/** The files below a directory that have an extended attribute whose name matches; paths as latin1. */
async function listAttributes(namespace: Namespace, directory: string, pattern: string): Promise<readonly Mark[]> {
  const argv = ["getfattr", "--recursive", "--physical", "--no-dereference", "--absolute-names", `--match=${pattern}`];
  const listing = await namespace.run([...argv, directory], { encoding: "latin1" });
  return listing.split("\n\n").flatMap((entry) => {
    const [file = "", ...attributes] = entry.split("\n").filter((line) => line !== "");
    const path = file
      .slice("# file: ".length)
      .replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8)));
    return attributes.map((attribute) => ({ path, attribute }));
  });
}

/** Packs a settled layer into the store: one file, its bytes a function of the layer's content alone. */
export async function pack(namespace: Namespace, layout: Layout, upper: string, workspace: string, epoch: number) {
  const image = `${workspace}/${randomUUID()}.squashfs`;
  const argv = ["mksquashfs", upper, image, "-noappend", "-no-progress", "-quiet", "-comp", "zstd"];
  await namespace.run([...argv, "-Xcompression-level", "3"], { env: { SOURCE_DATE_EPOCH: String(epoch) } });
  const acls = await readAcls(namespace, upper);
  if (acls !== "") await appendFile(image, acls, "latin1");
  return addFile(layout, image);
}

async function readAcls(namespace: Namespace, upper: string): Promise<string> {
  const marked = await listAttributes(namespace, upper, "^system\\.posix_acl_(access|default)$");
  if (marked.length === 0) return "";
  const argv = ["getfacl", "--recursive", "--physical", "--skip-base", "--numeric", "."];
  const listing = await namespace.run(argv, { cwd: upper, encoding: "latin1" });
  // getfacl goes in the directory's order, which differs from disk to disk.
  return `${listing.trim().split("\n\n").sort().join("\n\n")}\n`;
}

/** Whether an object holds ACLs, which a mount of it would not show. */
export async function hasAcls(object: string): Promise<boolean> {
  return (await stat(object)).size > (await imageSize(object));
}

/** The length of the squashfs image in an object: `bytes_used` of its superblock, padded. */
async function imageSize(object: string): Promise<number> {
  await using file = await open(object);
  const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 40);
  return Math.ceil(Number(buffer.readBigUInt64LE()) / block) * block;
}

/** Unpacks an object into a directory that doesn't exist, where mounting it isn't possible or isn't enough. */
export async function unpack(namespace: Namespace, object: string, directory: string): Promise<void> {
  await namespace.run(["unsquashfs", "-no-progress", "-quiet", "-dest", directory, object]);
  const size = await imageSize(object);
  await using file = await open(object);
  const acls = (await file.readFile()).subarray(size);
  if (acls.length === 0) return;
  await writeFile(`${directory}.acl`, acls);
  await namespace.run(["setfacl", `--restore=${directory}.acl`], { cwd: directory });
}
