import { execFileSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const bootUuid = "0f0f7f1c-3c6b-4a5e-8f0e-8d3a4c1b2a90";

const debian = {
  "/etc/debian_version": "12\n",
  "/usr/lib/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  "/boot/vmlinuz-6.1.0-9-amd64": "",
  "/boot/initrd.img-6.1.0-9-amd64": "",
  "/boot/vmlinuz-6.1.0-10-amd64": "",
  "/boot/initrd.img-6.1.0-10-amd64": "",
};

const fedora = {
  "/usr/lib/os-release": 'PRETTY_NAME="Fedora 30"\n',
  "/boot/vmlinuz-5.0.9-301.fc30.x86_64": "",
  "/boot/initramfs-5.0.9-301.fc30.x86_64.img": "",
  "/boot/vmlinuz-0-rescue-5f1c": "",
};

const configure = (tree: string, options: object) =>
  runStep({ kind: "stage", name: "org.osbuild.grub2", tree, options });

/** Checks a configuration with GRUB's own parser. */
async function script(path: string): Promise<string> {
  execFileSync("grub-script-check", [path]);
  return readFile(path, "utf8");
}

const lines = (text: string, word: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${word} `));

test("on Debian the menu has the kernels in /boot, the latest first, on the file system with the root's UUID", async () => {
  await using tree = await skeleton(debian);
  expect(await configure(tree.path, { root_fs_uuid: uuid, kernel_opts: "quiet" })).toEqual({ exitCode: 0, log: "" });
  const menu = await script(`${tree.path}/boot/grub/grub.cfg`);
  expect(lines(menu, "search")).toEqual([`search --no-floppy --set=root --fs-uuid ${uuid}`]);
  expect(lines(menu, "linux")).toEqual([
    `linux /boot/vmlinuz-6.1.0-10-amd64 root=UUID=${uuid} quiet`,
    `linux /boot/vmlinuz-6.1.0-9-amd64 root=UUID=${uuid} quiet`,
  ]);
  expect(lines(menu, "initrd")).toEqual([
    "initrd /boot/initrd.img-6.1.0-10-amd64",
    "initrd /boot/initrd.img-6.1.0-9-amd64",
  ]);
  expect(menu).not.toContain("serial");
  const modules = await readdir(`${tree.path}/boot/grub/i386-pc`);
  expect(modules).toEqual(expect.arrayContaining(["normal.mod", "command.lst"]));
  expect(existsSync(`${tree.path}/boot/grub/fonts/unicode.pf2`)).toBe(true);
  expect(await readFile(`${tree.path}/boot/grub/grubenv`, "utf8")).toMatch(/^# GRUB Environment Block\n#+$/);
});

test("modules and font are the tree's own if it has them", async () => {
  const own = { "/usr/lib/grub/i386-pc/normal.mod": "its module", "/usr/share/grub/unicode.pf2": "its font" };
  await using tree = await skeleton({ ...debian, ...own });
  await configure(tree.path, { root_fs_uuid: uuid });
  expect(await readdir(`${tree.path}/boot/grub/i386-pc`)).toEqual(["normal.mod"]);
  expect(await readFile(`${tree.path}/boot/grub/fonts/unicode.pf2`, "utf8")).toBe("its font");
});

test("on Debian the packages' links to the kernel to boot come first", async () => {
  const links = {
    "/vmlinuz": { link: "boot/vmlinuz-6.1.0-9-amd64" },
    "/initrd.img": { link: "boot/initrd.img-6.1.0-9-amd64" },
  };
  await using tree = await skeleton({ ...debian, ...links });
  await configure(tree.path, { rootfs: { label: "root" } });
  const menu = await script(`${tree.path}/boot/grub/grub.cfg`);
  expect(lines(menu, "search")).toEqual(["search --no-floppy --set=root --label 'root'"]);
  expect(lines(menu, "linux")[0]).toBe("linux /vmlinuz root=LABEL=root");
});

test("GRUB searches a separate /boot, and paths start there", async () => {
  await using tree = await skeleton(debian);
  await configure(tree.path, { root_fs_uuid: uuid, boot_fs_uuid: bootUuid });
  const menu = await script(`${tree.path}/boot/grub/grub.cfg`);
  expect(lines(menu, "search")).toEqual([`search --no-floppy --set=root --fs-uuid ${bootUuid}`]);
  expect(lines(menu, "linux")[0]).toBe(`linux /vmlinuz-6.1.0-10-amd64 root=UUID=${uuid}`);
});

test("GRUB uses the serial port of the kernel's console", async () => {
  await using tree = await skeleton(debian);
  await configure(tree.path, { root_fs_uuid: uuid, kernel_opts: 'console=tty0 console=ttyS1,57600 a="$1;" b=;' });
  const menu = await script(`${tree.path}/boot/grub/grub.cfg`);
  expect(menu).toContain("if serial --unit=1 --speed=57600; then\n");
  expect(menu).toContain(' a="\\$1;" b=\\;\n');
  const defaults = execFileSync("sh", [
    "-c",
    '. "$1"; echo "$GRUB_CMDLINE_LINUX|$GRUB_SERIAL_COMMAND"',
    "sh",
    `${tree.path}/etc/default/grub`,
  ]);
  expect(defaults.toString()).toBe('console=tty0 console=ttyS1,57600 a="$1;" b=;|serial --unit=1 --speed=57600\n');
});

/** A GRUB in the build root that can read boot loader entries. */
const reader = { "/boot/grub2/i386-pc/blscfg.mod": "" };

test("on Fedora the files are the same as osbuild's, byte for byte", async () => {
  await using tree = await skeleton({ ...fedora, ...reader });
  const options = { root_fs_uuid: uuid, kernel_opts: "ro console=ttyS0" };
  expect(await configure(tree.path, options)).toEqual({ exitCode: 0, log: "" });
  expect(await script(`${tree.path}/boot/grub2/grub.cfg`)).toBe(`
set timeout=0
load_env
search --no-floppy --set=root --fs-uuid ${uuid}
set boot=\${root}
function load_video {
  insmod all_video
}

blscfg
`);
  const block = `# GRUB Environment Block\nkernelopts=root=UUID=${uuid} ro console=ttyS0\n`;
  expect(await readFile(`${tree.path}/boot/grub2/grubenv`, "utf8")).toBe(block.padEnd(1024, "#"));
  expect(await readFile(`${tree.path}/etc/default/grub`, "utf8")).toBe("GRUB_TIMEOUT=0\nGRUB_ENABLE_BLSCFG=true\n");
  expect(existsSync(`${tree.path}/boot/grub2/i386-pc/fdt.lst`)).toBe(false);
});

