// `npm run test:faults [-- [--short] [--seed N] [--minutes N] [--size N] [--write] [KIND…]]`: tries the kinds of fault
// that are named, or all, and prints what came of them.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { crowd } from "./kinds/crowd.ts";
import { damage } from "./kinds/damage.ts";
import { fullDisk } from "./kinds/full-disk.ts";
import { fuzz } from "./kinds/fuzz.ts";
import { kill } from "./kinds/kill.ts";
import { links } from "./kinds/links.ts";
import { steady } from "./kinds/steady.ts";
import { lastingLeftovers } from "./leftovers.ts";
import { isClean, openTally } from "./outcomes.ts";
import { openRandom } from "./random.ts";
import { type Line, markdown, writePage } from "./table.ts";
import type { Kind } from "./trials.ts";

const kinds: Readonly<Record<string, Kind>> = {
  kill,
  "full-disk": fullDisk,
  crowd,
  damage,
  fuzz,
  links,
  steady,
};

const { values, positionals } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "60" },
    size: { type: "string" },
  },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !(name in kinds));
if (unknown !== undefined) fail(`no kind ${unknown}; there are ${Object.keys(kinds).join(", ")}`);
const [seed, minutes, size] = [values.seed, values.minutes, values.size].map((text) => {
  if (text !== undefined && !/^[1-9]\d{0,8}$/.test(text)) fail(`${text} is not a number`);
  return text === undefined ? undefined : Number(text);
}) as [number, number, number | undefined];
if (process.getuid?.() !== 0) fail("it mounts and starts containers: run it as root, `sudo npm run test:faults`");

// Its mounts end with it, however it ends.
const inside = "OSBUILD_FAULTS_NAMESPACE";
process.exitCode = process.env[inside] === undefined ? unshared() : await main();

function unshared(): number {
  const words = ["--mount", "--propagation=private", process.execPath, ...process.argv.slice(1)];
  const { status } = spawnSync("unshare", words, { stdio: "inherit", env: { ...process.env, [inside]: "1" } });
  return status ?? 1;
}

async function main(): Promise<number> {
  const lines: Line[] = [];
  for (const [name, kind] of Object.entries(kinds))
    if (positionals.length === 0 || positionals.includes(name)) lines.push(await tryKind(name, kind));
  console.log(markdown(lines));
  for (const { name, tally } of lines) for (const remark of tally.remarks) console.log(`${name}: ${remark}`);
  if (values.write) await writePage(lines);
  return lines.every(({ tally }) => isClean(tally)) ? 0 : 1;
}

async function tryKind(name: string, kind: Kind): Promise<Line> {
  const tally = openTally(name);
  const scratch = mkdtempSync(`${tmpdir()}/faults-`);
  const end = performance.now() + minutes * 60_000;
  const isOver = () => performance.now() > end;
  console.error(`${name}: ${kind.what}`);
  try {
    mkdirSync(`${scratch}/${name}`);
    const trials = { ...tally, seed, random: openRandom(seed), scratch: `${scratch}/${name}`, isOver };
    await kind.run({ ...trials, size: size ?? (values.short ? kind.short : kind.whole) });
    const left = await lastingLeftovers(scratch);
    if (left.length > 0) tally.count("hung", `it has left something behind:\n${left.join("\n")}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return { name, what: kind.what, seed, tally };
}

function fail(message: string): never {
  console.error(`faults: ${message}`);
  process.exit(2);
}
