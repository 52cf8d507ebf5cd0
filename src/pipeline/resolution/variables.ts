import type { Node } from "jsonc-parser";
import type { Problem } from "../../errors.ts";
import { type Document, literalOf, locationOf } from "../../json/document.ts";
import { member, members } from "../../json/nodes.ts";
import { didYouMean } from "../../json/suggest.ts";
import { kindName, list, quote, shown } from "../../json/wording.ts";
import { type Setting, settingOf } from "./setting.ts";

type Type = "string" | "integer" | "number" | "boolean";
const types: readonly Type[] = ["string", "integer", "number", "boolean"];

/** A variable with its value. */
export interface Variable {
  readonly type: Type;
  /** The value as text; for all types but a string it is JSON. */
  readonly text: string;
}

/** A variable, as the files of a pipeline describe it. */
interface Written {
  readonly document: Document;
  readonly key: Node;
  readonly type: Type;
  readonly value: Node | undefined;
  /** Whether it is an object with a type, a default or a description, and not just a value. */
  readonly isDeclaration: boolean;
}

export interface Variables {
  readonly values: ReadonlyMap<string, Variable>;
  /** The places at which they are declared. */
  readonly declared: ReadonlyMap<string, Pick<Written, "document" | "key">>;
}

/**
 * The variables of a pipeline's files. A value given in `settings` wins over one of a file, and a file's over those of
 * the files that it includes.
 */
export function readVariables(
  files: readonly Document[],
  settings: readonly Setting[],
  problems: Problem[],
): Variables {
  const written = Map.groupBy(
    files.flatMap((document) => variablesOf(document, problems)),
    ({ key }) => key.value as string,
  );
  const values = new Map<string, Variable>();
  const declared = new Map<string, Written>();
  for (const [name, all] of written) {
    const declarations = all.filter(({ isDeclaration }) => isDeclaration);
    const declaration = declarations[0] ?? (all.at(-1) as Written);
    declared.set(name, declaration);
    for (const { document, key } of declarations.slice(1)) {
      const { file, line } = locationOf(declaration.document, declaration.key);
      const hint = "write only its value here";
      problems.push({
        message: `the variable ${quote(name)} is already declared in ${file}, line ${line}`,
        at: locationOf(document, key),
        hint,
      });
    }
    const { type } = declaration;
    problems.push(...all.flatMap((each) => misfit(name, type, each)));
    const given = settings.find((setting) => setting.name === name)?.value;
    if (given !== undefined && !fits(type, given)) problems.push(wrongSetting(name, type, given));
    const own = all.find(({ value }) => value !== undefined);
    if (given !== undefined) values.set(name, { type, text: given });
    else if (own?.value !== undefined) values.set(name, { type, text: textOf(own.document, own.value) });
    else problems.push(noValue(name, declaration));
  }
  return { values, declared };
}

function noValue(name: string, { document, key }: Written): Problem {
  const hint = `give it a default, or a value with --set ${name}=… or the input variables`;
  return { message: `the variable ${quote(name)} has no value`, at: locationOf(document, key), hint };
}

const textOf = (document: Document, value: Node): string =>
  value.type === "number" ? literalOf(document, value) : String(value.value);

/** The type of a value that a variable can have. */
function typeOf({ type, value }: Node): Type | undefined {
  if (type === "number") return Number.isInteger(value) ? "integer" : "number";
  return type === "string" || type === "boolean" ? type : undefined;
}

function misfit(name: string, type: Type, { document, value }: Written): readonly Problem[] {
  if (value === undefined) return [];
  const own = typeOf(value);
  if (own === type || (own === "integer" && type === "number")) return [];
  const message = `the variable ${quote(name)} must be ${kindName(type)}, not ${shown(value)}`;
  const hint = type === "string" && own !== undefined ? `put it in quotes: "${textOf(document, value)}"` : undefined;
  return [{ message, at: locationOf(document, value), hint }];
}

function fits(type: Type, text: string): boolean {
  switch (type) {
    case "string":
      return true;
    case "boolean":
      return text === "true" || text === "false";
    case "integer":
      return /^-?(0|[1-9]\d*)$/.test(text);
    case "number":
      return /^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
    default:
      return type satisfies never;
  }
}

const wrongSetting = (name: string, type: Type, given: string): Problem => ({
  message: `the variable ${quote(name)} must be ${kindName(type)}, not ${quote(given)}`,
  hint: "this value comes from --set or the input variables",
});

function variablesOf(document: Document, problems: Problem[]): readonly Written[] {
  const node = document.root.type === "object" ? member(document.root, "variables") : undefined;
  if (node === undefined) return [];
  const problem = (at: Node, message: string, hint?: string) =>
    problems.push({ message, at: locationOf(document, at), hint });
  if (node.type !== "object") {
    problem(node, `"variables" must be an object, not ${shown(node)}`);
    return [];
  }
  return members(node).flatMap(([key, value]) => {
    const name = quote(key.value);
    if (settingOf(`${key.value}=`) === undefined) {
      problem(key, `${name} can't be a variable's name`, "use letters, digits, - and _, and begin with a letter");
      return [];
    }
    if (value.type === "object") {
      const before = problems.length;
      const found = declaration(document, key, value, problem);
      return problems.length === before ? [found] : [];
    }
    const type = typeOf(value);
    if (type !== undefined) return [{ document, key, type, value, isDeclaration: false }];
    problem(value, `the variable ${name} can't be ${shown(value)}`, "a value is a string, a number, true or false");
    return [];
  });
}

function declaration(
  document: Document,
  key: Node,
  node: Node,
  problem: (at: Node, message: string, hint?: string) => void,
): Written {
  const known = ["type", "default", "description"];
  for (const [{ value: word }, value] of members(node)) {
    const place = value.parent?.children?.[0] ?? value;
    if (!known.includes(word))
      problem(place, `unknown key ${quote(word)}`, didYouMean(word, known) ?? `known keys: ${known.join(", ")}`);
    else if (word === "description" && value.type !== "string")
      problem(value, `"description" must be a string, not ${shown(value)}`);
    else if (word === "type" && !types.includes(value.value))
      problem(value, `"type" can't be ${shown(value)}`, `it can be ${list(types, "or")}`);
    else if (word === "default" && typeOf(value) === undefined)
      problem(value, `"default" can't be ${shown(value)}`, "a value is a string, a number, true or false");
  }
  const value = member(node, "default");
  const type = types.find((each) => each === member(node, "type")?.value) ?? (value && typeOf(value)) ?? "string";
  return { document, key, type, value, isDeclaration: true };
}
