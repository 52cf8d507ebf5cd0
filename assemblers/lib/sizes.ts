/** The unit of partition tables and boot sectors, in bytes. */
export const sector = 512;

/** A mebibyte, in bytes. */
export const MiB = 1024 * 1024;

/** A size rounded up to whole MiB. */
export const wholeMebibytes = (bytes: number) => Math.ceil(bytes / MiB) * MiB;
