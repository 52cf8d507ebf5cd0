import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { arch } from "node:process";
import { pipeline as pipe } from "node:stream/promises";
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
    readonly architecture: string;
    readonly sourceEpoch: number;
    /** The build tree's fingerprint, or the host's distribution and release. */
    readonly root: string;
    readonly runner: string | null;
  };
}

/** What fingerprints start from. */
export interface Origins {
  /** The fingerprint of a tree in the store that a pipeline has as its base, or null where there is no such tree. */
  readonly baseFingerprint: (id: string) => Promise<string | null>;
  /** The digest of the archive that the outermost pipeline's first stage starts from. */
  readonly archive: string | null;
}

/** The fingerprints of all steps of a chain, by step id. */
export async function fingerprints(pipeline: Pipeline, origins: Origins): Promise<ReadonlyMap<string, Fingerprint>> {
  const found = new Map<string, Fingerprint>();
  let root = await hostIdentity();
  for (const link of chain(pipeline)) {
    const archive = link === pipeline ? origins.archive : null;
    let base = link.base === null ? archive : await origins.baseFingerprint(link.base.id);
    for (const step of steps(link)) {
      const parts = {
        base,
        program: step.program.digest,
        inputs: await inputsDigest(step),
        architecture: arch,
        sourceEpoch: link.sourceEpoch,
        root,
        runner: link.build?.runner ?? null,
      };
      const value = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
      found.set(step.id, { value, parts });
      if (step.kind === "stage") base = value;
    }
    root = base ?? root;
  }
  return found;
}

/** The distribution and release whose /usr is the build root where no pipeline builds one; see os-release(5). */
async function hostIdentity(): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8");
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, "m").exec(release)?.[1] ?? "";
  return `${field("ID")} ${field("VERSION_ID")}`;
}

async function inputsDigest(step: Step): Promise<string | null> {
  if (step.inputs.size === 0) return null;
  const hash = createHash("sha256");
  for (const [name, path] of step.inputs) hash.update(JSON.stringify([name, await fileDigest(path)]));
  return hash.digest("hex");
}

/** Content, kind and the executable bit: what git keeps too. Owners, times and the umask of a checkout don't count. */
async function fileDigest(path: string): Promise<string> {
  const stats = await lstat(path);
  const hash = createHash("sha256");
  if (stats.isSymbolicLink()) hash.update(`link ${await readlink(path)}`);
  else if (stats.isDirectory()) {
    hash.update("directory ");
    for (const name of (await readdir(path)).sort())
      hash.update(JSON.stringify([name, await fileDigest(`${path}/${name}`)]));
  } else {
    hash.update(stats.mode & 0o111 ? "program " : "file ");
    await pipe(createReadStream(path), hash);
  }
  return hash.digest("hex");
}
