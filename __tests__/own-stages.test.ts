import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { osbuild, osbuildJson, statuses } from "./support/osbuild.ts";
import { scratch, sh } from "./support/store.ts";

const root = resolve(import.meta.dirname, "..");
const sample = join(root, "samples/own-stages");

test("a user's own stages build, in shell, Python and TypeScript", async () => {
  await using place = await scratch();
  const at = { cwd: place.path };
  const result = await osbuildJson([`--libdir=${sample}`, "-o", "out", `${sample}/pipeline.json`], at);
  const names = ["com.example.motd", "com.example.hosts", "com.example.release", "tar"];
  expect(statuses(result)).toEqual(names.map((name) => `${name} built`));
  const files = ["motd", "hosts", "app-release"].map((name) =>
    sh('tar -xOf "$1" "$2"', `${place.path}/out/kiosk.tar`, `./etc/${name}`),
  );
  expect(files).toEqual(["Welcome\n", "10.0.0.2 database\n127.0.0.1 localhost\n", "Kiosk 1.2 (2026-01-01)\n"]);
});

test("a stage gets its options with the order of keys and the digits of numbers as in the pipeline", async () => {
  await using place = await scratch();
  mkdirSync(`${place.path}/lib/stages`, { recursive: true });
  const program = `#!/bin/sh\nsed 's/.*"options": //; s/, "inputs".*//' > /run/osbuild/tree/options\n`;
  writeFileSync(`${place.path}/lib/stages/com.example.echo`, program, { mode: 0o755 });
  const build = async (options: string) => {
    const stage = `{"name": "com.example.echo", "options": ${options}}`;
    const tar = '{"name": "org.osbuild.tar", "options": {"filename": "t.tar"}}';
    writeFileSync(`${place.path}/p.json`, `{"stages": [${stage}], "assembler": ${tar}}`);
    const result = await osbuildJson(["--libdir=lib", "-o", "out", "p.json"], { cwd: place.path });
    const written = sh('tar -xOf "$1" ./options', `${place.path}/out/t.tar`).trim();
    return { id: result.tree_id, written, statuses: statuses(result) };
  };
  const sorted = '{"a": {"y": 1, "z": 1.0}, "b": [100.0]}';
  const first = await build(sorted);
  expect(first.written).toBe(sorted);
  // Their id is the same, but the stored result of the first must not be used for the second.
  const other = '{"b": [1E2], "a": {"z": 1.0, "y": 1}}';
  const built = ["com.example.echo built", "tar built"];
  expect(await build(other)).toEqual({ id: first.id, written: other, statuses: built });
  expect((await build(other)).statuses).toEqual(["com.example.echo cached", "tar cached"]);
});

test("the pipeline is validated against their schemas, and all problems are shown with their place", async () => {
  await using place = await scratch();
  const text = readFileSync(`${sample}/pipeline.json`, "utf8");
  const wrong = text.replace('"text"', '"txt"').replace("10.0.0.2", "ten").replace('"1.2"', '"latest"');
  writeFileSync(`${place.path}/wrong.json`, wrong);
  const { code, stderr } = await osbuild([`--libdir=${sample}`, "wrong.json"], { cwd: place.path });
  expect(code).toBe(2);
  expect([...stderr.matchAll(/^wrong\.json:(\d+):/gm)].map(([, line]) => line)).toEqual(
    expect.arrayContaining(["3", "4", "5"]),
  );
});

test("`osbuild stages` shows them beside the built-in ones", async () => {
  const { stdout } = await osbuild(["stages", `--libdir=${sample}`], { cwd: root });
  expect(stdout).toMatch(/stage +com\.example\.hosts +Give names to addresses\n/);
  expect(stdout).toMatch(/stage +org\.osbuild\.hostname /);
});

test("docs/writing-stages.md shows them as they are", () => {
  const page = readFileSync(join(root, "docs/writing-stages.md"), "utf8");
  const programs = readdirSync(`${sample}/stages`).filter((name) => !name.endsWith(".json"));
  for (const name of [...programs, "com.example.hosts.meta.json"])
    expect(page).toContain(`\n${readFileSync(`${sample}/stages/${name}`, "utf8")}\`\`\`\n`);
});
