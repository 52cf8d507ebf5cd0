import { rm, writeFile } from "node:fs/promises";
import { run } from "../run.ts";
import type { User } from "./processes.ts";

/** A user of this machine for the time of a test, who may do everything with `sudo -n`, as on GitHub's machines. */
export async function unprivilegedUser(): Promise<User & AsyncDisposable> {
  if (process.getuid?.() !== 0) throw new Error("this test makes a user and needs root: sudo npm test");
  const name = `actions-test-${process.pid}`;
  run(["useradd", "--create-home", "--shell", "/bin/sh", name]);
  const rule = `/etc/sudoers.d/${name}`;
  await writeFile(rule, `${name} ALL=(ALL:ALL) NOPASSWD: ALL\n`, { mode: 0o440 });
  const [, , uid, gid, , home = ""] = run(["getent", "passwd", name]).split(":");
  return {
    name,
    uid: Number(uid),
    gid: Number(gid),
    home,
    async [Symbol.asyncDispose]() {
      await rm(rule);
      run(["userdel", "--remove", "--force", name]);
    },
  };
}
