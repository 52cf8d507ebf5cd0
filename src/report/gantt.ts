import { formatSeconds, shortName } from "./format.ts";
import { counted } from "./markup.ts";
import type { Ran } from "./pipeline-report.ts";

/** A timeline as a Mermaid chart, which GitHub draws; of many steps, those that took longest. */
export function gantt(steps: readonly Ran[], rows: number): string {
  if (steps.length === 0) return "";
  const longest = new Set(steps.toSorted((a, b) => b.seconds - a.seconds).slice(0, rows));
  const shown = steps.filter((step) => longest.has(step));
  const sections = Map.groupBy(shown, sectionOf);
  return [
    "```mermaid",
    "gantt",
    `title Seconds since the start${shown.length < steps.length ? ` (the ${rows} longest of ${counted(steps.length, "step")})` : ""}`,
    // Milliseconds since 1970, shown as seconds since then: the only form that knows no time zone.
    "dateFormat x",
    "axisFormat %s",
    ...[...sections].flatMap(([name, members]) => [`section ${name}`, ...members.map(task)]),
    "```",
    "",
    "",
  ].join("\n");
}

const sectionOf = ({ step }: Ran) => (step.depth > 0 ? "Build root" : step.kind === "stage" ? "Stages" : "Assembler");

/** The number comes first: no line then starts with a word that means something to Mermaid. */
function task({ step, failed, start, seconds }: Ran): string {
  const name = shortName(step.name)
    .replace(/[^\w.+-]/g, "_")
    .slice(0, 40);
  const [from, length] = [start, seconds].map((time) => Math.round(time * 1000));
  return `${step.index} ${name} ${formatSeconds(seconds)} :${failed ? "crit" : "active"}, ${from}, ${length}ms`;
}
