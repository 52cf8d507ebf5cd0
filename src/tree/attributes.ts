import { bytesOf, getfattr, hasNone, parseDump } from "../../assemblers/lib/getfattr.ts";
import { run } from "../host/command.ts";

/** Extended attributes by name. Printable values are text, all others hex: `0x…`. */
export interface Attributes {
  readonly [name: string]: string;
}

/**
 * Reads the extended attributes of a directory and everything below it, ACLs included. The keys are relative paths, as
 * latin1.
 */
export async function readAttributes(directory: string): Promise<ReadonlyMap<string, Attributes>> {
  const argv = [...getfattr(), "--recursive", "."];
  // A stored layer without any attributes has no xattr table, so getxattr isn't supported there.
  const dump = await run(argv, { cwd: directory, encoding: "latin1", harmless: hasNone });
  return new Map(
    parseDump(dump).map(({ path, attributes }) => {
      const entries = [...attributes].sort();
      return [path, Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]))];
    }),
  );
}

function textOf(hex: string): string {
  const text = bytesOf(hex).toString("latin1");
  // SELinux labels end with a NUL.
  return /^[ -~]*\0?$/.test(text) ? text : hex;
}
