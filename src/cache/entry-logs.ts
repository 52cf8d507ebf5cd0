import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { ignoreMissing } from "../errors.ts";
import { readPlain } from "../host/plain-file.ts";
import { fromJson, object } from "../json/shape.ts";
import type { Layout } from "../store/layout.ts";
import { readLog } from "../store/logs.ts";
import { putFile } from "../store/put.ts";

/** The characters from the end of a log that go along with an entry, so that the entry stays small. */
const most = 64 * 1024;

/** The most bytes of an entry's logs. An entry whose steps have more brings none. */
const mostOfAll = 64 * 1024 ** 2;

/** Writes the logs of these steps into an entry's directory, so that a report shows them on other machines, too. */
export async function writeLogs(layout: Layout, directory: string, ids: readonly string[]): Promise<void> {
  const logs: Record<string, string> = {};
  for (const id of ids) {
    const log = await readLog(layout.log(id));
    if (log !== undefined) logs[id] = endOf(log);
  }
  const text = JSON.stringify(logs);
  if (Object.keys(logs).length > 0 && Buffer.byteLength(text) <= mostOfAll)
    await writeFile(`${directory}/logs.json`, text);
}

function endOf(log: string): string {
  if (log.length <= most) return log;
  const end = log.slice(-most);
  return `[… the beginning is omitted …]\n${end.slice(end.indexOf("\n") + 1)}`;
}

/**
 * Imports the logs that these steps lack. Nothing depends on a log, but an entry must not bring one for a step of
 * another pipeline.
 */
export async function importLogs(layout: Layout, directory: string, ids: readonly string[]): Promise<void> {
  const text = await readPlain(`${directory}/logs.json`, mostOfAll).catch(ignoreMissing);
  const logs = fromJson(object, text ?? "{}") as Readonly<Record<string, unknown>> | undefined;
  for (const id of ids) {
    const log = logs?.[id];
    if (typeof log === "string" && !existsSync(layout.log(id))) await putFile(layout, log, layout.log(id));
  }
}
