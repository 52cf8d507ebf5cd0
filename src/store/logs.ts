import { createWriteStream } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";

/** Bytes of a log that are kept from its start; of what follows only the last lines are. */
const kept = 4 * 1024 * 1024;
const lastLines = 200;

/** A step's log while it is written. */
export interface Log {
  readonly write: (lines: readonly string[]) => void;
  readonly tail: () => readonly string[];
  /** Puts the log into the store, whatever became of the step. */
  readonly close: () => Promise<void>;
}

export function openLog(layout: Layout, workspace: string, id: string): Log {
  const path = `${workspace}/log`;
  const file = createWriteStream(path, { mode: 0o644 });
  // Whoever closes it hears of a failure.
  const written = finished(file);
  written.catch(() => undefined);
  let length = 0;
  let left = 0;
  let tail: string[] = [];
  return {
    write(lines) {
      tail = tail.concat(lines.slice(-lastLines)).slice(-lastLines);
      if (length >= kept) {
        left += lines.length;
        return;
      }
      const text = `${lines.join("\n")}\n`;
      length += text.length;
      file.write(text);
    },
    tail: () => tail,
    async close() {
      const shown = tail.slice(-left);
      if (left > 0) file.write(`[… ${left - shown.length} lines left out …]\n${shown.join("\n")}\n`);
      file.end();
      await written;
      await rename(path, layout.log(id));
    },
  };
}

/** What a step printed when it ran, now or before; undefined where that isn't known. */
export async function readLog(layout: Layout, id: string): Promise<string | undefined> {
  return readFile(layout.log(id), "utf8").catch((error) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
}
