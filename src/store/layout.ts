import { constants } from "node:fs";
import { access, chmod, chown, lstat, mkdir, realpath, statfs, writeFile } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import { isRoot } from "../host/sudo.ts";

/** The paths of everything in a store. No other file knows them. */
export interface Layout {
  readonly directory: string;
  readonly folder: (name: Folder) => string;
  readonly object: (digest: string) => string;
  /** The target of a ref's link, relative to the ref. */
  readonly refTarget: (digest: string) => string;
  readonly objects: string;
  /** The state of an object's files when they were last checked; see marks.ts. */
  readonly mark: (digest: string) => string;
  /** The digests of a layer's files; see file-digests.ts. */
  readonly fileDigests: (digest: string) => string;
  readonly refs: string;
  readonly ref: (id: string) => string;
  readonly record: (id: string) => string;
  readonly byContent: string;
  /** The link from a result's content key to its ref; see refs.ts. */
  readonly contentKey: (key: string) => string;
  /** The target of such a link, relative to it. */
  readonly contentKeyTarget: (id: string) => string;
  /** The link from a digest of objects' digests to the object that holds all of theirs; see squash.ts. */
  readonly squashed: (key: string) => string;
  readonly logs: string;
  readonly log: (id: string) => string;
  /** The contents of the image with this id. */
  readonly contents: (id: string) => string;
  /** The directory that a program keeps between builds. */
  readonly state: (program: string) => string;
  /** The values that have passed validation. */
  readonly verdicts: string;
  /** The last machine that passed the checks for building in this store. */
  readonly machine: string;
  /** The digests of the host's tools. */
  readonly tools: string;
  /** The JavaScript of a program; see javascript.ts. */
  readonly javaScript: (key: string) => string;
  /** A downloaded file. */
  readonly source: (digest: string) => string;
  readonly exported: (directoryDigest: string) => string;
  /** Unfinished work, one directory for each build. It is on the store's file system, so that a rename isn't a copy. */
  readonly temporary: string;
  /** Every build holds a shared lock on it; a deletion takes an exclusive one. */
  readonly lock: string;
}

/** The layout of the store in a directory. */
export const layoutOf = (directory: string): Layout => ({
  directory,
  folder: (name) => `${directory}/${name}`,
  objects: `${directory}/objects`,
  object: (digest) => `${directory}/objects/${digest}`,
  mark: (digest) => `${directory}/marks/${digest}`,
  fileDigests: (digest) => `${directory}/file-digests/${digest}.json`,
  refTarget: (digest) => `../objects/${digest}`,
  refs: `${directory}/refs`,
  ref: (id) => `${directory}/refs/${id}`,
  record: (id) => `${directory}/refs/${id}.json`,
  byContent: `${directory}/by-content`,
  contentKey: (key) => `${directory}/by-content/${key}`,
  contentKeyTarget: (id) => `../refs/${id}`,
  squashed: (key) => `${directory}/squashed/${key}`,
  logs: `${directory}/logs`,
  log: (id) => `${directory}/logs/${id}`,
  contents: (id) => `${directory}/contents/${id}.json`,
  state: (program) => `${directory}/state/${program}`,
  verdicts: `${directory}/verdicts`,
  machine: `${directory}/machine`,
  tools: `${directory}/tools`,
  javaScript: (key) => `${directory}/javascript/${key}.json`,
  source: (digest) => `${directory}/sources/${digest}`,
  exported: (digest) => `${directory}/exports/${digest}.json`,
  temporary: `${directory}/tmp`,
  lock: `${directory}/lock`,
});

/**
 * The directories of a store. Trees hold private keys and set-user-id programs, and logs hold whatever a program
 * prints, so only root may read them.
 */
export const folders = [
  "objects",
  "marks",
  "file-digests",
  "refs",
  "by-content",
  "squashed",
  "logs",
  "contents",
  "state",
  "sources",
  "javascript",
  "exports",
  "tmp",
] as const;

export type Folder = (typeof folders)[number];

const files = {
  // A user who can open it can lock it.
  lock: { text: "", mode: 0o600 },
  ".gitignore": { text: "*\n", mode: 0o644 },
  "CACHEDIR.TAG": { text: "Signature: 8a477f597d28d172789f06886806bc55\n", mode: 0o644 },
} as const;

/**
 * Makes a store's directories, if they don't exist, and returns their layout. A store of an earlier release, which
 * everyone could read, becomes private. A read-only store isn't changed.
 */
