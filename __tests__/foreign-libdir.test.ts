import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../src/epoch.ts";
import { osbuild, osbuildJson, statuses } from "./support/osbuild.ts";
import { scratch, sh } from "./support/store.ts";

/** A directory with these files. Scripts are executable. */
async function directoryOf(files: Readonly<Record<string, string>>) {
  const place = await scratch();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(`${place.path}/${name}`), { recursive: true });
    writeFileSync(`${place.path}/${name}`, text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
  }
  return place;
}

const pipeline = (options: object) =>
  JSON.stringify({
    stages: [{ name: "org.osbuild.hostname", options }],
    assembler: { name: "org.osbuild.tar", options: { filename: "tree.tar" } },
  });

const read = (archive: string, path: string) => sh('tar -xOf "$1" "./$2"', archive, path);

test("stages of 2019 run: through osbuild-run, with arguments on standard input and a writable /etc", async () => {
  await using place = await directoryOf({
    "lib/osbuild-run": `#!/usr/bin/python3
import os, subprocess, sys
assert os.listdir("/etc") == [], os.listdir("/etc")
os.makedirs("/etc/pki")
open("/etc/prepared", "w").close()
# Debian has none.
subprocess.run(["update-ca-trust"], check=True)
sys.exit(subprocess.run(sys.argv[1:]).returncode)
`,
    "lib/stages/org.osbuild.hostname": `#!/usr/bin/python3
import json, os, sys
args = json.load(sys.stdin)
tree, options = args["tree"], args["options"]
os.makedirs(f"{tree}/etc")
with open(f"{tree}/etc/hostname", "w") as f:
    f.write(f"{options['hostname']} {os.path.exists('/etc/prepared')} {os.listdir('/run/osbuild/lib')} {os.listdir('/var/tmp')}")
`,
    // osbuild's own assembler would need a loop device, so the built-in one is used.
    "lib/assemblers/org.osbuild.tar": "#!/usr/bin/python3\nraise SystemExit(1)\n",
    "pipeline.json": pipeline({ hostname: "era", size: 1 }),
  });
  const at = { cwd: place.path };
  const build = () => osbuildJson(["--libdir=lib", "-o", "out", "pipeline.json"], at);
  expect(statuses(await build())).toEqual(["hostname built", "tar built"]);
  expect(read(`${place.path}/out/tree.tar`, "etc/hostname")).toMatch(/^era True \[.*'osbuild-run'.*\] \[\]$/);
  expect(statuses(await build())).toEqual(["hostname cached", "tar cached"]);
  sh('printf "# changed\\n" >> "$1"', `${place.path}/lib/osbuild-run`);
  expect(statuses(await build())).toEqual(["hostname built", "tar cached"]);
});

test("stages from release 5 on run without osbuild-run, which needs osbuild's own engine", async () => {
  await using place = await directoryOf({
    "lib/osbuild-run": "#!/usr/bin/python3\n# setup-stdio\nraise SystemExit(1)\n",
    "lib/stages/org.osbuild.hostname": `#!/usr/bin/python3
import json, os, sys
from osbuild.util import names
args = json.load(sys.stdin)
# Programs have a home, and /var is theirs.
for path in ["/root/.cache", "/var/lib"]:
    os.makedirs(path)
os.makedirs(f"{args['tree']}/etc")
with open(f"{args['tree']}/etc/hostname", "w") as f:
    f.write(names.own(args["options"]["hostname"]))
`,
    // Releases 10 to 22 have no link to the modules beside the stages.
    "lib/osbuild/util/names.py": 'def own(name):\n    return f"{name}.example"\n',
    "pipeline.json": pipeline({ hostname: "five" }),
  });
  const built = await osbuildJson(["--libdir=lib", "-o", "out", "pipeline.json"], { cwd: place.path });
  expect(statuses(built)).toEqual(["hostname built", "tar built"]);
  expect(read(`${place.path}/out/tree.tar`, "etc/hostname")).toBe("five.example");
});

test("a stage that asks the API for its arguments gets them in a file, even without metadata", async () => {
  await using place = await directoryOf({
    "lib/runners/org.osbuild.linux": "#!/bin/sh\n",
    "lib/osbuild/api.py": 'import json\ndef arguments():\n    return json.load(open("/run/osbuild/api/arguments"))\n',
    "lib/stages/org.osbuild.hostname": `#!/usr/bin/python3
import os
from osbuild import api
args = api.arguments()
# As in osbuild's own containers.
assert not any(os.path.lexists(f"/dev/{name}") for name in ["fd", "stdin", "stdout", "stderr"])
os.makedirs(f"{args['tree']}/etc")
with open(f"{args['tree']}/etc/hostname", "w") as f:
    f.write(args["options"]["hostname"])
`,
    "pipeline.json": pipeline({ hostname: "api" }),
  });
  await osbuildJson(["--libdir=lib", "-o", "out", "pipeline.json"], { cwd: place.path });
  expect(read(`${place.path}/out/tree.tar`, "etc/hostname")).toBe("api");
});

