import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, type Repository, shell } from "../support/action.ts";
import type { ActionResult } from "../support/actions/runner.ts";

const main = { ref: "refs/heads/main" };

/** A pipeline whose image is a compressed archive with this name. */
const compressed = (script: string, filename = "web.tar.gz") => ({
  stages: [shell(script)],
  assembler: { name: "org.osbuild.tar", options: { filename, compression: "gzip" } },
});

interface Manifest {
  readonly image: string | null;
  readonly "image-sha256": string | null;
  readonly "artifact-id": number | null;
  readonly stages: readonly { readonly id: string }[];
}

const manifestOf = ({ outputs }: ActionResult) =>
  (JSON.parse(outputs.manifest as string) as { pipelines: readonly Manifest[] }).pipelines;

const images = ({ service }: Repository) =>
  service.artifacts().flatMap(({ name }) => (/\.(html|log)$/.test(name) ? [] : [name]));

const errors = ({ annotations }: ActionResult) =>
  annotations.filter(({ type }) => type === "error").map(({ message }) => message);

test("two images with the same file name are two artifacts, each at its URL", async () => {
  await using repository = await newRepository();
  const files = { "a.json": compressed("echo a > x"), "b.json": compressed("echo b > x") };
  const result = await repository.job(files, { inputs: { pipeline: "a.json\nb.json" } });
  expect(result).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(images(repository)).toEqual(["a-web.tar.gz", "b-web.tar.gz"]);
  const uploaded = repository.service.artifacts().filter(({ name }) => !name.endsWith(".html"));
  expect(manifestOf(result).map((of) => of["artifact-id"])).toEqual(uploaded.map(({ id }) => id));
  // Neither has a zip around it.
  expect(manifestOf(result).map((of) => `sha256:${of["image-sha256"]}`)).toEqual(uploaded.map(({ digest }) => digest));
});

test("each SBOM is an artifact of its own, and an image from the cache has the same ones", async () => {
  await using repository = await newRepository();
  const files = { "web.json": compressed("mkdir etc && echo 'ID=some' > etc/os-release") };
  const sbom = { inputs: { sbom: "spdx, cyclonedx", output: "out" } };
  const runs: { readonly result: ActionResult; readonly texts: readonly string[] }[] = [];
  for (const options of [{}, sbom, sbom]) {
    let texts: readonly string[] = [];
    const look = (_runner: unknown, { outputs }: ActionResult) => {
      texts = (outputs.sbom ?? "").split("\n").flatMap((path) => (path === "" ? [] : [readFileSync(path, "utf8")]));
    };
    runs.push({ result: await repository.job(files, { ...options, look }), texts });
  }
  for (const { result } of runs) expect(result).toMatchObject({ outcome: "success", annotations: [] });
  expect(runs.map(({ result }) => result.outputs["cache-hit"])).toEqual(["none", "full", "full"]);
  const names = ["web.tar.gz", "web.tar.gz.spdx.json", "web.tar.gz.cdx.json"];
  expect(images(repository)).toEqual(["web.tar.gz", ...names, ...names]);
  const [without, first, second] = runs.map(({ texts }) => texts);
  expect([without, second]).toEqual([[], first]);
  const digests = repository.service
    .artifacts()
    .flatMap(({ name, digest }) => (/(spdx|cdx)\.json$/.test(name) ? [digest] : []));
  expect(first?.map((text) => `sha256:${hash("sha256", text)}`)).toEqual(digests.slice(0, 2));
});

test("an SBOM that can't be uploaded fails the job, which still delivers the image", async () => {
  await using repository = await newRepository();
  const fault = { type: "status", status: 403, message: "the quota is used up" } as const;
  repository.service.inject({ route: "CreateArtifact", name: /spdx/, fault });
  const result = await repository.job({ "web.json": compressed("true") }, { inputs: { sbom: "spdx" } });
  expect(result.outcome).toBe("failure");
  expect(errors(result)[0]).toMatch(/^web.tar.gz.spdx.json could not be uploaded: .*the quota is used up/);
  expect(images(repository)).toEqual(["web.tar.gz"]);
  expect(result.outputs["artifact-id"]).not.toBe("");
});

