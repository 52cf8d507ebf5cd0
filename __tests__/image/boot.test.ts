import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, expect, jest, test } from "@jest/globals";
import { architectureOf } from "../../src/image/architecture.ts";
import { readDisk } from "../../src/image/disk.ts";
import { boot } from "../support/boot.ts";
import { arm64Program, makeEfiDisk } from "../support/efi.ts";

jest.setTimeout(5 * 60_000);

const directory = mkdtempSync(`${tmpdir()}/boot-`);
afterAll(() => rmSync(directory, { recursive: true }));

const none = Buffer.alloc(0);
const cases = [
  ["arm64", ["BOOTAA64.EFI"], "arm64"],
  ["x64", ["BOOTX64.EFI"], "x64"],
  ["both", ["BOOTAA64.EFI", "BOOTX64.EFI"], process.arch],
  ["neither", ["BOOTRISCV64.EFI"], "x64"],
] as const;

test.each(cases)("an image with the loaders for %s boots on their machine", async (name, loaders, architecture) => {
  const disk = `${directory}/${name}, raw`;
  makeEfiDisk(disk, Object.fromEntries(loaders.map((loader) => [loader, none])));
  expect(await architectureOf(disk, await readDisk(disk))).toBe(architecture);
  execFileSync("qemu-img", ["convert", "-f", "raw", "-O", "qcow2", disk, `${disk}.qcow2`]);
  expect(await architectureOf(`${disk}.qcow2`, await readDisk(`${disk}.qcow2`))).toBe(architecture);
});

test("an image for arm64 boots with UEFI on an emulated machine, but unsigned not with Secure Boot", async () => {
  const disk = `${directory}/program`;
  makeEfiDisk(disk, { "BOOTAA64.EFI": arm64Program("this is arm64") });
  const result = await boot(disk, { format: "raw", architecture: "arm64", firmware: "UEFI" });
  expect(result).toMatchObject({ type: "no report", why: "no report: the machine switched itself off" });
  expect(result.type === "no report" && result.console.join()).toContain("this is arm64");
  const secure = await boot(disk, { format: "raw", architecture: "arm64", firmware: "UEFI with Secure Boot" });
  expect(secure).toMatchObject({ type: "failed", why: expect.stringContaining("Access Denied") });
});
