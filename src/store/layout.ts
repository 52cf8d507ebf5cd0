import { chmod, mkdir, realpath, statfs, writeFile } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";

/** Where everything in a store is. Nothing else knows. */
export interface Layout {
  readonly directory: string;
  readonly object: (digest: string) => string;
  /** `objects/` seen from a ref. */
  readonly refTarget: (digest: string) => string;
  readonly objects: string;
  /** How an object's files looked when they were last checked; see marks.ts. */
  readonly mark: (digest: string) => string;
  readonly refs: string;
  readonly ref: (id: string) => string;
  readonly record: (id: string) => string;
  readonly logs: string;
  readonly log: (id: string) => string;
  /** What an image of this id holds. */
  readonly contents: (id: string) => string;
  /** What a program keeps between builds. */
  readonly state: (program: string) => string;
  /** What has been found right by its schema. */
  readonly verdicts: string;
  /** The machine that was last found fit to build in this store. */
  readonly machine: string;
  readonly exported: (directoryDigest: string) => string;
  /** Unfinished work, one directory for each build: in the store's own file system, so that a rename is no copy. */
  readonly temporary: string;
  /** Locked shared by every build, and alone by what deletes. */
  readonly lock: string;
}

export const layoutOf = (directory: string): Layout => ({
  directory,
  objects: `${directory}/objects`,
  object: (digest) => `${directory}/objects/${digest}`,
  mark: (digest) => `${directory}/marks/${digest}`,
  refTarget: (digest) => `../objects/${digest}`,
  refs: `${directory}/refs`,
  ref: (id) => `${directory}/refs/${id}`,
  record: (id) => `${directory}/refs/${id}.json`,
  logs: `${directory}/logs`,
  log: (id) => `${directory}/logs/${id}`,
  contents: (id) => `${directory}/contents/${id}.json`,
  state: (program) => `${directory}/state/${program}`,
  verdicts: `${directory}/verdicts`,
  machine: `${directory}/machine`,
  exported: (digest) => `${directory}/exports/${digest}.json`,
  temporary: `${directory}/tmp`,
  lock: `${directory}/lock`,
});

/** Makes a store's directories, if they aren't there, and returns their layout. */
export async function createStore(path: string): Promise<Layout> {
  try {
    await mkdir(path, { recursive: true });
    await refuseFileSystem(path);
    const layout = layoutOf(await realpath(path));
    for (const name of ["objects", "marks", "refs", "logs", "contents", "state", "exports", "tmp"]) {
      await mkdir(`${path}/${name}`, { recursive: true });
    }
    // A tree may hold set-user-id programs and private keys: only root may look into it.
    await chmod(layout.temporary, 0o700);
    await chmod(`${path}/state`, 0o700);
    for (const [name, text] of [
      ["lock", ""],
      [".gitignore", "*\n"],
      ["CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"],
    ] as const) {
      await writeFile(`${path}/${name}`, text, { flag: "wx" }).catch((error) => {
        if (!hasCode(error, "EEXIST")) throw error;
      });
    }
    return layout;
  } catch (error) {
    if (!["EACCES", "ENOENT", "EPERM", "EROFS", "EEXIST", "ENOTDIR"].some((code) => hasCode(error, code))) throw error;
    // So Node.js calls it where the file system is read-only.
    const reason = hasCode(error, "ENOENT") ? "no directory can be made there" : (error as Error).message;
    const message = `${path} can't hold a store: ${reason}`;
    throw failure("HOST", message, "name another place with --store", { cause: error });
  }
}

/** File systems that can't hold an overlay's upper directory, by the type that statfs(2) gives. */
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
  [0x786f4256, "a shared folder of VirtualBox"],
  [0x858458f6, "ramfs"],
  [0xf15f, "eCryptfs"],
]);

/** Throws where a store can't lie on this directory's file system. */
export async function refuseFileSystem(path: string): Promise<void> {
  const name = unsuitable.get((await statfs(path)).type);
  if (name === undefined) return;
  const message = `${path} lies on ${name}, which can't hold what a stage changes (an overlay's upper directory)`;
  throw failure("HOST", message, "put the store on ext4, xfs, btrfs or tmpfs with --store");
}
