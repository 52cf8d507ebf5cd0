import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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

/** What GRUB's own parser has accepted. */
async function script(path: string): Promise<string> {
  execFileSync("grub-script-check", [path]);
  return readFile(path, "utf8");
}

const lines = (text: string, word: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${word} `));

test("on Debian the menu has the kernels of /boot, the latest first, found by the root's UUID", async () => {
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

test("on Debian the links that its packages keep at the kernel to boot come first", async () => {
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

test("a /boot of its own is where GRUB looks, and where paths begin", async () => {
  await using tree = await skeleton(debian);
  await configure(tree.path, { root_fs_uuid: uuid, boot_fs_uuid: bootUuid });
  const menu = await script(`${tree.path}/boot/grub/grub.cfg`);
  expect(lines(menu, "search")).toEqual([`search --no-floppy --set=root --fs-uuid ${bootUuid}`]);
  expect(lines(menu, "linux")[0]).toBe(`linux /vmlinuz-6.1.0-10-amd64 root=UUID=${uuid}`);
});

test("GRUB uses the serial port that is the kernel's console", async () => {
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

test("on Fedora the menu is made of the boot loader entries where GRUB can read them", async () => {
  const entries = { "/boot/loader/entries/a.conf": "", "/boot/grub2/i386-pc/blscfg.mod": "" };
  await using tree = await skeleton({ ...fedora, ...entries });
  expect((await configure(tree.path, { root_fs_uuid: uuid, kernel_opts: "ro" })).exitCode).toBe(0);
  expect(await script(`${tree.path}/boot/grub2/grub.cfg`)).toMatch(/\nload_env\ninsmod blscfg\nblscfg\n$/);
  const block = await readFile(`${tree.path}/boot/grub2/grubenv`, "utf8");
  expect(block).toHaveLength(1024);
  expect(execFileSync("grub-editenv", [`${tree.path}/boot/grub2/grubenv`, "list"]).toString()).toBe(
    `kernelopts=root=UUID=${uuid} ro\n`,
  );
});

test("on Fedora the menu is made of the kernels otherwise, with the rescue kernel last", async () => {
  await using tree = await skeleton(fedora);
  await configure(tree.path, { root_fs_uuid: uuid, write_defaults: false, ignition: true });
  const menu = await script(`${tree.path}/boot/grub2/grub.cfg`);
  expect(lines(menu, "linux")).toEqual([
    `linux /boot/vmlinuz-5.0.9-301.fc30.x86_64 root=UUID=${uuid} $ignition_firstboot`,
    `linux /boot/vmlinuz-0-rescue-5f1c root=UUID=${uuid} $ignition_firstboot`,
  ]);
  expect(lines(menu, "initrd")).toEqual(["initrd /boot/initramfs-5.0.9-301.fc30.x86_64.img"]);
  expect(existsSync(`${tree.path}/etc/default/grub`)).toBe(false);
});

test("with UEFI the system partition leads to the one configuration", async () => {
  await using tree = await skeleton(debian);
  await configure(tree.path, { root_fs_uuid: uuid, uefi: { vendor: "debian" } });
  const redirection = await script(`${tree.path}/boot/efi/EFI/debian/grub.cfg`);
  expect(redirection).toContain("set prefix=($root)/boot/grub\nconfigfile $prefix/grub.cfg\n");
  expect(existsSync(`${tree.path}/boot/grub/i386-pc`)).toBe(false);
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

test("a link in the place of a module or the font is replaced, not followed", async () => {
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
