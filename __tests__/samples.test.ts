import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { readDisk } from "../src/image/disk.ts";
import { firmwareOf } from "../src/image/firmware.ts";
import { boot } from "./support/boot.ts";
import { type JsonResult, osbuild, osbuildJson, type Surroundings, statuses } from "./support/osbuild.ts";
import { scratch, sh } from "./support/store.ts";

// Debian's packages are downloaded and installed twice for all tests of this file. The tests are in the order in which
// they fill the store that they share.
jest.setTimeout(15 * 60_000);

let path: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  const directory = await scratch();
  path = directory.path;
  remove = async () => directory[Symbol.asyncDispose]();
  cpSync(join(import.meta.dirname, "../samples"), `${path}/samples`, { recursive: true });
});
afterAll(() => remove());

/** Builds a sample, or a variant of one, into its own directory. */
const build = (name: string, surroundings: Partial<Surroundings> = {}): Promise<JsonResult> =>
  osbuildJson(["-o", `${name}.out`, `samples/${name}.json`], { cwd: path, ...surroundings });

/** Writes a variant of a sample. */
function vary(name: string, variant: string, from: string, to: string): void {
  const text = readFileSync(`${path}/samples/${name}.json`, "utf8");
  if (!text.includes(from)) throw new Error(`${name} doesn't say ${from}`);
  writeFileSync(`${path}/samples/${variant}.json`, text.replace(from, to));
}

const image = () => `${path}/debian-12.out/debian-12.qcow2`;
/** The image as a raw one, which e2fsprogs can read. */
const raw = () => `${path}/debian-12.raw`;
const fileSystem = () => `${raw()}?offset=${2048 * 512}`;
const sha256 = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
const contents = (archive: string) => sh('tar -tf "$1"', archive).split("\n");

const stages = ["debootstrap", "locale", "timezone", "hostname", "users", "copy", "systemd", "test"];
const all = (status: string, names: readonly string[]) => names.map((name) => `${name} ${status}`);

test("debian-12 is a compressed qcow2 image with one consistent file system", async () => {
  const built = await build("debian-12");
  expect(statuses(built)).toEqual(all("built", [...stages, "fstab", "grub2", "remove-uniqueness", "qemu"]));
  // Both the kernel's package and initramfs-tools ask for one.
  expect(built.stages[0]?.output.match(/Generating \/boot\/initrd\.img-/g)).toHaveLength(1);
  const info = JSON.parse(execFileSync("qemu-img", ["info", "--output=json", image()], { encoding: "utf8" }));
  expect(info).toMatchObject({
    format: "qcow2",
    "virtual-size": 2 ** 31,
    "format-specific": { data: { "compression-type": "zstd" } },
  });
  execFileSync("qemu-img", ["check", "-q", image()]);
  execFileSync("qemu-img", ["convert", "-O", "raw", image(), raw()]);
  expect(JSON.parse(sh('sfdisk --json "$1"', raw())).partitiontable).toMatchObject({
    label: "dos",
    id: "0x14fc63d2",
    partitions: [{ start: 2048, bootable: true }],
  });
  expect(sh('e2fsck -fn "$1" 2>&1', fileSystem())).toContain("Pass 5");
});

test("debian-12 boots until systemd reports that it is running; a failed unit or script fails the boot test", async () => {
  const unit = `${path}/broken.service`;
  writeFileSync(unit, "[Service]\nType=oneshot\nExecStart=/bin/false\n");
  const input = [
    `write ${unit} /etc/systemd/system/broken.service`,
    "symlink /etc/systemd/system/multi-user.target.wants/broken.service ../broken.service",
  ];
  execFileSync("debugfs", ["-w", "-f", "-", fileSystem()], { input: `${input.join("\n")}\n`, stdio: "pipe" });
  const script = `${path}/log-in`;
  writeFileSync(script, '#!/bin/sh\nssh -F "$BOOT_SSH_CONFIG" machine id -un\necho "cannot go on"\nexit 3\n', {
    mode: 0o755,
  });
  const evidence = mkdtempSync(`${path}/evidence-`);
  const [broken, whole] = await Promise.all([
    boot(raw(), { format: "raw", directory: evidence }),
    boot(image(), { script: { path: script, cwd: path, env: {}, onLine: () => undefined } }),
  ]);
  expect(broken).toMatchObject({
    type: "failed",
    why: "osbuild-test: failed script=0 system=degraded failed=broken.service",
  });
  expect(readFileSync(`${evidence}/console.txt`, "utf8")).toContain("debian login:");
  const picture = readFileSync(`${evidence}/screen.png`);
  expect(picture.toString("latin1", 1, 4)).toBe("PNG");
  expect(picture.readUInt32BE(16)).toBeGreaterThanOrEqual(640);
  expect(whole).toMatchObject({
    type: "failed",
    why: "log-in ended with exit code 3\nroot\ncannot go on",
    printed: [
      ...["active", "active", "", "osbuild-test: passed script=0 system=running failed=-"],
      "log-in ended with exit code 3",
    ],
  });
  rmSync(raw());
});

