import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { failure } from "../errors.ts";
import { boolean, count, either, fromJson, listOf, oneOf, optional, shaped, string } from "../json/shape.ts";
import { isSbomFile } from "../sbom/formats.ts";
import type { NamedSbom } from "./compare-with.ts";
import type { GithubApi } from "./github-api.ts";
import type { Runner } from "./job.ts";

/** The SBOM of an image that was built earlier. */
interface EarlierSbom {
  /** The name of the image, for people. */
  readonly label: string;
  readonly name: string;
  readonly text: string;
}

/** Says what there isn't, though there may be some later. */
interface Missing {
  readonly missing: string;
}

/** Finds the SBOM of an earlier run or of a release, and downloads it. */
export function findSbom(
  named: Exclude<NamedSbom, { readonly type: "file" }>,
  github: GithubApi,
  runner: Runner,
): Promise<EarlierSbom | Missing> {
  switch (named.type) {
    case "run":
      return ofRun(named.run, named.name, github);
    case "artifact":
      return ofBranch(named.name, github, runner);
    case "release":
      return ofRelease(named.tag, named.name, github);
  }
}

interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
  readonly workflow_run: {
    readonly id: number;
    readonly head_branch: string | null;
    readonly head_sha: string;
    readonly repository_id: number;
    readonly head_repository_id: number;
  } | null;
}

const artifactPage = shaped<{ readonly total_count: number; readonly artifacts: readonly Artifact[] }>({
  total_count: count,
  artifacts: listOf(
    shaped<Artifact>({
      id: count,
      name: string,
      expired: boolean,
      workflow_run: either(
        shaped<NonNullable<Artifact["workflow_run"]>>({
          id: count,
          head_branch: either(string, oneOf(null)),
          head_sha: string,
          repository_id: count,
          head_repository_id: count,
        }),
        oneOf(null),
      ),
    }),
  ),
});

/** The most pages of artifacts that are read. Each has up to a hundred. */
const mostPages = 10;

/** The artifacts at a path, the newest first, until these are enough. Undefined if there is nothing at the path. */
async function listArtifacts(
  github: GithubApi,
  path: string,
  { name, isEnough = () => false }: { name?: string | undefined; isEnough?: (found: readonly Artifact[]) => boolean },
): Promise<readonly Artifact[] | undefined> {
  const found: Artifact[] = [];
  const query = name === undefined ? "" : `&name=${encodeURIComponent(name)}`;
  for (let page = 1; page <= mostPages; page++) {
    const more = await github.json(artifactPage, `${path}?per_page=100&page=${page}${query}`);
    if (more === undefined) return undefined;
    found.push(...more.artifacts);
    if (more.artifacts.length === 0 || found.length >= more.total_count || isEnough(found)) break;
  }
  return found.sort((a, b) => b.id - a.id);
}

async function ofRun(run: string, name: string | undefined, github: GithubApi): Promise<EarlierSbom> {
  const found = await listArtifacts(github, `actions/runs/${run}/artifacts`, { name });
  if (found === undefined) throw failure("INVALID", `this repository has no run ${run}, or its artifacts are gone`);
  return download(theOne(found, name, `run ${run}`), github);
}

/** The newest of this branch, or else of the one that it started from. */
async function ofBranch(name: string, github: GithubApi, runner: Runner): Promise<EarlierSbom | Missing> {
  const isUsable = ({ name: its, expired, workflow_run: run }: Artifact) =>
    its === name &&
    !expired &&
    run !== null &&
    // A fork's branch may have the name of one of the repository's own.
    run.head_repository_id === run.repository_id &&
    // An earlier attempt of this run has built the same image.
    `${run.id}` !== runner.env.GITHUB_RUN_ID;
  const branches = await branchesOf(runner);
  const newestOf = (found: readonly Artifact[], branch: string | undefined) =>
    found.find((one) => isUsable(one) && one.workflow_run?.head_branch === branch);
  const isEnough = (found: readonly Artifact[]) => newestOf(found, branches[0]) !== undefined;
  const found = (await listArtifacts(github, "actions/artifacts", { name, isEnough })) ?? [];
  const [newest] = branches.flatMap((branch) => newestOf(found, branch) ?? []);
  if (newest === undefined) return { missing: `artifact ${name} of ${branches.join(" or ")}` };
  return download(newest, github);
}

/** The job's branch, and those that it started from. */
async function branchesOf({ env }: Runner): Promise<readonly string[]> {
  const { GITHUB_EVENT_PATH: path = "" } = env;
  const text = existsSync(path) ? await readFile(path, "utf8") : "";
  const main = fromJson(event, text)?.repository?.default_branch;
  const own = env.GITHUB_HEAD_REF || env.GITHUB_REF_NAME;
  return [...new Set([own, env.GITHUB_BASE_REF, main].flatMap((name) => name || []))];
}

const event = shaped<{ readonly repository: { readonly default_branch: string | undefined } | undefined }>({
  repository: optional(shaped({ default_branch: optional(string) })),
});

async function download({ id, name, expired, workflow_run: run }: Artifact, github: GithubApi): Promise<EarlierSbom> {
  const text = expired ? undefined : await github.text(`actions/artifacts/${id}/zip`);
  if (text === undefined)
    throw failure("INVALID", `the artifact ${name} has expired`, "name a newer one, or keep it with a release");
  if (text.startsWith("PK\x03\x04"))
    throw failure(
      "INVALID",
      `the artifact ${name} is a zip archive, and this action uploads SBOMs without one`,
      "download it with actions/download-artifact, and name the file",
    );
  return { label: run?.head_sha.slice(0, 7) ?? name, name, text };
}

interface Release {
  readonly tag_name: string;
  readonly assets: readonly { readonly id: number; readonly name: string }[];
}

const release = shaped<Release>({ tag_name: string, assets: listOf(shaped({ id: count, name: string })) });

async function ofRelease(tag: string, name: string | undefined, github: GithubApi): Promise<EarlierSbom | Missing> {
  const isLatest = tag === "latest";
  const path = isLatest ? tag : `tags/${tag.split("/").map(encodeURIComponent).join("/")}`;
  const found = await github.json(release, `releases/${path}`);
  if (found === undefined && isLatest) return { missing: "release" };
  if (found === undefined) throw failure("INVALID", `this repository has no release ${tag}`);
  const asset = theOne(found.assets, name, `the release ${found.tag_name}`);
  const text = await github.text(`releases/assets/${asset.id}`);
  if (text === undefined) throw failure("INVALID", `the release ${found.tag_name} has lost its file ${asset.name}`);
  return { label: found.tag_name, name: asset.name, text };
}

/** The SBOM with a name or, without one, that of the only image. */
function theOne<File extends { readonly name: string }>(
  files: readonly File[],
  name: string | undefined,
  place: string,
): File {
  const sboms = files.filter((file) => isSbomFile(file.name));
  const names = sboms.map((file) => file.name);
  const found = name === undefined ? sboms[0] : sboms.find((file) => file.name === name);
  if (found === undefined)
    throw failure(
      "INVALID",
      `${place} has no ${name ?? "SBOM"}`,
      name === undefined || names.length === 0
        ? "only images that are built with the input sbom, such as sbom: spdx, have one beside them"
        : `name one of ${names.join(", ")}`,
    );
  if (name === undefined && new Set(names.map(imageOf)).size > 1)
    throw failure("INVALID", `${place} has the SBOMs of several images`, `add one as /NAME: ${names.join(", ")}`);
  return found;
}

/** The name of an SBOM's image. An image may have SBOMs of both formats. */
const imageOf = (sbom: string) => sbom.replace(/\.\w+\.json$/, "");
