import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, type Repository, shell } from "../support/action.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

const base = ["mkdir etc && echo web > etc/hostname", "cp /usr/bin/perl blob"];
const web = { "web.json": pipelineOf(...base, "echo 1 > last") };

/** What was asked of the cache for one job, and forgets it. */
function cacheTraffic({ service }: Repository) {
  const all = service.requests().filter(({ name }) => name.startsWith("osbuild-"));
  service.forgetRequests();
  const of = (route: string) => all.filter((request) => request.route === route).map(({ name }) => name);
  return { lookedUp: of("GetCacheEntryDownloadURL"), fetched: of("GetBlob"), saved: of("FinalizeCacheEntryUpload") };
}

test("a commit is built once: then its image alone comes from the cache, for any user of any runner", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const cold = await repository.job(web, { job: { ref: "refs/heads/main", run: 1 } });
  expect(cold).toMatchObject({
    outcome: "success",
    annotations: [],
    outputs: { "cache-hit": "none", "stages-built": "4", "stages-cached": "0" },
    post: { outcome: "success" },
    left: nothing,
  });
  const first = cacheTraffic(repository);
  expect(first.fetched).toEqual([]);
  // Four steps, and what the image holds.
  expect(first.saved).toHaveLength(5);

  const warm = await repository.job(web, { user, job: { ref: "refs/heads/main", run: 2 } });
  expect(warm).toMatchObject({
    outcome: "success",
    annotations: [],
    outputs: {
      "cache-hit": "full",
      "stages-built": "0",
      "stages-cached": "4",
      "image-sha256": cold.outputs["image-sha256"],
      "output-id": cold.outputs["output-id"],
    },
    left: nothing,
  });
  const second = cacheTraffic(repository);
  const output = cold.outputs["output-id"] as string;
  expect(second.lookedUp).toHaveLength(2);
  expect(second.fetched.filter((key) => !key.includes("-latest-"))).toEqual([expect.stringContaining(output)]);
  expect(second.saved).toEqual([]);
  const names = repository.service.artifacts().map(({ name }) => name);
  expect(names).toEqual(["web", "web-report.html", "web", "web-report.html"]);
});

test("a change costs the steps above it, a failure only the failed one, and the log says why each runs", async () => {
  await using repository = await newRepository();
  const runs = ["echo 1 > last", "echo 2 > last", "echo soon && exit 3", "echo 4 > last"];
  const results = [];
  for (const [index, last] of runs.entries()) {
    const pipeline = { "web.json": pipelineOf(...base, last) };
    results.push(await repository.job(pipeline, { job: { ref: "refs/heads/main", run: index + 1 } }));
  }
  const why = results.map(({ groups }) => groups.flatMap(({ name }) => /^\d\/4 .*: (.*)$/.exec(name)?.[1] ?? []));
  expect(why).toEqual([
    ["not in the store", "not in the store", "not in the store", "not in the store"],
    ["options changed", "base changed"],
    ["options changed"],
    ["options changed", "base changed"],
  ]);
  expect(results.map(({ outcome }) => outcome)).toEqual(["success", "success", "failure", "success"]);
  expect(results.map(({ outputs }) => outputs["cache-hit"])).toEqual(["none", "partial", "partial", "partial"]);
});

test("of several pipelines what they share is built once, and each has its image, artifact and table", async () => {
  await using repository = await newRepository();
  const files = {
    "web.json": pipelineOf(...base, "echo web > last"),
    "images/db.json": pipelineOf(...base, "echo db > last"),
    "images/web.json": pipelineOf(...base, "echo other > last"),
  };
  const result = await repository.job(files, { inputs: { pipeline: "web.json\nimages/*.json", output: "out" } });
  expect(result.outputs).toMatchObject({ "stages-built": "8", "stages-cached": "4" });
  const { pipelines } = JSON.parse(result.outputs.manifest as string) as { pipelines: { image: string }[] };
  expect(pipelines.map(({ image }) => image.split("/").slice(-3).join("/"))).toEqual([
    "out/web/web.tar",
    "out/db/web.tar",
    "out/images-web/web.tar",
  ]);
  const artifacts = repository.service.artifacts().map(({ name }) => name);
  expect(artifacts.filter((name) => !name.endsWith(".html"))).toEqual(["web", "db", "images-web"]);
  expect(result.summary?.match(/images\/web\.json/g)).not.toBeNull();
  expect(result.left).toEqual(nothing);
});

