import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "../../src/build/build.ts";
import type { BuildEvent } from "../../src/events.ts";
import { parseDocument } from "../../src/json/document.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import { openLibrary } from "../../src/programs/library.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { readRef, type StoredResult } from "../../src/store/refs.ts";
import { scratch } from "./store.ts";

const root = resolve(import.meta.dirname, "../..");

interface Output {
  readonly layout: Layout;
  readonly record: StoredResult;
  /** The directory of the output in the store. */
  readonly object: string;
  readonly warnings: readonly string[];
  readonly log: readonly string[];
}

export interface ShellBuilder extends AsyncDisposable {
  readonly path: string;
  /**
   * Builds a tree with a shell script that runs in it, and an image of it, in a new store. Throws the log if that
   * fails.
   */
  readonly build: (script: string, assembler: string, options: object, more?: object) => Promise<Output>;
}

export async function shellBuilder(): Promise<ShellBuilder> {
  const directory = await scratch();
  const libdir = `${directory.path}/lib`;
  mkdirSync(`${libdir}/stages`, { recursive: true });
  return { path: directory.path, build: buildOutput, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };

  async function buildOutput(script: string, assembler: string, options: object, more: object = {}): Promise<Output> {
    const text = `#!/bin/bash -e\numask 022\ncd /run/osbuild/tree\n${script}\n`;
    writeFileSync(`${libdir}/stages/test.shell`, text, { mode: 0o755 });
    const layout = await createStore(`${directory.path}/${randomUUID()}`);
    const written = { ...more, stages: [{ name: "test.shell" }], assembler: { name: assembler, options } };
    const document = parseDocument("test.json", JSON.stringify(written));
    const pipeline = await normalise({ document }, openLibrary([libdir, root]));
    const warnings: string[] = [];
    const log: string[] = [];
    const report = (event: BuildEvent) => {
      if (event.type === "warning") warnings.push(event.problem.message);
      if (event.type === "output") log.push(...event.lines);
    };
    await build(pipeline, { layout, report, signal: new AbortController().signal }).catch((error) => {
      throw new Error(log.join("\n"), { cause: error });
    });
    const record = (await readRef(layout, pipeline.outputId as string)) as StoredResult;
    return { layout, record, object: layout.object(record.object), warnings, log };
  }
}
