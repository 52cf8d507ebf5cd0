import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { pipelinesOf, pushOf, readInputs } from "../../src/action/inputs.ts";
import { inputEnvironment, readAction } from "../support/actions/action-yml.ts";

test("a pattern matches pipelines, but not the locks beside them", async () => {
  const directory = mkdtempSync(`${tmpdir()}/inputs-`);
  for (const name of ["mail.json", "web.json", "web.lock.json"]) writeFileSync(`${directory}/${name}`, "{}");
  expect(await pipelinesOf([`${directory}/*.json`])).toEqual([`${directory}/mail.json`, `${directory}/web.json`]);
  rmSync(directory, { recursive: true });
});

test("an image is pushed under whole names with tags, and only one image", () => {
  const target = { registry: "ghcr.io", repository: "owner/web", tag: "v1" };
  expect(pushOf(["ghcr.io/owner/web:v1", "127.0.0.1:5000/web:v1"], 1)).toEqual([
    target,
    { registry: "127.0.0.1:5000", repository: "web", tag: "v1" },
  ]);
  for (const line of ["ghcr.io/owner/web", "owner/web:v1", "ghcr.io/Owner/web:v1", "ghcr.io/owner/web@sha256:00"])
    expect(() => pushOf([line], 1)).toThrow(`the input push has a line "${line}"`);
  expect(() => pushOf(["ghcr.io/owner/web:v1"], 2)).toThrow("names one image, and there are 2 pipelines");
  expect(pushOf([], 2)).toEqual([]);
});

/** Reads inputs as a workflow gives them, with action.yml's defaults for the others. */
async function read(inputs: Readonly<Record<string, string>>) {
  const env = inputEnvironment(await readAction(resolve(import.meta.dirname, "../..")), {
    pipeline: "web.json",
    ...inputs,
  });
  return readInputs((name) => env[`INPUT_${name.toUpperCase()}`] ?? "");
}

test("the machine of a boot test has the memory, the processors and the time that the inputs say", async () => {
  const machine = { "boot-memory": "512M", "boot-cpus": "2", "boot-timeout": "10m", "boot-script": "test.sh" };
  const inputs = { bootMemory: 512 * 1024 ** 2, bootCpus: 2, bootTimeout: 600, bootScript: `${process.cwd()}/test.sh` };
  expect(await read(machine)).toMatchObject(inputs);
  const byDefault = { bootMemory: 1024 ** 3, bootCpus: 1, bootTimeout: undefined, bootScript: undefined };
  expect(await read({})).toMatchObject({ ...byDefault, bootSecureBoot: false, bootTpm: false });
  const secure = { "boot-secure-boot": "true", "boot-tpm": "true" };
  expect(await read(secure)).toMatchObject({ bootSecureBoot: true, bootTpm: true });
});

test.each([
  ["boot-memory", "2 GB", 'the input boot-memory can\'t be "2 GB"'],
  ["boot-memory", "1M", "the input boot-memory can't be 1M"],
  ["boot-memory", "900T", "the input boot-memory can't be 900T: this machine has"],
  ["boot-cpus", "0", 'the input boot-cpus can\'t be "0"'],
  ["boot-tpm", "2.0", 'the input boot-tpm can\'t be "2.0"'],
  ["boot-timeout", "90", 'the input boot-timeout can\'t be "90"'],
])("%s: %s is refused", async (name, value, message) => {
  await expect(read({ [name]: value })).rejects.toThrow(message);
});
