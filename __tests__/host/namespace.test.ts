import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { mountAll } from "../../src/host/mounts.ts";
import { openNamespace } from "../../src/host/namespace.ts";
import { createStore } from "../../src/store/layout.ts";
import { lockAlone } from "../../src/store/workspace.ts";
import { scratch, sh } from "../support/store.ts";

const tmpfs = (target: string) => ({ type: "tmpfs", source: "tmpfs", target, options: ["mode=700"] }) as const;

test("a mount in a namespace is only visible there, whatever its path", async () => {
  await using directory = await scratch();
  const { path } = directory;
  await using namespace = await openNamespace(`${path}/lock`);
  const target = `${path}/tab\t space #hash \\back`;
  mkdirSync(target);
  await mountAll(namespace, path, [tmpfs(target)]);
  await namespace.run(["touch", "inside"], { cwd: target });
  expect(statSync(namespace.path(`${target}/inside`)).isFile()).toBe(true);
  expect(() => statSync(`${target}/inside`)).toThrow("ENOENT");
  expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(path);
});

test("nothing is left of a namespace that is killed", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const namespace = await openNamespace(layout.lock);
  const image = `${directory.path}/image`;
  writeFileSync(`${directory.path}/file`, "");
  sh('mksquashfs "$1/file" "$1/image" -quiet -no-progress', directory.path);
  mkdirSync(`${directory.path}/mounted`);
  const mount = { type: "squashfs", source: image, target: `${directory.path}/mounted`, options: ["loop"] } as const;
  await mountAll(namespace, directory.path, [mount]);
  expect(sh("losetup --list --noheadings --output BACK-FILE")).toContain(image);
  const running = namespace.run(["sleep", "4343.4343"]);
  await expect(lockAlone(layout)).rejects.toThrow("the store is in use by a build");
  namespace.kill();
  await expect(running).rejects.toThrow("sleep 4343.4343");
  await namespace[Symbol.asyncDispose]();
  expect(sh("ps -eo args | grep -c '[4]343.4343' || true")).toBe("0\n");
  // The kernel takes a moment to release the device, and the lock with it.
  await eventually(() => !sh("losetup --list --noheadings --output BACK-FILE").includes(image));
  await using _alone = await lockAlone(layout);
});

async function eventually(holds: () => boolean): Promise<void> {
  for (const start = Date.now(); !holds(); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() - start > 10_000) throw new Error(`it doesn't come to be: ${holds}`);
}
