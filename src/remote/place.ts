import { impossiblePath } from "../host/paths.ts";
import { parseReference, type Reference } from "../registry/reference.ts";

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
