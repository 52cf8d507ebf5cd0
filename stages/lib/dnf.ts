import { createHash } from "node:crypto";
import { globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import {
  type NamedRepository,
  type RepositoryOptions,
  repositoriesOf,
  repositoryConfiguration,
} from "./rpm-repositories.ts";
import { changePackages } from "./rpm-tree.ts";
import { runDownload } from "./run-download.ts";
import { type DownloadInput, dropWhenOld, matches } from "./sources.ts";
import { capture, fail, run } from "./step.ts";

export interface DnfOptions extends RepositoryOptions {
  readonly packages: readonly string[];
  readonly operation?: string;
  readonly install_weak_deps?: boolean;
  readonly exclude_packages?: readonly string[];
  readonly module_platform_id?: string;
  readonly fastestmirror?: boolean;
  readonly verbosity?: string;
}

/** Installs packages and what they need with dnf, or with the yum that was before it. */
export async function runDnf(program: string, input: DownloadInput<DnfOptions>): Promise<void> {
  const { tree, options, state, mirrors } = input;
  if (state === undefined) fail(`${program} needs a state directory`);
  const repositories = repositoriesOf(input);
  const sections = await repositoryConfiguration(repositories, tree, mirrors);
  const cache = openCache(state, [sections, options.releasever, options.basearch]);
  writeFileSync("/tmp/dnf.conf", mainSection(options, repositories) + sections);

  await changePackages(tree, async (prefix) => {
    mkdirSync(`${tree}/tmp/dnf`);
    // dnf keeps everything beneath the tree; to the programs of the packages, which run inside it, this leads nowhere.
    symlinkSync(cache, `${tree}/tmp/dnf/cache`);
    const dnf = [...prefix, program, ...commonArguments(tree, options)];
    run([...dnf, "clean", "expire-cache"]);
    await runDownload([...dnf, "makecache"]);
    for (const repository of repositories) verifyMetadata(cache, repository);
    // Everything is downloaded before anything is installed.
    await runDownload([...dnf, options.operation ?? "install", ...options.packages]);
    const format = "%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm\n";
    const installed = capture([...prefix, "rpm", `--root=${tree}`, "--query", "--all", `--queryformat=${format}`]);
    dropUnused(cache, new Set(installed.split("\n")));
  });
}

function commonArguments(tree: string, { releasever, basearch }: DnfOptions): readonly string[] {
  return [
    `--installroot=${tree}`,
    "--config=/tmp/dnf.conf",
    ...(releasever === undefined ? [] : [`--releasever=${releasever}`]),
    ...(basearch === undefined ? [] : [`--forcearch=${basearch}`]),
  ];
}

function mainSection(options: DnfOptions, repositories: readonly NamedRepository[]): string {
  const settings = {
    assumeyes: "1",
    cachedir: "/tmp/dnf/cache",
    excludepkgs: options.exclude_packages?.join(" "),
    fastestmirror: options.fastestmirror === false ? "0" : "1",
    install_weak_deps: options.install_weak_deps === false ? "0" : "1",
    keepcache: "1",
    logdir: "/tmp/dnf/log",
    // The metadata that have been verified are those to use.
    metadata_expire: "-1",
    module_platform_id: options.module_platform_id,
    persistdir: "/tmp/dnf/persist",
    plugins: "0",
    protected_packages: "",
    rpmverbosity: options.verbosity,
    skip_if_unavailable: "0",
    // Nothing of the build root's configuration.
    ...(repositories.length === 0 ? {} : { reposdir: "", varsdir: "" }),
  };
  const lines = Object.entries(settings).map(([name, value]) => (value === undefined ? "" : `${name}=${value}\n`));
  return `[main]\n${lines.join("")}`;
}

function verifyMetadata(cache: string, { id, repository: { checksum } }: NamedRepository): void {
  if (checksum === undefined) return;
  const directory = readdirSync(cache).find(
    (name) => name.startsWith(`${id}-`) && /^[0-9a-f]{16}$/.test(name.slice(id.length + 1)),
  );
  const metadata = readFileSync(`${cache}/${directory}/repodata/repomd.xml`);
  if (matches(metadata, checksum)) return;
  const actual = createHash("sha256").update(metadata).digest("hex");
  fail(`repository ${id}: repomd.xml has the checksum sha256:${actual}, not ${checksum}: the repository has changed`);
}

/** A directory of its own for every set of repositories; those that no build has used for long are dropped. */
function openCache(state: string, key: readonly unknown[]): string {
  const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 16);
  mkdirSync(`${state}/${name}`, { recursive: true });
  utimesSync(`${state}/${name}`, new Date(), new Date());
  for (const other of readdirSync(state)) dropWhenOld(`${state}/${other}`);
  return `${state}/${name}`;
}

/** Without this the downloads of every version of every package would pile up. */
function dropUnused(cache: string, installed: ReadonlySet<string>): void {
  for (const file of globSync(`${cache}/*/packages/*.rpm`)) {
    if (installed.has(basename(file))) utimesSync(file, new Date(), new Date());
    else dropWhenOld(file);
  }
}
