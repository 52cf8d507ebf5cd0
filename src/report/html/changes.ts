import type { Changes, FileChange, PackageChange } from "../../tree/changes.ts";
import { changeCounts, fileNoun, formatChange } from "../changes.ts";
import { code } from "../facts.ts";
import { formatCount } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import type { PipelineReport, Previous } from "../pipeline-report.ts";

/** The most rows that a table may have. */
const maxRows = 1000;

/** The section about the changes since another image. */
export function changesSection({ image }: PipelineReport, previous: Previous, changes: Changes): Markup {
  const { packages, files } = changes;
  const same = image?.sha256 === previous.image.sha256;
  return html`<section><h2>Changes since ${code(previous.label)}</h2>
<p>${same ? "None: the images are identical, bit for bit" : changeCounts(changes)}.</p>
${same ? null : table(["Package", "Version", "Size"], packages.map(packageRow), formatCount(packages.length, "package"))}
${same ? null : table(["File", "Change", "Size"], files.map(fileRow), formatCount(files.length, fileNoun(changes)))}
</section>`;
}

const packageRow = ({ name, architecture, from, to, bytes }: PackageChange) =>
  html`<tr><th scope="row">${name} <span class="soft optional">${architecture}</span></th><td>${versions(from, to)}</td>${sizeCell(bytes)}</tr>\n`;

function versions(from: string | null, to: string | null): Markup {
  const [left, right] = [from, to].map((version) => html`<span class="version">${version}</span>`) as [Markup, Markup];
  if (from === null) return html`${right} <span class="good">added</span>`;
  if (to === null) return html`${left} <span class="bad">removed</span>`;
  return html`${left} <span class="soft inline">→</span> ${right}`;
}

const fileRow = ({ path, change, aspects, bytes }: FileChange) =>
  html`<tr><td><code>${path}</code></td><td>${change === "changed" ? aspects.join(", ") : html`<span class="${change === "added" ? "good" : "bad"}">${change}</span>`}</td>${sizeCell(bytes)}</tr>\n`;

const sizeCell = (bytes: number) => html`<td class="number">${formatChange(bytes)}</td>`;

function table(head: readonly string[], rows: readonly Markup[], title: string): Markup | null {
  if (rows.length === 0) return null;
  const heads = head.map((name) => html`<th scope="col"${name === "Size" ? html` class="number"` : null}>${name}</th>`);
  const more = rows.length - maxRows;
  return html`<details class="more"${rows.length <= 10 ? html` open` : null}><summary>${title}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads}</tr></thead><tbody>${rows.slice(0, maxRows)}</tbody></table></div>
${more > 0 ? html`<p class="soft">… and ${more.toLocaleString("en")} more</p>` : null}</details>`;
}
