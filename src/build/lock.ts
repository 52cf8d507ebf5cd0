import type { Problem } from "../errors.ts";
import { enginePrograms, networkPrograms, providePrograms } from "../host/packages.ts";
import { type Lock, type Lockable, type LockedStep, lockables, partFor, withLock } from "../pipeline/lock.ts";
import { innermostFirst, type Pipeline, type Resolution, type Step } from "../pipeline/pipeline.ts";
import { describer } from "./announce.ts";
import { build } from "./build.ts";
import { type BuildContext, nothing, type Stack } from "./context.ts";
import { checkMachine } from "./requirements.ts";
import { openSession, type Session } from "./session.ts";

/**
 * Makes a pipeline's lock. Keeps the parts of `before` that fit, except those of steps to update; later steps of the
 * same pipeline are updated too if the packages below them have changed.
 */
export async function lockPipeline(
  pipeline: Pipeline,
  before: Lock | undefined,
  isToUpdate: (lockable: Lockable) => boolean,
  context: BuildContext,
): Promise<Lock> {
  const made: LockedStep[] = [];
  const changed = new Set<number>();
  for (const lockable of lockables(pipeline)) {
    const known = before === undefined ? undefined : partFor(before, lockable);
    const { depth } = lockable.key;
    const isKept = known !== undefined && !changed.has(depth) && !isToUpdate(lockable);
    const part = isKept ? known : { ...lockable.key, ...(await resolve(pipeline, made, lockable, context)) };
    if (contentOf(known) !== contentOf(part)) changed.add(depth);
    made.push(part, ...partsElsewhere(before, lockable));
  }
  return { version: 1, steps: made };
}

const contentOf = (part: LockedStep | undefined) => JSON.stringify([part?.packages, part?.notes]);

/** The parts of a lock for the same step on other architectures. */
const partsElsewhere = (lock: Lock | undefined, { key }: Lockable): readonly LockedStep[] =>
  (lock?.steps ?? []).filter(
    ({ options, depth, architecture }) =>
      options === key.options && depth === key.depth && architecture !== key.architecture,
  );

/** Asks a step which packages it would install, on the tree of the steps before it, which install locked packages. */
async function resolve(
  pipeline: Pipeline,
  made: readonly LockedStep[],
  { step, owner }: Lockable,
  context: BuildContext,
): Promise<Resolution> {
  const { layout, report } = context;
  const locked = innermostFirst(withLock(pipeline, { version: 1, steps: made }))[
    innermostFirst(pipeline).indexOf(owner)
  ] as Pipeline;
  const index = owner.stages.indexOf(step);
  const buildPipeline = locked.build?.pipeline ?? null;
  const root = buildPipeline === null ? undefined : await built(buildPipeline, buildPipeline.stages.length, context);
  const below = await built(locked, index, context);
  const onHost = buildPipeline === null ? step.requires : [];
  const needed = [...enginePrograms, ...networkPrograms, ...onHost];
  await providePrograms(
    needed.map((program) => ({ program, of: step.name })),
    undefined,
  );
  await checkMachine(layout);
  const describe = describer(locked);
  report({ type: "planned", steps: [describe(step.id)], toRun: 1 });
  await using session = await openSession(context, describe);
  const site = { root: await treeOf(root, session), below: await treeOf(below, session) };
  const resolution = await session.resolve(step, { pipeline: locked, reason: "to be locked", ...site });
  for (const problem of withoutPast(step, resolution)) report({ type: "warning", problem });
  return resolution;
}

/** Warns of repositories whose old packages are nowhere else, unless the step takes its packages from the past. */
function withoutPast({ options, at }: Step, { repositories }: Resolution): readonly Problem[] {
  const urls = new Set(repositories.filter(({ snapshot }) => snapshot === undefined).map(({ url }) => url));
  if (urls.size === 0 || (options as { readonly snapshot?: unknown }).snapshot !== undefined) return [];
  const message = `no snapshot service is known for ${[...urls].join(", ")}, so a build needs the archive to keep what is locked`;
  return [{ message, at, hint: "if it deletes old packages, set snapshot to the address of a service, with {time}" }];
}

/** Builds a pipeline with only the first of its stages, and returns it. */
async function built(pipeline: Pipeline, count: number, context: BuildContext): Promise<Pipeline> {
  const stages = pipeline.stages.slice(0, count);
  const treeId = stages.at(-1)?.id ?? pipeline.base?.id ?? null;
  const first = { ...pipeline, stages, assembler: null, treeId, outputId: null, warnings: [] };
  await build(first, context);
  return first;
}

/** The tree of a pipeline that has been built. Without stages, that is its base. */
async function treeOf(pipeline: Pipeline | undefined, session: Session): Promise<Stack> {
  const last = pipeline?.stages.at(-1);
  if (last !== undefined) return session.tree(last);
  return pipeline === undefined || pipeline.base === null ? nothing : session.base(pipeline.base);
}
