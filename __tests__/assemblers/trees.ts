import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { run } from "../support/run.ts";

/** A directory that is removed at the end of the test. */
export function scratch(parent = tmpdir()): Disposable & { readonly path: string } {
  const path = mkdtempSync(`${parent}/assembler-`);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

/** A small tree with one of everything that a file system can store and an image could lose. */
export function makeOddTree(tree: string): void {
  for (const directory of ["", "/dev", "/etc", "/usr", "/var"]) mkdirSync(tree + directory);
  writeFileSync(`${tree}/etc/hostname`, "odd\n");
  writeFileSync(`${tree}/usr/ping`, "ping");
  run(["setcap", "cap_net_raw+ep", `${tree}/usr/ping`]);
  // Both attributes together don't fit into an ext4 inode.
  run(["setfattr", "-n", "user.note", "-v", "x".repeat(60), `${tree}/usr/ping`]);
  run(["setfattr", "-n", "user.a", "-v", "b", `${tree}/usr/ping`]);
  run(["ln", `${tree}/usr/ping`, `${tree}/usr/ping6`]);
  chmodSync(`${tree}/usr/ping`, 0o4755);
  run(["mkfifo", `${tree}/dev/fifo`]);
  run(["mknod", "-m", "620", `${tree}/dev/tty9`, "c", "4", "9"]);
  run(["mknod", `${tree}/dev/vda`, "b", "252", "0"]);
  symlinkSync("../usr/ping", `${tree}/etc/short`);
  symlinkSync(`/nowhere/${"long/".repeat(30)}`, `${tree}/etc/long`);
  mkdirSync(`${tree}/var/log`, { mode: 0o2755 });
  run(["setfacl", "-m", "u:4242:rx,d:g:17:rwx", `${tree}/var/log`]);
  run(["chown", "-h", "1234:5678", `${tree}/var/log`, `${tree}/etc/short`]);
  mkdirSync(`${tree}/var/odd names`);
  for (const name of ["caf\u00e9", "line\nbreak", 'quote"', "back\\slash", "-dash", "$(x)", "x".repeat(255)])
    writeFileSync(`${tree}/var/odd names/${name}`, name);
  writeFileSync(Buffer.from(`${tree}/var/odd names/\xff`, "latin1"), "not UTF-8");
  run(["setfattr", "-n", "user.b", "-v", "c", `${tree}/var/odd names/quote"`]);
  run(["setfattr", "-n", "user.a", "-v", "b", `${tree}/var/odd names/quote"`]);
  writeFileSync(`${tree}/var/sparse`, "start");
  truncateSync(`${tree}/var/sparse`, 3 * 1024 ** 2);
  writeFileSync(`${tree}/var/zeros`, Buffer.alloc(300_000));
  mkdirSync(`${tree}/lost+found`, { mode: 0o700 });
  chmodSync(tree, 0o711);
  run(["chown", "7:8", tree]);
  run(["setfattr", "-n", "user.root", "-v", "yes", tree]);
  // As in a tree from the engine, no time is later than the source epoch.
  run(["find", tree, "-exec", "touch", "--no-dereference", "--date=@1700000000", "{}", "+"]);
}

/** A copy on a tmpfs, which lists files and attributes in another order. */
export function copyToMemory(tree: string): Disposable & { readonly path: string } {
  const copy = scratch("/dev/shm");
  run(["cp", "--archive", "--sparse=always", `${tree}/.`, copy.path]);
  if (!existsSync(`${copy.path}/usr/ping`)) return copy;
  run(["setfattr", "-x", "user.a", `${copy.path}/usr/ping`]);
  run(["setfattr", "-n", "user.a", "-v", "b", `${copy.path}/usr/ping`]);
  return copy;
}

export const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Lists every file of a tree with all its metadata, one per line. */
export function listing(tree: string): readonly string[] {
  const find = ["find", tree];
  const [files, devices] = [
    ["-type", "f"],
    ["-type", "b,c"],
  ] as const;
  const printed = [
    run([...find, "-printf", "%P %y %m %U:%G %n links time %T@ to %l\\0"]).split("\0"),
    run([...find, ...files, "-exec", "sha256sum", "--zero", "{}", "+"]).split("\0"),
    run([...find, ...devices, "-exec", "stat", "--printf=%n is %t:%T\\0", "{}", "+"]).split("\0"),
    attributes(tree)
      .split("\n\n")
      .map((file) => file.split("\n").sort().join(" ")),
  ];
  return printed
    .flat()
    .map((line) => line.replace(tree, ""))
    .sort();
}

/** Reads ACLs. This fails, as it should, if the file system doesn't support them. */
function attributes(tree: string): string {
  const argv = ["-RPhd", "-m-", "-ehex", "--absolute-names", tree];
  return spawnSync("getfattr", argv, { encoding: "latin1", maxBuffer: 2 ** 30 }).stdout;
}

/** A copy on a squashfs, as an assembler sees a tree. Its directories are sorted, and it has no ACLs. */
export function packed(tree: string): Disposable & { readonly path: string } {
  const directory = scratch();
  const image = `${directory.path}/image`;
  run(["mksquashfs", tree, image, "-quiet", "-no-progress"]);
  const root = mounted(image);
  return {
    path: root.path,
    [Symbol.dispose]() {
      root[Symbol.dispose]();
      directory[Symbol.dispose]();
    },
  };
}

/** Mounts a file system of an image read-only. */
export function mounted(image: string, offset = 0): Disposable & { readonly path: string } {
  const directory = scratch();
  run(["mount", "-o", `loop,ro,offset=${offset}`, image, directory.path]);
  return {
    path: directory.path,
    [Symbol.dispose]() {
      run(["umount", directory.path]);
      directory[Symbol.dispose]();
    },
  };
}
