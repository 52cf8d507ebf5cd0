import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, readFile, readlink, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { hasCode } from "../errors.ts";
import type { Namespace } from "./namespace.ts";

/** A limit that a cgroup can enforce. */
export type Held = "processes" | "memory";

/** A program's own cgroup, in every hierarchy in which systemd-nspawn or a limit needs one. */
export interface Group extends AsyncDisposable {
  /** The words before a command line that make it run in this cgroup. */
  readonly enter: readonly string[];
  /** The limits that this machine enforces. */
  readonly holds: readonly Held[];
  /** Finds the limit that the program has reached. */
  readonly reached: () => Promise<Held | undefined>;
  /** Kills all its processes. */
  readonly kill: () => Promise<void>;
}

/** A directory of a hierarchy in which a cgroup can be created. */
interface Place {
  /** The path in the build's namespace, below /sys/fs/cgroup. */
  readonly path: string;
  readonly files: Readonly<Partial<Record<Held, Files>>>;
}

/** A limit's file, the file that counts how often it was reached, and the pattern of such a count. */
interface Files {
  readonly limit: string;
  readonly events: string;
  readonly hit: RegExp;
}

const pids: Files = { limit: "pids.max", events: "pids.events", hit: /^max [1-9]/m };
const memory: Files = { limit: "memory.max", events: "memory.events", hit: /^oom_kill [1-9]/m };
const memoryOfVersion1: Files = {
  limit: "memory.limit_in_bytes",
  events: "memory.oom_control",
  hit: /^oom_kill [1-9]/m,
};

/** Creates a cgroup with those of these limits that are possible, and removes those that killed builds left behind. */
export async function openGroup(namespace: Namespace, limits: Readonly<Record<Held, number>>): Promise<Group> {
  const outside = (path: string) => namespace.path(`/sys/fs/cgroup${path}`);
  const name = `osbuild-${process.pid}-${await processIds()}-${randomUUID().slice(0, 8)}`;
  const groups: Place[] = [];
  const holds: Held[] = [];
  const places = placesOf.get(namespace) ?? findCleanPlaces(outside);
  placesOf.set(namespace, places);
  for (const place of await places) {
    const path = `${place.path}/${name}`;
    if (!(await isDone(mkdir(outside(path))))) continue;
    groups.push({ ...place, path });
    for (const [held, files] of entriesOf(place))
      if (await isDone(writeFile(`${outside(path)}/${files.limit}`, String(limits[held])))) holds.push(held);
    // Out of memory, the whole program has to die, because half of it is useless. Only cgroup version 2 supports this.
    await isDone(writeFile(`${outside(path)}/memory.oom.group`, "1"));
  }
  const paths = groups.map(({ path }) => outside(path));
  return {
    enter: ["sh", "-c", join, "sh", ...groups.map(({ path }) => `/sys/fs/cgroup${path}`), "--"],
    holds,
    async reached() {
      // Up to Linux 6.10 a refused fork is counted where it happened, which may be in a cgroup of systemd-nspawn below.
      for (const group of groups)
        for (const path of await below(outside(group.path)))
          for (const [held, { events, hit }] of entriesOf(group))
            if (hit.test(await readFile(`${path}/${events}`, "utf8").catch(() => ""))) return held;
      return undefined;
    },
    kill: () => killAll(paths),
    async [Symbol.asyncDispose]() {
      for (const path of paths) await remove(path);
    },
  };
}

const entriesOf = ({ files }: Place) => Object.entries(files) as (readonly [Held, Files])[];

const join = 'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit; shift; done; shift; exec "$@"';

/** The places of a build's cgroups, which stay the same. */
const placesOf = new WeakMap<Namespace, Promise<readonly Place[]>>();

async function findCleanPlaces(outside: (path: string) => string): Promise<readonly Place[]> {
  const places = await findPlaces(outside);
  for (const { path } of places) await sweep(outside(path));
  return places;
}

