import { type Change, type Explanation, explain } from "../build/explain.ts";
import { isNamed } from "../build/freshness.ts";
import { inOrder, type Plan, type PlannedStep } from "../build/plan.ts";
import { prepare } from "../build/planning.ts";
import { failure } from "../errors.ts";
import { loadPipeline } from "../pipeline/load.ts";
import { formatAgo } from "../report/age.ts";
import { shortName } from "../report/format.ts";
import { formatWarning, printable } from "../report/problems.ts";
import { layoutOf } from "../store/layout.ts";
import { listStore } from "../store/maintenance.ts";
import { readVerdicts } from "../store/verdicts.ts";
import type { ExplainArguments } from "./command.ts";

/** `osbuild explain`: prints for each step, or for one, whether it would run, and exactly what has changed. */
export async function explainCommand(args: ExplainArguments): Promise<void> {
  const layout = layoutOf(args.store);
  const pipeline = await loadPipeline(args, await readVerdicts(layout));
  for (const problem of pipeline.warnings) process.stderr.write(`${formatWarning(problem)}\n`);
  const { lookUp } = await prepare(pipeline, { layout, from: undefined, save: undefined, freshness: undefined });
  const records = (await listStore(layout)).map(({ record }) => record);
  const all = inOrder(await lookUp()).flatMap((part) => part.steps.map((planned) => ({ part, planned })));
  const chosen = all.filter(({ planned: { step } }) => args.step === undefined || isNamed(step, [args.step]));
  if (chosen.length === 0 && args.step !== undefined)
    throw unknownStep(
      args.step,
      all.map(({ planned }) => planned),
    );
  const explained = chosen.map(({ part, planned }) => explainedOf(part, planned));
  const text = args.json
    ? JSON.stringify({ steps: explained.map(described) }, null, 2)
    : explained.map(page).join("\n");
  process.stdout.write(`${text}\n`);

  function explainedOf(part: Plan, planned: PlannedStep): Explained {
    return { planned, explanation: planned.type === "run" ? explain(planned, part, records) : undefined };
  }
}

interface Explained {
  readonly planned: PlannedStep;
  readonly explanation: Explanation | undefined;
}

function unknownStep(name: string, all: readonly PlannedStep[]): Error {
  const known = [...new Set(all.map(({ step }) => shortName(step.name)))].join(", ");
  return failure("INVALID", `there is no step ${JSON.stringify(name)}`, `the steps are ${known || "none"}`);
}

function page({ planned, explanation }: Explained): string {
  const { step } = planned;
  const lines = [
    `${step.name} (${step.at.file}:${step.at.line}) ${verdict(planned)}`,
    ...(explanation === undefined ? [] : reasons(planned, explanation)).map((line) => `  ${line}`),
  ];
  return lines.join("\n");
}

function verdict(planned: PlannedStep): string {
  switch (planned.type) {
    case "stored":
      return "doesn't run: its result is in the store";
    case "not needed":
      return "doesn't run: a later result built on it is in the store";
    case "run":
      return `runs: ${planned.reason}`;
    default:
      return planned satisfies never;
  }
}

function reasons({ step }: PlannedStep, { compared, follows, changes }: Explanation): readonly string[] {
  const tree = follows === undefined ? [] : [`its tree changes: ${follows.name} (line ${follows.at.line}) runs`];
  if (compared === undefined) return [...tree, `the store has no earlier result of ${step.name} to compare with`];
  const ran = compared.ran === undefined ? "" : `, ${formatAgo(compared.ran)}`;
  const nothing =
    changes.length === 0 ? `nothing else has changed since it last ran${ran}` : `since it last ran${ran}:`;
  return [...tree, nothing, ...changes.map((change) => `  ${lineOf(change)}`)];
}

function lineOf({ what, name, before, after }: Change): string {
  const place = printable(
    name === ""
      ? "the options"
      : what === "option"
        ? `option ${name}`
        : what === "program"
          ? `program file ${name}`
          : name,
  );
  if (what === "environment" && before === undefined && after === undefined) return `${place} changed`;
  if (before === undefined) return what === "option" ? `${place}: now has ${shown(after)}` : `${place} is new`;
  if (after === undefined) return what === "option" ? `${place}: had ${shown(before)}` : `${place} is gone`;
  return what === "option" || what === "environment"
    ? `${place}: was ${shown(before)}, is ${shown(after)}`
    : `${place} changed`;
}

const longest = 60;

function shown(value: unknown): string {
  const text = printable(JSON.stringify(value));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const described = ({ planned, explanation }: Explained) => ({
  name: planned.step.name,
  id: planned.step.id,
  file: planned.step.at.file,
  line: planned.step.at.line,
  runs: planned.type === "run",
  reason: planned.type === "run" ? planned.reason : undefined,
  follows: explanation?.follows?.id,
  compared: explanation?.compared?.id,
  changes: explanation?.changes.map(({ what, name, before, after }) =>
    what === "option" || what === "environment" ? { what, name, before, after } : { what, name },
  ),
});
