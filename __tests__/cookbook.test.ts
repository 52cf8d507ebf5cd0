import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { buildOutput } from "../src/build/build.ts";
import { loadPipeline } from "../src/pipeline/load.ts";
import { exportOutput } from "../src/store/exports.ts";
import { createStore } from "../src/store/layout.ts";
import { run } from "./support/run.ts";
import { scratch } from "./support/store.ts";

// Debian is installed twice: for the machines, which share a store, and for the container.
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

const load = (name: string) => {
  const rest = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined };
  const files = { pipeline: `${folder}/${name}`, libdirs: [root], variables: variables[name] ?? [], ...rest };
  return loadPipeline(files, new Set());
};

/** Builds a sample; returns its output's directory and the steps that ran. */
async function build(name: string) {
  const layout = await createStore(`${place.path}/store`);
  const output = `${place.path}/${name}.out`;
  const ran: string[] = [];
  const lines: string[] = [];
  await buildOutput(
    await load(name),
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
