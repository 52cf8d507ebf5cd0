import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { fileSystemId } from "./lib/filesystem-ids.ts";
import { runDownload } from "./lib/run-download.ts";
import { type DownloadInput, type OstreeRemote, redirect } from "./lib/sources.ts";
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

/** By way of a repository of its own, so that what tells where it was from stays out of the tree. */
async function pull(remote: OstreeRemote | undefined): Promise<void> {
  if (remote === undefined) fail(`${commit}: neither the sources nor the remotes say where to pull this commit from`);
  const temporary = "--repo=/tmp/ostree";
  run(["ostree", "init", temporary, "--mode=archive"]);
  const url = redirect(remote.url, mirrors);
  addRemote(temporary, { ...remote, name: "source", url });
  await runDownload(["ostree", "pull", temporary, "source", commit], { address: url });
  run(["ostree", "pull-local", repository, "/tmp/ostree", commit]);
}

function addRemote(repo: string, { name, url, branches = [], gpgkeys = [] }: Remote): void {
  const unsigned = gpgkeys.length === 0 ? ["--no-gpg-verify"] : [];
  run(["ostree", "remote", "add", repo, "--if-not-exists", ...unsigned, name, url, ...branches]);
  for (const key of gpgkeys) run(["ostree", "remote", "gpg-import", repo, "--stdin", name], { input: key });
}

function deploy(): void {
  const { rootfs, kernel_opts = [], mounts = [] } = options;
  // No hard link may lead from one of the image's file systems to another, nor from the repository to what is labelled.
  const boot: typeof mounts = mounts.some(({ path }) => path === "/boot") ? [] : [{ path: "/boot" }];
  const points = [...boot, ...mounts].map(({ path, mode = 0o755 }) => {
    const point = makeDirectory(tree, path);
    chmodSync(point, mode);
    run(["mount", "--bind", point, point]);
    return point;
  });
  const root = rootOf(rootfs).map((source) => `--karg=root=${source}`);
  const more = kernel_opts.map((option) => `--karg-append=${option}`);
  run(["ostree", "admin", "deploy", sysroot, `--os=${osname}`, ...root, ...more, ref], {
    // The attribute that otherwise keeps the deployment from changes would not get into an image, but in the way.
    env: { OSTREE_SYSROOT_DEBUG: "mutable-deployments" },
  });
  for (const point of points.toReversed()) run(["umount", point]);
}

/** The kernel's name for the file system to boot from, if the options have one. */
function rootOf(rootfs: Options["rootfs"]): readonly string[] {
  if (rootfs === undefined) return [];
  if ("label" in rootfs) return [`LABEL=${rootfs.label}`];
  const uuid = fileSystemId(rootfs.uuid);
  return uuid === undefined ? [] : [`UUID=${uuid}`];
}

/** What the system itself would make of /var at its first boot. */
function populateVar(): void {
  const state = `/ostree/deploy/${osname}/var`;
  for (const path of ["lib", "log"]) makeDirectory(tree, `${state}/${path}`);
  run(["mount", "--bind", `${tree}${state}`, `${deployment}/var`]);
  const paths = ["home", "roothome", "lib/rpm", "opt", "srv", "usrlocal", "mnt", "media", "spool", "spool/mail"];
  const argv = ["--create", "--boot", `--root=${deployment}`, ...paths.map((path) => `--prefix=/var/${path}`)];
  const { error, status } = spawnSync("systemd-tmpfiles", argv, { stdio: "inherit" });
  // 65: lines were left out that the build root cannot make sense of, such as those of unknown users.
  if (error !== undefined || (status !== 0 && status !== 65)) fail(`systemd-tmpfiles: ${error?.message ?? status}`);
  run(["umount", `${deployment}/var`]);
}

/** What ostree does by itself where the running kernel has SELinux: what was made by deploying is as yet unlabelled. */
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
