import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isNativeError } from "node:util/types";
import { isFinal, isPassingStatus, pauses } from "./passing.ts";

/** An address's answer instead of the file. If the reason may pass, it has been asked several times. */
export interface Refusal {
  readonly address: string;
  readonly reason: string;
  readonly passing: boolean;
}

/** The file at an address. */
export interface Wanted {
  readonly address: string;
  /** In bytes: nothing longer is read. */
  readonly size: number;
  /** Whether the file at a path has the right content. */
  readonly isRight: (path: string) => Promise<boolean>;
}

/** Milliseconds without a byte after which a connection counts as broken. */
const patience = 30_000;

/**
 * Downloads a file to a path. A server that is overloaded or breaks off is tried up to three times, each time from
 * where it broke off. `onBytes` gets the number of bytes that have been added, or is negative when it starts over.
 */
export async function fetchFile(
  { address, size: expected, isRight }: Wanted,
  path: string,
  onBytes: (count: number) => void,
): Promise<Refusal | undefined> {
  await using file = await open(path, "w+");
  for (let tries = 1; ; tries += 1) {
    const { size: from } = await file.stat();
    const failed = await attempt(from);
    if (failed === undefined && (await isRight(path))) return undefined;
    // The parts of a continued download may be of different files.
    const wrong = failed ?? { reason: "what is there is another file", passing: from > 0 };
    if (failed === undefined || !wrong.passing) await startOver();
    const pause = pauses[tries - 1];
    if (!wrong.passing || pause === undefined) return { address, ...wrong };
    await sleep(pause * 1000);
  }

  async function startOver(): Promise<void> {
    onBytes(-(await file.stat()).size);
    await file.truncate();
  }

  async function attempt(from: number): Promise<Omit<Refusal, "address"> | undefined> {
    const stalled = new AbortController();
    const timer = setTimeout(() => stalled.abort(), patience);
    try {
      const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
      const response = await fetch(address, { headers, signal: stalled.signal });
      if (!response.ok) return await refused(response);
      if (response.status !== 206) await startOver();
      let { size } = await file.stat();
      for await (const bytes of response.body ?? []) {
        timer.refresh();
        if (size + bytes.length > expected) return { reason: "what is there is longer", passing: false };
        await file.write(bytes, 0, bytes.length, size);
        size += bytes.length;
        onBytes(bytes.length);
      }
      const reason = `what is there has ${size} bytes instead of ${expected}`;
      return size < expected ? { reason, passing: false } : undefined;
    } catch (error) {
      if (stalled.signal.aborted) return { reason: `no answer for ${patience / 1000} s`, passing: true };
      if (!isNativeError(error)) throw error;
      const cause = isNativeError(error.cause) ? error.cause : error;
      return { reason: cause.message, passing: !isFinal(cause) };
    } finally {
      clearTimeout(timer);
    }
  }

  async function refused({ status, statusText, body }: Response) {
    await body?.cancel();
    // The file has become shorter than the part that is here.
    const isBeyond = status === 416;
    if (isBeyond) await startOver();
    return { reason: `${status} ${statusText}`.trim(), passing: isBeyond || isPassingStatus(status) };
  }
}
