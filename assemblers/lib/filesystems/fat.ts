import { type Dirent, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { capture, fail, run } from "../../../stages/lib/step.ts";
import { copyInto, makeEmpty } from "../output.ts";
import { MiB } from "../sizes.ts";
import { fatNameProblem } from "./fat-names.ts";
import { type FileSystem, failToFit } from "./filesystem.ts";

/** Writes a FAT file system, which UEFI can read. It keeps the names and contents of files and nothing else. */
export function writeFat(fileSystem: FileSystem): void {
  const { image, offset, size, uuid, label, tree, covered, epoch } = fileSystem;
  const directories = listDirectories(tree, "", covered);
  const content = directories
    .flatMap(({ files }) => files)
    .reduce((sum, file) => sum + roundUp(statSync(file).size), 0);
  const needed = content + directories.length * largestCluster + MiB;
  if (needed > size) failToFit(fileSystem, needed, size, needed);

  const work = mkdtempSync("/var/tmp/fat-");
  const draft = `${work}/fat`;
  makeEmpty(draft, size);
  formatFat(draft, uuid, label, epoch);
  const env = clock(epoch);
  for (const { path, files } of directories) {
    if (path !== "") run(["mmd", "-i", draft, `::${path}`], { env });
    if (files.length > 0) run(["mcopy", "-i", draft, ...files, `::${path}/`], { env });
  }
  copyInto(draft, image, offset);
  rmSync(work, { recursive: true });
}

/** Makes an empty FAT file system in an image of its size. */
export function formatFat(image: string, uuid: string, label: string | undefined, epoch: number): void {
  const volume = ["-i", uuid.replace("-", ""), ...(label === undefined ? [] : ["-n", label])];
  // It prints only its version.
  capture(["mkfs.vfat", "--invariant", ...volume, image], { env: clock(epoch) });
}

/** Environment in which the programs take the epoch for the current time. FAT stores local times. */
const clock = (epoch: number) => ({ SOURCE_DATE_EPOCH: String(epoch), TZ: "UTC" });

/** Adds a file, and its missing parents, to a FAT file system that has the content of `tree`. */
export function addToFat(
  { image, offset, epoch }: Pick<FileSystem, "image" | "offset" | "epoch">,
  tree: string,
  path: string,
  content: Uint8Array,
): void {
  const work = mkdtempSync("/tmp/fat-");
  const env = clock(epoch);
  const device = ["-i", `${image}@@${offset}`];
  const names = path.split("/").slice(1, -1);
  for (const parent of names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`))
    if (!isInFat(tree, parent)) run(["mmd", ...device, `::${parent}`], { env });
  writeFileSync(`${work}/file`, content);
  run(["mcopy", ...device, `${work}/file`, `::${path}`], { env });
  rmSync(work, { recursive: true });
}

/**
 * Whether a path is in a FAT file system that has the content of `tree`. FAT doesn't tell capitals from small letters.
 */
export function isInFat(tree: string, path: string): boolean {
  let at = tree;
  for (const name of path.split("/").slice(1)) {
    const names = statSync(at, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(at) : [];
    const found = names.find((other) => other.toLowerCase() === name.toLowerCase());
    if (found === undefined) return false;
    at += `/${found}`;
  }
  return true;
}

const largestCluster = 32 * 1024;
const roundUp = (bytes: number) => Math.ceil(bytes / largestCluster) * largestCluster;

interface Directory {
  /** Its path in the file system; the root's is empty. */
  readonly path: string;
  /** The paths of its files, in the tree. */
  readonly files: readonly string[];
}

/**
 * Lists directories by name, each after the one that it is in, so that their order doesn't depend on the tree's disk.
 */
function listDirectories(tree: string, path: string, covered: readonly string[]): readonly Directory[] {
  const entries = covered.includes(path) ? [] : readdirSync(tree + path, { withFileTypes: true });
  const problem = fatNameProblem(covered.includes(path) ? [] : readdirSync(tree + path, "latin1").sort());
  if (problem !== undefined) fail(`${path || "/"} of the file system: ${problem}`);
  const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const odd = sorted.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (odd !== undefined) fail(`FAT has files and directories only, and ${path}/${odd.name} is neither`);
  const names = (wanted: (entry: Dirent) => boolean) => sorted.filter(wanted).map(({ name }) => `${path}/${name}`);
  return [
    { path, files: names((entry) => entry.isFile()).map((file) => tree + file) },
    ...names((entry) => entry.isDirectory()).flatMap((directory) => listDirectories(tree, directory, covered)),
  ];
}
