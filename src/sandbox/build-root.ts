import { copyFileSync, existsSync, mkdirSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { kernelPoints, runPoint, temporaryPoints } from "../../stages/lib/mount-points.ts";
import { hasCode } from "../errors.ts";
import type { Mount } from "../host/mounts.ts";
import { machineId } from "./container.ts";

/**
 * The few files of the host's /etc that tools need. None of them is secret or configures a mirror, a proxy or a
 * repository.
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
 * Makes a build root from the host's /usr in `directory`, which is empty, and returns the mounts that it needs. It does
 * so at once: with a thread's turn for each of sixty small files it would take as long as starting a container.
 */
export function hostBuildRoot(directory: string): readonly Mount[] {
  makeMountPoints(directory);
  mkdirSync(`${directory}/usr`);
  for (const link of ["bin", "sbin", "lib", "lib32", "lib64", "libx32"]) {
    const target = readLink(`/${link}`);
    if (target !== undefined) symlinkSync(target, `${directory}/${link}`);
  }
  symlinkSync("../usr/lib/os-release", `${directory}/etc/os-release`);
  // apt warns if the directory is missing.
  mkdirSync(`${directory}/etc/apt/apt.conf.d`, { recursive: true });
  writeFileSync(`${directory}/etc/passwd`, accounts.passwd);
  writeFileSync(`${directory}/etc/group`, accounts.group);
  writeFileSync(`${directory}/etc/nsswitch.conf`, "passwd: files\ngroup: files\nhosts: files dns\n");
  writeFileSync(`${directory}/etc/hosts`, "127.0.0.1 localhost osbuild\n::1 localhost\n");
  const mounts: Mount[] = [bind("/usr", `${directory}/usr`)];
  for (const name of hostEtc) {
    const source = `/etc/${name}`;
    if (!existsSync(source)) continue;
    const target = `${directory}/etc/${name}`;
    if (statSync(source).isDirectory()) {
      mkdirSync(target, { recursive: true });
      mounts.push(bind(source, target));
    } else {
      copyFileSync(source, target);
    }
  }
  return mounts;
}

/**
 * Makes a container's mount points in `directory`, which is empty. Laid over a build tree, it makes the tree a build
 * root: a read-only root can't get mount points later.
 */
export function makeMountPoints(directory: string): void {
  const points = ["etc", "root", "var", ...kernelPoints, runPoint, ...temporaryPoints];
  for (const point of points) mkdirSync(`${directory}/${point}`);
  writeFileSync(`${directory}/etc/machine-id`, `${machineId}\n`);
  writeFileSync(`${directory}/etc/resolv.conf`, "");
}

const bind = (source: string, target: string): Mount => ({ type: "none", source, target, options: ["rbind", "ro"] });

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "EINVAL")) return undefined;
    throw error;
  }
}
