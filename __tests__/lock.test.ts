import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aptRepositoryFiles, debPackage } from "./support/apt-repository.ts";
import { dpkg } from "./support/golden-repositories.ts";
import { type LocalServer, serve } from "./support/local-server.ts";
import { osbuild, osbuildJson } from "./support/osbuild.ts";
import { scratch } from "./support/store.ts";

/** An archive, today's and that of 1 January 2026 at a snapshot service. */
interface Archive extends AsyncDisposable {
  readonly server: LocalServer;
  readonly key: string;
  readonly files: Map<string, Buffer>;
  /** Replaces the archive's packages, and adds fields to its index. */
  readonly publish: (debs: readonly string[], fields?: readonly string[]) => void;
}

let directory: Awaited<ReturnType<typeof scratch>>;
let packages: { readonly dpkg: string; readonly base: string; readonly newer: string };

beforeAll(async () => {
  directory = await scratch();
  const base = (version: string) =>
    debPackage(directory.path, "base", {
      version,
      fields: "Essential: yes\nPriority: extra\nSection: base\n",
      files: { "etc/base": `${version}\n` },
    });
  packages = { dpkg: await dpkg(directory.path), base: await base("1.0"), newer: await base("1.1") };
});
afterAll(async () => directory[Symbol.asyncDispose]());

