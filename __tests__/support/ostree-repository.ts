import { execFileSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { type LocalServer, serve } from "./local-server.ts";
import { skeleton } from "./skeleton.ts";

export interface OstreeRepository extends AsyncDisposable {
  readonly url: string;
  /** The commit of the branch test/os, which is always the same. */
  readonly commit: string;
  /** The armored public key of the commit's signature. */
  readonly key: string;
  /** A key that nothing is signed with. */
  readonly otherKey: string;
  /** Failures of a path before it succeeds. */
  readonly faults: LocalServer["faults"];
}

/** A commit of a small system, in a repository that is served on this machine. */
export async function ostreeRepository(): Promise<OstreeRepository> {
  const source = await skeleton({
    "/ostree": { link: "sysroot/ostree" },
    "/sysroot": null,
    "/boot": null,
    "/var": null,
    "/usr/etc/motd": "welcome\n",
    "/usr/etc/selinux/config": "SELINUX=enforcing\nSELINUXTYPE=targeted\n",
    "/usr/etc/selinux/targeted/policy/policy.33": "",
    "/usr/etc/selinux/targeted/contexts/files/file_contexts": "/.*    system_u:object_r:test_t:s0\n",
    "/usr/lib/os-release": "ID=test\nPRETTY_NAME=Test\n",
    "/usr/lib/modules/5.0/vmlinuz": "kernel",
    "/usr/lib/modules/5.0/initramfs.img": "initramfs",
    "/usr/lib/tmpfiles.d/var.conf": "d /var/home 0751 0 0 -\nd /var/cache/other 0755 0 0 -\n",
  });
  // The mode must not depend on the umask.
  execFileSync("chmod", ["--recursive", "u=rwX,go=rX", source.path]);
  const repository = `${source.outside}/repository`;
  const home = `${source.outside}/gnupg`;
  await mkdir(home, { mode: 0o700 });
  const [key, otherKey] = [makeKey(home, "tester"), makeKey(home, "stranger")];
  ostree("init", `--repo=${repository}`, "--mode=archive");
  const commit = ostree(
    ...["commit", `--repo=${repository}`, "--branch=test/os", `--tree=dir=${source.path}`],
    // A host with SELinux labels new files.
    ...["--timestamp=@1500000000", "--no-xattrs"],
    ...[`--gpg-homedir=${home}`, `--gpg-sign=${key.id}`],
  );
  execFileSync("gpgconf", [`--homedir=${home}`, "--kill", "all"]);
  const server = await serve((path) => readFile(repository + path).catch(() => undefined));
  return {
    url: server.url,
    commit,
    key: key.text,
    otherKey: otherKey.text,
    faults: server.faults,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await source[Symbol.asyncDispose]();
    },
  };
}

const ostree = (...args: readonly string[]) => execFileSync("ostree", args, { encoding: "utf8" }).trim();

function makeKey(home: string, name: string) {
  const gpg = (...args: readonly string[]) =>
    execFileSync("gpg", [`--homedir=${home}`, "--batch", "--quiet", ...args], { encoding: "utf8" });
  gpg("--passphrase", "", "--quick-gen-key", name, "rsa2048", "sign", "never");
  const id = gpg("--list-keys", "--with-colons", name).match(/^fpr:+(\w+):/m)?.[1];
  return { id, text: gpg("--armor", "--export", name) };
}
