import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { osbuild, osbuildJson } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

const stage = `#!/bin/sh -e
mkdir -p /run/osbuild/tree/var/lib/dpkg/info && cd /run/osbuild/tree/var/lib/dpkg
printf 'Package: hello\\nStatus: install ok installed\\nVersion: VERSION\\nArchitecture: amd64\\nInstalled-Size: 1\\n\\n' > status
: > info/hello.list
`;

test("two images are compared by their ids, or by their SBOMs, which list packages alone", async () => {
  await using directory = await scratch();
  const cwd = directory.path;
  for (const path of ["lib/stages", "lib/assemblers"]) mkdirSync(`${cwd}/${path}`, { recursive: true });
  const assembler = { name: "org.osbuild.tar", options: { filename: "image.tar" } };
  writeFileSync(`${cwd}/image.json`, JSON.stringify({ stages: [{ name: "test.hello" }], assembler }));
  const build = async (version: string) => {
    writeFileSync(`${cwd}/lib/stages/test.hello`, stage.replace("VERSION", version), { mode: 0o755 });
    const output = `--output=out-${version}`;
    await osbuildJson(["--libdir=lib", "--store=store", "--sbom=spdx", output, "image.json"], { cwd });
    return `out-${version}/image.tar.spdx.json`;
  };
  const [before, after] = [await build("1.0"), await build("2.0")];
  const upgraded = { change: "upgraded", name: "hello", architecture: "amd64", from: "1.0", to: "2.0" };
  const json = await osbuild(["changes", "--json", before, after], { cwd });
  expect(JSON.parse(json.stdout)).toEqual({ since: "image.tar.spdx.json", packages: [upgraded] });
  const { stdout } = await osbuild(["changes", before, after], { cwd });
  expect(stdout).toContain("<p>1 package upgraded.</p>");

  const { output_id: id } = await osbuildJson(["--libdir=lib", "--store=store", "image.json"], { cwd });
  const known = await osbuild(["changes", "--store=store", "--json", before, `${id}`], { cwd });
  expect(JSON.parse(known.stdout)).toEqual({ since: "image.tar.spdx.json", packages: [upgraded] });
  const itself = await osbuild(["changes", "--store=store", `${id}`, `${id}`], { cwd });
  expect(itself.stdout).toContain("<p>no files changed. Contents ±0.</p>");
  const none = await osbuild(["changes", "--store=store", "0".repeat(64), before], { cwd });
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("doesn't know what the output") });
  const wrong = await osbuild(["changes", before, "image.json"], { cwd });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("is no SBOM in SPDX 2 or CycloneDX") });
});
