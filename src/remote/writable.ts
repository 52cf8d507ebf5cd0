import { access, constants, stat } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import { folders } from "./directory.ts";
import type { Place } from "./place.ts";

/**
 * Whether entries can be saved in a place. A registry says so only when something is saved. Throws if there is no such
 * directory, because an unmounted disk is no reason to fill the one below it.
 */
export async function isWritable(place: Place): Promise<boolean> {
  if (place.type === "repository") return true;
  const stats = await stat(place.path).catch((error) => {
    const reason = hasCode(error, "ENOENT") ? "there is no such directory" : error.message;
    throw failure("INVALID", `the remote ${place.path} can't be used: ${reason}`, "make the directory, or mount it");
  });
  if (!stats.isDirectory()) throw failure("INVALID", `the remote ${place.path} isn't a directory`);
  const own = Object.values(folders).map((name) => `${place.path}/${name}`);
  const allowed = await Promise.all([place.path, ...own].map(isAllowed));
  return !allowed.includes(false);
}

async function isAllowed(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch (error) {
    // It will be made.
    return hasCode(error, "ENOENT");
  }
}
