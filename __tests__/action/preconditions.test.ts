import { homedir } from "node:os";
import { expect, test } from "@jest/globals";
import { type Inputs, readInputs } from "../../src/action/inputs.ts";
import { inputPath } from "../../src/action/paths.ts";
import { requireRetention } from "../../src/action/preconditions.ts";
import { inputEnvironment, readAction } from "../support/actions/action-yml.ts";

const action = await readAction(`${import.meta.dirname}/../..`);

const read = (inputs: Readonly<Record<string, string>>): Promise<Inputs> => {
  const given = inputEnvironment(action, { pipeline: "web.json", ...inputs });
  return readInputs((name) => given[`INPUT_${name.toUpperCase()}`] ?? "");
};

const retention = async (days: string, allowed: string | undefined) =>
  requireRetention(await read({ "retention-days": days }), { env: { GITHUB_RETENTION_DAYS: allowed } } as never);

test("an artifact can be kept as long as the repository allows, if that is known", async () => {
  for (const allowed of ["90", "", undefined]) await retention("90", allowed);
  await retention("400", undefined);
  await expect(retention("91", "90")).rejects.toThrow(
    "the input retention-days can't be 91: this repository keeps artifacts for 90 days",
  );
  await expect(retention("401", undefined)).rejects.toThrow("retention-days");
});

test("a compression level is a whole number from 0 to 9", async () => {
  expect((await read({ "compression-level": "0" })).compressionLevel).toBe(0);
  for (const level of ["1.5", "10", "-1", "best"])
    await expect(read({ "compression-level": level })).rejects.toThrow("the input compression-level can't be");
});

test("a line names one pipeline", async () => {
  const lines = ["web.json db.json", "images/*.json,web.json"];
  for (const pipeline of lines)
    await expect(read({ pipeline })).rejects.toThrow(`the input pipeline has several files on one line: ${pipeline}`);
  expect((await read({ pipeline: "my web.json" })).pipelines).toEqual([expect.stringMatching(/\/my web\.json$/)]);
});

test("a path that no file system supports is refused by its input's name", async () => {
  const name = "x".repeat(256);
  for (const input of ["store", "libdir", "build-env", "mirrors", "output", "pipeline"])
    await expect(read({ [input]: `a/${name}` })).rejects.toThrow(
      `the input ${input} contains a name longer than 255 bytes`,
    );
});

test("a tilde is the home directory wherever a shell would expand it", async () => {
  expect(inputPath("~")).toBe(homedir());
  expect(inputPath("~/lib")).toBe(`${homedir()}/lib`);
  expect(inputPath("/x/~/lib")).toBe("/x/~/lib");
  const { store, output, buildEnv, libdirs } = await read({
    store: "~/a",
    output: "~/b",
    "build-env": "~/c.json",
    libdir: "lib\n~/d",
  });
  const home = homedir();
  expect([store, output, buildEnv, libdirs[1]]).toEqual([`${home}/a`, `${home}/b`, `${home}/c.json`, `${home}/d`]);
});
