import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openLibrary } from "../../src/programs/library.ts";
import type { Program } from "../../src/programs/program.ts";
import { openJavaScript } from "../../src/store/javascript.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { type Bench, openBench } from "../support/jobs.ts";

let bench: Bench;
let layout: Layout;
beforeAll(async () => {
  bench = await openBench();
  layout = await createStore(`${bench.path}/store`);
});
afterAll(async () => bench[Symbol.asyncDispose]());

const libdir = () => `${bench.path}/lib`;

async function programOf(name: string, text: string): Promise<Program> {
  writeFileSync(`${libdir()}/stages/${name}.ts`, text);
  return (await openLibrary([libdir()]).find("stage", name)) as Program;
}

/** Runs a program as a build does, with its JavaScript from the store. */
async function runKept(program: Program) {
  const javaScript = await openJavaScript(layout).of(program);
  const { path, name, modules } = program;
  const { exitCode, log } = await bench.run(`${name}.ts`, modules.get(`stages/${name}.ts`) as string, { javaScript });
  return { path, javaScript, exitCode, log: log.join("\n") };
}

test("a program runs from JavaScript that was made once, and that it can't write", async () => {
  mkdirSync(`${libdir()}/stages/lib`);
  writeFileSync(`${libdir()}/stages/lib/ä word.ts`, 'export const word: string = import.meta.filename + "!";\n');
  const text = `
    import { writeFileSync } from "node:fs";
    import { word } from "./lib/ä word.ts";
    const later: string = "./lib/not-imported.ts";
    console.log(word, (await import(later)).value);
    try { writeFileSync("/run/osbuild/node/javascript.json", ""); } catch (error: unknown) {
      console.log((error as NodeJS.ErrnoException).code);
    }`;
  writeFileSync(`${libdir()}/stages/lib/not-imported.ts`, "export const value: number = 1;\n");
  const program = await programOf("com.example.words", text);
  const first = await runKept(program);
  expect(first).toMatchObject({ exitCode: 0, log: "/run/osbuild/lib/stages/lib/ä word.ts! 1\nEROFS" });
  const file = first.javaScript as string;
  const made = statSync(file).ctimeMs;
  const kept = JSON.parse(readFileSync(file, "utf8")) as { modules: object };
  expect(Object.keys(kept.modules).sort()).toEqual(["stages/com.example.words.ts", "stages/lib/ä word.ts"]);
  expect(await runKept(program)).toEqual(first);
  expect(statSync(file).ctimeMs).toBe(made);
  // The file runs, and the source isn't compiled again.
  writeFileSync(file, JSON.stringify({ ...kept, modules: { "stages/com.example.words.ts": 'console.log("file")' } }));
  const { log } = await bench.run("com.example.words.ts", text, { javaScript: file });
  expect(log).toEqual(["file"]);
});

test("damage is made good, and a changed module never meets the JavaScript of its past", async () => {
  const program = await programOf("com.example.damage", 'console.log("as written" as string);');
  const { javaScript = "" } = await runKept(program);
  for (const damage of ["", "{}", readFileSync(javaScript, "utf8").replace("as written", "as broken ")]) {
    writeFileSync(javaScript, damage);
    expect(await runKept(program)).toMatchObject({ exitCode: 0, log: "as written", javaScript });
  }
  const changed = await runKept(await programOf("com.example.damage", 'console.log("changed" as string);'));
  expect(changed).toMatchObject({ exitCode: 0, log: "changed" });
  expect(changed.javaScript).not.toBe(javaScript);
});

test("Node.js itself says what is wrong with a program that isn't plain TypeScript", async () => {
  const wrong = await runKept(await programOf("com.example.enum", "enum Word { one }\nconsole.log(Word.one);"));
  expect(wrong.exitCode).toBe(1);
  expect(wrong.log).toContain("TypeScript enum is not supported in strip-only mode");
});

test("a program in another language has no JavaScript, and a prune deletes what the next build makes again", async () => {
  writeFileSync(`${libdir()}/stages/com.example.shell`, "#!/bin/sh\n", { mode: 0o755 });
  const shell = (await openLibrary([libdir()]).find("stage", "com.example.shell")) as Program;
  expect(await openJavaScript(layout).of(shell)).toBeUndefined();
  expect((await verifyStore(layout)).findings).toEqual([]);
  expect(readdirSync(layout.folder("javascript"))).not.toEqual([]);
  await pruneStore(layout, {});
  expect(readdirSync(layout.folder("javascript"))).toEqual([]);
});
