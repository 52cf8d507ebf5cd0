import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { capture, run } from "./step.ts";
import { entryInTree, isInTree, makeDirectory, resolveInTree } from "./tree.ts";
import { removeUniqueness } from "./uniqueness.ts";

/**
 * Runs apt with the downloads of earlier builds laid over the tree's cache: what is there already is not downloaded
 * again, and what apt downloads outlives the build. When it fails the mounts end with the container. `runApt` is given
 * what makes the tree an empty one again.
 */
export async function withDownloads(
  tree: string,
  state: string,
  runApt: (startOver: () => void) => Promise<void>,
): Promise<void> {
  let lift = layDownloads(tree, state);
  await runApt(() => {
    lift();
    empty(tree, "/");
    lift = layDownloads(tree, state);
  });
  lift();
  dropUnused(`${state}/archives`, installedArchives(tree));
}

function layDownloads(tree: string, state: string): () => void {
  const binds = [
    { from: `${state}/archives`, to: makeDirectory(tree, "/var/cache/apt/archives") },
    { from: `${state}/lists`, to: makeDirectory(tree, "/var/lib/apt/lists") },
  ];
  for (const { from, to } of binds) {
    mkdirSync(`${from}/partial`, { recursive: true });
    run(["mount", "--bind", from, to]);
  }
  return () => {
    for (const { to } of binds) run(["umount", to]);
  };
}

/** Without this the downloads of every version of every package would pile up. */
function dropUnused(archives: string, used: ReadonlySet<string>): void {
  const now = new Date();
  const thirtyDays = 30 * 24 * 60 * 60 * 1000;
  for (const name of readdirSync(archives)) {
    if (!name.endsWith(".deb")) continue;
    const path = `${archives}/${name}`;
    if (used.has(name)) utimesSync(path, now, now);
    else if (now.getTime() - statSync(path).mtimeMs > thirtyDays) unlinkSync(path);
  }
}

/** The file names under which apt keeps the packages that the tree has. */
function installedArchives(tree: string): ReadonlySet<string> {
  const status = readFileSync(`${tree}/var/lib/dpkg/status`, "utf8");
  const field = (paragraph: string, name: string) => paragraph.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1] ?? "";
  return new Set(
    status
      .split("\n\n")
      .map((paragraph) => ["Package", "Version", "Architecture"].map((name) => field(paragraph, name)))
      .map(([name, version = "", architecture]) => `${name}_${version.replace(":", "%3a")}_${architecture}.deb`),
  );
}

/** Removes what differs from one installation of the same packages to the next, and what only apt's next run needs. */
export function cleanDebian(tree: string): void {
  removeUniqueness(tree);
  for (const path of ["/var/cache/apt", "/var/cache/fontconfig", "/var/cache/man", "/var/lib/apt/lists"]) {
    empty(tree, path);
  }
  for (const path of [
    "/var/cache/debconf/config.dat-old",
    "/var/cache/debconf/passwords.dat-old",
    "/var/cache/debconf/templates.dat-old",
    "/var/lib/dpkg/diversions-old",
    "/var/lib/dpkg/statoverride-old",
    "/var/lib/dpkg/status-old",
    "/var/log/apt/eipp.log.xz",
    "/var/log/fontconfig.log",
  ]) {
    rmSync(entryInTree(tree, path), { force: true });
  }
  dropJournalAcl(tree);
}

/** systemd sets it again at every boot, and few file systems and archives could keep it until then. */
function dropJournalAcl(tree: string): void {
  if (!isInTree(tree, "/var/log/journal")) return;
  const journal = resolveInTree(tree, "/var/log/journal");
  if (!/^\S+\+ /.test(capture(["ls", "-ld", journal]))) return;
  const { uid, gid, mode } = statSync(journal);
  rmSync(journal, { recursive: true });
  mkdirSync(journal);
  chownSync(journal, uid, gid);
  chmodSync(journal, mode & 0o7777);
}

/** Removes what a directory of the tree holds, where there is one. */
export function empty(tree: string, path: string): void {
  if (!isInTree(tree, path)) return;
  const directory = resolveInTree(tree, path);
  for (const name of readdirSync(directory)) rmSync(`${directory}/${name}`, { recursive: true });
}
