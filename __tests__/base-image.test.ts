import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { library, newRepository, nothing, shell } from "./support/action.ts";
import { unprivilegedUser } from "./support/actions/unprivileged-user.ts";
import { osbuild } from "./support/osbuild.ts";
import { basic, logIn, startRegistry } from "./support/registry.ts";
import { scratch, sh } from "./support/store.ts";

/** All that a tree can have but access control lists, and changes in the second stage that a layer has marks for. */
const stages = [
  shell(`
    mkdir -p usr/lib etc old var/tmp; ln -s usr/lib lib; chmod 1777 var/tmp
    echo a > etc/a; chown 5:7 etc/a; setfattr -n user.note -v kept etc/a
    echo gone > etc/gone; echo gone > old/file; mknod -m 600 null c 1 3
    cp /bin/true usr/ping; setcap cap_net_raw+ep usr/ping; ln usr/ping usr/ping6`),
  shell("rm etc/gone; rm -r old; mkdir old; echo new > old/new; echo b >> etc/a; echo x > lib/x"),
];
const tar = { name: "org.osbuild.tar", options: { filename: "web.tar" } };
const container = { filename: "base.tar", architecture: "x86_64", layers: true };

/** A checkout. */
async function checkout(files: Readonly<Record<string, object>>) {
  const directory = await scratch();
  for (const [path, content] of Object.entries({ ...library, ...files })) {
    const file = `${directory.path}/${path}`;
    mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return { cwd: directory.path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

/** Builds a base in a checkout, pushes it, and returns its reference. */
async function publish(cwd: string, host: string, env: NodeJS.ProcessEnv): Promise<string> {
  const built = await osbuild(["--libdir", "lib", "-o", "output", "base.json"], { cwd });
  expect(built).toMatchObject({ code: 0, stderr: "" });
  const args = ["push", "output/base.tar", `${host}/team/base:12`];
  const { stdout } = await osbuild(args, { cwd, env: { ...env, PATH: process.env.PATH } });
  return /^pushed (\S+@sha256:[0-9a-f]{64}):/.exec(stdout)?.[1] as string;
}

const base = { stages, assembler: { name: "org.osbuild.oci-archive", options: container } };
const digestOf = (file: string) => sh('sha256sum "$1"', file).slice(0, 64);

test("a base from a registry has all that its tree had, and a store that has it needs no registry", async () => {
  await using user = await unprivilegedUser();
  await using here = await checkout({ "base.json": base, "tree.json": { stages, assembler: tar } });
  await using registry = await startRegistry("password");
  const env = logIn(user.home, registry.host);
  const reference = await publish(here.cwd, registry.host, env);
  const original = await osbuild(["--libdir", "lib", "-o", "output", "tree.json"], { cwd: here.cwd });
  expect(original).toMatchObject({ code: 0, stderr: "" });
  const web = (...scripts: readonly string[]) =>
    writeFileSync(
      `${here.cwd}/web.json`,
      JSON.stringify({ base: reference, stages: scripts.map(shell), assembler: tar }),
    );
  web();
  sh('chown -R "$1" "$2"', user.name, here.cwd);
  const args = ["--libdir", "lib", "--store", "another", "-o", "web", "web.json"];

  // Root has not logged in.
  expect(await osbuild(args, { cwd: here.cwd })).toEqual({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^web\.json:1:9: error: .*HTTP status 401[\s\S]* {2}hint: log in to the registry/),
  });

  const rights = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
  const prefix = ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", ...rights];
  const asUser = { cwd: here.cwd, env: { ...env, PATH: process.env.PATH }, prefix };
  const built = await osbuild(args, asUser);
  const fetched = `fetched the base ${reference} from the registry: `;
  expect(built).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining(fetched) });
  expect(digestOf(`${here.cwd}/web/web.tar`)).toBe(digestOf(`${here.cwd}/output/web.tar`));
  const id = reference.slice(-64);
  expect(built.stdout).toContain(`tree id: ${id}`);

  const verified = await osbuild(["verify", ...args.slice(0, 4), "web.json"], asUser);
  expect(verified).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringContaining("compared 1 step of two builds"),
  });

  await registry[Symbol.asyncDispose]();
  web("echo web > etc/hostname");
  const next = await osbuild(args, { cwd: here.cwd });
  expect(next).toMatchObject({ code: 0, stderr: "", stdout: expect.not.stringContaining("fetched") });

  // A damaged base is downloaded again.
  const { object } = JSON.parse(readFileSync(`${here.cwd}/another/refs/${id}.json`, "utf8"));
  sh('printf damaged | dd of="$1" conv=notrunc status=none', `${here.cwd}/another/objects/${object}`);
  web("echo other > etc/hostname");
  const damaged = await osbuild(args, { cwd: here.cwd });
  expect(damaged).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^web\.json:1:9: error: .*can't be reached/),
  });
  expect(damaged.stdout).toContain(`which was the result of the base ${id}`);
});

