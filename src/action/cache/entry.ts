/**
 * The path of every entry, relative to a directory of its own. A cache's version is a hash of the path as it is given,
 * so the path must never change. Only the client and its worker know it.
 */
export const entryDirectory = "entry";
