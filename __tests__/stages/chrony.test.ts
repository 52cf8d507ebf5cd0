import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { serverTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const setServers = (tree: string) =>
  runStep({
    kind: "stage",
    name: "org.osbuild.chrony",
    tree,
    options: { timeservers: ["ntp1.example.org", "192.0.2.1"] },
  });

test("chrony gets exactly these servers, and accepts its configuration", async () => {
  await using tree = await serverTree();
  expect(await setServers(tree.path)).toEqual({ exitCode: 0, log: "" });
  const parsed = execFileSync("chroot", [tree.path, "/usr/sbin/chronyd", "-p"], { encoding: "utf8" }).split("\n");
  expect(parsed.filter((line) => /^(server|pool|peer)/.test(line))).toEqual([
    "server ntp1.example.org iburst",
    "server 192.0.2.1 iburst",
  ]);
  expect(parsed).toContain("driftfile /var/lib/chrony/chrony.drift");
});

test("chrony's configuration is found in Fedora's place", async () => {
  await using tree = await skeleton({ "/etc/chrony.conf": "pool 2.example.org\n# peer\nrtcsync\n" });
  await setServers(tree.path);
  expect(await readFile(`${tree.path}/etc/chrony.conf`, "utf8")).toBe(
    "server ntp1.example.org iburst\nserver 192.0.2.1 iburst\n# peer\nrtcsync\n",
  );
});

test("chrony must be installed", async () => {
  await using tree = await skeleton({});
  expect(await setServers(tree.path)).toEqual({
    exitCode: 1,
    log: "The tree has neither /etc/chrony.conf nor /etc/chrony/chrony.conf: install chrony first",
  });
});
