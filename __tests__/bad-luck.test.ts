import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { scratch, sh } from "./support/store.ts";

const program = resolve(import.meta.dirname, "../bin/osbuild.js");

/** A path of 6,000 bytes of nested directories. */
const deep = 'n=$(printf "d%.0s" $(seq 100)); for i in $(seq 60); do mkdir $n; cd $n; done';

/** Stages that fail in various ways, as shell scripts. */
const stages = {
  "test.write":
    'mkdir -p /run/osbuild/tree/data; head -c 1M /dev/urandom > /run/osbuild/tree/data/$$; echo "wrote 1 MB"',
  "test.fill": "head -c 12M /dev/urandom > /run/osbuild/tree/fill",
  "test.overfill": "head -c 100M /dev/urandom > /run/osbuild/tree/overfill",
  "test.forever": "echo waiting; sleep 1000",
  "test.fail":
    'for i in 1 2 3 4 5; do echo "line $i"; done; printf "\\033[31mred\\033[0m \\377 it broke\\n" >&2; exit 42',
  "test.chatter": "yes 'ten million lines of output' | head -n 10000000; head -c 100M /dev/zero | tr '\\0' x",
  "test.needy": "true",
  "test.deep": `bash -ec 'cd /run/osbuild/tree; ${deep}'`,
  "test.deep-tmp": `bash -ec 'cd /tmp; ${deep}'`,
} as const;

type StageName = keyof typeof stages;

