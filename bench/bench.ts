// `npm run bench [-- [--write] [--runs N] [ROW…]]`: runs the named rows, or all, and prints their table. The exit
// code is 3 if a row misses its goal by more than the noise of its runs.
import { parseArgs } from "node:util";
import { CommandFailed } from "./command.ts";
import { writeReadme } from "./readme.ts";
import { change } from "./rows/change.ts";
import { debian } from "./rows/debian.ts";
import { long } from "./rows/long.ts";
import { qcow2 } from "./rows/qcow2.ts";
import { save } from "./rows/save.ts";
import { shared } from "./rows/shared.ts";
import { stage } from "./rows/stage.ts";
import { stages } from "./rows/stages.ts";
import { unchanged } from "./rows/unchanged.ts";
import { markdown } from "./table.ts";
import { judge, type Measured } from "./verdict.ts";
import { openWorkbench, type Row, root } from "./workbench.ts";

const rows: Readonly<Record<string, Row>> = { unchanged, stages, stage, change, long, qcow2, shared, debian, save };

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean", default: false }, runs: { type: "string", default: "5" } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !(name in rows));
if (unknown !== undefined) fail(`no row ${unknown}; there are ${Object.keys(rows).join(", ")}`);
if (!/^[1-9]\d*$/.test(values.runs)) fail("--runs takes a number");
if (values.write && Number(values.runs) < 5) fail("--write takes the medians of at least 5 runs");
if (process.getuid?.() !== 0) fail("it mounts and starts containers: run it as root, `sudo npm run bench`");

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());

process.exitCode = await main().catch((error: unknown) => {
  if (interrupt.signal.aborted) return 130;
  if (!(error instanceof CommandFailed)) throw error;
  console.error(error.message);
  return 1;
});

async function main(): Promise<number> {
  await using bench = await openWorkbench({ signal: interrupt.signal, turns: Number(values.runs) });
  const commit = (await bench.run({ argv: ["git", "-C", root, "rev-parse", "--short", "HEAD"] })).trim();
  const measured: Measured[] = [];
  for (const [name, row] of Object.entries(rows)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.error(`${name}:`);
    const rowsOfIt = await row(bench);
    measured.push(...rowsOfIt);
    // All rows together take an hour, and nobody should lose those that were measured before an interruption.
    if (values.write) await writeReadme(rowsOfIt, "some", commit);
  }
  console.log(markdown(measured));
  if (values.write && positionals.length === 0) await writeReadme(measured, "all", commit);
  const missed = measured.filter((row) => judge(row).isMissed);
  for (const { what } of missed) console.error(`bench: ${what}: misses its goal by more than the noise`);
  return missed.length === 0 ? 0 : 3;
}

function fail(message: string): never {
  console.error(`bench: ${message}`);
  process.exit(2);
}
