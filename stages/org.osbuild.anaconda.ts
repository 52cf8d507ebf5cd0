import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fail, problemOf, readStage, run } from "./lib/step.ts";

const { tree, options } = await readStage<{ kickstart: string; skip_package_install?: boolean }>();
const { kickstart, skip_package_install = false } = options;

const [file, nothing] = [`${tmpdir()}/kickstart.ks`, `${tmpdir()}/empty.tar`];
if (skip_package_install) run(["tar", "--create", `--file=${nothing}`, "--files-from=/dev/null"]);
// Anaconda always installs something, so give it an empty image.
writeFileSync(file, `${skip_package_install ? `liveimg --url=file://${nothing}\n` : ""}${kickstart}`);
const argv = ["anaconda", "--cmdline", "--loglevel", "debug", "--kickstart", file, "--dirinstall", tree] as const;
const [program, ...words] = argv;
const problem = problemOf(argv, spawnSync(program, words, { stdio: ["ignore", "inherit", "inherit"] }));
if (problem !== undefined) {
  printLogs();
  fail(problem);
}

/** Prints the ends of Anaconda's own logs: what it prints itself seldom says why it failed. */
function printLogs(): void {
  for (const name of ["anaconda.log", "packaging.log", "program.log"]) {
    const log = `${tmpdir()}/${name}`;
    if (!existsSync(log)) continue;
    const lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-40);
    console.error(`the end of ${name}:\n${lines.join("\n")}`);
  }
}
