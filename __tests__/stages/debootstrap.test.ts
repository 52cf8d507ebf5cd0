import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aptRepository } from "../support/apt-repository.ts";
import { serve } from "../support/local-server.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const epoch = 1767225600;
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

test("the base system keeps nothing of how it was made: no log, cache or device, no name from the host", async () => {
  for (const path of ["dev", "tmp", "var/cache/apt", "var/cache/ldconfig", "var/lib/apt/lists", "var/log/apt"]) {
    expect([path, await readdir(`${base}/${path}`)]).toEqual([path, []]);
  }
  const paths = ["etc/hostname", "etc/resolv.conf", "var/log/dpkg.log", "var/lib/dpkg/status-old"];
  expect(paths.filter((path) => existsSync(`${base}/${path}`))).toEqual([]);
});

test("from another mirror, under another umask and time zone, it is the same to the bit, with nothing downloaded", async () => {
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

test("downloads are redirected, and the tree's sources don't know", async () => {
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

/** Everything of a tree but apt's sources and keys, with times as the engine clamps them. */
function archive(tree: string): Buffer {
  const form = ["--format=posix", "--pax-option=exthdr.name=%d/%f,delete=atime,delete=ctime", "--xattrs", "--acls"];
  const same = ["--sort=name", "--numeric-owner", `--mtime=@${epoch}`, "--clamp-mtime"];
  const argv = [...form, ...same, "--exclude=./etc/apt", "--create", `--directory=${tree}`, "."];
  return execFileSync("tar", argv, { maxBuffer: 2 ** 30 });
}

const listing = (archive: Buffer) =>
  execFileSync("tar", ["--list", "--verbose", "--full-time"], { input: archive, encoding: "utf8" }).split("\n");

test("a snapshot is Debian's archive, and its updates' and security's, at one time", async () => {
  const tree = `${scratch}/snapshot`;
  const time = "19700101T000000Z";
  // It has nothing: this ends in an error.
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

test("an unknown suite fails with apt's reason in the log", async () => {
  const { exitCode, log } = await bootstrap(`${scratch}/unknown`, { suite: "nonesuch" });
  expect(exitCode).toBe(1);
  expect(log).toMatch(/nonesuch Release' does not have a Release file/);
});

test("a tree that holds something already is refused", async () => {
  await using tree = await skeleton({ "/etc/hostname": "host\n" });
  const { exitCode, log } = await bootstrap(tree.path, options);
  expect({ exitCode, log }).toEqual({
    exitCode: 1,
    log: "the tree is not empty: a base system comes first, org.osbuild.apt adds to it",
  });
});
