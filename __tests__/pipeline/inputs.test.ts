import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { inShort, read } from "./pipelines.ts";

const directory = realpathSync(mkdtempSync(join(tmpdir(), "inputs-")));
afterAll(() => rmSync(directory, { recursive: true }));

const repository = `${directory}/repository`;
mkdirSync(`${repository}/images`, { recursive: true });
mkdirSync(`${repository}/.git`);
mkdirSync(`${repository}/app`);
writeFileSync(`${repository}/app/server`, "");
writeFileSync(`${repository}/images/motd`, "");
symlinkSync("../app/server", `${repository}/images/link`);
writeFileSync(`${directory}/secret`, "");
symlinkSync("../../secret", `${repository}/images/leaving`);
symlinkSync("..", `${repository}/up`);
symlinkSync("nowhere", `${repository}/images/dangling`);

const pipeline = (...files: readonly string[]) =>
  JSON.stringify({ stages: [{ name: "com.example.greet", options: { text: "Hi", files } }] });
const inputsOf = async (file: string, ...files: readonly string[]) =>
  (await read(pipeline(...files), { file })).stages[0]?.inputs;
const problemsOf = async (file: string, ...files: readonly string[]) => {
  const problems = await inShort(() => read(pipeline(...files), { file }));
  return problems.map((problem) => problem.slice(problem.indexOf(" ") + 1));
};

const file = `${repository}/images/p.json`;

test("names are relative to the pipeline file, and may be files and directories of the whole repository", async () => {
  expect(await inputsOf(file, "motd", "../app", "../app/server", "link", ".")).toEqual(
    new Map([
      ["motd", `${repository}/images/motd`],
      ["../app", `${repository}/app`],
      ["../app/server", `${repository}/app/server`],
      ["link", `${repository}/app/server`],
      [".", `${repository}/images`],
    ]),
  );
});

test("a path out of the repository is a problem: relative, absolute, or through a link", async () => {
  const only = `(a pipeline can only use files below ${repository})`;
  expect(
    await problemsOf(file, "../../secret", "../../repository-2/x", `${repository}/app`, "leaving", "../up/secret"),
  ).toEqual([
    `"../../secret" is outside the repository ${only}`,
    `"../../repository-2/x" is outside the repository ${only}`,
    `"${repository}/app" must be relative to the pipeline file ${only}`,
    `"leaving" is outside the repository ${only}`,
    `"../up/secret" is outside the repository ${only}`,
  ]);
});

test("an input that doesn't exist is a problem", async () => {
  const where = `(looked in ${repository}/images)`;
  expect(await problemsOf(file, "missing", "motd/below", "dangling", "a\0b")).toEqual([
    `"missing" doesn't exist ${where}`,
    `"motd/below" doesn't exist ${where}`,
    `"dangling" doesn't exist ${where}`,
    `"a\\u0000b" doesn't exist ${where}`,
  ]);
});

test("an input that is neither a file nor a directory is a problem, and isn't read", async () => {
  execFileSync("mkfifo", [`${repository}/images/pipe`]);
  expect(await problemsOf(file, "pipe")).toEqual(['"pipe" is neither a file nor a directory']);
});

test("a problem is shown at the name", async () => {
  const [problem] = await inShort(() => read(pipeline("motd", "missing"), { file }));
  const column = pipeline("motd", "missing").indexOf('"missing"') + 1;
  expect(problem).toMatch(`1:${column} "missing" doesn't exist`);
});

test("without a repository, the pipeline's own directory is the limit", async () => {
  mkdirSync(`${directory}/bare`);
  writeFileSync(`${directory}/bare/motd`, "");
  const bare = `${directory}/bare/p.json`;
  expect(await inputsOf(bare, "motd")).toEqual(new Map([["motd", `${directory}/bare/motd`]]));
  expect(await problemsOf(bare, "../secret")).toHaveLength(1);
});

test("only what the program's meta.json declares is an input", async () => {
  const text = JSON.stringify({ stages: [{ name: "org.osbuild.noop", options: { files: ["missing"] } }] });
  expect((await read(text, { file })).stages[0]?.inputs).toEqual(new Map());
});

test("of apt's packages only paths name files of the repository", async () => {
  const root = join(import.meta.dirname, "../..");
  const text = (name: string) =>
    JSON.stringify({ stages: [{ name: "org.osbuild.apt", options: { packages: ["nginx", name] } }] });
  const missing = await inShort(() => read(text("./motd.deb"), { file, libdirs: [root] }));
  expect(missing).toEqual([expect.stringContaining(`"./motd.deb" doesn't exist`)]);
  writeFileSync(`${repository}/images/motd.deb`, "");
  const { stages } = await read(text("./motd.deb"), { file, libdirs: [root] });
  expect(stages[0]?.inputs).toEqual(new Map([["./motd.deb", `${repository}/images/motd.deb`]]));
});

test("a pattern stands for what it matches and isn't excluded, and must match something", async () => {
  const root = join(import.meta.dirname, "../..");
  const copied = (from: string) => {
    const options = { paths: [{ from, to: "/srv/" }], exclude: ["b.*"] };
    return read(JSON.stringify({ stages: [{ name: "org.osbuild.copy", options }] }), { file, libdirs: [root] });
  };
  mkdirSync(`${repository}/units`);
  for (const name of ["a.service", "b.service", "c.timer", "[x].service"])
    writeFileSync(`${repository}/units/${name}`, "");
  const names = async (from: string) => [...((await copied(from)).stages[0]?.inputs.keys() ?? [])];
  expect(await names("../units/?.service")).toEqual(["../units/a.service"]);
  expect(await names("../units/[x].service")).toEqual(["../units/[x].service"]);
  expect(await inShort(() => copied("../units/b.*"))).toEqual([
    expect.stringContaining(`"../units/b.*" matches no file (looked in ${repository}/images)`),
  ]);
  expect(await inShort(() => copied("../../sec*"))).toEqual([expect.stringContaining("is outside the repository")]);
});
