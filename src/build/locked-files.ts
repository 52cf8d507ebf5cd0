import { mkdir } from "node:fs/promises";
import type { Refusals } from "../../stages/lib/downloads/fetch-files.ts";
import type { LockedPackage, LockedRepository } from "../../stages/lib/downloads/locked.ts";
import { type Mirrors, redirect } from "../../stages/lib/downloads/mirrors.ts";
import { BuildError } from "../errors.ts";
import { isUnreadable, readPlain } from "../host/plain-file.ts";
import { ownLibdir } from "../pipeline/load.ts";
import type { Resolution, Step } from "../pipeline/pipeline.ts";
import type { ProgramRun } from "../sandbox/run.ts";
import { type Delivery, provideSources, type Source } from "../sources/sources.ts";
import type { Layout } from "../store/layout.ts";
import type { Remote } from "./context.ts";

/** A step's locked packages, its program's notes, and the directory in which the packages' files are. */
export interface LockedFiles extends Pick<Resolution, "packages" | "notes"> {
  readonly directory: string;
}

/** The settings of the program that fetches files. */
export type FetchRun = Pick<ProgramRun, "kind" | "program" | "libdir" | "options" | "scratch" | "tree">;

/** The surroundings of a step whose packages are provided. */
interface Surroundings {
  readonly layout: Layout;
  readonly mirrors: Mirrors;
  /** The step's own directory. */
  readonly scratch: string;
  /** Runs the program that fetches files, in a container with a network. */
  readonly run: (fetch: FetchRun) => Promise<void>;
  readonly remote: Pick<Remote, "fetchSources" | "keepSources"> | undefined;
}

/** Provides the files of a step's locked packages. Throws if one of them is to be had nowhere. */
export async function provideLocked(step: Step, lock: Resolution, here: Surroundings): Promise<LockedFiles> {
  const { layout, mirrors, scratch, remote } = here;
  const directory = `${scratch}/files`;
  await mkdir(directory);
  const sources = lock.packages.map((one) => sourceOf(one, lock.repositories, mirrors));
  const locked = { step: step.name, sources };
  const delivery: Delivery = {
    directory,
    recall: async (missing) => void (await remote?.fetchSources(locked, missing)),
    fetch: (missing) => fetchInContainer(missing, here),
  };
  await provideSources(layout, sources, delivery).catch((error) => {
    if (!(error instanceof BuildError)) throw error;
    const hint = "`osbuild lock PIPELINE --update` locks what there is now";
    const problems = error.problems.map((problem) => ({ ...problem, at: step.at, hint }));
    throw new BuildError("STAGE_FAILED", problems, { cause: error });
  });
  remote?.keepSources(locked);
  return { packages: lock.packages, notes: lock.notes, directory };
}

async function fetchInContainer(missing: readonly Source[], { scratch, run }: Surroundings) {
  const [directory, own] = [`${scratch}/fetched`, `${scratch}/fetch`];
  for (const path of [directory, own]) await mkdir(path);
  const files = missing.map(({ sha256, size, addresses }) => ({ sha256, size, addresses }));
  const program = `${ownLibdir}/stages/lib/downloads/fetch-program.ts`;
  const options = JSON.stringify({ files });
  await run({ kind: "stage", program, libdir: ownLibdir, options, scratch: own, tree: directory });
  return { directory, refusals: await readRefusals(`${directory}/refusals.json`) };
}

/** The most bytes of what the servers of a lock's packages may have said. */
const mostBytes = 16 * 1024 ** 2;

async function readRefusals(path: string): Promise<Refusals> {
  const text = await readPlain(path, mostBytes).catch((error) => {
    if (isUnreadable(error)) return "{}";
    throw error;
  });
  return JSON.parse(text) as Refusals;
}

function sourceOf(one: LockedPackage, repositories: readonly LockedRepository[], mirrors: Mirrors): Source {
  const { name, version, sha256, size, url } = one;
  const own = repositories.filter((repository) => url.startsWith(repository.url));
  // Several suites of an archive have one address: the last of them has everything.
  const [date] = own
    .map((repository) => repository.date)
    .sort()
    .reverse();
  return {
    name: `${name} ${version}${date === undefined ? "" : `, as of ${date.slice(0, 10)},`}`,
    sha256,
    size,
    addresses: [
      url,
      ...own.flatMap((repository) => mirrorsOf(one, repository)),
      ...own.flatMap((repository) => pastOf(one, repository, date)),
    ]
      .filter((address, place, all) => all.indexOf(address) === place)
      .map((address) => redirect(address, mirrors)),
  };
}

/** The addresses of a package at its repository's other addresses. */
const mirrorsOf = ({ url }: LockedPackage, { url: base, mirrors = [] }: LockedRepository): readonly string[] =>
  mirrors.map((mirror) => mirror + url.slice(base.length));

/**
 * The addresses of a package at its repository's snapshot service. A service that is asked for a time answers with the
 * last snapshot before it, and that may be older than the index of this time: a day later it isn't, and archives keep
 * what they replace for longer.
 */
function pastOf({ url }: LockedPackage, { url: base, snapshot }: LockedRepository, date = ""): readonly string[] {
  if (snapshot === undefined) return [];
  return [0, 1].map((days) => {
    const time = new Date(Date.parse(date) + days * 24 * 3600 * 1000).toISOString();
    return snapshot.replaceAll("{time}", time.replace(/[-:]|\.\d+/g, "")) + url.slice(base.length);
  });
}
