import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { DefaultArtifactClient } from "@actions/artifact";
import { expect, test } from "@jest/globals";
import { newMachine } from "./as-job.ts";
import { startService } from "./service.ts";

const main = { ref: "refs/heads/main" };
const client = new DefaultArtifactClient();

async function start() {
  const service = await startService();
  const machine = await newMachine(service);
  const image = `${machine.workspace}/web.qcow2`;
  const content = randomBytes(20_000_000);
  writeFileSync(image, content);
  const upload = (name: string, skipArchive = false, job = {}) =>
    machine.as({ ...main, ...job }, () =>
      client.uploadArtifact(name, [image], machine.workspace, { skipArchive, compressionLevel: 0, retentionDays: 5 }),
    );
  return {
    service,
    machine,
    image,
    content,
    upload,
    async [Symbol.asyncDispose]() {
      await machine[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

test("files are uploaded as a zip", async () => {
  await using all = await start();
  const { id, size, digest } = await all.upload("image");
  const [artifact, ...others] = all.service.artifacts();
  expect(others).toEqual([]);
  expect(artifact).toMatchObject({ id, size, digest: `sha256:${digest}`, name: "image", run: "run-1-1" });
  expect(Date.parse(artifact?.expiresAt ?? "") - Date.now()).toBeGreaterThan(4 * 24 * 60 * 60 * 1000);
  const { stdout } = spawnSync("unzip", ["-p", artifact?.path ?? ""], { maxBuffer: 30_000_000 });
  expect(stdout.equals(all.content)).toBe(true);
});

test("a single file is uploaded raw, in blocks, and its name becomes the artifact's", async () => {
  await using all = await start();
  await all.upload("ignored", true);
  const [artifact] = all.service.artifacts();
  expect(artifact).toMatchObject({ name: "web.qcow2", size: all.content.length });
  expect(readFileSync(artifact?.path ?? "").equals(all.content)).toBe(true);
  expect(all.service.requests().map(({ route }) => route)).toEqual([
    "CreateArtifact",
    ...["PutBlock", "PutBlock", "PutBlock"],
    "PutBlockList",
    "FinalizeArtifact",
  ]);
});

test("a name can be used once in a run's attempt, until it is deleted", async () => {
  await using all = await start();
  await all.upload("image");
  await expect(all.upload("image")).rejects.toThrow("(409) Conflict: an artifact with this name already exists");
  await expect(all.upload("image", false, { name: "other-job" })).rejects.toThrow("409");
  expect(await all.upload("image", false, { attempt: 2 })).toMatchObject({ id: 2 });
  await all.machine.as(main, () => client.deleteArtifact("image"));
  expect(await all.upload("image")).toMatchObject({ id: 3 });
});

test("a job lists and downloads what its run has uploaded", async () => {
  await using all = await start();
  const { upload, machine } = all;
  await upload("image");
  const raw = await upload("", true);
  await upload("elsewhere", false, { run: 2 });
  const { artifacts } = await machine.as(main, () => client.listArtifacts());
  expect(artifacts.map(({ name }) => name)).toEqual(["image", "web.qcow2"]);
  const { artifact } = await machine.as(main, () => client.getArtifact("image"));
  await machine.as(main, () => client.downloadArtifact(artifact.id, { path: `${machine.workspace}/zip` }));
  const download = await machine.as(main, () =>
    client.downloadArtifact(Number(raw.id), { path: `${machine.workspace}/raw`, expectedHash: `sha256:${raw.digest}` }),
  );
  expect(download.digestMismatch).toBe(false);
  for (const directory of ["zip", "raw"])
    expect(readFileSync(`${machine.workspace}/${directory}/web.qcow2`).equals(all.content)).toBe(true);
  await expect(machine.as(main, () => client.getArtifact("elsewhere"))).rejects.toThrow("not found");
});

test("an upload that arrives corrupted is refused", async () => {
  await using all = await start();
  all.service.inject({ route: "PutBlock", fault: { type: "corrupted", at: 12_345 } });
  await expect(all.upload("image")).rejects.toThrow("what was uploaded isn't what is finalized");
  expect(all.service.artifacts()).toEqual([]);
});
