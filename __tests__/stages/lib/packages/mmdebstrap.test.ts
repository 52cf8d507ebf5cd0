import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { aptRepository, debPackage } from "../../../support/apt-repository.ts";
import { osbuild } from "../../../support/osbuild.ts";
import { scratch, sh } from "../../../support/store.ts";

/** The only essential package. Its dpkg notes what it is told to install. */
const dpkg = (directory: string) =>
  debPackage(directory, "dpkg", {
    fields: "Essential: yes\n",
    files: {
      "usr/bin/busybox": readFileSync("/usr/bin/busybox"),
      "usr/bin/env": '#!/usr/bin/busybox sh\nexec /usr/bin/busybox env "$@"\n',
      "usr/bin/dpkg": `#!/usr/bin/busybox sh
for argument; do
  case $argument in *.deb) argument=\${argument##*/}; echo "\${argument%%_*}" >> /var/lib/dpkg/told-to-install ;; esac
done
`,
    },
  });

test.each(["essential", "apt", "minbase", "buildd"])(
  "a lock of the variant %s has what this machine's mmdebstrap installs",
  async (variant) => {
    await using directory = await scratch();
    const cwd = directory.path;
    const others = ["apt", "build-essential", "other"].map((name) => debPackage(cwd, name));
    const required = debPackage(cwd, "required", { fields: "Priority: required\n" });
    await using archive = await aptRepository("test", await Promise.all([dpkg(cwd), required, ...others]));
    const options = {
      suite: "test",
      variant,
      mirror: "http://archive.test",
      keyring: archive.key,
      packages: ["other"],
    };
    const stages = [{ name: "org.osbuild.debootstrap", options }];
    const assembler = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };
    writeFileSync(`${cwd}/p.json`, JSON.stringify({ stages, assembler }));
    writeFileSync(`${cwd}/mirrors.json`, JSON.stringify({ "http://archive.test": archive.uri }));
    const installed = async (store: string) => {
      const args = ["--store", store, "-o", `${store}.out`, "--mirrors", "mirrors.json", "p.json"];
      expect(await osbuild(args, { cwd })).toMatchObject({ code: 0 });
      return sh('tar -xOf "$1" ./var/lib/dpkg/told-to-install', `${cwd}/${store}.out/tree.tar`).trim().split("\n");
    };
    const unlocked = await installed("unlocked");
    expect(await osbuild(["lock", "--mirrors", "mirrors.json", "p.json"], { cwd })).toMatchObject({ code: 0 });
    expect(await installed("locked")).toEqual(unlocked);
    const { packages } = JSON.parse(readFileSync(`${cwd}/p.lock.json`, "utf8")).steps[0];
    expect((packages as { name: string }[]).map(({ name }) => name)).toEqual([...new Set(unlocked)].sort());
  },
  120_000,
);
