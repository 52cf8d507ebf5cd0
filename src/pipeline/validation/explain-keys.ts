import type { ErrorObject } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import type { Problem } from "../../errors.ts";
import { didYouMean } from "../../json/suggest.ts";
import { list, quote } from "../../json/wording.ts";
import type { Program } from "../../programs/program.ts";

/** An error with the value that it is about. */
export interface Finding {
  readonly error: ErrorObject;
  readonly node: Node;
  readonly name: string;
  /** The program, if the value is its options as a whole. */
  readonly program: Program | undefined;
}

/** A problem without its place. */
export type Words = Pick<Problem, "message" | "hint">;

/** Describes an error in an object's keys; undefined if the error is about a value. */
export function describeKeys(finding: Finding): Words | undefined {
  const { error, name } = finding;
  const { keyword, params, parentSchema, propertyName } = error;
  switch (keyword) {
    case "additionalProperties":
    case "unevaluatedProperties":
      return unknownKey(finding, String(params.additionalProperty ?? params.unevaluatedProperty));
    case "required":
      return missing(finding, params.missing);
    case "dependentRequired":
      return { message: `${quote(params.property)} needs ${quote(params.missingProperty)} too` };
    case "anyOf":
    case "oneOf":
    case "not":
      return choice(finding);
    case "false schema":
      return notAllowed(finding);
    default:
      if (propertyName === undefined) return undefined;
      return {
        message: `${quote(propertyName)} can't be a key of ${name}`,
        hint: parentSchema?.description ?? `it ${error.message}`,
      };
  }
}

function unknownKey({ error, program }: Finding, key: string): Words {
  const known = Object.keys(error.parentSchema?.properties ?? {});
  const nearest = didYouMean(key, known);
  if (program === undefined)
    return { message: `unknown key ${quote(key)}`, hint: nearest ?? `known keys: ${known.join(", ")}` };
  const all = known.length === 0 ? "it takes no options" : `its options are ${known.join(", ")}`;
  return { message: `${program.name} has no option ${quote(key)}`, hint: nearest ?? all };
}

function missing({ error, program }: Finding, keys: readonly [string, ...string[]]): Words {
  const names = list(keys.map(quote), "and");
  const several = keys.length > 1;
  const description = several ? undefined : error.parentSchema?.properties?.[keys[0]]?.description;
  if (program === undefined) return { message: `${names} ${several ? "are" : "is"} missing`, hint: description };
  const example = program.meta.example && `for example "options": ${JSON.stringify(program.meta.example)}`;
  const message = `${program.name} needs the ${several ? "options" : "option"} ${names}`;
  return { message, hint: description ?? example };
}

/** Describes a failed choice between keys. For any other choice the errors of its alternatives are reported. */
function choice({ error, name, program }: Finding): Words {
  const exclusive = excluded(error).map(named);
  if (exclusive.length > 0) return together(exclusive);
  const forms = Array.isArray(error.schema) ? error.schema.map((form) => named(requiredBy(form))) : [];
  if (!forms.some((form) => form !== "")) return { message: `${name} matches none of the allowed forms` };
  const message = `${list(forms, "or")} is missing`;
  return { message: program === undefined ? message : `${program.name}: ${message}` };
}

/** The groups of keys that exclude each other, if the error is that they are used together. */
export function excluded({ keyword, schema, params }: ErrorObject): readonly (readonly string[])[] {
  if (keyword === "not") return requiredBy(schema).map((key) => [key]);
  const fitting: readonly number[] = params.passingSchemas ?? [];
  return fitting.map((form) => requiredBy((schema as readonly unknown[])[form])).filter((keys) => keys.length > 0);
}

const requiredBy = (schema: unknown) => (schema as { readonly required?: readonly string[] }).required ?? [];

const named = (keys: readonly string[]) => list(keys.map(quote), "with");

function notAllowed({ error, name }: Finding): Words {
  const [, because] = /\/dependentSchemas\/([^/]+)\//.exec(error.schemaPath) ?? [];
  return because === undefined ? { message: `${name} isn't allowed here` } : together([name, quote(because)]);
}

const together = (names: readonly string[]): Words => ({
  message: `${list(names, "and")} can't be used together`,
  hint: "keep one of them",
});
