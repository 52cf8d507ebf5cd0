import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { arch } from "node:process";
import { failure, hasCode } from "../errors.ts";
import type { Report } from "../events.ts";
import { run } from "../host/command.ts";
import type { Layout } from "../store/layout.ts";
import type { Cache } from "./cache.ts";

/** Changes when an entry is laid out in another way. */
const formatVersion = 1;

/** What programs keep between builds, such as packages that they have downloaded. */
export interface StateKeeper {
  /** Brings back what these programs kept, where there is nothing of it here. */
  readonly bring: (programs: readonly string[]) => Promise<void>;
  /** Saves what the programs keep now, if that is something else than was brought. */
  readonly keep: () => Promise<void>;
}

export interface StateOptions {
  readonly cache: Cache;
  readonly layout: Layout;
  readonly prefix: string;
  readonly report: Report;
}

export function openStateKeeper({ cache, layout, prefix, report }: StateOptions): StateKeeper {
  /** The key that each program's state came under, if it came. */
  const brought = new Map<string, string | undefined>();

  return {
    async bring(programs) {
      const missing = [...new Set(programs)].filter((program) => !brought.has(program));
      await Promise.all(missing.map(bringOne));
    },
    async keep() {
      for (const [program, key] of brought) await keepOne(program, key);
    },
  };

  async function bringOne(program: string): Promise<void> {
    brought.set(program, undefined);
    if ((await listFiles(layout.state(program))).length > 0) return;
    await using restored = await cache.restoreNewest(beginningOf(prefix, program));
    if (restored === undefined) return;
    try {
      await unpack(layout, `${restored.directory}/state.tar`, layout.state(program));
      brought.set(program, restored.key);
    } catch (error) {
      warn(`what ${program} has downloaded before is not used`, error);
    }
  }

  async function keepOne(program: string, key: string | undefined): Promise<void> {
    const files = await listFiles(layout.state(program));
    const now = `${beginningOf(prefix, program)}${digestOf(files)}`;
    if (!cache.writable || files.length === 0 || now === key) return;
    try {
      const directory = await cache.outbox();
      await pack(layout.state(program), files, `${directory}/state.tar`);
      await cache.save(now, directory);
    } catch (error) {
      warn(`what ${program} has downloaded is not kept`, error);
    }
  }

  function warn(what: string, error: unknown): void {
    report({ type: "warning", problem: { message: `${what}: ${(error as Error).message}` } });
  }
}

/** One program's name may be the beginning of another's, and holds no slash. */
const beginningOf = (prefix: string, program: string) => `${prefix}osbuild-v${formatVersion}-${arch}-state/${program}/`;

interface StateFile {
  readonly path: string;
  readonly size: number;
}

/** The plain files below a directory, by path. */
async function listFiles(directory: string): Promise<readonly StateFile[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true }).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
  return Promise.all(
    paths.sort().map(async (path) => ({ path: path.slice(directory.length + 1), size: (await stat(path)).size })),
  );
}

const digestOf = (files: readonly StateFile[]) => createHash("sha256").update(JSON.stringify(files)).digest("hex");

/** Locked as a stage locks it: another build may be filling it. */
async function pack(state: string, files: readonly StateFile[], archive: string): Promise<void> {
  const input = files.map(({ path }) => `./${path}\0`).join("");
  await run(
    [
      ...["flock", `${state}.lock`, "tar", "--create", `--file=${archive}`, `--directory=${state}`],
      ...["--null", "--verbatim-files-from", "--files-from=-"],
    ],
    { input },
  );
}

/** Unpacks plain files alone, as root's, into a directory that appears whole. The archive is nobody's word. */
async function unpack(layout: Layout, archive: string, state: string): Promise<void> {
  const work = `${layout.temporary}/state-${randomUUID()}`;
  try {
    await mkdir(`${work}/files`, { recursive: true });
    // A copy of our own: nobody can exchange it between the look and the deed.
    await cp(archive, `${work}/tar`, { dereference: false });
    const listing = await run(["tar", "--list", "--verbose", `--file=${work}/tar`]);
    if (listing.split("\n").some((line) => line !== "" && !line.startsWith("-")))
      throw failure("STORE", "it holds something that is no plain file");
    await run([
      ...["tar", "--extract", `--file=${work}/tar`, `--directory=${work}/files`],
      ...["--no-same-owner", "--no-same-permissions"],
    ]);
    await rm(state, { recursive: true, force: true });
    await rename(`${work}/files`, state);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
