import { dryRun } from "../build.ts";
import { inOrder, type Plan } from "../plan.ts";
import { formatTable } from "../report/format.ts";
import { formatWarning } from "../report/problems.ts";
import { layoutOf } from "../store/layout.ts";
import { readVerdicts } from "../store/verdicts.ts";
import type { BuildArguments } from "./arguments.ts";
import { loadPipeline } from "./load.ts";

/** `osbuild build --dry-run`: what would run, and why. Needs no root, and makes no store. */
export async function dryRunCommand(args: BuildArguments): Promise<void> {
  const pipeline = await loadPipeline(args, await readVerdicts(layoutOf(args.store)));
  for (const problem of pipeline.warnings) process.stderr.write(`${formatWarning(problem)}\n`);
  const plan = await dryRun(pipeline, { layout: layoutOf(args.store), from: args.from });
  process.stdout.write(planText(plan, args.report));
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
