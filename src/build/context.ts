import type { CacheName, Reason, Report } from "../events.ts";
import type { Fingerprint } from "../pipeline/fingerprint.ts";
import type { Pipeline, Step } from "../pipeline/pipeline.ts";
import type { Pull } from "../registry/pull.ts";
import type { Source } from "../sources/sources.ts";
import { emptyTree } from "../store/content.ts";
import type { ResultHead } from "../store/heads.ts";
import type { Layout } from "../store/layout.ts";
import type { Room } from "../store/memory.ts";
import type { StepRun, StoredResult } from "../store/refs.ts";
import type { Layer } from "../store/trees.ts";
import type { PackageStep } from "../tree/contents.ts";
import type { Budget } from "./budget.ts";
import type { Freshness } from "./freshness.ts";
import type { Unusable } from "./usable.ts";

/** The surroundings of a build: its store, its reports and its options. */
export interface BuildContext {
  readonly layout: Layout;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** A tar archive that the first stage starts from. */
  readonly from?: string | undefined;
  /** The tar archive to write the finished tree to. */
  readonly save?: string | undefined;
  /** Whether to open a shell in the tree of a stage that failed. */
  readonly debugShell?: boolean;
  /** The place of changes to trees until they are packed; `auto` by default. */
  readonly room?: Room | undefined;
  /** The bytes of memory that the build can have for itself; by default all that is available. */
  readonly memory?: number | undefined;
  /** The tar archive to write the tree of a stage that failed to. */
  readonly failedTree?: string | undefined;
  /** Whether to install programs that are missing on the host. */
  readonly install?: boolean;
  /**
   * Whether to record the image's contents in the store: whenever the image is made, or also if that means that an
   * image without them has to be made again.
   */
  readonly contents?: "recorded" | "required" | undefined;
  /** A second store, beyond this machine. */
  readonly remote?: Remote | undefined;
  /** Asks registries for images, with the user's credentials. */
  readonly pull?: Pull | undefined;
  /** The fingerprints of the pipeline's steps, if they are known already. */
  readonly fingerprints?: ReadonlyMap<Step, Fingerprint> | undefined;
  /** The stored results that may be used. */
  readonly freshness?: Freshness | undefined;
  /** The limits of the tree's size. They take recorded contents, so that a stored image is measured, too. */
  readonly budget?: Budget | undefined;
}

/** Keeps results beyond the store. No call ever fails: if the remote can't help, steps are built. */
export interface Remote {
  /** Fetches the first of these results that exists, and isn't too old, into the store. */
  readonly fetch: (wanted: readonly WantedResult[]) => Promise<Fetched>;
  /**
   * Fetches the result with this content key, if there is one and its program ran late enough. Of its objects, its own
   * alone is then in the store.
   */
  readonly fetchSame: (wanted: WantedByContent) => Promise<StoredResult | undefined>;
  /** Brings those of a lock's missing files that the remote has into the store, and returns the others. */
  readonly fetchSources: (locked: LockedSources, missing: readonly Source[]) => Promise<readonly Source[]>;
  /** Saves a lock's files, which are in the store, in the background. */
  readonly keepSources: (locked: LockedSources) => void;
  /** Tells the remote of a result that was in the store. */
  readonly known: (record: ResultHead) => void;
  /** Saves a new result in the background. If it `replaces` one, no earlier one is as good. */
  readonly built: (record: StoredResult, { replaces }: Pick<Unusable, "replaces">) => void;
}

/** The files that a step's lock names. */
export interface LockedSources {
  /** The step's name. */
  readonly step: string;
  readonly sources: readonly Source[];
}

/** A result to fetch by its content key. */
export interface WantedByContent {
  readonly contentKey: string;
  /** The step's name. */
  readonly name: string;
  /** The time, in milliseconds since 1970, before which its program may not have run. */
  readonly since?: number | undefined;
}

/** A result to fetch. */
export interface WantedResult {
  /** The step's name. */
  readonly name: string;
  readonly id: string;
  readonly fingerprint: string;
  /** The time, in milliseconds since 1970, before which nothing in it may have been downloaded without a pin. */
  readonly since?: number | undefined;
}

/** The result of a fetch. */
export interface Fetched {
  /** The result that was fetched, if there was one, and where it was. */
  readonly found: { readonly id: string; readonly cache: CacheName } | undefined;
  /** The ids of those that exist but are too old. */
  readonly tooOld: readonly string[];
}

/** The surroundings of a step whose result is stored. */
export interface Site extends RunSite {
  readonly fingerprint: Fingerprint;
  readonly replaces: boolean;
}

/** The surroundings of a step: its pipeline, its build root and the tree below it. */
export interface RunSite {
  readonly pipeline: Pipeline;
  readonly reason: Reason;
  /** The build root; empty for the host's /usr. */
  readonly root: Stack;
  /** The tree below the step. */
  readonly below: Stack;
}

/** A tree during a build, as a stack of layers. */
export interface Stack {
  /** The lowest first. */
  readonly layers: readonly Layer[];
  /** The step that made each layer; null if that isn't known. */
  readonly makers: readonly (PackageStep | null)[];
  /**
   * The digest of what the tree holds, as soon as that is known. Undefined if one of its layers is an earlier
   * release's.
   */
  readonly content: Promise<string | undefined>;
  /** The runs that it follows from, if they are known; see StoredResult. */
  readonly runs: readonly StepRun[] | undefined;
}

/** An empty tree. */
export const nothing: Stack = { layers: [], makers: [], content: Promise.resolve(emptyTree), runs: [] };
