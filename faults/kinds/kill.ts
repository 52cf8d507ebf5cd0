import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, judge, killGroup, osbuild, said, startOsbuild } from "../command.ts";
import { lastingLeftovers } from "../leftovers.ts";
import { openPlace, type Place } from "../place.ts";
import type { Kind, Trials } from "../trials.ts";

/** Each build is killed once, at a moment of its own; the next one must find all that was finished. */
export const kill: Kind = {
  what: "SIGKILL at a moment of a build, the builder alone or with all that it runs",
  whole: 200,
  short: 3,
  async run(trials) {
    const place = openPlace(trials.scratch);
    const store = `${trials.scratch}/store`;
    const whole = await timeOf(place, store);
    for (let round = 0; round < trials.size && !trials.isOver(); round++) {
      const moment = Math.floor(((round + trials.random.below(100) / 100) / trials.size) * whole);
      await killAt(trials, place, store, { round, moment });
    }
    trials.remark(`moments spread over ${(whole / 1000).toFixed(1)} s, the time of one build`);
  },
};

/** Milliseconds of a build of which the first stage is stored. */
async function timeOf(place: Place, store: string): Promise<number> {
  await place.build(store, "before all");
  const started = performance.now();
  const { outcome, told } = await place.build(store, "timed");
  if (outcome !== "right") throw new Error(told);
  return performance.now() - started;
}

async function killAt(trials: Trials, place: Place, store: string, at: { round: number; moment: number }) {
  const { round, moment } = at;
  const text = `round ${round}`;
  const child = startOsbuild(...place.words(store, text));
  const end = ended(child);
  await Promise.race([sleep(moment), once(child, "exit")]);
  if (round % 2 === 0) child.kill("SIGKILL");
  else killGroup(child);
  const killed = await end;
  const left = await lastingLeftovers(trials.scratch);
  if (left.length > 0) return trials.count("hung", `killed after ${moment} ms, and still there:\n${left.join("\n")}`);
  const { outcome, told, ended: next } = await place.build(store, text);
  if (outcome !== "right") return trials.count(outcome === "refused" ? "lost" : outcome, told);
  // A step that is done is packed while the next one runs; the assembler waits for all of them.
  const stored = killed.stdout.includes("3/3 test.image: ")
    ? /^([12]\/3 \S+): (?:cached|.*, done in)/gm
    : /^(\d\/3 \S+): cached/gm;
  const finished = [...killed.stdout.matchAll(stored)].map(([, step]) => step as string);
  const again = finished.filter((step) => !next.stdout.includes(`${step}: cached`));
  if (again.length > 0) return trials.count("lost", `killed after ${moment} ms: ${again.join(", ")} ran again`);
  const verified = await osbuild("store", "verify", "--store", store);
  if (verified.code !== 0)
    return trials.count(judge(verified) === "refused" ? "lost" : judge(verified), said(verified));
  const rest = readdirSync(`${store}/tmp`);
  trials.count(rest.length === 0 ? "right" : "hung", `left in the store: ${rest.join(" ")}`);
}
