import { mkdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { contentOf } from "../../src/store/content.ts";
import { listAttributes } from "../../src/store/layers.ts";
import { clampTimes } from "../../src/store/overlay/clamp-times.ts";
import { epoch, openStore, scratch, sh, type TestStore } from "../support/store.ts";

/** A tree with one of everything. `$order` turns a list of names round, and `$tail` cuts a hole. */
const make = `
  umask 022
  for name in $($order a b c d e f); do echo $name > $name; mkdir -p dirs/$name; done
  ln a same; echo text > file; ln -s nowhere link; mkfifo fifo; mknod null c 1 3
  chown 7:8 file; chmod 4750 b
  for name in $($order user.a user.b trusted.c security.d); do setfattr -n $name -v 1 file; done
  setfacl -m u:7:r c; setfacl -d -m u:8:rwx dirs
  if [ "$holes" = yes ]; then truncate -s 100K sparse; else head -c 102400 /dev/zero > sparse; fi; echo end >> sparse
  touch -d @1000000000 file`;

const fill = (path: string, given = "order=echo holes=yes") => sh(`cd "$1"; ${given}\n${make}`, path);
const otherwise = "order='printf %s\\n'; order='sorted'; sorted() { printf '%s\\n' \"$@\" | sort -r; }; holes=no";

async function contentIn(store: TestStore, directory: string): Promise<string> {
  clampTimes(directory, epoch);
  return (await contentOf(directory, await listAttributes(store.namespace, directory))).digest;
}

test.each([
  ["ext4", "mkfs.ext4 -q"],
  ["xfs", "mkfs.xfs -q"],
  ["btrfs", "mkfs.btrfs -q"],
])(
  "a tree on %s has the content that it has on a tmpfs, written in another order and without holes",
  async (_, mkfs) => {
    await using directory = await scratch();
    await using memory = await scratch("/dev/shm");
    fill(memory.path);
    const disk = `${directory.path}/disk`;
    sh(`truncate -s 400M "$1.img"; ${mkfs} "$1.img"; mkdir "$1"; mount -o loop "$1.img" "$1"; mkdir "$1/tree"`, disk);
    try {
      // Its namespace shows what was mounted before it.
      await using store = await openStore(`${directory.path}/store`);
      fill(`${disk}/tree`, otherwise);
      sh('chmod --reference="$1" "$2"', memory.path, `${disk}/tree`);
      expect(await contentIn(store, `${disk}/tree`)).toBe(await contentIn(store, memory.path));
    } finally {
      sh('umount "$1"', disk);
    }
  },
);

test.each([
  ["a byte", "printf x | dd of=a conv=notrunc status=none"],
  ["a name", "mv a z"],
  ["a mode", "chmod 600 a"],
  ["an owner", "chown 1 a"],
  ["a group", "chgrp 1 a"],
  ["a time", "touch -d @1000000001 file"],
  ["an attribute's value", "setfattr -n user.a -v 2 file"],
  ["an attribute's name", "setfattr -x user.a file; setfattr -n user.z -v 1 file"],
  ["a link's attribute", "setfattr -h -n trusted.c -v 1 link"],
  ["an ACL", "setfacl -m u:7:rw c"],
  ["a default ACL", "setfacl -d -m u:9:rwx dirs"],
  ["a link's target", "ln -sfn elsewhere link"],
  ["a link's owner", "chown -h 1 link"],
  ["a device's number", "rm null; mknod null c 1 5"],
  ["a device's kind", "rm null; mknod null b 1 3"],
  ["a fifo that becomes a file", "rm fifo; touch fifo"],
  ["an empty directory", "rmdir dirs/a"],
  ["a hard link that becomes a file of its own", "cp -a same x; mv x same"],
  ["a hard link to another file", "ln -f b same"],
  ["a deletion", "mknod gone c 0 0"],
  ["an opaque directory", "setfattr -n trusted.overlay.opaque -v y dirs"],
  ["the root's mode", "chmod 700 ."],
  ["the root's attribute", "setfattr -n user.a -v 1 ."],
])("the content differs by %s", async (_, change) => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  fill(tree);
  const before = await contentIn(store, tree);
  sh(`cd "$1"; ${change}`, tree);
  expect(await contentIn(store, tree)).not.toBe(before);
});

test("overlayfs's own bookkeeping and its way to store a deletion aren't content", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const layer = await store.change([], (path) => fill(path));
  const after = await store.change([layer], (path) => sh('cd "$1"; rm a b same; echo more >> c; chmod 700 dirs', path));
  const found = await contentIn(store, after.directory);
  sh(
    `cd "$1"; setfattr -n trusted.overlay.origin -v 0x01 d 2>/dev/null || setfattr -n trusted.overlay.origin -v 0x01 c
     setfattr -n trusted.overlay.impure -v y .
     rm a b; mknod -m 600 a c 0 0; ln a b`,
    after.directory,
  );
  expect(await contentIn(store, after.directory)).toBe(found);
});
