import { createHash, hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { arch } from "node:process";
import { failure, hasCode } from "../errors.ts";
import { fileDigest } from "./file-digest.ts";
import type { Pipeline, Step } from "./pipeline.ts";
import { chain, steps } from "./pipeline.ts";

/**
 * What a step's result follows from beside its id: ids, to stay osbuild's, leave out the programs and what they run
 * in. A stored tree is used only where both match. Chained like the ids, so that a change reruns all that follows.
 */
export interface Fingerprint {
  /** sha256, in hex, of the parts. */
  readonly value: string;
  readonly parts: {
    /** The fingerprint of the step before, of the base, or of the archive to start from. */
    readonly base: string | null;
    /** The program, its imports and its meta.json. */
    readonly program: string;
    /** The files of the user's repository that the options name. */
    readonly inputs: string | null;
    /** The options as the program gets them, where that isn't the canonical form that the id knows. */
    readonly options?: string;
    readonly architecture: string;
    readonly sourceEpoch: number;
    /** The build tree's id and fingerprint, or the host's distribution and release. */
    readonly root: string;
    readonly runner: string | null;
    /** The mirrors that a program which downloads is told of. */
    readonly mirrors?: string;
  };
}

/** What fingerprints start from. */
export interface Origins {
  /** The fingerprint of a tree in the store that a pipeline has as its base, or null where there is no such tree. */
  readonly baseFingerprint: (id: string) => Promise<string | null>;
  /** The digest of the archive that the outermost pipeline's first stage starts from. */
  readonly archive: string | null;
}

/** The fingerprints of all steps of a chain. Not by id: what `--build-env` adds may begin like the pipeline itself. */
export async function fingerprints(
  pipeline: Pipeline,
  origins: Origins,
  hostRelease: readonly string[] = osRelease,
): Promise<ReadonlyMap<Step, Fingerprint>> {
  const found = new Map<Step, Fingerprint>();
  let root = await hostIdentity(hostRelease);
  for (const link of chain(pipeline)) {
    const archive = link === pipeline ? origins.archive : null;
    let base = link.base === null ? archive : await origins.baseFingerprint(link.base.id);
    for (const step of steps(link)) {
      const parts = {
        base,
        program: step.program.digest,
        inputs: inputsDigest(step),
        ...optionsOf(step),
        architecture: arch,
        sourceEpoch: link.sourceEpoch,
        root,
        runner: link.build?.runner ?? null,
        ...mirrorsOf(link, step),
      };
      const value = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
      found.set(step, { value, parts });
      if (step.kind === "stage") base = value;
    }
    // The id too: what `--build-env` adds is in no other step's.
    if (link.treeId !== null) root = `${link.treeId} ${base}`;
  }
  return found;
}

/** Two orders of keys, or spellings of a number, are one to an id; a program may write other bytes for each. */
const optionsOf = ({ optionsText, canonicalOptions }: Step): { readonly options?: string } =>
  optionsText === canonicalOptions ? {} : { options: hash("sha256", optionsText) };

function mirrorsOf({ downloads }: Pipeline, { program }: Step): { readonly mirrors?: string } {
  const { mirrors } = downloads;
  return mirrors === undefined || !program.meta.network ? {} : { mirrors: hash("sha256", JSON.stringify(mirrors)) };
}

/** The distribution and release whose /usr is the build root where no pipeline builds one. */
async function hostIdentity([file, ...others]: readonly string[]): Promise<string> {
  if (file === undefined) throw failure("HOST", "this machine has no os-release file: what it is can't be told");
  try {
    const release = await readFile(file, "utf8");
    const field = (name: string) => new RegExp(`^${name}=["']?([^"'\n]*)`, "m").exec(release)?.[1] ?? "";
    return `${field("ID")} ${field("VERSION_ID")}`;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return hostIdentity(others);
    throw error;
  }
}

/** In this order, says os-release(5). */
const osRelease = ["/etc/os-release", "/usr/lib/os-release"];

/** By name: the order in which the options have them says nothing. */
function inputsDigest({ inputs }: Step): string | null {
  if (inputs.size === 0) return null;
  const digest = createHash("sha256");
  for (const name of [...inputs.keys()].sort())
    digest.update(JSON.stringify([name, fileDigest(inputs.get(name) as string)]));
  return digest.digest("hex");
}
