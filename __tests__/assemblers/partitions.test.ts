import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { addGrub, bootUntil } from "./boot.ts";
import { listing, makeOddTree, mounted, scratch } from "./trees.ts";

const MiB = 1024 ** 2;
const sectors = (mebibytes: number) => (mebibytes * MiB) / 512;

const biosBoot = { size: 2048, type: "21686148-6449-6E6F-744E-656564454649" };
const system = { size: sectors(34), filesystem: { type: "vfat", label: "ESP", mountpoint: "/boot/efi" } };
const boots = { size: sectors(40), filesystem: { type: "ext4", label: "boot", mountpoint: "/boot" } };
const root = { filesystem: { type: "ext4", label: "root", mountpoint: "/" } };

const gpt = { pttype: "gpt", ptuuid: "7e83a7ba-1d2f-4c8b-9f55-3a1d2e4b5c60" };
const mbr = { pttype: "mbr", ptuuid: "0x7e83a7ba" };
const disk = { filename: "disk", format: "raw", size: 140 * MiB };

/** A tree with something for each of the partitions above. */
function makeTree(tree: string): void {
  makeOddTree(tree);
  addGrub(tree, "/boot/grub");
  mkdirSync(`${tree}/boot/lost+found`, { mode: 0o700 });
  writeFileSync(`${tree}/boot/vmlinuz`, "of /boot only\n".repeat(100_000));
  mkdirSync(`${tree}/boot/efi/EFI/odd`, { recursive: true });
  writeFileSync(`${tree}/boot/efi/EFI/odd/Config File.cfg`, "of the ESP only\n".repeat(10_000));
  run(["find", tree, "-exec", "touch", "--no-dereference", "--date=@1700000000", "{}", "+"]);
}

interface Table {
  readonly partitiontable: { readonly partitions: readonly { readonly start: number; readonly type: string }[] };
}

const tableOf = (image: string) => (JSON.parse(run(["sfdisk", "--json", image])) as Table).partitiontable;

test("each file system contains the files at its mount point, and none of another's", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeTree(tree);
  using copy = scratch();
  run(["cp", "--archive", `${tree}/boot`, copy.path]);
  run(["find", `${copy.path}/boot/efi`, "-mindepth", "1", "-delete"]);
  const options = { ...disk, ...gpt, partitions: [biosBoot, { ...system, name: "EFI system" }, boots, root] };
  const image = await assembled("qemu", tree, `${directory.path}/output`, options);

  const table = tableOf(image);
  expect(table).toMatchObject({
    label: "gpt",
    id: gpt.ptuuid.toUpperCase(),
    partitions: [
      { start: 2048, size: 2048, type: biosBoot.type },
      { start: 4096, size: system.size, type: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", name: "EFI system" },
      { start: 4096 + system.size, size: boots.size, type: "0FC63DAF-8483-4772-8E79-3D69D8477DE4" },
      { start: 4096 + system.size + boots.size, size: disk.size / 512 - 33 - 4096 - system.size - boots.size },
    ],
  });
  run(["sfdisk", "--verify", image]);
  const [, espStart = 0, bootStart = 0, rootStart = 0] = table.partitions.map(({ start }) => start * 512);
  run(["e2fsck", "-fn", `${image}?offset=${bootStart}`]);
  run(["e2fsck", "-fn", `${image}?offset=${rootStart}`]);

  run(["find", `${tree}/boot`, "-mindepth", "1", "-delete"]);
  for (const [start, directory] of [
    [rootStart, tree],
    [bootStart, `${copy.path}/boot`],
  ] as const) {
    using fileSystem = mounted(image, start);
    const withoutBoot = (lines: readonly string[]) => lines.filter((line) => !/^boot |^efi /.test(line));
    expect(withoutBoot(listing(fileSystem.path))).toEqual(withoutBoot(listing(directory)));
  }
  const esp = `${image}@@${espStart}`;
  expect(run(["mdir", "-/", "-b", "-i", esp]).trim().split("\n").sort()).toEqual([
    "::/EFI/",
    "::/EFI/BOOT/",
    "::/EFI/BOOT/BOOTX64.EFI",
    "::/EFI/odd/",
    "::/EFI/odd/Config File.cfg",
  ]);
  expect(run(["mcopy", "-i", esp, "::/EFI/odd/Config File.cfg", "-"])).toBe("of the ESP only\n".repeat(10_000));
});