test("on Fedora a part for Ignition comes before the boot loader entries", async () => {
  await using tree = await skeleton({ ...fedora, ...reader });
  await configure(tree.path, {
    root_fs_uuid: uuid,
    bootfs: { label: "my;boot" },
    write_defaults: false,
    ignition: true,
  });
  const menu = await script(`${tree.path}/boot/grub2/grub.cfg`);
  expect(lines(menu, "search")).toEqual(["search --no-floppy --set=root --label 'my;boot'"]);
  expect(lines(menu, "source")).toEqual(['source "/ignition.firstboot"']);
  expect(menu).toMatch(/\nfi\n\nblscfg\n$/);
  expect(existsSync(`${tree.path}/etc/default/grub`)).toBe(false);
});

test("on Fedora a GRUB that can't read boot loader entries gets the kernels, with the rescue kernel last", async () => {
  await using tree = await skeleton({ ...fedora, "/boot/loader/entries/a.conf": "" });
  await configure(tree.path, { root_fs_uuid: uuid, ignition: true });
  const menu = await script(`${tree.path}/boot/grub2/grub.cfg`);
  expect(lines(menu, "linux")).toEqual([
    `linux /boot/vmlinuz-5.0.9-301.fc30.x86_64 root=UUID=${uuid} $ignition_firstboot`,
    `linux /boot/vmlinuz-0-rescue-5f1c root=UUID=${uuid} $ignition_firstboot`,
  ]);
  expect(lines(menu, "initrd")).toEqual(["initrd /boot/initramfs-5.0.9-301.fc30.x86_64.img"]);
  expect(menu).not.toContain("blscfg");
});

