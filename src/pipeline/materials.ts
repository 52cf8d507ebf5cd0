import { lstatSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { matchesGlob } from "node:path";
import type { LockedPackage } from "../../stages/lib/downloads/locked.ts";
import type { Sources } from "../../stages/lib/downloads/sources.ts";
import { exclusionOf } from "../../stages/lib/patterns.ts";
import type { PinnedReference } from "../registry/reference.ts";
import { sha256Of } from "../tree/walk.ts";
import { fileDigest } from "./file-digest.ts";
import { lockFileOf } from "./lock.ts";
import { innermostFirst, type Pipeline, type Step, steps } from "./pipeline.ts";

/** Everything with a digest that a pipeline takes in, for a statement about its image's provenance. */
export interface Materials {
  /** The pipeline's files, its lock, and the files that its steps read, sorted by path. */
  readonly files: readonly MaterialFile[];
  /** The lock's packages, in the order in which they are installed. */
  readonly packages: readonly MaterialPackage[];
  /** The files that the pipeline's `sources` know by their checksums. */
  readonly downloads: readonly MaterialDownload[];
  /** The container images that the pipeline and its build pipelines start from. */
  readonly images: readonly PinnedReference[];
}

/** A file of the user's repository. */
export interface MaterialFile {
  /** An absolute path. */
  readonly path: string;
  readonly sha256: string;
}

/** A package of a lock. */
export interface MaterialPackage extends Omit<LockedPackage, "size"> {
  /** Whether the pipeline installs it in its own tree, and not in that of a build pipeline. */
  readonly inTree: boolean;
}

/** A file to download. */
export interface MaterialDownload {
  readonly url: string;
  /** An algorithm and a digest, such as `sha256:…`. */
  readonly checksum: string;
}

/** Lists a pipeline's materials. `others` are files that were named beside it. */
export async function materialsOf(file: string, others: readonly string[], pipeline: Pipeline): Promise<Materials> {
  const all = innermostFirst(pipeline);
  const run = all.flatMap(steps);
  const lock = run.some((step) => step.lock !== undefined) ? lockFileOf(file) : undefined;
  const named = [file, ...(lock === undefined ? [] : [lock]), ...others, ...run.map(({ at }) => at.file)];
  const paths = await Promise.all([...new Set(named)].map((path) => realpath(path)));
  return {
    files: await digests([...paths, ...run.flatMap(filesReadBy)]),
    packages: all.flatMap((each) => packagesOf(each, each === pipeline)),
    images: all.flatMap(({ base }) => base?.image ?? []),
    downloads: all.flatMap(({ downloads }) => downloadsIn(downloads.sources as Sources | undefined)),
  };
}

/**
 * The regular files that a step reads. Others have no bytes of their own, and a link may lead out of the repository.
 */
function filesReadBy({ inputs, excluded }: Step): readonly string[] {
  const files: string[] = [];
  const isExcluded = exclusionOf(excluded, matchesGlob);
  for (const path of inputs.values())
    fileDigest(path, {
      found: (file) => files.push(file),
      isExcluded: (file) => isExcluded(file.slice(path.length + 1)),
    });
  return files.filter((file) => lstatSync(file).isFile());
}

async function digests(paths: readonly string[]): Promise<readonly MaterialFile[]> {
  const buffer = Buffer.allocUnsafe(1024 ** 2);
  const files: MaterialFile[] = [];
  for (const path of [...new Set(paths)].sort())
    files.push({ path, sha256: await sha256Of(Buffer.from(path), buffer, "hex") });
  return files;
}

const packagesOf = (pipeline: Pipeline, inTree: boolean): readonly MaterialPackage[] =>
  steps(pipeline).flatMap(({ lock }) =>
    (lock?.packages ?? []).map(({ name, version, architecture, sha256, url, source }) => ({
      ...{ name, version, architecture, sha256, url, source },
      inTree,
    })),
  );

function downloadsIn(sources: Sources | undefined): readonly MaterialDownload[] {
  // No schema has been held against the sources.
  const urls: Readonly<Record<string, unknown>> = sources?.["org.osbuild.files"]?.urls ?? {};
  return Object.entries(urls).flatMap(([checksum, source]) => {
    const url = typeof source === "string" ? source : (source as { readonly url?: unknown } | null)?.url;
    return typeof url === "string" && /^\w+:[0-9a-f]+$/.test(checksum) ? [{ url, checksum }] : [];
  });
}
