import { type Attributed, formatDump } from "../../assemblers/lib/getfattr.ts";
import type { Namespace } from "../host/namespace.ts";
import { statOf } from "./overlay/lower.ts";

/** Runs a command with these files of a directory as its last arguments, however many there are. */
export const forEach = (namespace: Namespace, directory: string, argv: readonly string[], paths: readonly string[]) =>
  namespace.run(["xargs", "--null", ...argv, "--"], {
    cwd: directory,
    input: Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1"),
  });

/** Removes attributes with these names from the files that have them. */
export async function removeAttributes(
  namespace: Namespace,
  directory: string,
  found: readonly Attributed[],
  isMeant: (name: string) => boolean,
): Promise<void> {
  const names = found.flatMap(({ attributes }) => [...attributes.keys()]).filter(isMeant);
  for (const name of new Set(names)) {
    const having = found.filter(({ attributes }) => attributes.has(name));
    const argv = ["setfattr", "--no-dereference", `--remove=${name}`];
    await forEach(namespace, directory, argv, oneNameEach(namespace.path(directory), having));
  }
}

/** Keeps one name of each file that has several: the names share their attributes. */
function oneNameEach(directory: string, files: readonly Attributed[]): readonly string[] {
  const names = files.map(({ path }) => [statOf(directory, `/${path}`)?.ino, path] as const);
  return [...new Map(names).values()];
}

/** overlayfs's own bookkeeping. It varies from run to run and means nothing in a packed layer. */
export const isNote = (name: string) => /^trusted\.overlay\.(origin|impure|uuid|nlink|protattr)$/.test(name);

/** XFS shows a file's ACLs as attributes of the file, too. */
export const isXfsAcl = (name: string) => name === "trusted.SGI_ACL_FILE" || name === "trusted.SGI_ACL_DEFAULT";

/** ACLs are kept beside the image, in an order of their own. */
const isOrdered = (name: string) => !name.startsWith("system.") && !isXfsAcl(name) && !isNote(name);
/** A kernel with SELinux doesn't let anyone remove a label. It is each file's first attribute there anyway. */
const isReset = (name: string) => isOrdered(name) && name !== "security.selinux";

/**
 * Sets the attributes of files with several of them again, in the order of their names. Then files with the same
 * attributes list them in the same order, which is what mksquashfs goes by to store equal ones once. What that order is
 * still depends on the disk: `sortTable` of attribute-table.ts deals with that.
 */
export async function resetAttributes(
  namespace: Namespace,
  directory: string,
  found: readonly Attributed[],
): Promise<void> {
  const several = found.filter(({ attributes }) => [...attributes.keys()].filter(isOrdered).length > 1);
  if (several.length === 0) return;
  await removeAttributes(namespace, directory, several, isReset);
  const dump = several.map(({ path, attributes }) => {
    const sorted = [...attributes].filter(([name]) => isReset(name)).sort(([a], [b]) => (a < b ? -1 : 1));
    return formatDump({ path, attributes: new Map(sorted) });
  });
  const input = Buffer.from(dump.join(""), "latin1");
  await namespace.run(["setfattr", "--no-dereference", "--restore=-"], { cwd: directory, input });
}
