/** The distribution of a tree, from its os-release file. */
export interface Distribution {
  /** Such as `debian`. */
  readonly id: string;
  /** Such as `12`; empty for a release that has none yet. */
  readonly version: string;
  /** Such as `Debian GNU/Linux 12 (bookworm)`. */
  readonly name: string;
}

/** The places of the file, the one that counts first: os-release(5). */
export const osReleasePaths = ["/etc/os-release", "/usr/lib/os-release"];

/** Reads an os-release file. Null if it doesn't say which distribution it is. */
export function readOsRelease(text: string): Distribution | null {
  const id = value(text, "ID");
  return id === "" ? null : { id, version: value(text, "VERSION_ID"), name: value(text, "PRETTY_NAME") };
}

/** A variable's value. The file is a list of shell assignments, with or without quotes. */
function value(text: string, name: string): string {
  const [, quoted = ""] = new RegExp(`^${name}=(.*)$`, "m").exec(text) ?? [];
  return quoted
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/\\(.)/g, "$1");
}
