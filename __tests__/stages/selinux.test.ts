import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const contexts = "etc/selinux/targeted/contexts/files/file_contexts";
const policy = `/.* system_u:object_r:default_t:s0
/usr/bin(/.*)? -- system_u:object_r:bin_t:s0
/usr/bin/sh -l system_u:object_r:link_t:s0
`;

const label = (tree: string, options: object) => runStep({ kind: "stage", name: "org.osbuild.selinux", tree, options });

test("selinux labels every file according to the tree's policy, and some according to the pipeline", async () => {
  await using tree = await skeleton({
    [`/${contexts}`]: policy,
    "/usr/bin/bash": "",
    "/usr/bin/cp": "",
    "/usr/bin/sh": { link: "bash" },
  });
  const labels = { "/usr/bin/cp": "system_u:object_r:install_exec_t:s0" };
  expect((await label(tree.path, { file_contexts: contexts, labels })).exitCode).toBe(0);
  const labelOf = (path: string) =>
    execFileSync("getfattr", ["-h", "--only-values", "-n", "security.selinux", `${tree.path}/${path}`], {
      encoding: "utf8",
    }).replace("\0", "");
  expect(["usr", "usr/bin/bash", "usr/bin/cp", "usr/bin/sh"].map(labelOf)).toEqual([
    "system_u:object_r:default_t:s0",
    "system_u:object_r:bin_t:s0",
    "system_u:object_r:install_exec_t:s0",
    "system_u:object_r:link_t:s0",
  ]);
});

test("selinux needs the policy in the tree", async () => {
  await using tree = await skeleton({});
  expect(await label(tree.path, { file_contexts: contexts })).toEqual({
    exitCode: 1,
    log: `${contexts}: no such file in the tree; install the SELinux policy first`,
  });
});