test("building again runs nothing and changes nothing", async () => {
  // Only the times of the last use may change.
  const everything = () =>
    sh(
      'cd "$1"; find debian-12.out .osbuild -type f -not -path "*/refs/*" -printf "%p %i %s %T@ %C@\\n" | LC_ALL=C sort',
      path,
    );
  const before = everything();
  expect(statuses(await build("debian-12")).every((status) => status.endsWith(" cached"))).toBe(true);
  expect(everything()).toBe(before);
});

test("a deleted output is restored from the store", async () => {
  const before = sha256(image());
  rmSync(`${path}/debian-12.out`, { recursive: true });
  expect(statuses(await build("debian-12")).every((status) => status.endsWith(" cached"))).toBe(true);
  expect(sha256(image())).toBe(before);
});

test("debian-12-tar contains the same system", async () => {
  expect(statuses(await build("debian-12-tar"))).toEqual([
    ...all("cached", stages),
    ...all("built", ["remove-uniqueness", "tar"]),
  ]);
  const archive = `${path}/debian-12-tar.out/debian-12.tar.zst`;
  expect(contents(archive)).toEqual(
    expect.arrayContaining(["./etc/sudoers.d/admin", "./home/admin/.ssh/authorized_keys"]),
  );
  expect(sh('tar -xOf "$1" ./etc/hostname', archive)).toBe("debian\n");
});

test("debian-12-rawfs is a consistent file system", async () => {
  expect(statuses(await build("debian-12-rawfs"))).toEqual([
    ...all("cached", [...stages, "fstab"]),
    ...all("built", ["remove-uniqueness", "rawfs"]),
  ]);
  const file = `${path}/debian-12-rawfs.out/debian-12.ext4`;
  expect(sh('e2fsck -fn "$1" 2>&1', file)).toContain("Pass 5");
  expect(sh('dumpe2fs -h "$1" 2>&1', file)).toMatch(/UUID: +2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e/);
  expect(statSync(file).size).toBe(2 ** 30);
});

test("debian-12-uefi boots with UEFI alone, from a GPT", async () => {
  const built = await build("debian-12-uefi");
  expect(statuses(built)).toEqual([
    ...all("cached", stages),
    ...all("built", ["apt", "fstab", "grub2", "remove-uniqueness", "qemu"]),
  ]);
  const file = `${path}/debian-12-uefi.out/debian-12-uefi.qcow2`;
  expect(firmwareOf(await readDisk(file))).toBe("UEFI");
  expect(await boot(file, { firmware: "UEFI" })).toMatchObject({ type: "passed" });
  const again = await osbuild(["-o", "debian-12-uefi.out", "samples/debian-12-uefi.json"], { cwd: path });
  expect(again.stdout).toContain(
    "boot it: qemu-system-x86_64 -cpu max -m 1024 -nographic -bios /usr/share/ovmf/OVMF.fd -drive",
  );
});

test("debian-12-secure-boot boots with Secure Boot and a TPM, and an image whose loader isn't signed doesn't", async () => {
  const built = await build("debian-12-secure-boot");
  expect(statuses(built)).toEqual([
    ...all("cached", stages.slice(0, -1)),
    ...all("built", ["test", "apt", "fstab", "grub2", "remove-uniqueness", "qemu"]),
  ]);
  const script = `${path}/see-hardware`;
  const variable = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
  const look = `test -c /dev/tpm0; cat /sys/class/tpm/tpm0/tpm_version_major; od -An -tu1 -j4 ${variable}`;
  writeFileSync(script, `#!/bin/sh -eu\nssh -F "$BOOT_SSH_CONFIG" machine 'set -e; ${look}'\n`, { mode: 0o755 });
  const lines: string[] = [];
  const hear = { path: script, cwd: path, env: {}, onLine: (line: string) => void lines.push(line.trim()) };
  const machine = { firmware: "UEFI with Secure Boot", tpm: true } as const;
  const [signed, unsigned] = await Promise.all([
    boot(`${path}/debian-12-secure-boot.out/debian-12-secure-boot.qcow2`, { ...machine, script: hear }),
    boot(`${path}/debian-12-uefi.out/debian-12-uefi.qcow2`, machine),
  ]);
  expect(signed).toMatchObject({ type: "passed", printed: expect.arrayContaining(["SecureBoot enabled"]) });
  expect(lines).toEqual(["2", "1"]);
  expect(unsigned).toMatchObject({
    type: "failed",
    why: expect.stringMatching(/the firmware doesn't start the image's boot loader, .*: Access Denied\)$/),
  });
});

test("a changed host name in the middle reruns that stage and everything after it", async () => {
  vary("debian-12-tar", "renamed", '"hostname": "debian"', '"hostname": "renamed"');
  expect(statuses(await build("renamed"))).toEqual([
    ...all("cached", stages.slice(0, 3)),
    ...all("built", [...stages.slice(3), "remove-uniqueness", "tar"]),
  ]);
});

