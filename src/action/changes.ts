import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import * as core from "@actions/core";
import { BuildError } from "../errors.ts";
import { changesJson, changesMarkdown, comparedIn, packagesJson, packagesMarkdown } from "../report/changes-text.ts";
import type { PipelineReport } from "../report/pipeline-report.ts";
import { changesBetween, packageChanges } from "../tree/changes.ts";
import type { NamedImage, NamedSbom } from "./compare-with.ts";
import { findSbom } from "./earlier-sbom.ts";
import { githubApi } from "./github-api.ts";
import { type Inputs, wrong } from "./inputs.ts";
import type { Runner } from "./job.ts";

/** The paths of the files that say what changed. */
export interface ChangesFiles {
  readonly markdown: string;
  readonly json: string;
}

/**
 * Reads the SBOM that the input `compare-with` names. Undefined if it names none; null if there is no such image yet.
 */
export async function namedImage(
  { compareWith, pipelines, githubToken }: Inputs,
  runner: Runner,
): Promise<NamedImage | null | undefined> {
  if (compareWith === undefined) return undefined;
  if (pipelines.length > 1)
    throw wrong("compare-with", "names one image, and there are several pipelines", "use a matrix of jobs");
  try {
    return await readNamed(compareWith, runner, githubToken);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw wrong("compare-with", `can't be used: ${error.message}`, error.problems[0]?.hint);
  }
}

async function readNamed(named: NamedSbom, runner: Runner, token: string): Promise<NamedImage | null> {
  const { parseSbom, readSbom } = await import("../sbom/read.ts");
  if (named.type === "file") return { label: basename(named.path), packages: await readSbom(named.path) };
  const found = await findSbom(named, githubApi(runner, token), runner);
  if ("missing" in found) {
    core.warning(`the input compare-with has nothing to compare with yet: there is no ${found.missing}`);
    return null;
  }
  return { label: found.label, packages: parseSbom(found.text, found.name) };
}

/** GitHub takes comments of at most 64 KiB, and most rows have less than 200 bytes. */
const mostRows = 200;

/**
 * Writes what changed since the named image or, without one, since the branch's last image. Undefined if there is
 * nothing to compare.
 */
export async function writeChanges(
  report: PipelineReport,
  named: NamedImage | null | undefined,
  path: string,
): Promise<ChangesFiles | undefined> {
  const { contents, previous } = report;
  if (contents === null || named === null || (named === undefined && previous === null)) return undefined;
  const files = { markdown: `${path}.changes.md`, json: `${path}.changes.json` };
  if (named !== undefined) {
    const changes = packageChanges(named.packages, contents.packages);
    await writeFile(files.markdown, packagesMarkdown(named.label, changes, mostRows));
    await writeFile(files.json, packagesJson(named.label, changes));
  } else if (previous !== null) {
    const changes = changesBetween(previous.contents, contents);
    await writeFile(files.markdown, changesMarkdown(comparedIn(previous, report), changes, mostRows));
    await writeFile(files.json, changesJson(previous.label, changes));
  }
  return files;
}
