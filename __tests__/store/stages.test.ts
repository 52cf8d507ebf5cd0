import { linkSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Layer } from "../../src/store/trees.ts";
import { osbuild } from "../support/osbuild.ts";
import { listing, openStore, scratch, sh, type TestStore } from "../support/store.ts";

type Operation = string | ((path: string) => void);

const perform = (path: string, operation: Operation): void =>
  typeof operation === "string" ? void sh(`cd "$1"; ${operation}`, path) : operation(path);

/** Names and link counts. A listing doesn't show which names belong to the same file. */
const everything = (path: string): string => {
  const groups = sh(
    `cd "$1"; find . ! -type d -links +1 -printf '%i %P\\n' | LC_ALL=C sort -k2 |
       awk '{ names[$1] = names[$1] " " $2 } END { for (file in names) print names[file] }' | LC_ALL=C sort`,
    path,
  );
  return listing(path) + groups;
};

/** The tree of these operations, each in a stage of its own. Every second layer below comes from the store. */
async function inStages(store: TestStore, operations: readonly Operation[]): Promise<string> {
  const layers: Layer[] = [];
  for (const operation of operations) {
    const raw = await store.change(layers, (path) => perform(path, operation));
    layers.push(layers.length % 2 === 0 ? await store.pack(raw) : raw);
  }
  return store.see(layers, everything);
}

/** Expects the same tree from one stage with all operations and from one stage for each. */
async function expectOneTree(...operations: readonly Operation[]): Promise<void> {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const together = await store.change([], (path) => {
    for (const operation of operations) perform(path, operation);
  });
  const tree = await store.see([together], everything);
  expect(await inStages(store, operations)).toBe(tree);
}

const rename = (from: string, to: string) => (path: string) => renameSync(`${path}/${from}`, `${path}/${to}`);

test("a changed file changes under all its names", async () => {
  await expectOneTree(
    "mkdir a b c; echo x > a/one; chmod 4755 a/one; ln a/one b/two; ln a/one c/three; setfattr -n user.a -v 1 a/one; setfacl -m u:7:r a/one",
    "chmod 755 a/one",
    "echo more >> b/two",
    "touch a/new; chown 5:6 a/one",
    "ln a/one c/four; rm b/two",
    "setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 c/four",
    "echo other > c/x; mv c/x c/three",
    "chmod -R g-x a c",
    "mv a/one b/moved; chmod g+x b/moved",
    "echo last > c/four",
    "rm c/four",
  );
});

test("a directory is renamed with all its contents", async () => {
  await expectOneTree(
    `mkdir -p opt/app-1.0/bin opt/app-1.0/empty opt/other; cd opt; echo 1 > app-1.0/bin/x; ln -s x app-1.0/bin/link
     ln app-1.0/bin/x other/x; echo 2 > app-1.0/y; ln app-1.0/y app-1.0/bin/y; mkfifo app-1.0/fifo; chmod 4750 app-1.0/y
     setfacl -m u:7:rx app-1.0/bin; touch -d '2001-01-01 UTC' app-1.0/bin; echo gone > app-1.0/bin/gone`,
    rename("opt/app-1.0", "opt/app"),
    "echo 3 >> opt/app/bin/x",
    rename("opt/app/bin", "bin"),
    "mkdir opt/app-1.0; echo new > opt/app-1.0/y; rm bin/gone",
    rename("bin", "opt/app-1.0/bin"),
    rename("opt", "usr"),
  );
});

test("directories are renamed, filled and deleted within one stage", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const make =
    "mkdir -p a/b/c d; echo 1 > a/b/c/x; ln a/b/c/x d/x; echo 2 > a/b/y; echo 3 > a/z; ln a/z a/b/z; mkdir e";
  const change = (path: string) => {
    rename("a", "new")(path);
    rename("new/b", "a")(path);
    sh('cd "$1"; rm a/y; chmod 700 a/c/x; mkdir new/b; echo 4 > new/b/w', path);
    rename("new", "d/new")(path);
    rename("e", "f")(path);
    sh('cd "$1"; rmdir f', path);
    rename("a", "e")(path);
  };
  const plain = await store.change([], (path) => {
    perform(path, make);
    change(path);
  });
  const tree = await store.see([plain], everything);
  const base = await store.change([], (path) => perform(path, make));
  const raw = await store.change([base], change);
  expect(await store.see([base, raw], everything)).toBe(tree);
  expect(sh('getfattr -Rhm redirect "$1"', raw.directory)).toBe("");
  const packed = [await store.pack(base), await store.pack(raw)];
  expect(await store.see(packed, everything)).toBe(tree);
});

test("a thousand names, symbolic links and devices with several names", async () => {
  await expectOneTree(
    (path) => {
      perform(
        path,
        "mkdir objects l; echo x > objects/0; ln -s to l/a; ln l/a l/b; mknod l/null c 1 3; ln l/null l/zero",
      );
      for (let index = 1; index < 1000; index++) linkSync(`${path}/objects/0`, `${path}/objects/${index}`);
    },
    "chmod 600 objects/500; chown -h 5:6 l/a; chmod 611 l/zero",
    "chmod -R a+r objects; rm objects/7; rm -r l",
  );
});

