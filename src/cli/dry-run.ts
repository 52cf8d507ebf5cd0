import { inOrder, type Plan } from "../build/plan.ts";
import { prepare } from "../build/planning.ts";
import { loadPipeline } from "../pipeline/load.ts";
import { requireSecrets } from "../pipeline/secrets.ts";
import { formatTable } from "../report/format.ts";
import { formatWarning } from "../report/problems.ts";
import { layoutOf } from "../store/layout.ts";
import { readVerdicts } from "../store/verdicts.ts";
import { requireArchives } from "./archives.ts";
import { requireImage } from "./build.ts";
import type { BuildArguments } from "./command.ts";
import { requireSteps } from "./values.ts";

/** `osbuild build --dry-run`: prints what would run, and why. It doesn't need root or create a store. */
export async function dryRunCommand(args: BuildArguments): Promise<void> {
  const pipeline = await loadPipeline(args, await readVerdicts(layoutOf(args.store)));
  requireSecrets(pipeline);
  requireSteps(pipeline, args.freshness.refresh);
  await requireArchives(args);
  for (const problem of pipeline.warnings) process.stderr.write(`${formatWarning(problem)}\n`);
  requireImage(pipeline, args);
  const { store, from, save, sbom, budget } = args;
  const isMeasured = budget.maxSize !== undefined || budget.maxGrowth !== undefined;
  const contents = sbom.length > 0 || isMeasured ? ("required" as const) : undefined;
  const freshness = { ...args.freshness, started: Date.now() };
  const { lookUp } = await prepare(pipeline, { layout: layoutOf(store), from, save, contents, freshness });
  process.stdout.write(planText(await lookUp(), args.report));
}

function planText(plan: Plan, form: "text" | "json"): string {
  const steps = inOrder(plan).flatMap((part) => part.steps);
  if (form === "json") {
    const list = steps.map((planned) => ({
      name: planned.step.name,
      id: planned.step.id,
      runs: planned.type === "run",
      reason: planned.type === "run" ? planned.reason : undefined,
    }));
    return `${JSON.stringify({ steps: list }, null, 2)}\n`;
  }
  const rows = steps.map((planned) => [
    planned.type === "run" ? "run" : "cached",
    planned.step.name,
    planned.step.id.slice(0, 12),
    planned.type === "run" ? planned.reason : "",
  ]);
  return rows.length === 0
    ? "nothing to do\n"
    : `${formatTable(rows[0]?.map(() => ({ align: "left" })) ?? [], rows)}\n`;
}
