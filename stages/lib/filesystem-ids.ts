const nil = /^0{8}(-0{4}){3}-0{12}$/;
const uuid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const volumeId = /^([0-9A-Fa-f]{4})(-?)([0-9A-Fa-f]{4})$/;

/**
 * The UUID of a file system in the form that Linux shows, whatever the case in the pipeline: programs that look for a
 * file system compare the UUIDs as text. UUIDs are in lower case, and FAT's volume ids look like `7B77-95E7`. A volume
 * id without its dash is recognized only by the file system's type. An empty UUID is undefined, and so is the nil UUID,
 * which meant "none" in 2019.
 */
export function fileSystemId(text: string | undefined, type?: string): string | undefined {
  if (text === undefined || text === "" || nil.test(text)) return undefined;
  if (uuid.test(text)) return text.toLowerCase();
  const [, first = "", dash, second = ""] = volumeId.exec(text) ?? [];
  if (dash === "-" || (dash === "" && isFat(type))) return `${first}-${second}`.toUpperCase();
  return text;
}

const isFat = (type: string | undefined) => type !== undefined && ["vfat", "msdos", "exfat"].includes(type);