test("a job starts from a base with its own login, and a fresh runner finds in the cache what was built on it", async () => {
  await using user = await unprivilegedUser();
  await using registry = await startRegistry("password");
  await using repository = await newRepository();
  await using here = await checkout({ "base.json": base });
  logIn(user.home, registry.host);
  const reference = await publish(here.cwd, registry.host, { HOME: user.home });
  const files = { "web.json": { base: reference, stages: [shell("echo web > etc/hostname")], assembler: tar } };
  const inputs = { checkpoints: "all" };
  // A pull request may write the address of what else listens on the runner.
  const stranger = await repository.job(files, { inputs });
  expect(stranger).toMatchObject({ outcome: "failure", left: nothing });
  expect(stranger.annotations).toEqual([expect.objectContaining({ message: expect.stringContaining("docker login") })]);
  const first = await repository.job(files, { user, inputs: { ...inputs, verify: "true" } });
  expect(first).toMatchObject({ outcome: "success", annotations: [], outputs: { "cache-hit": "none" }, left: nothing });
  expect(first.log).toContainEqual(expect.stringContaining(`fetched the base ${reference} from the registry`));
  expect(JSON.stringify(first.log)).not.toContain(basic);

  const changed = { ...files["web.json"], stages: [...files["web.json"].stages, shell("echo b > etc/b")] };
  const second = await repository.job({ "web.json": changed }, { user, inputs });
  expect(second).toMatchObject({ outcome: "success", annotations: [], outputs: { "cache-hit": "partial" } });
  expect(second.log.join("\n")).not.toContain("fetched the base");
});

test("stages run in an image, too, and one that is also the base is downloaded once", async () => {
  const tools = shell(`
    mkdir -p usr/bin usr/lib etc; ln -s usr/bin bin; ln -s usr/lib lib; cp /usr/bin/busybox usr/bin
    for name in sh cat; do ln -s busybox usr/bin/$name; done; echo tools > etc/tools`);
  await using registry = await startRegistry();
  await using here = await checkout({ "base.json": { ...base, stages: [tools] } });
  const reference = await publish(here.cwd, registry.host, {});
  const pipeline = { build: { base: reference }, base: reference, stages: [shell("cat /etc/tools > etc/used")] };
  writeFileSync(`${here.cwd}/web.json`, JSON.stringify(pipeline));
  const built = await osbuild(["--libdir", "lib", "--store", "another", "--save", "web.tar", "web.json"], here);
  expect(built).toMatchObject({ code: 0, stderr: "" });
  expect(built.stdout.match(/^fetched the base/gm)).toHaveLength(1);
  expect(sh('tar -xOf "$1/web.tar" ./etc/used ./usr/bin/cat 2>&1 | head -c 6', here.cwd)).toBe("tools\n");
});

test("a pipeline names what can't be a base, and where", async () => {
  const digest = "0".repeat(64);
  const wrong = ["debian:12", `debian@sha256:${digest}`, `team/base@sha256:${digest}`, "registry.test/team/base:12"];
  await using here = await checkout(Object.fromEntries(wrong.map((name, index) => [`${index}.json`, { base: name }])));
  for (const [index, name] of wrong.entries()) {
    const { code, stderr } = await osbuild([`${index}.json`], { cwd: here.cwd });
    expect({ name, code, stderr }).toEqual({
      ...{ name, code: 2 },
      stderr: expect.stringMatching(/^\d\.json:1:9: error: "base" (can't be|names no image)/),
    });
  }
  expect(readdirSync(here.cwd)).not.toContain(".osbuild");
});

test("a base is downloaded while the tree is made in which the stages will run", async () => {
  await using registry = await startRegistry();
  await using here = await checkout({ "base.json": base });
  const reference = await publish(here.cwd, registry.host, {});
  const build = { pipeline: { stages: [shell("sleep 3; echo no tools; false")] }, runner: "org.osbuild.linux" };
  writeFileSync(`${here.cwd}/web.json`, JSON.stringify({ build, base: reference, stages: [shell("true")] }));
  const { code, stdout } = await osbuild(["--libdir", "lib", "--store", "another", "web.json"], here);
  expect(code).toBe(1);
  expect(stdout.indexOf(`fetched the base ${reference}`)).toBeGreaterThan(0);
  expect(stdout.indexOf(`fetched the base ${reference}`)).toBeLessThan(stdout.indexOf("no tools"));
});