test("a second job of the run with the same artifact name fails, keeps its image, and leaves the first artifact alone", async () => {
  await using repository = await newRepository();
  const [arm64, amd64] = ["arm64", "amd64"].map((name) => ({ job: { ...main, run: 1, name } }));
  await repository.job({ "web.json": compressed("echo arm64 > x") }, arm64);
  const before = repository.service.artifacts();
  let kept: string | undefined;
  const result = await repository.job(
    { "web.json": compressed("echo amd64 > x") },
    {
      ...amd64,
      look: (_runner, { outputs }) => {
        kept = existsSync(outputs.image as string) ? outputs.image : undefined;
      },
    },
  );
  expect(result).toMatchObject({ outcome: "failure", left: nothing, outputs: { "artifact-url": "" } });
  expect(errors(result)[0]).toContain(`another job or step of this run has an artifact named "web.tar.gz"`);
  expect(errors(result)[0]).toContain("the input artifact-name");
  expect(kept).toMatch(/\/osbuild-kept\/web-1-\w+\/web\.tar\.gz$/);
  expect(repository.service.artifacts()).toEqual(expect.arrayContaining([...before]));
});

test("an image that can't be uploaded fails the job after the rest is delivered, unless upload is if-possible", async () => {
  await using repository = await newRepository();
  const files = { "a.json": compressed("echo a > x", "a.tar.gz"), "b.json": compressed("echo b > x", "b.tar.gz") };
  const fault = { type: "status", status: 403, message: "the quota is used up" } as const;
  let number = 0;
  const run = async (inputs: Readonly<Record<string, string>>) => {
    repository.service.inject({ route: "CreateArtifact", name: /^a\.tar/, fault });
    const seen: boolean[] = [];
    const look = (_runner: unknown, { outputs }: ActionResult) => seen.push(existsSync(outputs.image as string));
    const result = await repository.job(files, {
      inputs: { pipeline: "a.json\nb.json", ...inputs },
      look,
      job: { ...main, run: ++number },
    });
    return { ...result, survives: seen[0] };
  };

  const failed = await run({});
  expect(failed).toMatchObject({ outcome: "failure", survives: true, left: nothing });
  const [first, second] = manifestOf(failed);
  expect([first?.["artifact-id"], second?.["artifact-id"]]).toEqual([null, expect.any(Number)]);
  expect(errors(failed)[0]).toMatch(
    /^a\.tar\.gz could not be uploaded: .*the quota is used up; the image was kept as /,
  );
  expect(errors(failed)[0]).toContain(first?.image);
  expect(failed.summary).toContain("Not uploaded");
  expect(failed.summary).toContain("download");

  const tolerant = await run({ upload: "if-possible", cache: "false" });
  expect(tolerant).toMatchObject({ outcome: "success", survives: true, annotations: [{ type: "warning" }] });
  expect(tolerant.annotations).toHaveLength(1);
});

test("an invalid artifact-name is refused before anything is built", async () => {
  await using repository = await newRepository();
  const inputs = { "artifact-name": "web-feature/login" };
  const result = await repository.job({ "web.json": compressed("true") }, { inputs });
  expect(result).toMatchObject({ outcome: "failure", groups: [], left: nothing });
  expect(errors(result).join("\n")).toContain(`can't contain "/"`);
});

test("a file name that an artifact can't have is refused before any pipeline is built, if the image must be uploaded", async () => {
  await using repository = await newRepository();
  const files = { "a.json": compressed("echo a > x", "web:1.2.tar.gz"), "b.json": pipelineOf("exit 3") };
  const inputs = { pipeline: "b.json\na.json" };
  const result = await repository.job(files, { inputs });
  const [refused] = result.annotations;
  expect(refused).toMatchObject({ file: "a.json", line: 11 });
  expect(refused?.message).toContain(`"web:1.2.tar.gz" can't be uploaded as an artifact: its name contains ":"`);

  const tolerant = await repository.job(files, { inputs: { pipeline: "a.json", upload: "if-possible" } });
  expect(tolerant).toMatchObject({ outcome: "success", annotations: [{ type: "warning" }] });
  expect(tolerant.outputs.image).toContain("web:1.2.tar.gz");
  expect(images(repository)).toEqual([]);
});

test("an output directory that isn't empty is refused before the build", async () => {
  await using repository = await newRepository();
  const output = `${await mkdtemp(`${tmpdir()}/output-`)}/images`;
  const first = await repository.job({ "web.json": compressed("echo 1 > x") }, { inputs: { output } });
  const second = await repository.job(
    { "web.json": compressed("echo 2 > x") },
    { inputs: { output }, job: { ...main, run: 2 } },
  );
  expect(second).toMatchObject({ outcome: "failure", outputs: { "stages-built": "0" } });
  expect(errors(second)[0]).toContain(`the output directory ${output} isn't empty`);
  expect(second.groups.filter(({ name }) => name.includes("com.example.shell"))).toEqual([]);
  expect(first.outcome).toBe("success");
  await rm(`${output}/..`, { recursive: true });
});

