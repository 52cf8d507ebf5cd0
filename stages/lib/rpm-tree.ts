import { chmodSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { openChroot } from "./chroot.ts";
import { capture } from "./step.ts";
import { isInTree, makeDirectory, readText, resolveInTree, writeFile } from "./tree.ts";
import { removeUniqueness } from "./uniqueness.ts";

const home = "/tmp/home";

/**
 * Readies the tree for the build root's rpm, or for what uses it: the prefix of a command line that has it work on the
 * tree is handed to `change`.
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
  // Debian's rpm would look for it in the home directory, every other in the place of its own distribution.
  mkdirSync(home);
  writeFileSync(`${home}/.rpmmacros`, `%_dbpath ${database}\n`);
  const anonymous = !readText(tree, "/etc/machine-id")?.trim();
  // Packages name files after it, and would fill in a random one.
  if (anonymous) writeFile(tree, "/etc/machine-id", `${"f".repeat(32)}\n`, { mode: 0o444 });
  {
    using _ = openChroot(tree);
    // The packages' own programs are run by rpm: they may no more mount than those of another tree.
    await change(["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", "env", `HOME=${home}`]);
  }
  if (anonymous) writeFile(tree, "/etc/machine-id", "", { mode: 0o444 });
  removeUniqueness(tree);
  tidyDatabase(resolveInTree(tree, database));
  moveDatabase(tree, database);
  checkBackend(tree);
}

/** Every distribution's package of directories has these; they must be there before it is. */
const mountPoints = [
  { path: "/dev", mode: 0o755 },
  { path: "/proc", mode: 0o555 },
  { path: "/run", mode: 0o755 },
  { path: "/sys", mode: 0o555 },
  { path: "/tmp", mode: 0o1777 },
];

/** A tree that has none yet gets its database where today's distributions have it. */
function databaseOf(tree: string): string {
  const places = [macro(tree, "_dbpath"), "/usr/lib/sysimage/rpm", "/var/lib/rpm"].filter((path) =>
    path.startsWith("/"),
  );
  const used = places.find((path) => isInTree(tree, path) && readdirSync(resolveInTree(tree, path)).length > 0);
  return used ?? "/usr/lib/sysimage/rpm";
}

/** What the database's library leaves for its next use: no two runs leave the same. */
function tidyDatabase(directory: string): void {
  for (const name of readdirSync(directory)) {
    const isLog = name.endsWith("-wal") && statSync(`${directory}/${name}`).size === 0;
    if (isLog || name.endsWith("-shm") || name === ".rpm.lock" || name.startsWith("__db.")) {
      rmSync(`${directory}/${name}`);
    }
  }
}

/** The tree's own rpm, which may be older or of another distribution, must find what is installed. */
function moveDatabase(tree: string, from: string): void {
  const to = macro(tree, "_dbpath");
  if (!to.startsWith("/") || resolveInTree(tree, to) === resolveInTree(tree, from)) return;
  const [source, target] = [resolveInTree(tree, from), makeDirectory(tree, to)];
  for (const name of readdirSync(source)) renameSync(`${source}/${name}`, `${target}/${name}`);
  rmdirSync(source);
}

/** The kinds that rpm has known, and the file by which each is told. */
const backends: Readonly<Record<string, string>> = { bdb: "Packages", ndb: "Packages.db", sqlite: "rpmdb.sqlite" };

function checkBackend(tree: string): void {
  if (!isInTree(tree, macros)) return;
  // Before there was a choice, it was Berkeley DB.
  const backend = macro(tree, "_db_backend") || "bdb";
  if (isInTree(tree, `${databaseOf(tree)}/${backends[backend]}`)) return;
  console.error(
    `warning: the tree's own rpm reads databases of the kind ${backend}, the build root's rpm writes another: on the ` +
      "image rpm will find no packages. To have it find them, use a build pipeline of the same distribution",
  );
}

const macros = "/usr/lib/rpm/macros";

/** What the rpm that is installed in the tree expects of its database. */
function macro(tree: string, name: string): string {
  if (!isInTree(tree, macros)) return "";
  return capture(["rpm", `--macros=${resolveInTree(tree, macros)}`, "--eval", `%{?${name}}`]).trim();
}
