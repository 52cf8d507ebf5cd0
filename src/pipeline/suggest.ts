import { closestMatch } from "leven";

/** Suggests the known name nearest to a wrong one, if any is near. */
export function didYouMean(wrong: string, known: readonly string[]): string | undefined {
  // A third of what tells names apart: they all begin with `org.osbuild.`.
  const own = wrong.slice(wrong.lastIndexOf(".") + 1);
  const nearest = closestMatch(wrong, known, { maxDistance: Math.min(3, Math.ceil(own.length / 3)) });
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}
