import {
  changeCounts,
  type Difference,
  difference,
  type FileChange,
  fileNoun,
  formatChange,
  type PackageChange,
} from "./contents.ts";
import { code, imageFacts } from "./facts.ts";
import { formatBytes, formatSeconds, shortName } from "./format.ts";
import { gantt } from "./gantt.ts";
import { counted, html, lines, type Markup, shorten } from "./markup.ts";
import { headline, type PipelineReport, type Previous, type ReportedStep, ran, resultText } from "./pipeline-report.ts";
import { formatProblem } from "./problems.ts";

/** GitHub refuses a summary of more than 1 MiB, and other steps of ours may have something to add. */
const maxBytes = 960 * 1024;

/** Rows of a table where there is room. */
const maxRows = 200;

/** The summary of a job in GitHub's Markdown, with as many details as fit. */
export function summaryMarkdown(reports: readonly PipelineReport[]): string {
  let text = "";
  let left = maxBytes - 100;
  for (const [index, report] of reports.entries()) {
    const part = fitting(report, left / (reports.length - index));
    if (part === undefined)
      return text + block(html`<p>… and ${counted(reports.length - index, "more pipeline")}.</p>`);
    text += part;
    left -= Buffer.byteLength(part);
  }
  return text;
}

/** One pipeline's part; undefined where not even its name fits. */
function fitting(report: PipelineReport, bytes: number): string | undefined {
  const { previous, contents } = report;
  const changes = previous === null || contents === null ? null : difference(previous.contents, contents);
  for (let rows = maxRows; rows > 0; rows = Math.floor(rows / 2)) {
    const text = part(report, changes, rows);
    if (Buffer.byteLength(text) <= bytes) return text;
  }
  const least = block(html`${heading(report)}<p>${headline(report)}.</p>`);
  return Buffer.byteLength(least) <= bytes ? least : undefined;
}

/**
 * Everything is said in blocks of HTML: such a block goes on to the next blank line, and nothing in it is read as Markdown.
 */
const block = ({ html: text }: Markup) => `${text}\n\n`;

function part(report: PipelineReport, changes: Difference | null, rows: number): string {
  const { image, previous } = report;
  return [
    block(heading(report)),
    block(html`<p>${headline(report)}.</p>`),
    problems(report, rows),
    failure(report, rows),
    image === null ? "" : block(html`<table>${imageFacts(report, image).map(fact)}</table>`),
    previous === null || changes === null ? "" : changesSince(previous, report, changes, rows),
    steps(report, rows),
    gantt(ran(report), Math.min(rows, 50)),
  ].join("");
}

const failed = ({ result }: ReportedStep) => result.type === "failed";

const heading = (report: PipelineReport) =>
  html`<h2>${report.problems.length > 0 || report.steps.some(failed) ? "❌ " : null}${code(report.pipeline)}</h2>`;

function problems({ problems: all }: PipelineReport, rows: number): string {
  if (all.length === 0) return "";
  const text = all.slice(0, rows).map((problem) => formatProblem(problem));
  const rest = all.length > rows ? [`… and ${(all.length - rows).toLocaleString("en")} more`] : [];
  const shown = [...text, ...rest].join("\n").split("\n");
  return block(html`<pre>${lines(shown.map((line) => shorten(line, 200)))}</pre>`);
}

function failure(report: PipelineReport, rows: number): string {
  const log = report.steps.find(failed)?.log?.trimEnd() ?? "";
  if (log === "") return "";
  const last = log.split("\n").slice(-Math.min(rows, 40));
  // <pre> is the one block that a blank line doesn't end.
  return block(html`<pre>${lines(last.map((line) => shorten(line, 200)))}</pre>`);
}

const fact = ([name, value]: readonly [string, Markup]) =>
  html`\n<tr><th align="left">${name}</th><td>${value}</td></tr>`;

function changesSince(previous: Previous, { image }: PipelineReport, changes: Difference, rows: number): string {
  const title = block(html`<h3>Changes since ${code(previous.label)}</h3>`);
  if (image?.sha256 === previous.image.sha256)
    return title + block(html`<p>None: the image is the same, bit for bit.</p>`);
  const { packages, files, bytes } = changes;
  const size = image === null ? null : `, the image ${formatChange(image.bytes - previous.image.bytes)}`;
  return [
    title,
    block(html`<p>${changeCounts(changes)}. Contents ${formatChange(bytes)}${size}.</p>`),
    table(["Package", "From", "To", "Size"], packages.map(packageRow), counted(packages.length, "package"), rows),
    table(["File", "Change", "Size"], files.map(fileRow), counted(files.length, fileNoun(changes)), rows),
  ].join("");
}

const packageRow = ({ name, architecture, from, to, bytes }: PackageChange): Row => [
  code(`${name}${architecture === "" ? "" : `:${architecture}`}`),
  from === null ? html`added` : code(from, 50),
  to === null ? html`removed` : code(to, 50),
  html`${formatChange(bytes)}`,
];

const fileRow = ({ path, change, aspects, bytes }: FileChange): Row => [
  code(path),
  html`${aspects.length > 0 ? aspects.join(", ") : change}`,
  html`${formatChange(bytes)}`,
];

function steps(report: PipelineReport, rows: number): string {
  // What was done is of more interest than what wasn't.
  const rank = ({ result }: ReportedStep) => ["failed", "built", "cached", "not reached"].indexOf(result.type);
  const shown = new Set(report.steps.toSorted((a, b) => rank(a) - rank(b)).slice(0, rows));
  const all = report.steps.filter((step) => shown.has(step));
  const title = counted(report.steps.length, "step");
  return table(["", "Step", "Result", "Why", "Time", "Size", "Id"], all.map(stepRow), title, rows, report.steps.length);
}

function stepRow({ step, result }: ReportedStep): Row {
  return [
    html`${step.index}`,
    html`${step.depth > 0 ? "build root: " : null}${code(shortName(step.name))}`,
    html`${result.type === "failed" ? "❌ " : null}${resultText(result)}`,
    html`${"reason" in result ? result.reason : null}`,
    html`${"seconds" in result ? formatSeconds(result.seconds) : null}`,
    html`${"bytes" in result && result.bytes !== null ? formatBytes(result.bytes) : null}`,
    code(step.id.slice(0, 12)),
  ];
}

type Row = readonly Markup[];

const numbers = new Set(["Time", "Size"]);

/** A table that is folded unless it is short. */
function table(head: readonly string[], all: readonly Row[], title: string, rows: number, total = all.length): string {
  if (all.length === 0) return "";
  const align = head.map((name) => (numbers.has(name) ? html` align="right"` : html``));
  const body = all
    .slice(0, rows)
    .map((row) => html`\n<tr>${row.map((cell, index) => html`<td${align[index] ?? null}>${cell}</td>`)}</tr>`);
  const more = total - body.length;
  const rest =
    more > 0 ? html`\n<tr><td colspan="${head.length}">… and ${more.toLocaleString("en")} more</td></tr>` : null;
  return block(
    html`<details${total <= 20 ? html` open` : null}><summary>${title}</summary>\n<table>\n<tr>${head.map(
      (name, index) => html`<th${align[index] ?? null}>${name}</th>`,
    )}</tr>${body}${rest}\n</table>\n</details>`,
  );
}
