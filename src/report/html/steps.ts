import { formatAgo } from "../age.ts";
import { formatBytes, formatSeconds, shortName } from "../format.ts";
import { html, lines, type Markup } from "../markup.ts";
import type { PipelineReport, ReportedStep } from "../pipeline-report.ts";
import { engineSeconds } from "../spent.ts";
import { noteOf, resultText, type StepResult } from "../step-results.ts";

/** The most lines and characters of one log, and the most characters of all logs together. */
const maxLines = 300;
const maxLog = 64 * 1024;
const maxLogs = 4 * 1024 * 1024;

/** The table of all steps, with their logs. */
export function stepsSection({ steps }: PipelineReport): Markup {
  const length = Math.min(maxLog, Math.floor(maxLogs / steps.length));
  const engine = engineSeconds(steps);
  const head = [
    html`<th scope="col" class="optional"><span class="hidden">Number</span></th>`,
    html`<th scope="col">Step</th>`,
    html`<th scope="col">Result</th>`,
    html`<th scope="col" class="number">Program</th>`,
    html`<th scope="col" class="number optional">Engine</th>`,
    html`<th scope="col" class="number optional">Size</th>`,
  ];
  return html`<section><h2>Steps</h2><table>
<thead><tr>${head}</tr></thead>
<tbody>${steps.map((each) => row(each, length, engine.get(each.step.id)))}</tbody></table></section>`;
}

function row({ step, result, log }: ReportedStep, length: number, engine: number | undefined): Markup {
  const text = (log ?? "").trimEnd();
  const failed = result.type === "failed";
  const note = noteOf(result) || builtText(result);
  const soft = note === "" ? null : html`<span class="soft">${note}</span>`;
  const seconds = "seconds" in result ? formatSeconds(result.seconds) : null;
  const bytes = "bytes" in result && result.bytes !== null ? formatBytes(result.bytes) : null;
  const id = html`${step.depth > 0 ? "build root, " : null}<code>${step.id.slice(0, 12)}</code>`;
  const cells = [
    html`<td class="optional soft">${step.index}</td>`,
    html`<th scope="row">${shortName(step.name)} <span class="soft">${id}</span></th>`,
    html`<td><span${failed ? html` class="bad"` : null}>${resultText(result)}</span> ${soft}</td>`,
    html`<td class="number">${seconds}</td>`,
    html`<td class="number optional">${engine === undefined ? null : formatSeconds(engine)}</td>`,
    html`<td class="number optional">${bytes}</td>`,
  ];
  const shown = html`<details${failed ? html` open` : null}><summary>Log</summary>${printed(text, length)}</details>`;
  return html`<tr${text === "" ? null : html` class="with-log"`}>${cells}</tr>
${text === "" ? null : html`<tr class="log"><td colspan="6">${shown}</td></tr>\n`}`;
}

/** The age of a result that was there before. */
const builtText = (result: StepResult) =>
  result.type === "cached" && result.ran !== null ? `built ${formatAgo(result.ran)}` : "";

const printed = (text: string, length: number) => html`<pre tabindex="0">${tail(text, length)}</pre>`;

function tail(text: string, length: number): Markup {
  const last = text.slice(-length).split("\n").slice(-maxLines);
  const isWhole = text.length === last.join("\n").length;
  return html`${isWhole ? null : "…"}${isWhole ? null : html`\n`}${lines(last)}`;
}
