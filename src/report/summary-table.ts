import { block, html, type Markup } from "./markup.ts";

/** The cells of a row. */
export type Row = readonly Markup[];

/** A table of the summary. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  /** The most rows that are shown. */
  readonly most: number;
  /** Whether it is folded away, as long tables are. */
  readonly folded?: boolean;
}

const numbers = new Set(["Time", "Size", "Share"]);

/** Tables with more rows than this are folded away. */
const long = 20;

/** Makes a table that can be folded. A column that has nothing in it is left out. */
export function table({ title, head, rows, most, folded = rows.length > long }: Table): string {
  if (rows.length === 0) return "";
  const columns = [...head.keys()].filter((index) => rows.some((row) => row[index]?.html !== ""));
  const align = (index: number) => (numbers.has(head[index] as string) ? html` align="right"` : null);
  const body = rows
    .slice(0, most)
    .map((row) => html`\n<tr>${columns.map((index) => html`<td${align(index)}>${row[index] ?? null}</td>`)}</tr>`);
  const more = rows.length - body.length;
  const rest =
    more > 0 ? html`\n<tr><td colspan="${columns.length}">… and ${more.toLocaleString("en")} more</td></tr>` : null;
  const heads = columns.map((index) => html`<th${align(index)}>${head[index] ?? null}</th>`);
  return block(
    html`<details${folded ? null : html` open`}><summary>${title}</summary>\n<table>\n<tr>${heads}</tr>${body}${rest}\n</table>\n</details>`,
  );
}
