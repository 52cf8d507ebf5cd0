import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test("fstab writes tab-separated lines, with defaults, and escapes white space as in fstab(5)", async () => {
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

test("fstab names a file system as the running system does, in any case of its UUID in the pipeline", async () => {
  await using tree = await skeleton({});
  const filesystems = [
    { uuid: "2A9B6A43-6C3C-4F2A-9AD3-2B0C6F0C1F7E", path: "/", vfs_type: "ext4" },
    { uuid: "7b77-95e7", path: "/boot/efi", vfs_type: "vfat" },
    { uuid: "7b7795e7", path: "/mnt", vfs_type: "vfat" },
  ];
  await runStep({ kind: "stage", name: "org.osbuild.fstab", tree: tree.path, options: { filesystems } });
  expect((await readFile(`${tree.path}/etc/fstab`, "utf8")).split("\n").map((line) => line.split("\t")[0])).toEqual([
    "UUID=2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e",
    "UUID=7B77-95E7",
    "UUID=7B77-95E7",
    "",
  ]);
});

test("freq and passno may be strings, as the first releases wrote them", async () => {
  const written = async (fields: object) => {
    await using tree = await skeleton({});
    const filesystems = [{ uuid: "76a22bf4", path: "/", ...fields }];
    await runStep({ kind: "stage", name: "org.osbuild.fstab", tree: tree.path, options: { filesystems } });
    return readFile(`${tree.path}/etc/fstab`, "utf8");
  };
  expect(await written({ freq: "1", passno: "2" })).toBe(await written({ freq: 1, passno: 2 }));
});
