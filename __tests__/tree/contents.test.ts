import { hash } from "node:crypto";
import {
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Contents, type ContentsPackage, readContents } from "../../src/tree/contents.ts";
import { decodeContents, encodeContents, isDamagedContents } from "../../src/tree/contents-file.ts";
import { debianTree } from "../support/debian-tree.ts";
import { damagesOf } from "../support/misfits.ts";
import { run } from "../support/run.ts";

let directory: string;
let tree: string;
beforeEach(async () => {
  if (process.getuid?.() !== 0) throw new Error("this test makes other users' files and needs root: sudo npm test");
  directory = await mkdtemp(`${tmpdir()}/contents-`);
  tree = `${directory}/tree`;
  await mkdir(tree);
});
afterEach(() => rm(directory, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(`${tree}${path}`), { recursive: true });
  await writeFile(`${tree}${path}`, text, { mode: 0o644 });
}

const listed = ({ entries }: Contents) => entries.map(({ path, kind, size }) => `${kind} ${path} ${size}`);

test("everything in a tree is listed, in byte order, with its properties", async () => {
  await write("/b/file", "four");
  await write("/B", "");
  await link(`${tree}/b/file`, `${tree}/b/link`);
  await symlink("../../../etc/shadow", `${tree}/a`);
  run(["mkfifo", `${tree}/fifo`]);
  run(["mknod", `${tree}/null`, "c", "1", "3"]);
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
  run(["cp", "-a", tree, `${directory}/copy`]);
  await utimes(`${directory}/copy/a/file`, 1, 1);
  expect(await readContents(`${directory}/copy`)).toEqual(await readContents(tree));
});

test("any change in a file changes its digest, even in a file of several megabytes", async () => {
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

test("names that aren't text, or are unusual text, are distinguished", async () => {
  for (const name of [Buffer.from("\xff", "latin1"), Buffer.from("\xfe", "latin1"), "two\nlines", "__proto__", "ü"])
    await writeFile(Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(name)]), "");
  const { entries } = await readContents(tree);
  expect(entries.map(({ path }) => path)).toEqual(["/__proto__", "/two\nlines", "/ü", "/\\xfe", "/\\xff"]);
});

const nothing: Contents = { database: "none", distribution: null, packages: [], steps: [], entries: [] };

const status = (name: string, state = "install ok installed", more = "") =>
  `Package: ${name}\nStatus: ${state}\nInstalled-Size: 12\nArchitecture: amd64\n${more}Version: 1:2.0-3\nDescription: some\n Package: not\n`;

