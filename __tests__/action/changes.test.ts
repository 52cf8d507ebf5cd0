import { randomUUID } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { type Files, newRepository, nothing, pipelineOf, type Repository } from "../support/action.ts";
import type { Runner } from "../support/actions/runner.ts";

/** A tree with a package in dpkg's database. */
const installed = (version: string) => `
  mkdir -p var/lib/dpkg/info
  printf 'Package: hello\\nStatus: install ok installed\\nVersion: ${version}\\nArchitecture: amd64\\nInstalled-Size: 100\\n\\n' > var/lib/dpkg/status
  : > var/lib/dpkg/info/hello.list`;

/** Runs a job, and reads the files that say what changed, which exist until it ends. */
async function job(repository: Repository, files: Files, inputs: Readonly<Record<string, string>> = {}) {
  const work = `work-${randomUUID()}`;
  const texts: Record<string, string> = {};
  const onLine = (line: string) => {
    if (!line.startsWith("web.tar: ")) return;
    for (const path of globSync(`${tmpdir()}/actions-runner-*/${work}/_temp/osbuild-*/web.changes.*`))
      texts[path.endsWith(".md") ? "markdown" : "json"] = readFileSync(path, "utf8");
  };
  let sbom = "";
  const look = ({ workspace }: Runner) => {
    const path = `${workspace}/out/web.tar.spdx.json`;
    if (existsSync(path)) sbom = readFileSync(path, "utf8");
  };
  return { ...(await repository.job(files, { work, onLine, look, inputs })), texts, sbom };
}

test("what changed since the branch's last image is in files, for later steps of the job", async () => {
  await using repository = await newRepository();
  const of = (version: string, more: string) => ({ "web.json": pipelineOf(installed(version), more) });
  const first = await job(repository, of("1.0", "echo one > file"));
  expect(first).toMatchObject({ texts: {}, outputs: { changes: "", "changes-json": "" } });
  const { texts, outputs, summary, left } = await job(repository, of("2.0", "echo three > file"));
  expect(left).toEqual(nothing);
  const { markdown = "", json = "" } = texts;
  expect(markdown).toMatch(/^<h3>Changes since <code>5f1d1b8<\/code><\/h3>/);
  expect(markdown).toContain("<td><code>hello:amd64</code></td><td><code>1.0</code></td><td><code>2.0</code></td>");
  expect(summary).toContain(markdown.split("\n\n")[1]);
  expect(JSON.parse(json)).toMatchObject({
    since: "5f1d1b8",
    packages: [{ change: "upgraded", name: "hello", architecture: "amd64", from: "1.0", to: "2.0", bytes: 0 }],
    files: expect.arrayContaining([{ change: "changed", path: "/file", bytes: 2, aspects: ["content"] }]),
  });
  expect(outputs.changes).toMatch(/\/web\.changes\.md$/);
  expect(JSON.parse(outputs.manifest as string).pipelines[0]["changes-json"]).toBe(outputs["changes-json"]);
});

test("an image may be compared with the SBOM of another one, in a file or an artifact", async () => {
  await using repository = await newRepository();
  const released = { "web.json": pipelineOf(installed("1.0")) };
  const { sbom } = await job(repository, released, { sbom: "spdx", output: "out" });
  const files = { "web.json": pipelineOf(installed("2.0")), "release.spdx.json": sbom };
  const { texts } = await job(repository, files, { "compare-with": "release.spdx.json" });
  const upgraded = { change: "upgraded", name: "hello", architecture: "amd64", from: "1.0", to: "2.0" };
  expect(JSON.parse(texts.json ?? "")).toEqual({ since: "release.spdx.json", packages: [upgraded] });

  const earlier = await job(repository, files, { "compare-with": "artifact:web.spdx.json" });
  expect(earlier).toMatchObject({ annotations: [], left: nothing });
  expect(JSON.parse(earlier.texts.json ?? "")).toEqual({ since: "5f1d1b8", packages: [upgraded] });

  const wrong = await repository.job(files, { inputs: { "compare-with": "web.json" } });
  expect(wrong).toMatchObject({ outcome: "failure", left: nothing });
  expect(wrong.annotations[0]?.message).toMatch(/^error: the input compare-with can't be used: .*web.json is no SBOM/);
});
