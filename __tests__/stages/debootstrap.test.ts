import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { aptRepository, debPackage } from "../support/apt-repository.ts";
import { dpkg } from "../support/golden-repositories.ts";
import { serve } from "../support/local-server.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const epoch = defaultSourceEpoch;
const options = { suite: "bookworm", variant: "essential" };

let scratch: string;
let base: string;
let downloads: readonly string[];

beforeAll(async () => {
  scratch = await mkdtemp(`${tmpdir()}/debootstrap-`);
  base = `${scratch}/base`;
  const { exitCode, log } = await bootstrap(base, options);
  expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
  const archives = `${scratch}/state/archives`;
  downloads = (await readdir(archives)).filter((name) => name.endsWith(".deb")).map((name) => `${archives}/${name}`);
});

afterAll(() => rm(scratch, { recursive: true }));

async function bootstrap(tree: string, options: object, mirrors: Readonly<Record<string, string>> = {}) {
  const state = `${scratch}/state`;
  for (const directory of [tree, state]) await mkdir(directory, { recursive: true });
  return runStep({ kind: "stage", name: "org.osbuild.debootstrap", tree, state, options, sourceEpoch: epoch, mirrors });
}

test("the base system has no traces of its installation: no log, cache or device, and no name from the host", async () => {
  for (const path of ["dev", "tmp", "var/cache/apt", "var/cache/ldconfig", "var/lib/apt/lists", "var/log/apt"]) {
    expect([path, await readdir(`${base}/${path}`)]).toEqual([path, []]);
  }
  const paths = ["etc/hostname", "etc/resolv.conf", "var/log/dpkg.log", "var/lib/dpkg/status-old"];
  expect(paths.filter((path) => existsSync(`${base}/${path}`))).toEqual([]);
});

test("with another mirror, umask and time zone it is the same, bit for bit, and nothing is downloaded", async () => {
  await using mirror = await aptRepository("bookworm", downloads);
  const tree = `${scratch}/second`;
  await mkdir(tree);
  const [umask, zone] = [process.umask(0o077), process.env.TZ];
  process.env.TZ = "Asia/Tokyo";
  const end = await bootstrap(tree, { ...options, mirror: mirror.uri, keyring: mirror.key });
  process.umask(umask);
  process.env.TZ = zone;
  expect(end).toEqual({ exitCode: 0, log: expect.any(String) });
  expect(mirror.requests.filter((path) => path.endsWith(".deb"))).toEqual([]);
  expect(await readFile(`${tree}/etc/apt/trusted.gpg.d/mirror-0.asc`, "utf8")).toBe(mirror.key);
  expect(await readFile(`${tree}/etc/apt/sources.list`, "utf8")).toContain(`${mirror.uri} bookworm main\n`);
  const [one, other] = [archive(base), archive(tree)];
  expect(listing(other)).toEqual(listing(one));
  expect(other.equals(one)).toBe(true);
});

test("a private mirror gets the password, and nothing else has it", async () => {
  await using mirror = await aptRepository("bookworm", downloads, "ci:8lynx-Panther");
  const [tree, state] = [`${scratch}/private`, `${scratch}/private-state`];
  for (const path of [tree, state]) await mkdir(path);
  const auth = [{ machine: mirror.uri, login: "ci", password: "archive" }];
  const from = { ...options, mirror: mirror.uri, keyring: mirror.key, auth };
  const step = {
    kind: "stage",
    name: "org.osbuild.debootstrap",
    tree,
    state,
    options: from,
    sourceEpoch: epoch,
  } as const;
  expect(await runStep({ ...step, secrets: { archive: "8lynx-Panther" } })).toMatchObject({ exitCode: 0 });
  expect(spawnSync("grep", ["-rlE", "8lynx-Panther|osbuild-auth", tree, state]).stdout.toString()).toBe("");
});

test("a lock has just what is installed, and a tree of its packages is the same, bit for bit, without network", async () => {
  const [resolveDir, directory, state] = ["resolved", "files", "locked-state"].map((name) => `${scratch}/${name}`);
  const [asked, tree] = ["asked", "locked"].map((name) => `${scratch}/${name}`);
  for (const path of [resolveDir, directory, state, asked, tree]) await mkdir(`${path}`);
  const step = { kind: "stage", name: "org.osbuild.debootstrap", options, sourceEpoch: epoch } as const;
  const answered = await runStep({ ...step, tree: `${asked}`, resolveDir: `${resolveDir}` });
  expect(answered).toEqual({ exitCode: 0, log: expect.any(String) });
  const { packages } = JSON.parse(await readFile(`${resolveDir}/lock.json`, "utf8"));
  const sums = new Map(downloads.map((path) => [sha256(readFileSync(path)), path]));
  expect(packages.map((one: { sha256: string }) => one.sha256).sort()).toEqual([...sums.keys()].sort());
  for (const [sum, path] of sums) await copyFile(path, `${directory}/${sum}`);
  const locked = { packages, directory: `${directory}` };
  expect(await runStep({ ...step, tree: `${tree}`, state: `${state}`, locked })).toMatchObject({ exitCode: 0 });
  const [one, other] = [archive(base), archive(`${tree}`)];
  expect(listing(other)).toEqual(listing(one));
  expect(other.equals(one)).toBe(true);
  const differs = spawnSync("diff", ["--recursive", `${base}/etc/apt`, `${tree}/etc/apt`], { encoding: "utf8" });
  expect(differs.stdout).toBe("");
});

