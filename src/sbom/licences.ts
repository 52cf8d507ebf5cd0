import { hash } from "node:crypto";
import { fixupSpdxId, isSupportedSpdxId } from "@cyclonedx/cyclonedx-library/SPDX";
import type { Database } from "../tree/packages.ts";

/** The licences of a package as one SPDX expression. */
export interface Licence {
  readonly expression: string;
  /** The licences that aren't on SPDX's list: the package's own words, by their names in the expression. */
  readonly unlisted: ReadonlyMap<string, string>;
}

/** Combines a package's licences, which all apply. Undefined if it states none. */
export function licenceOf(texts: readonly string[], database: Database): Licence | undefined {
  if (texts.length === 0) return undefined;
  const unlisted = new Map<string, string>();
  const all = texts.map((text) => expressionOf(text, database, unlisted));
  const terms = [...new Set(all.flatMap((term) => (isCompound(term) ? term : term.split(" AND "))))];
  const expression = terms.map((term) => (terms.length > 1 && isCompound(term) ? `(${term})` : term)).join(" AND ");
  return { expression, unlisted };
}

const isCompound = (expression: string) => / OR |\(/.test(expression);

/** The longest text, in characters, that may be an expression. Reading one takes quadratic time. */
const longest = 10_000;

/** Translates one licence. A text that isn't an expression becomes a single unlisted licence. */
function expressionOf(text: string, database: Database, unlisted: Map<string, string>): string {
  if (text.length > longest) return refOf(text, unlisted);
  const own = new Map<string, string>();
  const words = (text.match(/[()]|[^\s()]+/g) ?? []).map((word) => {
    if (/^([()]|and|or|with)$/i.test(word)) return word.toUpperCase();
    return spdxIdOf(word, database) ?? refOf(word, own);
  });
  if (!isExpression(words)) return refOf(text, unlisted);
  for (const [ref, name] of own) unlisted.set(ref, name);
  return words.join(" ").replaceAll("( ", "(").replaceAll(" )", ")");
}

/** Whether words form an expression: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
function isExpression(words: readonly string[]): boolean {
  const kinds = words.map((word) => {
    if (/^([()]|AND|OR|WITH)$/.test(word)) return word;
    return /exception/i.test(word) && isSupportedSpdxId(word) ? "exception" : "licence";
  });
  let shape = kinds.join(" ").replaceAll("licence WITH exception", "term").replaceAll("licence", "term");
  for (let before = ""; before !== shape; ) {
    before = shape;
    shape = shape.replace(/\( term \)|term (AND|OR) term/g, "term");
  }
  return shape === "term";
}

/** The identifier on SPDX's list for a licence's name; undefined if it has none. */
function spdxIdOf(name: string, database: Database): string | undefined {
  const wanted = database === "dpkg" ? debianName(name) : name;
  const [, plain = wanted, later = ""] = /^(.*)(\+)$/.exec(wanted) ?? [];
  for (const [id, ending] of [
    [wanted, ""],
    [plain, later],
  ] as const) {
    const found = fixupSpdxId(id);
    // The list is an object, so fixupSpdxId() also finds names such as `constructor`.
    if (isSupportedSpdxId(found)) return `${found}${ending}`;
  }
  return undefined;
}

/** SPDX's name for one of Debian's that differs: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ */
function debianName(name: string): string {
  if (/^expat$/i.test(name)) return "MIT";
  const [, family = "", invariants, major = "", minor = "0", later] =
    /^(AGPL|LGPL|GPL|GFDL)(-NIV)?-(\d+)(?:\.(\d+))?(\+)?$/i.exec(name) ?? [];
  if (family === "") return name;
  const infix = invariants === undefined ? "" : "-no-invariants";
  return `${family}-${major}.${minor}${infix}-${later === undefined ? "only" : "or-later"}`;
}

/** The name in an expression for a licence that isn't on SPDX's list. */
function refOf(name: string, unlisted: Map<string, string>): string {
  const readable = name.replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 40);
  const ref = /^LicenseRef-[A-Za-z0-9.-]+$/.test(name)
    ? name
    : `LicenseRef-${readable}-${hash("sha256", name).slice(0, 8)}`;
  unlisted.set(ref, name);
  return ref;
}
