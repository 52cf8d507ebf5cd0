import { lstatSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { openChroot } from "./lib/chroot.ts";
import { cleanDebian, withDownloads } from "./lib/debian.ts";
import { type DownloadInput, redirectAll } from "./lib/sources.ts";
import { fail, readStage } from "./lib/step.ts";
import { entryInTree, isInTree, readText, resolveInTree, writeFile } from "./lib/tree.ts";

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
}

const { tree, options, state, mirrors }: DownloadInput<Options> = await readStage<Options>();
if (state === undefined) fail("org.osbuild.apt needs a state directory");
if (!isInTree(tree, "/usr/bin/apt-get")) fail("the tree has no apt: make it with a larger variant than essential");

// apt's own retries, which not every release of it has, don't tell the log why.
const once = ["--option=Acquire::Retries=0"];
const repositories = (options.repositories ?? []).flatMap(repositoryFiles);
for (const { path, text } of repositories) {
  if (isInTree(tree, path)) fail(`the tree has ${path} already: give the repository another name`);
  writeFile(tree, path, text);
}
const nameServers = readFileSync("/etc/resolv.conf", "utf8");
const restore = [
  ...sourceFiles().flatMap(useMirrors),
  replace("/etc/resolv.conf", nameServers, 0o644),
  // Exit code 101: a package may not start its services.
  replace("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755),
];
await withDownloads(tree, state, install);
for (const undo of restore) undo();
// systemd-resolved's package keeps the file that it puts its link in the place of.
const backup = "/etc/.resolv.conf.systemd-resolved.bak";
if (readText(tree, backup) === nameServers) rmSync(entryInTree(tree, backup));
if (!options.keep_repositories) for (const { path } of repositories) rmSync(entryInTree(tree, path));
cleanDebian(tree);

async function install(): Promise<void> {
  using chroot = openChroot(tree);
  await chroot.runDownload(["apt-get", "update", "--error-on=any", "--option=Acquire::Languages=none", ...once]);
  // Everything is downloaded before anything is installed.
  await chroot.runDownload([
    "apt-get",
    "install",
    ...once,
    "--yes",
    options.recommends ? "--install-recommends" : "--no-install-recommends",
    // What an earlier stage configured stays.
    "--option=Dpkg::Options::=--force-confdef",
    "--option=Dpkg::Options::=--force-confold",
    "--option=Dpkg::Use-Pty=false",
    "--",
    ...options.packages,
  ]);
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

/** Where the tree's apt looks for packages, with what was just added. */
function sourceFiles(): readonly string[] {
  const directory = "/etc/apt/sources.list.d";
  const names = isInTree(tree, directory) ? readdirSync(resolveInTree(tree, directory)) : [];
  const below = names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => `${directory}/${name}`);
  return ["/etc/apt/sources.list", ...below].filter((path) => isInTree(tree, path));
}

function useMirrors(path: string): readonly (() => void)[] {
  const text = readText(tree, path) ?? "";
  const redirected = redirectAll(text, mirrors);
  return redirected === text ? [] : [replace(path, redirected, 0o644)];
}

/** Puts a file in the place of whatever the tree has there; the returned function undoes it. */
function replace(path: string, text: string, mode: number): () => void {
  const file = entryInTree(tree, path);
  const aside = `${file}.osbuild`;
  const existed = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  if (existed) renameSync(file, aside);
  writeFile(tree, path, text, { mode });
  return () => {
    const ours = lstatSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file, "utf8") === text;
    if (ours) rmSync(file);
    // A package has put something of its own there: that stays.
    if (existed && ours) renameSync(aside, file);
    else rmSync(aside, { force: true });
  };
}
