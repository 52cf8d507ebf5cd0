import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { strange } from "../../__tests__/support/misfits.ts";
import { judge, osbuild, said } from "../command.ts";
import { openPlace, type Place } from "../place.ts";
import type { Kind, Trials } from "../trials.ts";

/** Damage to a path of the store; `outside` is a directory of somebody else's. */
type Damage = (path: string, outside: string) => void;

const sh = (script: string, ...args: readonly string[]) => execFileSync("sh", ["-euc", script, "sh", ...args]);

const ofFiles: Readonly<Record<string, Damage>> = {
  ...strange,
  "a flipped byte": (path) => {
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  },
  "another's content": (path) => {
    const others = readdirSync(dirname(path)).filter((name) => !path.endsWith(`/${name}`));
    const other = others.map((name) => `${dirname(path)}/${name}`).find((name) => statSync(name).isFile());
    writeFileSync(path, other === undefined ? "something else" : readFileSync(other));
  },
  nothing: (path) => rmSync(path, { recursive: true }),
  "a link to a file outside": (path, outside) => sh('rm -r "$1"; ln -s "$2/file" "$1"', path, outside),
  "a second name of a file outside": (path, outside) => sh('rm -r "$1"; ln "$2/file" "$1"', path, outside),
};

const ofDirectories: Readonly<Record<string, Damage>> = {
  nothing: (path) => rmSync(path, { recursive: true }),
  "an empty directory": (path) => sh('rm -r "$1"; mkdir "$1"', path),
  "a file": (path) => sh('rm -r "$1"; echo file > "$1"', path),
  "a FIFO": (path) => sh('rm -r "$1"; mkfifo "$1"', path),
  "a link to a directory outside": (path, outside) => sh('rm -r "$1"; ln -s "$2" "$1"', path, outside),
  "a link to itself": (path) => sh('rm -r "$1"; ln -s "$1" "$1"', path),
  "something more in it": (path) => sh('mkfifo "$1/fifo"; mkdir -p "$1/a/b"; ln -s / "$1/link"', path),
};

const content = "somebody else's\n";

/** One of each kind of path that a store has is damaged in each way, in a store of its own. */
export const damage: Kind = {
  what: "each kind of path in a store, flipped, cut short, emptied, swapped, missing, of another type, a link or huge",
  whole: 1000,
  short: 4,
  async run(trials) {
    const place = openPlace(trials.scratch);
    const whole = `${trials.scratch}/whole`;
    const first = await place.build(whole, "before");
    if (first.outcome !== "right") throw new Error(first.told);
    const all = kindsOfPath(whole).flatMap((path) =>
      Object.entries(statSync(`${whole}/${path}`).isDirectory() ? ofDirectories : ofFiles).map(
        ([what, change]) => ({ path, what, change }) as const,
      ),
    );
    const step = Math.max(1, all.length / trials.size);
    for (let at = 0; at < all.length && !trials.isOver(); at += step)
      await tryDamage(trials, place, whole, all[Math.floor(at)] as (typeof all)[number]);
    trials.remark(`${all.length} pairs of a path and a damage`);
  },
};

/** One path for each folder and kind of name. */
function kindsOfPath(store: string): readonly string[] {
  const paths = readdirSync(store, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: `${entry.parentPath}/${entry.name}`.slice(store.length + 1),
    kind: entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "link" : "file",
  }));
  const byKind = new Map(
    paths.map(({ path, kind }) => [`${path.replace(/[0-9a-f]{64}/g, "").replace(/^state\/.*\//, "")} ${kind}`, path]),
  );
  return [...byKind.values()].sort();
}

interface Case {
  readonly path: string;
  readonly what: string;
  readonly change: Damage;
}

async function tryDamage(trials: Trials, place: Place, whole: string, { path, what, change }: Case): Promise<void> {
  const store = `${trials.scratch}/store`;
  const outside = `${trials.scratch}/outside`;
  for (const old of [store, outside]) rmSync(old, { recursive: true, force: true });
  cpSync(whole, store, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  mkdirSync(outside);
  writeFileSync(`${outside}/file`, content, { mode: 0o600 });
  change(`${store}/${path}`, outside);
  const where = `${what} in the place of ${path}`;
  // One more text needs the layers; the old one needs nothing but the output.
  const built = await place.build(store, "after");
  const verified = await osbuild("store", "verify", "--store", store);
  const pruned = await osbuild("store", "prune", "--store", store);
  const unchanged = await place.build(store, "before");
  const now = execFileSync("find", [outside, "-printf", "%P %y %m %s\n"], { encoding: "utf8" });
  const expected = " d 755 ".concat(`${statSync(outside).size}\nfile f 600 ${content.length}\n`);
  if (now !== expected || readFileSync(`${outside}/file`, "utf8") !== content)
    return trials.count("let in", `${where}: outside there is now\n${now}`);
  const commands = [verified, pruned].map((end) => ({ outcome: judge(end), told: said(end) }));
  const bad = [built, unchanged, ...commands].find(({ outcome }) => outcome !== "right" && outcome !== "refused");
  if (bad !== undefined) return trials.count(bad.outcome, `${where}: ${bad.told}`);
  const refused = [built, unchanged].find(({ outcome }) => outcome === "refused");
  if (refused !== undefined) console.error(`${where}: ${refused.told}`);
  trials.count(refused === undefined ? "right" : "refused", where);
}
