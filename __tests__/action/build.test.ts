import { existsSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, type Repository, shell } from "../support/action.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

const base = ["mkdir etc && echo web > etc/hostname", "cp /usr/bin/perl blob"];
const web = { "web.json": pipelineOf(...base, "echo 1 > last") };

/** Returns the requests to the cache for one job, and forgets them. */
function cacheTraffic({ service }: Repository) {
  const all = service.requests().filter(({ name }) => name.startsWith("osbuild-"));
  service.forgetRequests();
  const of = (route: string) => all.filter((request) => request.route === route).map(({ name }) => name);
  return { lookedUp: of("GetCacheEntryDownloadURL"), fetched: of("GetBlob"), saved: of("FinalizeCacheEntryUpload") };
}

test("a commit is built once; after that only its image comes from the cache, for any user of any runner", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const inputs = { checkpoints: "all" };
  const cold = await repository.job(web, { inputs, job: { ref: "refs/heads/main", run: 1 } });
  expect(cold).toMatchObject({
    outcome: "success",
    annotations: [],
    outputs: { "cache-hit": "none", "stages-built": "4", "stages-cached": "0" },
    post: { outcome: "success" },
    left: nothing,
  });
  const first = cacheTraffic(repository);
  expect(first.fetched).toEqual([]);
  // Four steps, each by its id and by its content key, and the image with its contents.
  expect(first.saved).toHaveLength(10);

  const warm = await repository.job(web, { user, inputs, job: { ref: "refs/heads/main", run: 2 } });
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
  // The last image with its contents, the image, and the three entries of its tree, which are to stay.
  expect(second.lookedUp).toHaveLength(6);
  expect(second.fetched.filter((key) => !key.includes("-latest-"))).toEqual([expect.stringContaining(output)]);
  expect(second.saved).toEqual([]);
  const names = repository.service.artifacts().map(({ name }) => name);
  expect(names).toEqual(["web", "web-report.html", "web", "web-report.html"]);
});

test("after a step that gives the same tree as before, a fresh runner takes the rest from the cache", async () => {
  await using repository = await newRepository();
  const build = (first: string) => {
    const files = {
      "web.json": pipelineOf(first, "cp web etc-web", "cat etc-web > last"),
      "lib/stages/com.example.shell.meta.json": { id: false },
    };
    return repository.job(files, { inputs: { checkpoints: "all" } });
  };
  const cold = await build("echo web > web");
  const same = await build("echo web > web # as before");
  expect(same).toMatchObject({
    annotations: [],
    outputs: { "stages-built": "1", "stages-cached": "3", "image-sha256": cold.outputs["image-sha256"] },
    left: nothing,
  });
  expect(same.log.filter((line) => /: cached \(same tree\) \([0-9a-f]{12}\)$/.test(line))).toHaveLength(3);
  // The results that were found have been saved under the new ids.
  const again = await build("echo web > web # as before");
  expect(again.outputs).toMatchObject({ "cache-hit": "full", "image-sha256": cold.outputs["image-sha256"] });
});

test("steps that download get the mirrors of the input's file, and run again when they are others", async () => {
  await using repository = await newRepository();
  const build = (mirror: string, say: string) =>
    repository.job(
      {
        "web.json": {
          stages: [{ name: "com.example.download", options: { mirror: say } }],
          assembler: { name: "org.osbuild.tar", options: { filename: "web.tar" } },
        },
        "mirrors.json": { "https://mirrors.example/": mirror },
        "lib/stages/com.example.download.meta.json": { network: true, id: false },
        "lib/stages/com.example.download.ts": `
          import { json } from "node:stream/consumers";
          const { mirrors, options } = await json(process.stdin);
          process.exit(mirrors["https://mirrors.example/"] === options.mirror ? 0 : 1);`,
      },
      { inputs: { mirrors: "mirrors.json" } },
    );
  expect(await build("http://one.example/", "http://one.example/")).toMatchObject({
    outcome: "success",
    annotations: [],
  });
  expect(await build("http://two.example/", "http://one.example/")).toMatchObject({ outcome: "failure" });
});

test("a change reruns the steps after it, a failure only the failed step, and the log says why each runs", async () => {
  await using repository = await newRepository();
  const runs = ["echo 1 > last", "echo 2 > last", "echo soon && exit 3", "echo 4 > last"];
  const results = [];
  for (const [index, last] of runs.entries()) {
    const pipeline = { "web.json": pipelineOf(...base, last) };
    results.push(await repository.job(pipeline, { job: { ref: "refs/heads/main", run: index + 1 } }));
  }
  const why = results.map(({ groups }) =>
    groups.flatMap(({ name }) => /^\d\/4 .*: (.*) \([0-9a-f]{12}\)$/.exec(name)?.[1] ?? []),
  );
  expect(why).toEqual([
    ["first build", "first build", "first build", "first build"],
    ["options changed", "base changed"],
    ["options changed"],
    ["options changed", "base changed"],
  ]);
  expect(results.map(({ outcome }) => outcome)).toEqual(["success", "success", "failure", "success"]);
  expect(results.map(({ outputs }) => outputs["cache-hit"])).toEqual(["none", "partial", "partial", "partial"]);
});

