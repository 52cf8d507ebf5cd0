import type { PipelineReport, ReportedStep, Result } from "../../src/report/pipeline-report.ts";
import type { Contents, Entry } from "../../src/store/contents.ts";
import type { Package } from "../../src/store/packages.ts";

/** Files, by path, with their sizes or more; the rest is as usual. A package is its name and version. */
export function contentsOf(
  files: Readonly<Record<string, number | Partial<Entry>>>,
  packages: readonly (readonly [name: string, version: string, bytes?: number])[] = [],
): Contents {
  const usual = { kind: "file", size: 1, mode: 0o644, owner: "0:0", package: null } as const;
  return {
    database: packages.length > 0 ? "dpkg" : "none",
    packages: packages.map(
      ([name, version, bytes = 1024]): Package => ({ name, version, architecture: "amd64", bytes }),
    ),
    entries: Object.entries(files).map(([path, file]): Entry => {
      const digest = typeof file === "number" ? `of ${file}` : "some";
      return { path, ...usual, digest, ...(typeof file === "number" ? { size: file } : file) };
    }),
  };
}

const none: PipelineReport = {
  pipeline: "web.json",
  treeId: null,
  outputId: null,
  steps: [],
  image: null,
  contents: null,
  previous: null,
  problems: [],
};

export const reportOf = (some: Partial<PipelineReport>): PipelineReport => ({ ...none, ...some });

/** Steps with these names and results; an assembler's name has a colon before it. */
export const stepsOf = (results: readonly (readonly [name: string, result: Result, log?: string])[]) =>
  results.map(
    ([name, result, log = null], index): ReportedStep => ({
      step: {
        kind: name.startsWith(":") ? "assembler" : "stage",
        id: String(index + 1).padStart(64, "0"),
        name: `org.osbuild.${name.replace(":", "")}`,
        depth: 0,
        index: index + 1,
      },
      result,
      log,
    }),
  );

export const built = (start: number, seconds: number, bytes: number | null = null): Result => ({
  type: "built",
  reason: "not in the store",
  start,
  seconds,
  bytes,
});
