// `npm run docs`: makes docs/stages.md and schema/osbuild.json from all meta.json files.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseText } from "../src/json/document.ts";
import { formatDocument } from "../src/json/format.ts";
import { libraryOf } from "../src/pipeline/load.ts";
import { possiblyRequired } from "../src/pipeline/requires.ts";
import { editorSchema } from "../src/programs/editor-schema.ts";
import { allPrograms } from "../src/programs/library.ts";
import type { Meta } from "../src/programs/program.ts";

const root = resolve(import.meta.dirname, "..");

/** The path of the page. */
export const page = join(root, "docs/stages.md");

/** The path of the schema for editors. */
export const schemaFile = join(root, "schema/osbuild.json");

/** The text of the schema. */
export async function renderSchema(): Promise<string> {
  const schema = editorSchema(await allPrograms(libraryOf([])));
  return formatDocument(await parseText(schemaFile, JSON.stringify(schema, null, 2)));
}

const introduction = `# Stages and assemblers

This page lists the stages and assemblers that come with osbuild. \`osbuild stages NAME\` prints the same at the command
line. [writing-stages.md](writing-stages.md) explains how to add your own. \`npm run docs\` makes this page from the
programs' meta.json files.

\`a.b\` is the option \`b\` in the option \`a\`. \`a[].b\` is an option of every item of a list, and \`a.*.b\` of every member
of an object with arbitrary names.
`;

/** The text of the page. */
export function render(): string {
  const stages = programs("stages");
  const assemblers = programs("assemblers");
  return [
    introduction,
    table(["stage", ""], stages.map(summaryRow)),
    table(["assembler", ""], assemblers.map(summaryRow)),
    "## Stages\n",
    ...stages.map(section),
    "## Assemblers\n",
    ...assemblers.map(section),
  ].join("\n");
}

interface Program {
  readonly kind: "stage" | "assembler";
  readonly name: string;
  readonly meta: Meta;
}

/** The programs of a folder, by name. */
function programs(folder: "stages" | "assemblers"): readonly Program[] {
  const kind = folder === "stages" ? "stage" : "assembler";
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith(".meta.json"));
  const names = files.map((file) => file.slice(0, -".meta.json".length)).sort();
  return names.map((name) => {
    const meta = JSON.parse(readFileSync(join(root, folder, `${name}.meta.json`), "utf8")) as Meta;
    return { kind, name, meta };
  });
}

/** A program's heading. A stage and an assembler may have the same name. */
const heading = ({ kind, name }: Program) => (kind === "stage" ? name : `${name} (assembler)`);

const anchor = (program: Program) =>
  heading(program)
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");

const summaryRow = (program: Program) => [`[${program.name}](#${anchor(program)})`, program.meta.summary ?? ""];

function section(program: Program): string {
  const { kind, name, meta } = program;
  const step = JSON.stringify({ name, options: meta.example }, null, 2);
  const example = kind === "stage" ? step : `"assembler": ${step}`;
  return [
    `### ${heading(program)}\n`,
    `${meta.summary}.\n`,
    ...(meta.description === undefined ? [] : [`${meta.description}\n`]),
    options((meta.options ?? {}) as Schema),
    `${needs(meta)}\n`,
    `\`\`\`json\n${example}\n\`\`\`\n`,
  ].join("\n");
}

function needs({ requires = [], network, capabilities = [], mounts, state, inputs = [], secrets = [] }: Meta): string {
  const always = requires.filter((item) => typeof item === "string");
  const sometimes = possiblyRequired(requires).filter((program) => !always.includes(program));
  const all = [
    requires.length === 0 ? "Needs no other programs in the build root." : "",
    always.length === 0 ? "" : `Needs ${list(always)} in the build root.`,
    sometimes.length === 0 ? "" : `Some options need ${list(sometimes)} there.`,
    network ? "Uses the network." : "",
    capabilities.length === 0
      ? ""
      : `Runs with ${list(capabilities)} beyond the default set${mounts === "none" ? ", and can't mount" : ""}.`,
    state ? "Keeps its downloads between builds." : "",
    inputs.length === 0
      ? ""
      : `Reads files of the repository, which ${list(inputs.map((input) => (typeof input === "string" ? input : input.at)))} name.`,
    secrets.length === 0 ? "" : `Gets the secrets that ${list(secrets)} name.`,
  ];
  return all.filter((sentence) => sentence !== "").join(" ");
}

