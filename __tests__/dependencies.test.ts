import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";

const root = resolve(import.meta.dirname, "..");

interface Lock {
  readonly packages: Record<string, { readonly version: string; readonly resolved?: string }>;
}

const readJson = async (path: string) => JSON.parse(await readFile(path, "utf8"));
const lock: Lock = await readJson(`${root}/package-lock.json`);
const manifest = await readJson(`${root}/package.json`);

/** The reasons for the overrides in package.json. */
const reasons = {
  "@azure/storage-blob":
    "@actions/artifact and @actions/cache ask for different ranges: two copies are 1 MB more in the bundles",
  traverse: "0.3.10 has seventy packages of polyfills below it, all of which would enter the bundles",
  typescript:
    "@protobuf-ts/plugin, which @actions/artifact lists but never loads, brings two old compilers of 100 MB in all",
};

test("every override has a reason", () => {
  expect(Object.keys(manifest.overrides)).toEqual(Object.keys(reasons));
});

test.each(Object.keys(reasons))("without its override npm would install other versions of %s", async (name) => {
  const others = await versionsWithoutOverride(name);
  expect(others).not.toEqual([]);
  expect(others).not.toEqual(versionsOf(name, lock));
});

test("the lock has the optional packages of all platforms, which npm ci of npm 9 and 11 requires", () => {
  const paths = new Set(Object.keys(lock.packages));
  const optional = Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys((entry as { optionalDependencies?: object }).optionalDependencies ?? {}).map((name) => ({
      path,
      name,
    })),
  );
  expect(optional).not.toEqual([]);
  const found = ({ path, name }: { path: string; name: string }) =>
    paths.has(`${path}/node_modules/${name}`) || paths.has(`node_modules/${name}`);
  expect(optional.filter((dependency) => !found(dependency))).toEqual([]);
});

test("the lock names no registry", () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

/** The versions that npm chooses without the override, and without this package and those below it in the lock. */
async function versionsWithoutOverride(name: string): Promise<readonly string[]> {
  const directory = await mkdtemp(`${tmpdir()}/overrides-`);
  try {
    const { [name]: _, ...overrides } = manifest.overrides;
    const packages = Object.entries(lock.packages).filter(([path]) => nameOf(path) !== name);
    await cp(`${root}/.npmrc`, `${directory}/.npmrc`);
    await writeFile(`${directory}/package.json`, JSON.stringify({ ...manifest, overrides }));
    await writeFile(
      `${directory}/package-lock.json`,
      JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }),
    );
    const args = ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await promisify(execFile)("npm", args, { cwd: directory });
    return versionsOf(name, await readJson(`${directory}/package-lock.json`));
  } finally {
    await rm(directory, { recursive: true });
  }
}

const nameOf = (path: string) => path.split("node_modules/").at(-1);

const versionsOf = (name: string, { packages }: Lock) =>
  Object.entries(packages)
    .filter(([path]) => nameOf(path) === name)
    .map(([, { version }]) => version)
    .sort();
