import { ended, judge, said, start } from "../command.ts";
import type { Kind } from "../trials.ts";

const batch = 1000;

/** The pipelines are loaded in a process beside this one: what never ends there can be ended. */
export const fuzz: Kind = {
  what: "pipelines of the samples and tests with bytes, tokens, types and depths changed, loaded",
  whole: 100_000,
  short: 1000,
  async run(trials) {
    const program = `${import.meta.dirname}/../fuzz/batch.ts`;
    for (let first = 0; first < trials.size && !trials.isOver(); first += batch) {
      const words = [trials.seed, first, Math.min(batch, trials.size - first)].map(String);
      const end = await ended(start([program, trials.scratch, ...words]));
      if (end.code !== 0)
        trials.count(judge(end) === "hung" ? "hung" : "trace", `pipelines from ${first}: ${said(end)}`);
      else for (const { outcome, told } of JSON.parse(end.stdout)) trials.count(outcome, told);
    }
  },
};
