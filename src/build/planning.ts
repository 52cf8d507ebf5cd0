import { BuildError, fewerStages, type Problem } from "../errors.ts";
import type { CacheName } from "../events.ts";
import { type Fingerprint, fingerprints } from "../pipeline/fingerprint.ts";
import type { ToolDigests } from "../pipeline/host-root.ts";
import { innermostFirst, mostLayers, type Pipeline, type Step, steps } from "../pipeline/pipeline.ts";
import { formatAgo } from "../report/age.ts";
import { readHead } from "../store/heads.ts";
import type { Layout } from "../store/layout.ts";
import { sha256 } from "../store/objects.ts";
import { openObjects, readRef, type StoredResult } from "../store/refs.ts";
import { readToolDigests, writeToolDigests } from "../store/tools.ts";
import type { BuildContext, Remote } from "./context.ts";
import { dropDamage } from "./damage.ts";
import { isDescribed } from "./described.ts";
import { inOrder, lastStored, type Plan, planBuild } from "./plan.ts";
import { oldestAllowed } from "./usable.ts";

/** Everything besides the pipeline that a plan depends on. */
type Given = Pick<BuildContext, "layout" | "from" | "save" | "contents" | "fingerprints" | "freshness">;

/** A pipeline to build, and a look-up of its stored results. */
export interface Work<Context extends Given = BuildContext> {
  readonly pipeline: Pipeline;
  readonly context: Context;
  readonly fingerprints: ReadonlyMap<Step, Fingerprint>;
  /** The digest of the archive that it starts from, if any. */
  readonly archiveDigest: string | null;
  /**
   * Plans the build, with the results that the store has now. `tooOld` has the ids of the results that the remote has,
   * but that are too old.
   */
  readonly lookUp: (tooOld?: ReadonlySet<string>) => Promise<Plan>;
  /** Keeps the digests of the host's tools for the next build, if some of them are new. */
  readonly keepTools: () => Promise<void>;
}

/** Reads a pipeline's inputs and prepares its look-up. */
export async function prepare<Context extends Given>(pipeline: Pipeline, context: Context): Promise<Work<Context>> {
  const { layout, from, save, contents, freshness } = context;
  const archiveDigest = from === undefined ? null : await sha256(from);
  await requireFewLayers(pipeline, layout);
  const tools = await readToolDigests(layout);
  const toolsBefore = tools.size;
  const known = context.fingerprints ?? (await fingerprintsOf(pipeline, layout, archiveDigest, tools));
  const wanted = save === undefined ? "output" : "tree";
  const lookUp = async (tooOld?: ReadonlySet<string>) => {
    const records = await resultsOf(pipeline, (id) => readHead(layout, id));
    const { outputId } = pipeline;
    const isUndescribed = contents === "required" && outputId !== null && !(await isDescribed(layout, outputId));
    const undescribed = new Set(isUndescribed ? [outputId] : []);
    for (;;) {
      const plan = planBuild(pipeline, { fingerprints: known, records, freshness, tooOld, undescribed }, wanted);
      const lacking = await lackingLayers(plan, layout);
      if (lacking === undefined) return plan;
      records.delete(lacking);
    }
  };
  const keepTools = async () => {
    if (tools.size > toolsBefore) await writeToolDigests(layout, tools);
  };
  return { context, pipeline, fingerprints: known, archiveDigest, lookUp, keepTools };
}

/** A plan that relies on nothing damaged, and where the results that were fetched for it were, by id. */
export interface SoundPlan {
  readonly plan: Plan;
  readonly fetched: ReadonlyMap<string, CacheName>;
}

/** Plans, fetches missing results and drops damaged ones, until the plan relies on nothing damaged. */
export async function planSoundly(work: Work): Promise<SoundPlan> {
  const { context, archiveDigest } = work;
  const remote: RemoteResults = { fetched: new Map(), tooOld: new Set() };
  for (;;) {
    const local = await work.lookUp(remote.tooOld);
    // Drop damage before fetching: a fetched result would replace a damaged one without a warning.
    if (await dropDamage(local, context, archiveDigest)) continue;
    const plan = context.remote === undefined ? local : await fetchPlanned(local, work, context.remote, remote);
    if (!(await dropDamage(plan, context, archiveDigest))) return { plan, fetched: remote.fetched };
  }
}

/** The results that the remote was asked for, by id. */
interface RemoteResults {
  readonly fetched: Map<string, CacheName>;
  readonly tooOld: Set<string>;
}

