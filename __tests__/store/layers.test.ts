import { execFileSync } from "node:child_process";
import { linkSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { copyFiles } from "../../src/store/exports.ts";
import { clampTimes } from "../../src/store/overlay/clamp-times.ts";
import { epoch, listing, openStore, scratch, sh } from "../support/store.ts";

/** One of everything that a file system can store and a layer must. */
function fill(path: string): void {
  sh(
    `cd "$1"
     umask 022
     mkdir -p etc usr/bin dir/below replaced/deep sticky odd
     echo text > etc/file
     echo one > etc/removed
     ln etc/file etc/hard-link
     ln -s nowhere symlink
     mkfifo -m 640 fifo
     mknod -m 600 null c 1 3
     mknod -m 660 disk b 8 0
     echo program > usr/bin/su; chmod 4755 usr/bin/su
     chmod 3777 sticky
     echo mine > owned; chown 1000:2000 owned; chown -h 3000:4000 symlink
     echo a > replaced/a; echo b > replaced/deep/b
     truncate --size=1M sparse; printf end >> sparse
     setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 usr/bin/su
     setfattr -n security.selinux -v system_u:object_r:etc_t:s0 etc/file
     setfattr -n user.note -v "a note" etc/file
     setfattr -n trusted.note -v 0x00ff0a etc/file
     setfattr -h -n trusted.note -v link symlink
     setfattr -n user.dir -v yes dir
     setfacl -m u:1234:rw,g:5:r etc/file
     setfacl -d -m u:99:rwx dir
     setfattr -n security.selinux -v system_u:object_r:root_t:s0 .
     setfacl -m u:7:rx .
     chmod 751 .; chown 11:22 .
     touch -d '2020-02-02 02:02:02.123456789 UTC' dir/old
     touch -d '2030-01-01 UTC' dir/future
     touch -d '1960-01-01 UTC' dir/past
     touch -h -d '2020-02-02 UTC' symlink`,
    path,
  );
  const names = [
    "new\nline",
    "two\n\nlines",
    "back\\slash",
    "back\\012",
    "space ",
    " # file: x",
    "\xff\xfe",
    "ü",
    "-n",
  ];
  for (const name of names) {
    writeFileSync(Buffer.concat([Buffer.from(`${path}/odd/`), Buffer.from(name, "latin1")]), name);
  }
  sh('setfattr -n user.name -v odd "$1"/odd/*; setfacl -m u:4321:r "$1"/odd/*', path);
  execFileSync(process.execPath, [
    "-e",
    `require("net").createServer().listen("${path}/socket", () => process.exit())`,
  ]);
}

/** The changes of a second stage: whiteouts, an opaque directory, changed attributes, and copied-up files. */
function rework(path: string): void {
  sh(
    `cd "$1"
     rm etc/removed symlink
     rm -r replaced; mkdir replaced; echo c > replaced/c
     echo more >> usr/bin/su
     chown 5 fifo
     echo new > dir/new
     rm odd/*line; echo again > "odd/new
line"`,
    path,
  );
}

test("a tree is the same from raw, mounted, unpacked and exported layers", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const raw = await store.change([], fill);
  const before = await store.see([raw], listing);
  const packed = await store.pack(raw);
  expect(await store.see([packed], listing)).toBe(before);
  expect(readFileSync(store.layout.object(packed.object)).length).toBeLessThan(100_000);

  const changed = await store.change([packed], rework);
  const after = await store.see([packed, changed], listing);
  expect(await store.see([raw, changed], listing)).toBe(after);
  const again = await store.pack(changed);
  expect(await store.see([packed, again], listing)).toBe(after);

  await using bare = await openStore(`${directory.path}/store`, "/dev/there-is-no-loop-control");
  expect(await bare.see([packed, again], listing)).toBe(after);

  const exported = `${directory.path}/exported`;
  await using tree = await store.trees.get([packed, again]);
  await copyFiles(store.namespace.path(tree.path), exported);
  expect(listing(exported)).toBe(after);
  expect(statSync(`${exported}/sparse`).blocks).toBeLessThan(1000);

  // The same commands give the same result in a directory.
  const plain = `${directory.path}/plain`;
  sh('mkdir "$1"', plain);
  fill(plain);
  rework(plain);
  clampTimes(plain, epoch);
  expect(after).toBe(listing(plain));
});

test("a layer is packed to the same bytes, wherever and in whatever order it was made", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const raw = await store.change([], fill);
  // The order of two attributes of a file depends on the file system.
  sh(
    'cd "$1/etc"; for name in security.selinux user.note system.posix_acl_access; do setfattr -x $name file; done',
    raw.directory,
  );
  const copy = `${directory.path}/copy`;
  sh(
    `mkdir "$2"; cd "$1"; find . -print0 | sort -rz |
       tar -c --sparse --null --no-recursion -T - --acls --xattrs --xattrs-include='*' --warning=no-file-ignored |
       tar -x -C "$2" -p --acls --xattrs --xattrs-include='*' --delay-directory-restore
     cp -a socket "$2"; touch -r . "$2"`,
    raw.directory,
    copy,
  );
  expect(listing(copy)).toBe(listing(raw.directory));
  expect(await store.pack({ directory: copy })).toEqual(await store.pack(raw));
});

