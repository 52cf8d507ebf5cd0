/** A pipeline, and the ids of all steps that building it may run, its build pipelines' included. */
export interface Planned {
  readonly file: string;
  readonly ids: readonly string[];
}

/** Two waves of jobs. */
export interface Matrix {
  /** The first wave: each list is built by one job. */
  readonly bases: readonly (readonly string[])[];
  /** The second wave: pipelines whose shared steps `bases` have already built. */
  readonly images: readonly string[];
}

/**
 * Splits pipelines into two waves of jobs so that no two jobs run the same step. Pipelines that share steps, directly
 * or through others, form a family. In the first wave one job per family builds as few pipelines as cover all steps
 * that the family shares.
 */
export function matrixOf(pipelines: readonly Planned[]): Matrix {
  const shared = sharedIds(pipelines);
  const bases = families(pipelines, shared).map((family) => cover(family, shared));
  const first = new Set(bases.flat());
  return { bases, images: pipelines.map(({ file }) => file).filter((file) => !first.has(file)) };
}

/** The ids that occur in more than one pipeline. */
function sharedIds(pipelines: readonly Planned[]): ReadonlySet<string> {
  const all = pipelines.flatMap(({ ids }) => [...new Set(ids)]);
  const seen = new Set<string>();
  return new Set(all.filter((id) => seen.has(id) || !seen.add(id)));
}

function families(pipelines: readonly Planned[], shared: ReadonlySet<string>): readonly (readonly Planned[])[] {
  let found: readonly (readonly Planned[])[] = [];
  for (const pipeline of pipelines.filter(({ ids }) => ids.some((id) => shared.has(id)))) {
    const isRelated = (family: readonly Planned[]) =>
      family.some(({ ids }) => ids.some((id) => pipeline.ids.includes(id)));
    const related = found.filter(isRelated);
    found = [...found.filter((family) => !related.includes(family)), [...related.flat(), pipeline]];
  }
  return found;
}

/** Repeatedly takes the pipeline that has the most shared steps still missing, until none is missing. */
function cover(family: readonly Planned[], shared: ReadonlySet<string>): readonly string[] {
  const missing = new Set(family.flatMap(({ ids }) => ids).filter((id) => shared.has(id)));
  const chosen: string[] = [];
  while (missing.size > 0) {
    const count = ({ ids }: Planned) => new Set(ids.filter((id) => missing.has(id))).size;
    const best = family.reduce((a, b) => (count(b) > count(a) ? b : a));
    chosen.push(best.file);
    for (const id of best.ids) missing.delete(id);
  }
  return chosen;
}