async function archive(): Promise<Archive> {
  const files = new Map<string, Buffer>();
  const { key, secret } = aptRepositoryFiles("test", []);
  const server = await serve((path) => files.get(decodeURIComponent(path)) ?? files.get(inPast(path)));
  const publish = (debs: readonly string[], fields: readonly string[] = []) => {
    for (const path of [...files.keys()]) if (path.startsWith("/debian/")) files.delete(path);
    const published = aptRepositoryFiles("test", debs, { secret, fields });
    for (const [path, content] of published.files) files.set(`/debian${path}`, content);
  };
  publish([packages.dpkg, packages.base]);
  return { server, key, files, publish, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** The path in the archive of a path in any snapshot of the service `ever`, which has the archive as it is. */
const inPast = (path: string) => path.replace(/^\/ever\/debian\/\d{8}T\d{6}Z\//, "/debian/");

/** A directory with a pipeline that is made from an archive. */
async function place({ server, key }: Pick<Archive, "server" | "key">, snapshot: string | null = service) {
  const { path: cwd, ...rest } = await scratch();
  const debian = {
    name: "org.osbuild.debootstrap",
    options: {
      suite: "test",
      variant: "essential",
      mirror: "http://archive.test/debian",
      keyring: key,
      ...(snapshot === null ? {} : { snapshot }),
    },
  };
  const pipeline = { stages: [debian], assembler: { name: "org.osbuild.tar", options: { filename: "tree.tar" } } };
  writeFileSync(`${cwd}/p.json`, `${JSON.stringify(pipeline, null, 2)}\n`);
  writeFileSync(`${cwd}/mirrors.json`, JSON.stringify({ "http://archive.test": server.url }));
  const mirrors = ["--mirrors", "mirrors.json"];
  return {
    cwd,
    lock: (...args: readonly string[]) => osbuild(["lock", "p.json", ...mirrors, ...args], { cwd }),
    build: (...args: readonly string[]) => osbuildJson(["p.json", ...mirrors, ...args], { cwd }),
    fail: (...args: readonly string[]) => osbuild(["p.json", ...mirrors, ...args], { cwd }),
    locked: () => readFileSync(`${cwd}/p.lock.json`, "utf8"),
    ...rest,
  };
}

const service = "http://archive.test/snapshot/{archive}/{time}/";

test("a locked image is the same after the archive has moved on, and without it once the packages are there", async () => {
  await using debian = await archive();
  await using here = await place(debian);
  const image = (store: string) => readFileSync(`${here.cwd}/${store}/tree.tar`);
  await here.build("--store", "unlocked", "-o", "image-unlocked");
  expect(await here.lock()).toMatchObject({
    code: 0,
    stdout: "org.osbuild.debootstrap: 2 packages\nwrote p.lock.json\n",
  });
  const lock = JSON.parse(here.locked());
  expect(lock.steps[0].repositories).toEqual([
    {
      url: "http://archive.test/debian/",
      suite: "test",
      release: expect.stringMatching(/^[0-9a-f]{64}$/),
      date: "2026-01-01T00:00:00Z",
      snapshot: "http://archive.test/snapshot/debian/{time}/",
    },
  ]);
  expect(lock.steps[0].packages[0]).toMatchObject({ name: "base", version: "1.0", priority: "extra", section: "base" });
  await here.build("--store", "locked", "-o", "image-locked");
  expect(image("image-locked").equals(image("image-unlocked"))).toBe(true);

  debian.publish([packages.dpkg, packages.newer]);
  const past = "/snapshot/debian/20260101T000000Z/pool/base_1.0_all.deb";
  debian.files.set(past, readFileSync(packages.base));
  await here.build("--store", "later", "-o", "image-later");
  expect(image("image-later").equals(image("image-unlocked"))).toBe(true);
  expect(debian.server.requests.slice(-3)).toContain(past);

  const before = here.locked();
  const updated = await here.lock("--update", "--json");
  expect(JSON.parse(updated.stdout)).toEqual({
    lock: "p.lock.json",
    changed: true,
    steps: [
      {
        name: "org.osbuild.debootstrap",
        packages: 2,
        changes: [{ name: "base", architecture: "all", before: "1.0", after: "1.1" }],
      },
    ],
  });
  const changed = here
    .locked()
    .split("\n")
    .filter((line) => !before.split("\n").includes(line));
  expect(changed.map((line) => JSON.parse(line.replace(/,$/, "")).name ?? "the index")).toEqual(["the index", "base"]);
  const next = await here.build("--store", "later", "-o", "image-next");
  expect(next.stages.map(({ status }) => status)).toEqual(["built"]);
  expect(image("image-next").includes("1.1\n")).toBe(true);

  await debian.server[Symbol.asyncDispose]();
  rmSync(`${here.cwd}/later/refs`, { recursive: true });
  await here.build("--store", "later", "-o", "image-offline");
  expect(image("image-offline").equals(image("image-next"))).toBe(true);
}, 120_000);

const fieldOf = (line: string) => [`Snapshots: ${line}`];

test("locking leaves the log of what was built as it is", async () => {
  await using debian = await archive();
  await using here = await place(debian);
  const { tree_id: id } = await here.build();
  const log = () => readFileSync(`${here.cwd}/.osbuild/store/logs/${id}`, "utf8");
  const before = log();
  expect(before).toContain("I: extracting archives...");
  expect(await here.lock()).toMatchObject({ code: 0 });
  expect(log()).toBe(before);
});

test("without a snapshot service of the user's, a lock names that of the signed index", async () => {
  await using debian = await archive();
  await using here = await place(debian, null);
  debian.publish([packages.dpkg, packages.base], fieldOf("http://archive.test/snapshot/debian/@SNAPSHOTID@"));
  await here.lock();
  const [repository] = JSON.parse(here.locked()).steps[0].repositories;
  expect(repository).toMatchObject({ snapshot: "http://archive.test/snapshot/debian/{time}/" });
  debian.publish([packages.dpkg, packages.newer]);
  const past = "/snapshot/debian/20260101T000000Z/pool/base_1.0_all.deb";
  debian.files.set(past, readFileSync(packages.base));
  await here.build("--store", "later");
  expect(debian.server.requests.slice(-3)).toContain(past);

  debian.publish([packages.dpkg, packages.newer], fieldOf("no"));
  await here.lock("--update");
  expect(JSON.parse(here.locked()).steps[0].repositories[0].snapshot).toBeUndefined();
}, 60_000);

test("with the snapshot latest, a lock is made from what the index's own service has now, and stays there", async () => {
  await using debian = await archive();
  await using here = await place(debian, "latest");
  const { code, stderr } = await here.lock();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining("neither its index nor apt names its snapshot service"),
  });

  debian.publish([packages.dpkg, packages.base], fieldOf("http://archive.test/ever/debian/@SNAPSHOTID@/"));
  const before = Date.now();
  await here.lock();
  const { repositories, packages: locked } = JSON.parse(here.locked()).steps[0];
  const [, time = ""] = /^http:\/\/archive\.test\/ever\/debian\/(\w+)\/$/.exec(repositories[0].url) ?? [];
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const [year, month, day, ...clock] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${clock.join(":")}Z`);
  expect(at).toBeGreaterThan(before - 2000);
  expect(at).toBeLessThan(Date.now() + 2000);
  expect(repositories[0].snapshot).toBeUndefined();
  expect(locked.map(({ url }: { url: string }) => url)).toEqual([
    `http://archive.test/ever/debian/${time}/pool/base_1.0_all.deb`,
    `http://archive.test/ever/debian/${time}/pool/dpkg_1.0_all.deb`,
  ]);
  await here.build("--store", "locked", "-o", "image");
  // The tree's own sources are those of the release.
  expect(readFileSync(`${here.cwd}/image/tree.tar`).includes("/ever/")).toBe(false);
}, 60_000);