test("on-base builds on the tree of base", async () => {
  const base = await osbuildJson(["samples/base.json"], { cwd: path });
  const onBase = await build("on-base");
  expect(JSON.parse(readFileSync(`${path}/samples/on-base.json`, "utf8")).base).toBe(base.tree_id);
  expect(statuses(onBase)).toEqual(all("built", ["hostname", "timezone", "tar"]));
  const archive = `${path}/on-base.out/on-base.tar.gz`;
  expect(contents(archive)).toEqual(expect.arrayContaining(["./etc/debian_version", "./etc/default/locale"]));
  expect(sh('tar -xOf "$1" ./etc/hostname', archive)).toBe("on-base\n");
});

test("changed options of the last stage rerun that stage and the assembler", async () => {
  vary("on-base", "elsewhere", '"zone": "UTC"', '"zone": "Europe/Berlin"');
  expect(statuses(await build("elsewhere"))).toEqual(["hostname cached", "timezone built", "tar built"]);
});

test("with-build runs its stages in a tree that it builds first", async () => {
  expect(statuses(await build("with-build"))).toEqual(["copy built", "tar built"]);
  const archive = `${path}/with-build.out/network.tar.gz`;
  expect(sh('tar -xOf "$1" ./etc/systemd/network/dhcp.network', archive)).toContain("DHCP=yes");
});

test("the container that `osbuild init` starts builds at once", async () => {
  const cwd = `${path}/started`;
  mkdirSync(cwd);
  const { stdout } = await osbuild(["init", "--template", "container"], { cwd });
  const [, words = ""] = /^build it: osbuild (.*)$/m.exec(stdout) ?? [];
  const built = await osbuildJson(["--store", `${path}/.osbuild/store`, ...words.split(" ")], { cwd });
  expect(statuses(built)).toEqual(["debootstrap built", "oci-archive built"]);
  expect(contents(`${cwd}/output/container.tar`)).toEqual(expect.arrayContaining(["./index.json", "./oci-layout"]));
});

test("noop has no result", async () => {
  expect(statuses(await build("noop"))).toEqual(["noop built", "noop built"]);
  expect(readdirSync(`${path}/noop.out`)).toEqual([]);
});

// Fedora's packages are only at Fedora's own mirrors, which tests don't use; __tests__/cli/init.test.ts has its plan. It also
// has that of the Raspberry Pi: in an emulator, the trees for arm64 take a quarter of an hour each.
test("every sample is built in this file, except Fedora's and those for arm64", () => {
  const samples = readdirSync(join(import.meta.dirname, "../samples")).filter((name) => name.endsWith(".json"));
  const others = ["base.json", "container.json", "debian-12-arm64.json", "fedora.json", "raspberry-pi.json"];
  expect(samples.filter((name) => !existsSync(`${path}/${name.replace(".json", ".out")}`))).toEqual(others);
});

test("the bits are the same elsewhere, later and in another environment", async () => {
  const other = `${path}/a/directory elsewhere`;
  mkdirSync(other, { recursive: true });
  cpSync(`${path}/samples`, `${other}/samples`, { recursive: true });
  // Only downloads are kept, which are checked against the mirror's signed index.
  cpSync(`${path}/.osbuild/store/state`, `${other}/.osbuild/store/state`, { recursive: true });
  const surroundings = {
    cwd: other,
    env: {
      ...process.env,
      TZ: "Pacific/Kiritimati",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
      HOME: "/nonexistent",
    },
    prefix: [
      ...["unshare", "--uts", "taskset", "--cpu-list", "0"],
      ...["sh", "-c", 'hostname elsewhere; umask 077; exec "$@"', "sh"],
    ],
  };
  // In this order the image is made from stored layers; the first was made from layers that weren't packed.
  for (const name of ["debian-12-tar", "debian-12"]) {
    const built = await build(name, surroundings);
    expect(built.output_id).toBe((await build(name)).output_id);
    const objects = (store: string) =>
      [...built.stages, ...(built.assembler === undefined ? [] : [built.assembler])].map(
        ({ id, name }) =>
          `${name} ${JSON.parse(readFileSync(`${store}/.osbuild/store/refs/${id}.json`, "utf8")).object}`,
      );
    // The archive may have moved on since the first was built, which then is built again of what there is now.
    if (objects(other)[0] !== objects(path)[0])
      await osbuildJson(["--refresh", "debootstrap", "-o", `${name}.out`, `samples/${name}.json`], { cwd: path });
    expect(objects(other)).toEqual(objects(path));
    expect(files(`${other}/${name}.out`)).toEqual(files(`${path}/${name}.out`));
  }
  expect(await osbuild(["store", "verify"], { cwd: other })).toMatchObject({ code: 0 });
});

const files = (directory: string) => readdirSync(directory).map((name) => [name, sha256(`${directory}/${name}`)]);
