import { createHash, hash } from "node:crypto";
import { join, matchesGlob } from "node:path";
import { arch, versions } from "node:process";
import { exclusionOf } from "../../stages/lib/patterns.ts";
import { tagOf } from "../secrets/tag.ts";
import { fileDigest } from "./file-digest.ts";
import { openHostRoot, type ToolDigests } from "./host-root.ts";
import type { Base, Pipeline, Step } from "./pipeline.ts";
import { innermostFirst, steps } from "./pipeline.ts";
import { secretValues } from "./secrets.ts";

/**
 * Everything that a step's result depends on besides its id. Ids must stay the same as osbuild's, so they leave out the
 * programs and the environment that these run in. A stored tree is used only if both id and fingerprint match. Each
 * fingerprint includes the one before it, as ids do, so a change reruns every later step.
 */
export interface Fingerprint {
  /** The SHA-256 of the parts, in hex. */
  readonly value: string;
  readonly parts: {
    /** The fingerprint of the previous step or of the base, or the digest of the image or archive to start from. */
    readonly base: string | null;
    /** The digest of the program, its imports and its meta.json. */
    readonly program: string;
    /** The digest of the files in the user's repository that the options name. */
    readonly inputs: string | null;
    /** The digest of the options as the program gets them, if they differ from the canonical form in the id. */
    readonly options?: string;
    readonly architecture: string;
    readonly sourceEpoch: number;
    /** The build tree's id and fingerprint, or what the step uses of the host. */
    readonly root: string;
    readonly runner: string | null;
    /** The digest of the mirrors, if the program downloads anything. */
    readonly mirrors?: string;
    /** The digest of the packages and the program's notes, if there is a lock. */
    readonly lock?: string;
    /** The tags of the secrets that the program gets, by name. */
    readonly secrets?: { readonly [name: string]: string };
    /** The versions of the libraries of Node.js that the program says its result follows from. */
    readonly runtime?: { readonly [name: string]: string };
  };
  readonly details: Details;
}

/** The parts that the id or the fingerprint has only as digests, so that the next build's misses can be explained. */
export interface Details {
  /** The options as JSON, unless they are very long. */
  readonly options?: string;
  /** The digests of the user's files, unless there are very many. */
  readonly inputs?: { readonly [path: string]: string };
  /** The digests of the program's files. */
  readonly program: { readonly [path: string]: string };
}

const mostOptions = 64 * 1024;
const mostInputs = 1000;

/**
 * Everything that a step's result depends on except the tree that it works on, with a build tree by what it holds. Half
 * a digest, in hex. `root` is the digest of what the build tree holds; null if the step runs on the host.
 */
export function stepKey(step: Step, { parts }: Fingerprint, root: string | null): string {
  const { base: _, ...rest } = parts;
  const { kind, program, optionsText, id } = step;
  // A program that gets its id may write it into the tree.
  const named = { kind, name: program.name, options: optionsText, ...(program.meta.id === false ? {} : { id }) };
  return half(JSON.stringify({ ...rest, ...(root === null ? {} : { root }), ...named }));
}

/**
 * The key of a step's result by what the step works on, instead of by where that came from: steps with the same key
 * have the same result. It begins with the step's own key. `tree` is the digest of what the tree holds.
 */
export const contentKey = (ofStep: string, tree: string): string => `${ofStep}${half(`${ofStep} ${tree}`)}`;

const half = (text: string) => hash("sha256", text).slice(0, 32);

/** The starting points of pipelines, which enter the fingerprints of their first steps. */
export interface Starts {
  /** The fingerprint of the tree that a pipeline has as its base, or null if the store has no such tree. */
  readonly baseFingerprint: (id: string) => Promise<string | null>;
  /** The digest of the archive that the outermost pipeline's first stage starts from. */
  readonly archive: string | null;
}

/**
 * The fingerprints of all steps of a pipeline and its build pipelines. The map's keys are steps, not ids, because the
 * pipeline that `--build-env` adds may begin with the same steps as the pipeline itself.
 */