test("dpkg's packages are the installed ones, and files have their owners", async () => {
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
  expect(packages).toMatchObject([
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

const copyright = (...paragraphs: readonly string[]) =>
  ["Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/", ...paragraphs].join("\n\n");

test("dpkg's packages have their sources, and licences if their copyright files are machine-readable", async () => {
  const source = "Source: zsh-source (5.9)\n";
  const names = ["bash", "doc-link", "file-link", "old", "zsh"];
  await write(
    "/var/lib/dpkg/status",
    names.map((name) => status(name, "install ok installed", name === "zsh" ? source : "")).join("\n"),
  );
  const files = "Files: *\nCopyright: some\nLicense: GPL-3+\n the text";
  await write(
    "/usr/share/doc/bash/copyright",
    copyright(files, "Files: a\nLicense: Expat\n", "License: MPL-2.0\n text"),
  );
  await write("/usr/share/doc/zsh/copyright", copyright(files, "Files: b\nLicense: GPL-3+"));
  await write("/usr/share/doc/old/copyright", "This program is free software.\n\nFiles: *\nLicense: GPL-3+\n");
  await symlink("bash", `${tree}/usr/share/doc/doc-link`);
  await mkdir(`${tree}/usr/share/doc/file-link`);
  await symlink("../zsh/copyright", `${tree}/usr/share/doc/file-link/copyright`);
  const { packages } = await readContents(tree);
  expect(packages.map(({ name, source, licences }) => [name, source.name, source.version, licences])).toEqual([
    ["bash", "bash", "1:2.0-3", ["GPL-3+", "Expat"]],
    ["doc-link", "doc-link", "1:2.0-3", ["GPL-3+", "Expat"]],
    ["file-link", "file-link", "1:2.0-3", ["GPL-3+"]],
    ["old", "old", "1:2.0-3", []],
    ["zsh", "zsh-source", "5.9", ["GPL-3+"]],
  ]);
});

test("the tree's os-release names the distribution", async () => {
  await write("/usr/lib/os-release", `PRETTY_NAME="Some \\"OS\\" 1"\nID='some'\nVERSION_ID=1.2\n`);
  await mkdir(`${tree}/etc`);
  await symlink("../usr/lib/os-release", `${tree}/etc/os-release`);
  expect((await readContents(tree)).distribution).toEqual({ id: "some", version: "1.2", name: 'Some "OS" 1' });
  await rm(`${tree}/etc/os-release`);
  await write("/etc/os-release", "NAME=unnamed\n");
  expect((await readContents(tree)).distribution).toBeNull();
});

test("a package's step is the one whose layer first lists it in that version, and each later one too", async () => {
  const lists = [
    ["bash 1", "gone 1", "sh 1"],
    undefined,
    ["bash 1", "vim 1", "sh 2"],
    ["bash 1", "vim 1", "sh 2", "gone 1"],
  ];
  const layers = [];
  for (const [index, list] of lists.entries()) {
    const layer = `${directory}/layer-${index}`;
    await mkdir(`${layer}/var/lib/dpkg`, { recursive: true });
    const text = (list ?? []).map((each) => {
      const [name = "", version = ""] = each.split(" ");
      return status(name).replace("1:2.0-3", version);
    });
    if (list !== undefined) await writeFile(`${layer}/var/lib/dpkg/status`, text.join("\n"));
    if (index === 3) run(["cp", "-a", `${layer}/.`, tree]);
    layers.push({
      directory: layer,
      files: new Map(),
      step: index === 3 ? null : { name: `step-${index}`, id: String(index).repeat(64) },
    });
  }
  // Something else in the place of a database isn't one.
  await mkdir(`${directory}/link/var/lib`, { recursive: true });
  await symlink("/var/lib/dpkg", `${directory}/link/var/lib/dpkg`);
  run(["mknod", `${directory}/link/usr`, "c", "0", "0"]);
  layers.push({ directory: `${directory}/link`, files: new Map(), step: { name: "link", id: "4".repeat(64) } });
  const { packages, steps } = await readContents(tree, layers);
  const origins = packages.map(({ name, step }) => [name, step === null ? null : steps[step]?.name]);
  expect(origins).toEqual([
    ["bash", "step-0"],
    ["gone", null],
    ["sh", "step-2"],
    ["vim", "step-2"],
  ]);
  expect(steps.map(({ name }) => name)).toEqual(["step-0", "step-2"]);
});

test("a link in place of a database isn't followed", async () => {
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
  run(["rpmbuild", "-bb", "--quiet", `--define=_topdir ${directory}/rpmbuild`, spec]);
  const [name = ""] = await readdir(`${directory}/rpmbuild/RPMS/noarch`);
  const database = `${tree}/usr/lib/sysimage/rpm`;
  await mkdir(database, { recursive: true });
  run([
    "rpm",
    `--dbpath=${database}`,
    "--justdb",
    "--nodeps",
    "--install",
    `${directory}/rpmbuild/RPMS/noarch/${name}`,
  ]);
  await write("/usr/share/some/file", "");
  const contents = await readContents(tree);
  expect(contents.database).toBe("rpm");
  const source = { name: "some", version: "1.2-4" };
  expect(contents.packages).toMatchObject([
    { name: "some", version: "3:1.2-4", architecture: "noarch", source, licences: ["l"] },
  ]);
  expect(contents.entries.find(({ path }) => path === "/usr/share/some/file")?.package).toBe(0);
});

test("an unreadable RPM database is reported as present", async () => {
  await write("/usr/lib/sysimage/rpm/rpmdb.sqlite", "not a database".repeat(1000));
  expect(await readContents(tree)).toMatchObject({ database: "rpm, unread", packages: [] });
});

test("a real Debian's packages match dpkg's list, and own their files", async () => {
  await using debian = await debianTree();
  const contents = await readContents(debian.path);
  const admin = `--admindir=${debian.path}/var/lib/dpkg`;
  const format = ["Package", "Version", "Architecture"].map((field) => `\${${field}}`).join(" ");
  const said = run(["dpkg-query", admin, "--show", `--showformat=${format}\\n`]);
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

test("contents survive being written and read", async () => {
  await write("/var/lib/dpkg/status", status("bash"));
  await write("/var/lib/dpkg/info/bash.list", "/usr/bin/bash\n");
  await write("/usr/bin/bash", "#!");
  await symlink("bash", `${tree}/usr/bin/sh`);
  await chmod(`${tree}/usr/bin/bash`, 0o755);
  const contents = await readContents(tree);
  const text = encodeContents(contents);
  expect(decodeContents(text)).toEqual(contents);
  const [bash] = contents.packages as [ContentsPackage];
  const source = { name: "bash-source", version: "2" };
  const described: Contents = {
    ...contents,
    distribution: { id: "debian", version: "12", name: "Debian" },
    packages: [{ ...bash, source, licences: ["GPL-3+"], step: 0 }, bash],
    steps: [{ name: "org.osbuild.debootstrap", id: "a".repeat(64) }],
  };
  expect(decodeContents(encodeContents(described))).toEqual(described);
  expect(decodeContents(encodeContents({ ...described, steps: [] }))).toBeUndefined();
  expect(decodeContents(text.slice(0, -10))).toBeUndefined();
  expect(decodeContents('{"version":2}')).toBeUndefined();
  expect(isDamagedContents('{"version":2,"sha256":"')).toBe(false);
  expect(decodeContents("null")).toBeUndefined();
});

test("a text with a valid checksum and invalid values isn't accepted", async () => {
  await write("/var/lib/dpkg/status", status("bash"));
  await write("/var/lib/dpkg/info/bash.list", "/usr/bin/bash\n");
  await write("/usr/bin/bash", "#!");
  const { version, sha256: _sum, ...kept } = JSON.parse(encodeContents(await readContents(tree)));
  const decoded = (text: string) => {
    const rest = text.slice(1);
    return decodeContents(`{"version":${version},"sha256":"${hash("sha256", rest)}",${rest}`);
  };
  const text = JSON.stringify(kept);
  expect(decoded(text)).toBeDefined();
  const path = `${tree}/kept.json`;
  await writeFile(path, text);
  for (const [what, damage] of damagesOf(path).filter(([name]) => name.endsWith(" type"))) {
    damage(path);
    expect([what, decoded(await readFile(path, "utf8"))]).toEqual([what, undefined]);
    await writeFile(path, text);
  }
  // The index of a package that doesn't exist.
  const entry = { path: "/a", kind: "file", size: 0, mode: 0o644, owner: "0:0", digest: "", package: 0 } as const;
  expect(decodeContents(encodeContents({ ...nothing, database: "dpkg", entries: [entry] }))).toBeUndefined();
});

test("40,000 files are stored in less than 2 MB", () => {
  const entries = Array.from({ length: 40_000 }, (_, index) => ({
    path: `/usr/share/doc/package-${Math.floor(index / 12)}/a-file-of-the-usual-length-${index}.gz`,
    kind: "file" as const,
    size: index * 7,
    mode: 0o644,
    owner: "0:0",
    digest: index.toString(36).padStart(11, "A"),
    package: Math.floor(index / 12),
  }));
  expect(encodeContents({ ...nothing, entries }).length).toBeLessThan(2_000_000);
});
