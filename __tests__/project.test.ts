import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { buildInto } from "../scripts/build.ts";

const root = resolve(import.meta.dirname, "..");

/** Returns what a tool complains of. Some print that on standard error. */
const tool = (name: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin", name), [...args], {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? "" : `exit code ${status}\n${stdout}${stderr}`;
};

test("the types hold", () => expect(tool("tsc", ["-p", "."])).toBe(""));

test("the linter and the formatter have nothing to say", () =>
  expect(tool("biome", ["check", "--error-on-warnings", "."])).toBe(""));

test("dist/ matches a new build of the sources", () => {
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
