import { copyFile, lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import packageFile from "../../package.json" with { type: "json" };
import { BuildError, failure, hasCode, type Problem } from "../errors.ts";
import { loadPipeline, ownLibdir } from "../pipeline/load.ts";
import { steps } from "../pipeline/pipeline.ts";
import { type Template, templates } from "./templates.ts";

const workflow = ".github/workflows/image.yml";
const ignored = ["/.osbuild/", "/output/"];
/** The comment of the samples' SSH key, whose private key nobody has. */
const placeholder = "replace-with-your-own-key";

/** `osbuild init`: writes a pipeline and a workflow for it into the working directory. Overwrites nothing. */
export async function initCommand({ template }: { readonly template: Template }): Promise<void> {
  const { sample, runner } = templates[template];
  const pipeline = `images/${sample}.json`;
  const copies = await filesOf(sample);
  await requireNew([...copies.keys(), workflow]);
  for (const [path, source] of copies) await writing(path, () => copyFile(source, path));
  await writing(workflow, () => writeFile(workflow, workflowOf(pipeline, runner), { flag: "wx" }));
  const isIgnoring = await ignore();
  const written = [...copies.keys(), workflow, ...(isIgnoring ? [".gitignore"] : [])];
  const text = written.map((path) => `wrote ${path}\n`).join("");
  process.stdout.write(`${text}\n${await toReplace(pipeline)}build it: osbuild -o output ${pipeline}\n`);
}

/** The files to write, each with the sample's own: the pipeline, and the files beside it that its steps name. */
async function filesOf(sample: string): Promise<ReadonlyMap<string, string>> {
  const source = `${ownLibdir}/samples/${sample}.json`;
  const pipeline = await loadPipeline({ pipeline: source, libdirs: [], variables: [], ...nothingElse }, new Set());
  const inputs = steps(pipeline).flatMap(({ inputs }) => [...inputs]);
  return new Map([
    [`images/${sample}.json`, source],
    ...inputs.map(([name, path]) => [`images/${name}`, path] as const),
  ]);
}

const nothingElse = { buildEnv: undefined, buildPipeline: undefined, base: undefined, mirrors: undefined };

async function requireNew(paths: readonly string[]): Promise<void> {
  const hint = "`osbuild init` overwrites nothing: delete it, or start in another directory";
  const problems: Problem[] = [];
  // One after the other, so that it is the first path that is named if something is in the way of several.
  for (const path of paths) if (await isThere(path)) problems.push({ message: `${path} exists already`, hint });
  if (problems.length > 0) throw new BuildError("INVALID", problems);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw refusal(path, error);
  }
}

async function writing(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await write();
  } catch (error) {
    throw refusal(path, error);
  }
}

/** The failure if a file can't be there. Other errors are returned as they are. */
function refusal(path: string, cause: unknown): unknown {
  const reasons = {
    EACCES: "permission denied",
    EROFS: "the file system is read-only",
    ENOTDIR: "a file is in the way",
  };
  const [, reason] =
    Object.entries({ ...reasons, EEXIST: reasons.ENOTDIR }).find(([code]) => hasCode(cause, code)) ?? [];
  return reason === undefined ? cause : failure("INVALID", `can't write ${path}: ${reason}`, undefined, { cause });
}

/** Adds to .gitignore what a build writes beside the pipelines. Returns whether anything was missing. */
async function ignore(): Promise<boolean> {
  const file = ".gitignore";
  const text = await readFile(file, "utf8").catch((error) => {
    if (hasCode(error, "ENOENT")) return "";
    throw refusal(file, error);
  });
  const missing = ignored.filter((line) => !text.split("\n").includes(line));
  if (missing.length === 0) return false;
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  await writing(file, () => writeFile(file, `${start}${missing.join("\n")}\n`));
  return true;
}

/** The place of what only the user can fill in. */
async function toReplace(pipeline: string): Promise<string> {
  const line = (await readFile(pipeline, "utf8")).split("\n").findIndex((text) => text.includes(placeholder));
  return line === -1 ? "" : `put your own SSH key into ${pipeline}:${line + 1}: nobody can log in with the one there\n`;
}

function workflowOf(pipeline: string, runner: string): string {
  const [, action] = /github\.com\/(.+)\.git$/.exec(packageFile.repository.url) ?? [];
  const [major] = packageFile.version.split(".");
  return `name: Image

on:
  push:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: image-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  image:
    runs-on: ${runner}
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: ${action}@v${major}
        with:
          pipeline: ${pipeline}
`;
}
