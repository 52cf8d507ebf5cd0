import { chmodSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { capture, run } from "../step.ts";
import { openChroot } from "../system/chroot.ts";
import { removeUniqueness } from "../system/uniqueness.ts";
import { isInTree, makeDirectory, readText, resolveInTree, writeFile } from "../tree.ts";

const home = "/tmp/home";

/**
 * Makes the tree ready for the build root's rpm and for programs that use it, and tidies up after them. `change` gets
 * the start of the command lines of such programs.
 */
export async function changePackages(
  tree: string,
  change: (prefix: readonly string[]) => Promise<void> | void,
): Promise<void> {
  process.umask(0o022);
  for (const { path, mode } of mountPoints) {
    if (!isInTree(tree, path)) chmodSync(makeDirectory(tree, path), mode);
  }
  const database = databaseOf(tree);
  // By default Debian's rpm has its database in the home directory, and every other where its distribution has it.
  mkdirSync(home);
  writeFileSync(`${home}/.rpmmacros`, `%_dbpath ${database}\n`);
  const anonymous = !readText(tree, "/etc/machine-id")?.trim();
  // Packages name files after the machine id, and would fill in a random one.
  if (anonymous) writeFile(tree, "/etc/machine-id", `${"f".repeat(32)}\n`, { mode: 0o444 });
  {
    using _ = openChroot(tree);
    const prefix = ["env", `HOME=${home}`];
    await change(prefix);
    // Its layout depends on how often it was written to, which differs between rpm and dnf.
    run([...prefix, "rpmdb", `--root=${tree}`, "--rebuilddb"]);
  }
  if (anonymous) writeFile(tree, "/etc/machine-id", "", { mode: 0o444 });
  removeUniqueness(tree);
  tidyDatabase(resolveInTree(tree, database));
  moveDatabase(tree, database);
  checkBackend(tree);
}

/** Directories that every distribution has. They are needed before the package that brings them is installed. */
const mountPoints = [
  { path: "/dev", mode: 0o755 },
  { path: "/proc", mode: 0o555 },
  { path: "/run", mode: 0o755 },
  { path: "/sys", mode: 0o555 },
  { path: "/tmp", mode: 0o1777 },
];

/** The directory of the tree's database. A tree without one gets it where today's distributions have it. */
function databaseOf(tree: string): string {
  const places = [macro(tree, "_dbpath"), "/usr/lib/sysimage/rpm", "/var/lib/rpm"].filter((path) =>
    path.startsWith("/"),
  );
  const used = places.find((path) => isInTree(tree, path) && readdirSync(resolveInTree(tree, path)).length > 0);
  return used ?? "/usr/lib/sysimage/rpm";
}

/** Removes what the database's library leaves for its next use, which differs from run to run. */
function tidyDatabase(directory: string): void {
  for (const name of readdirSync(directory)) {
    const isLog = name.endsWith("-wal") && statSync(`${directory}/${name}`).size === 0;
    if (isLog || name.endsWith("-shm") || /^\.(rpm|keyring)\.lock$/.test(name) || name.startsWith("__db.")) {
      rmSync(`${directory}/${name}`);
    }
  }
}

/** Moves the database to where the tree's own rpm, which may be older or of another distribution, looks for it. */
function moveDatabase(tree: string, from: string): void {
  const to = macro(tree, "_dbpath");
  if (!to.startsWith("/") || resolveInTree(tree, to) === resolveInTree(tree, from)) return;
  const [source, target] = [resolveInTree(tree, from), makeDirectory(tree, to)];
  for (const name of readdirSync(source)) renameSync(`${source}/${name}`, `${target}/${name}`);
  rmdirSync(source);
}

/** The kinds of databases that rpm has had, and the file by which to recognize each. */
const backends: Readonly<Record<string, string>> = { bdb: "Packages", ndb: "Packages.db", sqlite: "rpmdb.sqlite" };

/** Warns if the tree's own rpm can't read the database. */
function checkBackend(tree: string): void {
  if (!isInTree(tree, macros)) return;
  // An rpm without this macro only knows Berkeley DB.
  const backend = macro(tree, "_db_backend") || "bdb";
  if (isInTree(tree, `${databaseOf(tree)}/${backends[backend]}`)) return;
  console.error(
    `warning: the tree's own rpm reads databases of the kind ${backend}, the build root's rpm writes another: on the ` +
      "image rpm will find no packages. To have it find them, use a build pipeline of the same distribution",
  );
}

const macros = "/usr/lib/rpm/macros";

/** A macro of the rpm that is installed in the tree. */
function macro(tree: string, name: string): string {
  if (!isInTree(tree, macros)) return "";
  return capture(["rpm", `--macros=${resolveInTree(tree, macros)}`, "--eval", `%{?${name}}`]).trim();
}
