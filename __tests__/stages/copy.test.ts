import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { serve } from "../support/local-server.ts";
import { runStep } from "../support/sandbox.ts";
import { type Skeleton, skeleton } from "../support/skeleton.ts";

/** Copies as in the engine, which bind-mounts each `from`, a file or directory of the repository, read-only. */
function copy(
  tree: Skeleton,
  repository: string,
  paths: readonly { from: string; to: string; [option: string]: unknown }[],
) {
  const inputs = Object.fromEntries(paths.map(({ from }) => [from, `${repository}/${from}`]));
  return runStep({ kind: "stage", name: "org.osbuild.copy", tree: tree.path, options: { paths }, inputs });
}

test("copy takes contents, links and executability from the source, and nothing else", async () => {
  await using repository = await skeleton({ "/app/bin/run": "#!/bin/sh\n", "/app/data/text": "text\n" });
  await symlink("run", `${repository.path}/app/bin/alias`);
  await chmod(`${repository.path}/app/bin/run`, 0o700);
  await chmod(`${repository.path}/app/data/text`, 0o660);
  await chmod(`${repository.path}/app/data`, 0o2770);
  await using tree = await skeleton({});
  expect(await copy(tree, repository.path, [{ from: "app", to: "/opt/app" }])).toEqual({ exitCode: 0, log: "" });

  const root = { uid: 0, gid: 0, mtimeMs: defaultSourceEpoch * 1000 };
  expect(await stat(`${tree.path}/opt/app/bin`)).toMatchObject({ ...root, mode: 0o40755 });
  expect(await stat(`${tree.path}/opt/app/bin/run`)).toMatchObject({ ...root, mode: 0o100755 });
  expect(await stat(`${tree.path}/opt/app/data`)).toMatchObject({ ...root, mode: 0o40755 });
  expect(await stat(`${tree.path}/opt/app/data/text`)).toMatchObject({ ...root, mode: 0o100644 });
  expect(await lstat(`${tree.path}/opt/app/bin/alias`)).toMatchObject(root);
  expect(await readlink(`${tree.path}/opt/app/bin/alias`)).toBe("run");
  expect(await readFile(`${tree.path}/opt/app/data/text`, "utf8")).toBe("text\n");
});

test("copy sets mode and owner; names are those of the tree", async () => {
  await using repository = await skeleton({ "/secrets/key": "key\n" });
  await using tree = await skeleton({
    "/etc/passwd": "root:x:0:0::/root:/bin/sh\ngames:x:1234:60::/:/bin/sh\n",
    "/etc/group": "games:x:1235:\n",
  });
  const owned = { mode: "0640", owner: "games", group: "games" };
  await copy(tree, repository.path, [
    { from: "secrets", to: "/srv/", ...owned },
    { from: "secrets/key", to: "/srv/other", mode: "4755", owner: 7, group: 8 },
  ]);
  expect(await stat(`${tree.path}/srv`)).toMatchObject({ uid: 0, gid: 0, mode: 0o40755 });
  expect(await stat(`${tree.path}/srv/secrets`)).toMatchObject({ uid: 1234, gid: 1235, mode: 0o40750 });
  expect(await stat(`${tree.path}/srv/secrets/key`)).toMatchObject({ uid: 1234, gid: 1235, mode: 0o100640 });
  expect(await stat(`${tree.path}/srv/other`)).toMatchObject({ uid: 7, gid: 8, mode: 0o104755 });

  const end = await copy(tree, repository.path, [{ from: "secrets", to: "/srv/", owner: "nobody" }]);
  expect(end).toEqual({ exitCode: 1, log: "nobody: not in the tree's /etc/passwd; add it in an earlier stage" });
});

