import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { readRows } from "../scripts/markdown-table.ts";
import { cells, table } from "./table.ts";
import type { Measured } from "./verdict.ts";

/** The table and the line below it, which names the commit and the machine that were measured. */
const place = /(\n\| what [\s\S]*?)\n\nOn [^\n]*\n/;

/** Writes rows into the README's table. Unless they are all that there are, the others stay. */
export async function writeReadme(measured: readonly Measured[], rows: "all" | "some", commit: string): Promise<void> {
  const path = `${import.meta.dirname}/README.md`;
  const text = await readFile(path, "utf8");
  const known = rows === "all" ? new Map() : readRows((place.exec(text)?.[1] ?? "").trimStart());
  for (const row of measured) known.set(row.what, cells(row));
  const which = rows === "all" ? "" : " for the rows that were written last; the others are older";
  const written = `\n${table([...known.values()])}\n\nOn ${await machine()}, at commit ${commit}${which}.\n`;
  await writeFile(
    path,
    text.replace(place, () => written),
  );
}

async function machine(): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8");
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? "Linux";
  const model = cpus()[0]?.model ?? "";
  return `${availableParallelism()} processors (${model}), ${system}, Node.js ${process.versions.node}`;
}
