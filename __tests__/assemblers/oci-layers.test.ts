import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildOutput } from "../../src/build/build.ts";
import { loadPipeline } from "../../src/pipeline/load.ts";
import { exportOutput } from "../../src/store/exports.ts";
import { createStore } from "../../src/store/layout.ts";
import { readRef } from "../../src/store/refs.ts";
import { run } from "../support/run.ts";
import { listing, openStore, scratch } from "../support/store.ts";
import { digest } from "./trees.ts";

const root = resolve(import.meta.dirname, "../..");

/** A stage runs the script of its options in the tree. */
const shell = `#!/bin/bash
set -euo pipefail
script=$(jq --raw-output .options.script)
cd /run/osbuild/tree
eval "$script"
`;

/** A machine with a store. */
async function machine(parent?: string) {
  const directory = await scratch(parent);
  const { path } = directory;
  mkdirSync(`${path}/lib/stages`, { recursive: true });
  for (const name of ["test.shell", "test.other"]) {
    writeFileSync(`${path}/lib/stages/${name}`, shell, { mode: 0o755 });
    writeFileSync(`${path}/lib/stages/${name}.meta.json`, '{"id": false}');
  }
  const layout = await createStore(`${path}/store`);
  /** Builds a container of what these scripts make, one in each stage. */
  async function build(scripts: readonly string[], lastStage = "test.shell") {
    const stages = scripts.map((script, index) => ({
      name: index === scripts.length - 1 ? lastStage : "test.shell",
      options: { script },
    }));
    const assembler = {
      name: "org.osbuild.oci-archive",
      options: {
        filename: "image.tar",
        architecture: "x86_64",
        config: { Cmd: ["/bin/busybox", "cat", "/etc/said"] },
        layers: true,
      },
    };
    writeFileSync(`${path}/p.json`, JSON.stringify({ stages, assembler }));
    const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined, variables: [] };
    const libdirs = [`${path}/lib`, root];
    const pipeline = await loadPipeline({ pipeline: `${path}/p.json`, libdirs, ...names }, new Set());
    const log: string[] = [];
    const output = mkdtempSync(`${path}/output-`);
    await buildOutput(
      pipeline,
      {
        layout,
        report: (event) => event.type === "output" && log.push(...event.lines),
        signal: new AbortController().signal,
      },
      (record) => exportOutput(layout, record, output),
    ).catch((error) => {
      throw new Error(log.join("\n"), { cause: error });
    });
    const tree = await readRef(layout, pipeline.treeId as string);
    return { archive: `${output}/image.tar`, layers: (tree?.layers ?? []).map((object) => ({ object })) };
  }
  return { path, build, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };
}

const inspect = (archive: string) => ({
  layers: JSON.parse(run(["skopeo", "inspect", `oci-archive:${archive}`])).Layers as readonly string[],
  history: JSON.parse(run(["skopeo", "inspect", "--config", `oci-archive:${archive}`])).history,
});

const system = `
  mkdir -p bin etc usr/share/{doc,kept} var/odd opt/{old/deep,type} srv/moved/below
  cp /bin/busybox bin; echo first > etc/said; echo kept > usr/share/kept/a
  for name in one two; do echo $name > usr/share/doc/$name; echo $name > srv/moved/below/$name; done
  echo linked > etc/a; ln etc/a etc/b; ln etc/a var/c
  touch opt/old/deep/file opt/type/file opt/gone $'var/odd/line\\nbreak' 'var/odd/-C' $'var/odd/\\xff'
  mknod var/null c 1 3; mkfifo var/fifo; ln -s ../etc/said var/link
  setfacl -m u:4242:r etc/said; setfacl -m d:g:17:rwx var; setfattr -n user.note -v x bin/busybox; echo ping > bin/ping; setcap cap_net_raw+ep bin/ping
  chown 7:8 opt; chmod 2751 opt`;

/** Everything that a stage can do to what another left. */
const changes = [
  `rm -r usr/share/doc opt/gone var/null; mkdir usr/share/doc; echo three > usr/share/doc/three
   rm -r opt/type; echo now a file > opt/type; rm var/link; mkdir var/link; touch var/link/in
   mv srv/moved srv/here; rm $'var/odd/line\\nbreak' $'var/odd/\\xff'`,
  "true",
  "echo changed > etc/a; rm etc/b; ln etc/a etc/new; setfacl -m u:1:rw etc/a; chmod 700 usr/share/kept",
  "rm -r opt/old; mkdir opt/old; echo second > etc/said; touch -d @1000000000 etc",
];

const scripts = [system, ...changes];
let here: Awaited<ReturnType<typeof machine>>;
let archive: string;
let layers: readonly { readonly object: string }[];
beforeAll(async () => {
  here = await machine();
  ({ archive, layers } = await here.build(scripts));
}, 60_000);
afterAll(async () => {
  await here?.[Symbol.asyncDispose]();
});

test("each stage that changed something is a layer, and container tools unpack and run the tree", async () => {
  const image = inspect(archive);
  const entry = { created: "2026-01-01T00:00:00Z", created_by: "test.shell" };
  expect([image.layers.length, image.history]).toEqual([4, [entry, entry, entry, entry]]);

  const { path } = here;
  // Copying verifies each layer, before and after it is unpacked.
  run(["skopeo", "copy", "--dest-decompress", `oci-archive:${archive}`, `dir:${path}/plain`]);
  run(["skopeo", "copy", `oci-archive:${archive}`, `oci:${path}/layout:image`]);
  run(["umoci", "unpack", "--image", `${path}/layout:image`, `${path}/bundle`]);
  await using store = await openStore(`${path}/store`);
  expect(listing(`${path}/bundle/rootfs`)).toBe(await store.see(layers, listing));

  const configuration = `${path}/bundle/config.json`;
  const bundle = JSON.parse(readFileSync(configuration, "utf8"));
  bundle.process.terminal = false;
  writeFileSync(configuration, JSON.stringify(bundle));
  const runc = ["runc", "--root", `${path}/state`, "run", "--bundle", `${path}/bundle`];
  expect(run([...runc, `layers-${process.pid}`])).toBe("second\n");
});

test("a change of the last stage changes the last layer alone", async () => {
  const [first, second] = [
    inspect(archive).layers,
    inspect((await here.build([...scripts.slice(0, -1), "echo other > etc/said"])).archive).layers,
  ];
  expect(second.slice(0, -1)).toEqual(first.slice(0, -1));
  expect(second.at(-1)).not.toBe(first.at(-1));
});

test("the image is the same on another file system, and another if its history is", async () => {
  await using there = await machine("/dev/shm");
  expect(digest((await there.build(scripts)).archive)).toBe(digest(archive));
  // The tree holds the same, so without layers the image would come from the store.
  const other = await here.build(scripts, "test.other");
  expect(inspect(other.archive).layers).toEqual(inspect(archive).layers);
  expect(inspect(other.archive).history.at(-1).created_by).toBe("test.other");
});

test("names that mean something else in a layer are refused", async () => {
  await expect(here.build([system, "touch etc/.wh.said"])).rejects.toThrow(
    "a container's layer can't express a name that begins with .wh.: /etc/.wh.said. Leave the file out, or set \"layers\" to false",
  );
  const long = "x".repeat(252);
  await expect(here.build([`touch ${long}`, `rm ${long}`])).rejects.toThrow(
    `the deletion of a name of more than 251 bytes: /${long}`,
  );
});
