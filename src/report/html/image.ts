import type { Disk } from "../../host/disk.ts";
import type { Contents } from "../../store/contents.ts";
import { type Difference, formatChange, totalBytes } from "../contents.ts";
import { imageFacts } from "../facts.ts";
import { formatBytes, formatSeconds } from "../format.ts";
import { counted, html, type Markup, shorten } from "../markup.ts";
import { end, type Image, type PipelineReport, ran } from "../pipeline-report.ts";

/** The figures that one looks for first. */
export function cards(report: PipelineReport, changes: Difference | null): Markup {
  const { image, contents, previous, steps } = report;
  const since = (change: string) => (previous === null ? "" : `${change} since ${shorten(previous.label, 20)}`);
  const all: Markup[] = [];
  if (image !== null)
    all.push(card("Image", formatBytes(image.bytes), since(formatChange(image.bytes - (previous?.image.bytes ?? 0)))));
  if (contents !== null)
    all.push(card("Contents", formatBytes(totalBytes(contents)), since(formatChange(changes?.bytes ?? 0))));
  if (contents !== null && contents.packages.length > 0) {
    const count = contents.packages.length;
    const change = count - (previous?.contents.packages.length ?? 0);
    all.push(card("Packages", count.toLocaleString("en"), since(change < 0 ? `−${-change}` : `+${change}`)));
  }
  all.push(card("Time", formatSeconds(end(report)), `${ran(report).length} of ${counted(steps.length, "step")} run`));
  return html`<dl class="cards">${all}</dl>`;
}

const card = (name: string, value: string, note: string) =>
  html`<div><dt>${name}</dt><dd>${value}</dd><dd>${note}</dd></div>`;

export function imageSection(report: PipelineReport, image: Image): Markup {
  const rows = imageFacts(report, image).map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  );
  return html`<section><h2>Image</h2>${image.disk === null ? null : strip(image.disk)}<table class="facts"><tbody>${rows}</tbody></table></section>`;
}

/** The partitions in their places. */
function strip({ virtualSize, partitions }: Disk): Markup | null {
  if (virtualSize === null || partitions.length === 0) return null;
  const percent = (bytes: number) => ((100 * bytes) / virtualSize).toFixed(3);
  const rects = partitions.map(
    ({ number, type, start, size }) =>
      html`<rect x="${percent(start)}" width="${percent(size)}" height="1"><title>${number}: ${type}, ${formatBytes(size)}</title></rect>`,
  );
  return html`<svg class="disk" viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label="Where the partitions lie">${rects}</svg>`;
}

export function packagesSection({ packages, database }: Contents): Markup | null {
  if (packages.length === 0) return null;
  const rows = packages.map(
    ({ name, version, architecture, bytes }) =>
      html`<tr><th scope="row">${name}</th><td class="optional">${architecture}</td><td>${version}</td><td class="number" data-value="${bytes}">${formatBytes(bytes)}</td></tr>\n`,
  );
  return html`<section><h2>Packages</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Packages"><table data-sortable>
<caption class="hidden">${counted(packages.length, "package")} in the ${database} database</caption>
<thead><tr><th scope="col">Package</th><th scope="col" class="optional">Architecture</th><th scope="col">Version</th><th scope="col" class="number">Size</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}
