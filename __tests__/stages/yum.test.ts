import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { rpmRepository } from "../support/rpm-repository.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test("yum installs packages, with dnf if there is no yum", async () => {
  await using repository = await rpmRepository();
  await using tree = await skeleton({});
  const state = `${tree.outside}/state`;
  await mkdir(state);
  const stage = { kind: "stage", name: "org.osbuild.yum", tree: tree.path, state } as const;
  const baseurl = `${repository.url}/$releasever/$basearch/`;
  const options = { releasever: "30", repos: [{ baseurl, gpgkey: repository.key }], packages: ["hello"] };
  const { exitCode, log } = await runStep({ ...stage, options: { ...options, verbosity: "debug" } });
  expect(exitCode === 0 ? "" : log).toBe("");
  expect(log).toContain("D: ");
  expect(existsSync(`${tree.path}/usr/bin/hello`)).toBe(true);

  const removal = { ...options, operation: "remove" };
  expect((await runStep({ ...stage, options: removal })).log).not.toContain("D: ");
  expect(existsSync(`${tree.path}/usr/bin/hello`)).toBe(false);
});
