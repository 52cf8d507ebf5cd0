import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf } from "./support/action.ts";
import { unprivilegedUser } from "./support/actions/unprivileged-user.ts";
import { program } from "./support/osbuild.ts";
import { scratch } from "./support/store.ts";

test("the tree of a stage that failed is uploaded if that is wanted, and opens in a shell", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const files = { "web.json": pipelineOf("echo one > first; ln -s first link", "echo two > second; exit 3") };
  const result = await repository.job(files, { user, inputs: { "upload-failed-tree": "true" } });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  const artifacts = repository.service.artifacts();
  expect(artifacts.map(({ name }) => name)).toEqual(["web-report.html", "web-failed.log", "web-failed.tgz"]);
  expect(result.outside.at(-1)).toMatch(/^tree of the failed step: https:/);
  expect(result.summary).toContain(">tree of the failed step</a>");

  await using home = await scratch();
  writeFileSync(`${home.path}/tree.tar.gz`, readFileSync(artifacts[2]?.path as string));
  const shell = `${process.execPath} ${program} shell --store ${home.path}/store ${home.path}/tree.tar.gz`;
  const input = "cd /run/osbuild/tree && cat link second && touch third && id -u; exit\n";
  const { stdout } = spawnSync("script", ["--quiet", "--return", "--command", shell, "/dev/null"], { input });
  expect(stdout.toString()).toContain("the tree is in /run/osbuild/tree");
  expect(stdout.toString()).toMatch(/one\r\ntwo\r\n0\r\n/);
});
