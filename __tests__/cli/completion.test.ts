import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { osbuild } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

let cwd: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  const directory = await scratch();
  cwd = directory.path;
  remove = async () => directory[Symbol.asyncDispose]();
  mkdirSync(`${cwd}/images`);
  for (const name of ["a pipeline.json", "images/web.json"]) writeFileSync(join(cwd, name), "");
  for (const shell of ["bash", "zsh", "fish"])
    writeFileSync(`${cwd}/.osbuild.${shell}`, (await osbuild(["completion", shell], { cwd })).stdout);
});
afterAll(() => remove());

const run = (program: string, ...args: readonly string[]) =>
  execFileSync(program, [...args], { cwd, encoding: "utf8" })
    .split("\n")
    .slice(0, -1);

/** The words that bash offers at the end of a line, whose words are separated as it does that. */
function inBash(...words: readonly string[]): readonly string[] {
  const script = `
    source .osbuild.bash
    COMP_WORDS=("$@") COMP_CWORD=$(( $# - 1 ))
    _osbuild
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run("bash", "--norc", "-uc", script, "bash", "osbuild", ...words);
}

test("bash offers commands and files at first, then what the command takes", () => {
  expect(inBash("")).toEqual(expect.arrayContaining(["a pipeline.json", "images", "inspect", "store", "completion"]));
  expect(inBash("st")).toEqual(["stages", "store"]);
  expect(inBash("a")).toEqual(["a pipeline.json"]);
  expect(inBash("store", "")).toEqual(["list", "verify", "prune", "export"]);
  expect(inBash("store", "--store", "x", "pr")).toEqual(["prune"]);
  expect(inBash("inspect", "images/")).toEqual(["images/web.json"]);
  expect(inBash("completion", "")).toEqual(["bash", "zsh", "fish"]);
  expect(inBash("stages", "org.osbuild.host")).toEqual(["org.osbuild.hostname"]);
});

test("bash offers the options of each command, and their values", () => {
  expect(inBash("--dry")).toEqual(["--dry-run"]);
  expect(inBash("images/web.json", "--no")).toEqual(["--no-cache"]);
  expect(inBash("store", "prune", "--")).toEqual(["--store", "--max-size", "--older-than", "--help"]);
  expect(inBash("lock", "--fr")).toEqual(["--frozen"]);
  expect(inBash("init", "--template", "")).toEqual(["debian", "fedora", "container", "raspberry-pi"]);
  expect(inBash("graph", "--format", "=", "m")).toEqual(["mermaid"]);
  expect(inBash("images/web.json", "--sbom", "=")).toEqual(["spdx", "cyclonedx"]);
  expect(inBash("--store", "")).toEqual(["images"]);
});

test("bash completes with the script as it is sourced", () => {
  const script = "source .osbuild.bash; complete -p osbuild; type -t _osbuild";
  expect(run("bash", "--norc", "-euc", script)).toEqual(["complete -F _osbuild osbuild", "function"]);
});

test("fish offers the same", () => {
  const inFish = (line: string) =>
    run("fish", "--no-config", "-c", `source .osbuild.fish; complete -C ${JSON.stringify(line)}`).map(
      (text) => text.split("\t")[0],
    );
  expect(inFish("osbuild st")).toEqual(["stages", "store"]);
  expect(inFish("osbuild store ")).toEqual(["export", "list", "prune", "verify"]);
  expect(inFish("osbuild store verify --j")).toEqual(["--json"]);
  expect(inFish("osbuild --dry")).toEqual(["--dry-run"]);
  expect(inFish("osbuild init --template ")).toEqual(["container", "debian", "fedora", "raspberry-pi"]);
  expect(inFish("osbuild inspect --store ")).toEqual(["images/"]);
});

test("zsh reads its script", () => {
  run("zsh", "-n", ".osbuild.zsh");
  const script = `
    autoload -U compinit; compinit -u -d .dump; source .osbuild.zsh 2>/dev/null; functions _osbuild | wc -l`;
  expect(Number(run("zsh", "-f", "-c", script)[0])).toBeGreaterThan(20);
});
