import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";

/** One line of the table. */
export interface Line {
  readonly what: string;
  readonly ours: string;
  readonly reference: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly aim: string;
}

/** The line of two medians, in seconds. */
export function comparison(
  names: { readonly what: string; readonly reference: string; readonly aim?: number },
  ours: number,
  theirs: number,
): Line {
  const { what, reference, aim } = names;
  return {
    what,
    ours: formatSeconds(ours),
    reference,
    theirs: formatSeconds(theirs),
    ratio: formatRatio(ours / theirs),
    aim: aim === undefined ? "" : `≤ ${formatRatio(aim)}`,
  };
}

const formatSeconds = (seconds: number) => `${seconds.toPrecision(seconds < 100 ? 2 : 3)} s`;

const formatRatio = (ratio: number) => `${ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(1)} ×`;

const head = ["what", "osbuild", "beside", "takes", "ratio", "aim"];
const isText = (column: number) => column === 0 || column === 2;

export const markdown = (lines: readonly Line[]) => table(lines.map(cells));

const cells = ({ what, ours, reference, theirs, ratio, aim }: Line) => [what, ours, reference, theirs, ratio, aim];

/** As the formatter leaves it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (text: string, column: number) =>
    isText(column) ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  const rule = widths.map((width, column) => (isText(column) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [head.map(pad), rule, ...rows.map((row) => row.map(pad))].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Puts lines in place of those of the same name in the README's table; others stay. */
export async function writeReadme(lines: readonly Line[]): Promise<void> {
  const path = `${import.meta.dirname}/README.md`;
  // The table, and the line below it, which says where the numbers are from.
  const [before, old = "", ...after] = (await readFile(path, "utf8")).split(/\n(\| what [\s\S]*?)\n\nOn .*\n/);
  const rows = new Map(old.split("\n").slice(2).map(parseRow));
  for (const line of lines) rows.set(line.what, cells(line));
  await writeFile(path, `${before}\n${table([...rows.values()])}\n\nOn ${await machine()}.\n${after.join("")}`);
}

function parseRow(text: string): [string, readonly string[]] {
  const row = text
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  return [row[0] ?? "", row];
}

async function machine(): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8");
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? "Linux";
  const model = cpus()[0]?.model ?? "";
  return `${availableParallelism()} processors (${model}), ${system}, Node.js ${process.versions.node}`;
}
