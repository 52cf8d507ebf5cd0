import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { bootUntil } from "./boot.ts";
import { listing, mounted, scratch } from "./trees.ts";

/** A minimal Debian tree, with fake kernels. */
function makeLiveTree(tree: string): void {
  mkdirSync(`${tree}/usr/share/initramfs-tools/scripts`, { recursive: true });
  mkdirSync(`${tree}/usr/lib`);
  mkdirSync(`${tree}/boot`);
  mkdirSync(`${tree}/etc`);
  writeFileSync(`${tree}/etc/debian_version`, "12.5\n");
  writeFileSync(`${tree}/usr/lib/os-release`, 'PRETTY_NAME="Odd GNU/Linux 1"\n');
  writeFileSync(`${tree}/usr/share/initramfs-tools/scripts/live`, "");
  for (const version of ["6.1.0-9-amd64", "6.1.0-10-amd64"]) {
    writeFileSync(`${tree}/boot/vmlinuz-${version}`, `kernel ${version}`);
    writeFileSync(`${tree}/boot/initrd.img-${version}`, `initrd ${version}`);
  }
  run(["find", tree, "-exec", "touch", "--no-dereference", "--date=@1700000000", "{}", "+"]);
}

const options = { filename: "live.iso", kernel_opts: "quiet console=ttyS0,9600" };

test("an ISO contains the tree as a live system, its latest kernel and a menu", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeLiveTree(tree);
  const image = await assembled("iso", tree, `${directory.path}/output`, { ...options, label: "ODD_1" });

  expect(run(["blkid", "-p", "-o", "value", "-s", "LABEL", image])).toBe("ODD_1\n");
  const iso = `${directory.path}/iso`;
  run(["xorriso", "-osirrox", "on", "-indev", image, "-extract", "/", iso]);
  expect(run(["cat", `${iso}/boot/vmlinuz`, `${iso}/boot/initrd.img`])).toBe(
    "kernel 6.1.0-10-amd64initrd 6.1.0-10-amd64",
  );
  expect(run(["cat", `${iso}/boot/grub/grub.cfg`])).toBe(`set timeout=1
if serial --unit=0 --speed=9600; then
  terminal_output console serial
fi
menuentry 'Odd GNU/Linux 1' {
  linux /boot/vmlinuz boot=live quiet console=ttyS0,9600
  initrd /boot/initrd.img
}
`);
  using live = mounted(`${iso}/live/filesystem.squashfs`);
  expect(listing(live.path)).toEqual(listing(tree));
});

test("an ISO of a tree that isn't Debian boots with dracut", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(`${tree}/boot`, { recursive: true });
  writeFileSync(`${tree}/boot/vmlinuz-6.8.5-301.fc40.x86_64`, "");
  writeFileSync(`${tree}/boot/initramfs-6.8.5-301.fc40.x86_64.img`, "");
  const image = await assembled("iso", tree, `${directory.path}/output`, { filename: "live.iso", label: "F" });
  const iso = `${directory.path}/iso`;
  run(["xorriso", "-osirrox", "on", "-indev", image, "-extract", "/", iso]);
  run(["unsquashfs", "-stat", `${iso}/LiveOS/squashfs.img`]);
  expect(run(["cat", `${iso}/boot/grub/grub.cfg`])).toContain(
    "linux /boot/vmlinuz root=live:CDLABEL=F rd.live.image\n",
  );
});

test("an ISO is the same for a copy of the tree elsewhere", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeLiveTree(tree);
  const [here, there] = await assembledTwice("iso", tree, options);
  expect(there).toBe(here);
});

test.each([
  ["BIOS", "disc"],
  ["BIOS", "disk"],
  ["UEFI", "disc"],
  ["UEFI", "disk"],
] as const)("%s shows the menu of an ISO on a %s", async (firmware, as) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeLiveTree(tree);
  await bootUntil("Odd GNU/Linux 1", await assembled("iso", tree, `${directory.path}/output`, options), firmware, as);
});

test.each([
  [["rm", "-r", "boot"], "there is no kernel in the tree's /boot: install one first"],
  [
    ["rm", "boot/initrd.img-6.1.0-10-amd64"],
    "there is no initial file system for Linux 6.1.0-10-amd64 in the tree's /boot",
  ],
  [["rm", "-r", "usr/share"], "the tree can't start from an ISO: install live-boot and live-boot-initramfs-tools"],
])("after %j no ISO is made", async (command, log) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeLiveTree(tree);
  run(["env", `--chdir=${tree}`, ...command]);
  expect(await assemble("iso", tree, `${directory.path}/output`, options)).toEqual({ exitCode: 1, log });
});
