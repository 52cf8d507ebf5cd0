import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { buildInto } from "../scripts/build.ts";

const root = resolve(import.meta.dirname, "..");

const tool = (name: string, args: readonly string[]) => {
  try {
    execFileSync(join(root, "node_modules/.bin", name), [...args], { cwd: root, encoding: "utf8" });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
};

test("the types hold", () => expect(tool("tsc", ["-p", "."])).toBe(""));

test("the linter and the formatter have nothing to say", () =>
  expect(tool("biome", ["check", "--error-on-warnings", "."])).toBe(""));

test("dist/ is what a build makes of the sources", () => {
  const directory = mkdtempSync(`${tmpdir()}/dist-`);
  try {
    buildInto(`${directory}/dist`);
    expect(sums(join(root, "dist"))).toEqual(sums(`${directory}/dist`));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

function sums(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const sum = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(paths.map((path) => [path.slice(directory.length), sum(path)]));
}

/** From the top of the house down. What stands on one row doesn't import its neighbours. */
const rows = [
  ["action.ts", "builder.ts", "cli.ts", "planner.ts"],
  ["action"],
  ["cli"],
  ["build.ts", "damage.ts", "session.ts"],
  ["plan.ts", "cache", "report"],
  ["pipeline", "store", "sandbox"],
  ["host"],
  ["epoch.ts", "errors.ts", "events.ts"],
  // The programs' own pure modules, by which the engine checks their options before it runs them.
  [".."],
];
/** What one subject is cut into imports its other part. */
const together = new Set(["build.ts session.ts", "build.ts damage.ts", "damage.ts session.ts", "events.ts errors.ts"]);

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".ts"),
);
const room = (path: string) => path.split("/")[0] as string;
const rowOf = (path: string) => rows.findIndex((row) => row.includes(room(path)));
const textOf = (path: string) => readFileSync(join(root, "src", path), "utf8");
const importsOf = (path: string) =>
  [...textOf(path).matchAll(/from\s+"(\.[^"]+\.ts)"/g)].map(([, target]) => join(dirname(path), target as string));

test("every source has its place in the house", () => {
  expect(sources.filter((path) => rowOf(path) === -1)).toEqual([]);
});

test("imports run downward", () => {
  const wrong = sources.flatMap((path) =>
    importsOf(path)
      .filter((target) => room(target) !== room(path) && rowOf(target) <= rowOf(path))
      .filter((target) => !together.has(`${room(path)} ${room(target)}`))
      .map((target) => `${path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("no source imports itself by a detour", () => {
  const circles = sources.filter((path) => reaches(path, path, new Set()));
  expect(circles).toEqual([]);
});

function reaches(from: string, goal: string, seen: Set<string>): boolean {
  return importsOf(from).some((target) => {
    if (target === goal) return true;
    if (seen.has(target)) return false;
    seen.add(target);
    return reaches(target, goal, seen);
  });
}

test("what touches the world is kept in its rooms", () => {
  const only = (pattern: RegExp, allowed: RegExp) =>
    sources.filter((path) => pattern.test(textOf(path)) && !allowed.test(path));
  expect(only(/"@actions\//, /^(action\.ts|action\/.*|planner\.ts|cache\/actions\.ts|report\/actions\.ts)$/)).toEqual(
    [],
  );
  expect(only(/from "(execa|node:child_process)"/, /^host\//)).toEqual([]);
  expect(only(/process\.env\b/, /^(action|planner|cli)\.ts$/)).toEqual([]);
});