const socketApi = `from .util import jsoncomm
def arguments(path="/run/osbuild/api/osbuild"):
    with jsoncomm.Socket.new_client(path) as client:
        client.send({"method": "get-arguments"})
`;

test("stages of releases that ask the engine over a socket run, and their metadata is dropped", async () => {
  await using place = await directoryOf({
    "lib/runners/org.osbuild.linux": "#!/bin/sh\n",
    "lib/osbuild/api.py": socketApi,
    "lib/osbuild/util/names.py": 'def own(name):\n    return f"{name}.example"\n',
    "lib/stages/org.osbuild.hostname": `#!/usr/bin/python3
import os
import osbuild.api
from osbuild.util import names
args = osbuild.api.arguments()
with osbuild.api.exception_handler():
    if args["options"]["hostname"] == "bad":
        raise ValueError("no such name")
    os.makedirs(f"{args['tree']}/etc")
    with open(f"{args['tree']}/etc/hostname", "w") as f:
        f.write(names.own(args["options"]["hostname"]))
    osbuild.api.metadata({"done": True})
`,
    "pipeline.json": pipeline({ hostname: "socket" }),
    "bad.json": pipeline({ hostname: "bad" }),
  });
  const at = { cwd: place.path };
  await osbuildJson(["--libdir=lib", "-o", "out", "pipeline.json"], at);
  expect(read(`${place.path}/out/tree.tar`, "etc/hostname")).toBe("socket.example");
  const bad = await osbuild(["--libdir=lib", "bad.json"], at);
  expect([bad.code, bad.stdout + bad.stderr]).toEqual([1, expect.stringContaining("ValueError: no such name")]);
  expect(bad.stderr).toContain("org.osbuild.hostname failed with exit code 2");
});

test("a stage that requires the engine's sources, inputs or loop devices is refused", async () => {
  const main = (use: string) => `#!/usr/bin/python3
import osbuild.api
args = osbuild.api.arguments()
print(${use})
`;
  await using place = await directoryOf({
    "lib/runners/org.osbuild.linux": "#!/bin/sh\n",
    "lib/osbuild/api.py": socketApi,
    "lib/stages/org.osbuild.rpm": main('args["sources"]'),
    "lib/stages/org.osbuild.ostree": main('args["inputs"]'),
    "lib/stages/org.osbuild.iso": main('remoteloop.LoopClient("/run/osbuild/api/remoteloop")'),
    // Up to release 20.
    "lib/stages/org.osbuild.old":
      '#!/usr/bin/python3\nimport json, sys\nargs = json.load(sys.stdin)\nprint(args["sources"])\n',
    "refused.json": `{"stages": [
  {"name": "org.osbuild.rpm"},
  {"name": "org.osbuild.ostree"},
  {"name": "org.osbuild.iso"},
  {"name": "org.osbuild.old"}
]}`,
  });
  const { code, stderr } = await osbuild(["--libdir=lib", "refused.json"], { cwd: place.path });
  const found = [...stderr.matchAll(/^refused\.json:(\d+):\d+.*(org\.\S+) in .* needs (.*),/gm)];
  expect([code, found.map((line) => line.slice(1))]).toEqual([
    2,
    [
      ["2", "org.osbuild.rpm", "sources"],
      ["3", "org.osbuild.ostree", "inputs"],
      ["4", "org.osbuild.iso", "loop devices"],
      ["5", "org.osbuild.old", "sources"],
    ],
  ]);
});