test("on Fedora with only UEFI, everything is beside the loader, where the packages' link leads", async () => {
  const loader = { "/boot/efi/EFI/BOOT/BOOTX64.EFI": "", "/boot/grub2/grubenv": { link: "../efi/EFI/fedora/grubenv" } };
  await using tree = await skeleton({ ...fedora, ...loader });
  await configure(tree.path, { root_fs_uuid: uuid, uefi: { vendor: "fedora" } });
  expect(await script(`${tree.path}/boot/efi/EFI/fedora/grub.cfg`)).toMatch(/\n\nblscfg\n$/);
  expect(await readFile(`${tree.path}/boot/efi/EFI/fedora/grubenv`, "utf8")).toHaveLength(1024);
  expect(await readdir(`${tree.path}/boot/grub2`)).toEqual(["grubenv"]);
});

test("on Fedora the loader refers to /boot/grub2 if that also serves a BIOS, and the link is removed", async () => {
  const links = { "/boot/grub2/grubenv": { link: "../efi/EFI/fedora/grubenv" } };
  await using tree = await skeleton({ ...fedora, ...links, ...reader });
  await configure(tree.path, { root_fs_uuid: uuid, boot_fs_uuid: bootUuid, legacy: true, uefi: { vendor: "fedora" } });
  expect(await script(`${tree.path}/boot/efi/EFI/fedora/grub.cfg`)).toBe(`
search --no-floppy --set prefix --file /grub2/grub.cfg
set prefix=($prefix)/grub2
configfile $prefix/grub.cfg
`);
  expect(lines(await script(`${tree.path}/boot/grub2/grub.cfg`), "search")).toEqual([
    `search --no-floppy --set=root --fs-uuid ${bootUuid}`,
  ]);
  expect(lstatSync(`${tree.path}/boot/grub2/grubenv`).isFile()).toBe(true);
});

test.each(["/outside/grubenv", "../../../outside/grubenv"])("a link to %s stays in the tree", async (link) => {
  await using tree = await skeleton({ ...fedora, "/boot/grub2/grubenv": { link } });
  await configure(tree.path, { root_fs_uuid: uuid, uefi: { vendor: "fedora" } });
  expect(await readdir(tree.outside)).toEqual([]);
  expect(await readFile(`${tree.path}/outside/grubenv`, "utf8")).toHaveLength(1024);
});

test("with UEFI the system partition refers to the only configuration", async () => {
  await using tree = await skeleton(debian);
  await configure(tree.path, { root_fs_uuid: uuid, uefi: { vendor: "debian" } });
  const redirection = await script(`${tree.path}/boot/efi/EFI/debian/grub.cfg`);
  expect(redirection).toContain("set prefix=($root)/boot/grub\nconfigfile $prefix/grub.cfg\n");
  expect(existsSync(`${tree.path}/boot/grub/i386-pc`)).toBe(false);
});

/** Signed loaders, where Debian's packages put them. Those without an ending aren't signed. */
const signed = {
  "/usr/lib/shim/shimx64.efi.signed": "shim",
  "/usr/lib/shim/mmx64.efi.signed": "manager",
  "/usr/lib/shim/mmx64.efi": "not signed",
  "/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed": "GRUB of /EFI/debian\0",
};
const secure = (vendor: string) => ({ root_fs_uuid: uuid, uefi: { vendor, secure_boot: true } });

test("with Secure Boot the signed loaders are where the firmware and shim look, and GRUB's configuration where it does", async () => {
  await using tree = await skeleton({ ...debian, ...signed });
  expect(await configure(tree.path, secure("debian"))).toEqual({ exitCode: 0, log: "" });
  const system = `${tree.path}/boot/efi/EFI`;
  const names = ["BOOTX64.EFI", "grubx64.efi", "mmx64.efi"];
  expect((await readdir(`${system}/BOOT`)).sort()).toEqual(names);
  const texts = await Promise.all(names.map((name) => readFile(`${system}/BOOT/${name}`, "utf8")));
  expect(texts).toEqual(["shim", "GRUB of /EFI/debian\0", "manager"]);
  expect(await script(`${system}/debian/grub.cfg`)).toContain("configfile");
});

