import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { type JsonResult, osbuild, osbuildJson, type Surroundings, statuses } from "./support/osbuild.ts";
import { scratch, sh } from "./support/store.ts";

const libdir = resolve(import.meta.dirname, "../samples/own-stages");

/** The same pipeline in each language, and split over files. */
const files = {
  "kiosk.json": `{
    "stages": [
      {"name": "com.example.motd", "options": {"text": "Welcome,\\n\\"visitor\\""}},
      {"name": "com.example.hosts", "options": {"hosts": {"database": "10.0.0.2", "cache": "10.0.0.3"}}},
      {"name": "org.osbuild.copy", "options": {"paths": [{"from": "motd", "to": "/a"}, {"from": "motd", "to": "/b"}]}},
      {"name": "com.example.release", "options": {"version": "1.10", "name": "no"}, "timeout": 60.0}
    ],
    "assembler": {"name": "org.osbuild.tar", "options": {"filename": "kiosk.tar"}},
    "source-epoch": 1700000000
  }`,
  "kiosk.jsonc": `// A kiosk.
  {
    "stages": [
      {"name": "com.example.motd", "options": {"text": "Welcome,\\n\\"visitor\\"",},}, // for visitors
      {"name": "com.example.hosts", "options": {"hosts": {"database": "10.0.0.2", "cache": "10.0.0.3"}}},
      {"name": "org.osbuild.copy", "options": {"paths": [{"from": "motd", "to": "/a"}, {"from": "motd", "to": "/b"}]}},
      /* {"name": "com.example.other"}, */
      {"name": "com.example.release", "options": {"version": "1.10", "name": "no"}, "timeout": 60.0},
    ],
    "assembler": {"name": "org.osbuild.tar", "options": {"filename": "kiosk.tar"}},
    "source-epoch": 1700000000
  }`,
  "kiosk.yaml": `# A kiosk.
stages:
  - name: com.example.motd
    options:
      text: |-
        Welcome,
        "visitor"
  - name: com.example.hosts
    options:
      hosts: { database: 10.0.0.2, cache: 10.0.0.3 }
  - name: org.osbuild.copy
    options:
      paths:
        - &motd { from: motd, to: /a }
        - { <<: *motd, to: /b }
  - name: com.example.release
    options: { version: "1.10", name: no }
    timeout: 60.0
assembler:
  name: org.osbuild.tar
  options: { filename: kiosk.tar }
source-epoch: 1700000000
`,
  "split.yaml": `include: [parts/base.json, parts/motd.yaml]
variables: { name: no }
changes:
  - drop: release
  - replace: hosts
    with:
      - name: com.example.hosts
        options: { hosts: { database: 10.0.0.2, cache: 10.0.0.3 } }
stages:
  - name: com.example.release
    options: { version: "1.\${minor}", name: "\${name}" }
    timeout: \${timeout}
source-epoch: 1700000000
`,
  "parts/base.json": `{
    "variables": {
      "name": {"type": "string", "description": "The name of the kiosk."},
      "minor": {"default": 10}, "timeout": {"type": "number", "default": 5},
    },
    "stages": [
      {"name": "com.example.motd", "options": {"text": "Welcome,\\n\\"visitor\\""}},
      {"as": "hosts", "name": "com.example.hosts", "options": {"hosts": {}}},
      {"as": "release", "name": "com.example.release", "options": {"name": "none", "version": "0"}},
    ],
    "assembler": {"name": "org.osbuild.tar", "options": {"filename": "kiosk.tar"}},
  }`,
  "parts/motd.yaml": `stages:
  - name: org.osbuild.copy
    options: { paths: [{ from: motd, to: /a }, { from: motd, to: /b }] }
`,
};
type Name = keyof typeof files;

const write = (directory: string, name: Name, text = files[name]) => {
  mkdirSync(join(directory, "parts"), { recursive: true });
  writeFileSync(join(directory, "motd"), "Hello\n");
  writeFileSync(join(directory, "parts/motd"), "Hello\n");
  writeFileSync(join(directory, name), text);
};

const build = (name: string, at: Surroundings, ...more: readonly string[]) =>
  osbuildJson([`--libdir=${libdir}`, ...more, name], at);

const idsOf = ({ stages, tree_id, output_id }: JsonResult) => [...stages.map(({ id }) => id), tree_id, output_id];

test("JSON, JSON with comments, YAML and parts are the same pipeline: same ids, stored results and bits", async () => {
  await using place = await scratch();
  const at = { cwd: place.path };
  for (const name of Object.keys(files) as Name[]) write(place.path, name);
  const first = await build("kiosk.json", at, "-o", "json");
  const others = [await build("kiosk.jsonc", at, "-o", "jsonc"), await build("kiosk.yaml", at, "-o", "yaml")];
  others.push(await build("split.yaml", at, "-o", "split", "--set", "timeout=60"));
  const input = files["kiosk.yaml"];
  others.push(await build("-", { ...at, input }), await build("-", { ...at, input: files["kiosk.jsonc"] }));
  for (const other of others) {
    expect(idsOf(other)).toEqual(idsOf(first));
    expect(statuses(other).map((status) => status.split(" ")[1])).toEqual(Array(5).fill("cached"));
  }
  // Built once more, into an empty store.
  const fresh = await build("split.yaml", at, "-o", "fresh", "--store", "other");
  expect(statuses(fresh).map((status) => status.split(" ")[1])).toEqual(Array(5).fill("built"));
  const [image, ...same] = ["json", "jsonc", "yaml", "split", "fresh"].map((out) =>
    readFileSync(`${place.path}/${out}/kiosk.tar`),
  );
  for (const bytes of same) expect(bytes.equals(image as Buffer)).toBe(true);
  const members = sh('tar -xOf "$1" ./etc/motd ./b ./etc/app-release', `${place.path}/fresh/kiosk.tar`);
  expect(members).toContain('Welcome,\n"visitor"');
});

test("problems in YAML are shown all at once, each with its line, in plain words", async () => {
  await using place = await scratch();
  const text = files["kiosk.yaml"].replace('"1.10"', "1.10").replace("60.0", "yes").replace("from: motd", "from: mtd");
  write(place.path, "kiosk.yaml", text);
  const { code, stderr } = await osbuild([`--libdir=${libdir}`, "kiosk.yaml"], { cwd: place.path });
  expect([code, stderr]).toEqual([
    2,
    `kiosk.yaml:14:25: error: "mtd" doesn't exist
  14 |         - &motd { from: mtd, to: /a }
     |                         ^^^
  hint: looked in ${place.path}
kiosk.yaml:17:25: error: "version" must be a string, not 1.10
  17 |     options: { version: 1.10, name: no }
     |                         ^^^^
  hint: put it in quotes: "1.10"
kiosk.yaml:18:14: error: "timeout" must be a number, not "yes"
  18 |     timeout: yes
     |              ^^^
  hint: The seconds that the step may take. Doesn't enter the id.
`,
  ]);
});
