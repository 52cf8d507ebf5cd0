import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { allGoldens, type Golden, openBuilder, readGolden } from "../../__tests__/support/golden.ts";
import { runStep } from "../../__tests__/support/sandbox.ts";
import type { Kind, Trials } from "../trials.ts";

const sh = (script: string, ...args: readonly string[]) =>
  execFileSync("sh", ["-euc", script, "sh", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const secret = "what nobody may read or change\n";

/** The target of a link, from a path of the tree. The state directory is the host's, and a stage can write to it. */
const targets: Readonly<Record<string, (path: string, victim: string) => string>> = {
  "by its name in the container": (_, victim) => `/run/osbuild/state/victim/${victim}`,
  "up and out of the tree": (path, victim) => `${"../".repeat(path.split("/").length - 1)}state/victim/${victim}`,
  "to itself": (path) => path.split("/").at(-1) as string,
  "to the build root": (_, victim) => (victim === "file" ? "/etc/passwd" : "/usr"),
};

/** Whether its options name files of the repository, or addresses. */
const hasFiles = ({ name }: Golden) => ["copy", "rpm", "dnf", "yum"].includes(name);

/** The skeleton that a golden's stage works on; real distributions and build trees are left to their own tests. */
const onSkeleton = allGoldens.filter((golden) => {
  const { a } = readGolden(golden);
  return a.stages.length === 1 && a.stages[0]?.name === "test.skeleton" && !("build" in a) && !hasFiles(golden);
});

/** Each path that a stage writes, and each directory above, is a link in the tree that it gets. */
export const links: Kind = {
  what: "each path that a stage writes, or a directory above it, a link out of the tree or to itself",
  whole: 1000,
  short: 2,
  async run(trials) {
    await using builder = await openBuilder();
    const trees = new Map<string, string>();
    const all = onSkeleton.flatMap((golden) =>
      pathsOf(golden).flatMap((path) => Object.keys(targets).map((target) => ({ golden, path, target }))),
    );
    const step = Math.max(1, all.length / trials.size);
    for (let at = 0; at < all.length && !trials.isOver(); at += step) {
      const { golden, path, target } = all[Math.floor(at)] as (typeof all)[number];
      const like = JSON.stringify(readGolden(golden).a.stages[0]?.options);
      const skeleton = trees.get(like) ?? `${trials.scratch}/skeleton-${trees.size}`;
      if (!trees.has(like)) await builder.export(`${golden.directory}/a.json`, skeleton);
      trees.set(like, skeleton);
      await tryLink(trials, golden, { skeleton, path, target });
    }
    trials.remark(`${new Set(onSkeleton.map(({ name }) => name)).size} goldens, ${all.length} links`);
  },
};

/** The paths that a stage adds, changes and deletes, and the directories above. */
function pathsOf(golden: Golden): readonly string[] {
  const { added = {}, changed = {}, deleted = [] } = readGolden(golden).differences[0] ?? {};
  const written = [...Object.keys(added), ...Object.keys(changed), ...deleted];
  const paths = new Set([...written, ...written.map((path) => dirname(path))]);
  return [...paths].filter((path) => path !== "/").sort();
}

async function tryLink(trials: Trials, golden: Golden, at: { skeleton: string; path: string; target: string }) {
  const { skeleton, path, target } = at;
  const [tree, state] = [`${trials.scratch}/tree`, `${trials.scratch}/state`];
  for (const old of [tree, state]) rmSync(old, { recursive: true, force: true });
  sh('cp -a "$1" "$2"', skeleton, tree);
  mkdirSync(`${state}/victim/directory`, { recursive: true });
  writeFileSync(`${state}/victim/file`, secret, { mode: 0o600 });
  writeFileSync(`${state}/victim/directory/file`, secret, { mode: 0o600 });
  const isDirectory = existsSync(`${tree}${path}`)
    ? sh('stat -c %F "$1"', `${tree}${path}`).startsWith("directory")
    : false;
  mkdirSync(`${tree}${dirname(path)}`, { recursive: true });
  if (!realpathSync(`${tree}${dirname(path)}`).startsWith(tree)) return;
  const link = targets[target]?.(path, isDirectory ? "directory" : "file") as string;
  sh('rm -rf "$1"; ln -s "$2" "$1"', `${tree}${path}`, link);
  const before = snapshot(state);
  const { name, options } = readGolden(golden).b.stages.at(-1) as { name: string; options?: object };
  const { exitCode, log } = await runStep({ kind: "stage", name, tree, state, options });
  const where = `${golden.name} with ${path} → ${link}`;
  if (snapshot(state) !== before) return trials.count("let in", `${where}: changed outside:\n${snapshot(state)}`);
  const copied = sh('grep -rlF -- "$2" "$1" || true', tree, secret.trim());
  if (copied !== "") return trials.count("let in", `${where}: read from outside into ${copied}`);
  if (exitCode !== 0 && /^ +at .*(node:|file:)/m.test(log)) return trials.count("trace", `${where}:\n${log}`);
  trials.count(exitCode === 0 ? "right" : "refused", `${where}: ${log}`);
}

const snapshot = (directory: string) =>
  sh('cd "$1"; find victim -printf "%p %y %m %U:%G %s %T@ %l\\n" | LC_ALL=C sort; sha256sum victim/file', directory) +
  readFileSync(`${directory}/victim/file`, "utf8");
