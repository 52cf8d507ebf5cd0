import { createHash } from "node:crypto";
import type { Node } from "jsonc-parser";
import type { Location, Problem } from "../errors.ts";
import { asWritten, canonical, canonicalString } from "../json/canonical.ts";
import { type Document, locationOf } from "../json/document.ts";
import { numberMember, objectMember, stringMember, toValue } from "../json/nodes.ts";
import { didYouMean } from "../json/suggest.ts";
import { quote } from "../json/wording.ts";
import { canonicalName, type Library } from "../programs/library.ts";
import type { Program, StepKind } from "../programs/program.ts";
import type { Secrets } from "../secrets/secret.ts";
import { inputsOf } from "./inputs.ts";
import type { Downloads, Step } from "./pipeline.ts";
import { getsLayers, requiredPrograms } from "./requires.ts";
import { secretsOf } from "./secrets.ts";
import { optionWarnings, type Verdicts, validateOptions } from "./validation/validate.ts";

/** The data that all steps of a pipeline and its build pipelines share while they are normalised. */
export interface Context {
  readonly library: Library;
  /** All errors found so far. */
  readonly problems: Problem[];
  /** All things found so far that are accepted but may not be what the author expects. */
  readonly warnings: Problem[];
  readonly verdicts: Verdicts;
  readonly downloads: Downloads;
  readonly secrets: Secrets;
}

/** The data that the steps of one pipeline share. */
export interface PipelineContext {
  readonly document: Document;
  readonly buildId: string | null;
  /** The pipeline's own epoch. A build pipeline may inherit another one, but that enters none of its ids. */
  readonly epoch: Epoch | undefined;
}

/** A pipeline's `source-epoch`. */
export interface Epoch {
  readonly seconds: number;
  /** The number as canonical JSON. */
  readonly text: string;
}

/** Makes a stage or an assembler from its node. Adds a problem and returns undefined if there is no such program. */
export async function stepOf(
  { library, problems, warnings, verdicts, secrets }: Context,
  within: PipelineContext,
  treeId: string | null,
  kind: StepKind,
  node: Node,
): Promise<Step | undefined> {
  const { document } = within;
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
  const value = options === undefined ? {} : toValue(options);
  const canonicalOptions = options === undefined ? "{}" : canonical(document, options);
  return {
    kind,
    name,
    program,
    options: value,
    optionsText: options === undefined ? "{}" : asWritten(document, options),
    canonicalOptions,
    id: identify(name, within, treeId, canonicalOptions),
    inputs: inputs.inputs,
    excluded: inputs.excluded,
    secrets: options === undefined ? new Map() : secretsOf(document, options, program, secrets),
    requires: wrong.length === 0 ? await requiredPrograms(program, value, verdicts) : [],
    getsLayers: wrong.length === 0 && (await getsLayers(program, value, verdicts)),
    timeout: numberMember(node, "timeout")?.value,
    limits: limitsOf(node),
    at,
  };
}

function limitsOf(node: Node): Step["limits"] {
  const limits = objectMember(node, "limits");
  return limits === undefined ? {} : (toValue(limits) as Step["limits"]);
}

const noInputs = { inputs: new Map<string, string>(), excluded: [], problems: [] };

/**
 * Computes the same id as osbuild, byte for byte: the SHA-256, in hex, of J(name) + J(build) + J(base) + J(options),
 * where J is canonical JSON, build is the build pipeline's tree id or null, and base is the previous step's id or null.
 * If the pipeline has a `source-epoch`, J(source-epoch) follows, as in osbuild's later releases.
 */
function identify(name: string, { buildId, epoch }: PipelineContext, treeId: string | null, options: string): string {
  const id = (text: string | null) => (text === null ? "null" : canonicalString(text));
  const text = `${canonicalString(name)}${id(buildId)}${id(treeId)}${options}${epoch?.text ?? ""}`;
  return createHash("sha256").update(text).digest("hex");
}

function unserved({ demands, libdir }: Program, name: string, at: Location): Problem {
  const list = new Intl.ListFormat("en").format(demands);
  const hint = "osbuild's own stages run here only if they need nothing but their options";
  return { message: `${name} in ${libdir} needs ${list}, which only osbuild's own engine provides`, at, hint };
}

async function unknownProgram(library: Library, kind: StepKind, name: string, at: Location): Promise<Problem> {
  const other = kind === "stage" ? "assembler" : "stage";
  if ((await library.find(other, name)) !== undefined) {
    const message = `${name} is ${kind === "stage" ? "an assembler, not a stage" : "a stage, not an assembler"}`;
    return { message, at, hint: kind === "stage" ? 'it belongs under "assembler"' : 'it belongs in "stages"' };
  }
  const known = await library.names(kind);
  const full = name.includes(".") ? canonicalName(name) : `org.osbuild.${name}`;
  const hint = didYouMean(full, known) ?? "`osbuild stages` lists them all; --libdir adds your own";
  return { message: `unknown ${kind} ${quote(name)}`, at, hint };
}
