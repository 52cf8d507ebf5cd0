import { stripVTControlCharacters } from "node:util";

/** Colours a text if the output shows colours. */
export type Paint = (color: "red" | "green" | "yellow" | "cyan", text: string) => string;

/** A number and its noun, which is given in the singular. */
export const formatCount = (count: number, noun: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? noun : noun.replace(/(?<![aeiou])y$/, "ie")}${count === 1 ? "" : "s"}`;

/** A number of bytes in the unit that fits. */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), 4);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${["B", "KiB", "MiB", "GiB", "TiB"][power]}`;
}

/** A duration as people read it, such as `1.23 s` or `2 min 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** A program's name without the prefix that all of them share. */
export const shortName = (name: string) => name.replace(/^(org\.osbuild|io\.weldr)\./, "");

/** A column of a table. */
export interface Column {
  readonly align: "left" | "right";
}

/** Formats rows as a table whose columns are as narrow as possible. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widthOf = (cell = "") => stripVTControlCharacters(cell).length;
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => widthOf(row[index]))));
  const lines = rows.map((row) =>
    row.map((cell, index) => {
      const blanks = " ".repeat((widths[index] ?? 0) - widthOf(cell));
      return columns[index]?.align === "right" ? blanks + cell : cell + blanks;
    }),
  );
  return lines.map((cells) => cells.join("  ").trimEnd()).join("\n");
}
