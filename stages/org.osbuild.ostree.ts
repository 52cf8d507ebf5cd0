import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, renameSync } from "node:fs";
import { redirect } from "./lib/downloads/mirrors.ts";
import { runDownload } from "./lib/downloads/run-download.ts";
import type { DownloadInput, OstreeRemote } from "./lib/downloads/sources.ts";
import { fileSystemId } from "./lib/filesystem-ids.ts";
import { fail, readStage, run } from "./lib/step.ts";
import { makeDirectory, readText } from "./lib/tree.ts";

interface Remote extends OstreeRemote {
  readonly name: string;
  readonly branches?: readonly string[];
}

interface Options {
  readonly commit: string;
  readonly osname: string;
  readonly ref?: string;
  readonly remotes?: readonly Remote[];
  readonly mounts?: readonly { readonly path: string; readonly mode?: number }[];
  readonly rootfs?: { readonly uuid: string } | { readonly label: string };
  readonly kernel_opts?: readonly string[];
  readonly populate_var?: boolean;
}

const { tree, options, sources, mirrors }: DownloadInput<Options> = await readStage<Options>();
const { commit, osname, ref = commit, remotes = [] } = options;
const sysroot = `--sysroot=${tree}`;
const repository = `--repo=${tree}/ostree/repo`;

process.umask(0o022);
run(["ostree", "admin", "init-fs", "--modern", tree]);
await pull(sources?.["org.osbuild.ostree"]?.commits[commit]?.remote ?? remotes[0]);
if (ref !== commit) run(["ostree", "refs", repository, `--create=${ref}`, commit]);
run(["ostree", "admin", "os-init", sysroot, osname]);
deploy();
const deployment = `${tree}/ostree/deploy/${osname}/deploy/${commit}.0`;
if (options.populate_var) populateVar();
run(["ostree", "config", repository, "set", "sysroot.readonly", "true"]);
label();
for (const remote of remotes) addRemote(repository, remote);

/** Pulls into a repository of its own, so that the remote's configuration stays out of the tree. */
async function pull(remote: OstreeRemote | undefined): Promise<void> {
  if (remote === undefined) fail(`${commit}: neither the sources nor the remotes say where to pull this commit from`);
  const temporary = "--repo=/tmp/ostree";
  run(["ostree", "init", temporary, "--mode=archive"]);
  const url = redirect(remote.url, mirrors);
  addRemote(temporary, { ...remote, name: "source", url });
  // Its own retries would be silent, and come on top of ours.
  await runDownload(["ostree", "pull", "--network-retries=0", temporary, "source", commit], { address: url });
  run(["ostree", "pull-local", repository, "/tmp/ostree", commit]);
}

function addRemote(repo: string, { name, url, branches = [], gpgkeys = [] }: Remote): void {
  const unsigned = gpgkeys.length === 0 ? ["--no-gpg-verify"] : [];
  run(["ostree", "remote", "add", repo, "--if-not-exists", ...unsigned, name, url, ...branches]);
  for (const key of gpgkeys) run(["ostree", "remote", "gpg-import", repo, "--stdin", name], { input: key });
}

function deploy(): void {
  const { rootfs, kernel_opts = [], mounts = [] } = options;
  const boot: typeof mounts = mounts.some(({ path }) => path === "/boot") ? [] : [{ path: "/boot" }];
  const points = [...boot, ...mounts].map(({ path, mode = 0o755 }) => {
    const point = makeDirectory(tree, path);
    chmodSync(point, mode);
    return point;
  });
  const root = rootOf(rootfs).map((source) => `--karg=root=${source}`);
  const more = kernel_opts.map((option) => `--karg-append=${option}`);
  run(["ostree", "admin", "deploy", sysroot, `--os=${osname}`, ...root, ...more, ref], {
    // By default ostree makes the deployment immutable. An image would lose this attribute, and it would be in the way.
    env: { OSTREE_SYSROOT_DEBUG: "mutable-deployments" },
  });
  for (const point of points) breakHardLinks(point);
}

/**
 * No hard link may lead from one of the image's file systems to another, nor from the repository to what is labelled.
 */
function breakHardLinks(directory: string): void {
  // With `recursive`, readdir follows links, and /boot/boot leads to /boot.
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const file = `${directory}/${entry.name}`;
    if (entry.isDirectory()) breakHardLinks(file);
    if (!entry.isFile() || lstatSync(file).nlink === 1) continue;
    run(["cp", "--no-dereference", "--preserve=mode,ownership,xattr", "--", file, `${file}.copy`]);
    renameSync(`${file}.copy`, file);
  }
}

/** The kernel's argument for the file system to boot from, if the options name one. */
function rootOf(rootfs: Options["rootfs"]): readonly string[] {
  if (rootfs === undefined) return [];
  if ("label" in rootfs) return [`LABEL=${rootfs.label}`];
  const uuid = fileSystemId(rootfs.uuid);
  return uuid === undefined ? [] : [`UUID=${uuid}`];
}

/** Fills /var as the system itself would at its first boot. */
function populateVar(): void {
  const state = `/ostree/deploy/${osname}/var`;
  for (const path of ["lib", "log"]) makeDirectory(tree, `${state}/${path}`);
  renameSync(`${deployment}/var`, `${deployment}/var.empty`);
  renameSync(`${tree}${state}`, `${deployment}/var`);
  const paths = ["home", "roothome", "lib/rpm", "opt", "srv", "usrlocal", "mnt", "media", "spool", "spool/mail"];
  const argv = ["--create", "--boot", `--root=${deployment}`, ...paths.map((path) => `--prefix=/var/${path}`)];
  const { error, status } = spawnSync("systemd-tmpfiles", argv, { stdio: "inherit" });
  // Exit code 65: lines were ignored that the build root can't interpret, such as those of unknown users.
  if (error !== undefined || (status !== 0 && status !== 65)) fail(`systemd-tmpfiles: ${error?.message ?? status}`);
  renameSync(`${deployment}/var`, `${tree}${state}`);
  renameSync(`${deployment}/var.empty`, `${deployment}/var`);
}

/** Labels the files that deploying has made. ostree does this by itself if the running kernel has SELinux. */
function label(): void {
  const policy = readText(deployment, "/etc/selinux/config")?.match(/^SELINUXTYPE=(\S+)/m)?.[1];
  if (policy === undefined) return;
  const contexts = `${deployment}/etc/selinux/${policy}/contexts/files/file_contexts`;
  const stateRoot = `${tree}/ostree/deploy/${osname}`;
  for (const [root, path] of [
    [tree, "boot"],
    [deployment, "etc"],
    [stateRoot, "var"],
  ]) {
    run(["setfiles", "-F", "-r", `${root}`, contexts, `${root}/${path}`]);
  }
}
