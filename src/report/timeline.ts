import { ticks } from "./axis.ts";
import { formatCount, formatSeconds, shortName } from "./format.ts";
import { html, lines, type Markup, shorten } from "./markup.ts";
import { type PipelineReport, type Ran, ran } from "./pipeline-report.ts";

/** The width of the bars, in characters. */
const width = 56;

/**
 * The timeline as text, which looks the same in every mode and needs no script. GitHub removes drawings: it lets
 * neither SVG nor styles nor `data:` images through. If there are too many steps, the timeline shows those that took
 * longest.
 */
export function timeline(report: PipelineReport, rows: number): Markup | null {
  const all = ran(report);
  if (all.length === 0) return null;
  const longest = new Set(all.toSorted((a, b) => b.seconds - a.seconds).slice(0, rows));
  const shown = all.filter((step) => longest.has(step));
  const total = Math.max(report.times.build, ...all.map(({ end }) => end));
  const digits = Math.max(...shown.map(({ step }) => String(step.index).length));
  const names = shown.map(({ step }) => `${String(step.index).padStart(digits)} ${shorten(shortName(step.name), 24)}`);
  const indent = Math.max(...names.map(({ length }) => length)) + 2;
  const bars = shown.map((step, index) => `${(names[index] as string).padEnd(indent)}${bar(step, total)}`);
  const some = shown.length < all.length ? ` of the ${rows} longest of ${formatCount(all.length, "step")}` : "";
  const text = [...bars, ...axis(total).map((line) => `${" ".repeat(indent)}${line}`)];
  return html`<details open><summary>Timeline${some} (░ is the engine’s part)</summary>\n<pre>${lines(text.map((line) => line.trimEnd()))}</pre></details>`;
}

/** A step's bar, which is light where the engine works for the step, and then its program's time. */
function bar({ start, seconds, end, next, failed }: Ran, total: number): string {
  // The program's time is measured by another process, so it may be longer than from here to there.
  const times = [start, Math.max(start, end - seconds), end, Math.max(end, next)] as const;
  const [from, begin, to, until] = times.map((time) => Math.round((width * time) / total)) as Columns;
  const full = "█".repeat(to - begin) || "▌";
  const drawn = `${" ".repeat(from)}${"░".repeat(begin - from)}${full}`;
  return `${drawn.padEnd(until, "░").padEnd(width + 2)} ${failed ? "failed after " : ""}${formatSeconds(seconds)}`;
}

type Columns = [from: number, begin: number, to: number, until: number];

/** The axis, from zero on, and below it the times at its marks. */
function axis(total: number): readonly string[] {
  const line = [..."─".repeat(width + 1)];
  let labels = "";
  for (const { seconds, label } of ticks(total)) {
    const place = Math.round((width * seconds) / total);
    line[place] = seconds === 0 ? "└" : "┴";
    labels = `${labels.padEnd(place)}${label}`;
  }
  return [line.join(""), labels];
}
