import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dropUnused } from "../downloads/sources.ts";
import { kernelPoints } from "../mount-points.ts";
import { request } from "../mounts.ts";
import { capture } from "../step.ts";
import { removeUniqueness } from "../system/uniqueness.ts";
import { entryInTree, isInTree, makeDirectory, resolveInTree } from "../tree.ts";

/**
 * The directories that are mounted over while a base system is installed. An initrd records link counts of the
 * directories that it is made in, /var/tmp: those of a tmpfs are always the same.
 */
export const installerPoints = [...kernelPoints, "var/tmp"];

/** The snapshot that a lock is made from if the release's index says where snapshots are. */
export const latest = "latest";

/** Whether a snapshot is of one time. With `{time}` it says where each time is, and only a lock's packages need it. */
export const isOfOneTime = (snapshot: string | undefined): snapshot is string =>
  snapshot !== undefined && snapshot !== latest && !snapshot.includes("{time}");

/**
 * A text of sources, as in sources.list(5), with Debian's archives as they were at a time. `{archive}` in the address
 * of the snapshot service stands for an archive's name.
 */
export const atSnapshot = (text: string, snapshot: string): string =>
  inPast(text, (address) => {
    const archive = debianArchive.exec(address)?.[1];
    return archive === undefined ? undefined : snapshot.replace("{archive}", archive);
  });

/**
 * A text of sources with those archives replaced that have an address for the past. What an archive had long ago is
 * valid no more, and accepted.
 */
export function inPast(text: string, pastOf: (address: string) => string | undefined): string {
  return text
    .split("\n")
    .map((line) => {
      const moved = line.replace(/\b[a-z+]+:\/\/\S+/g, (address) => pastOf(address) ?? address);
      if (moved === line || line.startsWith("#")) return line;
      if (!moved.startsWith("deb")) return `${moved}\nCheck-Valid-Until: no`;
      return moved.replace(/^(deb\S*)\s+(?:\[\s*([^\]]*?)\s*\]\s+)?/, (_, type, given) =>
        [type, `[${["check-valid-until=no", given ?? []].flat().join(" ")}]`, ""].join(" "),
      );
    })
    .join("\n");
}

/** Every mirror has them there, and hardly anybody else anything. */
const debianArchive = /^[a-z+]+:\/\/[^/\s]+\/(debian[a-z-]*)\/?$/;

/**
 * Runs apt with the downloads of earlier builds mounted over the tree's cache: apt doesn't download them again, and
 * what it downloads outlives the build. If apt fails, the mounts end with the container. `runApt` gets a function that
 * makes the tree empty again.
 */
export async function withDownloads(
  tree: string,
  state: string,
  runApt: (startOver: () => void) => Promise<void>,
): Promise<void> {
  dropHarmed(state);
  let lift = layDownloads(tree, state);
  await runApt(() => {
    lift();
    empty(tree, "/");
    lift = layDownloads(tree, state);
  });
  lift();
  const archives = readdirSync(`${state}/archives`).filter((name) => name.endsWith(".deb"));
  dropUnused(
    archives.map((name) => `${state}/archives/${name}`),
    installedArchives(tree),
  );
  noteSums(state);
}

/** apt looks at a package's size and a list's date alone: one that the disk has harmed would fail every later build. */
function dropHarmed(state: string): void {
  const sums = readSums(state);
  for (const path of downloads(state)) {
    // Files that a failed build has downloaded aren't noted.
    if (Object.hasOwn(sums, path) && sums[path] !== sha256(`${state}/${path}`)) unlinkSync(`${state}/${path}`);
  }
}

function noteSums(state: string): void {
  const sums = downloads(state).map((path) => [path, sha256(`${state}/${path}`)]);
  writeFileSync(`${state}/sums.json`, JSON.stringify(Object.fromEntries(sums)));
}

function readSums(state: string): { readonly [path: string]: unknown } {
  if (!existsSync(`${state}/sums.json`)) return {};
  try {
    return Object(JSON.parse(readFileSync(`${state}/sums.json`, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** The files that apt has downloaded, whole; paths in the state directory. */
const downloads = (state: string): readonly string[] =>
  ["archives", "lists"]
    .filter((name) => existsSync(`${state}/${name}`))
    .flatMap((name) =>
      readdirSync(`${state}/${name}`, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== "lock")
        .map((entry) => `${name}/${entry.name}`),
    );

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

function layDownloads(tree: string, state: string): () => void {
  const parts = [
    { name: "archives", path: "/var/cache/apt/archives" },
    { name: "lists", path: "/var/lib/apt/lists" },
  ].map(({ name, path }) => ({ name, place: makeDirectory(tree, path).slice(tree.length + 1) }));
  for (const { name, place } of parts) {
    mkdirSync(`${state}/${name}/partial`, { recursive: true });
    request("keep", name, place);
  }
  // A program that failed may have left the other mounts.
  return () => request("lift", ...installerPoints, ...parts.map(({ place }) => place));
}

/** The names of the files in which apt keeps the packages that the tree has. */
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

/** Removes what differs between two installations of the same packages, and what only apt's next run needs. */
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

/** systemd sets this ACL again at every boot, and few file systems and archives could keep it until then. */
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

/** Removes the content of a directory of the tree, if it exists. */
export function empty(tree: string, path: string): void {
  if (!isInTree(tree, path)) return;
  const directory = resolveInTree(tree, path);
  for (const name of readdirSync(directory)) rmSync(`${directory}/${name}`, { recursive: true });
}
