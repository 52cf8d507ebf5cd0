import type { WantedResult } from "../build/context.ts";
import type { OpenRemote, PipelineRemote } from "./remote.ts";

/**
 * Makes one of two. The first is asked first, because it is nearer or larger, and new results are saved to both. Their
 * keys differ, and those of the second count, which has what the branch's earlier jobs saved.
 */
export function inTurn(first: OpenRemote, second: OpenRemote): OpenRemote {
  const both = [first, second] as const;
  return {
    reporting: (...pipeline) => join(first.reporting(...pipeline), second.reporting(...pipeline)),
    entriesOf: second.entriesOf,
    has: second.has,
    done: async () => void (await Promise.all(both.map((each) => each.done()))),
  };
}

function join(first: PipelineRemote, second: PipelineRemote): PipelineRemote {
  return {
    async fetch(wanted) {
      const near = await first.fetch(wanted);
      // The results before it in the list are worth more: less is left to build.
      const better = wanted.slice(0, near.found === undefined ? undefined : indexOf(wanted, near.found.id));
      const far = better.length === 0 ? undefined : await second.fetch(better);
      const found = far?.found ?? near.found;
      const tooOld = [...near.tooOld, ...(far?.tooOld ?? [])].filter((id) => id !== found?.id);
      return { found, tooOld };
    },
    fetchSame: async (wanted) => (await first.fetchSame(wanted)) ?? second.fetchSame(wanted),
    async fetchSources(locked, missing) {
      const rest = await first.fetchSources(locked, missing);
      return rest.length === 0 ? rest : second.fetchSources(locked, rest);
    },
    keepSources(locked) {
      first.keepSources(locked);
      second.keepSources(locked);
    },
    known(record) {
      first.known(record);
      second.known(record);
    },
    built(record, how) {
      first.built(record, how);
      second.built(record, how);
    },
    ended() {
      first.ended();
      second.ended();
    },
  };
}

const indexOf = (wanted: readonly WantedResult[], id: string) => wanted.findIndex((each) => each.id === id);
