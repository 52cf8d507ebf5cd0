import type { Node } from "jsonc-parser";
import { type Alias, isAlias, isMap, isScalar, type Pair, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import type { Problem } from "../../errors.ts";
import { deepest, tooDeep } from "../brackets.ts";
import { locate, type Source } from "../location.ts";
import { members, withChildren } from "../nodes.ts";
import { kindName, quote } from "../wording.ts";
import { type Anchored, copyOf, measure } from "./aliases.ts";

/** The state of a conversion. */
interface Reading {
  readonly problem: (range: Range, message: string, hint?: string) => void;
  readonly tooDeep: (range: Range) => void;
  /** The values that aliases can repeat; null while the value itself is being read. */
  readonly anchors: Map<string, Anchored | null>;
  /** The size of everything that aliases have repeated. */
  repeated: number;
}

type Range = Pick<Node, "offset" | "length">;

/** About as many characters as all aliases of a file may repeat. */
const mostRepeated = 1_000_000;

/**
 * Makes the nodes that the same values would have in JSON. Each keeps its place in the YAML text; what an alias repeats
 * keeps the place of the original.
 */
export function convert(source: Source, contents: ParsedNode | null) {
  const problems: Problem[] = [];
  const reading: Reading = {
    problem: ({ offset, length }, message, hint) =>
      problems.push({ message, at: locate(source, offset, length), hint }),
    tooDeep: ({ offset }) => problems.push(tooDeep(source, offset)),
    anchors: new Map(),
    repeated: 0,
  };
  return { root: nodeOf(reading, contents, 1), problems };
}

/** `depth` is the level that the value has if it is a list or an object. */
function nodeOf(reading: Reading, written: ParsedNode | null, depth: number): Node {
  if (written === null) return nothing({ offset: 0, length: 0 });
  if (isAlias(written)) return repeat(reading, written, depth);
  const { anchor } = written;
  if (anchor === undefined) return contentOf(reading, written, depth);
  reading.anchors.set(anchor, null);
  const node = contentOf(reading, written, depth);
  reading.anchors.set(anchor, measure(node));
  return node;
}

function contentOf(reading: Reading, written: Exclude<ParsedNode, Alias>, depth: number): Node {
  const range = rangeOf(written);
  if (isScalar(written)) return scalar(reading, written.value, written.source ?? "", range);
  if (depth > deepest) {
    reading.tooDeep(range);
    return nothing(range);
  }
  if (isMap(written)) return withChildren({ type: "object", ...range }, properties(reading, written, depth));
  const { items } = written as YAMLSeq<ParsedNode>;
  return withChildren(
    { type: "array", ...range },
    items.map((item) => nodeOf(reading, item, depth + 1)),
  );
}

const rangeOf = ({ range: [start, end] }: ParsedNode): Range => ({ offset: start, length: end - start });

const nothing = (range: Range): Node => ({ type: "null", value: null, ...range });

function scalar(reading: Reading, value: unknown, literal: string, range: Range): Node {
  if (typeof value === "string") return { type: "string", value, ...range };
  if (typeof value === "boolean") return { type: "boolean", value, ...range };
  if (typeof value !== "number") return nothing(range);
  if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i.test(literal)) {
    refuseNumber(reading, value, literal, range);
    return nothing(range);
  }
  return { type: "number", value, ...range };
}

/** YAML's versions disagree on such numbers: 0755 is 493 in one of them and 755 in another. */
function refuseNumber({ problem }: Reading, value: number, literal: string, range: Range): void {
  const text = `"${literal}" if it is text`;
  if (Number.isFinite(value))
    problem(range, `${literal} may be a number or text`, `write ${value} if it is a number, ${text}`);
  else problem(range, `${literal} isn't a number that JSON has`, `write ${text}`);
}

/** The value that an alias stands for. */
function repeat(reading: Reading, written: Alias.Parsed, depth: number): Node {
  const { problem, anchors } = reading;
  const range = rangeOf(written);
  const name = written.source;
  const original = anchors.get(name);
  if (original === undefined)
    problem(range, `there is no &${name} above`, `put it in quotes if it is text: "*${name}"`);
  else if (original === null) problem(range, `*${name} is part of the value that it repeats`);
  else if (depth - 1 + original.levels > deepest) reading.tooDeep(range);
  else {
    const before = reading.repeated;
    reading.repeated += original.size;
    if (reading.repeated <= mostRepeated) return copyOf(original.node);
    if (before <= mostRepeated) problem(range, `the aliases of this file repeat more than ${mostRepeated} characters`);
  }
  return nothing(range);
}

function properties(reading: Reading, { items }: YAMLMap.Parsed, depth: number): Node[] {
  const keys = new Set<unknown>(items.map(({ key }) => (isScalar(key) ? key.value : undefined)));
  const [, second] = items.filter(({ key }) => isMerge(key));
  if (second !== undefined)
    reading.problem(rangeOf(second.key), 'duplicate key "<<"', "one << can take a list: <<: [*a, *b]");
  return items.flatMap((pair) =>
    isMerge(pair.key) ? merged(reading, pair, keys, depth) : property(reading, pair, depth),
  );
}

const isMerge = (key: ParsedNode | null) => isScalar(key) && key.type === "PLAIN" && key.value === "<<";

/** The keys that `<<` brings in. Those of the object itself win, and of several objects the first. */
function merged(
  reading: Reading,
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
  keys: Set<unknown>,
  depth: number,
) {
  const found = nodeOf(reading, value, depth);
  const objects = found.type === "array" ? (found.children ?? []) : [found];
  if (objects.some(({ type }) => type !== "object")) {
    // An alias that stands for nothing has its own problem.
    if (isAlias(value) && found.type === "null") return [];
    reading.problem(rangeOf(value ?? key), `"<<" must be an object or a list of objects, such as *name`);
    return [];
  }
  return objects.flatMap(members).flatMap(([name, inner]) => {
    if (keys.has(name.value)) return [];
    keys.add(name.value);
    return [propertyOf(name, inner)];
  });
}

function property(reading: Reading, { key, value }: Pair<ParsedNode, ParsedNode | null>, depth: number): Node[] {
  const node = nodeOf(reading, value, depth + 1);
  const range = rangeOf(key);
  if (!isScalar(key) || typeof key.value !== "string") {
    refuseKey(reading, key, range);
    return [];
  }
  if (value === null) reading.problem(range, "missing colon after this key", "a colon and a space follow a key");
  return [propertyOf({ type: "string", value: key.value, ...range }, node)];
}

const propertyOf = (key: Node, value: Node) =>
  withChildren({ type: "property", offset: key.offset, length: key.length }, [key, value]);

function refuseKey({ problem }: Reading, key: ParsedNode, range: Range): void {
  if (!isScalar(key))
    problem(range, `a key must be text, not ${isAlias(key) ? "an alias" : kindName(isMap(key) ? "object" : "array")}`);
  else if (key.source === "") problem(range, "missing key before this colon");
  else problem(range, `a key must be text, not ${key.source}`, `put it in quotes: ${quote(key.source)}`);
}
