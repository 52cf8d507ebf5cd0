import { run } from "../host/command.ts";

/** A file below a directory, and those of its extended attributes that were asked for. */
export interface Attributed {
  /** As latin1: one character for each byte. */
  readonly path: string;
  /** As getfattr prints them. */
  readonly attributes: readonly string[];
}

export const parseAttributes = (listing: string): readonly Attributed[] =>
  listing.split(/\n\n+/).flatMap((entry) => {
    const [file = "", ...attributes] = entry.split("\n").filter((line) => line !== "");
    const octal = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 8));
    return file === "" ? [] : { path: file.slice("# file: ".length).replace(/\\(\d{3})/g, octal), attributes };
  });

/** Values as text, or else in hex: `0x…`. */
export interface Attributes {
  readonly [name: string]: string;
}

/** The extended attributes of a directory and all below it, ACLs included: by relative path, as latin1. */
export async function readAttributes(directory: string): Promise<ReadonlyMap<string, Attributes>> {
  const argv = ["getfattr", "--recursive", "--physical", "--no-dereference", "--dump", "--match=-", "--encoding=hex"];
  // A layer that came from the store and has no attributes at all doesn't know of such a thing.
  const harmless = /: Operation not supported$/;
  const listing = await run([...argv, "."], { cwd: directory, encoding: "latin1", harmless });
  return new Map(
    parseAttributes(listing).map(({ path, attributes }) => {
      const entries = attributes.map((line) => line.split("=", 2) as [name: string, value: string]).sort();
      return [path, Object.fromEntries(entries.map(([name, value = "0x"]) => [name, textOf(value)]))];
    }),
  );
}

function textOf(hex: string): string {
  const bytes = Buffer.from(hex.slice("0x".length), "hex");
  // A label of SELinux ends with a NUL.
  return /^[ -~]*\0?$/.test(bytes.toString("latin1")) ? bytes.toString("latin1") : hex;
}