test("downloads are redirected, but the tree's sources aren't", async () => {
  await using mirror = await aptRepository("bookworm", downloads);
  const tree = `${scratch}/redirected`;
  const given = { ...options, mirror: "http://debian.test/a.b/debian", keyring: mirror.key };
  const mirrors = { "http://debian.test/": "http://127.0.0.1:9/", "http://debian.test/a.b/debian": mirror.uri };
  expect(await bootstrap(tree, given, mirrors)).toEqual({ exitCode: 0, log: expect.any(String) });
  expect(mirror.requests).toContain("/dists/bookworm/InRelease");
  expect(await readFile(`${tree}/etc/apt/sources.list`, "utf8")).toBe(
    "deb http://debian.test/a.b/debian bookworm main\n",
  );
});

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

/** Everything in a tree except apt's sources and keys, with times that are clamped as by the engine. */
function archive(tree: string): Buffer {
  const form = ["--format=posix", "--pax-option=exthdr.name=%d/%f,delete=atime,delete=ctime", "--xattrs", "--acls"];
  const same = ["--sort=name", "--numeric-owner", `--mtime=@${epoch}`, "--clamp-mtime"];
  const argv = [...form, ...same, "--exclude=./etc/apt", "--create", `--directory=${tree}`, "."];
  return execFileSync("tar", argv, { maxBuffer: 2 ** 30 });
}

const listing = (archive: Buffer) =>
  execFileSync("tar", ["--list", "--verbose", "--full-time"], { input: archive, encoding: "utf8" }).split("\n");

test("a snapshot is the state of Debian's archive, with updates and security, at one time", async () => {
  const tree = `${scratch}/snapshot`;
  const time = "19700101T000000Z";
  // The snapshot is empty, so this ends with an error.
  await using server = await serve(() => undefined);
  const snapshot = `${server.url}/archive/{archive}/${time}/`;
  expect(await bootstrap(tree, { ...options, snapshot })).toMatchObject({ exitCode: 1 });
  const sources = await readFile(`${tree}/etc/apt/sources.list`, "utf8");
  const found = [
    ...sources.matchAll(
      /^deb \[check-valid-until=no .*\] http:\/\/127\.0\.0\.1:\d+\/archive\/(\S+)\/(\S+)\/ (\S+) main$/gm,
    ),
  ];
  expect(found.map(([, ...parts]) => parts)).toEqual([
    ["debian", time, "bookworm"],
    ["debian", time, "bookworm-updates"],
    ["debian-security", time, "bookworm-security"],
  ]);
});

test("a mirror is where a tree is made from, and its sources are the release's own", async () => {
  const own = await readFile(`${base}/etc/apt/sources.list`, "utf8");
  const [archive = ""] = own.match(/\w+:\/\/\S+/) ?? [];
  const tree = `${scratch}/from-mirror`;
  const from = { ...options, mirror: "http://mirror.test/debian" };
  expect(await bootstrap(tree, from, { "http://mirror.test/debian": archive })).toMatchObject({ exitCode: 0 });
  expect(await readFile(`${tree}/etc/apt/sources.list`, "utf8")).toBe(own);
});

test.each([
  [false, /^deb \w+:\/\/(?!snapshot\.test)[^/]+\/debian test main\n$/],
  [true, /^deb \[check-valid-until=no\] http:\/\/snapshot\.test\/debian\/20260101T000000Z\/ test main\n$/],
])("a tree that is made from a snapshot, with keep-sources: %j", async (keep, sources) => {
  await using archive = await aptRepository("test", [await dpkg(scratch)]);
  const tree = `${scratch}/from-snapshot-${keep}`;
  const snapshot = "http://snapshot.test/{archive}/20260101T000000Z/";
  const from = { suite: "test", variant: "essential", keyring: archive.key, snapshot, "keep-sources": keep };
  const mirrors = { "http://snapshot.test/debian/20260101T000000Z/": `${archive.uri}/` };
  expect(await bootstrap(tree, from, mirrors)).toMatchObject({ exitCode: 0 });
  expect(await readFile(`${tree}/etc/apt/sources.list`, "utf8")).toMatch(sources);
});

test("an unknown suite fails with apt's reason in the log", async () => {
  const { exitCode, log } = await bootstrap(`${scratch}/unknown`, { suite: "nonesuch" });
  expect(exitCode).toBe(1);
  expect(log).toMatch(/nonesuch Release' does not have a Release file/);
});

test("the log has a line for each thing that apt and dpkg begin, and all that they say of what fails", async () => {
  const files = { "DEBIAN/postinst": "#!/bin/sh\necho it cannot go on\nexit 3\n" };
  await using mirror = await aptRepository("bookworm", [...downloads, await debPackage(scratch, "broken", { files })]);
  const from = { ...options, mirror: mirror.uri, keyring: mirror.key, packages: ["broken"] };
  const { exitCode, log } = await bootstrap(`${scratch}/broken`, from);
  const essential = `${downloads.length} packages`;
  const said = log
    .split("\n")
    .filter((line) => /^I: (down|extr|inst)|^(unpack|configur)ing|^Unpack|cannot go/.test(line));
  expect({ exitCode, said }).toEqual({
    exitCode: 1,
    said: [
      "I: downloading packages with apt...",
      "I: extracting archives...",
      "I: installing essential packages...",
      ...[`unpacking ${essential}`, `configuring ${essential}`],
      "I: installing remaining packages inside the chroot...",
      ...["unpacking 1 package", "configuring 1 package"],
      ...["Unpacking broken (1.0) ...", "it cannot go on"],
    ],
  });
});

test("a tree that isn't empty is refused", async () => {
  await using tree = await skeleton({ "/etc/hostname": "host\n" });
  const { exitCode, log } = await bootstrap(tree.path, options);
  expect({ exitCode, log }).toEqual({
    exitCode: 1,
    log: "the tree is not empty: a base system comes first, org.osbuild.apt adds to it",
  });
});
