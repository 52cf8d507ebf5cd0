import type { CacheSource } from "../../src/events.ts";
import type { PipelineReport, ReportedStep } from "../../src/report/pipeline-report.ts";
import type { StepResult } from "../../src/report/step-results.ts";
import type { Contents, ContentsEntry, ContentsPackage } from "../../src/tree/contents.ts";

/**
 * Makes contents from paths with sizes or more properties, and defaults for the rest. A package is name and version.
 */
export function contentsOf(
  files: Readonly<Record<string, number | Partial<ContentsEntry>>>,
  packages: readonly (readonly [name: string, version: string, bytes?: number])[] = [],
): Contents {
  const usual = { kind: "file", size: 1, mode: 0o644, owner: "0:0", package: null } as const;
  return {
    database: packages.length > 0 ? "dpkg" : "none",
    distribution: null,
    packages: packages.map(
      ([name, version, bytes = 1024]): ContentsPackage => ({
        ...{ name, version, architecture: "amd64", bytes },
        ...{ source: { name, version }, licences: [], step: null },
      }),
    ),
    steps: [],
    entries: Object.entries(files).map(([path, file]): ContentsEntry => {
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
  times: { build: 0, verification: 0, bootTest: 0, upload: 0 },
  links: { report: null, log: null, tree: null },
};

export const reportOf = (some: Partial<PipelineReport>): PipelineReport => ({ ...none, ...some });

/** Makes steps with these names and results. An assembler's name has a colon before it. */
export const stepsOf = (results: readonly (readonly [name: string, result: StepResult, log?: string])[]) =>
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

export const built = (start: number, seconds: number, bytes: number | null = null): StepResult => ({
  type: "built",
  reason: "not in the store",
  start,
  seconds,
  end: start + seconds,
  bytes,
  ran: null,
});

export const cached = (
  source: CacheSource,
  bytes: number | null,
  { ran = null, isUnpinned = false }: { ran?: number | null; isUnpinned?: boolean } = {},
): StepResult => ({ type: "cached", source, bytes, ran, isUnpinned });
