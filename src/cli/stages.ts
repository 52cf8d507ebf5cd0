import { failure } from "../errors.ts";
import { didYouMean } from "../json/suggest.ts";
import { libraryOf, requireLibdirs } from "../pipeline/load.ts";
import { possiblyRequired } from "../pipeline/requires.ts";
import { allPrograms, type Library } from "../programs/library.ts";
import type { Program, Requirement, StepKind } from "../programs/program.ts";
import { formatTable } from "../report/format.ts";

const kinds = ["stage", "assembler"] as const satisfies readonly StepKind[];

interface StagesArguments {
  readonly libdirs: readonly string[];
  readonly json: boolean;
  readonly name: string | undefined;
}

/** `osbuild stages`: lists the stages and assemblers, or describes one of them. */
export async function stagesCommand({ libdirs, json, name }: StagesArguments): Promise<void> {
  await requireLibdirs(libdirs);
  const library = libraryOf(libdirs);
  const programs = name === undefined ? await allPrograms(library) : await named(library, name);
  const text = json
    ? JSON.stringify(programs.map(describe), null, 2)
    : name === undefined
      ? list(programs)
      : programs.map(page).join("\n\n");
  process.stdout.write(`${text}\n`);
}

/** Finds programs by name. A stage and an assembler may share a name, such as `noop`. */
async function named(library: Library, name: string): Promise<readonly Program[]> {
  const full = name.includes(".") ? name : `org.osbuild.${name}`;
  const found = await Promise.all(kinds.map((kind) => library.find(kind, full)));
  const programs = found.filter((program) => program !== undefined);
  if (programs.length > 0) return programs;
  const known = (await Promise.all(kinds.map((kind) => library.names(kind)))).flat();
  throw failure("INVALID", `no stage or assembler ${name}`, didYouMean(full, known) ?? "`osbuild stages` lists them");
}

const describe = ({ kind, name, path, meta }: Program) => ({ kind, name, path, ...meta });

const list = (programs: readonly Program[]) =>
  formatTable(
    Array.from({ length: 3 }, () => ({ align: "left" }) as const),
    programs.map(({ kind, name, meta }) => [kind, name, meta.summary ?? ""]),
  );

interface OptionSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

function page({ kind, name, meta }: Program): string {
  const schema = (meta.options ?? {}) as {
    properties?: { [option: string]: OptionSchema };
    required?: readonly string[];
  };
  const options = Object.entries(schema.properties ?? {}).map(
    ([option, value]) =>
      `  ${option}  ${traits(value, schema.required?.includes(option) ?? false)}\n      ${value.description ?? ""}`,
  );
  const parts = [
    `${name} (${kind}): ${meta.summary ?? ""}`,
    meta.description,
    options.length === 0 ? undefined : `options:\n${options.join("\n")}`,
    meta.requires === undefined ? undefined : needs(meta.requires),
    meta.example === undefined ? undefined : `example:\n${JSON.stringify({ name, options: meta.example }, null, 2)}`,
  ];
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** The programs that a step needs. The schemas say which options need which; they are in the JSON. */
function needs(requires: readonly Requirement[]): string {
  const always = requires.filter((item) => typeof item === "string");
  const sometimes = possiblyRequired(requires).filter((program) => !always.includes(program));
  const lines = [
    ...(always.length === 0 ? [] : [`needs in the build root: ${always.join(", ")}`]),
    ...(sometimes.length === 0 ? [] : [`needs with some options: ${sometimes.join(", ")}`]),
  ];
  return lines.join("\n");
}

function traits({ type, default: value, enum: allowed }: OptionSchema, required: boolean): string {
  const kind = allowed === undefined ? [type ?? "any"].flat().join(" or ") : allowed.map(String).join(" | ");
  const more = required ? ", required" : value === undefined ? "" : `, default ${JSON.stringify(value)}`;
  return `(${kind}${more})`;
}
