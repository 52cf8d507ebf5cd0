import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type JsonStep, osbuild, osbuildJson, program, type Surroundings, statuses } from "./support/osbuild.ts";
import { scratch, sh } from "./support/store.ts";

const root = join(import.meta.dirname, "..");
const pipelines = join(import.meta.dirname, "fixtures/pipelines");

const hostname = (name: string) => ({ name: "org.osbuild.hostname", options: { hostname: name } });
const cmdline = { name: "org.osbuild.kernel-cmdline", options: { kernel_opts: "quiet" } };
const noop = { name: "org.osbuild.noop" };
const tar = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };

/** A directory with pipeline files; commands run in it. */
async function place(files: Readonly<Record<string, object>> = {}) {
  const directory = await scratch();
  const cwd = directory.path;
  for (const [name, content] of Object.entries(files)) writeFileSync(`${cwd}/${name}`, JSON.stringify(content));
  return {
    cwd,
    run: (args: readonly string[], more: Partial<Surroundings> = {}) => osbuild(args, { cwd, ...more }),
    json: (...args: readonly string[]) => osbuildJson(args, { cwd }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

test.each([
  [`${root}/samples/noop.json`, "beda46704765", "7a3f428423152989c6fbfac6c74f2a231670a195803fd804fd63b432fbbd0b9f"],
  [`${pipelines}/2019-09.json`, "81a026d0f5aa", "030005789ef6de8a9292ac2f669c15810afb430ac4026d5bda86129adbc5a666"],
  [`${pipelines}/2019-11.json`, "948e4cd17865", "6c2e9e324408d627f4bc52dc8e3255e0a01c2d04fb0178950f27f3e2eba7500e"],
])("%s still has its original ids", async (file, treeId, outputId) => {
  await using here = await place();
  const { stdout } = await here.run(["inspect", "--json", file]);
  expect(JSON.parse(stdout)).toMatchObject({ tree_id: expect.stringMatching(`^${treeId}`), output_id: outputId });
  expect((await here.run(["inspect", file])).stdout).toContain(`output id: ${outputId}\n`);
  expect(readdirSync(here.cwd)).toEqual([]);
});

/** The output, without anything that varies from run to run. */
const steady = (told: string, cwd: string) => told.replaceAll(cwd, "").replace(/\d\.\d\d s/g, "0.00 s");

test("in a pipe a build is reported in plain lines", async () => {
  await using here = await place({
    "one.json": { stages: [noop, hostname("one")], assembler: tar },
    "two.json": { stages: [noop, hostname("two")], assembler: tar },
  });
  const told = async (...args: readonly string[]) => steady((await here.run(args)).stdout, here.cwd);
  const one = await told("-o", "one", "one.json");
  expect(one.replace(/sha256:.*/, "")).toBe(`\
1/3 noop: first build (beda46704765), done in 0.00 s
2/3 hostname: first build (f3ab29d71fbc), done in 0.00 s
3/3 tar: first build (6aa4ac67d215), done in 0.00 s

tree id: f3ab29d71fbc6884a5e4f88e9252ae284e197278d792328fa70beea6d4fbeda7
output id: 6aa4ac67d215f97b43042bc246665729252a6ac0dc9e27db02ed8302d42b557b
/one/tree.tar  10 KiB  
`);
  expect(await told("--verbose", "-o", "two", "two.json")).toContain(`\
1/3 noop: cached (beda46704765)
2/3 hostname: not in the store (f587c98f070f), done in 0.00 s
`);
  expect(await told("--quiet", "two.json")).toBe("");
});

test("--json prints one document and nothing else, even if the build fails", async () => {
  await using here = await place({
    "good.json": { stages: [noop], assembler: tar },
    "failing.json": { stages: [noop, { name: "org.osbuild.error", options: { returncode: 3 } }, hostname("never")] },
    "wrong.json": { stages: [{ name: "org.osbuild.hostnam" }] },
  });
  const good = await here.json("-o", "out", "good.json");
  expect(good).toMatchObject({ success: true, output: `${here.cwd}/out`, stages: [{ success: true, output: "{}\n" }] });
  expect(statuses(good)).toEqual(["noop built", "tar built"]);
  const failing = await here.run(["--json", "failing.json"]);
  expect(failing).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("org.osbuild.error failed with exit code 3"),
  });
  const result = JSON.parse(failing.stdout);
  expect(result).toMatchObject({
    success: false,
    error: "STAGE_FAILED",
    problems: [{ file: "failing.json", line: 1 }],
  });
  expect(result.stages.map(({ status, exit_code }: JsonStep) => [status, exit_code])).toEqual([
    ["cached", undefined],
    ["failed", 3],
    ["not reached", undefined],
  ]);
  const wrong = await here.run(["--json", "wrong.json"]);
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.stdout)).toMatchObject({
    success: false,
    error: "INVALID",
    problems: [{ file: "wrong.json", line: 1, hint: expect.stringContaining("org.osbuild.hostname") }],
  });
});

