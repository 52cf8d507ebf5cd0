import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { digest, listing, makeOddTree, mounted, scratch } from "./trees.ts";

/** A tree without anything that OSTree doesn't support. */
function makePlainTree(tree: string): void {
  makeOddTree(tree);
  rmSync(Buffer.from(`${tree}/var/odd names/\xff`, "latin1"));
  mkdirSync(`${tree}/tmp`, { mode: 0o1777 });
}

test("a directory contains everything in the tree", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const copy = await assembled("directory", tree, `${directory.path}/output`, { filename: "copy" });
  expect(listing(copy)).toEqual(listing(tree));
});

test.each(["zstd", "xz", "gzip", "lz4"])(
  "a squashfs image compressed with %s contains everything in the tree",
  async (compression) => {
    using directory = scratch();
    const tree = `${directory.path}/tree`;
    makeOddTree(tree);
    run(["setfacl", "--remove-all", "--remove-default", `${tree}/var/log`]);
    const image = await assembled("squashfs", tree, `${directory.path}/output`, { filename: "a", compression });
    expect(run(["unsquashfs", "-stat", image])).toContain(`Compression ${compression}\n`);
    expect(statSync(image).mtimeMs).toBe(defaultSourceEpoch * 1000);
    using root = mounted(image);
    expect(listing(root.path)).toEqual(listing(tree));
  },
);

test("a container image has the tree as its layer and the given configuration", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const config = { Cmd: ["/bin/sh", "-c", "echo"], Env: ["A=b"], User: "7", Labels: { x: "y" }, WorkingDir: "/var" };
  const archive = await assembled("oci-archive", tree, `${directory.path}/output`, {
    filename: "image.tar",
    architecture: "x86_64",
    config: { ...config, ExposedPorts: ["80/tcp"], Volumes: { "/data": {} }, StopSignal: "SIGINT" },
  });

  expect(JSON.parse(run(["skopeo", "inspect", `oci-archive:${archive}`]))).toMatchObject({
    Created: "2026-01-01T00:00:00Z",
    Architecture: "amd64",
    Os: "linux",
    Env: ["A=b"],
    Labels: { x: "y" },
    Layers: [expect.stringMatching(/^sha256:/)],
  });
  expect(JSON.parse(run(["skopeo", "inspect", "--config", `oci-archive:${archive}`])).config).toEqual({
    ...config,
    ExposedPorts: { "80/tcp": {} },
    Volumes: { "/data": {} },
    StopSignal: "SIGINT",
  });
  // Copying verifies every digest, and unpacks the layer to verify that of its content.
  run(["skopeo", "copy", "--dest-decompress", `oci-archive:${archive}`, `dir:${directory.path}/image`]);
  const manifest = JSON.parse(readFileSync(`${directory.path}/image/manifest.json`, "utf8"));
  const plain = await assembled("tar", tree, `${directory.path}/plain`, { filename: "tree.tar" });
  expect(manifest.layers[0].digest).toBe(`sha256:${digest(plain)}`);
});

test("a container tool runs the image according to its configuration", async () => {
  using directory = scratch();
  const { path } = directory;
  mkdirSync(`${path}/tree/bin`, { recursive: true });
  mkdirSync(`${path}/tree/srv`);
  copyFileSync("/bin/busybox", `${path}/tree/bin/busybox`);
  const archive = await assembled("oci-archive", `${path}/tree`, `${path}/output`, {
    filename: "image.tar",
    architecture: "x86_64",
    config: {
      Cmd: ["/bin/busybox", "sh", "-c", 'echo "$GREETING from $(busybox id -u) in $(busybox pwd)"'],
      Env: ["GREETING=hello", "PATH=/bin"],
      User: "7:8",
      WorkingDir: "/srv",
    },
  });
  run(["skopeo", "copy", `oci-archive:${archive}`, `oci:${path}/layout:image`]);
  run(["umoci", "unpack", "--image", `${path}/layout:image`, `${path}/bundle`]);
  const configuration = `${path}/bundle/config.json`;
  const bundle = JSON.parse(readFileSync(configuration, "utf8")) as { process: object };
  writeFileSync(configuration, JSON.stringify({ ...bundle, process: { ...bundle.process, terminal: false } }));
  const runc = ["runc", "--root", `${path}/state`, "run", "--bundle", `${path}/bundle`];
  expect(run([...runc, `test-${process.pid}`])).toBe("hello from 7 in /srv\n");
});

test("an OSTree repository has the tree in a commit", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makePlainTree(tree);
  const parent = "aa".repeat(32);
  const options = { ref: "odd/x86_64/stable", parent, os_version: "12.5", "tmp-is-dir": false };
  expect(await assemble("ostree.commit", tree, `${directory.path}/output`, options)).toEqual({ exitCode: 0, log: "" });

  const repository = `--repo=${directory.path}/output/repo`;
  const { "ostree-commit": commit, ...rest } = JSON.parse(
    readFileSync(`${directory.path}/output/compose.json`, "utf8"),
  );
  expect(rest).toEqual({
    ref: options.ref,
    "ostree-parent-commit": parent,
    "ostree-version": "12.5",
    "ostree-timestamp": "2026-01-01T00:00:00Z",
  });
  expect(run(["ostree", "rev-parse", repository, options.ref])).toBe(`${commit}\n`);
  const shown = run(["ostree", "show", repository, commit]);
  for (const line of [`Parent:  ${parent}`, "Date:  2026-01-01 00:00:00 +0000", "Version: 12.5"])
    expect(shown).toContain(line);
  run(["ostree", "fsck", repository]);
  run(["ostree", "checkout", repository, commit, `${directory.path}/checkout`]);
  expect(run(["readlink", `${directory.path}/checkout/tmp`])).toBe("sysroot/tmp\n");
  expect(run(["ls", `${directory.path}/checkout/dev`])).toBe("");
  const withoutTimes = (lines: readonly string[]) =>
    lines.filter((line) => !/^(dev|tmp)\b|^\/dev/.test(line)).map((line) => line.replace(/\d links time \S+/, ""));
  expect(withoutTimes(listing(`${directory.path}/checkout`))).toEqual(withoutTimes(listing(tree)));
});

test.each([
  ["squashfs", { filename: "a" }],
  ["oci-archive", { filename: "a", architecture: "x86_64" }],
  ["ostree.commit", { filename: "a", ref: "odd", tar: { filename: "a" } }],
])("the output of %s is the same for a copy of the tree elsewhere", async (name, options) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makePlainTree(tree);
  writeFileSync(`${tree}/etc/large`, "large\n".repeat(300_000));
  // squashfs lists attributes in the order of the source file system.
  if (name === "squashfs")
    for (const file of ["usr/ping", "usr/ping6", 'var/odd names/quote"']) rmSync(`${tree}/${file}`);
  run(["find", tree, "-exec", "touch", "--no-dereference", "--date=@1700000000", "{}", "+"]);
  const [here, there] = await assembledTwice(name, tree, options);
  expect(there).toBe(here);
});
