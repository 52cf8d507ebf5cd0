import type { Node } from "jsonc-parser";
import type { Problem } from "../../errors.ts";
import type { Document } from "../../json/document.ts";
import { locate } from "../../json/location.ts";
import { withChildren } from "../../json/nodes.ts";
import { didYouMean } from "../../json/suggest.ts";
import { quote } from "../../json/wording.ts";
import type { Variable, Variables } from "./variables.ts";

/** The state of a resolution. */
export interface Resolution {
  readonly variables: Variables;
  /** The names of the variables that something uses. */
  readonly used: Set<string>;
  readonly problems: Problem[];
  /** The documents that the new nodes come from, and the numbers that variables stand for; see Document. */
  readonly origins: Map<Node, Document>;
  readonly numbers: Map<Node, string>;
  /** The characters that variables have added. */
  added: number;
}

/** More characters than the variables of any pipeline stand for. */
const mostAdded = 1_000_000;

/** Copies a value, with variables replaced. The copy keeps its places. */
export function copy(resolution: Resolution, document: Document, node: Node): Node {
  const { parent: _, children, ...own } = node;
  const made = node.type === "string" ? replaced(resolution, document, node) : own;
  resolution.origins.set(made, document);
  return children === undefined ? made : withChildren(made, copies(resolution, document, children));
}

const copies = (resolution: Resolution, document: Document, nodes: readonly Node[]) =>
  nodes.map((node) => copy(resolution, document, node));

/** `${name}`, and what looks like the beginning of it. `$${` stands for `${` itself. */
const pattern = /\$\$\{|\$\{([A-Za-z_][\w-]*)\}|\$\{/g;

const wordsIn = (text: string) => [...text.matchAll(pattern)].filter(([word]) => word !== "$${");

/** A string with its variables replaced. If it is nothing but a variable, it gets the variable's type. */
function replaced(resolution: Resolution, document: Document, node: Node): Node {
  const { variables, used, problems, numbers } = resolution;
  const { value, offset, length } = node;
  if (variables.declared.size === 0 || !value.includes("${")) return { type: "string", value, offset, length };
  const words = wordsIn(value);
  problems.push(...wrongWords(variables, document, node, words));
  const found = words.flatMap(([, name = ""]) => variables.values.get(name) ?? []);
  for (const [, name] of words) used.add(name ?? "");
  resolution.added += found.reduce((sum, { text }) => sum + text.length, 0);
  if (resolution.added > mostAdded) {
    const message = `variables add more than ${mostAdded} characters`;
    problems.push({ message, at: locate(document, offset, length) });
    return { type: "string", value, offset, length };
  }
  const [variable] = found;
  if (variable !== undefined && words[0]?.[0] === value) {
    const made = { ...typed(variable), offset, length };
    if (made.type === "number") numbers.set(made, variable.text);
    return made;
  }
  const text = value.replace(pattern, (word: string, name: string) =>
    word === "$${" ? "${" : (variables.values.get(name)?.text ?? word),
  );
  return { type: "string", value: text, offset, length };
}

function typed({ type, text }: Variable): Pick<Node, "type" | "value"> {
  switch (type) {
    case "string":
      return { type, value: text };
    case "boolean":
      return { type, value: text === "true" };
    case "integer":
    case "number":
      return { type: "number", value: Number(text) };
    default:
      return type satisfies never;
  }
}

/** More mistakes in one string aren't told. */
const mostWrong = 20;

function wrongWords(
  { declared }: Variables,
  document: Document,
  node: Node,
  words: readonly RegExpExecArray[],
): readonly Problem[] {
  const { offset, length } = node;
  const written = wordsIn(document.text.slice(offset, offset + length));
  const at = (word: RegExpExecArray) => {
    // A word may look different if the text is written with escapes.
    const same = written.length === words.length ? written[words.indexOf(word)] : undefined;
    return same === undefined
      ? locate(document, offset, length)
      : locate(document, offset + same.index, same[0].length);
  };
  const isKey = node.parent?.type === "property" && node.parent.children?.[0] === node;
  const wrong = isKey ? words : words.filter(([, name]) => name === undefined || !declared.has(name));
  return wrong.slice(0, mostWrong).map((word) => {
    const [, name] = word;
    if (isKey) return { message: "a key can't have a variable in it", at: at(word), hint: literally };
    if (name === undefined) return { message: "a name and } must follow this", at: at(word), hint: literally };
    const hint = didYouMean(name, [...declared.keys()]) ?? literally;
    return { message: `there is no variable ${quote(name)}`, at: at(word), hint };
  });
}

const literally = "write $${ for ${ itself";
