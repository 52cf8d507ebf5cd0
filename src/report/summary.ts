import { type Changes, changesBetween } from "../tree/changes.ts";
import { changesMarkdown, comparedIn } from "./changes-text.ts";
import { code, imageFacts, link } from "./facts.ts";
import { formatBytes, formatCount, formatSeconds, shortName } from "./format.ts";
import { block, html, lines, type Markup, shorten } from "./markup.ts";
import { headline, type PipelineReport, type ReportedStep, succeeded, wholeTime } from "./pipeline-report.ts";
import { formatProblem } from "./problems.ts";
import { spent } from "./spent.ts";
import { type StepRow, stepRows } from "./step-rows.ts";
import { type Row, table } from "./summary-table.ts";
import { timeline } from "./timeline.ts";
import { type Traffic, trafficText } from "./traffic.ts";

/** GitHub refuses summaries of more than 1 MiB, and later steps of the job may add to this one. */
const maxBytes = 960 * 1024;

/** The number of rows that a table may have if there is room. */
const maxRows = 200;

/** The job's summary in GitHub's Markdown, with as many details as fit. Without a cache there is no traffic. */
export function summaryMarkdown(reports: readonly PipelineReport[], traffic?: Traffic): string {
  const cache = traffic === undefined ? "" : block(html`<p>Cache: ${trafficText(traffic)}.</p>`);
  return `${pipelines(reports)}${cache}`;
}

function pipelines(reports: readonly PipelineReport[]): string {
  let text = "";
  let left = maxBytes - 400;
  for (const [index, report] of reports.entries()) {
    const part = fitting(report, left / (reports.length - index));
    if (part === undefined)
      return text + block(html`<p>… and ${formatCount(reports.length - index, "more pipeline")}.</p>`);
    text += part;
    left -= Buffer.byteLength(part);
  }
  return text;
}

/** One pipeline's part of the summary; undefined if not even its name fits. */
function fitting(report: PipelineReport, bytes: number): string | undefined {
  const { previous, contents } = report;
  const changes = previous === null || contents === null ? null : changesBetween(previous.contents, contents);
  for (let rows = maxRows; rows > 0; rows = Math.floor(rows / 2)) {
    const text = part(report, changes, rows);
    if (Buffer.byteLength(text) <= bytes) return text;
  }
  const least = block(html`${heading(report)}<p>${headline(report)}.</p>`);
  return Buffer.byteLength(least) <= bytes ? least : undefined;
}

function part(report: PipelineReport, changes: Changes | null, rows: number): string {
  const { image, previous } = report;
  const drawn = timeline(report, Math.min(rows, 50));
  return [
    block(heading(report)),
    block(html`<p>${headline(report)}.${links(report)}</p>`),
    problems(report, rows),
    failure(report, rows),
    previous === null || changes === null ? "" : changesMarkdown(comparedIn(previous, report), changes, rows),
    image === null ? "" : block(html`<h3>Image</h3>\n<table>${imageFacts(report, image).map(fact)}</table>`),
    steps(report, rows),
    drawn === null ? "" : block(drawn),
    times(report, rows),
    ids(report, rows),
  ].join("");
}

const failed = ({ result }: ReportedStep) => result.type === "failed";

const heading = (report: PipelineReport) =>
  html`<h2>${succeeded(report) ? "✅" : "❌"} ${code(report.pipeline)}${report.times.build === 0 ? null : html` in ${formatSeconds(wholeTime(report))}`}</h2>`;

/** The addresses of everything that was uploaded. */
function links({ image, links: { report, log, tree } }: PipelineReport): Markup {
  const all = [
    ["image", image?.artifactUrl ?? null],
    ["report", report],
    ["log of the failed step", log],
    ["tree of the failed step", tree],
  ] as const;
  const shown = all.flatMap(([name, url]) => (url === null ? [] : (link(url, name) ?? [])));
  return html`${shown.map((one, index) => html`${index === 0 ? " Download: " : ", "}${one}`)}${shown.length > 0 ? "." : null}`;
}

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
  // A blank line doesn't end a <pre> block.
  return block(html`<pre>${lines(last.map((line) => shorten(line, 200)))}</pre>`);
}

const fact = ([name, value]: readonly [string, Markup]) =>
  html`\n<tr><th align="left">${name}</th><td>${value}</td></tr>`;

/** The table of the steps. Steps that ran matter more than those that didn't, so they are left out last. */
function steps({ steps: all }: PipelineReport, most: number): string {
  const rank = ({ result }: StepRow) => ["failed", "running", "built", "cached", "not reached"].indexOf(result.type);
  const rows = stepRows(all);
  const kept = new Set(rows.toSorted((a, b) => rank(a) - rank(b)).slice(0, most));
  const ordered = [...rows.filter((row) => kept.has(row)), ...rows.filter((row) => !kept.has(row))];
  const head = ["", "Step", "Result", "Why", "Time", "Size"];
  const title = formatCount(all.length, "step");
  if (rows.length === 0) return "";
  return `${block(html`<h3>Steps</h3>`)}${table({ title, head, rows: ordered.map(stepRow), most })}`;
}

const stepRow = ({ numbers, depth, name, result, text, note, seconds, bytes }: StepRow): Row => [
  html`${numbers}`,
  html`${depth > 0 ? "build root: " : null}${name}`,
  html`${result.type === "failed" ? "❌ " : null}${text}`,
  html`${note}`,
  html`${seconds === null ? null : formatSeconds(seconds)}`,
  html`${bytes === null ? null : formatBytes(bytes)}`,
];

/** The parts of the time that a pipeline took. */
function times(report: PipelineReport, most: number): string {
  const whole = wholeTime(report);
  const rows = spent(report).map(
    ({ name, seconds }): Row => [
      html`${name}`,
      html`${formatSeconds(seconds)}`,
      html`${Math.round((100 * seconds) / whole)} %`,
    ],
  );
  return table({ title: "Where the time went", head: ["Part", "Time", "Share"], rows, most, folded: true });
}

/** The whole ids, which are long and rarely read. */
function ids({ steps: all, treeId, outputId }: PipelineReport, most: number): string {
  const row = (name: Markup, id: string): Row => [name, code(id)];
  const whole = [["Tree", treeId] as const, ["Image", outputId] as const];
  const known = whole.flatMap(([name, id]) => (id === null ? [] : [row(html`${name}`, id)]));
  const each = all.map(({ step }) => row(html`${step.index} ${code(shortName(step.name))}`, step.id));
  return table({ title: "Ids", head: ["Of", "Id"], rows: [...known, ...each], most, folded: true });
}
