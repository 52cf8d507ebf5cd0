import { metaPath } from "./library.ts";
import type { JsonValue } from "./nodes.ts";
import type { Program, Requirement } from "./program.ts";
import { compile } from "./validate.ts";

/** The programs that a stage or an assembler needs with these options. */
export async function requiredPrograms(program: Program, options: JsonValue): Promise<readonly string[]> {
  const all = await Promise.all((program.meta.requires ?? []).map((item) => programsOf(item, program, options)));
  return [...new Set(all.flat())];
}

async function programsOf(item: Requirement, program: Program, options: JsonValue): Promise<readonly string[]> {
  if (typeof item === "string") return [item];
  const applies = await compile(item.when, metaPath(program));
  return applies(options) ? item.programs : [];
}

/** Every program that some options may need. */
export const possiblyRequired = (requires: readonly Requirement[]): readonly string[] => [
  ...new Set(requires.flatMap((item) => (typeof item === "string" ? item : item.programs))),
];