test("copy unpacks an archive as it copies a directory", async () => {
  await using repository = await skeleton({ "/app/bin/run": "#!/bin/sh\n", "/app/notes.bak": "" });
  await chmod(`${repository.path}/app/bin/run`, 0o711);
  const archive = `${repository.path}/app.tar.gz`;
  execFileSync("tar", ["--owner=1234", "-czf", archive, "-C", `${repository.path}/app`, "."]);
  await using tree = await skeleton({});
  const options = { paths: [{ from: "app.tar.gz", to: "/opt/app", unpack: true }], exclude: ["*.bak"] };
  const inputs = { "app.tar.gz": archive };
  const end = await runStep({ kind: "stage", name: "org.osbuild.copy", tree: tree.path, options, inputs });
  expect(end).toEqual({ exitCode: 0, log: "" });
  expect(await stat(`${tree.path}/opt/app/bin/run`)).toMatchObject({ uid: 0, mode: 0o100755 });
  expect(await readdir(`${tree.path}/opt/app`)).toEqual(["bin"]);
});

test("copy merges a directory into the tree: existing directories keep their mode, files are replaced", async () => {
  await using repository = await skeleton({ "/rootfs/lib/unit": "new\n", "/rootfs/etc/motd": "new\n" });
  await using tree = await skeleton({
    "/usr/lib/unit": "old\n",
    "/usr/lib/kept": "kept\n",
    "/lib": { link: "usr/lib" },
    "/etc/motd": { link: "../usr/lib/kept" },
  });
  await chmod(`${tree.path}/usr/lib`, 0o711);
  expect((await copy(tree, repository.path, [{ from: "rootfs/", to: "/" }])).exitCode).toBe(0);
  expect(await readFile(`${tree.path}/usr/lib/unit`, "utf8")).toBe("new\n");
  expect(await readFile(`${tree.path}/usr/lib/kept`, "utf8")).toBe("kept\n");
  expect((await lstat(`${tree.path}/etc/motd`)).isFile()).toBe(true);
  expect((await stat(`${tree.path}/usr/lib`)).mode & 0o777).toBe(0o711);
  expect(await readlink(`${tree.path}/lib`)).toBe("usr/lib");
});

test("copy follows the tree's links as a program in the tree would, but never out of it", async () => {
  await using repository = await skeleton({ "/file": "file\n" });
  await using tree = await skeleton({
    "/absolute": { link: "/srv/there" },
    "/upwards": { link: "../../../../../../../../etc" },
    "/loop": { link: "loop" },
  });
  await copy(tree, repository.path, [
    { from: "file", to: "/absolute/" },
    { from: "file", to: "/upwards/copy" },
  ]);
  expect(await readFile(`${tree.path}/srv/there/file`, "utf8")).toBe("file\n");
  expect(await readFile(`${tree.path}/etc/copy`, "utf8")).toBe("file\n");

  const end = await copy(tree, repository.path, [{ from: "file", to: "/loop/file" }]);
  expect(end).toEqual({ exitCode: 1, log: "/loop: too many symbolic links in the tree" });
});

test("copy doesn't replace a directory with a file", async () => {
  await using repository = await skeleton({ "/file": "file\n" });
  await using tree = await skeleton({});
  await mkdir(`${tree.path}/srv`);
  await writeFile(`${tree.path}/srv/kept`, "");
  const end = await copy(tree, repository.path, [{ from: "file", to: "/srv" }]);
  expect(end).toEqual({ exitCode: 1, log: "/srv is a directory of the tree: end it with / to copy into it" });
  expect(await readdir(`${tree.path}/srv`)).toEqual(["kept"]);
});

