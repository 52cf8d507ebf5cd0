import { createHash } from "node:crypto";
import type { Node } from "jsonc-parser";
import type { Location, Problem } from "../errors.ts";
import { asWritten, canonical, canonicalString } from "./canonical.ts";
import { type Document, locationOf } from "./document.ts";
import { inputsOf } from "./inputs.ts";
import { canonicalName, type Library } from "./library.ts";
import { numberMember, objectMember, stringMember, toValue } from "./nodes.ts";
import type { Downloads, Step } from "./pipeline.ts";
import type { Kind, Program } from "./program.ts";
import { didYouMean } from "./suggest.ts";
import { optionWarnings, type Verdicts, validateOptions } from "./validate.ts";
import { quote } from "./words.ts";

export interface Context {
  readonly library: Library;
  /** All that has been found wrong. */
  readonly problems: Problem[];
  /** All that is taken, but may not be what its writer expects. */
  readonly warnings: Problem[];
  readonly verdicts: Verdicts;
  readonly downloads: Downloads;
}

/** What the steps of a pipeline have in common. */
export interface Origin {
  readonly document: Document;
  readonly buildId: string | null;
  /** The pipeline's own; what a build pipeline takes over from the one that it is for is in none of its ids. */
  readonly epoch: Epoch | undefined;
}

/** A `source-epoch`. */
export interface Epoch {
  readonly seconds: number;
  /** As canonical JSON. */
  readonly text: string;
}

/** A stage or an assembler from its node; undefined where it has no known program, which is a problem. */
export async function stepOf(
  { library, problems, warnings, verdicts }: Context,
  origin: Origin,
  treeId: string | null,
  kind: Kind,
  node: Node,
): Promise<Step | undefined> {
  const { document } = origin;
  const nameNode = stringMember(node, "name");
  if (nameNode === undefined) return undefined;
  const name: string = nameNode.value;
  const at = locationOf(document, nameNode);
  const program = await library.find(kind, name);
  if (program === undefined) {
    problems.push(await unknownProgram(library, kind, name, at));
    return undefined;
  }
  if (program.demands.length > 0) problems.push(unserved(program, name, at));
  const wrong = await validateOptions(document, node, program, verdicts);
  problems.push(...wrong);
  if (wrong.length === 0) warnings.push(...(await optionWarnings(document, node, program, verdicts)));
  const options = objectMember(node, "options");
  const inputs = options === undefined ? noInputs : await inputsOf(document, options, program);
  problems.push(...inputs.problems);
  const canonicalOptions = options === undefined ? "{}" : canonical(document.text, options);
  return {
    kind,
    name,
    program,
    options: options === undefined ? {} : toValue(options),
    optionsText: options === undefined ? "{}" : asWritten(document.text, options),
    canonicalOptions,
    id: identify(name, origin, treeId, canonicalOptions),
    inputs: inputs.inputs,
    timeout: numberMember(node, "timeout")?.value,
    at,
  };
}

const noInputs = { inputs: new Map<string, string>(), problems: [] };

/**
 * An id is osbuild's, byte for byte: the sha256, in hex, of J(name) + J(build) + J(base) + J(options), where J is
 * canonical JSON, build the build pipeline's tree id or null, and base the id of the step before or null. With a
 * `source-epoch`, J of that follows, as in osbuild's later releases.
 */
function identify(name: string, { buildId, epoch }: Origin, treeId: string | null, options: string): string {
  const id = (text: string | null) => (text === null ? "null" : canonicalString(text));
  const text = `${canonicalString(name)}${id(buildId)}${id(treeId)}${options}${epoch?.text ?? ""}`;
  return createHash("sha256").update(text).digest("hex");
}

function unserved({ demands, libdir }: Program, name: string, at: Location): Problem {
  const list = new Intl.ListFormat("en").format(demands);
  const hint = "osbuild's own stages run here if their options are all they need";
  return { message: `the ${name} of ${libdir} needs ${list}, which nothing here can give it`, at, hint };
}

async function unknownProgram(library: Library, kind: Kind, name: string, at: Location): Promise<Problem> {
  const other = kind === "stage" ? "assembler" : "stage";
  if ((await library.find(other, name)) !== undefined) {
    const message = `${name} is ${kind === "stage" ? "an assembler, not a stage" : "a stage, not an assembler"}`;
    return { message, at, hint: kind === "stage" ? 'it belongs under "assembler"' : 'it belongs in "stages"' };
  }
  const known = await library.names(kind);
  const full = name.includes(".") ? canonicalName(name) : `org.osbuild.${name}`;
  const hint = didYouMean(full, known) ?? "`osbuild stages` lists what there is; --libdir adds your own";
  return { message: `unknown ${kind} ${quote(name)}`, at, hint };
}
