import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Bench, openBench } from "../support/jobs.ts";

const root = resolve(import.meta.dirname, "../..");

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  for (const name of ["dev", "proc", "sys", "run", "tmp", "var"]) mkdirSync(`${bench.tree}/${name}`);
});
afterAll(async () => bench[Symbol.asyncDispose]());

const ask = `
  ask() { echo "$@" > /run/osbuild/mounts/ask; cat /run/osbuild/mounts/reply; }
  tree=/run/osbuild/tree`;

const run = (name: string, script: string) =>
  bench.run(name, `#!/bin/sh\n${ask}\n${script}`, { mounts: "on request", state: stateDirectory() });

function stateDirectory(): string {
  mkdirSync(`${bench.path}/state/part`, { recursive: true });
  return `${bench.path}/state`;
}

test("mounts over the tree are made on request and lifted again; the program itself can't make any", async () => {
  const { exitCode, log } = await run(
    "asks",
    `mkdir -p $tree/var/tmp; ask over dev proc sys run tmp var/tmp | grep .
    ls $tree/dev/null $tree/proc/self/status
    touch $tree/run/gone $tree/tmp/gone $tree/var/tmp/gone
    ask keep part var | grep .; touch $tree/var/kept
    ask lift dev proc sys run tmp var var/tmp dev | grep .
    ls $tree/*
    grep -c 'Cap[EPB].*' /proc/self/status | tr -d '3'
    setpriv --dump 2> /dev/null | grep -c sys_admin
    mount -t tmpfs tmpfs /tmp 2> /dev/null && echo mounted
    true`,
  );
  expect({ exitCode, log: log.filter((line) => line !== "") }).toEqual({
    exitCode: 0,
    log: [
      ...["/run/osbuild/tree/dev/null", "/run/osbuild/tree/proc/self/status"],
      ...["dev", "proc", "run", "sys", "tmp", "var"].map((name) => `/run/osbuild/tree/${name}:`),
      // The files below a mount weren't changed.
      "tmp",
      "0",
    ],
  });
  expect(readdirSync(`${bench.path}/state/part`)).toEqual(["kept"]);
});

test("no request reaches beyond the tree, whatever the program does to its paths", async () => {
  const { log } = await run(
    "links",
    `rmdir $tree/dev; ln -s /dev $tree/dev
    ask over dev; rm $tree/dev; mkdir $tree/dev
    ask over etc; ask over var/../tmp; ask keep . ../../../tmp
    ask over dev
    # What is beneath the container's own /dev would show devices that work.
    mkdir -p $tree/var/a $tree/var/b; ask keep part var/a/dev; mkdir $tree/var/a/dev; ask keep part var/a/dev
    mv $tree/var/a $tree/var/c; mkdir $tree/var/a; ln -s /dev $tree/var/a/dev; ask lift var/a/dev; ask lift ../../../dev
    mknod /dev/node b 7 0; head -c 1 /dev/node 2> /dev/null && echo opened
    ask uncover /nowhere $tree; ask umount /dev; ask`,
  );
  expect(log.filter((line) => line !== "").map((line) => line.replace(/^\S*sh: \d+: /, ""))).toEqual([
    "/run/osbuild/tree/dev is not where the request says",
    expect.stringContaining("can't cd to /run/osbuild/tree/etc"),
    "/run/osbuild/tree/var/../tmp is not where the request says",
    "/run/osbuild/tree/../../../tmp is not where the request says",
    expect.stringContaining("can't cd to /run/osbuild/tree/var/a/dev"),
    expect.stringContaining("/nowhere/overlay"),
    "no such request: umount",
    "no such request: ",
  ]);
});

test("a program without mounts can't make any, even with CAP_SYS_ADMIN", async () => {
  const script = `#!/bin/sh
    setpriv --dump 2> /dev/null | grep -q sys_admin && echo privileged
    exec 2> /dev/null
    mount -t tmpfs tmpfs /tmp || echo refused
    umount /tmp || echo refused
    unshare --mount mount -o remount,rw / || echo refused`;
  const { log } = await bench.run("none", script, { mounts: "none", capabilities: ["CAP_SYS_ADMIN"] });
  expect(log).toEqual(["privileged", "refused", "refused", "refused"]);
});

test("only the built-in programs that SECURITY.md names may mount", () => {
  const security = readFileSync(`${root}/SECURITY.md`, "utf8");
  const programs = ["stages", "assemblers"].flatMap((folder) =>
    readdirSync(`${root}/${folder}`)
      .filter((name) => name.endsWith(".meta.json"))
      .map((name) => ({ name: name.replace(".meta.json", ""), ...read(`${root}/${folder}/${name}`) })),
  );
  const privileged = programs.filter(({ capabilities = [] }) => capabilities.includes("CAP_SYS_ADMIN"));
  expect(privileged.map(({ name, mounts }) => ({ name, mounts }))).toEqual([
    { name: "org.osbuild.anaconda", mounts: undefined },
    { name: "org.osbuild.ostree", mounts: "none" },
    { name: "org.osbuild.rpm-ostree", mounts: undefined },
    { name: "org.osbuild.selinux", mounts: "none" },
  ]);
  for (const { name } of privileged) expect(security).toContain(name);
});

const read = (path: string): { readonly capabilities?: readonly string[]; readonly mounts?: string } =>
  JSON.parse(readFileSync(path, "utf8"));
