import { mkdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { listing, makeOddTree, mounted, scratch } from "./trees.ts";

test("a tar archive contains everything in the tree", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const archive = await assembled("tar", tree, `${directory.path}/output`, { filename: "tree.tar" });

  expect(statSync(archive)).toMatchObject({ mode: 0o100644, mtimeMs: defaultSourceEpoch * 1000 });
  expect(run(["tar", "--list", "--quoting-style=literal", "--file", archive])).toMatch(
    /^\.\/\n\.\/dev\/\n\.\/dev\/fifo\n/,
  );
  mkdirSync(`${directory.path}/unpacked`);
  const options = ["--acls", "--xattrs", "--xattrs-include=*", "--numeric-owner", "--same-permissions"];
  run(["tar", "--extract", ...options, "--file", archive, "--directory", `${directory.path}/unpacked`]);
  expect(listing(`${directory.path}/unpacked`)).toEqual(listing(tree));
});

test.each([
  ["bzip2", "bzip2"],
  ["xz", "xz"],
  ["lzip", "lzip"],
  ["lzma", "xz"],
  ["lzop", "lzop"],
  ["gzip", "gzip"],
  ["zstd", "zstd"],
])("an archive is compressed with %s", async (compression, program) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const plain = await assembled("tar", tree, `${directory.path}/plain`, { filename: "a" });
  const packed = await assembled("tar", tree, `${directory.path}/packed`, { filename: "a", compression });
  expect(statSync(packed)).toMatchObject({ mode: 0o100644, mtimeMs: defaultSourceEpoch * 1000 });
  expect(statSync(packed).size).toBeLessThan(statSync(plain).size / 10);
  expect(run([program, "--decompress", "--stdout"], { input: readFileSync(packed) })).toBe(
    readFileSync(plain, "latin1"),
  );
});

test.each([undefined, "bzip2", "xz", "lzip", "lzma", "lzop", "gzip", "zstd"])(
  "an archive compressed with %s is the same for a copy of the tree elsewhere",
  async (compression) => {
    using directory = scratch();
    const tree = `${directory.path}/tree`;
    makeOddTree(tree);
    const [here, there] = await assembledTwice("tar", tree, { filename: "a", ...(compression && { compression }) });
    expect(there).toBe(here);
  },
);

const makeSocket = (path: string) =>
  run(["python3", "-c", "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", path]);

test.each([
  ["tar", { filename: "a" }],
  ["oci-archive", { filename: "a", architecture: "x86_64" }],
])("%s names the sockets that it can't include", async (name, options) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(`${tree}/run`, { recursive: true });
  makeSocket(`${tree}/run/s`);
  expect(await assemble(name, tree, `${directory.path}/output`, options)).toEqual({
    exitCode: 0,
    log: "warning: an archive can't hold sockets, which are left out: /run/s",
  });
});

const fileSystem = { filename: "a", root_fs_uuid: "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e" };

test.each([
  ["squashfs", { filename: "a" }],
  ["rawfs", { ...fileSystem, size: 8 * 1024 ** 2 }],
  ["rawfs", { ...fileSystem, size: 200 * 1024 ** 2, fs_type: "btrfs" }],
])("%s with %j includes sockets", async (name, options) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  makeSocket(`${tree}/s`);
  using root = mounted(await assembled(name, tree, `${directory.path}/output`, options));
  expect(statSync(`${root.path}/s`).isSocket()).toBe(true);
});
