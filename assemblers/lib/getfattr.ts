// The engine reads extended attributes with this module too, so it imports nothing.

/** A file and its extended attributes, as a dump by getfattr lists them. */
export interface Attributed {
  /** The path as getfattr was told it. Names are arbitrary bytes, so each byte is one latin1 character. */
  readonly path: string;
  /** Values by name, in hex as getfattr and setfattr write them: `0x…`. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The start of a command line for a dump that `parseDump` can read; `--recursive` and files may follow. It lists the
 * attributes, ACLs included, whose names match a regular expression: by default all of them.
 */
export const getfattr = (match = "-"): readonly string[] => [
  ...["getfattr", "--physical", "--no-dereference", "--dump", `--match=${match}`, "--encoding=hex"],
];

/** The message of getfattr for each file of a squashfs image that was made without attributes: the file has none. */
export const hasNone = /: Operation not supported$/;

/** Reads a dump, which must have been decoded as latin1. */
export const parseDump = (dump: string): readonly Attributed[] =>
  dump.split(/\n\n+/).flatMap((entry) => {
    const [heading = "", ...lines] = entry.split("\n").filter((line) => line !== "");
    if (heading === "") return [];
    return { path: unescaped(heading.slice("# file: ".length)), attributes: new Map(lines.map(parseLine)) };
  });

/** A line `NAME=0xVALUE`. getfattr escapes a `=` in a name. */
function parseLine(line: string): readonly [name: string, hex: string] {
  const [name = "", hex = "0x"] = line.split("=", 2);
  return [unescaped(name), hex];
}

/** A value's bytes. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.slice("0x".length), "hex");

/** The part of a dump, in latin1, by which `setfattr --restore` gives a file its attributes. */
export function formatDump({ path, attributes }: Attributed): string {
  const lines = [...attributes].map(([name, hex]) => `${escaped(name, /[=\\\n\r]/g)}=${hex}\n`);
  return `# file: ${escaped(path, /[\\\n\r]/g)}\n${lines.join("")}\n`;
}

/** getfattr and setfattr write special characters in octal: `\012`. */
const escaped = (text: string, special: RegExp) =>
  text.replace(special, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);

const unescaped = (text: string) =>
  text.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
