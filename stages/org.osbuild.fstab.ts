import { fileSystemId } from "./lib/filesystem-ids.ts";
import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

interface FileSystem {
  readonly uuid?: string;
  readonly label?: string;
  readonly path: string;
  readonly vfs_type?: string;
  readonly options?: string;
  readonly freq?: number | string;
  readonly passno?: number | string;
}

const { tree, options } = await readStage<{ filesystems: FileSystem[] }>();
writeFile(tree, "/etc/fstab", options.filesystems.map((fileSystem) => `${line(fileSystem)}\n`).join(""));

function line({
  uuid,
  label,
  path,
  vfs_type = "none",
  options = "defaults",
  freq = 0,
  passno = 0,
}: FileSystem): string {
  const source = uuid === undefined ? `LABEL=${label}` : `UUID=${fileSystemId(uuid, vfs_type)}`;
  return [source, path, vfs_type, options, freq, passno].map((field) => escaped(String(field))).join("\t");
}

/** White space separates fields, so within a field it is in octal, as fstab(5) says. */
function escaped(field: string): string {
  return field.replaceAll(/[ \t\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
