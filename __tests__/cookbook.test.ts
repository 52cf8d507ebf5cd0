import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { buildOutput } from "../src/build/build.ts";
import { type ImageDisk, readDisk } from "../src/image/disk.ts";
import { loadPipeline, type PipelineNames } from "../src/pipeline/load.ts";
import { secretOf } from "../src/secrets/secret.ts";
import { exportOutput } from "../src/store/exports.ts";
import { createStore } from "../src/store/layout.ts";
import { aptRepositoryFiles, debPackage } from "./support/apt-repository.ts";
import { boot } from "./support/boot.ts";
import { farServer } from "./support/far-server.ts";
import { run } from "./support/run.ts";
import { scratch } from "./support/store.ts";

// Debian is installed three times: for the machines, which share a store, for the kiosk and for the container.
jest.setTimeout(15 * 60_000);

const root = resolve(import.meta.dirname, "..");
const folder = `${root}/samples/cookbook`;
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const variables: Readonly<Record<string, readonly { name: string; value: string }[]>> = {
  "edition.yaml": [{ name: "edition", value: "community" }],
};

let place: Awaited<ReturnType<typeof scratch>>;
beforeAll(async () => {
  place = await scratch();
});
afterAll(async () => {
  await place?.[Symbol.asyncDispose]();
});

const load = (name: string, more: Partial<PipelineNames> = {}) => {
  const rest = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined };
  const files = { pipeline: `${folder}/${name}`, libdirs: [root], variables: variables[name] ?? [], ...rest };
  return loadPipeline({ ...files, ...more }, new Set());
};

/** Builds a sample; returns its output's directory and the steps that ran. */
async function build(name: string, more?: Partial<PipelineNames>) {
  const layout = await createStore(`${place.path}/store`);
  const output = `${place.path}/${name}.out`;
  const ran: string[] = [];
  const lines: string[] = [];
  await buildOutput(
    await load(name, more),
    {
      layout,
      signal: new AbortController().signal,
      report(event) {
        if (event.type === "step-started") ran.push(event.step.name.replace("org.osbuild.", ""));
        if (event.type === "output") lines.push(...event.lines);
      },
    },
    (record) => exportOutput(layout, record, output),
  ).catch((error) => {
    throw new Error(lines.slice(-20).join("\n"), { cause: error });
  });
  return { output, ran };
}

/** An image as a raw disk, and what debugfs says of its partitions. */
async function rawDisk(image: string) {
  const path = `${place.path}/disk.raw`;
  run(["qemu-img", "convert", "-O", "raw", image, path]);
  const { partitions } = await readDisk(path);
  const debugfs = (number: number, request: string) =>
    run(["debugfs", "-R", request, `${path}?offset=${startOf(partitions, number)}`]);
  return { path, partitions, debugfs, [Symbol.dispose]: () => rmSync(path) };
}

const startOf = (partitions: ImageDisk["partitions"], number: number) =>
  partitions.find((partition) => partition.number === number)?.start ?? Number.NaN;

test.each(names)("%s is a valid pipeline without warnings, and the cookbook explains it", async (name) => {
  expect((await load(name)).warnings).toEqual([]);
  expect(readFileSync(`${root}/docs/cookbook.md`, "utf8")).toContain(`(../samples/cookbook/${name})`);
});

test("the container has a layer for the system and one for the program", async () => {
  const { output } = await build("container.yaml");
  const { history, config } = JSON.parse(run(["skopeo", "inspect", "--config", `oci-archive:${output}/server.tar`]));
  expect(history).toMatchObject([{ created_by: "org.osbuild.debootstrap" }, { created_by: "org.osbuild.copy" }]);
  expect(config.Entrypoint).toEqual(["/usr/local/bin/server"]);
});

test("the netboot image has a kernel, and an initrd that fetches the image", async () => {
  const { output } = await build("netboot.yaml");
  run(["unsquashfs", "-no-progress", "-dest", `${place.path}/node`, `${output}/node.squashfs`, "boot"]);
  const files = readdirSync(`${place.path}/node/boot`);
  const initrd = files.find((name) => name.startsWith("initrd.img-")) ?? "";
  expect(files).toContainEqual(expect.stringMatching(/^vmlinuz-/));
  // The names in a cpio archive end with a zero byte.
  const archive = run(["zstd", "-dc", `${place.path}/node/boot/${initrd}`]);
  for (const name of ["usr/bin/wget", "usr/lib/live/boot/9990-mount-http.sh"]) expect(archive).toContain(`${name}\0`);
});

