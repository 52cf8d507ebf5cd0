import { execFileSync } from "node:child_process";
import { chmod, chown, link, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Contents, readContents } from "../../src/store/contents.ts";
import { decodeContents, encodeContents } from "../../src/store/contents-file.ts";
import { debianTree } from "../support/debian-tree.ts";

let directory: string;
let tree: string;
beforeEach(async () => {
  if (process.getuid?.() !== 0) throw new Error("this test makes other users' files and needs root: sudo npm test");
  directory = await mkdtemp(`${tmpdir()}/contents-`);
  tree = `${directory}/tree`;
  await mkdir(tree);
});
afterEach(() => rm(directory, { recursive: true }));

const run = (program: string, ...args: readonly string[]) => execFileSync(program, [...args], { encoding: "utf8" });

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(`${tree}${path}`), { recursive: true });
  await writeFile(`${tree}${path}`, text, { mode: 0o644 });
}

const listed = ({ entries }: Contents) => entries.map(({ path, kind, size }) => `${kind} ${path} ${size}`);

test("everything in a tree is listed, by the bytes of its name, with what it is", async () => {
  await write("/b/file", "four");
  await write("/B", "");
  await link(`${tree}/b/file`, `${tree}/b/link`);
  await symlink("../../../etc/shadow", `${tree}/a`);
  run("mkfifo", `${tree}/fifo`);
  run("mknod", `${tree}/null`, "c", "1", "3");
  await chown(`${tree}/b/file`, 3, 4);
  await chmod(`${tree}/b/file`, 0o4750);
  const contents = await readContents(tree);
  expect(listed(contents)).toEqual([
    "file /B 0",
    "symbolic link /a 19",
    "directory /b 0",
    "file /b/file 4",
    "hard link /b/link 4",
    "fifo /fifo 0",
    "character device /null 0",
  ]);
  expect(contents.entries[3]).toMatchObject({ mode: 0o4750, owner: "3:4", package: null });
});

test("the same tree in another place and at another time has the same contents", async () => {
  await write("/a/file", "text");
  await symlink("file", `${tree}/a/link`);
  run("cp", "-a", tree, `${directory}/copy`);
  await utimes(`${directory}/copy/a/file`, 1, 1);
  expect(await readContents(`${directory}/copy`)).toEqual(await readContents(tree));
});

test("whatever changes in a file changes its digest, in a file of several megabytes too", async () => {
  const large = Buffer.alloc(3 * 1024 * 1024 + 1);
  await writeFile(`${tree}/large`, large);
  await symlink("one", `${tree}/link`);
  const before = await readContents(tree);
  large[large.length - 1] = 1;
  await writeFile(`${tree}/large`, large);
  await rm(`${tree}/link`);
  await symlink("two", `${tree}/link`);
  const after = await readContents(tree);
  const changed = after.entries.filter(({ digest }, index) => digest !== before.entries[index]?.digest);
  expect(changed.map(({ path }) => path)).toEqual(["/large", "/link"]);
});

test("names that are no text, or odd text, are told apart", async () => {
  for (const name of [Buffer.from("\xff", "latin1"), Buffer.from("\xfe", "latin1"), "two\nlines", "__proto__", "ü"])
    await writeFile(Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(name)]), "");
  const { entries } = await readContents(tree);
  expect(entries.map(({ path }) => path)).toEqual(["/__proto__", "/two\nlines", "/ü", "/\\xfe", "/\\xff"]);
});

const status = (name: string, state = "install ok installed", more = "") =>
  `Package: ${name}\nStatus: ${state}\nInstalled-Size: 12\nArchitecture: amd64\n${more}Version: 1:2.0-3\nDescription: some\n Package: not\n`;

test("dpkg's packages are those that are installed, and files have their owners", async () => {
  await write(
    "/var/lib/dpkg/status",
    [status("zsh"), status("gone", "deinstall ok config-files"), status("bash")].join("\n"),
  );
  await write("/var/lib/dpkg/info/bash.list", "/.\n/bin\n/bin/bash\n/usr/lib/tool/a.py\n");
  await write("/var/lib/dpkg/info/zsh:amd64.list", "/usr/bin/zsh\n");
  for (const path of ["/usr/bin/bash", "/usr/bin/zsh", "/usr/bin/own", "/usr/lib/tool/a.py"]) await write(path, "");
  await write("/usr/lib/tool/__pycache__/a.cpython-311.pyc", "");
  await symlink("usr/bin", `${tree}/bin`);
  const { database, packages, entries } = await readContents(tree);
  expect(database).toBe("dpkg");
  expect(packages).toEqual([
    { name: "bash", version: "1:2.0-3", architecture: "amd64", bytes: 12 * 1024 },
    { name: "zsh", version: "1:2.0-3", architecture: "amd64", bytes: 12 * 1024 },
  ]);
  const owned = entries.filter((entry) => entry.package !== null);
  expect(owned.map((entry) => `${packages[entry.package ?? 0]?.name} ${entry.path}`)).toEqual([
    "bash /usr/bin/bash",
    "zsh /usr/bin/zsh",
    "bash /usr/lib/tool/__pycache__/a.cpython-311.pyc",
    "bash /usr/lib/tool/a.py",
    "bash /var/lib/dpkg/info/bash.list",
    "zsh /var/lib/dpkg/info/zsh:amd64.list",
  ]);
});

