import type { Node } from "jsonc-parser";
import { members } from "./nodes.ts";

/**
 * A value as Python's `json.dumps(value, sort_keys=True)` writes it: the form that osbuild's ids are made of.
 * `", "` and `": "`, keys by code point, ASCII only; integers and floats stay what they were written as.
 */
export const canonical = (text: string, node: Node): string =>
  format(text, node, {
    order: (entries) => entries.toSorted(([a], [b]) => byCodePoint(a.value, b.value)),
    number: canonicalNumber,
  });

/** The same, but with keys in the order and numbers in the digits in which they are written. */
export const asWritten = (text: string, node: Node): string =>
  format(text, node, { order: (entries) => entries, number: (literal) => literal });

type Entries = ReturnType<typeof members>;

interface Form {
  readonly order: (entries: Entries) => Entries;
  readonly number: (literal: string) => string;
}

function format(text: string, node: Node, form: Form): string {
  switch (node.type) {
    case "object": {
      const entries = form.order(members(node));
      return `{${entries.map(([key, value]) => `${canonicalString(key.value)}: ${format(text, value, form)}`).join(", ")}}`;
    }
    case "array":
      return `[${(node.children ?? []).map((child) => format(text, child, form)).join(", ")}]`;
    case "string":
      return canonicalString(node.value);
    case "number":
      return form.number(text.slice(node.offset, node.offset + node.length));
    default:
      return String(node.value);
  }
}

/** Code units order U+E000 to U+FFFF after the surrogates of what lies above them; code points don't. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (c) => c.codePointAt(0) as number);
  const right = Array.from(b, (c) => c.codePointAt(0) as number);
  const differs = left.findIndex((code, index) => code !== right[index]);
  if (differs === -1) return left.length - right.length;
  return (left[differs] as number) - (right[differs] ?? -1);
}

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

/** An integer of any size as it is, but for `-0`; a float as Python's repr writes it. */
export function canonicalNumber(literal: string): string {
  if (/^-?\d+$/.test(literal)) return literal === "-0" ? "0" : literal;
  const value = Number(literal);
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  // Both languages print the shortest digits that read back the same; only where they put the exponent differs.
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const plain = String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}