test("the disks are built on the stages that all machines share", async () => {
  expect((await build("server.yaml")).ran).toEqual(["hostname", "fstab", "grub2", "copy", "systemd", "test", "qemu"]);
  expect((await build("edition.yaml")).ran).toEqual(["hostname", "fstab", "grub2", "copy", "motd", "qemu"]);
});

test("the kiosk starts its application as a user who can't log in, and no terminal asks for a login", async () => {
  const { output } = await build("kiosk.yaml");
  using disk = await rawDisk(`${output}/kiosk.qcow2`);
  const linkOf = (path: string) => /link dest: "(.*)"/.exec(disk.debugfs(1, `stat ${path}`))?.[1];
  const units = "/etc/systemd/system";
  expect(linkOf(`${units}/multi-user.target.wants/kiosk.service`)).toBe(`${units}/kiosk.service`);
  expect(disk.debugfs(1, `cat ${units}/kiosk.service`)).toContain("User=kiosk\n");
  expect(disk.debugfs(1, "cat /etc/group")).toMatch(/^video:.*:kiosk$/m);
  expect(disk.debugfs(1, "cat /etc/passwd")).toMatch(/^kiosk:x:1000:1000:.*:\/usr\/sbin\/nologin$/m);
  for (const path of ["cage", "foot", "Xwayland"].map((name) => `/usr/bin/${name}`))
    expect([path, disk.debugfs(1, `stat ${path}`)]).toEqual([path, expect.stringContaining("Type: regular")]);
  for (const name of ["getty@", "serial-getty@"]) expect(linkOf(`${units}/${name}.service`)).toBe("/dev/null");
});

test("a private repository's package is in the image, and its password isn't", async () => {
  const password = "8lynx-Panther";
  const package_ = await debPackage(place.path, "our-server", { files: { "usr/share/our-server": "ours\n" } });
  const { files, key } = aptRepositoryFiles("bookworm", [package_]);
  for (const [path, content] of files) {
    mkdirSync(dirname(`${place.path}/served${path}`), { recursive: true });
    writeFileSync(`${place.path}/served${path}`, content);
  }
  await using server = await farServer(`${place.path}/served`, `ci:${password}`);
  const { output, ran } = await build("private.yaml", {
    variables: [
      { name: "archive", value: server.url },
      { name: "key", value: key },
    ],
    secrets: new Map([["packages-password", secretOf(password)]]),
  });
  expect(ran).toEqual(["apt", "qemu"]);
  using disk = await rawDisk(`${output}/web.qcow2`);
  expect(disk.debugfs(1, "cat /usr/share/our-server")).toBe("ours\n");
  const has = (text: string) => spawnSync("grep", ["--quiet", "--text", "--fixed-strings", text, disk.path]).status;
  expect([has("Package: our-server"), has(password)]).toEqual([0, 1]);
});

test("the appliance boots the system that its other slot has got, and keeps it", async () => {
  const { output } = await build("appliance.yaml");
  const root = await build("appliance-root.yaml");
  expect(root.ran).toEqual(["rawfs"]);
  using disk = await rawDisk(`${output}/appliance.qcow2`);
  const { path, partitions } = disk;
  expect(partitions.map(({ name }) => name)).toEqual(["ESP", "root-a", "root-b", "data"]);
  expect(disk.debugfs(2, "cat /etc/hostname")).toBe("appliance\n");
  const slot = startOf(partitions, 3);
  run(["cmp", "--bytes=1048576", `--ignore-initial=${slot}:0`, path, "/dev/zero"]);

  // This is what `slot update` does in the system.
  run([
    ...["dd", `if=${root.output}/appliance-root.ext4`, `of=${path}`, "bs=1M", `seek=${slot}`, "oflag=seek_bytes"],
    ...["conv=notrunc,sparse", "status=none"],
  ]);
  const [esp, file, environment] = [`${path}@@${startOf(partitions, 1)}`, "::EFI/appliance/grubenv", `${path}.env`];
  run(["mcopy", "-i", esp, file, environment]);
  run(["grub-editenv", environment, "set", "trial=b"]);
  run(["mcopy", "-o", "-i", esp, environment, file]);
  const booted = await boot(path, { format: "raw", firmware: "UEFI" });
  expect(booted).toMatchObject({
    type: "passed",
    printed: expect.arrayContaining(["running=b", "active=b", "trial="]),
  });
});