test("steps that pipelines share are built once, and each pipeline has its image, artifact and table", async () => {
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

test("inputs decide what is saved, uploaded and reported", async () => {
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
  const kept = stages.map(({ id }) => keys.some((key) => key.includes(`-${id}-`)));
  expect(kept).toEqual([false, true, false, true]);
  expect(repository.service.artifacts().map(({ name }) => name)).toContain("image");

  const uploads = repository.service.artifacts().length;
  const same = await repository.job(files, { inputs: upload, job: { ref: "refs/heads/main", run: 3 } });
  expect(same.outputs).toMatchObject({ "artifact-id": "", "cache-hit": "full" });
  expect(repository.service.artifacts()).toHaveLength(uploads);
});

test("a runner's directory may have spaces and quotes in its name, and a pipeline's name may look like a pattern", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const files = { "web[arm64].json": pipelineOf(...base), "web6.json": pipelineOf("false") };
  const inputs = { pipeline: "web[arm64].json", "cache-key-prefix": "x".repeat(350) };
  const where = { user, work: `it's "my  work"`, inputs };
  const results = [await repository.job(files, where), await repository.job(files, where)];
  for (const result of results) expect(result).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(results.map(({ outputs }) => outputs["cache-hit"])).toEqual(["none", "full"]);
});

test("an ordinary user gets logs, contents and cache entries from a store that only root can read", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const files = { "web.json": pipelineOf("echo $((6 * 7)) words", "touch hidden-$((6 * 7))") };
  const inputs = { store: `${user.home}/store`, output: `${user.home}/output` };
  const result = await repository.job(files, { user, inputs });
  expect(result).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(statSync(`${user.home}/output/web.tar`).uid).toBe(user.uid);
  expect(statSync(`${user.home}/store/objects`)).toMatchObject({ uid: 0, mode: 0o40700 });
  const reports = () => repository.service.artifacts().filter(({ name }) => name === "web-report.html");
  const textOf = (report: { readonly path: string } | undefined) => readFileSync(report?.path as string, "utf8");
  expect(textOf(reports()[0])).toContain("42 words");
  const kept = repository.service.caches().map(({ key }) => key.split("-")[2]);
  expect(kept.filter((what) => what === "latest")).toHaveLength(2);
  // Another machine gets everything from the cache, and its report has the logs.
  expect((await repository.job(files)).outputs["cache-hit"]).toBe("full");
  expect(reports()).toHaveLength(2);
  expect(textOf(reports()[1])).toContain("42 words");
});

test("a store in the workspace is refused, or is a warning if a checkout as root can delete it", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const inputs = { store: ".osbuild", upload: "false" };
  const refused = await repository.job({ "web.json": pipelineOf("true") }, { user, inputs });
  expect(refused).toMatchObject({ outcome: "failure", left: nothing, annotations: [{ type: "error" }] });
  expect(refused.annotations[0]?.message).toMatch(/the input store .*workspace[\s\S]*outside/);
  const warned = await repository.job({ "web.json": pipelineOf("true") }, { inputs });
  expect(warned).toMatchObject({ outcome: "success", annotations: [{ type: "warning" }] });
});

test("a stage's downloads stay on its machine and never come from the cache, to which others can write", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const download = async (packages: readonly string[], inputs = {}) => {
    const { assembler } = pipelineOf();
    const files = { "web.json": { stages: [{ name: "com.example.download", options: { packages } }], assembler } };
    const { outcome, log } = await repository.job(files, { user, inputs });
    expect(outcome).toBe("success");
    return log.filter((line) => line.startsWith("downloading"));
  };
  expect(await download(["a"])).toEqual(["downloading a"]);
  expect(await download(["a", "b"])).toEqual(["downloading a", "downloading b"]);
  expect(repository.service.caches().filter(({ key }) => key.includes("state"))).toEqual([]);
  // A persistent runner has its own store.
  const inputs = { store: `${user.home}/store` };
  expect(await download(["a", "c"], inputs)).toEqual(["downloading a", "downloading c"]);
  expect(await download(["a", "c", "d"], inputs)).toEqual(["downloading d"]);
});