test("present-day stages run: with arguments in a file, the modules of their libdir, their schema and their capabilities", async () => {
  await using place = await directoryOf({
    "lib/osbuild/api.py": `import json
def arguments(path="/run/osbuild/api/arguments"):
    with open(path) as f:
        return json.load(f)
def metadata(data, path="/run/osbuild/meta"):
    with open(path, "w") as f:
        json.dump(data, f)
`,
    "lib/stages/org.osbuild.hostname": `#!/usr/bin/python3
import json, os, sys
import osbuild.api
args = osbuild.api.arguments()
assert sys.stdin.read() == ""
osbuild.api.metadata({"done": True})
args["variables"] = {name: os.environ[name] for name in ["PYTHONPATH", "PYTHONUNBUFFERED", "SOURCE_DATE_EPOCH"]}
with open("/proc/self/status") as f:
    args["capabilities"] = [line.split()[1] for line in f if line.startswith("CapEff")][0]
with open(f"{args['tree']}/arguments", "w") as f:
    json.dump(args, f)
`,
    "lib/stages/org.osbuild.hostname.meta.json": JSON.stringify({
      summary: "Set system hostname",
      description: ["Two", "lines."],
      capabilities: ["CAP_MAC_ADMIN"],
      schema_2: {
        options: {
          additionalProperties: false,
          required: ["hostname"],
          properties: { hostname: { $ref: "#/definitions/name" } },
        },
        definitions: { name: { type: "string", pattern: "^[a-z]+$" } },
      },
    }),
    // Present-day stages have no meta.json.
    "lib/runners/org.osbuild.linux": "#!/bin/sh\n",
    "lib/assemblers/org.osbuild.tar": "#!/usr/bin/python3\nraise SystemExit(1)\n",
    "pipeline.json": pipeline({ hostname: "today" }),
    "wrong.json": pipeline({ hostname: "TODAY" }),
  });
  const at = { cwd: place.path };
  const { stages, tree_id } = await osbuildJson(["--libdir=lib", "-o", "out", "pipeline.json"], at);
  const { capabilities, ...args } = JSON.parse(read(`${place.path}/out/tree.tar`, "arguments"));
  expect(args).toEqual({
    tree: "/run/osbuild/tree",
    options: { hostname: "today" },
    paths: { devices: "/dev", inputs: "/run/osbuild/inputs", mounts: "/run/osbuild/mounts" },
    devices: {},
    inputs: {},
    mounts: {},
    meta: { id: tree_id, "source-epoch": defaultSourceEpoch },
    variables: { PYTHONPATH: "/run/osbuild/lib", PYTHONUNBUFFERED: "1", SOURCE_DATE_EPOCH: String(defaultSourceEpoch) },
  });
  // CAP_MAC_ADMIN is number 33, CAP_SYS_ADMIN 21, and CAP_SYS_PTRACE, which wasn't requested, 19.
  const has = (number: bigint) => ((BigInt(`0x${capabilities}`) >> number) & 1n) === 1n;
  expect([33n, 21n, 19n].map(has)).toEqual([true, true, false]);
  expect(stages).toHaveLength(1);

  const wrong = await osbuild(["--libdir=lib", "wrong.json"], at);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("wrong.json:1:")]);
  const page = await osbuild(["stages", "--libdir=lib", "hostname"], at);
  expect(page.stdout).toContain("Set system hostname\n\nTwo\nlines.\n");
});

test("a stage that requires inputs, devices or mounts is refused before anything runs", async () => {
  const program = (more = "") => `#!/usr/bin/python3
import osbuild.api
${more}
args = osbuild.api.arguments()
`;
  const describe = (schema_2: object) => JSON.stringify({ schema_2: { options: {}, ...schema_2 } });
  await using place = await directoryOf({
    "lib/osbuild/api.py": 'import json\ndef arguments():\n    return json.load(open("/run/osbuild/api/arguments"))\n',
    "lib/runners/org.osbuild.linux": "#!/bin/sh\n",
    "lib/stages/org.osbuild.unpack": program(),
    "lib/stages/org.osbuild.unpack.meta.json": describe({ inputs: { type: "object", required: ["file"] } }),
    // This is from before there was a meta.json.
    "lib/stages/org.osbuild.format": program(`
SCHEMA_2 = r"""
"options": {"properties": {"label": {"pattern": "^\\\\w+$"}}},
"devices": {"type": "object", "required": ["device"]},
"mounts": {"type": "array", "minItems": 1}
"""`),
    "lib/stages/org.osbuild.noop": program(),
    "lib/stages/org.osbuild.noop.meta.json": describe({ inputs: { type: "object" }, mounts: { type: "array" } }),
    "refused.json": `{"stages": [
  {"name": "org.osbuild.noop"},
  {"name": "org.osbuild.unpack"},
  {"name": "org.osbuild.format"}
]}`,
    "pipeline.json": '{"stages": [{"name": "org.osbuild.noop"}]}',
  });
  const at = { cwd: place.path };
  const { code, stderr } = await osbuild(["--libdir=lib", "refused.json"], at);
  expect(code).toBe(2);
  expect(
    [...stderr.matchAll(/^refused\.json:(\d+):\d+.*(org\.\S+).* needs (.*),/gm)].map((found) => found.slice(1)),
  ).toEqual([
    ["3", "org.osbuild.unpack", "inputs"],
    ["4", "org.osbuild.format", "devices and mounts"],
  ]);
  expect(existsSync(`${place.path}/.osbuild`)).toBe(false);
  // The stage does without optional ones.
  expect(statuses(await osbuildJson(["--libdir=lib", "pipeline.json"], at))).toEqual(["noop built"]);
});
