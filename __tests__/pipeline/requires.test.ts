import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import catalogue from "../../packages.json" with { type: "json" };
import type { JsonValue } from "../../src/json/nodes.ts";
import { getsLayers, possiblyRequired, requiredPrograms } from "../../src/pipeline/requires.ts";
import { openLibrary } from "../../src/programs/library.ts";
import type { StepKind } from "../../src/programs/program.ts";

const library = openLibrary([resolve(import.meta.dirname, "../..")]);

async function needed(kind: StepKind, name: string, options: JsonValue): Promise<readonly string[]> {
  const program = await library.find(kind, `org.osbuild.${name}`);
  if (program === undefined) throw new Error(`no ${kind} ${name}`);
  return requiredPrograms(program, options, new Set());
}

const ext4 = ["mke2fs", "debugfs", "getfattr"];
const partitions = (...types: readonly string[]) => types.map((type) => ({ filesystem: { type, mountpoint: "/" } }));

test.each<[string, JsonValue, readonly string[]]>([
  ["tar", {}, ["tar"]],
  ["tar", { compression: "zstd" }, ["tar", "zstd"]],
  ["tar", { compression: "lzma" }, ["tar", "xz"]],
  ["rawfs", {}, ext4],
  ["rawfs", { fs_type: "btrfs" }, ["mkfs.btrfs"]],
  ["qemu", { format: "raw", bootloader: { type: "none" } }, ["sfdisk", ...ext4]],
  ["qemu", { format: "qcow2" }, ["sfdisk", ...ext4, "grub-mkimage", "qemu-img"]],
  ["qemu", { format: "raw.xz", root_fs_type: "btrfs" }, ["sfdisk", "mkfs.btrfs", "grub-mkimage", "xz"]],
  [
    "qemu",
    { format: "raw", partitions: partitions("vfat", "ext4"), bootloader: { type: "grub2" } },
    ["sfdisk", ...ext4, "mkfs.vfat", "mcopy", "grub-mkimage"],
  ],
])("%s with %j needs %j", async (name, options, programs) => {
  expect(await needed("assembler", name, options)).toEqual(programs);
});

const fingerprint = "A".repeat(40);
const bios = "/usr/lib/grub/i386-pc/boot.img";

test.each<[string, JsonValue, string, boolean]>([
  ["grub2", {}, bios, true],
  ["grub2", { uefi: { vendor: "debian" } }, bios, false],
  ["grub2", { uefi: { vendor: "debian" }, legacy: true }, bios, true],
  ["rpm", { gpgkeys: [fingerprint] }, "dirmngr", true],
  ["rpm", { gpgkeys: ["https://example.org/key"] }, "dirmngr", false],
  ["dnf", { repos: { a: { gpgkey: "https://example.org/key" }, b: { gpgkey: fingerprint } } }, "dirmngr", true],
  ["dnf", { repos: { a: { gpgkey: "https://example.org/key" }, b: {} } }, "dirmngr", false],
  ["dnf", { repos: [{ gpgkey: ["https://example.org/key", fingerprint] }] }, "dirmngr", true],
  ["dnf", { repos: [`sha256:${"0".repeat(64)}`] }, "dirmngr", false],
])("the stage %s with %j needs %s: %j", async (name, options, program, isNeeded) => {
  expect((await needed("stage", name, options)).includes(program)).toBe(isNeeded);
});

test("there is a package for every program that a step may need", async () => {
  const known = Object.keys({ ...catalogue.engine, ...catalogue.steps });
  const unknown: string[] = [];
  for (const kind of ["stage", "assembler"] as const)
    for (const name of await library.names(kind)) {
      const program = await library.find(kind, name);
      unknown.push(...possiblyRequired(program?.meta.requires ?? []).filter((one) => !known.includes(one)));
    }
  // No distribution with apt has these programs.
  expect(unknown.sort()).toEqual(["anaconda", "rpm-ostree"]);
});

test("an assembler gets the tree's layers only if its options ask for them", async () => {
  const archive = await library.find("assembler", "org.osbuild.oci-archive");
  if (archive === undefined) throw new Error("no oci-archive");
  const gets = (options: JsonValue, program = archive) => getsLayers(program, options, new Set());
  expect([await gets({ layers: true }), await gets({ layers: false }), await gets({})]).toEqual([true, false, false]);
  expect(await gets({}, { ...archive, meta: { layers: true } })).toBe(true);
});
