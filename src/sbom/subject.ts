import packageFile from "../../package.json" with { type: "json" };
import { defaultSourceEpoch } from "../epoch.ts";
import type { StoredResult } from "../store/refs.ts";

/** The subject of an SBOM: an assembler's output. */
export interface Subject {
  /** The image's path below the output directory. An output of several files is called `output`. */
  readonly path: string;
  /** The image's SHA-256, in hex; null for an output of several files. */
  readonly sha256: string | null;
  readonly outputId: string;
  /** The output's source epoch: an SBOM has no other time. */
  readonly created: Date;
}

/** Describes a stored output. */
export function subjectOf({ id, files, parts }: StoredResult): Subject {
  const [file] = files.length === 1 ? files : [];
  const { sourceEpoch = defaultSourceEpoch } = parts as { readonly sourceEpoch?: number };
  const created = new Date(sourceEpoch * 1000);
  return { path: file?.path ?? "output", sha256: file?.sha256 ?? null, outputId: id, created };
}

/** The program that writes SBOMs. */
export const tool = { name: packageFile.name, version: packageFile.version };
