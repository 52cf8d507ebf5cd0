import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { DefaultArtifactClient } from "@actions/artifact";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { namedImage } from "../../src/action/changes.ts";
import type { NamedImage } from "../../src/action/compare-with.ts";
import { readInputs } from "../../src/action/inputs.ts";
import { inputEnvironment, readAction } from "../support/actions/action-yml.ts";
import { type Machine, newMachine } from "../support/actions/as-job.ts";
import type { Job } from "../support/actions/jobs.ts";
import { type Service, startService } from "../support/actions/service.ts";

const client = new DefaultArtifactClient();
const action = await readAction(resolve(import.meta.dirname, "../.."));

let service: Service;
let machine: Machine;
beforeAll(async () => {
  service = await startService();
  machine = await newMachine(service);
});
afterAll(async () => {
  for (const each of [machine, service]) await each[Symbol.asyncDispose]();
});
afterEach(() => service.forgetRequests());

/** An SBOM that lists one package in this version. */
const sbomOf = (version: string) =>
  JSON.stringify({ components: [{ name: "hello", version, purl: `pkg:deb/debian/hello@${version}?arch=amd64` }] });

const main = { ref: "refs/heads/main" };
const topic = { ref: "refs/heads/topic" };
const pull = { ref: "refs/pull/7/merge", base: "refs/heads/main" };

/** Uploads a text as an artifact, as a job of the Action does. */
async function upload(job: Job, name: string, text: string, skipArchive = true): Promise<void> {
  const directory = `${machine.workspace}/${job.run}`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/${name}`, text);
  await machine.as(job, () =>
    client.uploadArtifact(name, [`${directory}/${name}`], directory, { skipArchive, retentionDays: 5 }),
  );
}

/** Runs a job whose input names this. Returns the image that it compares with, and the annotations. */
async function compared(text: string, job: Job = { ...main, run: 99 }, given: Readonly<Record<string, string>> = {}) {
  const env = inputEnvironment(action, { pipeline: "web.json", "compare-with": text, ...given });
  const inputs = await readInputs((name) => env[`INPUT_${name.toUpperCase()}`] ?? "");
  machine.said();
  const event = `${machine.workspace}/event.json`;
  writeFileSync(event, JSON.stringify({ repository: { default_branch: "main" } }));
  const environment = { GITHUB_REPOSITORY: "octocat/images", GITHUB_EVENT_PATH: event };
  const found = await machine.as(job, () => namedImage(inputs, { env: { ...process.env, ...environment } } as never));
  return { found, said: machine.said() };
}

const version = (found: NamedImage | null | undefined) => found?.packages.map((one) => one.version);

test("an image is compared with that of another run, whose storage doesn't get the token", async () => {
  await upload({ ...topic, run: 1 }, "web.qcow2.spdx.json", "{}");
  await upload({ ...topic, run: 2 }, "web.qcow2", "an image");
  await upload({ ...topic, run: 2 }, "web.qcow2.cdx.json", sbomOf("2.0"));
  service.forgetRequests();
  const { found, said } = await compared("run:2");
  expect(found).toEqual({
    label: "5f1d1b8",
    packages: [{ name: "hello", version: "2.0", architecture: "amd64" }],
  });
  expect(said).toBe("");
  await upload({ ...topic, run: 2 }, "db.qcow2.cdx.json", sbomOf("2.1"));
  await expect(compared("run:2")).rejects.toMatchObject({
    problems: [
      {
        message: "the input compare-with can't be used: run 2 has the SBOMs of several images",
        hint: "add one as /NAME: db.qcow2.cdx.json, web.qcow2.cdx.json",
      },
    ],
  });
  expect(version((await compared("run:2/db.qcow2.cdx.json")).found)).toEqual(["2.1"]);
  // The storage refuses a request with a token, as Azure does. The service notes a request only after its answer.
  expect(
    service
      .requests()
      .slice(0, 3)
      .map(({ route, status }) => [route, status]),
  ).toEqual([
    ["REST", 200],
    ["REST", 302],
    ["GetBlob", 200],
  ]);
});

test("an image is compared with the newest of its branch, or else of the one that it started from", async () => {
  const name = "mail.qcow2.cdx.json";
  expect(await compared(`artifact:${name}`)).toEqual({
    found: null,
    said: `::warning::the input compare-with has nothing to compare with yet: there is no artifact ${name} of main\n`,
  });
  await upload({ ...main, run: 11 }, name, sbomOf("11"));
  await upload({ ...main, run: 12 }, name, sbomOf("12"));
  await upload({ ...topic, run: 13 }, name, sbomOf("13"));
  await upload({ ...pull, fork: "main", run: 14 }, name, sbomOf("14"));
  const of = async (job: Job) => version((await compared(`artifact:${name}`, job)).found);
  expect(await of({ ...main, run: 99 })).toEqual(["12"]);
  expect(await of({ ...main, run: 12, attempt: 2 })).toEqual(["11"]);
  expect(await of({ ...pull, run: 99 })).toEqual(["13"]);
  expect(await of({ ref: "refs/heads/new", run: 99 })).toEqual(["12"]);
});

test("an image is compared with that of a release", async () => {
  expect((await compared("release:latest")).said).toMatch(/^::warning::.* there is no release\n$/);
  await service.release("images/v1", { "web.qcow2": "an image", "web.qcow2.cdx.json": sbomOf("1.0") });
  await service.release("images/v2", { "web.cdx.json": sbomOf("2.0"), "db.cdx.json": sbomOf("2.1") });
  expect((await compared("release:images/v1")).found).toMatchObject({ label: "images/v1" });
  expect(version((await compared("release:images/v1")).found)).toEqual(["1.0"]);
  expect(version((await compared("release:latest/db.cdx.json")).found)).toEqual(["2.1"]);
  await expect(compared("release:v3")).rejects.toThrow("this repository has no release v3");
});

test.each([
  ["run:77", "this repository has no run 77, or its artifacts are gone", undefined],
  ["run:3", "run 3 has no SBOM", /^only images that are built with the input sbom, such as sbom: spdx/],
  ["run:4", "the artifact web.spdx.json is a zip archive", /^download it with actions\/download-artifact/],
  ["run:5", "web.spdx.json is no SBOM in SPDX 2 or CycloneDX", undefined],
  ["run:6", '"pkg:deb/%zz@6.0?arch=amd64" is no package URL', undefined],
])("%s: %s", async (text, message, hint) => {
  const run = Number(text.slice(4));
  if (run === 3) await upload({ ...main, run }, "web", "an image");
  if (run === 4) await upload({ ...main, run }, "web.spdx.json", sbomOf("4.0"), false);
  if (run === 5) await upload({ ...main, run }, "web.spdx.json", "{}");
  if (run === 6) await upload({ ...main, run }, "web.cdx.json", sbomOf("6.0").replace("debian/hello", "%zz"));
  const error = await compared(text).catch((reason) => reason);
  expect(error.message).toContain(`the input compare-with can't be used: ${message}`);
  if (hint !== undefined) expect(error.problems[0].hint).toMatch(hint);
});

