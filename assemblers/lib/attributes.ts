import { spawnSync } from "node:child_process";
import { fail } from "../../stages/lib/step.ts";

/** A file with extended attributes. */
export interface Attributed {
  /** From the tree's root on; a name is any bytes, which latin1 keeps. */
  readonly path: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  readonly name: string;
  readonly value: Buffer;
}

/**
 * The tree's files with several extended attributes, these sorted: a file system lists them in an order of its own, and
 * tools that copy them keep that.
 */
export const attributedFiles = (tree: string): readonly Attributed[] =>
  listAttributes(tree).filter(({ attributes }) => attributes.length > 1);

/** The paths of the tree's files that have an ACL. */
export const aclFiles = (tree: string): readonly string[] =>
  listAttributes(tree)
    .filter(({ attributes }) => attributes.some(({ name }) => name.startsWith("system.posix_acl_")))
    .map(({ path }) => path);

/** The tree's files with attributes. */
function listAttributes(tree: string): readonly Attributed[] {
  const argv = ["--recursive", "--physical", "--no-dereference", "--dump", "--match=-", "--encoding=hex"];
  const { error, stdout, stderr } = spawnSync("getfattr", [...argv, "--absolute-names", tree], {
    maxBuffer: Number.MAX_SAFE_INTEGER,
    encoding: "latin1",
  });
  if (error !== undefined) fail(`getfattr: not found in the build root (${error.message})`);
  // A squashfs in which no file has attributes doesn't support them.
  const problem = stderr.split("\n").find((line) => line !== "" && !line.endsWith(": Operation not supported"));
  if (problem !== undefined) fail(problem);
  return stdout
    .split("\n\n")
    .filter((file) => file.trim() !== "")
    .map((file) => parseFile(tree, file.split("\n")));
}

/** A line `# file: PATH`, and one `NAME=0xVALUE` for each attribute. */
function parseFile(tree: string, [heading = "", ...lines]: readonly string[]): Attributed {
  const path = unescaped(heading.slice("# file: ".length)).slice(tree.length);
  const attributes = lines.map((line) => {
    const at = line.lastIndexOf("=");
    return { name: unescaped(line.slice(0, at)), value: Buffer.from(line.slice(at + "=0x".length), "hex") };
  });
  return { path: path || "/", attributes: attributes.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

const unescaped = (text: string) =>
  text.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
