import type { ImageDisk } from "../../image/disk.ts";
import { type Changes, totalBytes } from "../../tree/changes.ts";
import type { Contents } from "../../tree/contents.ts";
import { formatChange } from "../changes.ts";
import { code, imageFacts } from "../facts.ts";
import { formatBytes, formatCount, formatSeconds } from "../format.ts";
import { html, type Markup, shorten } from "../markup.ts";
import { type Image, type PipelineReport, ran, wholeTime } from "../pipeline-report.ts";

/** The figures that people look for first. */
export function cards(report: PipelineReport, changes: Changes | null): Markup {
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
  all.push(
    card("Time", formatSeconds(wholeTime(report)), `${ran(report).length} of ${formatCount(steps.length, "step")} run`),
  );
  return html`<dl class="cards">${all}</dl>`;
}

const card = (name: string, value: string, note: string) =>
  html`<div><dt>${name}</dt><dd>${value}</dd><dd>${note}</dd></div>`;

/** The section about the image: its partitions and its facts. */
export function imageSection(report: PipelineReport, image: Image): Markup {
  const ids = [["Tree id", report.treeId] as const, ["Output id", report.outputId] as const];
  const known = ids.flatMap(([name, id]) => (id === null ? [] : [[name, code(id)] as const]));
  const rows = [...imageFacts(report, image), ...known].map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  );
  return html`<section><h2>Image</h2>${image.disk === null ? null : strip(image.disk)}<table class="facts"><tbody>${rows}</tbody></table></section>`;
}

/** A drawing of the partitions' places on the disk, and below it what each of them is. */
function strip({ virtualSize, partitions }: ImageDisk): Markup | null {
  if (virtualSize === null || partitions.length === 0) return null;
  const percent = (bytes: number) => ((100 * bytes) / virtualSize).toFixed(3);
  const rects = partitions.map(
    ({ start, size }) => html`<rect x="${percent(start)}" width="${percent(size)}" height="1"/>`,
  );
  const labels = partitions.map(
    ({ number, type, name, size }) =>
      html`<li><i></i>${number}: ${shorten(name ?? type, 40)}, ${formatBytes(size)}</li>`,
  );
  const free = virtualSize - partitions.reduce((sum, { size }) => sum + size, 0);
  if (free >= leastFree) labels.push(html`<li class="free"><i></i>free, ${formatBytes(free)}</li>`);
  return html`<svg class="disk" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects}</svg><ul class="places">${labels}</ul>`;
}

/** Less free space than this is alignment and partition tables. */
const leastFree = 4 * 1024 ** 2;

/** The table of all packages. */
export function packagesSection({ packages, database }: Contents): Markup | null {
  if (packages.length === 0) return null;
  const rows = packages.map(
    ({ name, version, architecture, bytes }) =>
      html`<tr><th scope="row">${name}</th><td class="optional">${architecture}</td><td>${version}</td><td class="number" data-value="${bytes}">${formatBytes(bytes)}</td></tr>\n`,
  );
  return html`<section><h2>Packages</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Packages"><table data-sortable>
<caption class="hidden">${formatCount(packages.length, "package")} in the ${database} database</caption>
<thead><tr><th scope="col">Package</th><th scope="col" class="optional">Architecture</th><th scope="col">Version</th><th scope="col" class="number">Size</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}
