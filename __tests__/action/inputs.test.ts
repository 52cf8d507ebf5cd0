import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { pipelinesOf, readInputs } from "../../src/action/inputs.ts";
import { inputEnvironment, readAction } from "../support/actions/action-yml.ts";

test("a pattern matches pipelines, but not the locks beside them", async () => {
  const directory = mkdtempSync(`${tmpdir()}/inputs-`);
  for (const name of ["mail.json", "web.json", "web.lock.json"]) writeFileSync(`${directory}/${name}`, "{}");
  expect(await pipelinesOf([`${directory}/*.json`])).toEqual([`${directory}/mail.json`, `${directory}/web.json`]);
  rmSync(directory, { recursive: true });
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
  expect(await read({})).toMatchObject(byDefault);
});

test.each([
  ["boot-memory", "2 GB", 'the input boot-memory can\'t be "2 GB"'],
  ["boot-memory", "1M", "the input boot-memory can't be 1M"],
  ["boot-memory", "900T", "the input boot-memory can't be 900T: this machine has"],
  ["boot-cpus", "0", 'the input boot-cpus can\'t be "0"'],
  ["boot-timeout", "90", 'the input boot-timeout can\'t be "90"'],
])("%s: %s is refused", async (name, value, message) => {
  await expect(read({ [name]: value })).rejects.toThrow(message);
});
