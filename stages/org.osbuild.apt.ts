import { lstatSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { redirectAll, redirectedAddresses } from "./lib/downloads/mirrors.ts";
import type { DownloadInput, Locked } from "./lib/downloads/sources.ts";
import { request } from "./lib/mounts.ts";
import { type AptLogin, writeLogins } from "./lib/packages/apt-auth.ts";
import { atSnapshot, cleanDebian, isOfOneTime, latest, withDownloads } from "./lib/packages/debian.ts";
import {
  addressesIn,
  answerWith,
  type DebianPackage,
  layPool,
  plannedPackages,
  useLatest,
} from "./lib/packages/debian-lock.ts";
import { isLocal, layLocal } from "./lib/packages/local-files.ts";
import { fail, readStage } from "./lib/step.ts";
import { type Chroot, openChroot } from "./lib/system/chroot.ts";
import { entryInTree, isInTree, makeDirectory, readText, resolveInTree, writeFile } from "./lib/tree.ts";

interface Repository {
  readonly name: string;
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components?: readonly string[];
  readonly architectures?: readonly string[];
  readonly key?: string;
}

interface Options {
  readonly packages: readonly string[];
  readonly repositories?: readonly Repository[];
  readonly keep_repositories?: boolean;
  readonly recommends?: boolean;
  readonly snapshot?: string;
  readonly auth?: readonly AptLogin[];
}

const input: DownloadInput<Options> = await readStage<Options>();
const { tree, options, state, mirrors, locked } = input;
if (!isInTree(tree, "/usr/bin/apt-get")) fail("the tree has no apt: make it with a larger variant than essential");

// apt's own retries don't tell the log why, and not every release has them.
const once = ["--option=Acquire::Retries=0"];
/** The packages that are files of the user's repository, where the tree's apt sees them. */
const localFiles = "/run/osbuild-packages";
/** The files of a lock's packages, where the tree's apt sees them. */
const poolFiles = "/tmp/pool/files";
const repositories = (options.repositories ?? []).flatMap(repositoryFiles);
for (const { path, text } of repositories) {
  if (isInTree(tree, path)) fail(`the tree has ${path} already: give the repository another name`);
  writeFile(tree, path, text);
}
const sources = sourceFiles();
if (isOfOneTime(options.snapshot) && sources.every((path) => pastOf(path) === textOf(path)))
  fail("the tree's sources name none of Debian's archives, so there is nothing to take from the snapshot");
const nameServers = readFileSync("/etc/resolv.conf", "utf8");
const addresses = redirectedAddresses(addressesIn(sources.map(pastOf)), mirrors);
const restore = [
  ...sources.flatMap(redirectSources),
  replace("/etc/resolv.conf", nameServers, 0o644),
  // Exit code 101 keeps packages from starting their services.
  replace("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755),
];
if (input.resolve !== undefined) {
  await resolve(input.resolve);
  process.exit();
}
if (state === undefined) fail("org.osbuild.apt needs a state directory");
await withDownloads(tree, state, install);
for (const undo of restore) undo();
// systemd-resolved's package keeps the file that it replaces by a link.
const backup = "/etc/.resolv.conf.systemd-resolved.bak";
if (readText(tree, backup) === nameServers) rmSync(entryInTree(tree, backup));
if (!options.keep_repositories) for (const { path } of repositories) rmSync(entryInTree(tree, path));
cleanDebian(tree);

async function install(): Promise<void> {
  using chroot = openChroot(tree);
  const pool = locked === undefined ? [] : usePool(chroot, locked);
  const setting = writeLogins(input, options.auth, tree);
  const more = [...pool, ...(setting === undefined ? [] : [`--option=${setting}`])];
  await update(chroot, more);
  // apt downloads everything before it installs anything, so it can run again.
  await chroot.runDownload([
    "apt-get",
    "install",
    ...once,
    "--yes",
    ...more,
    // Keep what an earlier stage has configured.
    "--option=Dpkg::Options::=--force-confdef",
    "--option=Dpkg::Options::=--force-confold",
    "--option=Dpkg::Use-Pty=false",
    ...wanted(),
  ]);
  if (locked !== undefined) request("lift", poolFiles.slice(1));
}

/** Answers which packages `install` would install. */
async function resolve(directory: string): Promise<void> {
  using chroot = openChroot(tree);
  await update(chroot);
  const apt = (argv: readonly string[]) => chroot.capture(argv);
  const lists = resolveInTree(tree, "/var/lib/apt/lists");
  let redirected = addresses;
  if (options.snapshot === latest) {
    const files = sources.map((path) => resolveInTree(tree, path));
    redirected = useLatest(apt, lists, files, mirrors ?? {});
    await update(chroot);
  }
  const planned = plannedPackages(apt, ["install", ...wanted()]);
  answerWith(directory, apt, planned, { lists, redirected, snapshot: options.snapshot });
}

function update(chroot: Chroot, more: readonly string[] = []): Promise<void> {
  return chroot.runDownload([
    "apt-get",
    "update",
    "--error-on=any",
    "--option=Acquire::Languages=none",
    ...once,
    ...more,
  ]);
}

/** The tree's /run must be the container's: files are copied there. */
function wanted(): readonly string[] {
  // A lock's packages are all of one suite.
  const names = options.packages.map((name) =>
    locked === undefined || isLocal(name) ? name : name.replace(/\/.*/, ""),
  );
  return [
    options.recommends ? "--install-recommends" : "--no-install-recommends",
    "--",
    ...layLocal(input, names, tree + localFiles, localFiles),
  ];
}

/** Makes a repository of a lock's packages. Returns the options with which apt uses that and nothing else. */
function usePool(chroot: Chroot, { packages, files }: Locked): readonly string[] {
  makeDirectory(tree, poolFiles);
  request("keep", relative(state ?? "", files), poolFiles.slice(1));
  const apt = (argv: readonly string[]) => chroot.capture(argv);
  layPool(`${tree}/tmp/pool`, poolFiles, packages as readonly DebianPackage[], "locked", apt);
  writeFile(tree, "/tmp/pool/sources.list", "deb [trusted=yes] file:/tmp/pool ./\n");
  return [
    "--option=Dir::Etc::SourceList=/tmp/pool/sources.list",
    ...["SourceParts", "Preferences", "PreferencesParts"].map((name) => `--option=Dir::Etc::${name}=/dev/null`),
  ];
}

function repositoryFiles({ name, uris, suites, components = [], architectures = [], key }: Repository) {
  const sources = `/etc/apt/sources.list.d/${name}.sources`;
  const keyring = `/etc/apt/keyrings/${name}.asc`;
  const fields = [
    "Types: deb",
    `URIs: ${uris.join(" ")}`,
    `Suites: ${suites.join(" ")}`,
    ...(components.length === 0 ? [] : [`Components: ${components.join(" ")}`]),
    ...(architectures.length === 0 ? [] : [`Architectures: ${architectures.join(" ")}`]),
    ...(key === undefined ? [] : [`Signed-By: ${keyring}`]),
  ];
  return [
    { path: sources, text: `${fields.join("\n")}\n` },
    ...(key === undefined ? [] : [{ path: keyring, text: key }]),
  ];
}

/** The files in which the tree's apt finds its repositories, also those that were just added. */
function sourceFiles(): readonly string[] {
  const directory = "/etc/apt/sources.list.d";
  const names = isInTree(tree, directory) ? readdirSync(resolveInTree(tree, directory)) : [];
  const below = names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => `${directory}/${name}`);
  return ["/etc/apt/sources.list", ...below].filter((path) => isInTree(tree, path));
}

function textOf(path: string): string {
  return readText(tree, path) ?? "";
}

/** A file of sources, led to the snapshot. Repositories that were just added have none. */
function pastOf(path: string): string {
  const isAdded = repositories.some((repository) => repository.path === path);
  return isOfOneTime(options.snapshot) && !isAdded ? atSnapshot(textOf(path), options.snapshot) : textOf(path);
}

/** Leads a file of sources to the snapshot and to the user's mirrors. The returned function undoes that. */
function redirectSources(path: string): readonly (() => void)[] {
  const redirected = redirectAll(pastOf(path), mirrors);
  return redirected === textOf(path) ? [] : [replace(path, redirected, 0o644)];
}

/** Replaces a file of the tree. The returned function undoes that. */
function replace(path: string, text: string, mode: number): () => void {
  const file = entryInTree(tree, path);
  const aside = `${file}.osbuild`;
  const existed = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  if (existed) renameSync(file, aside);
  writeFile(tree, path, text, { mode });
  return () => {
    const ours = lstatSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file, "utf8") === text;
    if (ours) rmSync(file);
    // Keep what a package has put there itself.
    if (existed && ours) renameSync(aside, file);
    else rmSync(aside, { force: true });
  };
}
