import { readFile } from "node:fs/promises";
import { hasCode } from "./errors.ts";
import { inOrder, type Plan } from "./plan.ts";
import type { BuildContext } from "./session.ts";
import { isDamagedContents } from "./store/contents-file.ts";
import { dropObject, isSound } from "./store/integrity.ts";
import type { Layout } from "./store/layout.ts";
import { readRecord, readRef, removeRef } from "./store/refs.ts";

type Context = Pick<BuildContext, "layout" | "save" | "contents">;

/** Something of the store that a plan counts on and that isn't as it was written. */
interface Damage {
  readonly message: string;
  readonly drop: () => Promise<void>;
}

/** An object, and whose result it is. */
interface Used {
  readonly digest: string;
  readonly of: string;
}

/** Takes what is damaged out of the store, and says so. True where there was some: then another plan is needed. */
export async function dropDamage(
  plan: Plan,
  context: Context & Pick<BuildContext, "report">,
  origin: string | null,
): Promise<boolean> {
  const found = await findDamage(plan, context, origin);
  for (const { message, drop } of found) {
    await drop();
    const hint = "it was removed; whatever needs it is fetched or built again";
    context.report({ type: "warning", problem: { message, hint } });
  }
  return found.length > 0;
}

/** Finds what a plan counts on and is damaged. `origin` is the digest of the archive that it starts from, if any. */
export async function findDamage(plan: Plan, context: Context, origin: string | null): Promise<readonly Damage[]> {
  const { layout } = context;
  const used = Map.groupBy(await usedBy(plan, context, origin), ({ digest }) => digest);
  const found: Damage[] = [];
  for (const [digest, uses] of used) {
    if (await isSound(layout, digest)) continue;
    const names = [...new Set(uses.map(({ of }) => of))].join(", ");
    const message = `object ${digest} of the store is damaged, which was the result of ${names}`;
    found.push({ message, drop: () => dropObject(layout, digest) });
  }
  return context.contents ? [...found, ...(await damagedContents(plan, layout))] : found;
}

async function usedBy(plan: Plan, context: Context, origin: string | null): Promise<readonly Used[]> {
  const used: Used[] = [];
  for (const part of inOrder(plan)) {
    used.push(...(await lostBy(part, context.layout)));
    const runs = part.steps.some(({ type }) => type === "run");
    // Only a build root that something runs in is in a plan at all.
    if (runs || part !== plan || context.save !== undefined)
      used.push(...(await treeOf(part, context.layout, part === plan ? origin : null)));
    for (const planned of part.steps)
      if (planned.type === "stored" && planned.step.kind === "assembler")
        used.push({ digest: planned.record.object, of: planned.step.name });
  }
  return used;
}

/** The results that are no longer whole, so that their steps run again. */
async function lostBy({ steps }: Plan, layout: Layout): Promise<readonly Used[]> {
  const lost: Used[] = [];
  for (const planned of steps) {
    if (planned.type !== "run" || planned.reason !== "not in the store") continue;
    const record = await readRecord(layout, planned.step.id);
    if (record !== undefined) lost.push({ digest: record.object, of: planned.step.name });
  }
  return lost;
}

/** The layers that a pipeline's first step to run stands on, or its finished tree. */
async function treeOf({ pipeline, steps }: Plan, layout: Layout, origin: string | null): Promise<readonly Used[]> {
  const last = steps.findLastIndex(({ step, type }) => step.kind === "stage" && type === "stored");
  const stored = steps[last];
  const start = pipeline.base === null ? "the archive that the pipeline starts from" : `the base ${pipeline.base.id}`;
  if (stored?.type === "stored") {
    const { layers } = stored.record;
    // Each stage has added one; those below them are the start's.
    const below = layers.length - (last + 1);
    return layers.map((digest, index) => ({ digest, of: steps[index - below]?.step.name ?? start }));
  }
  const id = pipeline.base?.id ?? origin;
  if (id === null) return [];
  const whole = await readRef(layout, id);
  const own = whole === undefined ? await readRecord(layout, id) : undefined;
  return [...(whole?.layers ?? []), ...(own === undefined ? [] : [own.object])].map((digest) => ({
    digest,
    of: start,
  }));
}

/** Notes of what an image contains have no digest for a name, but hold one. */
async function damagedContents(plan: Plan, layout: Layout): Promise<readonly Damage[]> {
  const output = plan.steps.find(({ step, type }) => step.kind === "assembler" && type === "stored");
  if (output === undefined) return [];
  const { id, name } = output.step;
  const text = await readFile(layout.contents(id), "utf8").catch((error) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (text === undefined || !isDamagedContents(text)) return [];
  const message = `the list of what the result of ${name} contains is damaged`;
  return [{ message, drop: () => removeRef(layout, id) }];
}
