import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, shell } from "../support/action.ts";
import { osbuild } from "../support/osbuild.ts";
import { logIn, startRegistry } from "../support/registry.ts";
import { scratch, sh } from "../support/store.ts";

const container = {
  stages: [shell("echo one > one"), shell("echo two > two")],
  assembler: {
    name: "org.osbuild.oci-archive",
    options: { filename: "web.tar", architecture: "x86_64", layers: true },
  },
};

/** A machine with a registry and a user who has logged in to it. */
async function place() {
  const directory = await scratch();
  const registry = await startRegistry("password");
  const home = `${directory.path}/home`;
  const { HOME } = logIn(home, registry.host);
  sh('chmod -R a+rX "$1"', directory.path);
  const tags = `${registry.storage}/docker/registry/v2/repositories/team/web/_manifests/tags`;
  return {
    path: directory.path,
    image: `${registry.host}/team/web`,
    env: { HOME },
    /** The digests by tag. */
    tags: () =>
      Object.fromEntries(readdirSync(tags).map((tag) => [tag, readFileSync(`${tags}/${tag}/current/link`, "utf8")])),
    async [Symbol.asyncDispose]() {
      await registry[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

test("an image is pushed under each tag with its SBOM, and the job's outputs and summary name it by its digest", async () => {
  await using here = await place();
  await using repository = await newRepository();
  const push = `${here.image}:v1\n${here.image}:latest`;
  const job = { env: here.env, inputs: { push, sbom: "spdx" } };
  const result = await repository.job({ "web.json": container }, job);
  expect(result).toMatchObject({ outcome: "success", left: nothing });
  const { pushed = "", manifest = "" } = result.outputs;
  const [name, digest = ""] = pushed.split("@");
  expect([name, JSON.parse(manifest).pipelines[0].pushed]).toEqual([here.image, [pushed]]);
  expect(here.tags()).toMatchObject({ v1: digest, latest: digest, [digest.replace(":", "-")]: expect.any(String) });
  expect(result.summary).toContain(pushed);
  expect(result.outside.at(-1)).toBe(`pushed: ${pushed}`);
});

test("an image that fails its boot test isn't pushed", async () => {
  await using here = await place();
  await using repository = await newRepository();
  const { stages, assembler } = pipelineOf("mkdir -p usr/lib etc");
  const report = { name: "org.osbuild.test", options: { script: "true" } };
  const job = { env: here.env, inputs: { push: `${here.image}:v1`, "boot-test": "true" } };
  const result = await repository.job({ "web.json": { stages: [...stages, report], assembler } }, job);
  expect(result).toMatchObject({ outcome: "failure", outputs: { pushed: "" } });
  expect(here.tags).toThrow("ENOENT");
});

test("a push that fails is the job's failure, and the image is uploaded nevertheless", async () => {
  await using here = await place();
  await using repository = await newRepository();
  const inputs = { push: `${here.image}:v1` };
  const denied = await repository.job({ "web.json": container }, { inputs, env: { HOME: here.path } });
  expect(denied).toMatchObject({ outcome: "failure", left: nothing, outputs: { pushed: "" } });
  expect(denied.annotations.map(({ message }) => message).join()).toMatch(
    /the image could not be pushed to .*:v1: .*HTTP status 401.*docker login/s,
  );
  expect(repository.service.artifacts().map(({ name }) => name)).toContain("web");
});

test("the command line pushes a file with the SBOMs beside it, as the user who has logged in", async () => {
  await using here = await place();
  mkdirSync(`${here.path}/output`);
  for (const name of ["web.img", "web.img.cdx.json"]) writeFileSync(`${here.path}/output/${name}`, name);
  const surroundings = { cwd: here.path, env: { ...process.env, ...here.env, FORCE_COLOR: undefined } };
  const { stdout, stderr, code } = await osbuild(["push", "output/web.img", `${here.image}:v1`], surroundings);
  const digest = here.tags().v1 ?? "";
  expect([stdout, stderr, code]).toEqual([`pushed ${here.image}@${digest}: 9 B sent, 0 B were there\n`, "", 0]);
  expect(Object.keys(here.tags())).toContain(digest.replace(":", "-"));

  const wrong = await osbuild(["push", "output/web.img", `${here.image}`], surroundings);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("isn't an image's name with a tag")]);
  const missing = await osbuild(["push", "output/none", `${here.image}:v1`], surroundings);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("there is no file output/none")]);
});
