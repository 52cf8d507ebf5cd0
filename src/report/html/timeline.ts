import { ticks } from "../axis.ts";
import { formatSeconds, shortName } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { type PipelineReport, type Ran, ran, span, wholeTime } from "../pipeline-report.ts";
import { spent } from "../spent.ts";

/** The most bars that a timeline may have. If there are more steps, it shows those that took longest. */
const maxBars = 300;

/** The width of a bar's drawing. */
const width = 1000;

/** The section with the timeline of the steps that ran. */
export function timelineSection(report: PipelineReport): Markup | null {
  const all = ran(report);
  if (all.length === 0) return null;
  const total = span(report);
  const longest = new Set(all.toSorted((a, b) => b.seconds - a.seconds).slice(0, maxBars));
  const bars = all.filter((step) => longest.has(step)).map((step) => bar(step, total));
  const left = all.length - bars.length;
  return html`<section><h2>Timeline</h2><ol class="timeline">${bars}<li class="axis" aria-hidden="true"><span></span>${axis(total)}<span></span></li></ol>
<p class="soft">Steps run one after another, so the whole time depends on every program, which is in full colour. Where a bar is pale, the engine prepares the step or finishes it.${left > 0 ? html` … and ${left.toLocaleString("en")} that took less.` : null}</p></section>`;
}

function bar({ step, failed, start, seconds, end, next }: Ran, total: number): Markup {
  const place = (time: number) => (width * time) / total;
  const rect = (from: number, to: number, name: string | null) =>
    html`<rect${name === null ? null : html` class="${name}"`} x="${Math.min(from, width - 3).toFixed(1)}" width="${Math.max(to - from, 3).toFixed(1)}" height="1"/>`;
  const program = Math.max(start, end - seconds);
  const drawn = [rect(place(start), place(next), "engine"), rect(place(program), place(program + seconds), null)];
  const parts = [
    html`<span>${shortName(step.name)}</span> `,
    html`<svg viewBox="0 0 ${width} 1" preserveAspectRatio="none" aria-hidden="true">${drawn}</svg> `,
    html`<span>${formatSeconds(seconds)}</span>`,
  ];
  return html`<li${failed ? html` class="failed"` : null}>${parts}</li>\n`;
}

/** The axis below the bars, with times that people count by. */
function axis(total: number): Markup {
  const marks = ticks(total, 6).map(({ seconds, label }) => {
    const x = ((100 * seconds) / total).toFixed(2);
    // A label at the end would stick out.
    const anchor = seconds === 0 ? "start" : seconds > 0.95 * total ? "end" : "middle";
    return html`<line x1="${x}%" x2="${x}%" y1="0" y2="5"/><text x="${x}%" y="18" text-anchor="${anchor}">${label}</text>`;
  });
  return html`<svg>${marks}</svg>`;
}

/** The section that says where the time went. */
export function timesSection(report: PipelineReport): Markup | null {
  const parts = spent(report);
  if (parts.length === 0) return null;
  const whole = wholeTime(report);
  const rows = parts.map(
    ({ name, seconds }) =>
      html`<tr><th scope="row">${name}</th><td class="share"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${((100 * seconds) / whole).toFixed(2)}" height="1"/></svg></td><td class="number">${formatSeconds(seconds)}</td><td class="number">${Math.round((100 * seconds) / whole)} %</td></tr>\n`,
  );
  return html`<section><h2>Where the time went</h2><table><tbody>${rows}</tbody></table>
<p class="soft">Layers are packed and saved while later steps run. That counts only where the build waits for it.</p></section>`;
}
