import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { cyclonedxDocument } from "../../src/sbom/cyclonedx.ts";
import { readSbom } from "../../src/sbom/read.ts";
import { spdxDocument } from "../../src/sbom/spdx.ts";
import { contentsOf } from "../support/reports.ts";
import { scratch } from "../support/store.ts";

const subject = { path: "web.img", sha256: null, outputId: "0".repeat(64), created: new Date(0) };
const contents = {
  ...contentsOf({}, [
    ["bash", "1:5.2-1"],
    ["g++", "12"],
  ]),
  database: "dpkg" as const,
};

test.each([
  ["SPDX", spdxDocument],
  ["CycloneDX", cyclonedxDocument],
])("the packages of an SBOM in %s are those that it was made of", async (_, document) => {
  await using directory = await scratch();
  writeFileSync(`${directory.path}/sbom.json`, document(subject, contents));
  const packages = contents.packages.map(({ name, version, architecture }) => ({ name, version, architecture }));
  expect(await readSbom(`${directory.path}/sbom.json`)).toEqual(packages);
});

test("another file, or none, is refused", async () => {
  await using directory = await scratch();
  writeFileSync(`${directory.path}/other.json`, '{"packages": {}}');
  await expect(readSbom(`${directory.path}/other.json`)).rejects.toThrow("is no SBOM in SPDX 2 or CycloneDX");
  await expect(readSbom(`${directory.path}/none.json`)).rejects.toThrow("there is no file");
});
