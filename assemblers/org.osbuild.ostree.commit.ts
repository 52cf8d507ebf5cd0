import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { capture, readAssembler, run } from "../stages/lib/step.ts";
import { packTree } from "./lib/archives/tar.ts";
import { setTime, setTimes } from "./lib/output.ts";

interface Options {
  readonly ref: string;
  readonly parent?: string;
  readonly "tmp-is-dir"?: boolean;
  readonly os_version?: string;
  readonly tar?: { readonly filename: string };
}

const { tree, options, output_dir, source_epoch: epoch } = await readAssembler<Options>();
const { ref, parent, os_version: version, tar } = options;
const directory = tar === undefined ? output_dir : "/var/tmp/commit";
const repository = `${directory}/repo`;
mkdirSync(repository, { recursive: true });
run(["ostree", "init", `--repo=${repository}`, "--mode=archive"]);

// OSTree has no devices, and the system makes its own. The replacement is an archive, because it has no root directory
// that would replace the tree's.
const replaced = ["dev", ...(options["tmp-is-dir"] === false ? ["tmp"] : [])];
const replacement = "/var/tmp/replacement";
mkdirSync(`${replacement}/dev`, { recursive: true });
symlinkSync("sysroot/tmp", `${replacement}/tmp`);
run(["tar", "--create", `--file=${replacement}.tar`, `--directory=${replacement}`, ...replaced]);
writeFileSync("/var/tmp/replaced", replaced.map((path) => `/${path}\n`).join(""));

const commit = capture([
  ...["ostree", "commit", `--repo=${repository}`, `--branch=${ref}`, `--timestamp=@${epoch}`, "--fsync=false"],
  ...(parent === undefined ? [] : [`--parent=${parent}`]),
  ...(version === undefined ? [] : [`--add-metadata-string=version=${version}`]),
  ...["--skip-list=/var/tmp/replaced", `--tree=dir=${tree}`, `--tree=tar=${replacement}.tar`],
]).trim();
const description = {
  ref,
  "ostree-commit": commit,
  "ostree-parent-commit": parent,
  "ostree-version": version,
  "ostree-timestamp": new Date(epoch * 1000).toISOString().replace(".000Z", "Z"),
};
writeFileSync(`${directory}/compose.json`, `${JSON.stringify(description, undefined, 2)}\n`);
setTimes(directory, epoch);

if (tar !== undefined) {
  const archive = `${output_dir}/${tar.filename}`;
  await packTree(directory, epoch, archive, ["cat"]);
  setTime(archive, epoch);
  rmSync(directory, { recursive: true });
}