test("an artifact that has expired, a token that may not read any, and a service that is down are told apart", async () => {
  await upload({ ...main, run: 21 }, "web.cdx.json", sbomOf("21"));
  const message = "Resource not accessible by integration";
  service.inject({ route: "REST", fault: { type: "status", status: 403, message } });
  await expect(compared("run:21")).rejects.toMatchObject({
    problems: [
      {
        message: `the input compare-with can't be used: GitHub answered 403 for actions/runs/21/artifacts: ${message}`,
        hint: "give the job `permissions: { contents: read, actions: read }`",
      },
    ],
  });
  service.inject({ route: "REST", fault: { type: "status", status: 503 } });
  expect(version((await compared("run:21")).found)).toEqual(["21"]);
  service.inject({ route: "GetBlob", fault: { type: "cut", after: 10 } });
  await expect(compared("run:21")).rejects.toThrow("can't be used: GitHub can't be reached: ");
  service.advance(6 * 24 * 60 * 60 * 1000);
  await expect(compared("run:21")).rejects.toThrow("the artifact web.cdx.json has expired");
});

test.each([
  ["run:latest"],
  ["run:7/web.qcow2"],
  ["artifact:web.qcow2"],
  ["artifact:main/web.spdx.json"],
  ["release:/web.spdx.json"],
])("%s is refused", async (text) => {
  await expect(compared(text)).rejects.toThrow(`the input compare-with can't be ${JSON.stringify(text)}`);
});
