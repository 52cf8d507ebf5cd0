/** The directories of a tree over which the engine mounts the container's own, on request. */
export const kernelPoints = ["dev", "proc", "sys"] as const;

/** The directory of a tree over which it mounts an empty /run. */
export const runPoint = "run";

/** The directories of a tree over which it mounts an empty directory that everyone may write to. */
export const temporaryPoints = ["tmp", "var/tmp"] as const;
