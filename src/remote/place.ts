import { access, constants, stat } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import { impossiblePath } from "../host/paths.ts";
import { parseReference, type Reference } from "../registry/reference.ts";
import { folders } from "./directory.ts";

/** The place of a remote: a directory that machines share, or a repository of a registry. */
export type Place =
  | { readonly type: "directory"; readonly path: string }
  | { readonly type: "repository"; readonly reference: Reference };

/** The forms of a place, for messages. */
export const placeForms = "the absolute path of a directory, or a repository such as registry.example/team/images";

/** Reads a place. Undefined if the text is none. */
export function parsePlace(text: string): Place | undefined {
  if (text.startsWith("/")) return impossiblePath(text) === undefined ? { type: "directory", path: text } : undefined;
  const reference = parseReference(text);
  return reference === undefined || reference.tag !== undefined ? undefined : { type: "repository", reference };
}

/** Names a place as the user does. */
export const placeName = (place: Place) =>
  place.type === "directory" ? place.path : `${place.reference.registry}/${place.reference.repository}`;

/**
 * Whether entries can be saved in a place. A registry says so only when something is saved. Throws if there is no such
 * directory, because an unmounted disk is no reason to fill the one below it.
 */
export async function isWritable(place: Place): Promise<boolean> {
  if (place.type === "repository") return true;
  const stats = await stat(place.path).catch((error) => {
    throw failure(
      "INVALID",
      `the remote ${place.path} can't be used: ${error.code}`,
      "make the directory, or mount it",
    );
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
