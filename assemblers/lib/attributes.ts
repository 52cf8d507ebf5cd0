import { spawnSync } from "node:child_process";
import { fail } from "../../stages/lib/step.ts";

/** A file with several extended attributes. */
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
export function attributedFiles(tree: string): readonly Attributed[] {
  const argv = ["--recursive", "--physical", "--no-dereference", "--dump", "--match=-", "--encoding=hex"];
  const { error, status, stdout, stderr } = spawnSync("getfattr", [...argv, "--absolute-names", tree], {
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: Number.MAX_SAFE_INTEGER,
    encoding: "latin1",
  });
  if (error !== undefined) fail(`getfattr: ${error.message}`);
  // A layer that came from the store and has no attributes at all doesn't know of such a thing.
  const complaints = stderr.split("\n").filter((line) => line !== "" && !line.endsWith(": Operation not supported"));
  if (complaints.length > 0 || (status !== 0 && stderr === ""))
    fail(complaints.join("\n") || `getfattr: exit code ${status}`);
  return stdout
    .split("\n\n")
    .map((file) => parseFile(tree, file.split("\n")))
    .filter(({ attributes }) => attributes.length > 1);
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
