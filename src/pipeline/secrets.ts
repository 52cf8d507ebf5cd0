import type { Node } from "jsonc-parser";
import { BuildError, type Problem } from "../errors.ts";
import { type Document, locationOf } from "../json/document.ts";
import { didYouMean } from "../json/suggest.ts";
import type { Program } from "../programs/program.ts";
import type { Secrets } from "../secrets/secret.ts";
import { select } from "./inputs.ts";
import { allSteps, type Pipeline, type Step, type StepSecret } from "./pipeline.ts";

/** Finds the secrets that a step's options name. The program's meta.json says which options do. */
export function secretsOf(document: Document, options: Node, { meta }: Program, given: Secrets) {
  const nodes = (meta.secrets ?? []).flatMap((pointer) => select(options, pointer));
  const named = nodes.filter(({ type }) => type === "string");
  return new Map<string, StepSecret>(
    named.map((node) => [node.value, { value: given.get(node.value), at: locationOf(document, node) }]),
  );
}

/** The values of a step's secrets, by name. */
export const secretValues = ({ secrets }: Step): Secrets =>
  new Map([...secrets].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value] as const])));

/** Throws if a pipeline's steps need secrets that the user hasn't given. */
export function requireSecrets(pipeline: Pipeline): void {
  const all = allSteps(pipeline).flatMap(({ secrets }) => [...secrets]);
  const missing = all.filter(([, { value }]) => value === undefined);
  const problems = missing.map(([name, { at }]) => ({
    message: `there is no secret ${JSON.stringify(name)}`,
    at,
    hint: `give it with --secret id=${name},env=VARIABLE or --secret id=${name},src=FILE`,
  }));
  if (problems.length > 0) throw new BuildError("INVALID", problems);
}

/** The warnings for secrets that no step of these pipelines uses. */
export function unusedSecrets(pipelines: readonly Pipeline[], given: Secrets): readonly Problem[] {
  const used = new Set(pipelines.flatMap(allSteps).flatMap(({ secrets }) => [...secrets.keys()]));
  const unused = [...given.keys()].filter((name) => !used.has(name));
  return unused.map((name) => ({
    message: `no step uses the secret ${JSON.stringify(name)}`,
    hint: didYouMean(name, [...used]),
  }));
}