test("inputs decide what is saved, uploaded and told", async () => {
  await using repository = await newRepository();
  const download = { name: "com.example.download", options: { packages: ["a"] } };
  const { assembler } = pipelineOf();
  const files = { "web.json": { stages: [shell("true"), download, shell("touch b")], assembler } };
  const upload = { upload: "if-changed", summary: "false" };

  const reads = await repository.job(files, { inputs: { ...upload, cache: "read-only" } });
  expect(reads).toMatchObject({ outcome: "success", annotations: [], summary: undefined });
  expect(repository.service.caches()).toEqual([]);

  const subjects = (list: string) => (existsSync(list) ? readFileSync(list, "utf8").trim().split("/").at(-1) : "");
  let recorded: string | undefined;
  const named = await repository.job(files, {
    inputs: { ...upload, checkpoints: "com.example.download", "artifact-name": "image" },
    env: { GITHUB_ARTIFACTS: "artifacts.list" },
    look: ({ workspace }) => {
      recorded = subjects(`${workspace}/artifacts.list`);
    },
  });
  expect(recorded).toBe("web.tar");
  const keys = repository.service.caches().map(({ key }) => key);
  const { stages } = JSON.parse(named.outputs.manifest as string).pipelines[0] as { stages: { id: string }[] };
  const kept = stages.map(({ id }) => keys.some((key) => key.endsWith(id)));
  expect(kept).toEqual([false, true, false, true]);
  expect(repository.service.artifacts().map(({ name }) => name)).toContain("image");

  const uploads = repository.service.artifacts().length;
  const same = await repository.job(files, { inputs: upload, job: { ref: "refs/heads/main", run: 3 } });
  expect(same.outputs).toMatchObject({ "artifact-id": "", "cache-hit": "full" });
  expect(repository.service.artifacts()).toHaveLength(uploads);
});

test("a runner may keep its work in a directory with blanks and quotes, and a pipeline's name may look like a pattern", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const files = { "web[arm64].json": pipelineOf(...base), "web6.json": pipelineOf("false") };
  const inputs = { pipeline: "web[arm64].json", "cache-key-prefix": "x".repeat(350) };
  const where = { user, work: `it's "my  work"`, inputs };
  const results = [await repository.job(files, where), await repository.job(files, where)];
  for (const result of results) expect(result).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(results.map(({ outputs }) => outputs["cache-hit"])).toEqual(["none", "full"]);
});

test("a store in the workspace is refused, or is a warning where root can clean it away", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const inputs = { store: ".osbuild", upload: "false" };
  const refused = await repository.job({ "web.json": pipelineOf("true") }, { user, inputs });
  expect(refused).toMatchObject({ outcome: "failure", left: nothing, annotations: [{ type: "error" }] });
  expect(refused.annotations[0]?.message).toMatch(/the input store .*workspace[\s\S]*outside/);
  const warned = await repository.job({ "web.json": pipelineOf("true") }, { inputs });
  expect(warned).toMatchObject({ outcome: "success", annotations: [{ type: "warning" }] });
});

test("what a stage has downloaded is there for the next one, though its list has changed", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const results = [];
  for (const packages of [
    ["a", "b"],
    ["a", "b", "c"],
    ["a", "b", "c"],
    ["c", "d"],
  ]) {
    const { assembler } = pipelineOf();
    const files = { "web.json": { stages: [{ name: "com.example.download", options: { packages } }], assembler } };
    results.push(await repository.job(files, { user }));
  }
  const downloads = results.map(({ log }) => log.filter((line) => line.startsWith("downloading")));
  expect(downloads).toEqual([["downloading a", "downloading b"], ["downloading c"], [], ["downloading d"]]);
  expect(results.flatMap(({ annotations }) => annotations)).toEqual([]);
  expect(results.map(({ left }) => left)).toEqual(results.map(() => nothing));
  const states = repository.service.caches().filter(({ key }) => key.includes("-state/com.example.download/"));
  expect(states).toHaveLength(3);
});
