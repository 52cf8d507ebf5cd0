import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { osbuild } from "./osbuild.ts";
import { scratch } from "./store.ts";

/** A directory with files, those that aren't text as JSON. Commands run in it. */
export async function place(files: Readonly<Record<string, string | object>> = {}) {
  const directory = await scratch();
  const cwd = directory.path;
  const write = (name: string, content: string | object) => {
    mkdirSync(dirname(`${cwd}/${name}`), { recursive: true });
    writeFileSync(`${cwd}/${name}`, typeof content === "string" ? content : JSON.stringify(content));
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    cwd,
    write,
    read: (name: string) => readFileSync(`${cwd}/${name}`, "utf8"),
    run: (...args: readonly string[]) => osbuild(args, { cwd }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
