import { existsSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const setZone = (tree: string, zone: string) =>
  runStep({ kind: "stage", name: "org.osbuild.timezone", tree, options: { zone } });

test("timezone links the zone's file, and writes the name where Debian looks for it", async () => {
  const zones = { "/usr/share/zoneinfo/Europe/Berlin": "", "/etc/localtime": { link: "/usr/share/zoneinfo/UTC" } };
  await using fedora = await skeleton(zones);
  await using debian = await skeleton({ ...zones, "/etc/debian_version": "12.0\n" });
  for (const tree of [fedora, debian]) {
    expect(await setZone(tree.path, "Europe/Berlin")).toEqual({ exitCode: 0, log: "" });
    expect(await readlink(`${tree.path}/etc/localtime`)).toBe("../usr/share/zoneinfo/Europe/Berlin");
  }
  expect(await readFile(`${debian.path}/etc/timezone`, "utf8")).toBe("Europe/Berlin\n");
  expect(existsSync(`${fedora.path}/etc/timezone`)).toBe(false);
});

test("timezone refuses a zone that isn't in the tree", async () => {
  await using tree = await skeleton({});
  expect(await setZone(tree.path, "Europe/Atlantis")).toEqual({
    exitCode: 1,
    log: "The tree has no time zone Europe/Atlantis in /usr/share/zoneinfo: correct its name, or install tzdata first",
  });
});