export async function fingerprints(
  pipeline: Pipeline,
  starts: Starts,
  tools?: ToolDigests,
  releaseFiles?: readonly string[],
): Promise<ReadonlyMap<Step, Fingerprint>> {
  const found = new Map<Step, Fingerprint>();
  const hostRoot = await openHostRoot(tools, releaseFiles);
  let buildTree: string | undefined;
  for (const each of innermostFirst(pipeline)) {
    const archive = each === pipeline ? starts.archive : null;
    let base = each.base === null ? archive : await fingerprintOf(each.base, starts);
    for (const step of steps(each)) {
      const inputs = inputsOf(step);
      const parts = {
        base,
        program: step.program.digest,
        inputs: inputs.digest,
        ...optionsOf(step),
        architecture: arch,
        sourceEpoch: each.sourceEpoch,
        root: buildTree ?? (await hostRoot(step)),
        runner: each.build?.runner ?? null,
        ...mirrorsOf(each, step),
        ...lockOf(step),
        ...tagsOf(step),
        ...runtimeOf(step),
      };
      const value = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
      found.set(step, { value, parts, details: detailsOf(step, inputs.files) });
      if (step.kind === "stage") base = value;
    }
    // The id is included because a pipeline that `--build-env` adds enters no other step's id.
    if (each.treeId !== null) buildTree = `${each.treeId} ${base}`;
  }
  return found;
}

/** An image's digest says all about its tree, on every machine. */
const fingerprintOf = async ({ id, image }: Base, { baseFingerprint }: Starts) =>
  image === undefined ? baseFingerprint(id) : id;

/** An id ignores the order of keys and the spelling of numbers, but a program may write different bytes for each. */
const optionsOf = ({ optionsText, canonicalOptions }: Step): { readonly options?: string } =>
  optionsText === canonicalOptions ? {} : { options: hash("sha256", optionsText) };

function mirrorsOf({ downloads }: Pipeline, { program, lock }: Step): { readonly mirrors?: string } {
  const { mirrors } = downloads;
  // A lock's packages are the same from every mirror.
  const downloadsItself = program.meta.network && lock === undefined;
  return mirrors === undefined || !downloadsItself ? {} : { mirrors: hash("sha256", JSON.stringify(mirrors)) };
}

function lockOf({ lock }: Step): { readonly lock?: string } {
  if (lock === undefined) return {};
  const { packages, notes } = lock;
  return { lock: hash("sha256", JSON.stringify(notes === undefined ? packages : [packages, notes])) };
}

function tagsOf(step: Step): { readonly secrets?: { readonly [name: string]: string } } {
  const tags = [...secretValues(step)].map(([name, secret]) => [name, tagOf(secret)] as const);
  // The order in the options has no meaning.
  return tags.length === 0 ? {} : { secrets: Object.fromEntries(tags.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const runtimeOf = ({ program: { meta } }: Step): { readonly runtime?: { readonly [name: string]: string } } =>
  meta.runtime === undefined
    ? {}
    : { runtime: Object.fromEntries(meta.runtime.map((name) => [name, versions[name] ?? ""])) };

/** The digest is null without inputs. They are sorted by name, because the order in the options has no meaning. */
function inputsOf({ inputs, excluded }: Step): {
  readonly digest: string | null;
  readonly files: ReadonlyMap<string, string>;
} {
  const files = new Map<string, string>();
  const isExcluded = exclusionOf(excluded, matchesGlob);
  const digest = createHash("sha256");
  for (const name of [...inputs.keys()].sort()) {
    const path = inputs.get(name) as string;
    const sum = fileDigest(path, {
      found: (file, own) => files.set(join(name, file.slice(path.length)), own),
      isExcluded: (file) => isExcluded(file.slice(path.length + 1)),
    });
    digest.update(JSON.stringify([name, sum]));
  }
  return { digest: inputs.size === 0 ? null : digest.digest("hex"), files };
}

const detailsOf = ({ optionsText, program }: Step, inputs: ReadonlyMap<string, string>): Details => ({
  ...(optionsText.length > mostOptions ? {} : { options: optionsText }),
  ...(inputs.size === 0 || inputs.size > mostInputs ? {} : { inputs: Object.fromEntries(inputs) }),
  program: Object.fromEntries(program.files),
});
