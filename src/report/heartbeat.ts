import { formatSeconds } from "./format.ts";
import { printable } from "./problems.ts";

/** The seconds of silence after which people wonder whether a step still runs. */
const patience = 30;

/** The most characters of a line that is repeated. */
const longest = 160;

/** Says from time to time that a step still runs. */
export interface Heartbeat {
  /** `since` is the time at which the step started, by performance.now(). */
  readonly start: (since?: number) => void;
  /** Remembers a step's output, whose last line is repeated. */
  readonly note: (lines: readonly string[]) => void;
  /** Waits anew, because people have just seen something of the step. */
  readonly rest: () => void;
  readonly stop: () => void;
}

/** Tells that a step is still running, whenever nothing was seen of it for a while. */
export function heartbeat(tell: (text: string) => void, seconds = patience): Heartbeat {
  let started = 0;
  let last = "";
  let timer: NodeJS.Timeout | undefined;
  const beat = () => {
    const time = formatSeconds((performance.now() - started) / 1000);
    tell(`still running after ${time}${last === "" ? "" : `; its last line: ${last}`}`);
  };
  return {
    start(since = performance.now()) {
      started = since;
      last = "";
      clearInterval(timer);
      timer = setInterval(beat, seconds * 1000);
      // A report alone keeps no process alive.
      timer.unref();
    },
    note(lines) {
      const line = lines.findLast((text) => text.trim() !== "");
      if (line !== undefined) last = printable(line).trim().slice(0, longest);
    },
    rest: () => void timer?.refresh(),
    stop: () => clearInterval(timer),
  };
}
