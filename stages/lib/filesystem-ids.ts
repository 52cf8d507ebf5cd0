const nil = /^0{8}(-0{4}){3}-0{12}$/;
const uuid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const volumeId = /^([0-9A-Fa-f]{4})(-?)([0-9A-Fa-f]{4})$/;

/**
 * A file system's UUID as the running system knows it, whatever its case in the pipeline: what looks for a file system
 * compares letter by letter. Linux shows UUIDs in lower case and FAT's volume ids as `7B77-95E7`. Without its dash, only
 * the type tells a volume id apart from anything else. The nil UUID, which stood for "none" in 2019, and an empty one
 * are undefined.
 */
export function fileSystemId(text: string | undefined, type?: string): string | undefined {
  if (text === undefined || text === "" || nil.test(text)) return undefined;
  if (uuid.test(text)) return text.toLowerCase();
  const [, first = "", dash, second = ""] = volumeId.exec(text) ?? [];
  if (dash === "-" || (dash === "" && isFat(type))) return `${first}-${second}`.toUpperCase();
  return text;
}

const isFat = (type: string | undefined) => type !== undefined && ["vfat", "msdos", "exfat"].includes(type);
