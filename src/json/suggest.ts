import { closestMatch } from "leven";

/** Suggests the known name closest to a wrong one, if any is close. */
export function didYouMean(wrong: string, known: readonly string[]): string | undefined {
  // All names begin with `org.osbuild.`, so only the length of the last part limits the distance.
  const own = wrong.slice(wrong.lastIndexOf(".") + 1);
  const nearest = closestMatch(wrong, known, { maxDistance: Math.min(3, Math.floor(own.length / 2)) });
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}
