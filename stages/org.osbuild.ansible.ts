import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { readStage, run } from "./lib/step.ts";
import { openChroot } from "./lib/system/chroot.ts";

const { tree, options } = await readStage<{ playbook: string | object[] }>();
const { playbook } = options;

const [inventory, plays] = [`${tmpdir()}/inventory.json`, `${tmpdir()}/playbook.yml`];
const host = { ansible_host: tree, ansible_connection: "chroot", ansible_python_interpreter: "/usr/bin/python3" };
// Ansible reads YAML, which JSON is.
writeFileSync(inventory, JSON.stringify({ all: { hosts: { "osbuild-tree": host } } }));
writeFileSync(plays, typeof playbook === "string" ? playbook : JSON.stringify(playbook));

using _chroot = openChroot(tree);
run(["ansible-playbook", `--inventory=${inventory}`, plays], {
  env: {
    ANSIBLE_HOME: `${tmpdir()}/ansible`,
    ANSIBLE_LOCAL_TEMP: `${tmpdir()}/ansible/tmp`,
    // This is the tree's own /tmp, which leaves nothing behind.
    ANSIBLE_REMOTE_TEMP: "/tmp",
  },
});
