import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { osbuild, program } from "../support/osbuild.ts";
import { scratch, sh } from "../support/store.ts";

/** A pipeline of one stage of this text, with these limits. */
function stage(directory: string, text: string, limits: object): string {
  mkdirSync(`${directory}/lib/stages`, { recursive: true });
  writeFileSync(`${directory}/lib/stages/com.example.stage`, text, { mode: 0o755 });
  return JSON.stringify({ stages: [{ name: "com.example.stage", limits }] });
}

const MiB = 1024 ** 2;

test.each([
  [
    "too many processes",
    "#!/bin/bash\nbomb() { bomb | bomb & }\nbomb\nsleep 1000\n",
    { processes: 64 },
    "at its limit of 64 processes",
  ],
  [
    "too much memory",
    "#!/usr/bin/perl\nmy @all; push @all, 'x' x 10_000_000 while 1;\n",
    { memory: 256 * MiB },
    "at its limit of 268435456 bytes of memory",
  ],
  [
    "too much disk",
    "#!/bin/sh\ndd if=/dev/zero of=/tmp/file bs=1M count=16 status=none; sleep 1000\n",
    { disk: 8 * MiB },
    "at its limit of 8388608 bytes of disk",
  ],
])("a stage that uses %s is ended with a sentence at its place", async (...given) => {
  const [, text, limits, sentence] = given;
  await using place = await scratch();
  const input = stage(place.path, text, limits);
  const { code, stderr } = await osbuild(["--libdir=lib", "-"], { cwd: place.path, input });
  expect(stderr).toContain(`<stdin>:1:20: error: com.example.stage was ended ${sentence}\n`);
  expect(stderr).toContain(`"limits": {"${Object.keys(limits)[0]}": …}`);
  expect(code).toBe(1);
});

test("a stage that fills the disk is ended with a sentence", async () => {
  await using place = await scratch();
  const text = "#!/bin/sh\ndd if=/dev/zero of=/run/osbuild/tree/file bs=1M status=none || true; sleep 1000\n";
  const input = stage(place.path, text, {});
  mkdirSync(`${place.path}/store`);
  const mount = 'mount -t tmpfs -o size=20m tmpfs store; exec "$@"';
  const prefix = ["unshare", "--mount", "--propagation=private", "sh", "-ec", mount, "sh"];
  const { stderr } = await osbuild(["--libdir=lib", "--store=store", "-"], { cwd: place.path, input, prefix });
  expect(stderr).toContain("<stdin>:1:20: error: the disk is full: com.example.stage was ended\n");
});

/** The control groups of a build, by the builder's process. */
const groupsOf = (pid: number | undefined) => sh(`find /sys/fs/cgroup -path "*/osbuild-$1-*"`, String(pid));

test("control groups that a stage makes end with it, and a killed builder's with the next build", async () => {
  await using place = await scratch();
  const makes =
    "#!/bin/sh\nfor d in /sys/fs/cgroup /sys/fs/cgroup/*; do mkdir $d/made; done; touch /run/osbuild/tree/made; ";
  const input = stage(place.path, `${makes} sleep 1000\n`, {});
  const child = spawn(process.execPath, [program, "--libdir=lib", "-"], { cwd: place.path });
  child.stdin.end(input);
  while (!groupsOf(child.pid).includes("/payload")) await setTimeout(10);
  child.kill("SIGKILL");
  const next = spawn(process.execPath, [program, "--libdir=lib", "-"], { cwd: place.path });
  next.stdin.end(stage(place.path, makes, {}));
  const [code] = await new Promise<[number]>((resolve) => next.on("close", (...ended) => resolve(ended as never)));
  expect({ code, killed: groupsOf(child.pid), ended: groupsOf(next.pid) }).toEqual({ code: 0, killed: "", ended: "" });
});