test("a link in the place of a database leads nowhere", async () => {
  await mkdir(`${tree}/var/lib`, { recursive: true });
  await symlink("/var/lib/dpkg", `${tree}/var/lib/dpkg`);
  await mkdir(`${tree}/usr/lib/sysimage/rpm`, { recursive: true });
  await symlink("/etc/passwd", `${tree}/usr/lib/sysimage/rpm/rpmdb.sqlite`);
  expect(await readContents(tree)).toMatchObject({ database: "none", packages: [] });
});

test("RPM's packages are read from a copy of their database", async () => {
  const spec = `${directory}/some.spec`;
  const head = [
    "Name: some",
    "Epoch: 3",
    "Version: 1.2",
    "Release: 4",
    "Summary: s",
    "License: l",
    "BuildArch: noarch",
  ];
  const make = [
    "%description",
    "d",
    "%install",
    "install -D /dev/null %{buildroot}/usr/share/some/file",
    "%files",
    "/usr/share/some/file",
  ];
  await writeFile(spec, [...head, ...make, ""].join("\n"));
  run("rpmbuild", "-bb", "--quiet", `--define=_topdir ${directory}/rpmbuild`, spec);
  const [name = ""] = await readdir(`${directory}/rpmbuild/RPMS/noarch`);
  const database = `${tree}/usr/lib/sysimage/rpm`;
  await mkdir(database, { recursive: true });
  run("rpm", `--dbpath=${database}`, "--justdb", "--nodeps", "--install", `${directory}/rpmbuild/RPMS/noarch/${name}`);
  await write("/usr/share/some/file", "");
  const contents = await readContents(tree);
  expect(contents.database).toBe("rpm");
  expect(contents.packages).toMatchObject([{ name: "some", version: "3:1.2-4", architecture: "noarch" }]);
  expect(contents.entries.find(({ path }) => path === "/usr/share/some/file")?.package).toBe(0);
});

test("an RPM database that can't be read is told to be there", async () => {
  await write("/usr/lib/sysimage/rpm/rpmdb.sqlite", "not a database".repeat(1000));
  expect(await readContents(tree)).toMatchObject({ database: "rpm, unread", packages: [] });
});

test("a real Debian's packages are what dpkg says they are, and what they hold is theirs", async () => {
  await using debian = await debianTree();
  const contents = await readContents(debian.path);
  const admin = `--admindir=${debian.path}/var/lib/dpkg`;
  const format = ["Package", "Version", "Architecture"].map((field) => `\${${field}}`).join(" ");
  const said = run("dpkg-query", admin, "--show", `--showformat=${format}\\n`);
  const found = contents.packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}\n`);
  expect(found.sort().join("")).toBe(
    said
      .split(/(?<=\n)/)
      .sort()
      .join(""),
  );
  const programs = contents.entries.filter(({ path, kind }) => path.startsWith("/usr/bin/") && kind === "file");
  expect(programs.length).toBeGreaterThan(200);
  expect(programs.filter((entry) => entry.package === null)).toEqual([]);
});

test("contents are kept as a text that gives them back", async () => {
  await write("/var/lib/dpkg/status", status("bash"));
  await write("/var/lib/dpkg/info/bash.list", "/usr/bin/bash\n");
  await write("/usr/bin/bash", "#!");
  await symlink("bash", `${tree}/usr/bin/sh`);
  await chmod(`${tree}/usr/bin/bash`, 0o755);
  const contents = await readContents(tree);
  const text = encodeContents(contents);
  expect(decodeContents(text)).toEqual(contents);
  expect(decodeContents(text.slice(0, -10))).toBeUndefined();
  expect(decodeContents('{"version":2}')).toBeUndefined();
  expect(decodeContents("null")).toBeUndefined();
});

test("40,000 files are kept in less than 2 MB", () => {
  const entries = Array.from({ length: 40_000 }, (_, index) => ({
    path: `/usr/share/doc/package-${Math.floor(index / 12)}/a-file-of-the-usual-length-${index}.gz`,
    kind: "file" as const,
    size: index * 7,
    mode: 0o644,
    owner: "0:0",
    digest: index.toString(36).padStart(11, "A"),
    package: Math.floor(index / 12),
  }));
  expect(encodeContents({ database: "none", packages: [], entries }).length).toBeLessThan(2_000_000);
});
