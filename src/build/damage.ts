import { dropObject, hasDamagedContents, isSound } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";
import { isDamagedRecord, readRecord, readRef, removeRef, type StoredResult } from "../store/refs.ts";
import { openSizes } from "../store/sizes.ts";
import type { PackageStep } from "../tree/contents.ts";
import type { BuildContext } from "./context.ts";
import { inOrder, lastStored, type Plan } from "./plan.ts";

type Context = Pick<BuildContext, "layout" | "save" | "contents">;

/** A damaged part of the store that a plan relies on. */
interface Damage {
  readonly message: string;
  readonly drop: () => Promise<void>;
}

/** An object, and the step whose result it is. */
interface Used {
  readonly digest: string;
  readonly of: string;
}

/** Removes damaged results from the store, with a warning for each. Returns whether there were any: then plan again. */
export async function dropDamage(
  plan: Plan,
  context: Context & Pick<BuildContext, "report">,
  archiveDigest: string | null,
): Promise<boolean> {
  const found = await findDamage(plan, context, archiveDigest);
  for (const damage of found) await remove(damage, context);
  return found.length > 0;
}

/** Removes a result's object from the store if it is damaged, with a warning. Returns whether it was. */
export async function dropIfDamaged(
  { object, name }: StoredResult,
  context: Pick<BuildContext, "layout" | "report">,
): Promise<boolean> {
  if (await isSound(context.layout, object)) return false;
  await remove(damagedObject(context.layout, object, name), context);
  return true;
}

async function remove({ message, drop }: Damage, { report }: Pick<BuildContext, "report">): Promise<void> {
  await drop();
  const hint = "it was removed; whatever needs it is fetched or built again";
  report({ type: "warning", problem: { message, hint } });
}

const damagedObject = (layout: Layout, digest: string, names: string): Damage => ({
  message: `object ${digest} of the store is damaged, which was the result of ${names}`,
  drop: () => dropObject(layout, digest),
});

/** Finds the damaged results that a plan relies on. `archiveDigest` is null if it starts from no archive. */
export async function findDamage(
  plan: Plan,
  context: Context,
  archiveDigest: string | null,
): Promise<readonly Damage[]> {
  const { layout } = context;
  const used = Map.groupBy(await usedBy(plan, context, archiveDigest), ({ digest }) => digest);
  const found: Damage[] = [];
  const canHave = openSizes(layout);
  for (const [digest, uses] of used) {
    if (await isSound(layout, digest, canHave)) continue;
    const names = [...new Set(uses.map(({ of }) => of))].join(", ");
    found.push(damagedObject(layout, digest, names));
  }
  const notes = [
    ...(await damagedRecords(plan, layout)),
    ...(context.contents ? await damagedContents(plan, layout) : []),
  ];
  return [...found, ...notes];
}

/** Finds damaged records. Without its record a result is unknown, so its step runs again. */
async function damagedRecords(plan: Plan, layout: Layout): Promise<readonly Damage[]> {
  const wanted = inOrder(plan).flatMap(({ pipeline, steps }) => [
    ...steps.flatMap((planned) =>
      planned.type === "run" && planned.reason === "not in the store"
        ? [{ id: planned.step.id, of: `the result of ${planned.step.name}` }]
        : [],
    ),
    ...(pipeline.base === null ? [] : [{ id: pipeline.base.id, of: `the base ${pipeline.base.id}` }]),
  ]);
  const found: Damage[] = [];
  for (const { id, of } of wanted) {
    if (!(await isDamagedRecord(layout, id))) continue;
    const message = `${layout.record(id)} is damaged, which was the record of ${of}`;
    found.push({ message, drop: () => removeRef(layout, id) });
  }
  return found;
}

async function usedBy(plan: Plan, context: Context, archiveDigest: string | null): Promise<readonly Used[]> {
  const used: Used[] = [];
  for (const part of inOrder(plan)) {
    used.push(...(await lostBy(part, context.layout)));
    const runs = part.steps.some(({ type }) => type === "run");
    // A plan contains a build root only if a step runs in it.
    if (runs || part !== plan || context.save !== undefined)
      used.push(...(await treeOf(part, context.layout, part === plan ? archiveDigest : null)));
    for (const planned of part.steps)
      if (planned.type === "stored" && planned.step.kind === "assembler")
        used.push({ digest: planned.record.object, of: planned.step.name });
  }
  return used;
}

/** The results that are incomplete, so their steps run again. */
async function lostBy({ steps }: Plan, layout: Layout): Promise<readonly Used[]> {
  const lost: Used[] = [];
  for (const planned of steps) {
    if (planned.type !== "run" || planned.reason !== "not in the store") continue;
    const record = await readRecord(layout, planned.step.id);
    if (record !== undefined) lost.push({ digest: record.object, of: planned.step.name });
  }
  return lost;
}

/** The layers below a pipeline's first step to run, or of its finished tree. */
async function treeOf(plan: Plan, layout: Layout, archiveDigest: string | null): Promise<readonly Used[]> {
  const { pipeline, steps } = plan;
  const stored = lastStored(plan);
  const start = pipeline.base === null ? "the archive that the pipeline starts from" : `the base ${pipeline.base.id}`;
  if (stored !== undefined) {
    const { layers = [], makers = [] } = (await readRecord(layout, stored.step.id)) ?? {};
    const own = new Set(steps.map(({ step }) => step.id));
    const other = pipeline.base === null && archiveDigest === null ? stored.step.name : start;
    const nameOf = (maker: PackageStep | null | undefined) => (maker && own.has(maker.id) ? maker.name : other);
    return layers.map((digest, index) => ({ digest, of: nameOf(makers[index]) }));
  }
  const id = pipeline.base?.id ?? archiveDigest;
  if (id === null) return [];
  const whole = await readRef(layout, id);
  const own = whole === undefined ? await readRecord(layout, id) : undefined;
  return [...(whole?.layers ?? []), ...(own === undefined ? [] : [own.object])].map((digest) => ({
    digest,
    of: start,
  }));
}

async function damagedContents(plan: Plan, layout: Layout): Promise<readonly Damage[]> {
  const output = plan.steps.find(({ step, type }) => step.kind === "assembler" && type === "stored");
  if (output === undefined) return [];
  const { id, name } = output.step;
  if (!(await hasDamagedContents(layout, id))) return [];
  const message = `the list of what the result of ${name} contains is damaged`;
  return [{ message, drop: () => removeRef(layout, id) }];
}
