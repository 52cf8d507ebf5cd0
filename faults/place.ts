import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Ended, judge, osbuild, said } from "./command.ts";
import type { Outcome } from "./outcomes.ts";

/**
 * Programs that do little, but all that a build can: a tree in layers, state, and an image of a text of the pipeline's.
 */
const programs = {
  "stages/test.first": "seq 3000 > /run/osbuild/tree/first",
  "stages/test.second": `text=$(grep -o '"text": *"[^"]*"' | cut -d '"' -f 4)
echo "$text" > /run/osbuild/tree/second; echo kept > /run/osbuild/state/kept`,
  "assemblers/test.image": "cat /run/osbuild/tree/first /run/osbuild/tree/second > /run/osbuild/output/image",
};

const firstLines = Array.from({ length: 3000 }, (_, line) => `${line + 1}\n`).join("");

/** A directory with these programs, and pipelines of which each has its text. */
export interface Place {
  readonly path: string;
  readonly lib: string;
  /** Writes the pipeline of a text, and returns its file. */
  readonly pipeline: (text: string) => string;
  /** The words of a command line that builds it in a store, and where its image goes. */
  readonly words: (store: string, text: string) => readonly string[];
  /** Builds it, and looks whether the image is right. */
  readonly build: (store: string, text: string) => Promise<Tried>;
  /** Whether the image that was put out last is that of this text. */
  readonly isRight: (text: string) => boolean;
}

export interface Tried {
  readonly outcome: Outcome;
  /** The command and its end, for whoever reads of it. */
  readonly told: string;
  readonly ended: Ended;
}

export function openPlace(path: string): Place {
  const lib = `${path}/lib`;
  for (const [name, script] of Object.entries(programs)) {
    mkdirSync(`${lib}/${name.split("/")[0]}`, { recursive: true });
    writeFileSync(`${lib}/${name}`, `#!/bin/sh -e\n${script}\n`, { mode: 0o755 });
  }
  writeFileSync(`${lib}/stages/test.second.meta.json`, '{"state": true}');
  const output = `${path}/output`;
  const words = (store: string, text: string) => {
    rmSync(output, { recursive: true, force: true });
    return ["--store", store, "--libdir", lib, "--output", output, pipeline(text)];
  };
  function pipeline(text: string): string {
    const file = `${path}/pipeline.json`;
    const stages = [{ name: "test.first" }, { name: "test.second", options: { text } }];
    writeFileSync(file, JSON.stringify({ stages, assembler: { name: "test.image" } }, null, 2));
    return file;
  }
  const isRight = (text: string) => {
    try {
      return readFileSync(`${output}/image`, "utf8") === `${firstLines}${text}\n`;
    } catch {
      return false;
    }
  };
  return {
    path,
    lib,
    pipeline,
    words,
    isRight,
    async build(store, text) {
      const end = await osbuild(...words(store, text));
      const outcome = judge(end);
      const told = `a build of “${text}”: ${said(end)}`;
      return { outcome: outcome === "right" && !isRight(text) ? "wrong" : outcome, told, ended: end };
    },
  };
}