/** Finds the hierarchies that have limits, and those in which systemd-nspawn itself creates cgroups. */
async function findPlaces(outside: (path: string) => string): Promise<readonly Place[]> {
  const lines = (await readFile("/proc/self/cgroup", "utf8")).trim().split("\n");
  const places = lines.map(async (line): Promise<Place | undefined> => {
    const [, controllers = "", own = "/"] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === "") return unified(outside, own);
    const mounted = { pids: "/pids", memory: "/memory", "name=systemd": "/systemd" }[controllers];
    if (mounted === undefined) return undefined;
    const files = { pids: { processes: pids }, memory: { memory: memoryOfVersion1 } }[controllers] ?? {};
    // In a container that sees only its own part of the hierarchy, the path doesn't exist.
    for (const path of [mounted + (own === "/" ? "" : own), mounted])
      if (await isDone(access(outside(path)))) return { path, files };
    return undefined;
  });
  return (await Promise.all(places)).filter((place) => place !== undefined);
}

/**
 * Finds the place in the unified hierarchy. A cgroup with processes can't pass limits on to those below it. So a new
 * one is created below the nearest ancestor of this process's cgroup that can, such as a systemd slice.
 */
async function unified(outside: (path: string) => string, own: string): Promise<Place | undefined> {
  const mounted = (await isDone(access(outside("/cgroup.procs")))) ? "" : "/unified";
  if (!(await isDone(access(outside(`${mounted}/cgroup.procs`))))) return undefined;
  const control = (path: string) => outside(`${mounted}${path}/cgroup.subtree_control`);
  // The root cgroup may have processes, too, and pass limits on.
  if (own === "/") await isDone(writeFile(control(""), "+pids +memory"));
  for (let path = own; ; path = dirname(path)) {
    const at = path === "/" ? "" : path;
    const given = await readFile(control(at), "utf8").catch(() => "");
    if (/\bpids\b/.test(given) && /\bmemory\b/.test(given))
      return { path: mounted + at, files: { processes: pids, memory } };
    if (path === "/") break;
  }
  return { path: mounted + ((await isDone(access(control(own)))) && own !== "/" ? own : ""), files: {} };
}

/** The number of this process's PID namespace: a process id means nothing in another one. */
const processIds = async () => /\d+/.exec(await readlink("/proc/self/ns/pid"))?.[0] ?? "0";

/** Milliseconds after which an empty cgroup of a builder that can't be seen from here counts as left behind. */
const forgotten = 60 * 60 * 1000;

/** Removes the cgroups of builds that no longer run. */
async function sweep(place: string): Promise<void> {
  const here = await processIds();
  for (const name of await readdir(place)) {
    const [, pid, namespace] = /^osbuild-(\d+)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = `${place}/${name}`;
    const isOver = namespace === here ? !(await isDone(access(`/proc/${pid}`))) : await isForgotten(path);
    if (isOver) await remove(path);
  }
}

async function isForgotten(group: string): Promise<boolean> {
  const { mtimeMs } = await stat(group).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  if (Date.now() - mtimeMs < forgotten) return false;
  const listed = (await below(group)).map((path) => readFile(`${path}/cgroup.procs`, "utf8").catch(() => ""));
  return (await Promise.all(listed)).every((text) => text.trim() === "");
}

/** Removes a cgroup. A process that has just ended may hold it for a moment. A failure is ignored. */
async function remove(group: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    await killAll([group]);
    for (const path of (await below(group)).toReversed()) await isDone(rmdir(path));
    if (!(await isDone(access(group)))) return;
    await setTimeout(10 * attempt);
  }
}

async function killAll(groups: readonly string[]): Promise<void> {
  for (const path of (await Promise.all(groups.map(below))).flat()) {
    const listed = await readFile(`${path}/cgroup.procs`, "utf8").catch(() => "");
    for (const pid of listed.split("\n").map(Number)) {
      try {
        // Processes of another PID namespace are listed as 0.
        if (pid > 0) process.kill(pid, "SIGKILL");
      } catch (error) {
        if (!hasCode(error, "ESRCH")) throw error;
      }
    }
  }
}

/** A cgroup and all those below it, from the top down. */
async function below(group: string): Promise<readonly string[]> {
  const entries = await readdir(group, { withFileTypes: true }).catch(() => []);
  const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => below(`${group}/${name}`));
  return [group, ...(await Promise.all(inner)).flat()];
}

/** Whether something succeeded. Cgroups differ from machine to machine, and what one doesn't allow isn't required. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
