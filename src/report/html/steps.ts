import { formatBytes, formatSeconds, shortName } from "../format.ts";
import { html, lines, type Markup } from "../markup.ts";
import { end, type PipelineReport, type Ran, type ReportedStep, ran, resultText } from "../pipeline-report.ts";

/** Bars of a timeline: of more steps, those that took longest. */
const maxBars = 300;

export function timelineSection(report: PipelineReport): Markup | null {
  const all = ran(report);
  if (all.length === 0) return null;
  const longest = new Set(all.toSorted((a, b) => b.seconds - a.seconds).slice(0, maxBars));
  const bars = all.filter((step) => longest.has(step)).map((step) => bar(step, end(report)));
  const left = all.length - bars.length;
  return html`<section><h2>Timeline</h2><ol class="timeline">${bars}</ol>
${left > 0 ? html`<p class="soft">… and ${left.toLocaleString("en")} that took less</p>` : null}</section>`;
}

function bar({ step, failed, start, seconds }: Ran, total: number): Markup {
  const [x, width] = [start, seconds].map((time) => (total === 0 ? 0 : (1000 * time) / total)) as [number, number];
  return html`<li${failed ? html` class="failed"` : null}><span>${shortName(step.name)}</span> <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true"><rect x="${Math.min(x, 997).toFixed(1)}" width="${Math.max(width, 3).toFixed(1)}" height="1"/></svg> <span>${formatSeconds(seconds)}</span></li>\n`;
}

/** Lines and characters of one log, and the characters of all together. */
const maxLines = 300;
const maxLog = 64 * 1024;
const maxLogs = 4 * 1024 * 1024;

export function stepsSection({ steps }: PipelineReport): Markup {
  const length = Math.min(maxLog, Math.floor(maxLogs / steps.length));
  return html`<section><h2>Steps</h2><table>
<thead><tr><th scope="col" class="optional"><span class="hidden">Number</span></th><th scope="col">Step</th><th scope="col">Result</th><th scope="col" class="number">Time</th><th scope="col" class="number optional">Size</th></tr></thead>
<tbody>${steps.map((step) => row(step, length))}</tbody></table></section>`;
}

function row({ step, result, log }: ReportedStep, length: number): Markup {
  const text = (log ?? "").trimEnd();
  const failed = result.type === "failed";
  return html`<tr${text === "" ? null : html` class="with-log"`}><td class="optional soft">${step.index}</td><th scope="row">${shortName(step.name)} <span class="soft">${step.depth > 0 ? "build root, " : null}<code>${step.id.slice(0, 12)}</code></span></th><td><span${failed ? html` class="bad"` : null}>${resultText(result)}</span> ${"reason" in result ? html`<span class="soft">${result.reason}</span>` : null}</td><td class="number">${"seconds" in result ? formatSeconds(result.seconds) : null}</td><td class="number optional">${"bytes" in result && result.bytes !== null ? formatBytes(result.bytes) : null}</td></tr>
${text === "" ? null : html`<tr class="log"><td colspan="5"><details${failed ? html` open` : null}><summary>Log</summary><pre tabindex="0">${tail(text, length)}</pre></details></td></tr>\n`}`;
}

function tail(text: string, length: number): Markup {
  const last = text.slice(-length).split("\n").slice(-maxLines);
  const isWhole = text.length === last.join("\n").length;
  return html`${isWhole ? null : "…"}${isWhole ? null : html`\n`}${lines(last)}`;
}