test("if-changed uploads an image until that has succeeded once, and again when its bits have changed", async () => {
  await using repository = await newRepository();
  let run = 0;
  const job = async (text: string, inputs: Readonly<Record<string, string>> = {}) => {
    const copy = { name: "org.osbuild.copy", options: { paths: [{ from: "file", to: "/file" }] } };
    const files = { "web.json": { ...compressed("true"), stages: [copy] }, file: text };
    const result = await repository.job(files, {
      inputs: { upload: "if-changed", ...inputs },
      job: { ...main, run: ++run },
    });
    return [result.outcome, result.outputs["artifact-id"] !== ""];
  };
  repository.service.inject({ route: "CreateArtifact", fault: { type: "status", status: 403 } });
  expect(await job("1")).toEqual(["failure", false]);
  expect(await job("1")).toEqual(["success", true]);
  expect(await job("1")).toEqual(["success", false]);
  // The ids are the same, because they leave out the file's content.
  expect(await job("2", { upload: "false" })).toEqual(["success", false]);
  expect(await job("2")).toEqual(["success", true]);
});

test("an image that is the branch's last upload is neither made nor fetched, unless something else needs it", async () => {
  await using repository = await newRepository();
  const { service } = repository;
  let run = 0;
  const job = async (last: string, more: Readonly<Record<string, string>> = {}) => {
    const { assembler } = compressed("");
    const files = { "web.json": { stages: [shell("cp /usr/bin/perl blob"), shell(last)], assembler } };
    const inputs = { upload: "if-changed", checkpoints: "all", ...more };
    const result = await repository.job(files, { inputs, job: { ...main, run: ++run } });
    expect(result).toMatchObject({ outcome: "success", annotations: [], left: nothing });
    const { image, "stages-built": built, "artifact-id": id } = result.outputs;
    return { result, facts: [image !== "", built, id !== ""] };
  };
  const first = await job("touch a");
  expect(first.facts).toEqual([true, "3", true]);
  for (const _ of ["Thursday", "Monday"]) {
    service.advance(4 * 24 * 3_600_000);
    const before = service.requests().length;
    const same = await job("touch a");
    expect(same.facts).toEqual([false, "0", false]);
    expect(same.result.outputs).toMatchObject({
      "cache-hit": "full",
      "image-sha256": first.result.outputs["image-sha256"],
    });
    expect(same.result.log).toContain("web.tar.gz is the branch's last upload, so it is neither made nor fetched");
    expect(same.result.summary).toContain("Nothing to build: 3 steps cached.");
    expect(same.result.summary).toContain("it is the branch's last upload");
    const requests = service.requests().slice(before);
    expect(requests.filter(({ route }) => route === "GetCacheEntryDownloadURL").length).toBeLessThanOrEqual(6);
    expect(requests.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThanOrEqual(64 * 1024);
  }
  // What it stands on is as young as what was looked at.
  expect((await job("touch b")).facts).toEqual([true, "2", true]);
  expect((await job("touch b", { output: "out" })).facts).toEqual([true, "0", false]);
  expect((await job("touch b", { "max-age": "4w" })).facts).toEqual([true, "0", false]);
  expect((await job("touch b")).facts).toEqual([false, "0", false]);
  await service.evict(RegExp(`-${manifestOf((await job("touch b")).result)[0]?.stages.at(-2)?.id}-`));
  expect((await job("touch b")).facts).toEqual([true, "0", false]);
});

test("a tilde is the home directory, and without RUNNER_TEMP nothing starts", async () => {
  await using repository = await newRepository();
  const home = await mkdtemp(`${tmpdir()}/home-`);
  const files = { "web.json": compressed("true") };
  const inputs = { store: "~/.cache/osbuild", output: "~/images", cache: "false" };
  const { outcome, outputs } = await repository.job(files, { env: { HOME: home }, inputs });
  expect([outcome, outputs.image]).toEqual(["success", `${home}/images/web.tar.gz`]);
  expect(await readdir(`${home}/.cache/osbuild`)).toContain("objects");
  expect(await readFile(`${home}/images/web.tar.gz`)).not.toHaveLength(0);
  await rm(home, { recursive: true });

  const missing = [{ RUNNER_TEMP: "" }, { RUNNER_TEMP: "/nowhere/at/all" }].map((env) =>
    repository.job(files, { env }),
  );
  for (const result of await Promise.all(missing)) {
    expect(result.outcome).toBe("failure");
    expect(errors(result).join("\n")).toMatch(/^error: RUNNER_TEMP isn't (set|a writable directory)/);
  }
});
