import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { json } from "node:stream/consumers";

// A build root with tools that are the same on all hosts, or that aren't available at all.
const { tree } = (await json(process.stdin)) as { tree: string };

for (const name of ["bin", "sbin", "lib", "lib64"]) {
  mkdirSync(`${tree}/usr/${name}`, { recursive: true });
  symlinkSync(`usr/${name}`, `${tree}/${name}`);
}
for (const name of ["sh", "tar", "cat", "mkdir"]) {
  copy(`/usr/bin/${name}`, `/usr/bin/${name}`);
  const listing = execFileSync("ldd", [`/usr/bin/${name}`], { encoding: "utf8" });
  for (const [, library = ""] of listing.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)) copy(library, `/usr${library}`);
}
const files = {
  "/usr/lib/grub/i386-pc/normal.mod": "module",
  "/usr/lib/grub/i386-pc/blscfg.mod": "module",
  "/usr/lib/grub/i386-pc/moddep.lst": "normal:\n",
  "/usr/lib/grub/i386-pc/fdt.lst": "",
  "/usr/lib/grub/i386-pc/kernel.img": "not copied",
  "/usr/share/grub/unicode.pf2": "font",
  "/boot/efi/EFI/BOOT/BOOTX64.EFI": "loader",
  "/boot/efi/EFI/fedora/shimx64.efi": "loader",
  "/boot/efi/EFI/fedora/fonts/unicode.pf2": "font",
};
for (const [path, text] of Object.entries(files)) write(path, text);
chmodSync(`${tree}/boot/efi/EFI/fedora`, 0o700);
// They write their arguments to the tree.
write(
  "/usr/bin/anaconda",
  '#!/bin/sh -e\nmkdir -p /run/osbuild/tree/root\n{ echo "$@"; cat "$5"; } > /run/osbuild/tree/root/anaconda\n',
);
write("/usr/bin/rpm-ostree", '#!/bin/sh -e\n{ echo "$@"; cat "$4"; } > "$3/usr/rpm-ostree"\n');

function write(path: string, text: string): void {
  mkdirSync(dirname(tree + path), { recursive: true });
  writeFileSync(tree + path, text, { mode: path.startsWith("/usr/bin/") ? 0o755 : 0o644 });
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(tree + to), { recursive: true });
  copyFileSync(from, tree + to);
}