test("a pipeline may come from standard input", async () => {
  await using here = await place();
  const input = JSON.stringify({ stages: [hostname("piped")] });
  expect(await here.run(["-"], { input })).toMatchObject({ code: 0, stderr: "" });
  expect(await here.run(["-"], { input: '{"stages": [}' })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^<?(stdin|-|standard input)>?:1:13: error: /),
  });
});

test("--dry-run says what would run and why, and does nothing", async () => {
  await using here = await place({ "p.json": { stages: [noop, hostname("one")], assembler: tar } });
  const dry = async (...more: readonly string[]) => (await here.run(["--dry-run", ...more, "p.json"])).stdout;
  expect(await dry()).toBe(`\
run  org.osbuild.noop      beda46704765  not in the store
run  org.osbuild.hostname  f3ab29d71fbc  not in the store
run  org.osbuild.tar       6aa4ac67d215  not in the store
`);
  expect(readdirSync(here.cwd)).toEqual(["p.json"]);
  await here.run(["p.json"]);
  expect(await dry()).toBe(`\
cached  org.osbuild.noop      beda46704765
cached  org.osbuild.hostname  f3ab29d71fbc
cached  org.osbuild.tar       6aa4ac67d215
`);
  expect(await dry("--refresh", "hostname")).toMatch(
    /^cached .*noop .*\nrun .*hostname .* refresh\nrun .*tar .* base changed\n$/,
  );
  expect(await dry("--no-cache")).toMatch(/^(run .* no-cache\n){3}$/);
  expect(await here.run(["--dry-run", "--refresh", "apt", "p.json"])).toMatchObject({
    code: 2,
    stderr: 'error: there is no step "apt" to refresh\n  hint: the steps are noop, hostname, tar\n',
  });
  const { stdout } = await here.run(["--dry-run", "--json", "p.json"]);
  expect(JSON.parse(stdout).steps.map(({ runs }: { runs: boolean }) => runs)).toEqual([false, false, false]);
});

test("--save packs the tree, and --from starts with it", async () => {
  await using here = await place({
    "first.json": { stages: [hostname("first"), cmdline] },
    "second.json": { stages: [hostname("second")], assembler: tar },
  });
  expect(await here.run(["--save", "first.tar.gz", "first.json"])).toMatchObject({ code: 0, stderr: "" });
  expect(await here.run(["--from", "first.tar.gz", "-o", "out", "second.json"])).toMatchObject({ code: 0, stderr: "" });
  expect(sh('tar -xOf "$1/out/tree.tar" ./etc/hostname ./etc/kernel/cmdline', here.cwd)).toBe("second\nquiet");
  // Another pipeline may not have files as new as this one's.
  const times = async (epoch: number) => {
    const pipeline = { "source-epoch": epoch, stages: [cmdline], assembler: tar };
    writeFileSync(`${here.cwd}/third.json`, JSON.stringify(pipeline));
    expect(await here.run(["--from", "first.tar.gz", "-o", "times", "third.json"])).toMatchObject({ code: 0 });
    return sh('tar -tvf "$1/times/tree.tar" ./etc/hostname', here.cwd);
  };
  expect([await times(86_400 * 365), await times(0)]).toEqual([
    expect.stringContaining(" 1971-01-01 "),
    expect.stringContaining(" 1970-01-01 "),
  ]);
  // The id is the same without the archive, but the result isn't.
  expect(statuses(await here.json("second.json"))).toEqual(["hostname built", "tar built"]);
  sh('cd "$1"; tar --transform "s,^,a/../../," -cPf leads-out.tar first.json', here.cwd);
  for (const [archive, reason] of [
    ["leads-out.tar", "a/../../first.json: Member name contains '..'"],
    ["first.json", "This does not look like a tar archive"],
  ] as const) {
    const { code, stderr } = await here.run(["--from", archive, "first.json"]);
    expect([code, stderr.split("\n")[0]]).toEqual([2, `error: ${here.cwd}/${archive} can't be unpacked: ${reason}`]);
  }
});