test("an MBR can have partitions in an extended one, and a GPT any names", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  const logical = [
    { start: 20480, size: 16384, type: "5" },
    { start: 22528, size: 2048 },
  ];
  const primary = [0, 1, 2].map((index) => ({ start: 2048 * (index + 1), size: 2048 }));
  const partitions = [...primary.slice(1), { ...root, start: 40960 }, ...logical, { start: 26624, size: 2048 }];
  const extended = await assembled("qemu", tree, `${directory.path}/mbr`, { ...disk, ...mbr, partitions });
  expect(tableOf(extended).partitions.map(({ start, type }) => [start, type])).toEqual([
    [4096, "83"],
    [6144, "83"],
    [40960, "83"],
    [20480, "5"],
    [22528, "83"],
    [26624, "83"],
  ]);
  const name = 'a, "b" \\x41 #ü';
  const named = { ...disk, ...gpt, partitions: [{ ...root, name, uuid: gpt.ptuuid.toUpperCase(), bootable: true }] };
  expect(tableOf(await assembled("qemu", tree, `${directory.path}/gpt`, named))).toMatchObject({
    partitions: [{ name: Buffer.from(name).toString("latin1"), attrs: "LegacyBIOSBootable" }],
  });
});

test("a file system has the UUID that the running system looks for, in any case of letters in the pipeline", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  const uuid = "2A9B6A43-6C3C-4F2A-9AD3-2B0C6F0C1F7E";
  const esp = { ...system, filesystem: { ...system.filesystem, uuid: "7b7795e7" } };
  const partitions = [esp, { filesystem: { ...root.filesystem, uuid } }];
  const image = await assembled("qemu", tree, `${directory.path}/output`, { ...disk, ...gpt, partitions });
  const ids = tableOf(image).partitions.map(({ start }) =>
    run(["blkid", "-p", "-O", String(start * 512), "-o", "value", "-s", "UUID", image]).trim(),
  );
  expect(ids).toEqual(["7B77-95E7", uuid.toLowerCase()]);
});

test("a loader in the tree with a lower-case name is kept, because FAT ignores case", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, "/boot/grub");
  mkdirSync(`${tree}/boot/efi/efi/boot`, { recursive: true });
  writeFileSync(`${tree}/boot/efi/efi/boot/bootx64.efi`, "the distribution's");
  const options = { ...disk, ...gpt, partitions: [system, root] };
  const image = await assembled("qemu", tree, `${directory.path}/output`, options);
  expect(run(["mcopy", "-i", `${image}@@${MiB}`, "::/EFI/BOOT/BOOTX64.EFI", "-"])).toBe("the distribution's");
});

test("names that FAT can't distinguish are refused", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(`${tree}/boot/efi/docs`, { recursive: true });
  for (const name of ["README", "readme"]) writeFileSync(`${tree}/boot/efi/docs/${name}`, name);
  const options = { ...disk, ...gpt, partitions: [system, root] };
  expect(await assemble("qemu", tree, `${directory.path}/output`, options)).toEqual({
    exitCode: 1,
    log: `/docs of the file system: FAT can't tell "README" from "readme": capitals don't count`,
  });
});

test("the root file system's free blocks contain nothing of /boot", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeTree(tree);
  const options = { ...disk, ...gpt, partitions: [{ ...root, size: sectors(60) }, system, boots] };
  const image = await assembled("qemu", tree, `${directory.path}/output`, options);
  const bytes = readFileSync(image);
  expect(bytes.subarray(0, 61 * MiB).includes("of /boot only")).toBe(false);
  expect(bytes.subarray(0, 61 * MiB).includes("of the ESP only")).toBe(false);
  expect(bytes.includes("of /boot only")).toBe(true);
});

test.each([
  ["GPT", gpt, [biosBoot, system, boots, root]],
  ["MBR", mbr, [system, boots, root]],
])(
  "a disk with a %s and several file systems is the same for a copy of the tree elsewhere",
  async (_, table, partitions) => {
    using directory = scratch();
    const tree = `${directory.path}/tree`;
    makeTree(tree);
    run(["find", tree, "-exec", "touch", "--no-dereference", "--date=@1700000000", "{}", "+"]);
    const [here, there] = await assembledTwice("qemu", tree, { ...disk, ...table, partitions });
    expect(there).toBe(here);
  },
);

