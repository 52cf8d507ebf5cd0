import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { library, newRepository, nothing, pipelineOf } from "./support/action.ts";
import { unprivilegedUser } from "./support/actions/unprivileged-user.ts";
import { osbuild } from "./support/osbuild.ts";
import { logIn, startRegistry } from "./support/registry.ts";
import { scratch, sh } from "./support/store.ts";

const files = { "web.json": pipelineOf("mkdir etc && echo web > etc/hostname", "date +%s%N > when") };

/** A user's own machine: a store that has nothing, and a checkout. */
async function laptop() {
  const directory = await scratch();
  for (const [path, content] of Object.entries({ ...library, ...files })) {
    const file = `${directory.path}/${path}`;
    mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return { cwd: directory.path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

const isCached = /^3\/3 tar: cached in the remote \([0-9a-f]{12}\)$/m;

test("a laptop takes what a job has built from a registry, and root never has the user's password", async () => {
  await using user = await unprivilegedUser();
  await using registry = await startRegistry("password");
  await using repository = await newRepository();
  await using here = await laptop();
  // Only this user has logged in.
  const env = logIn(user.home, registry.host);
  const remote = `${registry.host}/team/images`;
  const inputs = { remote, cache: "false", checkpoints: "all" };
  const job = await repository.job(files, { user, inputs });
  expect(job).toMatchObject({ outcome: "success", annotations: [], outputs: { "cache-hit": "none" }, left: nothing });

  sh('chown -R "$1" "$2"', user.name, here.cwd);
  // Reading is always allowed, because the checkout may be in somebody's home.
  const rights = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
  const prefix = ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", ...rights];
  const args = ["build", "--libdir", "lib", "--remote", remote, "-o", "output", "web.json"];
  const built = await osbuild(args, { cwd: here.cwd, env: { ...env, PATH: process.env.PATH }, prefix });
  expect(built).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(isCached) });
  expect(sh('sha256sum "$1"/output/web.tar', here.cwd).slice(0, 64)).toBe(job.outputs["image-sha256"]);

  const asRoot = await osbuild([...args.slice(0, -3), "--store", "root", "web.json"], { cwd: here.cwd });
  expect(asRoot).toMatchObject({ code: 0, stdout: expect.stringContaining("may not read from the remote") });
});

test("machines share a directory; a job asks it before the Actions cache, and both keep what is new", async () => {
  await using shared = await scratch();
  await using repository = await newRepository();
  await using here = await laptop();
  const args = ["--libdir", "lib", "--remote", shared.path, "-o", "output", "web.json"];
  const inputs = { remote: shared.path, checkpoints: "all" };
  const job = await repository.job(files, { inputs });
  expect(job).toMatchObject({ outcome: "success", annotations: [], outputs: { "cache-hit": "none" } });
  expect(repository.service.requests().map(({ route }) => route)).toContain("FinalizeCacheEntryUpload");
  expect(job.log).toContainEqual(expect.stringMatching(/^remote: nothing fetched, .* saved$/));

  const built = await osbuild(args, { cwd: here.cwd });
  expect(built).toMatchObject({ code: 0, stdout: expect.stringMatching(isCached) });
  const image = readFileSync(`${here.cwd}/output/web.tar`);

  repository.service.forgetRequests();
  const next = await repository.job(files, { inputs });
  expect(next).toMatchObject({ annotations: [], outputs: { "cache-hit": "full" } });
  expect(next.outputs["image-sha256"]).toBe(sh('sha256sum "$1"/output/web.tar', here.cwd).slice(0, 64));
  expect(image.length).toBeGreaterThan(0);
  const fetched = repository.service.requests().filter(({ route }) => route === "GetBlob");
  expect(fetched.filter(({ name }) => !name.includes("-latest-"))).toEqual([]);
});

test("a directory that can't be written to is read, without a warning", async () => {
  await using shared = await scratch();
  await using here = await laptop();
  const build = (store: string) =>
    osbuild(["--libdir", "lib", "--store", store, "--remote", shared.path, "web.json"], { cwd: here.cwd });
  expect((await build("first")).stdout).toMatch(/^saved org.osbuild.tar to the remote/m);
  sh('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', shared.path);
  try {
    const { code, stdout } = await build("second");
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(isCached) });
    expect(stdout).not.toMatch(/warning|saved/);
  } finally {
    sh('umount "$1"', shared.path);
  }
});

test("a build with a remote that isn't there ends before anything runs", async () => {
  await using here = await laptop();
  const args = ["--libdir", "lib", "--remote", `${here.cwd}/none`, "web.json"];
  expect(await osbuild(args, { cwd: here.cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr: `error: the remote ${here.cwd}/none can't be used: there is no such directory\n  hint: make the directory, or mount it\n`,
  });
});
