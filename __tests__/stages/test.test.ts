import { writeFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { bootAndReport, bootOnConsole } from "../support/container.ts";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

const addTest = (tree: string, script: string) =>
  runStep({ kind: "stage", name: "org.osbuild.test", tree, options: { script, poweroff: true } });

const enable = (tree: string, enabled_services: readonly string[]) =>
  runStep({ kind: "stage", name: "org.osbuild.systemd", tree, options: { enabled_services } });

test("test reports the results of its script and of the booted system", async () => {
  await using tree = await debianTree();
  expect(await addTest(tree.path, "id -un; systemctl is-active ssh.service")).toEqual({ exitCode: 0, log: "" });
  expect(await bootAndReport(tree.path)).toBe(
    "root\nactive\n\nosbuild-test: passed script=0 system=running failed=-\n",
  );
});

test("test reports a failed script and failed units", async () => {
  await using tree = await debianTree();
  await addTest(tree.path, "#!/usr/bin/perl\nexit 7;\n");
  const unit = "[Service]\nType=oneshot\nExecStart=false\n[Install]\nWantedBy=multi-user.target\n";
  const names = ["one", "two"];
  for (const name of names) await writeFile(`${tree.path}/etc/systemd/system/${name}.service`, unit);
  await enable(tree.path, names);
  expect(await bootAndReport(tree.path)).toBe(
    "\nosbuild-test: failed script=7 system=degraded failed=one.service,two.service\n",
  );
});

test("test reports on the console if the kernel's command line asks for it", async () => {
  await using tree = await debianTree();
  await addTest(tree.path, "true");
  expect(bootOnConsole(tree.path, "osbuild.test")).toContain(
    "\nosbuild-test: passed script=0 system=running failed=-\n",
  );
});

test("test does nothing if nobody listens", async () => {
  await using tree = await debianTree();
  await addTest(tree.path, "true");
  await writeFile(`${tree.path}/etc/systemd/system/end.service`, END);
  await enable(tree.path, ["end"]);
  const console = bootOnConsole(tree.path);
  expect(console).toContain("the test is inactive, the system running");
  expect(console).not.toContain("osbuild-test:");
});

const END = `[Service]
Type=exec
ExecStart=/bin/sh -c 'system=$$(systemctl is-system-running --wait); \\
  echo the test is $$(systemctl is-active osbuild-test.service), the system $$system > /dev/console; \\
  systemctl --no-block poweroff'
[Install]
WantedBy=multi-user.target
`;
