import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { program } from "../support/osbuild.ts";
import { runStep } from "../support/sandbox.ts";
import { scratch, sh } from "../support/store.ts";
import { digest } from "./trees.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";

test("a file system is the same whether the tree's layers are directories or came from the store", async () => {
  await using directory = await scratch();
  const { path } = directory;
  const [raw, stored] = [`${path}/raw`, `${path}/stored`];
  mkdirSync(stored);
  // File systems may report these differently: holes and zeros, links, and missing attributes.
  sh(
    `mkdir -p "$1/etc/deep"; cd "$1"
     head -c 3M /dev/zero > zeros; truncate --size=3M hole; (head -c 1M /dev/zero; echo end) > mixed
     for i in $(seq 500); do echo $i > etc/deep/$i; done
     ln etc/deep/1 etc/one; ln -s deep/2 etc/two
     find . -exec touch --no-dereference --date=@1700000000 {} +
     mksquashfs . "$2.squashfs" -quiet -no-progress > /dev/null`,
    ...[raw, stored],
  );
  sh('mount -o loop,ro "$1.squashfs" "$1"', stored);
  try {
    expect(await fileSystemOf(stored, `${path}/2`)).toBe(await fileSystemOf(raw, `${path}/1`));
  } finally {
    sh('umount "$1"', stored);
  }
});

/** The facts that file systems report in orders and numbers of their own. */
const tree = `#!/bin/bash
set -e
cd /run/osbuild/tree
mkdir -p etc/deep bin
seq 400 | sed s,^,etc/deep/, | xargs touch
echo 7 > etc/deep/7; ln etc/deep/7 etc/seven
truncate --size=3M hole; (head -c 1M /dev/zero; echo end) > mixed; cp /bin/true bin/ping; cp /bin/true bin/pong
large=$(printf %0999d 1)
setfattr -n user.b -v 2 bin/ping; setfattr -n user.a -v 1 bin/ping; setcap cap_net_raw+ep bin/ping
setcap cap_net_raw+ep bin/pong; setfattr -n user.a -v 1 bin/pong; setfattr -n user.b -v 2 bin/pong
setfattr -n user.z -v $large etc/deep/1; setfattr -n trusted.z -v $large etc/deep/1
setfattr -n security.selinux -v etc_t etc/deep/1; setfattr -n trusted.y -v $large etc/deep/1
setfacl -m u:42:r etc/deep/7; setfattr -n user.a -v 1 etc/deep/7; setfacl -d -m u:42:r etc/deep
`;

const assemblers = {
  btrfs: { name: "org.osbuild.rawfs", options: { filename: "i", fs_type: "btrfs", root_fs_uuid: uuid, size: "200M" } },
  squashfs: { name: "org.osbuild.squashfs", options: { filename: "i" } },
  tar: { name: "org.osbuild.tar", options: { filename: "i" } },
};

/** The disk that the store is on, and what else is different about a machine. */
const machines = [
  { format: "mkfs.ext4 -q disk", environment: ["TZ=UTC", "LC_ALL=C", "HOME=/root"], umask: "022", processors: "0-63" },
  { format: "mkfs.xfs -q disk", environment: ["TZ=Pacific/Apia", "USER=other"], umask: "077", processors: "0" },
  { format: "mkfs.btrfs -q disk", environment: ["LANG=C.UTF-8", "HOME=/tmp"], umask: "002", processors: "0-63" },
  { format: "", environment: ["LC_ALL=tr_TR.UTF-8"], umask: "027", processors: "0" },
];

test("layers and images are the same on ext4, XFS, Btrfs and tmpfs, on machines that differ in all else", async () => {
  await using directory = await scratch();
  const cwd = directory.path;
  mkdirSync(`${cwd}/lib/stages`, { recursive: true });
  writeFileSync(`${cwd}/lib/stages/test.tree`, tree, { mode: 0o755 });
  const capabilities = ["CAP_SYS_ADMIN", "CAP_SETFCAP"];
  writeFileSync(`${cwd}/lib/stages/test.tree.meta.json`, JSON.stringify({ summary: "Make a tree", capabilities }));
  for (const [name, assembler] of Object.entries(assemblers))
    writeFileSync(`${cwd}/${name}.json`, JSON.stringify({ stages: [{ name: "test.tree" }], assembler }));
  const found = [];
  for (const [index, { format, environment, umask, processors }] of machines.entries()) {
    const mount = format === "" ? "-t tmpfs tmpfs" : "-o loop disk";
    const inside = `
      hostname machine-${index}; umask ${umask}; mkdir store; mount ${mount} store
      exec env ${environment.join(" ")} taskset --cpu-list ${processors} "$@"`;
    sh('cd "$1"; rm -rf disk store; truncate --size=512M disk; eval "$2"', cwd, format);
    // The disk is kept for the three builds, so later ones begin with a layer that comes from the store.
    const builds = Object.keys(assemblers).map(
      (name) => `"$@" build -l lib --store store/s -o ${index}/${name} ${name}.json`,
    );
    const script = ["set -e", ...builds, `ls store/s/objects > ${index}/objects`].join("\n");
    sh(
      `cd "$1"; shift; exec unshare --mount --uts --propagation=private sh -ec "$@"`,
      ...[cwd, inside, "sh", "sh", "-c", script, "sh", process.execPath, program],
    );
    const sums = Object.keys(assemblers).map((name) => [name, digest(`${cwd}/${index}/${name}/i`)]);
    found.push([...sums, readFileSync(`${cwd}/${index}/objects`, "utf8")]);
  }
  for (const other of found.slice(1)) expect(other).toEqual(found[0]);
});

/** The digest of the file system that rawfs makes from a tree. */
async function fileSystemOf(tree: string, outputDir: string): Promise<string> {
  mkdirSync(outputDir);
  const options = { filename: "image", root_fs_uuid: uuid, size: 64 * 1024 ** 2 };
  expect(await runStep({ kind: "assembler", name: "org.osbuild.rawfs", tree, outputDir, options })).toEqual({
    exitCode: 0,
    log: "",
  });
  return digest(`${outputDir}/image`);
}
