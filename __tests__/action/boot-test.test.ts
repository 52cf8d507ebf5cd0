import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, shell } from "../support/action.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const inputs = { "boot-test": "true" };
/** A disk without a boot loader. */
const disk = {
  name: "org.osbuild.qemu",
  options: { format: "raw", filename: "web.img", ptuuid: "0x14fc63d2", root_fs_uuid: uuid, size: 32 * 1024 ** 2 },
};
const stages = [shell("mkdir -p usr/lib etc")];
const report = { name: "org.osbuild.test", options: { script: "true" } };

test("a boot test without a stage that reports, or without an image, is refused before anything runs", async () => {
  await using repository = await newRepository();
  const silent = await repository.job({ "web.json": pipelineOf("true") }, { inputs });
  expect(silent).toMatchObject({ outcome: "failure", left: nothing, outputs: { "stages-built": "0" } });
  expect(silent.annotations).toContainEqual(
    expect.objectContaining({
      file: "web.json",
      message: expect.stringContaining(
        "add a stage org.osbuild.test with a script that checks the booted system, or set the input boot-script",
      ),
    }),
  );
  const none = await repository.job({ "web.json": { stages: [shell("true")] } }, { inputs });
  expect(none.annotations.map(({ message }) => message).join()).toContain("the pipeline makes no image");
});

test("an image that doesn't boot is a problem at the stage that should report, and isn't uploaded under its own name", async () => {
  await using repository = await newRepository();
  const { stages, assembler } = pipelineOf("mkdir -p usr/lib etc");
  const files = { "web.json": { stages: [...stages, report], assembler } };
  const result = await repository.job(files, { inputs: { ...inputs, sbom: "spdx" } });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.annotations).toContainEqual(
    expect.objectContaining({ file: "web.json", message: expect.stringContaining("it isn't a disk image") }),
  );
  expect(result.summary).toContain("Boot test");
  const names = () => repository.service.artifacts().map(({ name }) => name);
  expect(names()).toEqual(["failed-web", "failed-web.spdx.json", "web-report.html"]);
  expect(result.outputs["artifact-id"]).toBe("1");
  // It wasn't the branch's last upload, either.
  await repository.job(files, { inputs: { sbom: "spdx", upload: "if-changed" } });
  expect(names().slice(3)).toEqual(["web", "web.spdx.json", "web-report.html"]);
});

test("a machine that reports nothing fails the job when its time is up, and doesn't outlive it", async () => {
  await using repository = await newRepository();
  const files = { "web.json": { stages: [...stages, report], assembler: disk } };
  const machine = { "boot-timeout": "3s", "boot-memory": "256M", "boot-cpus": "2", "boot-tpm": "true" };
  const result = await repository.job(files, { inputs: { ...inputs, ...machine } });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  const [problem] = result.annotations.map(({ message }) => message);
  expect(problem).toContain("the boot test of web.img failed: no report within 3 s");
  expect(problem).toContain("the artifact web-boot has its console and what its screen showed");
  expect(result.log.join("\n")).toMatch(
    /x64 with BIOS, a TPM, 2 processors, 256 MiB, emulated because .*, for at most 3\.00 s/,
  );
  const artifact = repository.service.artifacts().find(({ name }) => name === "web-boot");
  expect(execFileSync("unzip", ["-Z1", artifact?.path ?? ""], { encoding: "utf8" })).toBe("screen.png\n");
  expect(result.summary).toContain("console and screen");
});

test("a disk without an EFI system partition isn't booted with Secure Boot, which only a boot test has", async () => {
  await using repository = await newRepository();
  const files = { "web.json": { stages: [...stages, report], assembler: disk } };
  const secure = { "boot-secure-boot": "true" };
  const notOn = await repository.job(files, { inputs: secure });
  expect(notOn).toMatchObject({ outcome: "failure", outputs: {} });
  expect(notOn.log.join()).toContain("the input boot-secure-boot needs a boot test");
  const result = await repository.job(files, { inputs: { ...inputs, ...secure } });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  const [problem] = result.annotations.map(({ message }) => message);
  expect(problem).toContain("the boot test of web.img failed: it has no EFI system partition");
});

test("a boot test that can't keep its console fails as it would otherwise, also when the job's time is up", async () => {
  await using repository = await newRepository();
  repository.service.inject({
    route: "CreateArtifact",
    name: /-boot$/,
    fault: { type: "status", status: 403 },
    times: 9,
  });
  const files = { "web.json": { stages: [...stages, report], assembler: disk } };
  const result = await repository.job(files, { inputs: { ...inputs, "timeout-minutes": "0.5" } });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  const said = result.annotations.map(({ type, message }) => `${type}: ${message}`).join("\n");
  expect(said).toMatch(/error: the boot test of web\.img failed: .*before it/);
  expect(said).toContain("warning: the console of the boot test could not be uploaded");
  expect(repository.service.artifacts().map(({ name }) => name)).toContain("failed-web");
});

test("a script tests an image without the stage; one that can't run is refused before anything is built", async () => {
  await using repository = await newRepository();
  const files = { "web.json": { stages, assembler: disk }, "test.sh": "true\n" };
  const script = { ...inputs, "boot-script": "test.sh" };
  const notExecutable = await repository.job(files, { inputs: script });
  expect(notExecutable.outputs).toEqual({});
  expect(notExecutable.log.join()).toContain("the input boot-script names a file that isn't executable");
  const notOn = await repository.job(files, { inputs: { ...script, "boot-test": "false" } });
  expect(notOn.log.join()).toContain("the input boot-script needs a boot test");
  const program = { ...script, "boot-script": "/bin/true", "boot-timeout": "3s" };
  const noLogin = await repository.job(files, { inputs: program });
  expect(noLogin).toMatchObject({ outcome: "failure", left: nothing });
  expect(noLogin.annotations[0]?.message).toContain("the boot test of web.img failed: no login by SSH within 3 s");
});
