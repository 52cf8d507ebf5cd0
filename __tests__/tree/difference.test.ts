import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { diffTrees } from "../../src/tree/difference.ts";
import { scratch, sh } from "../support/store.ts";

const program = resolve(import.meta.dirname, "../../bin/osbuild.js");

const make = `
  mkdir -p "$1/etc" "$1/old/deep"
  cd "$1"
  printf one > etc/file; printf same > etc/same; printf x > old/deep/x; printf m > mode; printf o > owner
  ln -s here link; ln -s there turns; mknod device c 1 3; mknod disk b 259 1048575; mkfifo pipe
  printf a > attributes; printf l > linked; ln linked twin`;

test("a tree and its copy don't differ, whatever the contents and times", async () => {
  await using place = await scratch();
  sh(make, `${place.path}/a`);
  sh(`${make}; touch -d @1 etc/file; printf x > "$(printf 'odd\\nname \\377')"`, `${place.path}/b`);
  sh('cd "$1"; printf x > "$(printf \'odd\\nname \\377\')"', `${place.path}/a`);
  expect(await diffTrees(`${place.path}/a`, `${place.path}/b`)).toEqual({ added: {}, deleted: [], changed: {} });
});

test("added, deleted and changed files are listed exactly", async () => {
  await using place = await scratch();
  const [a, b] = [`${place.path}/a`, `${place.path}/b`];
  for (const tree of [a, b]) sh(make, tree);
  sh(
    `cd "$1"
     chmod 0750 .; printf two > etc/file; chmod 4755 mode; chown 5:6 owner; ln -sfn elsewhere link
     rm -r turns old; mkdir turns; printf new > etc/new; ln etc/new etc/twice
     rm device; mknod device c 1 5; rm twin; printf l > twin
     setfattr --name=user.note --value=text attributes
     setfattr --name=security.capability --value=0x0100000200040000000000000000000000000000 attributes
     setfacl --modify=u:7:r etc`,
    b,
  );
  const sha256 = (text: string) => `sha256:${sh('printf %s "$1" | sha256sum', text).slice(0, 64)}`;
  const file = { kind: "file", mode: "0644", owner: "0:0" };
  expect(await diffTrees(a, b)).toEqual({
    added: {
      "/etc/new": { ...file, content: sha256("new") },
      "/etc/twice": { ...file, kind: "hard link", target: "/etc/new" },
    },
    deleted: ["/old", "/old/deep", "/old/deep/x"],
    changed: {
      "/": { mode: ["0755", "0750"] },
      "/attributes": {
        xattrs: {
          "security.capability": [null, "0x0100000200040000000000000000000000000000"],
          "user.note": [null, "text"],
        },
      },
      "/device": { device: ["1:3", "1:5"] },
      "/etc": {
        xattrs: {
          "system.posix_acl_access": [
            null,
            "0x0200000001000700ffffffff020004000700000004000500ffffffff10000500ffffffff20000500ffffffff",
          ],
        },
      },
      "/etc/file": { content: [sha256("one"), sha256("two")] },
      "/link": { target: ["here", "elsewhere"] },
      "/mode": { mode: ["0644", "4755"] },
      "/owner": { owner: ["0:0", "5:6"] },
      "/turns": { kind: ["symbolic link", "directory"], mode: ["0777", "0755"], target: ["there", null] },
      "/twin": { kind: ["hard link", "file"], content: [null, sha256("l")], target: ["/linked", null] },
    },
  });
  expect((await diffTrees(b, a)).added["/old/deep/x"]).toEqual({ ...file, content: sha256("x") });
  const device = (await diffTrees(`${a}/etc`, a)).added["/disk"];
  expect(device).toMatchObject({ kind: "block device", device: "259:1048575" });
});

test("`osbuild diff` compares trees in the store, outputs and directories", async () => {
  await using place = await scratch();
  const { path } = place;
  const osbuild = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args, `--store=${path}/store`], { encoding: "utf8" });
  const script = (text: string) => ({ name: "test.sh", options: { text } });
  sh(
    `mkdir -p "$1/stages" "$1/directory"; printf kept > "$1/directory/kept"
     printf '#!/usr/bin/python3\nimport json, os, subprocess, sys\nos.chdir("/run/osbuild/tree")\nsubprocess.run(["sh", "-ec", json.load(sys.stdin)["options"]["text"]], check=True)\n' > "$1/stages/test.sh"
     chmod +x "$1/stages/test.sh"`,
    path,
  );
  const stages = [script("printf kept > kept"), script("printf new > new; setcap cap_net_raw+ep new")];
  const build = (name: string, pipeline: object) => {
    writeFileSync(`${path}/${name}.json`, JSON.stringify(pipeline));
    const { status, stdout, stderr } = osbuild(`${path}/${name}.json`, "--json", `--libdir=${path}`);
    expect([status, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout) as { tree_id: string; output_id: string };
  };
  const a = build("a", { stages: stages.slice(0, 1) });
  const b = build("b", { stages, assembler: { name: "org.osbuild.tar", options: { filename: "b.tar" } } });

  const trees = osbuild("diff", a.tree_id, b.tree_id);
  expect(trees.stderr).toBe("");
  expect(JSON.parse(trees.stdout)).toEqual({
    added: { "/new": expect.objectContaining({ xattrs: { "security.capability": expect.stringMatching(/^0x/) } }) },
    deleted: [],
    changed: {},
  });
  expect(JSON.parse(osbuild("diff", a.tree_id, `${path}/directory`).stdout)).toEqual({
    added: {},
    deleted: [],
    changed: {},
  });
  const mixed = JSON.parse(osbuild("diff", `${path}/directory`, b.output_id).stdout);
  expect([Object.keys(mixed.added), mixed.deleted]).toEqual([["/b.tar"], ["/kept"]]);

  const missing = osbuild("diff", "0".repeat(64), `${path}/directory`);
  expect([missing.status, missing.stderr]).toEqual([
    1,
    expect.stringContaining("the store has no result with the id 000"),
  ]);
  const nowhere = osbuild("diff", `${path}/directory`, `${path}/nowhere`);
  expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringContaining("no such directory")]);
});
