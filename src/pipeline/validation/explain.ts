import type { ErrorObject } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import type { Problem } from "../../errors.ts";
import { type Document, locationOf, originOf } from "../../json/document.ts";
import { members, nodeAt } from "../../json/nodes.ts";
import { didYouMean } from "../../json/suggest.ts";
import { kindName, list, nameOf, quote, shown } from "../../json/wording.ts";
import type { Program } from "../../programs/program.ts";
import { describeKeys, excluded, type Finding, type Words } from "./explain-keys.ts";
import { relevant } from "./relevant.ts";

/** The value that was validated. */
export interface Subject {
  /** The name of the value as a whole, for messages. */
  readonly name: string;
  /** The program, if the value is a step's options. */
  readonly program?: Program;
}

/** Explains a validator's errors to someone who has written a pipeline but has never seen a schema. */
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
    const words = describeKeys(finding) ?? misreadYaml(document, finding) ?? describe(finding);
    return { ...words, at: locationOf(document, placeOf(error, node)) };
  });
}

/** Explains how a program changes or ignores options that it accepts. `errors` come from its schema of warnings. */
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

/** An error about one key is shown at that key. If several keys exclude each other, it is shown at the last of them. */
function placeOf(error: ErrorObject, node: Node): Node {
  const { params, propertyName } = error;
  const key = params.additionalProperty ?? params.unevaluatedProperty ?? propertyName;
  if (key !== undefined) return keysOf(node).get(key) ?? node;
  const keys = excluded(error).flat();
  const [place] = members(node).findLast(([{ value }]) => keys.includes(value)) ?? [node];
  return place;
}

/** Computed once for each object, because every one of its keys may be wrong. */
const keys = new WeakMap<Node, ReadonlyMap<string, Node>>();

function keysOf(node: Node): ReadonlyMap<string, Node> {
  const found = keys.get(node) ?? new Map(members(node).map(([key]) => [key.value as string, key]));
  keys.set(node, found);
  return found;
}

/** Explains a value that YAML reads as another type than its author meant. */
function misreadYaml(document: Document, { error, node, name }: Finding): Words | undefined {
  const { language, text } = originOf(document, node);
  if (language !== "YAML" || error.keyword !== "type" || document.numbers?.has(node)) return undefined;
  const types: readonly string[] = [error.params.type].flat();
  const message = `${name} must be ${list(types.map(kindName), "or")}, not`;
  if (types.includes("string") && (node.type === "number" || node.type === "boolean")) {
    const written = text.slice(node.offset, node.offset + node.length);
    return { message: `${message} ${written}`, hint: `put it in quotes: "${written}"` };
  }
  const meant = truth.get(String(node.value).toLowerCase());
  if (!types.includes("boolean") || meant === undefined) return undefined;
  return { message: `${message} ${shown(node)}`, hint: `write ${meant}: YAML 1.2 reads ${node.value} as text` };
}

/** The words for true and false that only YAML 1.1 had. */
const truth = new Map([
  ...["yes", "on", "y"].map((word) => [word, true] as const),
  ...["no", "off", "n"].map((word) => [word, false] as const),
]);

function describe({ error, node, name }: Finding): Words {
  const { keyword, params, parentSchema = {} } = error;
  const { limit } = params;
  const hint: string | undefined = parentSchema.description;
  const must = (be: string): Words => ({ message: `${name} must be ${be}, not ${shown(node)}`, hint });
  const cannot = (better: string): Words => ({ message: `${name} can't be ${shown(node)}`, hint: better });
  switch (keyword) {
    case "type":
      return must(list([params.type].flat().map(kindName), "or"));
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
      return { message: `${name} ${limit === 1 ? "is empty" : `needs at least ${limit}`}`, hint };
    case "maxLength":
      return { message: `${name} is longer than ${limit} characters`, hint };
    case "maxBytes":
      return { message: `${name} is longer than ${error.schema} bytes`, hint: "a non-ASCII letter takes 2 to 4 bytes" };
    case "maxNameBytes":
      return {
        message: `${name} contains a name longer than ${error.schema} bytes`,
        hint: "no file system supports that",
      };
    case "uniqueItems":
      return { message: `items ${params.j + 1} and ${params.i + 1} of ${name} are the same`, hint };
    case "diskLayout":
      return { message: `${error.message}`, hint: params.hint };
    default:
      return { message: `${name} ${error.message ?? "is wrong"}`, hint };
  }
}
