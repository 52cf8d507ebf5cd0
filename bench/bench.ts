// `npm run bench [-- [--write] [--runs N] [--osbuild DIR] [ROW…]]`: runs the named rows, or all, and prints their table.
// The exit code is 3 if a row misses its goal by more than the noise of its runs.
import { parseArgs } from "node:util";
import { CommandFailed } from "./command.ts";
import { writeReadme } from "./readme.ts";
import { change } from "./rows/change.ts";
import { debian } from "./rows/debian.ts";
import { long } from "./rows/long.ts";
import { mkosi } from "./rows/mkosi.ts";
import { upstream } from "./rows/osbuild.ts";
import { qcow2 } from "./rows/qcow2.ts";
import { save } from "./rows/save.ts";
import { shared } from "./rows/shared.ts";
import { stage } from "./rows/stage.ts";
import { stages } from "./rows/stages.ts";
import { unchanged } from "./rows/unchanged.ts";
import { markdown } from "./table.ts";
import { judge, type Measured } from "./verdict.ts";
import { openWorkbench, type Row, root } from "./workbench.ts";

const { values, positionals } = parseArgs({
  options: {
    write: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    osbuild: { type: "string" },
  },
  allowPositionals: true,
});
/** The rows. A text says what a row needs that isn't here. */
const rows: Readonly<Record<string, Row | string>> = {
  ...{ unchanged, stages, stage, change, long, qcow2, shared, debian, save },
  ...{ osbuild: upstream(values.osbuild), mkosi: mkosi() },
};
for (const name of [...positionals, ...(values.osbuild === undefined ? [] : ["osbuild"])]) {
  const row = rows[name];
  if (row === undefined) fail(`no row ${name}; there are ${Object.keys(rows).join(", ")}`);
  if (typeof row === "string") fail(`the row ${name} can't be run: ${row}`);
}
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
  let areAll = positionals.length === 0;
  for (const [name, row] of Object.entries(rows)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    if (typeof row === "string") {
      console.error(`bench: the row ${name} isn't run: ${row}`);
      areAll = false;
      continue;
    }
    console.error(`${name}:`);
    const rowsOfIt = await row(bench);
    measured.push(...rowsOfIt);
    // All rows together take an hour, and nobody should lose those that were measured before an interruption.
    if (values.write) await writeReadme(rowsOfIt, "some", commit);
  }
  console.log(markdown(measured));
  if (values.write && areAll) await writeReadme(measured, "all", commit);
  const missed = measured.filter((row) => judge(row).isMissed);
  for (const { what } of missed) console.error(`bench: ${what}: misses its goal by more than the noise`);
  return missed.length === 0 ? 0 : 3;
}

function fail(message: string): never {
  console.error(`bench: ${message}`);
  process.exit(2);
}
