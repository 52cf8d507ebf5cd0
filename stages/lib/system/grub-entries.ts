import { readdirSync } from "node:fs";
import { isInTree, resolveInTree } from "../tree.ts";
import { initialFileSystem, quote, systemName } from "./grub-menu.ts";

export type FileSystem = { readonly uuid: string } | { readonly label: string };

/** The options that GRUB's configuration depends on, and the tree. */
export interface GrubSettings {
  readonly tree: string;
  readonly rootfs: FileSystem;
  /** The file system of `/boot`, where it has one of its own. */
  readonly bootfs: FileSystem | undefined;
  readonly kernelOptions: string;
  readonly ignition: boolean;
}

interface Kernel {
  readonly title: string;
  readonly linux: string;
  readonly initrd: string | undefined;
}

/** The prefix that paths in `/boot` have in the file system that GRUB reads. */
export const bootPath = ({ bootfs }: GrubSettings) => (bootfs === undefined ? "/boot" : "");

export const rootArgument = ({ rootfs }: GrubSettings) =>
  `root=${"uuid" in rootfs ? `UUID=${rootfs.uuid}` : `LABEL=${rootfs.label}`}`;

/** A menu entry for each kernel in the tree's `/boot`, the latest first. */
export function menuEntries(settings: GrubSettings): string[] {
  return [...linkedKernel(settings), ...installedKernels(settings)].map((kernel) => menuEntry(kernel, settings));
}

/** Debian's packages keep these links pointed at the kernel to boot, so an upgrade needs no new configuration. */
function linkedKernel({ tree, bootfs }: GrubSettings): Kernel[] {
  if (bootfs !== undefined || !isInTree(tree, "/vmlinuz") || !isInTree(tree, "/initrd.img")) return [];
  return [{ title: systemName(tree), linux: "/vmlinuz", initrd: "/initrd.img" }];
}

function installedKernels(settings: GrubSettings): Kernel[] {
  const { tree } = settings;
  if (!isInTree(tree, "/boot")) return [];
  const boot = bootPath(settings);
  const names = readdirSync(resolveInTree(tree, "/boot"));
  return names
    .flatMap((name) => /^vmlinu[xz]-(.+)$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number(isRescue(a)) - Number(isRescue(b)) || compareVersions(b, a))
    .map((version) => {
      const initrd = initialFileSystem(names, version);
      const linux = names.includes(`vmlinuz-${version}`) ? `vmlinuz-${version}` : `vmlinux-${version}`;
      return {
        title: `${systemName(tree)}, Linux ${version}`,
        linux: `${boot}/${linux}`,
        initrd: initrd && `${boot}/${initrd}`,
      };
    });
}

function isRescue(version: string): boolean {
  return version.startsWith("0-rescue-");
}

/** Digits compare as numbers: 6.1.0-9 comes before 6.1.0-10. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.match(/\d+|\D+/g) ?? []);
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? "";
    const order = Number(part) - Number(other) || (part < other ? -1 : Number(part > other));
    if (order !== 0) return order;
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}

function menuEntry({ title, linux, initrd }: Kernel, settings: GrubSettings): string {
  // These characters have a meaning in GRUB's script language, fewer of them within quotes.
  const words = `${rootArgument(settings)} ${settings.kernelOptions}`
    .trim()
    .replaceAll(/"[^"]*"|[^"]+/g, (part) => part.replaceAll(part.startsWith('"') ? /\$/g : /[$;{}|&<>]/g, "\\$&"));
  return [
    `menuentry ${quote(title)} {`,
    `  linux ${linux} ${words}${settings.ignition ? " $ignition_firstboot" : ""}`,
    ...(initrd === undefined ? [] : [`  initrd ${initrd}`]),
    "}",
  ].join("\n");
}
