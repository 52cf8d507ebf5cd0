import { printable } from "./problems.ts";

/** HTML that is safe to show. */
export interface Markup {
  readonly html: string;
}

type Value = string | number | Markup | null | readonly Markup[];

/**
 * HTML from a template. Whatever is put into it as a string is somebody else's text and arrives as text: markup is escaped,
 * and control characters, line breaks among them, are shown and not obeyed.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = strings.map((string, index) => string + (index < values.length ? rendered(values[index] ?? null) : ""));
  return { html: text.join("") };
}

function rendered(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escaped(shown(value));
  if ("html" in value) return value.html;
  return value.map((part) => part.html).join("");
}

/** Several lines of somebody else's text, as lines. */
export const lines = (text: readonly string[]): Markup => ({
  html: text.map((line) => escaped(shown(line))).join("\n"),
});

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text on one line, without what would reorder the text around it. */
export const shown = (text: string) =>
  printable(text).replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");

/** Text whose middle is left out where it is too long. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`.replace(/\p{Cs}/gu, "");
}

/** A number and its noun. */
export const counted = (count: number, noun: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? noun : noun.replace(/y$/, "ie")}${count === 1 ? "" : "s"}`;