test("--save waits for layers that are still being packed", async () => {
  // Compressing this takes longer than packing it.
  const random = { name: "org.osbuild.copy", options: { paths: [{ from: "random", to: "/random" }] } };
  await using here = await place({ "p.json": { stages: [random, hostname("web")] } });
  sh('head -c 60000000 /dev/urandom > "$1/random"', here.cwd);
  expect(await here.run(["--save", "tree.tar.gz", "p.json"])).toMatchObject({ code: 0, stderr: "" });
});

test("--base starts from a tree in the store", async () => {
  await using here = await place({
    "base.json": { stages: [cmdline] },
    "on.json": { stages: [hostname("on-base")], assembler: tar },
  });
  const { tree_id: base } = await here.json("base.json");
  const { output_id } = await here.json("--base", base, "-o", "out", "on.json");
  expect(sh('tar -tf "$1/out/tree.tar"', here.cwd)).toContain("./etc/kernel/cmdline\n");
  expect((await here.json("on.json")).output_id).not.toBe(output_id);
  expect(await here.run(["--base", "0".repeat(64), "on.json"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`the store holds no tree ${"0".repeat(64)}`),
  });
});

test("what is built on a base is built again when the base was refreshed", async () => {
  await using here = await place({
    "base.json": { stages: [{ name: "test.packages" }] },
    "on.json": { stages: [cmdline], assembler: tar },
  });
  mkdirSync(`${here.cwd}/lib/stages`, { recursive: true });
  writeFileSync(
    `${here.cwd}/lib/stages/test.packages`,
    "#!/bin/sh\ncp /proc/sys/kernel/random/uuid /run/osbuild/tree/uuid\n",
    {
      mode: 0o755,
    },
  );
  writeFileSync(`${here.cwd}/lib/stages/test.packages.meta.json`, JSON.stringify({ network: true }));
  const { tree_id } = await here.json("-l", "lib", "base.json");
  const on = () => here.json("--base", tree_id, "on.json");
  expect(statuses(await on())).toEqual(["kernel-cmdline built", "tar built"]);
  expect(statuses(await on())).toEqual(["kernel-cmdline cached", "tar cached"]);
  const refreshed = await here.run(["-l", "lib", "--refresh", "test.packages", "base.json"]);
  expect(steady(refreshed.stdout, here.cwd)).toContain("1/1 test.packages: refresh (");
  expect(statuses(await on())).toEqual(["kernel-cmdline built", "tar built"]);
  const again = await here.run(["-l", "lib", "base.json"]);
  expect(again.stdout).toContain("1/1 test.packages: cached, packages of today, not pinned (");
});

test("--build-pipeline and --build-env give the stages another build root", async () => {
  const copy = { name: "org.osbuild.copy", options: { paths: [{ from: "marker", to: "/usr/share/marker" }] } };
  await using here = await place({
    "build.json": { stages: [copy] },
    "env.json": { runner: "org.osbuild.linux", pipeline: { stages: [copy] } },
    "p.json": { stages: [{ name: "test.look" }] },
  });
  writeFileSync(`${here.cwd}/marker`, "the build root's\n");
  mkdirSync(`${here.cwd}/lib/stages`, { recursive: true });
  writeFileSync(
    `${here.cwd}/lib/stages/test.look.ts`,
    'import { readFileSync } from "node:fs";\nconsole.log(readFileSync("/usr/share/marker", "utf8"));\n',
  );
  const build = (...args: readonly string[]) => here.json("-l", "lib", ...args, "p.json");
  const [one, two] = [await build("--build-pipeline", "build.json"), await build("--build-env", "env.json")];
  expect(one.stages[0]?.output).toBe("the build root's\n\n");
  // A runner prepares the build root, so results of one aren't valid for the other.
  expect([two.tree_id, ...statuses(two)]).toEqual([one.tree_id, "test.look built"]);
  expect(two.stages[0]?.output).toBe(one.stages[0]?.output);
  expect(await here.run(["-l", "lib", "p.json"])).toMatchObject({ code: 1 });
});

