import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const checkout = resolve(import.meta.dirname, "../..");

export interface FreshRoot extends Disposable {
  readonly path: string;
  /** Runs a shell command in a clean checkout inside, and returns its output. A failure throws the end of that. */
  run(command: string): Promise<string>;
}

/**
 * A Debian with only apt and these packages, and a clean checkout in /checkout. Its programs run with their own mounts
 * and processes, and may mount and start containers. Everything that they leave running ends with each command.
 */
export function freshRoot(suite: string, packages: readonly string[]): FreshRoot {
  if (process.getuid?.() !== 0) throw new Error("this test makes a Debian and needs root: sudo npm test");
  // The root isn't on a tmpfs, because it contains the store.
  const path = mkdtempSync("/var/tmp/fresh-root-");
  // An ordinary Debian has mount, although it isn't essential.
  const include = [`--include=${["mount", ...packages].join(",")}`];
  const options = ['--aptopt=APT::Install-Recommends "false"', "--dpkgopt=force-unsafe-io"];
  // The lists are kept, because a machine in use has some.
  const argv = ["--quiet", "--mode=root", "--variant=apt", "--skip=cleanup/apt/lists", ...include, ...options];
  const made = spawnSync("mmdebstrap", [...argv, suite, path], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`mmdebstrap: exit code ${made.status}\n${made.stderr}`);
  cpSync("/etc/resolv.conf", `${path}/etc/resolv.conf`, { dereference: true });
  writeFileSync(`${path}/etc/hosts`, "127.0.0.1 localhost\n");
  copyCheckout(`${path}/checkout`);
  const env = networkOf(path);
  return {
    path,
    run: (command) => runInside(path, [...env, "sh", "-c", command]),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

/** The variables that this machine needs to reach npm's registry, if any. Its own certificate is copied. */
function networkOf(path: string): readonly string[] {
  const names = ["http_proxy", "https_proxy", "no_proxy", "npm_config_registry"];
  const passed = names.flatMap((name) => (process.env[name] === undefined ? [] : `${name}=${process.env[name]}`));
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  if (certificates === undefined) return passed;
  cpSync(certificates, `${path}/etc/extra-ca-certificates.crt`, { dereference: true });
  return [...passed, "npm_config_cafile=/etc/extra-ca-certificates.crt"];
}

function copyCheckout(to: string): void {
  const listed = spawnSync("git", ["-c", "safe.directory=*", "ls-files", "-z"], { cwd: checkout, encoding: "utf8" });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  for (const file of listed.stdout.split("\0").filter((name) => name !== "")) {
    mkdirSync(dirname(`${to}/${file}`), { recursive: true });
    cpSync(`${checkout}/${file}`, `${to}/${file}`, { verbatimSymlinks: true });
  }
}

const inside = `
set -e
mount --bind "$1" "$1"
cd "$1"
shift
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mkdir -p old
pivot_root . old
umount --lazy /old
cd /checkout
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
`;

async function runInside(path: string, argv: readonly string[]) {
  const unshare = ["unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child"];
  const [program = "", ...args] = [...unshare, "sh", "-c", inside, "sh", path, ...argv];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const { promise, resolve: ended, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject).on("close", ended);
  const code = await promise;
  if (code !== 0) throw new Error(`exit code ${code}\n${output.slice(-6000)}`);
  return output;
}