interface Place extends AsyncDisposable {
  readonly path: string;
  readonly store: string;
  readonly pipeline: (
    name: string,
    ...steps: readonly (StageName | { name: StageName; [key: string]: unknown })[]
  ) => string;
  /** A command line of osbuild, with this directory's store and stages. */
  readonly argv: (...args: readonly string[]) => readonly string[];
  readonly osbuild: (...args: readonly string[]) => Promise<Ended>;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function place(): Promise<Place> {
  const directory = await scratch();
  const { path } = directory;
  const store = `${path}/store`;
  mkdirSync(`${path}/lib/stages`, { recursive: true });
  for (const [name, script] of Object.entries(stages))
    writeFileSync(`${path}/lib/stages/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  writeFileSync(`${path}/lib/stages/test.needy.meta.json`, '{"requires": ["org.osbuild.frobnicate", "mount"]}');
  const argv = (...args: readonly string[]) => [program, ...args, "--store", store];
  return {
    path,
    store,
    argv,
    pipeline(name, ...steps) {
      const file = `${path}/${name}.json`;
      const list = steps.map((step) => (typeof step === "string" ? { name: step } : step));
      writeFileSync(file, JSON.stringify({ stages: list }, null, 2));
      return file;
    },
    osbuild: async (...args) => ended(start(argv(...args))),
    [Symbol.asyncDispose]: async () => {
      await expectNothingLeft(path);
      await directory[Symbol.asyncDispose]();
    },
  };
}

const start = (argv: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawn(process.execPath, argv, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });

async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (bytes) => (stdout += bytes));
  child.stderr?.on("data", (bytes) => (stderr += bytes));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Waits until a running build has printed this text. */
async function said(child: ChildProcess, what: string): Promise<void> {
  let text = "";
  child.stdout?.on("data", (bytes) => (text += bytes));
  await eventually(`the build says ${what}`, () => {
    if (child.exitCode !== null) throw new Error(`the build has ended: ${text}`);
    return text.includes(what);
  });
}

async function expectNothingLeft(path: string): Promise<void> {
  expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(path);
  // The kernel takes a moment to kill the remaining processes.
  await eventually("no process is left", () => !processes().some((command) => command.includes(path)));
  await eventually("no loop device is left", () => !sh("losetup --list --noheadings -O BACK-FILE").includes(path));
}

const processes = () =>
  readdirSync("/proc").flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, "utf8")] : [];
    } catch {
      // The process has ended meanwhile.
      return [];
    }
  });

async function eventually(what: string, holds: () => boolean): Promise<void> {
  for (const start = Date.now(); !holds(); await new Promise((done) => setTimeout(done, 20)))
    if (Date.now() - start > 30_000) throw new Error(`it never comes to be that ${what}`);
}

const temporary = (store: string) => readdirSync(`${store}/tmp`);

const moments = [
  "1/3 test.write: first build",
  ", done in",
  "2/3 test.fill: first build",
  "3/3 test.forever: first build",
];

test.each(moments)("Ctrl-C at “%s” ends the build and keeps the finished steps", async (moment) => {
  await using here = await place();
  const pipeline = here.pipeline("endless", "test.write", "test.fill", "test.forever");
  const child = start(here.argv("-l", `${here.path}/lib`, pipeline));
  const end = ended(child);
  await said(child, moment);
  // A terminal sends the signal to all processes in its foreground.
  process.kill(-(child.pid as number), "SIGINT");
  const { code, stderr } = await end;
  expect([code, stderr]).toEqual([130, "error: interrupted\n"]);
  expect(temporary(here.store)).toEqual([]);
  expect(await here.osbuild("store", "verify")).toMatchObject({ code: 0 });
  const again = await here.osbuild("-l", `${here.path}/lib`, here.pipeline("short", "test.write", "test.fill"));
  expect(again.code).toBe(0);
  if (moment.startsWith("3/3")) expect(again.stdout).toContain("1/2 test.write: cached (");
});

test.each(moments)("a build that is killed at “%s” leaves nothing that the next one can't remove", async (moment) => {
  await using here = await place();
  const child = start(
    here.argv("-l", `${here.path}/lib`, here.pipeline("endless", "test.write", "test.fill", "test.forever")),
  );
  const end = ended(child);
  await said(child, moment);
  child.kill("SIGKILL");
  expect(await end).toMatchObject({ code: null });
  await expectNothingLeft(here.path);
  expect(temporary(here.store)).not.toEqual([]);
  // A build that has nothing to do wouldn't clean up.
  const next = await here.osbuild("-l", `${here.path}/lib`, here.pipeline("next", "test.fill", "test.write"));
  expect(next.code).toBe(0);
  expect(temporary(here.store)).toEqual([]);
  expect(await here.osbuild("store", "verify")).toMatchObject({ code: 0 });
});

test("eight builds use one store at once, and pruning waits for its turn", async () => {
  await using here = await place();
  const same = here.pipeline("same", "test.write", "test.fill");
  const others = [1, 2, 3, 4].map((n) =>
    here.pipeline(`other-${n}`, "test.write", { name: "test.fill", options: { n } }),
  );
  const builds = [same, same, same, same, ...others].map((file) => start(here.argv("-l", `${here.path}/lib`, file)));
  const ends = builds.map(ended);
  await said(builds[0] as ChildProcess, "1/2 test.write: ");
  expect(await here.osbuild("store", "prune", "--max-size", "0")).toMatchObject({
    code: 1,
    stderr: "error: the store is in use by a build\n  hint: prune it after the build\n",
  });
  for (const end of ends) expect(await end).toMatchObject({ code: 0, stderr: "" });
  expect(temporary(here.store)).toEqual([]);
  expect(await here.osbuild("store", "verify")).toMatchObject({ code: 0, stderr: "" });
  for (const file of [same, ...others])
    expect((await here.osbuild("-l", `${here.path}/lib`, file)).stdout).toContain("2/2 test.fill: cached (");
  expect(await here.osbuild("store", "prune", "--max-size", "0")).toMatchObject({ code: 0 });
  expect(readdirSync(`${here.store}/objects`)).toEqual([]);
});

test("a failed stage says what failed, where, and how to investigate; the stages before it are kept", async () => {
  await using here = await place();
  const file = here.pipeline("failing", "test.write", "test.fail");
  const build = () => here.osbuild("-l", `${here.path}/lib`, file);
  const { code, stdout, stderr } = await build();
  expect(code).toBe(1);
  expect(stdout).toContain("  line 4\n  line 5\n  red \ufffd it broke\n2/2 test.fail: failed after");
  const number =
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((line) => line.includes("test.fail")) + 1;
  expect(stderr).toMatch(new RegExp(`^${file}:${number}:\\d+: error: test.fail failed with exit code 42\n`));
  expect(stderr).toContain("--debug-shell");
  expect(stderr).not.toContain("    at ");
  expect((await build()).stdout).toMatch(/^1\/2 test.write: cached .*\n2\/2 test.fail: not in the store /);
});

test("at a terminal, --debug-shell opens a shell in the tree of a failed stage, and Ctrl-C goes to that shell", async () => {
  await using here = await place();
  const words = here.argv(
    "-l",
    `${here.path}/lib`,
    "--debug-shell",
    here.pipeline("failing", "test.write", "test.fail"),
  );
  const terminal = spawn("script", ["-qec", [process.execPath, ...words].join(" "), "/dev/null"], { stdio: "pipe" });
  const end = ended(terminal);
  await said(terminal, "# ");
  terminal.stdin.write("ls /run/osbuild/tree; sleep 1000\n");
  await said(terminal, "data");
  terminal.stdin.write("\x03");
  await said(terminal, "# ");
  terminal.stdin.end("echo $((40 + 2)) is the answer; exit\n");
  const { code, stdout } = await end;
  expect(stdout).toContain("42 is the answer");
  expect([code, stdout.includes("test.fail failed with exit code 42")]).toEqual([1, true]);
});

test("a stage that never ends is killed by its timeout", async () => {
  await using here = await place();
  const file = here.pipeline("endless", { name: "test.forever", timeout: 1 });
  const { code, stderr } = await here.osbuild("-l", `${here.path}/lib`, file);
  expect(code).toBe(1);
  expect(stderr).toContain("test.forever was ended after its timeout of 1 second");
});

test("ten million lines, and then one of 100 MB, take bounded memory and a bounded log", async () => {
  await using here = await place();
  const child = start(here.argv("-l", `${here.path}/lib`, here.pipeline("chatter", "test.chatter")));
  const end = ended(child);
  let peak = 0;
  const timer = setInterval(() => {
    if (!existsSync(`/proc/${child.pid}/status`)) return;
    const [, kilobytes = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
    peak = Math.max(peak, Number(kilobytes));
  }, 20);
  const { code } = await end;
  clearInterval(timer);
  expect(code).toBe(0);
  expect(peak).toBeGreaterThan(10_000);
  expect(peak).toBeLessThan(150 * 1024);
  const [log = ""] = readdirSync(`${here.store}/logs`);
  expect(statSync(`${here.store}/logs/${log}`).size).toBeLessThan(5 * 1024 * 1024);
});

/** Runs shell commands with the store on a small disk of its own. */
const onSmallDisk = (here: Place, script: string) => {
  mkdirSync(here.store);
  const setup = 'mount -t tmpfs -o size=20m tmpfs "$0"; node=$1 osbuild=$2 store=$0 lib=$3 path=$4\n';
  const words = [here.store, process.execPath, program, `${here.path}/lib`, here.path];
  return ended(
    spawn("unshare", ["--mount", "sh", "-c", setup + script, ...words], { stdio: ["ignore", "pipe", "pipe"] }),
  );
};

test("a full disk is reported as such, and nothing in the store is lost", async () => {
  await using here = await place();
  here.pipeline("stored", "test.write");
  here.pipeline("stage", "test.write", "test.overfill");
  here.pipeline("packing", "test.write", "test.fill");
  const { stdout, stderr } = await onSmallDisk(
    here,
    `build() { "$node" "$osbuild" --workspace disk --store "$store" -l "$lib" "$path/$1.json"; echo "$1: exit code $?"; }
     build stored; build stage; build packing; build stored
     "$node" "$osbuild" store verify --store "$store"
     ls "$store/tmp"
     mount -o "remount,nr_inodes=$(($(df --output=iused "$store" | tail -n 1)))" "$store"; build stage`,
  );
  expect(stdout).toContain("stored: exit code 0");
  expect(stdout).toMatch(/No space left on device[\s\S]*stage: exit code 1/);
  expect(stderr).toMatch(
    /stage\.json:\d+:\d+: error: the disk is full: test\.overfill (was ended|failed with .*code 1)\n/,
  );
  expect(stderr).toMatch(/error: the disk is full: .*No space left on device\n {2}hint: free some space/);
  expect(stdout).toContain("packing: exit code 1");
  expect(stdout).toMatch(/1\/1 test.write: cached[\s\S]*stored: exit code 0\nverified 1 object\nstage: exit code 1\n$/);
  expect(stderr).toMatch(/error: the disk is full: ENOSPC.*\n.*\n$/);
  expect(stderr).not.toContain("    at ");
});

test("an object that a crash has truncated is built again", async () => {
  await using here = await place();
  const build = () => here.osbuild("-l", `${here.path}/lib`, here.pipeline("two", "test.write", "test.fill"));
  await build();
  for (const name of readdirSync(`${here.store}/objects`)) truncateSync(`${here.store}/objects/${name}`, 1000);
  const { code, stdout } = await build();
  expect([code, stdout.includes("1/2 test.write: first build")]).toEqual([0, true]);
  expect((await build()).stdout).toContain("2/2 test.fill: cached");
});

test("arguments that can't work are refused before anything runs", async () => {
  await using here = await place();
  const build = (...args: readonly string[]) => here.osbuild("-l", `${here.path}/lib`, ...args);
  const needy = await build(here.pipeline("needy", "test.needy"));
  expect(needy).toEqual({
    code: 1,
    stdout: "",
    stderr: "error: org.osbuild.frobnicate is not installed; test.needy needs it\n",
  });
  mkdirSync(`${here.path}/output`);
  writeFileSync(`${here.path}/output/mine`, "");
  const full = await build("-o", `${here.path}/output`, here.pipeline("plain", "test.write"));
  expect(full).toEqual({
    code: 2,
    stdout: "",
    stderr: `error: the output directory ${here.path}/output isn't empty\n  hint: name an empty directory, or one that doesn't exist\n`,
  });
  expect(await build(`${here.path}/nowhere.json`)).toMatchObject({ code: 2, stdout: "" });
  writeFileSync(`${here.path}/file`, "");
  const lost = await ended(
    start([program, "--store", `${here.path}/file`, here.pipeline("plain", "test.write"), "-l", `${here.path}/lib`]),
  );
  expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining("hint: name another place with --store") });
});

test("an older Node.js is refused", async () => {
  const older = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.11.0"})';
  expect(await ended(start(["--import", older, program, "--help"]))).toEqual({
    code: 1,
    stdout: "",
    stderr: `error: osbuild needs Node.js 24 or later; this is 20.11.0 (${process.execPath})\n  hint: \`npm start\` brings its own\n`,
  });
});

