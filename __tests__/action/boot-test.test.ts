import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, shell } from "../support/action.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const inputs = { "boot-test": "true" };

test("a boot test without a stage that reports, or without an image, is refused before anything runs", async () => {
  await using repository = await newRepository();
  const silent = await repository.job({ "web.json": pipelineOf("true") }, { inputs });
  expect(silent).toMatchObject({ outcome: "failure", left: nothing, outputs: { "stages-built": "0" } });
  expect(silent.annotations).toContainEqual(
    expect.objectContaining({ file: "web.json", message: expect.stringContaining("add a stage org.osbuild.test") }),
  );
  const none = await repository.job({ "web.json": { stages: [shell("true")] } }, { inputs });
  expect(none.annotations.map(({ message }) => message).join()).toContain("the pipeline makes no image");
});

test("an image that doesn't boot is a problem at the stage that should report, and is uploaded nevertheless", async () => {
  await using repository = await newRepository();
  const { stages, assembler } = pipelineOf("mkdir -p usr/lib etc");
  const report = { name: "org.osbuild.test", options: { script: "true" } };
  const result = await repository.job({ "web.json": { stages: [...stages, report], assembler } }, { inputs });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.annotations).toContainEqual(
    expect.objectContaining({ file: "web.json", message: expect.stringContaining("it isn't a disk image") }),
  );
  expect(result.summary).toContain("Boot test");
  expect(repository.service.artifacts().map(({ name }) => name)).toContain("web");
});

test("a machine that reports nothing fails the job when its time is up, and doesn't outlive it", async () => {
  await using repository = await newRepository();
  const report = { name: "org.osbuild.test", options: { script: "true" } };
  const disk = {
    name: "org.osbuild.qemu",
    options: { format: "raw", filename: "web.img", ptuuid: "0x14fc63d2", root_fs_uuid: uuid, size: 32 * 1024 ** 2 },
  };
  const files = { "web.json": { stages: [shell("mkdir -p usr/lib etc"), report], assembler: disk } };
  const result = await repository.job(files, { inputs: { ...inputs, "timeout-minutes": "0.2" } });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.annotations.map(({ message }) => message).join()).toMatch(
    /the boot test of web\.img failed: .*before it/,
  );
  expect(result.groups.map(({ name }) => name)).toContain("Booting web.img");
});
