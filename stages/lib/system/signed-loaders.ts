import { readFileSync } from "node:fs";
import { fail } from "../step.ts";
import { copyFile, isInTree, resolveInTree } from "../tree.ts";
import { architectureOf, ownArchitecture } from "./architecture.ts";

/** The ending of loaders' names, and GRUB's name of the platform, by Debian's name of the architecture. */
const architectures: { readonly [name: string]: { readonly ending: string; readonly platform: string } } = {
  amd64: { ending: "x64", platform: "x86_64-efi" },
  arm64: { ending: "aa64", platform: "arm64-efi" },
};

/**
 * Copies the signed loaders of Debian's and Ubuntu's packages into the EFI system partition. A firmware with Secure Boot
 * starts shim, which Microsoft has signed, and shim starts the GRUB beside it, which the distribution has signed.
 */
export function installSignedLoaders(tree: string, vendor: string): void {
  const architecture = architectureOf(tree) ?? ownArchitecture ?? "";
  const names =
    architectures[architecture] ?? fail(`org.osbuild.grub2: there are no signed loaders for ${architecture}`);
  const { ending, platform } = names;
  const find = (...paths: readonly [string, ...string[]]) =>
    paths.find((path) => isInTree(tree, path)) ??
    fail(
      `org.osbuild.grub2: uefi.secure_boot needs ${paths[0]}, which isn't in the tree: ` +
        `install the packages shim-signed and grub-efi-${architecture}-signed in it`,
    );
  const shim = find(`/usr/lib/shim/shim${ending}.efi.signed`);
  const grub = find(`/usr/lib/grub/${platform}-signed/grub${ending}.efi.signed`);
  // Shim starts this program to enrol keys. Ubuntu signs it in place; Debian's without the ending isn't signed.
  const manager = find(`/usr/lib/shim/mm${ending}.efi.signed`, `/usr/lib/shim/mm${ending}.efi`);
  requireVendor(resolveInTree(tree, grub), vendor);
  const install = (name: string, path: string) =>
    copyFile(tree, `/boot/efi/EFI/BOOT/${name}`, resolveInTree(tree, path));
  install(`BOOT${ending.toUpperCase()}.EFI`, shim);
  install(`grub${ending}.efi`, grub);
  install(`mm${ending}.efi`, manager);
}

/** A signed GRUB looks for its configuration in the one directory that it names. */
function requireVendor(grub: string, vendor: string): void {
  const [, own = vendor] = /\/EFI\/([\w-]+)\0/.exec(readFileSync(grub, "latin1")) ?? [];
  if (own === vendor) return;
  fail(`org.osbuild.grub2: the tree's signed GRUB looks for grub.cfg in /EFI/${own}: set uefi.vendor to ${own}`);
}