/** The part of JSON Schema that options use. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Schema };
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

type Row = readonly string[];

function options(schema: Schema): string {
  const rows = propertyRows(schema, "", (property) => ({ schema, property, seen: new Set() }));
  const free = schema.additionalProperties !== false;
  if (rows.length === 0) return free ? "Any option is accepted.\n" : "It has no options.\n";
  return `${table(["option", "type", "default", ""], rows)}${free ? "\nAny other option is accepted.\n" : ""}`;
}

/** A schema in its context. `seen` has the references that the same option has already described. */
interface Place {
  /** The whole schema, with the `$defs`. */
  readonly schema: Schema;
  readonly property: Schema;
  readonly seen: Set<string>;
}

function propertyRows(owner: Schema, prefix: string, at: (property: Schema) => Place): readonly Row[] {
  return Object.entries(owner.properties ?? {}).flatMap(([name, property]) => {
    const place = at(property);
    return [
      row(place, `${prefix}${name}`, presence(owner, name, resolved(place))),
      ...below(place, `${prefix}${name}`),
    ];
  });
}

const row = (place: Place, path: string, presence: string): Row => {
  const { description = "" } = resolved(place);
  return [`\`${path}\``, typeOf(place), presence, description];
};

/** Whether an option is required, or its default. */
function presence(owner: Schema, name: string, property: Schema): string {
  if (owner.required?.includes(name)) return "required";
  if (property.default !== undefined) return `\`${JSON.stringify(property.default)}\``;
  const alternatives = (owner.oneOf ?? owner.anyOf ?? []).map(({ required = [] }) => required);
  if (!alternatives.some((required) => required.includes(name))) return "";
  const others = alternatives.filter((required) => !required.includes(name)).flat();
  return `required, or ${list(others, "or")}`;
}

/** The rows for the options in an option. */
function below(place: Place, path: string): readonly Row[] {
  const { property, schema, seen } = place;
  if (property.$ref !== undefined) {
    if (seen.has(property.$ref)) return [];
    seen.add(property.$ref);
  }
  const at = (inner: Schema): Place => ({ schema, property: inner, seen });
  const { items, additionalProperties: more, anyOf = [], oneOf = [], ...rest } = resolved(place);
  return [
    ...propertyRows({ ...rest, anyOf, oneOf: oneOf.length > 0 ? oneOf : anyOf }, `${path}.`, at),
    ...(items === undefined ? [] : below(at(items), `${path}[]`)),
    ...(typeof more === "object" ? freeRows(at(more), `${path}.*`) : []),
    ...[...anyOf, ...oneOf].flatMap((branch) => below(at(branch), path)),
  ];
}

function freeRows(place: Place, path: string): readonly Row[] {
  const { description } = resolved(place);
  return [...(description === undefined ? [] : [row(place, path, "")]), ...below(place, path)];
}

/** Resolves a reference. Keywords beside it win. */
function resolved({ schema, property }: Place): Schema {
  const { $ref, ...rest } = property;
  return $ref === undefined ? property : { ...schema.$defs?.[$ref.replace("#/$defs/", "")], ...rest };
}

function typeOf(place: Place): string {
  const schema = resolved(place);
  const { type, items, minimum, maximum, anyOf = [], oneOf = [] } = schema;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (type === undefined) {
    const branches = [...anyOf, ...oneOf].map((branch) => typeOf({ ...place, property: branch }));
    return branches.length === 0 ? "any" : [...new Set(branches)].join(" or ");
  }
  const range = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ];
  const names = [type].flat().map((name) => {
    if (name === "array" && items !== undefined) return `list of ${plural(typeOf({ ...place, property: items }))}`;
    if (name === "array") return "list";
    return name === "integer" ? [name, ...range].join(" ") : name;
  });
  return names.join(" or ");
}

const plural = (type: string) => type.replace(/\b(string|object|integer|boolean|number)\b/g, "$1s");

/** Joins words: `a`, `b` and `c`. */
function list(words: readonly string[], joint = "and"): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} ${joint} ${last}`;
}

function table(head: Row, rows: readonly Row[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  return lines.map((cells) => `| ${cells.map(cell).join(" | ")} |\n`).join("");
}

if (import.meta.main) {
  writeFileSync(page, render());
  writeFileSync(schemaFile, await renderSchema());
}