test("a file of more than 4 GiB keeps its length and its holes", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const size = 4 * 1024 ** 3 + 3;
  const write = (path: string) => sh('truncate --size="$2" "$1/big"; printf end >> "$1/big"', path, String(size - 3));
  const layer = await store.pack(await store.change([], write));
  expect(statSync(store.layout.object(layer.object)).size).toBeLessThan(200_000);
  await using tree = await store.trees.get([layer]);
  const copy = `${directory.path}/copy`;
  await copyFiles(`${store.namespace.path(tree.path)}/big`, copy);
  expect(sh('tail -c 4 "$1" | od -An -c', copy)).toBe("  \\0   e   n   d\n");
  expect(statSync(copy)).toMatchObject({ size });
  expect(statSync(copy).blocks).toBeLessThan(1000);
});

test("only the topmost occurrence of a repeated layer matters", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const base = await store.pack(
    await store.change([], (path) => sh('cd "$1"; mkdir d; echo 1 > d/a; echo 1 > b', path)),
  );
  const first = await store.pack(await store.change([base], (path) => sh('cd "$1"; rm b; echo 2 > d/a', path)));
  const back = await store.pack(await store.change([base, first], (path) => sh('cd "$1"; echo 1 > b; rm d/a', path)));
  const layers = [base, first, back, first];
  expect(await store.see(layers, (path) => sh('cd "$1"; find . | sort; cat d/a', path))).toBe(".\n./d\n./d/a\n2\n");
  // The same layer may come twice in a row, and a tree may have no layers.
  expect(await store.see([first, first], (path) => sh('cat "$1/d/a"', path))).toBe("2\n");
  expect(await store.see([], (path) => sh('ls -A "$1"', path))).toBe("");
  // A stage can change such a tree.
  const next = await store.change(layers, (path) => sh('echo 3 > "$1/d/c"', path));
  expect(await store.see([...layers, next], (path) => sh('cat "$1"/d/*', path))).toBe("2\n3\n");
});

test("a tree may be more than a hundred layers deep", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const layers: ({ object: string } | { directory: string })[] = [];
  for (let index = 0; index < 100; index++) {
    const raw = await store.change([], (path) => writeFileSync(`${path}/${index}`, String(index)));
    // A build starts with objects and continues with layers that aren't packed yet.
    layers.push(index < 60 ? await store.pack(raw) : raw);
  }
  const top = await store.change(layers, (path) => sh('cd "$1"; rm 0 99; echo >> 50', path));
  expect(await store.see([...layers, top], (path) => readdirSync(path).length)).toBe(98);
});

test("the attributes of a tree's root stay as the first stage set them", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const label = (path: string) =>
    sh(
      `cd "$1"; setfattr -n security.selinux -v system_u:object_r:root_t:s0 .; setfattr -n user.a -v 1 .
       setfacl -m u:7:rx .; chown 1:2 .; chmod 1750 .; touch -d '2001-01-01 UTC' .`,
      path,
    );
  const first = await store.change([], label);
  const second = await store.change([first], () => undefined);
  const third = await store.change([await store.pack(first), await store.pack(second)], () => undefined);
  expect(listing(second.directory)).toBe(listing(first.directory));
  expect(listing(third.directory)).toBe(listing(first.directory));
});

test("overlayfs's own bookkeeping isn't part of a layer", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const base = await store.change([], (path) => sh('cd "$1"; mkdir -p a/b; echo 1 > a/b/c; ln a/b/c a/d', path));
  const upper = await store.change([base], (path) => sh('cd "$1"; echo 2 >> a/b/c; mkdir new; mv a/d new', path));
  const { object } = await store.pack(upper);
  sh('unsquashfs -quiet -no-progress -dest "$1/unpacked" "$2"', directory.path, store.layout.object(object));
  expect(sh('cd "$1/unpacked"; getfattr -R -h -m ^trusted.overlay .', directory.path)).toBe(
    // The second one says that nothing of the layers below shows through, which is true.
    "# file: .\ntrusted.overlay.packed\n\n# file: new\ntrusted.overlay.opaque\n\n",
  );
});

test("forty thousand names are clamped like one", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const layer = await store.change([], (path) => {
    writeFileSync(`${path}/0`, "");
    for (let index = 1; index <= 40_000; index++) linkSync(`${path}/0`, `${path}/${index}`);
  });
  expect(sh('find "$1" -printf "%T@\\n" | sort | uniq -c', layer.directory).trim()).toBe(`40002 ${epoch}.0000000000`);
});

test("a file from a stored layer can be given attributes, like one from a raw layer", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const plain = await store.change([], (path) => void sh('cd "$1"; printf a > file; ln -s file link', path));
  const packed = await store.pack(plain);
  expect(await store.see([packed], (path) => sh('cd "$1"; getfattr --match=- file . 2>&1', path))).toBe("");
  const label = (path: string) => void sh('cd "$1"; setfattr -h -n security.selinux -v label file link', path);
  const labelled = await store.change([packed], label);
  const names = (path: string) => sh('cd "$1"; getfattr -h --only-values -n security.selinux file link', path);
  expect(await store.see([packed, labelled], names)).toBe("labellabel");
});
