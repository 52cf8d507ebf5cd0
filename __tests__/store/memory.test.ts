import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore } from "../../src/store/layout.ts";
import { mountMemory } from "../../src/store/memory.ts";
import { openWorkspace } from "../../src/store/workspace.ts";
import { program } from "../support/osbuild.ts";
import { scratch, sh } from "../support/store.ts";

const gibibyte = 1024 ** 3;

test.each([
  { room: "auto", available: 3 * gibibyte, mounted: undefined },
  { room: "auto", available: 8 * gibibyte, mounted: "4.0G" },
  { room: "memory", available: gibibyte, mounted: "512M" },
  { room: "disk", available: 8 * gibibyte, mounted: undefined },
] as const)(
  "with room: $room, $available bytes of memory give a tmpfs of $mounted",
  async ({ room, available, mounted }) => {
    await using directory = await scratch();
    const layout = await createStore(`${directory.path}/store`);
    await using workspace = await openWorkspace(layout, ({ message }) => expect(message).toBe(""));
    const name = await mountMemory(workspace.namespace, workspace.directory, room, available);
    expect(name === undefined).toBe(mounted === undefined);
    if (name === undefined) return;
    const argv = ["df", "--human-readable", "--output=fstype,size", `${workspace.directory}/${name}`];
    expect((await workspace.namespace.run(argv)).split("\n")[1]?.split(/\s+/)).toEqual(["tmpfs", mounted]);
  },
);

test("what fills the memory is done on disk, and gives the same layers", async () => {
  await using directory = await scratch();
  const cwd = directory.path;
  mkdirSync(`${cwd}/lib/stages`, { recursive: true });
  const stage = "#!/bin/sh -e\ncd /run/osbuild/tree\ntest ! -e large\nhead -c 96M /dev/zero > large\n";
  writeFileSync(`${cwd}/lib/stages/test.large`, stage, { mode: 0o755 });
  writeFileSync(`${cwd}/p.json`, JSON.stringify({ stages: [{ name: "test.large" }, { name: "org.osbuild.noop" }] }));
  writeFileSync(`${cwd}/meminfo`, "MemTotal: 262144 kB\nMemFree: 131072 kB\nMemAvailable: 131072 kB\n");
  const build = (where: string, ...more: readonly string[]) =>
    sh(
      `cd "$1"; shift
       exec unshare --mount --propagation=private sh -ec 'mount --bind meminfo /proc/meminfo; exec "$@"' sh "$@"`,
      ...[cwd, process.execPath, program, "--verbose", "--libdir=lib", `--store=${where}`, `--workspace=${where}`],
      ...["p.json", ...more],
    );
  const said = "[memory is full: the step runs again, on disk]";
  expect(build("disk")).not.toContain(said);
  expect(build("memory")).toContain(said);
  sh('cd "$1"; head -c 96M /dev/zero > zeros; tar -cf large.tar zeros', cwd);
  build("memory", "--from=large.tar");
  build("disk", "--from=large.tar");
  expect(readdirSync(`${cwd}/memory/objects`)).toEqual(readdirSync(`${cwd}/disk/objects`));
});
