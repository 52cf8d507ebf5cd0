import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type Files, type JobOptions, newRepository, nothing, type Repository } from "../support/action.ts";
import type { User } from "../support/actions/processes.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";
import { aptRepositoryFiles, debPackage } from "../support/apt-repository.ts";
import { type FarServer, farServer } from "../support/far-server.ts";
import { dpkg } from "../support/golden-repositories.ts";
import { scratch } from "../support/store.ts";

jest.setTimeout(180_000);

let place: Awaited<ReturnType<typeof scratch>>;
let server: FarServer;
let repository: Repository;
let core: string;
let user: User & AsyncDisposable;
beforeAll(async () => {
  place = await scratch();
  mkdirSync(`${place.path}/served`);
  server = await farServer(`${place.path}/served`);
  core = await dpkg(place.path);
  repository = await newRepository();
  user = await unprivilegedUser();
});
afterAll(async () => {
  for (const made of [user, repository, server, place]) await made[Symbol.asyncDispose]();
});

const { key, secret } = aptRepositoryFiles("test", []);

/** Replaces the archive by one in which the package base has this version. */
async function publish(version: string): Promise<void> {
  const served = `${place.path}/served`;
  const fields = "Essential: yes\nPriority: extra\nSection: base\n";
  const base = await debPackage(place.path, "base", { version, fields, files: { "etc/base": `${version}\n` } });
  rmSync(`${served}/debian`, { recursive: true, force: true });
  for (const [path, content] of aptRepositoryFiles("test", [core, base], { secret }).files) {
    mkdirSync(dirname(`${served}/debian${path}`), { recursive: true });
    writeFileSync(`${served}/debian${path}`, content);
  }
}

/** A pipeline that makes its image from the archive. */
const debian = (filename: string, archive = "debian") => ({
  stages: [
    {
      name: "org.osbuild.debootstrap",
      options: { suite: "test", variant: "essential", mirror: `${server.url}/${archive}`, keyring: key },
    },
  ],
  assembler: { name: "org.osbuild.tar", options: { filename } },
});

/** Runs lock@v1 on these files, and adds the locks that it has written to the result. */
async function lock(files: Files, inputs: JobOptions["inputs"] = {}) {
  const locks: Record<string, string> = {};
  const result = await repository.job(files, {
    action: "lock",
    user,
    inputs: { pipeline: "images/*.json", ...inputs },
    look: ({ workspace }, { outputs }) => {
      for (const path of outputs.paths?.split("\n").filter((line) => line !== "") ?? [])
        locks[path] = readFileSync(`${workspace}/${path}`, "utf8");
    },
  });
  return { ...result, locks };
}

test("an update names what is newer, a second one has nothing to say, and the image has the packages of its lock", async () => {
  await publish("1.0");
  const files = { "images/mail.json": debian("mail.tar"), "images/web.json": debian("web.tar") };
  const first = await lock(files);
  expect(first).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(first.outputs).toMatchObject({ changed: "true", paths: "images/mail.lock.json\nimages/web.lock.json" });
  expect(first.outputs.changes).toBe(
    "### `images/mail.lock.json`\n\nA new lock, of 2 packages.\n\n### `images/web.lock.json`\n\nA new lock, of 2 packages.\n",
  );

  await publish("1.1");
  const second = await lock({ ...files, ...first.locks }, { pipeline: "images/web.json" });
  expect(second).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  const table =
    "| package | architecture | before | after | step |\n| --- | --- | --- | --- | --- |\n| base | all | 1.0 | 1.1 | org.osbuild.debootstrap |\n";
  expect(second.outputs).toMatchObject({ changed: "true", changes: `### \`images/web.lock.json\`\n\n${table}` });
  expect(second.summary).toBe(second.outputs.changes);
  expect(JSON.parse(second.outputs["changes-json"] as string)).toEqual([
    {
      pipeline: "images/web.json",
      lock: "images/web.lock.json",
      changed: true,
      steps: [
        {
          name: "org.osbuild.debootstrap",
          packages: 2,
          changes: [{ name: "base", architecture: "all", before: "1.0", after: "1.1" }],
        },
      ],
    },
  ]);

  const locked = { ...files, ...second.locks };
  const third = await lock(locked, { pipeline: "images/web.json" });
  expect(third).toMatchObject({ outcome: "success", outputs: { changed: "false", changes: "No lock has changed.\n" } });
  expect(third.locks).toEqual(second.locks);

  const build = () => repository.job(locked, { user, inputs: { pipeline: "images/web.json" } });
  const built = await build();
  expect(built).toMatchObject({ outcome: "success", annotations: [], outputs: { "cache-hit": "none" }, left: nothing });
  const again = await build();
  expect(again).toMatchObject({ outcome: "success", annotations: [], outputs: { "cache-hit": "full" } });
  expect(again.outputs["image-sha256"]).toBe(built.outputs["image-sha256"]);
});

test("pipelines that can't be locked are annotated at their places, and the others are locked", async () => {
  await publish("1.0");
  const files = {
    "images/gone.json": debian("gone.tar", "gone"),
    "images/unknown.json": '{\n  "stages": [{ "name": "org.osbuild.none" }]\n}',
    "images/web.json": debian("web.tar"),
  };
  const result = await lock(files);
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.annotations).toMatchObject([
    { type: "error", file: "images/gone.json", line: 4, column: 15 },
    { type: "error", file: "images/unknown.json", line: 2 },
  ]);
  expect(result.log.join("\n")).toContain(`${server.url}/gone`);
  expect(result.outputs).toMatchObject({ changed: "true", paths: "images/web.lock.json" });
});

test("an action that is cancelled ends what it has started as root", async () => {
  await publish("1.0");
  const cancel = new AbortController();
  const files = { "images/web.json": debian("web.tar") };
  const result = await repository.job(files, {
    ...{ action: "lock", user, inputs: { pipeline: "images/web.json" }, cancel: cancel.signal },
    onLine: (line) => {
      if (line.startsWith("updating")) setTimeout(() => cancel.abort(), 1500);
    },
  });
  expect(result).toMatchObject({ outcome: "cancelled", annotations: [], left: nothing });
});
