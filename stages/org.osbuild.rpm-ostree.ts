import { writeFileSync } from "node:fs";
import { readStage, run } from "./lib/step.ts";
import { isInTree } from "./lib/tree.ts";

interface Options {
  readonly etc_group_members?: readonly string[];
  readonly "initramfs-args"?: readonly string[];
}

const { tree, options } = await readStage<Options>();
const treefile = {
  // rpm-ostree requires these two, although it uses neither here.
  ref: "osbuild",
  repos: ["osbuild"],
  "boot-location": "new",
  "etc-group-members": options.etc_group_members ?? [],
  "initramfs-args": options["initramfs-args"] ?? [],
  // By default an empty machine-id would be removed.
  "machineid-compat": isInTree(tree, "/etc/machine-id"),
};
writeFileSync("/tmp/treefile.json", JSON.stringify(treefile));
run(["rpm-ostree", "compose", "postprocess", tree, "/tmp/treefile.json"]);
