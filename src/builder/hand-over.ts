import { copyFile, mkdir } from "node:fs/promises";
import { ignoreMissing } from "../errors.ts";
import { handOver } from "../host/hand-over.ts";
import type { Layout } from "../store/layout.ts";
import { handedLog } from "../store/logs.ts";

// Only root can read the store. Files that the main process needs are copied into the transfer directory and given to
// its owner.

/** Hands over the logs of these steps, if they have any. */
export async function handOverLogs(layout: Layout, ids: readonly string[], transfer: string): Promise<void> {
  await mkdir(`${transfer}/logs`, { recursive: true });
  // A step that was not reached has none.
  for (const id of ids) await copyFile(layout.log(id), handedLog(transfer, id)).catch(ignoreMissing);
  await handOver(`${transfer}/logs`, transfer);
}

/** Hands over an image's contents. Returns the path of the JSON file, or null if there is none. */
export async function handOverContents(layout: Layout, id: string, transfer: string): Promise<string | null> {
  const copy = `${transfer}/contents-${id}.json`;
  try {
    await copyFile(layout.contents(id), copy);
  } catch (error) {
    ignoreMissing(error);
    return null;
  }
  await handOver(copy, transfer);
  return copy;
}
