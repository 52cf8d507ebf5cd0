import { totalmem } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { Group, Held } from "../host/groups.ts";
import type { Namespace } from "../host/namespace.ts";
import { isFull } from "../host/space.ts";

/** The limits of a program's use of the machine, in bytes except for `processes`. */
export interface Limits {
  readonly processes?: number;
  readonly memory?: number;
  /** The bytes that it may write to disk. */
  readonly disk?: number;
}

/** Why a program was ended: a limit, or nothing is left of the disk. */
export type Reached = keyof Limits | "room";

/** No package's script starts so many processes; a tenth of the memory is kept for the machine itself. */
export const withDefaults = ({ processes = 4096, memory = Math.floor(totalmem() * 0.9) }: Limits) => ({
  processes,
  memory,
});

export interface Watch {
  /** Says which limit made a program fail, once it has ended. */
  readonly end: (exitCode: number) => Promise<Reached | undefined>;
}

/** Ends the programs of a group when it reaches a limit. `written` are the directories that count as its disk. */
export function watchLimits(
  namespace: Namespace,
  group: Group,
  { disk }: Limits,
  written: readonly [string, ...string[]],
): Watch {
  const ended = new AbortController();
  const watching = watch();
  // Whoever waits for its end hears of a failure.
  watching.catch(() => undefined);
  return {
    async end(exitCode) {
      ended.abort();
      const found = await watching;
      return exitCode === 0 ? undefined : (found ?? look());
    },
  };

  async function watch(): Promise<Reached | undefined> {
    for (let found: Reached | undefined; ; ) {
      found ??= await look();
      // The next round ends a process that begins at this moment.
      if (found !== undefined) await group.kill();
      await setTimeout(250, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return found;
    }
  }

  async function look(): Promise<Reached | undefined> {
    const held: Held | undefined = await group.reached();
    if (held !== undefined) return held;
    if (disk !== undefined && (await used()) > disk) return "disk";
    for (const directory of written) if (await isFull(namespace.path(directory))) return "room";
    return undefined;
  }

  async function used(): Promise<number> {
    const argv = ["du", "--summarize", "--one-file-system", "--block-size=1", "--", ...written];
    // Files come and go while it looks.
    const listing = await namespace.run(argv, { harmless: /No such file or directory$/ });
    return listing.split("\n").reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
  }
}
