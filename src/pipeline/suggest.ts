import { closestMatch } from "leven";

/** Suggests the known name nearest to a wrong one, if any is near. */
export function didYouMean(wrong: string, known: readonly string[]): string | undefined {
  // Only the end tells names apart: they all begin with `org.osbuild.`.
  const own = wrong.slice(wrong.lastIndexOf(".") + 1);
  const nearest = closestMatch(wrong, known, { maxDistance: Math.min(3, Math.floor(own.length / 2)) });
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}
