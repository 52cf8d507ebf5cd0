// `npm run bench [-- [--write] [--runs N] [ROW…]]`: runs the named rows, or all, and prints their table.
import { parseArgs } from "node:util";
import { CommandFailed } from "./command.ts";
import { change } from "./rows/change.ts";
import { debian } from "./rows/debian.ts";
import { qcow2 } from "./rows/qcow2.ts";
import { stage } from "./rows/stage.ts";
import { unchanged } from "./rows/unchanged.ts";
import { type Line, markdown, writeReadme } from "./table.ts";
import { openWorkbench, type Row } from "./workbench.ts";

const rows: Readonly<Record<string, Row>> = { unchanged, stage, change, qcow2, debian };

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean", default: false }, runs: { type: "string" } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !(name in rows));
if (unknown !== undefined) fail(`no row ${unknown}; there are ${Object.keys(rows).join(", ")}`);
if (values.runs !== undefined && !/^[1-9]\d*$/.test(values.runs)) fail("--runs takes a number");
if (process.getuid?.() !== 0) fail("it mounts and starts containers: run it as root, `sudo npm run bench`");

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());
const runs = values.runs === undefined ? undefined : Number(values.runs);

process.exitCode = await main().catch((error: unknown) => {
  if (interrupt.signal.aborted) return 130;
  if (!(error instanceof CommandFailed)) throw error;
  console.error(error.message);
  return 1;
});

async function main(): Promise<number> {
  await using bench = await openWorkbench({ signal: interrupt.signal, runs });
  const lines: Line[] = [];
  for (const [name, row] of Object.entries(rows)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.error(`${name}:`);
    lines.push(...(await row(bench)));
  }
  console.log(markdown(lines));
  if (values.write) await writeReadme(lines);
  return 0;
}

function fail(message: string): never {
  console.error(`bench: ${message}`);
  process.exit(2);
}
