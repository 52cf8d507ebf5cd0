import type { Node } from "jsonc-parser";
import { type Document, literalOf } from "./document.ts";
import { members } from "./nodes.ts";

/**
 * Writes a value as Python's `json.dumps(value, sort_keys=True)` does, because osbuild hashes that form for its ids:
 * `", "` and `": "` as separators, keys sorted by code point, ASCII only. An integer stays an integer and a float a
 * float, as written.
 */
export const canonical = (document: Document, node: Node): string =>
  format(document, node, {
    order: (entries) => entries.toSorted(([a], [b]) => byCodePoint(a.value, b.value)),
    number: canonicalNumber,
  });

/** Like `canonical`, but keeps the order of the keys and the spelling of the numbers. */
export const asWritten = (document: Document, node: Node): string =>
  format(document, node, { order: (entries) => entries, number: (literal) => literal });

type Entries = ReturnType<typeof members>;

interface Form {
  readonly order: (entries: Entries) => Entries;
  readonly number: (literal: string) => string;
}

function format(document: Document, node: Node, form: Form): string {
  switch (node.type) {
    case "object": {
      const entries = form.order(members(node));
      return `{${entries.map(([key, value]) => `${canonicalString(key.value)}: ${format(document, value, form)}`).join(", ")}}`;
    }
    case "array":
      return `[${(node.children ?? []).map((child) => format(document, child, form)).join(", ")}]`;
    case "string":
      return canonicalString(node.value);
    case "number":
      return form.number(literalOf(document, node));
    default:
      return String(node.value);
  }
}

/** Comparing by code unit would put U+E000 to U+FFFF after the surrogates of the code points above U+FFFF. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (c) => c.codePointAt(0) as number);
  const right = Array.from(b, (c) => c.codePointAt(0) as number);
  const differs = left.findIndex((code, index) => code !== right[index]);
  if (differs === -1) return left.length - right.length;
  return (left[differs] as number) - (right[differs] ?? -1);
}

/** Writes a string as Python's `json.dumps` does. */
export const canonicalString = (text: string) => `"${text.replace(/["\\]|[^ -~]/g, escapeUnit)}"`;

const escapeUnit = (unit: string) => escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Keeps an integer of any size as it is, except `-0`, and writes a float as Python's repr does. */
export function canonicalNumber(literal: string): string {
  if (/^-?\d+$/.test(literal)) return literal === "-0" ? "0" : literal;
  const value = Number(literal);
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  // Both languages print the shortest digits that read back as the same number. They differ only in when they use an
  // exponent and how they write it.
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const plain = String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}
