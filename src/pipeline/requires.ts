import type { JsonValue } from "../json/nodes.ts";
import { metaPath } from "../programs/library.ts";
import type { Program, Requirement } from "../programs/program.ts";
import { matches, type Verdicts } from "./validation/validate.ts";

/** The system programs that a stage or an assembler needs with these options. */
export async function requiredPrograms(
  program: Program,
  options: JsonValue,
  verdicts: Verdicts,
): Promise<readonly string[]> {
  const programsOf = async (item: Requirement) => {
    if (typeof item === "string") return [item];
    return (await matches(options, item.when, metaPath(program), verdicts)) ? item.programs : [];
  };
  const all = await Promise.all((program.meta.requires ?? []).map(programsOf));
  return [...new Set(all.flat())];
}

/** Whether an assembler gets the tree's layers one by one with these options. */
export async function getsLayers(program: Program, options: JsonValue, verdicts: Verdicts): Promise<boolean> {
  const { layers } = program.meta;
  if (layers === undefined || layers === true) return layers === true;
  return matches(options, layers, metaPath(program), verdicts);
}

/** The system programs that a stage or an assembler may need, whatever its options are. */
export const possiblyRequired = (requires: readonly Requirement[]): readonly string[] => [
  ...new Set(requires.flatMap((item) => (typeof item === "string" ? item : item.programs))),
];
