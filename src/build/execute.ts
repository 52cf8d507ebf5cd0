import type { BudgetCheck } from "./budget-check.ts";
import { type BuildContext, nothing, type Stack } from "./context.ts";
import { inOrder, lastStored, type Plan } from "./plan.ts";
import type { Session } from "./session.ts";

/**
 * Carries out a plan, the innermost build pipeline first. What the others start from is downloaded and unpacked
 * meanwhile.
 */
export async function execute(
  plan: Plan,
  { from, save }: BuildContext,
  session: Session,
  archiveDigest: string | null,
): Promise<void> {
  const running = inOrder(plan).flatMap(({ steps: all }) => all.filter(({ type }) => type === "run"));
  session.prepare(running.map(({ step }) => step.program));
  const parts = inOrder(plan).map((part) => {
    const start = part === plan && from !== undefined ? { archive: from, digest: archiveDigest as string } : undefined;
    return { part, first: firstTree(part, session, start) };
  });
  // A failure is thrown where its tree is needed, and none of them may still be at work when the session ends.
  const settled = Promise.allSettled(parts.map(({ first }) => first));
  let built = nothing;
  try {
    for (const { part, first } of parts) {
      // The budget is for the image, not for the tools that it is built with.
      const check = part === plan ? session.checkBudget : async () => undefined;
      built = await executePart(part, session, { root: built, check }, await first);
    }
  } finally {
    await settled;
  }
  if (save !== undefined) await session.save(built.layers, save, plan.pipeline.sourceEpoch);
  await session.stored();
}

/** Runs one pipeline's steps in a build root, on its first tree; returns its last one. */
async function executePart(
  part: Plan,
  session: Session,
  { root, check }: { readonly root: Stack; readonly check: BudgetCheck },
  first: Stack,
): Promise<Stack> {
  const { pipeline } = part;
  let tree = first;
  const last = lastStored(part);
  if (last !== undefined) await check(pipeline, last.step, tree);
  for (const planned of part.steps) {
    if (planned.type !== "run") continue;
    const { step, fingerprint, reason, replaces } = planned;
    const site = { pipeline, fingerprint, reason, replaces, root, below: tree };
    const known = await session.reuse(step, site);
    if (known === undefined && step.kind === "assembler") await session.assemble(step, site);
    else {
      const after = known ?? (await session.stage(step, site));
      if (after.layers.length > tree.layers.length) await check(pipeline, step, after);
      tree = after;
    }
  }
  return tree;
}

/** The tree that the first step to run starts on: the last stored one, the base's, the archive's, or an empty one. */
async function firstTree(
  plan: Plan,
  session: Session,
  start: { archive: string; digest: string } | undefined,
): Promise<Stack> {
  const { pipeline } = plan;
  const stored = lastStored(plan);
  if (stored !== undefined) return session.tree(stored.step);
  if (pipeline.base !== null) return session.base(pipeline.base);
  return start === undefined ? nothing : session.extracted(start.archive, start.digest, pipeline.sourceEpoch);
}
