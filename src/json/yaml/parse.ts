import { Composer } from "yaml";
import type { Problem } from "../../errors.ts";
import { byPlace, distinct, locate, type Source } from "../location.ts";
import type { Parsed } from "../syntax.ts";
import { valueProblems } from "../values.ts";
import { convert } from "./nodes.ts";
import { tokenise } from "./tokens.ts";
import { syntaxProblems } from "./wording.ts";

/**
 * Parses as much of a YAML text as possible and reports everything that is wrong with it. YAML is read as version 1.2,
 * without what JSON can't say and without what its versions read differently.
 */
export function parse(source: Source): Parsed {
  const controls = controlCharacters(source);
  if (controls.length > 0) return { root: undefined, problems: controls, warnings: [] };
  const { tokens, problems, unreadable } = tokenise(source);
  if (tokens === undefined) return { root: undefined, problems, warnings: [] };
  const [document] = new Composer(options).compose(tokens, true, source.text.length);
  const wrong = syntaxProblems(source, document?.errors ?? [], unreadable);
  const { root, problems: unclear } = convert(source, document?.contents ?? null);
  const warnings: Problem[] = [];
  const isEmpty = wrong.length === 0 && root.type === "null" && root.length === 0;
  const emptiness = isEmpty ? [{ message: "the file is empty", at: locate(source, source.text.length, 1) }] : [];
  const inValues = [...problems, ...unclear, ...emptiness, ...valueProblems(source, root, warnings)];
  // A line that can't be read, and what follows an open bracket, have values that nobody meant.
  const misread = new Set(wrong.map(({ at }) => at?.line));
  const end = unreadable.reduce((first, { problem }) => Math.min(first, problem.at?.line ?? Infinity), Infinity);
  const others = inValues.filter(({ at }) => at !== undefined && at.line < end && !misread.has(at.line));
  return { root, problems: distinct([...wrong, ...others]).toSorted(byPlace), warnings: distinct(warnings) };
}

const options = { version: "1.2", schema: "core", merge: false, uniqueKeys: false, resolveKnownTags: false } as const;

/** A text with more of them isn't YAML at all. */
const mostControls = 10;

/** YAML allows no control characters, and the library's own signs are among them. */
function controlCharacters(source: Source): readonly Problem[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = source.text.matchAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g).take(mostControls);
  return Array.from(found, ({ index, 0: character }) => {
    const hint = `write it as \\x${character.charCodeAt(0).toString(16).padStart(2, "0")} in double quotes`;
    return { message: "control characters must be escaped", at: locate(source, index, 1), hint };
  });
}
