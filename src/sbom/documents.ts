import { failure } from "../errors.ts";
import type { Document } from "../store/exports.ts";
import { recordedContents } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";
import type { StoredResult } from "../store/refs.ts";
import { type SbomFormat, sbomFormats } from "./formats.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** Writes the SBOMs of a stored output. Throws if the store doesn't know what the output contains. */
export async function sbomDocuments(
  layout: Layout,
  record: StoredResult,
  formats: readonly SbomFormat[],
): Promise<readonly Document[]> {
  if (formats.length === 0) return [];
  const contents = await recordedContents(layout, record.id);
  if (contents === undefined) {
    const hint = "`osbuild build --sbom FORMAT` records it, and makes the output again if need be";
    throw failure("STORE", `the store doesn't know what the output ${record.id} contains`, hint);
  }
  if (contents.database === "rpm, unread")
    throw failure("HOST", "the image's packages can't be listed: this machine has no rpm that can read them");
  const subject = subjectOf(record);
  const documents: Document[] = [];
  for (const format of new Set(formats)) {
    const text = await writers[format]().then((write) => write(subject, contents));
    documents.push({ path: sbomPath(subject, format), text, epoch: subject.created.getTime() / 1000 });
  }
  return documents;
}

/** The paths of an output's SBOMs below the output directory. */
export const sbomPaths = (record: StoredResult, formats: readonly SbomFormat[]): readonly string[] =>
  [...new Set(formats)].map((format) => sbomPath(subjectOf(record), format));

const sbomPath = ({ path }: Subject, format: SbomFormat) => `${path}${sbomFormats[format]}`;

/** Loading what writes an SBOM would slow down every other build. */
const writers = {
  spdx: async () => (await import("./spdx.ts")).spdxDocument,
  cyclonedx: async () => (await import("./cyclonedx.ts")).cyclonedxDocument,
} as const;
