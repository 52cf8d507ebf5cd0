import { existsSync, readdirSync } from "node:fs";
import { fileSystemId } from "./lib/filesystem-ids.ts";
import { fail, readStage } from "./lib/step.ts";
import { debianConfiguration, debianDefaults, writeDebianRedirection } from "./lib/system/grub-debian.ts";
import { type FileSystem, type GrubSettings, rootArgument } from "./lib/system/grub-entries.ts";
import { fedoraConfiguration, fedoraDefaults, fedoraRedirection } from "./lib/system/grub-fedora.ts";
import { installSignedLoaders } from "./lib/system/signed-loaders.ts";
import { copyDirectory, copyFile, isDebian, isInTree, resolveInTree, writeFile } from "./lib/tree.ts";

interface Options {
  readonly root_fs_uuid?: string;
  readonly rootfs?: FileSystem;
  readonly boot_fs_uuid?: string;
  readonly bootfs?: FileSystem;
  readonly kernel_opts?: string;
  readonly legacy?: boolean | string;
  readonly uefi?: { readonly vendor: string; readonly install?: boolean; readonly secure_boot?: boolean };
  readonly write_defaults?: boolean;
  readonly ignition?: boolean;
}

const { tree, options } = await readStage<Options>();
const { kernel_opts = "", write_defaults = true, ignition = false, uefi, legacy = uefi === undefined } = options;
/** GRUB's name of the platform to boot on without UEFI. */
const platform = legacy === true ? "i386-pc" : legacy;

const rootfs = fileSystem(options.rootfs ?? options.root_fs_uuid);
if (rootfs === undefined) fail("org.osbuild.grub2: the root file system is missing: give root_fs_uuid or rootfs");
const bootfs = fileSystem(options.bootfs ?? options.boot_fs_uuid);
const settings: GrubSettings = { tree, rootfs, bootfs, kernelOptions: kernel_opts, ignition };

if (isDebian(tree)) configureDebian();
else configureFedora();

/** The file system that an option names. In osbuild's releases of 2019, the nil UUID means "none". */
function fileSystem(given: FileSystem | string | undefined): FileSystem | undefined {
  if (typeof given === "object" && "label" in given) return given;
  const uuid = fileSystemId(typeof given === "object" ? given.uuid : given);
  return uuid === undefined ? undefined : { uuid };
}

function configureDebian(): void {
  if (platform !== false) copyModules(platform, "/boot/grub");
  copyFont("/boot/grub");
  writeFile(tree, "/boot/grub/grubenv", environmentBlock([]));
  writeFile(tree, "/boot/grub/grub.cfg", debianConfiguration(settings));
  if (write_defaults) writeFile(tree, "/etc/default/grub", debianDefaults(settings));
  if (uefi === undefined) return;
  if (uefi.install) copyLoader(uefi.vendor);
  if (uefi.secure_boot) installSignedLoaders(tree, uefi.vendor);
  writeDebianRedirection(settings, uefi.vendor);
}

/** Writes what osbuild's release 20 wrote on every tree. */
function configureFedora(): void {
  if (uefi?.secure_boot)
    fail(
      "org.osbuild.grub2: uefi.secure_boot is for trees of Debian and Ubuntu: on others the packages of shim and GRUB " +
        "put signed loaders into /boot/efi themselves",
    );
  if (platform !== false) {
    copyModules(platform, "/boot/grub2", ["fdt.lst"]);
    copyFont("/boot/grub2");
  }
  if (write_defaults) writeFile(tree, "/etc/default/grub", fedoraDefaults);
  const kernelOptions = `kernelopts=${rootArgument(settings)} ${kernel_opts}`;
  writeFile(tree, placeOfEnvironment(), environmentBlock([kernelOptions]));
  if (uefi?.install) copyLoader(uefi.vendor);
  const configuration = fedoraConfiguration(settings, canReadEntries());
  const besideLoader = uefi && `/boot/efi/EFI/${uefi.vendor}/grub.cfg`;
  if (besideLoader === undefined || platform !== false) writeFile(tree, "/boot/grub2/grub.cfg", configuration);
  if (besideLoader === undefined) return;
  writeFile(tree, besideLoader, platform === false ? configuration : fedoraRedirection(settings));
}

/** Fedora's packages make this a link to the EFI system partition, where GRUB looks with UEFI alone. */
function placeOfEnvironment(): string {
  const path = "/boot/grub2/grubenv";
  return uefi !== undefined && platform !== false ? path : resolveInTree(tree, path).slice(tree.length);
}

/** Whether GRUB makes a menu of the boot loader entries. Fedora's can, and its loader for UEFI always does. */
function canReadEntries(): boolean {
  if (platform !== false) return isInTree(tree, `/boot/grub2/${platform}/blscfg.mod`);
  return isInTree(tree, "/boot/efi/EFI/BOOT") || efiModules("normal") === efiModules("blscfg");
}

/** Whether the assembler can give its loader for UEFI a module. */
function efiModules(name: string): boolean {
  const places = [resolveInTree(tree, "/usr/lib/grub"), "/usr/lib/grub"];
  return places.some((place) => ["x86_64-efi", "arm64-efi"].some((efi) => existsSync(`${place}/${efi}/${name}.mod`)));
}

/** The assembler makes a boot image of the same version, because GRUB loads no modules of another. */
function copyModules(platform: string, home: string, except: readonly string[] = []): void {
  const library = `/usr/lib/grub/${platform}`;
  const source = findFile(library);
  if (source === undefined)
    fail(`neither the tree nor the build root has ${library}: install GRUB's modules in one of them (grub-pc-bin)`);
  for (const name of readdirSync(source)) {
    if (!/\.(mod|lst)$/.test(name) || except.includes(name)) continue;
    copyFile(tree, `${home}/${platform}/${name}`, `${source}/${name}`);
  }
}

function copyFont(home: string): void {
  const source = findFile("/usr/share/grub/unicode.pf2");
  if (source !== undefined) copyFile(tree, `${home}/fonts/unicode.pf2`, source);
}

/** A file or directory of the tree or, if the tree doesn't have it, of the build root. */
function findFile(path: string): string | undefined {
  return [resolveInTree(tree, path), path].find((place) => existsSync(place));
}

/** GRUB writes to the blocks of this file, which therefore must have 1024 bytes. */
function environmentBlock(variables: readonly string[]): string {
  const block = ["# GRUB Environment Block", ...variables, ""].join("\n");
  const room = 1024 - Buffer.byteLength(block);
  if (room < 0) fail("org.osbuild.grub2: kernel_opts is too long for GRUB's environment block");
  return block + "#".repeat(room);
}

function copyLoader(vendor: string): void {
  for (const name of ["BOOT", vendor]) {
    const source = `/boot/efi/EFI/${name}`;
    if (!existsSync(source)) fail(`${source} is not in the build root: uefi.install copies the loader from there`);
    copyDirectory(tree, source, source);
  }
}
