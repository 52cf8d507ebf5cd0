/** A pipeline, and the ids of everything that building it may run, its build root's steps too. */
export interface Planned {
  readonly file: string;
  readonly ids: readonly string[];
}

export interface Matrix {
  /** Lists of pipelines, each to be built by one job before anything else. */
  readonly bases: readonly (readonly string[])[];
  /** Pipelines of which all that another one needs too has been built by then. */
  readonly images: readonly string[];
}

/**
 * Splits pipelines into two waves of jobs such that no step is run by two of them. Pipelines that share steps, directly
 * or through others, are a family; of each family one job first builds as few pipelines as have all its shared steps.
 */
export function matrixOf(pipelines: readonly Planned[]): Matrix {
  const shared = sharedIds(pipelines);
  const bases = families(pipelines, shared).map((family) => cover(family, shared));
  const first = new Set(bases.flat());
  return { bases, images: pipelines.map(({ file }) => file).filter((file) => !first.has(file)) };
}

/** The ids that more than one pipeline has. */
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

/** Takes the pipeline with the most shared steps that are still missing, until none is. */
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
