import { printable } from "./problems.ts";

/** HTML that is safe to put into a page. */
export interface Markup {
  readonly html: string;
}

type Value = string | number | Markup | null | readonly Markup[];

/**
 * Makes HTML from a template. Strings that are put into it are untrusted and stay text: markup is escaped, and control
 * characters, including line breaks, are shown as symbols.
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

/** Several lines of untrusted text, one below the other. */
export const lines = (text: readonly string[]): Markup => ({
  html: text.map((line) => escaped(shown(line))).join("\n"),
});

/**
 * A block of GitHub's Markdown. Markdown inside of HTML blocks isn't interpreted, and a block ends at the next blank
 * line.
 */
export const block = ({ html: text }: Markup) => `${text}\n\n`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text on one line, without characters that would reorder the text around it. */
export const shown = (text: string) =>
  printable(text).replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");

/** Text that is cut in the middle if it is too long. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`.replace(/\p{Cs}/gu, "");
}