test("copy takes paths from an archive, whose URL is in the pipeline's sources", async () => {
  await using content = await skeleton({ "/project-1/NEWS.md": "news\n", "/project-1/doc/guide/a": "a\n" });
  await chmod(`${content.path}/project-1/NEWS.md`, 0o640);
  await chown(`${content.path}/project-1/NEWS.md`, 12, 34);
  const archive = execFileSync("tar", ["--create", "--gzip", `--directory=${content.path}`, "project-1"]);
  await using server = await serve((path) => (path === "/project-1.tar.gz" ? archive : undefined));
  const checksum = `sha256:${createHash("sha256").update(archive).digest("hex")}`;
  const sources = { "org.osbuild.files": { urls: { [checksum]: `${server.url}/project-1.tar.gz` } } };
  await using tree = await skeleton({ "/srv": null, "/root": null });
  await chmod(`${tree.path}/root`, 0o700);
  const copied = (options: object) => {
    const source = { type: "archive", checksum, ...options };
    return (paths?: object) =>
      runStep({ kind: "stage", name: "org.osbuild.copy", tree: tree.path, options: { source, ...paths }, sources });
  };

  const paths = [
    { from: "/NEWS.md", to: "/NEWS" },
    { from: "/doc", to: "/srv" },
    { from: "/doc/guide", to: "/usr/share/guide" },
    { from: "/doc/guide/", to: "/srv" },
    { from: "/", to: "/new" },
    { from: "/", to: "/root" },
  ];
  expect(await copied({})({ paths })).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/NEWS`, "utf8")).toBe("news\n");
  expect(await stat(`${tree.path}/NEWS`)).toMatchObject({ uid: 12, gid: 34, mode: 0o100640 });
  expect(await readFile(`${tree.path}/srv/doc/guide/a`, "utf8")).toBe("a\n");
  expect(await readFile(`${tree.path}/usr/share/guide/a`, "utf8")).toBe("a\n");
  // A trailing slash makes no difference, as for cp.
  expect(await readFile(`${tree.path}/srv/guide/a`, "utf8")).toBe("a\n");
  expect((await stat(`${tree.path}/new`)).mode).toBe(0o40755);
  expect((await stat(`${tree.path}/root`)).mode).toBe(0o40700);
  expect(await readdir(`${tree.path}/root`)).toEqual(["NEWS.md", "doc"]);

  expect(await copied({ "strip-components": "0" })()).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/project-1/NEWS.md`, "utf8")).toBe("news\n");

  const missing = await copied({})({ paths: [{ from: "/nothing" }] });
  expect(missing).toEqual({ exitCode: 1, log: expect.stringContaining("/nothing: the archive has no such file") });
});

test("copy gives the server of an archive its token, and no other server", async () => {
  await using content = await skeleton({ "/project-1/NEWS.md": "news\n" });
  const archive = execFileSync("tar", ["--create", `--directory=${content.path}`, "project-1"]);
  await using elsewhere = await serve((path) => (path === "/storage" ? archive : undefined));
  await using server = await serve((_, { authorization }) =>
    authorization === "Bearer 8lynx-Panther" ? new URL(`${elsewhere.url}/storage`) : undefined,
  );
  const checksum = `sha256:${createHash("sha256").update(archive).digest("hex")}`;
  await using tree = await skeleton({});
  // A step reaches only those ports of the host that the user names.
  const reached = { [elsewhere.url]: elsewhere.url };
  const copy = (path: string, more: object, mirrors: Readonly<Record<string, string>> = reached) => {
    const sources = { "org.osbuild.files": { urls: { [checksum]: server.url + path } } };
    const options = { source: { type: "archive", checksum, ...more } };
    const secrets = { github: "8lynx-Panther\n" };
    return runStep({ kind: "stage", name: "org.osbuild.copy", tree: tree.path, options, sources, secrets, mirrors });
  };

  const asset = "/api/v3/repos/our/app/releases/assets/1";
  expect(await copy(asset, {})).toEqual({ exitCode: 1, log: expect.stringMatching(/assets\/1: 404 Not Found/) });
  expect(await copy(asset, { token: "github" })).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/NEWS.md`, "utf8")).toBe("news\n");
  expect(await copy("/app.tar", { token: "github" })).toEqual({ exitCode: 0, log: "" });
  const mirrors = { [`${server.url}/app.tar`]: `${server.url}/mirror` };
  expect((await copy("/app.tar", { token: "github" }, mirrors)).exitCode).toBe(1);
  const authorization = "Bearer 8lynx-Panther";
  expect(server.headers).toMatchObject([
    { accept: "application/octet-stream" },
    { authorization, accept: "application/octet-stream" },
    { authorization, accept: "*/*" },
    { accept: "*/*" },
  ]);
  expect(server.headers.map((headers) => "authorization" in headers)).toEqual([false, true, true, false]);
  expect(elsewhere.headers.map((headers) => "authorization" in headers)).toEqual([false, false]);
});
