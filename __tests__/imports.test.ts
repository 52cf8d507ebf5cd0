import { expect, test } from "@jest/globals";
import { circular, closure, importsOf, loadedWith, modulesBelow, textOf } from "./support/imports.ts";

/**
 * The folders and files from the top down. Those on the same row don't import each other, and every import runs
 * downward.
 */
const rows = [
  ["bench", "faults"],
  ["scripts"],
  ["__tests__"],
  ["src/locker", "src/planner"],
  ["src/action", "src/cli"],
  ["src/builder"],
  ["src/cache"],
  ["src/build"],
  ["src/report", "src/sbom"],
  ["src/remote", "src/sources"],
  ["src/pipeline", "src/sandbox", "src/store"],
  ["src/programs"],
  ["src/image", "src/registry", "src/tree"],
  ["src/json"],
  ["src/host", "src/secrets"],
  ["src/epoch.ts", "src/errors.ts", "src/events.ts", "src/remembered.ts"],
  // The programs, and below them their libraries. The engine imports some modules of the libraries.
  ["stages", "assemblers"],
  ["assemblers/lib/disks"],
  ["assemblers/lib/filesystems", "assemblers/lib/archives"],
  ["assemblers/lib"],
  ["stages/lib/packages"],
  ["stages/lib/system"],
  ["stages/lib/downloads"],
  ["stages/lib"],
];
/** Two folders about the same subject. */
const together = new Set(["src/events.ts src/errors.ts"]);

const sources = modulesBelow("src").filter((path) => path.endsWith(".ts"));
const modules = ["src", "stages", "assemblers", "scripts", "bench", "faults"].flatMap(modulesBelow);
const rooms = rows.flat().sort((a, b) => b.length - a.length);
const room = (path: string) => rooms.find((name) => path === name || path.startsWith(`${name}/`)) ?? "";
const rowOf = (path: string) => rows.findIndex((row) => row.includes(room(path)));

test("every module has its place in the rows", () => {
  expect(modules.filter((path) => rowOf(path) === -1)).toEqual([]);
});

test("imports run downward, and no program imports another", () => {
  const isOwn = (path: string, target: string) =>
    room(target) === room(path) && !["stages", "assemblers"].includes(room(path));
  const wrong = modules.flatMap((path) =>
    importsOf(path)
      .filter((target) => !isOwn(path, target) && rowOf(target) <= rowOf(path))
      .filter((target) => !together.has(`${room(path)} ${room(target)}`))
      .map((target) => `${path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("no module imports itself by a detour", () =>
  expect(circular([...modules, ...modulesBelow("__tests__")])).toEqual([]));

test("a stage imports nothing from the assemblers' folder, which its container doesn't have", () => {
  const targets = modulesBelow("stages").flatMap(importsOf);
  expect(targets.filter((target) => !target.startsWith("stages/"))).toEqual([]);
});

test("the modules of the programs' libraries that the engine imports are pure: they need no module of Node.js", () => {
  const reached = new Set(sources.flatMap((path) => [...closure(path)]));
  const shared = [...reached].filter((path) => !path.startsWith("src/"));
  expect(shared).not.toEqual([]);
  expect(shared.filter((path) => /^import (?!type ).*"node:/m.test(textOf(path)))).toEqual([]);
});

test("only certain modules use the Actions toolkit, start processes or read the environment", () => {
  const only = (pattern: RegExp, allowed: RegExp) =>
    sources.filter((path) => pattern.test(textOf(path)) && !allowed.test(path));
  expect(only(/"@actions\//, /^src\/(action\/.*|locker\/.*|planner\/.*|report\/actions\.ts)$/)).toEqual([]);
  expect(only(/(?:from |import\()"(execa|node:child_process)"/, /^src\/host\//)).toEqual([]);
  expect(only(/process\.env\b/, /^src\/(action|locker|planner|cli)\/index\.ts$/)).toEqual([]);
});

test("the command line starts without what an unchanged build doesn't need", () => {
  const loaded = [...loadedWith("src/cli/index.ts")];
  const large = /^import (?!type )[^;]*"(execa|ajv|yaml|@cyclonedx)/m;
  expect(loaded.filter((path) => large.test(textOf(path)))).toEqual([]);
  expect(loaded.filter((path) => path.startsWith("src/sandbox/") || path === "src/build/session.ts")).toEqual([]);
  expect(loaded).toContain("src/build/build.ts");
});

/**
 * Folders that only one process's bundle may contain. The runner's user has the tokens; the builder is root without.
 */
const oneSided: { readonly entry: string; readonly never: readonly string[] }[] = [
  { entry: "action", never: ["build", "builder", "cache", "cli", "locker", "planner", "sandbox"] },
  { entry: "locker", never: ["build", "builder", "cache", "cli", "planner", "sandbox"] },
  { entry: "planner", never: ["build", "builder", "cache", "cli", "locker", "sandbox"] },
  { entry: "builder", never: ["action", "cli", "locker", "planner"] },
  { entry: "cli", never: ["action", "builder", "locker", "planner"] },
];

test.each(oneSided)("the bundle of $entry reaches no code of the other side", ({ entry, never }) => {
  const bundle = [...closure(`src/${entry}/index.ts`)];
  expect(bundle.filter((path) => never.some((name) => room(path) === `src/${name}`))).toEqual([]);
  // A bundle that runs as root contains nothing that can use a token.
  if (never.includes("action")) expect(bundle.filter((path) => /"@actions\//.test(textOf(path)))).toEqual([]);
});