test("giving a name to another file leaves the other names alone", async () => {
  await expectOneTree(
    "mkdir a b c; for i in 1 2 3 4; do echo $i > a/$i; ln a/$i b/$i; done; echo new > c/new",
    "sed -i s/1/one/ a/1; cp a/2 a/x; mv a/x a/2",
    "rm a/3; echo three > a/3; mv c/new a/4",
    "chmod 600 a/3 b/2",
    "rm -r a",
  );
});

test("names of one file that a stage has changed differently are an error", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const base = await store.change([], (path) => perform(path, "echo x > one; ln one two"));
  const change = store.change([base], (path) => perform(path, "echo 1 >> one; echo 2 >> two"));
  await expect(change).rejects.toThrow("two and one are hard links of one file");
  // Each of these can be changed through any name. The clock for file times ticks every few milliseconds.
  const changes = "chmod 600 one; chown 1:2 two; sleep 0.02; chown 1:3 one";
  const both = await store.change([base], (path) => perform(path, changes));
  expect(await store.see([base, both], (path) => sh('stat -c "%a %u %g %h" "$1"/*', path))).toBe(
    "600 1 3 2\n".repeat(2),
  );
});

test("files that overlayfs would take for its own are refused by path", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const make = (operation: string, ...layers: Layer[]) => store.change(layers, (path) => perform(path, operation));
  await expect(make("mkdir -p var/x; mknod var/x/motd c 0 0")).rejects.toThrow("var/x/motd is a character device 0:0");
  await expect(make("mkdir -p d/e; setfattr -n trusted.overlay.opaque -v y d/e")).rejects.toThrow(
    "d/e has attributes trusted.overlay.*",
  );
  const base = await make("mkdir d");
  // The kernel itself refuses these devices. It accepts the attributes from 6.7 on.
  await expect(make("mknod d/motd c 0 0", base)).rejects.toThrow("d/motd: Operation not permitted");
  await expect(make("setfattr -n trusted.overlay.opaque -v y d", base)).rejects.toThrow(
    /d has attributes trusted\.overlay|d: Operation not supported/,
  );
});

/** A libdir with a stage that runs a shell script in the tree. */
function makeLibdir(path: string): string {
  mkdirSync(`${path}/stages`, { recursive: true });
  const program = `#!/bin/sh
script=$(sed 's/.*"sh": *"//; s/"}.*//')
cd /run/osbuild/tree && exec bash -ec "$script"
`;
  writeFileSync(`${path}/stages/com.example.sh`, program, { mode: 0o755 });
  return path;
}

test("fourteen operations give the same archive in one stage as in fourteen", async () => {
  await using directory = await scratch();
  const { path } = directory;
  const libdir = makeLibdir(`${path}/lib`);
  const perl = (code: string) => `perl -e '${code}'`;
  const operations = [
    "mkdir -p a/deep b app-1/bin gone; echo x > a/one; chmod 4755 a/one; ln a/one b/two; echo 1 > app-1/bin/run; ln app-1/bin/run b/run",
    "echo f > gone/file; echo g > a/deep/g; ln -s run app-1/bin/link; setfattr -n user.a -v 1 a/one",
    "chmod 755 a/one",
    "echo more >> b/two",
    "ln b/two a/three",
    perl("rename q(app-1), q(app) or die qq($!)"),
    "rm a/one; echo again > a/one",
    "rm -r gone; echo now a file > gone",
    "rm -r a/deep; mkdir a/deep; echo h > a/deep/h",
    "chmod 700 app/bin/run; setfattr -n user.b -v 2 b/run",
    "touch -d @1000000000 a/three; touch -h -d @1000000001 app/bin/link",
    "rm b/two",
    perl("rename q(app/bin), q(bin) or die qq($!)"),
    "mv b/run bin/other; chown 7:8 bin/other; rm gone; mkdir gone",
  ];
  const archives: Buffer[] = [];
  for (const [name, scripts] of Object.entries({ one: [operations.join("; ")], each: operations })) {
    const stages = scripts.map((sh) => ({ name: "com.example.sh", options: { sh } }));
    const assembler = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };
    writeFileSync(`${path}/${name}.json`, JSON.stringify({ stages, assembler }));
    const args = ["--libdir", libdir, "--store", `${path}/store`, "-o", `${path}/${name}`, `${path}/${name}.json`];
    const { code, stderr, stdout } = await osbuild(args, { cwd: path });
    expect([code, code === 0 ? "" : stdout + stderr]).toEqual([0, ""]);
    archives.push(readFileSync(`${path}/${name}/tree.tar`));
  }
  expect(archives[1]?.equals(archives[0] ?? Buffer.of())).toBe(true);
  const names = sh('tar -tvf "$1"', `${path}/each/tree.tar`);
  expect(names).toContain("./bin/run link to ./bin/other");
});

test("an archive to start from is refused if it contains a whiteout", async () => {
  await using directory = await scratch();
  const { path } = directory;
  sh('cd "$1"; mkdir -p tree/var; mknod tree/var/motd c 0 0; tar -cf tree.tar -C tree .', path);
  writeFileSync(`${path}/p.json`, JSON.stringify({ stages: [{ name: "org.osbuild.noop" }] }));
  const { code, stderr } = await osbuild(["--store", `${path}/store`, "--from", "tree.tar", "p.json"], { cwd: path });
  expect([code, stderr]).toEqual([1, expect.stringContaining("error: var/motd is a character device 0:0")]);
});
