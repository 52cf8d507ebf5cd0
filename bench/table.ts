import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { formatTable, readRows } from "../scripts/markdown-table.ts";

/** A line of the table. */
export interface Line {
  readonly what: string;
  readonly ours: string;
  readonly reference: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly aim: string;
}

/** Makes the line for two medians, in seconds. */
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

const table = (rows: readonly (readonly string[])[]) => formatTable({ head, rows, isText });

/** Replaces the lines with the same names in the README's table. */
export async function writeReadme(lines: readonly Line[]): Promise<void> {
  const path = `${import.meta.dirname}/README.md`;
  // The table and the line below it, which names the machine that was measured.
  const [before, old = "", ...after] = (await readFile(path, "utf8")).split(/\n(\| what [\s\S]*?)\n\nOn .*\n/);
  const rows = readRows(old);
  for (const line of lines) rows.set(line.what, cells(line));
  await writeFile(path, `${before}\n${table([...rows.values()])}\n\nOn ${await machine()}.\n${after.join("")}`);
}

async function machine(): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8");
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? "Linux";
  const model = cpus()[0]?.model ?? "";
  return `${availableParallelism()} processors (${model}), ${system}, Node.js ${process.versions.node}`;
}
