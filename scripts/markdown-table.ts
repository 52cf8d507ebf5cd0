/** A Markdown table. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether a column holds text: numbers are aligned to the right. */
  readonly isText: (column: number) => boolean;
}

/** Formats a table in the same way as the formatter. */
export function formatTable({ head, rows, isText }: Table): string {
  const widths = head.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (text: string, column: number) =>
    isText(column) ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  const rule = widths.map((width, column) => (isText(column) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [head.map(pad), rule, ...rows.map((row) => row.map(pad))].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Reads the rows of a formatted table, by their first cell. */
export const readRows = (table: string): Map<string, readonly string[]> =>
  new Map(table.split("\n").slice(2).map(readRow));

function readRow(text: string): [string, readonly string[]] {
  const row = text
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  return [row[0] ?? "", row];
}