test("a package that is gone everywhere is named, with its date and what each server said", async () => {
  await using debian = await archive();
  await using here = await place(debian);
  await here.lock();
  debian.publish([packages.dpkg, packages.newer]);
  const { url } = debian.server;
  const { code, stderr } = await here.fail("--store", "new");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(
      [
        "p.json:4:15: error: base 1.0, as of 2026-01-01, can't be fetched:",
        `  ${url}/debian/pool/base_1.0_all.deb: 404 Not Found`,
        `  ${url}/snapshot/debian/20260101T000000Z/pool/base_1.0_all.deb: 404 Not Found`,
        `  ${url}/snapshot/debian/20260102T000000Z/pool/base_1.0_all.deb: 404 Not Found`,
      ].join("\n"),
    ),
  });
}, 60_000);

test("a lock that was edited by hand doesn't build what it doesn't say", async () => {
  await using debian = await archive();
  await using here = await place(debian);
  await here.lock();
  const text = here.locked();
  const edit = async (from: RegExp, to: string) => {
    writeFileSync(`${here.cwd}/p.lock.json`, text.replace(from, to));
    const { code, stdout, stderr } = await here.fail("--store", "edited");
    expect(code).toBe(1);
    return stdout + stderr;
  };
  expect(await edit(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${"0".repeat(64)}"`)).toContain(
    "what is there is another file",
  );
  expect(await edit(/"version":"1.0"/, '"version":"2.0"')).toContain(
    "the lock says that http://archive.test/debian/pool/base_1.0_all.deb is base 2.0 all, but it is base 1.0 all: lock it again",
  );
}, 60_000);

test("a lock can't name an address of the machine itself", async () => {
  await using debian = await archive();
  await using here = await place(debian);
  await here.lock();
  const text = here.locked().replaceAll("http://archive.test/", `${debian.server.url}/`);
  writeFileSync(`${here.cwd}/p.lock.json`, text);
  const before = debian.server.requests.length;
  const { code, stderr } = await osbuild(["p.json", "--store", "new"], { cwd: here.cwd });
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("ECONNREFUSED") });
  expect(debian.server.requests.length).toBe(before);
}, 60_000);

test("only what a signature vouches for, and only what is not too old, is locked", async () => {
  await using debian = await archive();
  await using other = await archive();
  const lock = async (key: string) => {
    await using here = await place({ server: debian.server, key });
    const { code, stdout, stderr } = await here.lock();
    expect(existsSync(`${here.cwd}/p.lock.json`)).toBe(false);
    return { code, said: stdout + stderr };
  };
  expect(await lock(other.key)).toEqual({ code: 1, said: expect.stringMatching(/NO_PUBKEY|Missing key/) });
  debian.publish([packages.dpkg], ["Valid-Until: Fri, 02 Jan 2026 00:00:00 UTC"]);
  expect(await lock(debian.key)).toEqual({ code: 1, said: expect.stringMatching(/Release file .* is expired/) });
  debian.publish([packages.dpkg]);
  const [index, text] = [...debian.files].find(([path]) => path.endsWith("/InRelease")) as [string, Buffer];
  debian.files.set(
    index.replace("InRelease", "Release"),
    Buffer.from(/^Suite: .*?(?=^-----BEGIN)/ms.exec(text.toString())?.[0] ?? ""),
  );
  debian.files.delete(index);
  expect(await lock(debian.key)).toEqual({ code: 1, said: expect.stringContaining("is not signed") });
}, 60_000);

test("a lock that is up to date stays, two at once make one, and --frozen says what is missing", async () => {
  await using debian = await archive();
  await using here = await place(debian);
  expect(await here.lock("--frozen")).toMatchObject({
    code: 2,
    stderr: "error: there is no p.lock.json\n  hint: `osbuild lock p.json` writes it\n",
  });
  const both = await Promise.all([here.lock("--store", "one"), here.lock("--store", "other")]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const requests = debian.server.requests.length;
  expect(await here.lock()).toMatchObject({
    code: 0,
    stdout: "org.osbuild.debootstrap: 2 packages\np.lock.json is up to date\n",
  });
  expect(await here.lock("--frozen")).toMatchObject({ code: 0, stdout: "p.lock.json is up to date\n" });
  expect(debian.server.requests.length).toBe(requests);
  expect((await here.lock("--update", "--markdown")).stdout).toBe("No package has changed.\n");
  expect(await here.lock("--update", "org.osbuild.apt")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the pipeline has no step org.osbuild.apt that can be locked"),
  });
  const pipeline = readFileSync(`${here.cwd}/p.json`, "utf8");
  writeFileSync(`${here.cwd}/p.json`, pipeline.replace("essential", "apt"));
  const stale = {
    code: 2,
    stderr: expect.stringMatching(
      /^p\.json:4:15: error: p\.lock\.json was made before the options of org\.osbuild\.debootstrap[\s\S]*hint: `osbuild lock p\.json` brings it up to date\n$/,
    ),
  };
  expect(await here.fail()).toMatchObject(stale);
  expect(await here.lock("--frozen")).toMatchObject(stale);
}, 60_000);
