import type { ErrorObject } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { type Document, locationOf } from "./document.ts";
import { describeKeys, excluded, type Finding, type Words } from "./explain-keys.ts";
import { members, nodeAt } from "./nodes.ts";
import type { Program } from "./program.ts";
import { relevant } from "./relevant.ts";
import { didYouMean } from "./suggest.ts";
import { kindName, list, quote, shown } from "./words.ts";

/** What was validated. */
export interface Subject {
  /** What the value as a whole is called. */
  readonly name: string;
  /** Whose options it is, if it is a step's options. */
  readonly program?: Program;
}

/** What a validator found, in words for someone who has written a pipeline and never seen a schema. */
export function explain(
  document: Document,
  root: Node,
  errors: readonly ErrorObject[],
  subject: Subject,
): readonly Problem[] {
  return relevant(errors).map((error) => {
    const node = nodeAt(root, error.instancePath);
    const whole = node === root;
    const name = whole ? subject.name : nameOf(node);
    const finding = { error, node, name, program: whole ? subject.program : undefined };
    return { ...(describeKeys(finding) ?? describe(finding)), at: locationOf(document, placeOf(error, node)) };
  });
}

/** Says what a program does with options that it takes, but not as they are. A schema of warnings tells. */
export function explainWarnings(document: Document, root: Node, errors: readonly ErrorObject[]): readonly Problem[] {
  const found = errors.filter(({ keyword }) => keyword === "maxLength" || keyword === "false schema");
  return found.map(({ keyword, instancePath, params, parentSchema }) => {
    const node = nodeAt(root, instancePath);
    const at = locationOf(document, node);
    if (keyword === "false schema") return { message: `${nameOf(node)} has no effect`, at };
    const short = Array.from<string>(node.value).slice(0, params.limit).join("").trimEnd();
    const message = `${nameOf(node)} ${quote(node.value)} is shortened to ${quote(short)}`;
    return { message, at, hint: parentSchema?.description };
  });
}

/** What is wrong with a key is shown at the key, and what keys are together wrong at the last of them. */
function placeOf(error: ErrorObject, node: Node): Node {
  const { params, propertyName } = error;
  const key = params.additionalProperty ?? params.unevaluatedProperty ?? propertyName;
  if (key !== undefined) return keysOf(node).get(key) ?? node;
  const keys = excluded(error).flat();
  const [place] = members(node).findLast(([{ value }]) => keys.includes(value)) ?? [node];
  return place;
}

/** Read once for an object: each of its keys may be wrong. */
const keys = new WeakMap<Node, ReadonlyMap<string, Node>>();

function keysOf(node: Node): ReadonlyMap<string, Node> {
  const found = keys.get(node) ?? new Map(members(node).map(([key]) => [key.value as string, key]));
  keys.set(node, found);
  return found;
}

/** What a value is called: by its key, or by its place in a list. */
function nameOf(node: Node): string {
  const { parent } = node;
  if (parent?.type !== "array") return quote(parent?.children?.[0]?.value);
  return `item ${(parent.children ?? []).indexOf(node) + 1} of ${nameOf(parent)}`;
}

function describe({ error, node, name }: Finding): Words {
  const { keyword, params, parentSchema = {} } = error;
  const { limit } = params;
  const hint: string | undefined = parentSchema.description;
  const must = (be: string): Words => ({ message: `${name} must be ${be}, not ${shown(node)}`, hint });
  const cannot = (better: string): Words => ({ message: `${name} can't be ${shown(node)}`, hint: better });
  switch (keyword) {
    case "type":
      return must([params.type].flat().map(kindName).join(" or "));
    case "const":
      return must(quote(params.allowedValue));
    case "enum": {
      if (parentSchema.unsupported?.includes(node.value))
        return { message: `${name}: ${shown(node)} is not supported`, hint };
      const allowed: readonly string[] = params.allowedValues.map(String);
      return cannot(didYouMean(String(node.value), allowed) ?? `it can be ${list(allowed, "or")}`);
    }
    case "pattern":
      return cannot(didYouMean(node.value, parentSchema.examples ?? []) ?? hint ?? `it must match ${params.pattern}`);
    case "multipleOf": {
      const next = Math.ceil(node.value / params.multipleOf) * params.multipleOf;
      return { ...must(`a multiple of ${params.multipleOf}`), hint: `the next one is ${next}` };
    }
    case "minimum":
      return must(`at least ${limit}`);
    case "maximum":
      return must(`at most ${limit}`);
    case "exclusiveMinimum":
      return must(`more than ${limit}`);
    case "exclusiveMaximum":
      return must(`less than ${limit}`);
    case "minLength":
    case "minItems":
    case "minProperties":
      return { message: `${name} ${limit === 1 ? "is empty" : `needs ${limit} at least`}`, hint };
    case "maxLength":
      return { message: `${name} is longer than ${limit} characters`, hint };
    case "maxBytes":
      return { message: `${name} is longer than ${error.schema} bytes`, hint: "letters beyond ASCII take two to four" };
    case "uniqueItems":
      return { message: `items ${params.j + 1} and ${params.i + 1} of ${name} are the same`, hint };
    case "diskLayout":
      return { message: `${error.message}`, hint: params.hint };
    default:
      return { message: `${name} ${error.message ?? "is wrong"}`, hint };
  }
}
