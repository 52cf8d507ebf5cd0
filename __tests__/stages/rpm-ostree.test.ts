import { spawnSync } from "node:child_process";
import { chmod, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { skeleton } from "../support/skeleton.ts";

const program = fileURLToPath(new URL("../../stages/org.osbuild.rpm-ostree.ts", import.meta.url));

// Debian has no rpm-ostree, so a replacement keeps its arguments and the file that they name.
test("rpm-ostree gets the options and the treefile", async () => {
  await using tree = await skeleton({
    "/etc/machine-id": "",
    "/bin/rpm-ostree": `#!/bin/sh\nd=\${0%/*}\nprintf '%s\\n' "$@" >$d/arguments\ncp "$4" $d/treefile\n`,
  });
  await chmod(`${tree.path}/bin/rpm-ostree`, 0o755);
  const options = { etc_group_members: ["wheel"], "initramfs-args": ["--no-hostonly"] };
  const { status, stderr } = spawnSync(process.execPath, [program], {
    input: JSON.stringify({ tree: tree.path, options, inputs: {}, source_epoch: 0, id: "" }),
    env: { PATH: `${tree.path}/bin:${process.env["PATH"]}` },
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const told = (await readFile(`${tree.path}/bin/arguments`, "utf8")).trim().split("\n");
  expect(told).toEqual(["compose", "postprocess", tree.path, expect.stringMatching(/^\/tmp\//)]);
  expect(JSON.parse(await readFile(`${tree.path}/bin/treefile`, "utf8"))).toEqual({
    ref: "osbuild",
    repos: ["osbuild"],
    "boot-location": "new",
    "etc-group-members": ["wheel"],
    "initramfs-args": ["--no-hostonly"],
    "machineid-compat": true,
  });
});
