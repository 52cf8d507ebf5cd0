import { setTimeout } from "node:timers/promises";
import { BuildError } from "../errors.ts";
import { askMonitor } from "./monitor.ts";

/** The part of an answer to QMP's `query-stats` that is needed: the counters of each virtual processor. */
type Stats = readonly { readonly stats: readonly { readonly name: string; readonly value: unknown }[] }[];

/** KVM emulates some instructions of any machine, those that reach for devices, but not so many for so long. */
const mostPerSecond = 100_000;
const seconds = 2;
const enough = 5;

/**
 * Watches a machine until `signal` aborts. The signal that it returns aborts, for a reason in words, once KVM has emulated
 * the machine's instructions for ten seconds instead of letting the processor run them. KVM does that with firmware and
 * boot loaders if the processor, or the machine that this one is nested in, lacks what they need, and a boot takes hours
 * then. QEMU before 7.1 doesn't tell, so there the signal never aborts.
 */
export function watchForCrawling(monitor: string, signal: AbortSignal): AbortSignal {
  const crawling = new AbortController();
  untilCrawling(monitor, signal).then(
    () => crawling.abort("KVM emulates its instructions here, which takes too long"),
    (error) => {
      if (!signal.aborted && !(error instanceof BuildError)) throw error;
    },
  );
  return crawling.signal;
}

async function untilCrawling(monitor: string, signal: AbortSignal): Promise<void> {
  let before = await emulatedInstructions(monitor);
  for (let crawled = 0; crawled < enough; ) {
    await setTimeout(seconds * 1000, undefined, { signal });
    const now = await emulatedInstructions(monitor);
    crawled = now - before > mostPerSecond * seconds ? crawled + 1 : 0;
    before = now;
  }
}

async function emulatedInstructions(monitor: string): Promise<number> {
  const processors = (await askMonitor(monitor, "query-stats", { target: "vcpu" })) as Stats;
  const counters = processors.flatMap(({ stats }) => stats).filter(({ name }) => name === "insn_emulation");
  return counters.reduce((sum, { value }) => sum + Number(value), 0);
}
