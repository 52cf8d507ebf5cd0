import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { readStage, run } from "./lib/step.ts";

const { tree, options } = await readStage<{ kickstart: string; skip_package_install?: boolean }>();
const { kickstart, skip_package_install = false } = options;

const [file, nothing] = [`${tmpdir()}/kickstart.ks`, `${tmpdir()}/empty.tar`];
if (skip_package_install) run(["tar", "--create", `--file=${nothing}`, "--files-from=/dev/null"]);
// Anaconda always installs something: an image with nothing in it, then.
writeFileSync(file, `${skip_package_install ? `liveimg --url=file://${nothing}\n` : ""}${kickstart}`);
run(["anaconda", "--cmdline", "--loglevel", "debug", "--kickstart", file, "--dirinstall", tree]);