test.each([
  ["BIOS", "MBR", mbr, [root], "pc", "(hd0,msdos1)/boot/grub"],
  ["BIOS", "MBR with /boot apart", mbr, [boots, root], "pc", "(hd0,msdos1)/grub"],
  ["BIOS", "GPT", gpt, [biosBoot, root], "pc", "(hd0,gpt2)/boot/grub"],
  ["UEFI", "MBR", mbr, [system, root], "efi", "(hd0,msdos2)/boot/grub"],
  ["UEFI", "GPT", gpt, [system, root], "efi", "(hd0,gpt2)/boot/grub"],
  ["BIOS", "hybrid GPT", gpt, [biosBoot, system, boots, root], "pc", "(hd0,gpt3)/grub"],
  ["UEFI", "hybrid GPT", gpt, [biosBoot, system, boots, root], "efi", "(hd0,gpt3)/grub"],
  ["UEFI", "menu for UEFI alone", gpt, [system, root], "efi", "(hd0,gpt1)/EFI/fedora"],
] as const)("%s boots a disk with a %s", async (firmware, _, table, partitions, platform, prefix) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, prefix.endsWith("fedora") ? "/boot/efi/EFI/fedora" : "/boot/grub");
  const image = await assembled("qemu", tree, `${directory.path}/output`, { ...disk, ...table, partitions });
  await bootUntil(`GRUB on ${platform} has its menu from ${prefix}`, image, firmware);
});

test("the tree's own loader for the EFI system partition is kept", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, "/boot/grub");
  mkdirSync(`${tree}/boot/efi/EFI/BOOT`, { recursive: true });
  writeFileSync(`${tree}/boot/efi/EFI/BOOT/BOOTX64.EFI`, "the distribution's");
  const options = { ...disk, ...gpt, partitions: [system, root] };
  const image = await assembled("qemu", tree, `${directory.path}/output`, options);
  expect(run(["mcopy", "-i", `${image}@@${MiB}`, "::/EFI/BOOT/BOOTX64.EFI", "-"])).toBe("the distribution's");
});

test.each([
  [
    "a partition beyond the disk",
    { partitions: [boots, { ...root, size: sectors(200) }] },
    "partition 2 would end beyond the disk: make `size` at least 252723712 (now 146800640)",
  ],
  ["no root", { partitions: [boots] }, "no partition has the mount point /: the tree would not be in the image"],
  [
    "two roots",
    { partitions: [{ ...root, size: 2048 }, root] },
    "two partitions have the mount point /: partition 1 has it",
  ],
  [
    "a file system too small",
    { partitions: [{ ...root, size: sectors(16) }] },
    /^the tree needs about 34 MiB, the file system has 12 MiB: make the size of partition 1 at least \d+ sectors \(now 32768\)$/,
  ],
  [
    "an EFI system partition too small",
    { partitions: [{ ...system, size: sectors(16), filesystem: { ...system.filesystem, mountpoint: "/srv" } }, root] },
    /^the tree needs about 32 MiB, the file system has 16 MiB: make the size of partition 1 at least \d+ sectors \(now 32768\)$/,
  ],
  [
    "a GPT without a place for GRUB",
    { partitions: [root], bootloader: { type: "grub2" } },
    "the disk can't boot with the tree's GRUB: there is no BIOS boot partition (type 21686148-6449-6E6F-744E-656564454649); there is no EFI system partition",
  ],
  [
    "another platform than there is",
    { partitions: [biosBoot, root], bootloader: { type: "grub2", platform: "x86_64-efi" } },
    "the disk can't boot with the tree's GRUB: there is no EFI system partition",
  ],
])("%s is refused", async (_, options, message) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, "/boot/grub");
  mkdirSync(`${tree}/srv`);
  writeFileSync(`${tree}/srv/large`, Buffer.alloc(30 * MiB, "x"));
  const { exitCode, log } = await assemble("qemu", tree, `${directory.path}/output`, { ...disk, ...gpt, ...options });
  expect(exitCode).toBe(1);
  expect(log).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
});

test("labels are shortened to fit the file system, and sectors may be strings", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(`${tree}/boot/efi`, { recursive: true });
  const uuid = "7B77-95E7";
  const esp = { start: "2048", size: String(sectors(34)), filesystem: { ...system.filesystem, uuid } };
  const images = ["EFI System Partition", "EFI System"].map((label, index) => {
    const partitions = [
      { ...esp, filesystem: { ...esp.filesystem, label } },
      { filesystem: { ...root.filesystem, label: index === 0 ? "the root file system" : "the root file sy" } },
    ];
    return assembled("qemu", tree, `${directory.path}/${index}`, { ...disk, ...gpt, partitions });
  });
  const [long = "", short = ""] = await Promise.all(images);
  run(["cmp", long, short]);
  expect(run(["blkid", "--probe", "--offset", String(2048 * 512), long])).toContain('LABEL="EFI System"');
});