test("on Ubuntu the MOK manager has no ending, and shim is behind a link", async () => {
  const { "/usr/lib/shim/mmx64.efi.signed": _, ...rest } = signed;
  const link = { "/usr/lib/shim/shimx64.efi.signed": { link: "/usr/lib/shim/latest" }, "/usr/lib/shim/latest": "shim" };
  const own = {
    "/usr/lib/shim/mmx64.efi": "manager",
    "/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed": "GRUB of /EFI/ubuntu\0",
  };
  await using tree = await skeleton({ ...debian, ...rest, ...link, ...own });
  expect(await configure(tree.path, secure("ubuntu"))).toEqual({ exitCode: 0, log: "" });
  const system = `${tree.path}/boot/efi/EFI/BOOT`;
  expect(await readFile(`${system}/BOOTX64.EFI`, "utf8")).toBe("shim");
  expect(await readFile(`${system}/mmx64.efi`, "utf8")).toBe("manager");
});

test.each([
  ["without the packages", {}, "debian", "install the packages shim-signed and grub-efi-amd64-signed in it"],
  ["whose GRUB looks elsewhere", signed, "web", "looks for grub.cfg in /EFI/debian: set uefi.vendor to debian"],
])("a tree %s can't have Secure Boot", async (_, loaders, vendor, message) => {
  await using tree = await skeleton({ ...debian, ...loaders });
  const { exitCode, log } = await configure(tree.path, secure(vendor));
  expect(exitCode).toBe(1);
  expect(log).toContain(message);
  expect(existsSync(`${tree.path}/boot/efi/EFI/BOOT`)).toBe(false);
});

test("on Fedora the loaders of the packages are signed already", async () => {
  await using tree = await skeleton(fedora);
  const { exitCode, log } = await configure(tree.path, secure("fedora"));
  expect(exitCode).toBe(1);
  expect(log).toContain("uefi.secure_boot is for trees of Debian and Ubuntu");
});

test("a tree without a kernel gets an empty menu, and the log says so", async () => {
  await using tree = await skeleton({ "/etc/debian_version": "12\n" });
  expect(await configure(tree.path, { root_fs_uuid: uuid })).toEqual({
    exitCode: 0,
    log: "there is no kernel in the tree's /boot: the menu is empty",
  });
});

test.each([{ boot_fs_uuid: "00000000-0000-0000-0000-000000000000" }, {}])(
  "with %j there is no /boot of its own, and the root's UUID is as Linux shows it",
  async (boot) => {
    await using tree = await skeleton(debian);
    await configure(tree.path, { root_fs_uuid: uuid.toUpperCase(), ...boot });
    const menu = await script(`${tree.path}/boot/grub/grub.cfg`);
    expect(lines(menu, "search")).toEqual([`search --no-floppy --set=root --fs-uuid ${uuid}`]);
    expect(lines(menu, "linux")[0]).toBe(`linux /boot/vmlinuz-6.1.0-10-amd64 root=UUID=${uuid}`);
  },
);

test("a link in place of a module or the font is replaced, not followed", async () => {
  await using outside = await skeleton({ "/normal.mod": "mine", "/unicode.pf2": "mine" });
  await using tree = await skeleton({
    ...debian,
    "/boot/grub/i386-pc/normal.mod": { link: `${outside.path}/normal.mod` },
    "/boot/grub/fonts/unicode.pf2": { link: `${outside.path}/unicode.pf2` },
    "/boot/grub/i386-pc/linux.mod": { link: "../../../../normal.mod" },
  });
  expect(await configure(tree.path, { root_fs_uuid: uuid })).toEqual({ exitCode: 0, log: "" });
  for (const name of ["normal.mod", "unicode.pf2"])
    expect(await readFile(`${outside.path}/${name}`, "utf8")).toBe("mine");
  for (const name of ["normal", "linux"])
    expect(await readFile(`${tree.path}/boot/grub/i386-pc/${name}.mod`)).toEqual(
      await readFile(`/usr/lib/grub/i386-pc/${name}.mod`),
    );
});
