import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { BuildError } from "../../src/errors.ts";
import { type Given, inShort, read } from "./pipelines.ts";

// Pipelines that osbuild's releases 1 to 20 accepted, with the built-in programs.
const libdirs = [resolve(import.meta.dirname, "../..")];
const load = (value: unknown, given: Given = {}) => read(JSON.stringify(value), { libdirs, ...given });
const stage = (name: string, options: unknown) => ({ stages: [{ name: `org.osbuild.${name}`, options }] });
const problemsOf = (value: unknown) => inShort(() => load(value));
const warningsOf = async (value: unknown) =>
  (await load(value)).warnings.map(({ message, at }) => `${at?.column} ${message}`);

const mounted = (fields: object) => stage("fstab", { filesystems: [{ uuid: "1234-ABCD", path: "/", ...fields }] });
const users = (fields: object) => stage("users", { users: { bob: fields } });
const disk = (fields: object) => ({
  assembler: {
    name: "org.osbuild.qemu",
    options: { format: "raw", filename: "disk", ptuuid: "0x7e83a7ba", size: 2 ** 30, ...fields },
  },
});
const partition = (type: string, label: string) =>
  disk({ partitions: [{ filesystem: { type, label, mountpoint: "/" } }] });
const fromArchive = (more: object) =>
  stage("copy", { source: { type: "archive", checksum: `sha256:${"0".repeat(64)}` }, ...more });
const fingerprint = "F1D8 EC98 F241 AAF2 0DF6  9420 EF3C 111F CFC6 59B9";
const repository = { baseurl: "https://example.org/repo", gpgkey: fingerprint };

test.each<[string, unknown]>([
  ["a string passno", mounted({ freq: "1", passno: "2" })],
  ["a string gid of a group", stage("groups", { groups: { app: { gid: "42042" } } })],
  ["a string uid and gid of a user", users({ uid: "1010", gid: "0" })],
  ["a string timeout", stage("zipl", { timeout: "5" })],
  [
    "strings for sectors",
    disk({ partitions: [{ start: "2048", size: "4096", filesystem: { type: "ext4", mountpoint: "/" } }] }),
  ],
  [
    "a size with a unit",
    {
      assembler: {
        name: "org.osbuild.rawfs",
        options: { filename: "a", root_fs_uuid: `${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`, size: "2G" },
      },
    },
  ],
  ["a fingerprint in two halves", stage("dnf", { packages: ["bash"], repos: { a: repository } })],
  ["one of rpm's keys in two halves", stage("rpm", { gpgkeys: [fingerprint] })],
  ["one of yum's keys in two halves", stage("yum", { packages: ["bash"], repos: [repository] })],
  ["boot entries at the root of their partition", stage("fix-bls", { prefix: "/" })],
  ["a prefix with a slash at its end", stage("fix-bls", { prefix: "/boot/" })],
  [
    "a disk's signature",
    { assembler: { name: "org.osbuild.qcow2", options: { filename: "a", partition_table_id: "0xdeadbeef" } } },
  ],
  ["paths of an archive", fromArchive({ paths: [{ from: "/NEWS", to: "/NEWS" }, { from: "/doc" }] })],
  ["a whole archive", fromArchive({})],
  ["the format's version", { version: "1", pipeline: { stages: [] }, sources: {} }],
])("%s is accepted without a warning", async (_, pipeline) => {
  expect(await problemsOf(pipeline)).toEqual([]);
  expect(await warningsOf(pipeline)).toEqual([]);
});

test("an id depends on the options as written: a string gives another one than the same number", async () => {
  const ids = await Promise.all([1, "1", "01"].map(async (passno) => (await load(mounted({ passno }))).treeId));
  expect(new Set(ids).size).toBe(3);
});

test.each<[string, unknown, string]>([
  [
    "a label too long for FAT",
    partition("vfat", "EFI System Partition"),
    '"label" "EFI System Partition" is shortened to "EFI System"',
  ],
  [
    "one too long for ext4",
    partition("ext4", "the root file system"),
    '"label" "the root file system" is shortened to "the root file sy"',
  ],
  ["a runner beside stages", { runner: "org.osbuild.fedora30", stages: [] }, '"runner" has no effect here'],
  [
    "a runner beside a wrapped pipeline",
    { pipeline: { stages: [] }, runner: "org.osbuild.linux" },
    '"runner" has no effect here',
  ],
  [
    "a runner in a build pipeline",
    { build: { runner: "org.osbuild.linux", pipeline: { runner: "x", stages: [] } } },
    '"runner" has no effect here',
  ],
  [
    "GRUB's partition_table_id",
    stage("grub2", { root_fs_uuid: "1234-ABCD", partition_table_id: "0xdeadbeef" }),
    '"partition_table_id" has no effect',
  ],
])("%s is a warning at its place", async (_, pipeline, warning) => {
  expect(await warningsOf(pipeline)).toEqual([expect.stringMatching(/^\d+ /)]);
  expect((await warningsOf(pipeline))[0]).toContain(warning);
});

test("duplicate keys are a warning in sources, and a problem elsewhere", async () => {
  const files = (urls: string) => `{"pipeline": {}, "sources": {"org.osbuild.files": {"urls": {${urls}}}}}`;
  const { warnings, downloads } = await read(files('"a": "x", "a": "y"'));
  expect(warnings).toMatchObject([{ message: 'duplicate key "a", first used on line 1', at: { column: 71 } }]);
  expect(downloads.sources).toEqual({ "org.osbuild.files": { urls: { a: "y" } } });
  expect(await inShort(() => read('{"stages": [], "stages": []}'))).toHaveLength(1);
});

test.each([
  ["s390x", { bootloader: { type: "zipl" } }, '"type": "zipl" is not supported'],
  [
    "ppc64le",
    { bootloader: { type: "grub2", platform: "powerpc-ieee1275" } },
    '"platform": "powerpc-ieee1275" is not supported',
  ],
])("the boot loader of %s is not supported", async (_, bootloader, problem) => {
  const root_fs_uuid = "76a22bf4-f153-4541-b6c7-0332c0dfaeac";
  expect(await problemsOf(disk({ root_fs_uuid, ...bootloader }))).toEqual([expect.stringContaining(problem)]);
});

test.each<[string, unknown]>([
  [
    "with its version",
    { version: "2", pipelines: [{ name: "tree", stages: [{ type: "org.osbuild.noop" }] }], sources: {} },
  ],
  ["with its version as a number", { version: 2, pipelines: [] }],
  ["without it", { pipelines: [{ name: "tree" }] }],
])("a manifest of version 2, %s, is recognised in a single problem", async (_, manifest) => {
  const loaded = load(manifest).catch((error) => (error instanceof BuildError ? error.problems : error));
  expect(await loaded).toMatchObject([{ message: "osbuild manifests of version 2 are not supported" }]);
});

test.each<[string, unknown]>([
  ["a passno that is no number", mounted({ passno: "one" })],
  ["an xfs label of 13 characters", partition("xfs", "thirteen char")],
  ["an archive's path that leaves it", fromArchive({ paths: [{ from: "/../etc/passwd", to: "/a" }] })],
  ["an owner of an archive's file", fromArchive({ paths: [{ from: "/a", to: "/a", owner: "root" }] })],
  ["a path of no archive that is absolute", stage("copy", { paths: [{ from: "/etc/passwd", to: "/a" }] })],
])("%s is a problem", async (_, pipeline) => {
  expect(await problemsOf(pipeline)).toHaveLength(1);
});