/**
 * Fetches results that the plan would build: the output first, then the trees from the last one down. Adds their ids to
 * `results`, and returns the plan for the rest.
 */
async function fetchPlanned(
  first: Plan,
  { context, pipeline, lookUp }: Work,
  remote: Remote,
  results: RemoteResults,
): Promise<Plan> {
  const since = oldestAllowed(pipeline, context.freshness);
  let plan = first;
  // Fetch a pipeline's own steps before its build root's: if none of them runs, the root isn't needed.
  for (let depth = 0; ; ) {
    const part = inOrder(plan).at(-1 - depth);
    if (part === undefined) return plan;
    const missing = part.steps.flatMap((planned) =>
      planned.type === "run" && !planned.isForced && !results.fetched.has(planned.step.id) ? [planned] : [],
    );
    const wanted = missing.map(({ step, fingerprint }) => ({
      id: step.id,
      name: step.name,
      fingerprint: fingerprint.value,
      since: since.get(step),
    }));
    const { found, tooOld } = await remote.fetch(wanted.reverse());
    for (const old of tooOld) results.tooOld.add(old);
    if (found !== undefined) results.fetched.set(found.id, found.cache);
    if (found !== undefined || tooOld.length > 0) plan = await lookUp(results.tooOld);
    // A fetched output that isn't described is made again, and for that its tree is fetched.
    if (found === undefined || !runs(plan, found.id)) depth++;
  }
}

const runs = (plan: Plan, id: string) =>
  inOrder(plan).some((part) => part.steps.some(({ type, step }) => type === "run" && step.id === id));

/** Call this once for a build, because it reads the user's files. */
const fingerprintsOf = (pipeline: Pipeline, layout: Layout, archive: string | null, tools: ToolDigests) =>
  fingerprints(
    pipeline,
    { baseFingerprint: async (id) => (await readRef(layout, id))?.fingerprint ?? null, archive },
    tools,
  );

/** The results that the store has, of a pipeline's steps and bases, by id. */
export function recordsOf(pipeline: Pipeline, layout: Layout): Promise<ReadonlyMap<string, StoredResult>> {
  const requireObject = openObjects(layout);
  return resultsOf(pipeline, (id) => readRef(layout, id, requireObject));
}

async function resultsOf<Result>(pipeline: Pipeline, read: (id: string) => Promise<Result | undefined>) {
  const results = new Map<string, Result>();
  const links = innermostFirst(pipeline);
  for (const { id } of [...links.flatMap(({ base }) => base ?? []), ...links.flatMap(steps)]) {
    const result = await read(id);
    if (result !== undefined) results.set(id, result);
  }
  return results;
}

/** The id of a stage whose tree the plan takes from the store, but that lacks layers below its own. */
async function lackingLayers(plan: Plan, layout: Layout): Promise<string | undefined> {
  for (const part of inOrder(plan)) {
    const id = lastStored(part)?.step.id;
    if (id !== undefined && (await readRef(layout, id)) === undefined) return id;
  }
  return undefined;
}

/** The warnings for bases whose packages are too old: a pipeline can't build its base again. */
export async function oldBases(
  pipeline: Pipeline,
  { layout, freshness }: Pick<BuildContext, "layout" | "freshness">,
): Promise<readonly Problem[]> {
  const { maxAge, started = 0 } = freshness ?? {};
  const bases = maxAge === undefined ? [] : innermostFirst(pipeline).flatMap(({ base }) => base ?? []);
  const found = bases.map(async ({ id, at }): Promise<readonly Problem[]> => {
    const times = ((await readRef(layout, id))?.runs ?? []).filter(({ unpinned }) => unpinned).map(({ ran }) => ran);
    const oldest = Math.min(...times);
    if (oldest >= started - (maxAge?.milliseconds ?? 0)) return [];
    const hint = "build the pipeline that makes it first, with the same maximum age";
    return [{ message: `the base has packages of ${formatAgo(oldest)}`, at, hint }];
  });
  return (await Promise.all(found)).flat();
}

/** Checks the number of layers. A base adds layers that the pipeline doesn't show. */
async function requireFewLayers(pipeline: Pipeline, layout: Layout): Promise<void> {
  for (const { base, stages } of innermostFirst(pipeline)) {
    const below = base === null ? undefined : await readRef(layout, base.id);
    const count = stages.length + (below?.layers.length ?? 0);
    if (base === null || count <= mostLayers) continue;
    const message = `this base and the stages on it have ${count} layers, and a tree has at most ${mostLayers}`;
    throw new BuildError("INVALID", [{ message, at: base.at, hint: fewerStages }]);
  }
}
