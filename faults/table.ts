import { readFile, writeFile } from "node:fs/promises";
import { formatTable, readRows } from "../scripts/markdown-table.ts";
import { outcomes, runsOf, type Tally } from "./outcomes.ts";

/** One line of the table: a kind of fault, and what became of it. */
export interface Line {
  readonly name: string;
  readonly what: string;
  readonly seed: number;
  readonly tally: Tally;
}

const head = ["kind", "runs", ...outcomes, "seed"];

export const markdown = (lines: readonly Line[]) => table(lines.map(cells));

const cells = ({ name, seed, tally }: Line) =>
  [name, runsOf(tally.counts), ...outcomes.map((outcome) => tally.counts[outcome]), seed].map((cell) =>
    typeof cell === "number" ? cell.toLocaleString("en") : cell,
  );

const table = (rows: readonly (readonly string[])[]) => formatTable({ head, rows, isText: (column) => column === 0 });

/** Puts lines in place of those of the same name in docs/reliability.md; others stay. */
export async function writePage(lines: readonly Line[]): Promise<void> {
  const path = `${import.meta.dirname}/../docs/reliability.md`;
  const [before, old = "", after] = (await readFile(path, "utf8")).split(
    /<!-- figures -->\n\n([\s\S]*?)\n\n<!-- end -->/,
  );
  const rows = readRows(old);
  for (const line of lines) rows.set(line.name, cells(line));
  await writeFile(path, `${before}<!-- figures -->\n\n${table([...rows.values()])}\n\n<!-- end -->${after}`);
}
