import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { architectureOf } from "../../../../stages/lib/system/architecture.ts";
import { assembled } from "../../../assemblers/assemble.ts";
import { scratch } from "../../../assemblers/trees.ts";
import { emulateArm64 } from "../../../support/emulator.ts";
import { run } from "../../../support/run.ts";
import { runStep } from "../../../support/sandbox.ts";
import { skeleton } from "../../../support/skeleton.ts";

const script = (tree: string) =>
  runStep({ kind: "stage", name: "org.osbuild.script", tree, options: { script: "uname -m > /machine" } });

/** The start of an ELF file for Itanium, which nobody emulates. */
const itanium = Buffer.from("7f454c46020101000000000000000000020032000100000000", "hex");

test("a stage says that this machine can't run the tree's programs", async () => {
  await using tree = await skeleton({});
  mkdirSync(`${tree.path}/bin`, { recursive: true });
  writeFileSync(`${tree.path}/bin/sh`, itanium, { mode: 0o755 });
  const { exitCode, log } = await script(tree.path);
  expect(log).toMatch(/^this machine can't run programs for ia64: install QEMU's user emulation .*ia64 itself$/);
  expect(exitCode).toBe(1);
});

test("debootstrap says so before it downloads anything", async () => {
  using directory = scratch();
  const [tree, state] = [`${directory.path}/tree`, `${directory.path}/state`];
  for (const path of [tree, state]) mkdirSync(path);
  const options = { suite: "bookworm", architectures: ["ia64"], mirror: "http://127.0.0.1:9/debian" };
  const end = await runStep({ kind: "stage", name: "org.osbuild.debootstrap", tree, state, options });
  expect(end).toMatchObject({ exitCode: 1, log: expect.stringMatching(/^this machine can't run programs for ia64: /) });
});

test("a tree of another architecture runs its programs in an emulator, and its disk boots with that one's GRUB", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  const packages = ["busybox-static", "grub-efi-arm64-bin"];
  run([
    ...["mmdebstrap", "--quiet", "--variant=extract", "--architectures=arm64", `--include=${packages.join(",")}`],
    ...["bookworm", tree],
  ]);
  run(["ln", "-s", "busybox", `${tree}/bin/sh`]);
  run(["ln", "-s", "busybox", `${tree}/bin/uname`]);
  expect(architectureOf(tree)).toBe("arm64");
  using _emulator = emulateArm64();
  expect(await script(tree)).toEqual({ exitCode: 0, log: "" });
  expect(readFileSync(`${tree}/machine`, "utf8")).toBe("aarch64\n");

  mkdirSync(`${tree}/boot/grub`, { recursive: true });
  writeFileSync(`${tree}/boot/grub/grub.cfg`, "");
  const system = { size: 34 * 2048, filesystem: { type: "vfat", mountpoint: "/boot/efi" } };
  const image = await assembled("qemu", tree, `${directory.path}/output`, {
    ...{ format: "raw", filename: "disk.img", size: 512 * 1024 ** 2, pttype: "gpt" },
    ptuuid: "7e83a7ba-1d2f-4c8b-9f55-3a1d2e4b5c60",
    partitions: [system, { filesystem: { type: "ext4", mountpoint: "/" } }],
    bootloader: { type: "grub2", platform: "arm64-efi" },
  });
  run(["mcopy", "-i", `${image}@@${1024 ** 2}`, "::/EFI/BOOT/BOOTAA64.EFI", `${directory.path}/loader`]);
  const loader = readFileSync(`${directory.path}/loader`);
  // The machine in the header of a PE file.
  expect(loader.readUInt16LE(loader.readUInt32LE(0x3c) + 4)).toBe(0xaa64);
});
