import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename } from "node:path";
import { runDownload } from "../downloads/run-download.ts";
import { type DownloadInput, dropUnused, dropWhenOld, matches, sha256 } from "../downloads/sources.ts";
import { capture, fail, run } from "../step.ts";
import { openAnswer } from "./dnf-lock.ts";
import { cacheDirectory, readIndex } from "./dnf-repositories.ts";
import { isLocal, layLocal } from "./local-files.ts";
import { installLocked } from "./rpm-locked.ts";
import {
  addressesBehindMirrors,
  type NamedRepository,
  type RepositoryOptions,
  repositoriesOf,
  repositoryConfiguration,
} from "./rpm-repositories.ts";
import { changePackages } from "./rpm-tree.ts";

/** The options of the stages dnf and yum. */
export interface DnfOptions extends RepositoryOptions {
  readonly packages: readonly string[];
  readonly operation?: string;
  readonly install_weak_deps?: boolean;
  readonly exclude_packages?: readonly string[];
  readonly module_platform_id?: string;
  readonly fastestmirror?: boolean;
  readonly verbosity?: string;
}

/** The configuration may have passwords. /run is in memory. */
const configuration = "/run/osbuild-dnf.conf";

/** Installs packages and what they depend on with dnf, or with yum, its predecessor. */
export async function runDnf(program: string, input: DownloadInput<DnfOptions>): Promise<void> {
  const { tree, options, state, locked, resolve } = input;
  // dnf ignores the machine's architecture too if it is told another.
  if (locked !== undefined) return installLocked(tree, locked, options.basearch === undefined ? [] : ["--ignorearch"]);
  if (state === undefined) fail(`${program} needs a state directory`);
  const dnf5 = isDnf5(program);
  if (dnf5) refuseModules(options);
  const local = options.packages.find(isLocal);
  if (resolve !== undefined && local !== undefined)
    fail(
      `${local} is a file of the repository, and its step can't be locked: a lock has only packages with an address`,
    );
  const repositories = repositoriesOf(input);
  const sections = await repositoryConfiguration(repositories, input);
  const cache = openCache(state, [repositories, options.releasever, options.basearch]);
  const packages = layLocal(input, options.packages, "/tmp/local");
  writeFileSync(configuration, mainSection(options, repositories, dnf5) + sections, { mode: 0o600 });

  await changePackages(tree, async (prefix) => {
    mkdirSync(`${tree}/tmp/dnf`);
    // dnf keeps its cache inside the tree. For the packages' own programs, which run there, this link leads nowhere.
    symlinkSync(cache, `${tree}/tmp/dnf/cache`);
    const dnf = [...prefix, program, ...commonArguments(tree, options)];
    run([...dnf, "clean", "expire-cache"]);
    await runDownload([...dnf, "makecache"]);
    for (const repository of repositories) verifyMetadata(cache, repository);
    const redirected = addressesBehindMirrors(input);
    const answer =
      resolve === undefined
        ? () => {}
        : openAnswer({ tree, prefix, dnf, dnf5, cache, packages, repositories, redirected }, resolve);
    // dnf downloads everything before it installs anything, so it can run again.
    const hasGroups = packages.some((name) => name.startsWith("@"));
    const ifKilled = hasGroups
      ? "Debian 13's dnf crashes on groups: name packages, or use another build root"
      : undefined;
    await runDownload([...dnf, options.operation ?? "install", ...packages], { ifKilled });
    const format = "%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm\n";
    const installed = capture([...prefix, "rpm", `--root=${tree}`, "--query", "--all", `--queryformat=${format}`]);
    dropUnused(globSync(`${cache}/*/packages/*.rpm`), new Set(installed.split("\n")));
    answer();
  });
}

/** dnf 5 is another program than dnf. Distributions that have only dnf 5 call it dnf and yum, too. */
function isDnf5(program: string): boolean {
  const path = `/usr/bin/${program}`;
  return existsSync(path) && basename(realpathSync(path)) === "dnf5";
}

function refuseModules({ packages }: DnfOptions): void {
  const module = packages.find((name) => /^@[^:/]+:/.test(name));
  if (module === undefined) return;
  fail(
    `${module} is a module, which dnf 5 can't install: name its packages, or use a build root with dnf 4, such as ` +
      "Fedora 40's",
  );
}

function commonArguments(tree: string, { releasever, basearch }: DnfOptions): readonly string[] {
  return [
    `--installroot=${tree}`,
    `--config=${configuration}`,
    ...(releasever === undefined ? [] : [`--releasever=${releasever}`]),
    ...(basearch === undefined ? [] : [`--forcearch=${basearch}`]),
  ];
}

function mainSection(options: DnfOptions, repositories: readonly NamedRepository[], dnf5: boolean): string {
  const settings = {
    assumeyes: "1",
    excludepkgs: options.exclude_packages?.join(" "),
    fastestmirror: options.fastestmirror === false ? "0" : "1",
    install_weak_deps: options.install_weak_deps === false ? "0" : "1",
    keepcache: "1",
    logdir: "/tmp/dnf/log",
    // dnf must use the metadata that have been verified.
    metadata_expire: "-1",
    module_platform_id: options.module_platform_id,
    persistdir: "/tmp/dnf/persist",
    plugins: "0",
    protected_packages: "",
    rpmverbosity: options.verbosity,
    skip_if_unavailable: "0",
    ...(dnf5 ? dnf5Settings : { cachedir: cachePath }),
    // The build root's own repositories and variables must not count.
    ...(repositories.length === 0 ? {} : { reposdir: "", varsdir: "" }),
  };
  const lines = Object.entries(settings).map(([name, value]) => (value === undefined ? "" : `${name}=${value}\n`));
  return `[main]\n${lines.join("")}`;
}

/** The cache's path in the tree. */
const cachePath = "/tmp/dnf/cache";

const dnf5Settings = {
  // A newer configuration doesn't make the verified metadata old.
  check_config_file_age: "0",
  // The kernel that runs is not the tree's.
  protect_running_kernel: "0",
  system_cachedir: cachePath,
  // dnf 5's history, and why each package is installed.
  system_state_dir: "/tmp/dnf/state",
};

function verifyMetadata(cache: string, { id, repository: { checksum } }: NamedRepository): void {
  if (checksum === undefined) return;
  const index = readIndex(cacheDirectory(cache, id));
  if (matches(index, checksum)) return;
  fail(
    `repository ${id}: repomd.xml has the checksum sha256:${sha256(index)}, not ${checksum}: the repository has changed`,
  );
}

/** Makes a directory for this set of repositories, and drops those of sets that no build has used for long. */
function openCache(state: string, key: readonly unknown[]): string {
  const name = sha256(JSON.stringify(key)).slice(0, 16);
  mkdirSync(`${state}/${name}`, { recursive: true });
  utimesSync(`${state}/${name}`, new Date(), new Date());
  for (const other of readdirSync(state)) dropWhenOld(`${state}/${other}`);
  return `${state}/${name}`;
}
