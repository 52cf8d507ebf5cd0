import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test("fstab writes tab-separated lines, with defaults, and white space as fstab(5) wants it", async () => {
  await using tree = await skeleton({ "/etc/fstab": "# nothing yet\n" });
  const filesystems = [
    { uuid: "76a22bf4", path: "/", vfs_type: "ext4", options: "rw", freq: 1, passno: 1 },
    { label: "my data", path: "/srv/all data" },
  ];
  await runStep({ kind: "stage", name: "org.osbuild.fstab", tree: tree.path, options: { filesystems } });
  expect(await readFile(`${tree.path}/etc/fstab`, "utf8")).toBe(
    "UUID=76a22bf4\t/\text4\trw\t1\t1\nLABEL=my\\040data\t/srv/all\\040data\tnone\tdefaults\t0\t0\n",
  );
});
