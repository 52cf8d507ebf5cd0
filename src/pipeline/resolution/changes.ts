import type { Node } from "jsonc-parser";
import { arrayMember, member, members, stringMember } from "../../json/nodes.ts";
import { didYouMean } from "../../json/suggest.ts";
import { list, quote, shown } from "../../json/wording.ts";

/** A change to the stages of included files. */
interface Change {
  readonly kind: Kind;
  /** The name of the stage to change. */
  readonly name: Node;
  /** The stages that the change adds. */
  readonly added: readonly Node[];
}

type Kind = "drop" | "replace" | "before" | "after";

/** The kinds of change, each with the key that its stages have. */
const keys: ReadonlyMap<Kind, string | undefined> = new Map([
  ["drop", undefined],
  ["replace", "with"],
  ["before", "insert"],
  ["after", "insert"],
]);

/** Reports a problem of a node. */
type Report = (node: Node, message: string, hint?: string) => void;

/** More changes than any pipeline makes. */
const mostChanges = 1000;

/** Makes the `changes` of a pipeline to the stages that come before its own. `copy` makes nodes for new stages. */
export function changeStages(stages: Node[], pipeline: Node, copy: (node: Node) => Node, report: Report): void {
  const changes = changesOf(pipeline, report);
  if (changes.length === 0) return;
  const named = Map.groupBy(stages, asOf);
  for (const { kind, name, added } of changes) {
    const [stage, second] = named.get(name.value) ?? [];
    if (stage === undefined || second !== undefined) {
      report(name, ...notOne(name.value, named));
      continue;
    }
    const leaves = kind === "drop" || kind === "replace";
    if (leaves) named.delete(name.value);
    const copies = added.map(copy);
    for (const [as, more] of Map.groupBy(copies, asOf)) named.set(as, (named.get(as) ?? []).concat(more));
    const later = stages.splice(stages.indexOf(stage) + (kind === "after" ? 1 : 0));
    // There may be more of them than a call can have arguments.
    for (const each of copies.concat(leaves ? later.slice(1) : later)) stages.push(each);
  }
}

/** The name that a stage has for changes. */
const asOf = (stage: Node): string | undefined => stringMember(stage, "as")?.value;

function notOne(name: string, named: ReadonlyMap<string | undefined, readonly Node[]>): [string, string] {
  const count = named.get(name)?.length ?? 0;
  if (count > 1) return [`${count} stages are named ${quote(name)}`, "give each a name of its own"];
  const names = [...named.keys()].filter((each) => each !== undefined);
  const known = names.length === 0 ? 'a stage gets a name with "as"' : `the named ones are ${list(names, "and")}`;
  return [`no included stage is named ${quote(name)}`, didYouMean(name, names) ?? known];
}

function changesOf(pipeline: Node, report: Report): readonly Change[] {
  const changes = member(pipeline, "changes");
  if (changes === undefined) return [];
  const { type, children = [] } = changes;
  if (type !== "array") report(changes, `"changes" must be a list, not ${shown(changes)}`);
  else if (children.length > mostChanges) report(changes, `there are more than ${mostChanges} changes`);
  else return children.flatMap((change) => changeOf(change, report) ?? []);
  return [];
}

function changeOf(change: Node, report: Report): Change | undefined {
  const kinds = change.type === "object" ? [...keys.keys()].filter((key) => member(change, key) !== undefined) : [];
  const [kind, second] = kinds;
  if (kind === undefined || second !== undefined) {
    report(change, `a change has one of the keys ${list([...keys.keys()], "and")}`);
    return undefined;
  }
  const key = keys.get(kind);
  const strange = members(change).find(([{ value }]) => value !== kind && value !== key)?.[0];
  const name = member(change, kind) as Node;
  const added = key === undefined ? undefined : arrayMember(change, key);
  if (strange !== undefined) report(strange, `unknown key ${quote(strange.value)}`);
  else if (name.type !== "string") report(name, `"${kind}" must be the name of a stage, not ${shown(name)}`);
  else if (key !== undefined && added === undefined)
    report(member(change, key) ?? name, `"${kind}" needs a list of stages as ${quote(key)}`);
  else return { kind, name, added: added?.children ?? [] };
  return undefined;
}
