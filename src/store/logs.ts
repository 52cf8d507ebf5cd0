import { createWriteStream } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { ignoreMissing } from "../errors.ts";

/** The bytes that are kept from the start of a log. After them only the last lines are kept. */
const kept = 4 * 1024 * 1024;
const lastLines = 200;

/** A step's log while it is being written. */
export interface Log {
  readonly write: (lines: readonly string[]) => void;
  readonly tail: () => readonly string[];
  /** Moves the log to its place in the store, whether the step succeeded or not. */
  readonly close: () => Promise<void>;
}

/** Starts a log in the workspace. Without a place in the store it isn't kept. */
export function openLog(workspace: string, place: string | undefined): Log {
  const path = `${workspace}/log`;
  const file = createWriteStream(path, { mode: 0o644 });
  // `close` reports a failure.
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
      if (left > 0) file.write(`[… ${left - shown.length} lines omitted …]\n${shown.join("\n")}\n`);
      file.end();
      await written;
      if (place !== undefined) await rename(path, place);
    },
  };
}

/** The path of a log's copy, in a directory of a user who can't read the store. */
export const handedLog = (directory: string, id: string) => `${directory}/logs/${id}`;

/** Reads the output of a step's last run. Undefined if there is no log. */
export async function readLog(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(ignoreMissing);
}