export async function createStore(path: string): Promise<Layout> {
  try {
    await mkdir(path, { recursive: true });
    await refuseFileSystem(path);
    const layout = layoutOf(await realpath(path));
    await refuseStrangers(layout);
    if (await isReadOnly(layout)) await access(layout.refs);
    else {
      await Promise.all([
        ...folders.map((name) => makeFolder(layout.folder(name))),
        ...Object.entries(files).map(([name, { text, mode }]) => makeFile(`${layout.directory}/${name}`, text, mode)),
      ]);
    }
    return layout;
  } catch (error) {
    if (!["EACCES", "ENOENT", "EPERM", "EROFS", "EEXIST", "ENOTDIR"].some((code) => hasCode(error, code))) throw error;
    // Node.js reports ENOENT if the file system is read-only.
    const reason = hasCode(error, "ENOENT") ? "no directory can be created there" : (error as Error).message;
    const message = `${path} can't hold a store: ${reason}`;
    throw failure("HOST", message, "name another place with --store", { cause: error });
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch(ignoreExisting);
  await makePrivate(path, 0o700);
}

async function makeFile(path: string, text: string, mode: number): Promise<void> {
  await writeFile(path, text, { flag: "wx", mode }).catch(ignoreExisting);
  await makePrivate(path, mode);
}

async function makePrivate(path: string, allowed: number): Promise<void> {
  const stats = await lstat(path);
  // By another name it may be somebody else's.
  if (stats.isFile() && stats.nlink > 1) return;
  const { mode, uid } = stats;
  if ((mode & 0o777) !== allowed) await chmod(path, allowed);
  if (uid !== 0 && isRoot()) await chown(path, 0, 0);
}

function ignoreExisting(error: unknown): void {
  if (!hasCode(error, "EEXIST")) throw error;
}

/** Refuses a link or another kind of file in place of a store's directory: the build would fill or empty its target. */
async function refuseStrangers({ directory }: Layout): Promise<void> {
  for (const name of [...folders, ...Object.keys(files), "verdicts", "machine", "tools"]) {
    const path = `${directory}/${name}`;
    const stats = await lstat(path).catch((error) => {
      if (!hasCode(error, "ENOENT")) throw error;
    });
    const kind = (folders as readonly string[]).includes(name) ? "directory" : "file";
    if (stats === undefined || (kind === "directory" ? stats.isDirectory() : stats.isFile())) continue;
    const found = stats.isSymbolicLink() ? "a symbolic link" : "something else";
    const message = `${path} is ${found}; in a store it is always a ${kind}`;
    throw failure("STORE", message, "remove it if the store is yours, or name another place with --store");
  }
}

/** Whether a store can be read but not written to. */
export async function isReadOnly({ directory }: Pick<Layout, "directory">): Promise<boolean> {
  return access(directory, constants.W_OK).then(() => false, isRefusal);
}

/** Throws if a store is read-only. `purpose` completes the message: it says what can't be done for that reason. */
export async function requireWritable(layout: Layout, purpose: string): Promise<void> {
  if (!(await isReadOnly(layout))) return;
  const message = `the store ${layout.directory} is read-only, and ${purpose}`;
  throw failure("HOST", message, "make it writable, or name another place with --store");
}

/** Whether a store exists that only its owner may read. */
export async function isClosed({ refs }: Layout): Promise<boolean> {
  return access(refs, constants.R_OK | constants.X_OK).then(
    () => false,
    (error) => hasCode(error, "EACCES"),
  );
}

const isRefusal = (error: unknown) => ["EROFS", "EACCES", "EPERM"].some((code) => hasCode(error, code));

/** Awaits a write that only saves work later, and ignores that the store is read-only. */
export async function unlessReadOnly(write: Promise<void>): Promise<void> {
  await write.catch((error) => {
    if (!isRefusal(error)) throw error;
  });
}

/** File systems that can't hold an overlay's upper directory, by their statfs(2) type. */
const unsuitable: ReadonlyMap<number, string> = new Map([
  [0x794c7630, "overlay"],
  [0x6969, "NFS"],
  [0x4d44, "FAT"],
  [0x2011bab0, "exFAT"],
  [0x5346544e, "NTFS"],
  [0x65735546, "FUSE"],
  [0x01021997, "9P"],
  [0xfe534d42, "SMB"],
  [0xff534d42, "CIFS"],
  [0x786f4256, "a VirtualBox shared folder"],
  [0x858458f6, "ramfs"],
  [0xf15f, "eCryptfs"],
]);

/** Throws if this directory's file system can't hold a store. */
export async function refuseFileSystem(path: string): Promise<void> {
  const name = unsuitable.get((await statfs(path)).type);
  if (name === undefined) return;
  const message = `${path} lies on ${name}, which can't hold an overlay's upper directory (the changes of a stage)`;
  throw failure("HOST", message, "put the store on ext4, xfs, btrfs or tmpfs with --store");
}
