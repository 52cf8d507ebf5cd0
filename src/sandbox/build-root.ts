import { existsSync } from "node:fs";
import { cp, mkdir, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import type { Mount } from "../host/mounts.ts";
import { machineId } from "./container.ts";

/**
 * The few things of the host's /etc that tools can't do without. No configuration that names a mirror, a proxy or a
 * repository, and nothing secret.
 */
const hostEtc = [
  "alternatives",
  "ca-certificates",
  "ca-certificates.conf",
  "crypto-policies",
  "ld.so.cache",
  "ld.so.conf",
  "ld.so.conf.d",
  "login.defs",
  "mke2fs.conf",
  "perl",
  "pki/ca-trust",
  "pki/tls/cert.pem",
  "pki/tls/certs",
  "pki/tls/openssl.cnf",
  "protocols",
  "python3",
  "services",
  "ssl/certs",
  "xattr.conf",
];

const accounts = {
  passwd:
    "root:x:0:0:root:/root:/bin/sh\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
  group: "root:x:0:\ntty:x:5:\ndisk:x:6:\nnogroup:x:65534:\n",
};

/**
 * Makes a build root out of the host's /usr, in `directory`, which is empty, and returns the mounts it needs.
 */
export async function hostBuildRoot(directory: string): Promise<readonly Mount[]> {
  await makeMountPoints(directory);
  await mkdir(`${directory}/usr`);
  for (const link of ["bin", "sbin", "lib", "lib32", "lib64", "libx32"]) {
    const target = await readLink(`/${link}`);
    if (target !== undefined) await symlink(target, `${directory}/${link}`);
  }
  await symlink("../usr/lib/os-release", `${directory}/etc/os-release`);
  // apt warns where there is none.
  await mkdir(`${directory}/etc/apt/apt.conf.d`, { recursive: true });
  await writeFile(`${directory}/etc/passwd`, accounts.passwd);
  await writeFile(`${directory}/etc/group`, accounts.group);
  await writeFile(`${directory}/etc/nsswitch.conf`, "passwd: files\ngroup: files\nhosts: files dns\n");
  await writeFile(`${directory}/etc/hosts`, "127.0.0.1 localhost osbuild\n::1 localhost\n");
  const mounts: Mount[] = [bind("/usr", `${directory}/usr`)];
  for (const name of hostEtc) {
    const source = `/etc/${name}`;
    if (!existsSync(source)) continue;
    const target = `${directory}/etc/${name}`;
    if ((await stat(source)).isDirectory()) {
      await mkdir(target, { recursive: true });
      mounts.push(bind(source, target));
    } else {
      await cp(source, target, { dereference: true });
    }
  }
  return mounts;
}

/**
 * What lies over a build tree to make it a build root, in `directory`, which is empty: a read-only root can't be
 * given a mount point afterwards.
 */
export async function makeMountPoints(directory: string): Promise<void> {
  const points = ["dev", "etc", "proc", "root", "run", "sys", "tmp", "var", "var/tmp"];
  for (const point of points) await mkdir(`${directory}/${point}`);
  await writeFile(`${directory}/etc/machine-id`, `${machineId}\n`);
  await writeFile(`${directory}/etc/resolv.conf`, "");
}

const bind = (source: string, target: string): Mount => ({ type: "none", source, target, options: ["rbind", "ro"] });

async function readLink(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "EINVAL")) return undefined;
    throw error;
  }
}