test("the store is listed, verified, exported from and pruned", async () => {
  await using here = await place({ "p.json": { stages: [noop, hostname("stored")], assembler: tar } });
  const { tree_id, output_id, stages } = await here.json("p.json");
  const listed = JSON.parse((await here.run(["store", "list", "--json"])).stdout);
  const ids = [...stages.map(({ id }) => id), output_id];
  expect(listed.map(({ id }: { id: string }) => id).sort()).toEqual(ids.toSorted());
  for (const id of ids)
    expect((await here.run(["store", "list"])).stdout).toMatch(
      RegExp(`^${id}  .* {2}built today {2}org\\.osbuild\\.`, "m"),
    );
  expect(listed[0]).toMatchObject({ ran: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
  expect((await here.run(["inspect", "p.json"])).stdout).toMatch(/^\w+ {2}stage .*noop .* {2}built today$/m);
  expect((await here.run(["store", "verify"])).stdout).toBe("verified 3 objects\n");
  for (const [id, directory] of [
    [tree_id, "tree"],
    [output_id ?? "", "output"],
  ] as const)
    expect(await here.run(["store", "export", id, directory])).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(readFileSync(`${here.cwd}/tree/etc/hostname`, "utf8")).toBe("stored\n");
  expect(readdirSync(`${here.cwd}/output`)).toEqual(["tree.tar"]);
  expect((await here.run(["store", "export", "0".repeat(64), "nothing"])).code).toBe(1);
  expect((await here.run(["store", "prune", "--max-size", "0"])).stdout).toMatch(/^deleted 3 refs and 3 objects, /);
  expect((await here.run(["store", "list"])).stdout).toBe("the store is empty\n");
});

test("osbuild stages lists every program, and shows the options of one", async () => {
  await using here = await place();
  const programs = ["stages", "assemblers"].flatMap((folder) =>
    readdirSync(join(root, folder)).filter((name) => name.endsWith(".ts")),
  );
  const { stdout } = await here.run(["stages"]);
  expect(
    stdout
      .split("\n")
      .flatMap((line) => /^\w+ +(\S+) {2,}\S/.exec(line)?.[1] ?? [])
      .sort(),
  ).toEqual(programs.map((name) => name.slice(0, -".ts".length)).sort());
  const page = (await here.run(["stages", "hostname"])).stdout;
  expect(page).toMatch(/^org\.osbuild\.hostname \(stage\): /);
  expect(page).toContain("  hostname  (string, required)\n");
  expect(await here.run(["stages", "hostnme"])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("org.osbuild.hostname"),
  });
});

test("help shows every option", async () => {
  await using here = await place();
  const { code, stdout, stderr } = await here.run(["--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^usage: osbuild /);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test.each([
  [[], "missing required argument 'PIPELINE'"],
  [["--frobnicate", "p.json"], "--frobnicate"],
  [["p.json", "q.json"], 'unexpected "q.json"'],
  [["-l", "MISSING", "p.json"], "there is no directory MISSING"],
  [["inspect", "-l", "p.json", "p.json"], "there is no directory p.json"],
  [["stages", "-l", "MISSING"], "there is no directory MISSING"],
  [["--from", "", "p.json"], "--from is empty"],
  [["--from", ".", "p.json"], "not a regular file"],
  [["--dry-run", "--from", "none.tar", "p.json"], "no such file"],
  [["--save", ".", "p.json"], "is a directory"],
  [["--save", "none/tree.tar", "p.json"], "there is no directory"],
  [["-o", "", "p.json"], "--output is empty"],
  [["--store", "x".repeat(256), "p.json"], "--store contains a name longer than 255 bytes"],
  [["x".repeat(256)], "PIPELINE contains a name longer than 255 bytes"],
  [["--base", "abc", "p.json"], "--base takes the id of a tree, 64 hex digits, or an image"],
  [["--verbose", "--quiet", "p.json"], "cannot be used with option"],
  [["inspect", "--output", "out", "p.json"], "`osbuild inspect`: unknown option '--output'"],
  [["store"], "one of list, verify, prune, export"],
  [["store", "prune", "--max-size", "big"], "--max-size takes a number"],
  [["store", "export", "0".repeat(64)], "missing required argument 'DIR'"],
])("osbuild %j is refused", async (args, message) => {
  await using here = await place({ "p.json": {} });
  const { code, stdout, stderr } = await here.run(args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(stderr).toContain("hint: ");
  expect(readdirSync(here.cwd)).toEqual(["p.json"]);
});

test("a build whose output nobody reads any more ends quietly, and leaves nothing behind", async () => {
  await using here = await place({ "p.json": { stages: [{ name: "test.talk" }] } });
  for (const path of ["lib/stages", "remote"]) mkdirSync(`${here.cwd}/${path}`, { recursive: true });
  const talk = "#!/bin/sh\nwhile :; do echo talking; sleep 0.1; done\n";
  writeFileSync(`${here.cwd}/lib/stages/test.talk`, talk, { mode: 0o755 });
  const command = `"$0" "$1" --libdir lib --remote "$PWD/remote" --verbose p.json | head -n 1
    echo "\${PIPESTATUS[*]}"; ls /var/tmp .osbuild/store/tmp`;
  // Other tests use /var/tmp at the same time.
  const alone = ["--mount", "sh", "-c", 'mount -t tmpfs none /var/tmp && exec "$@"', "sh"];
  const { stdout, stderr } = spawnSync("unshare", [...alone, "bash", "-c", command, process.execPath, program], {
    ...{ cwd: here.cwd, encoding: "utf8", timeout: 60_000 },
  });
  expect(stderr).toBe("");
  expect(stdout).toBe("1/1 test.talk: first build (36f4bb890613)\n141 0\n.osbuild/store/tmp:\n\n/var/tmp:\n");
});

test("at a terminal a status line is updated while a stage runs", async () => {
  await using here = await place({
    "p.json": { stages: [noop, { name: "test.talk" }], assembler: tar },
    "noop.json": { stages: [noop] },
  });
  mkdirSync(`${here.cwd}/lib/stages`, { recursive: true });
  writeFileSync(`${here.cwd}/lib/stages/test.talk`, "#!/bin/sh\necho talking\nsleep 1\n", { mode: 0o755 });
  await here.run(["noop.json"]);
  const command = 'stty cols 100 rows 30; exec "$NODE" "$PROGRAM" --libdir lib p.json';
  // Node asks a dozen variables (CI and FORCE_COLOR among them) whether to colour: none of this process's gets in.
  const show = (environment: string) =>
    sh(
      'cd "$1"; exec env -i PATH="$PATH" HOME="$HOME" TERM=xterm NODE="$2" PROGRAM="$3" "$5" script --quiet --return --command "$4" /dev/null',
      ...[here.cwd, process.execPath, program, command, environment],
    );
  const shown = show("NO_COLOR=1");
  expect(shown.replace(/\d\.\d\d s/g, "0.00 s")).toContain("\r2/3 test.talk 0.00 s  talking\x1b[K");
  const left = shown.split("\r\n").map((line) =>
    line
      .split(/[\r\n]/)
      .at(-1)
      ?.replaceAll("\x1b[K", ""),
  );
  expect(steady(left.join("\n"), here.cwd).replace(/objects.*/, "")).toBe(`\
1/3 noop: cached (beda46704765)
2/3 test.talk: not in the store (0157c393ad0d), done in 0.00 s
3/3 tar: not in the store (b60bd341e67c), done in 0.00 s

tree id: 0157c393ad0defccb4c2c943c49475eaa9faf1d945fd63fe01461b69f473195c
output id: b60bd341e67cc3b1acbf96812d75223fd472b85baab656baf815fdba45ded90a
/.osbuild/store/
`);
  // The same build is coloured without NO_COLOR.
  expect(show("LANG=C")).toContain("1/3 noop: \x1b[36mcached\x1b[39m");
});