test("a user who isn't root and has no sudo is told so", async () => {
  await using here = await place();
  // Reading is always allowed, because the checkout may be in somebody's home.
  const nobody = [
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
  ];
  const argv = [...nobody, process.execPath, ...here.argv(here.pipeline("plain", "test.write"))];
  const child = spawn("/usr/bin/setpriv", argv, { env: { PATH: "/nowhere" }, stdio: ["ignore", "pipe", "pipe"] });
  expect(await ended(child)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: this needs root, [\s\S]*\n {2}hint: run it as root, or install sudo\n$/),
  });
});

test("a path that is too long fails its stage, and neither it nor an immutable file stops a later build", async () => {
  await using here = await place();
  const tooDeep = await here.osbuild("--libdir", `${here.path}/lib`, here.pipeline("deep", "test.write", "test.deep"));
  expect(tooDeep.code).toBe(1);
  expect(tooDeep.stderr).toMatch(/error: a path of the tree is too long to be stored: \/d+…/);
  const inTmp = await here.osbuild("--libdir", `${here.path}/lib`, here.pipeline("tmp", "test.deep-tmp"));
  expect({ code: inTmp.code, stderr: inTmp.stderr }).toEqual({ code: 0, stderr: "" });
  sh('mkdir "$1/tmp/killed" && touch "$1/tmp/killed/file" && chattr +i "$1/tmp/killed/file"', here.store);
  expect((await here.osbuild("--libdir", `${here.path}/lib`, here.pipeline("after", "test.fill"))).code).toBe(0);
  expect(readdirSync(`${here.store}/tmp`)).toEqual([]);
});
