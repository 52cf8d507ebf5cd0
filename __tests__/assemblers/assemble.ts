import { mkdirSync } from "node:fs";
import { run } from "../support/run.ts";
import { runStep } from "../support/sandbox.ts";
import { copyToMemory, digest, scratch } from "./trees.ts";

/** Runs an assembler in its container; returns its exit code and log. */
export function assemble(name: string, tree: string, outputDir: string, options: object, buildRoot?: string) {
  mkdirSync(outputDir, { recursive: true });
  const step = { kind: "assembler", name: `org.osbuild.${name}`, tree, outputDir, options, buildRoot } as const;
  return runStep({ ...step, id: "5eed".repeat(16) });
}

interface FileOptions {
  readonly filename: string;
  readonly [option: string]: unknown;
}

/** Assembles a file and returns its path. Throws the log if that fails. */
export async function assembled(
  name: string,
  tree: string,
  outputDir: string,
  options: FileOptions,
  buildRoot?: string,
) {
  const { exitCode, log } = await assemble(name, tree, outputDir, options, buildRoot);
  if (exitCode !== 0) throw new Error(`org.osbuild.${name}: exit code ${exitCode}\n${log}`);
  return `${outputDir}/${options.filename}`;
}

/**
 * The digests of two files that an assembler makes from the same tree. The second is made from a copy on another file
 * system, on one processor, with another time zone, locale and umask.
 */
export async function assembledTwice(name: string, tree: string, options: FileOptions) {
  using outputs = scratch();
  const here = digest(await assembled(name, tree, `${outputs.path}/here`, options));
  using copy = copyToMemory(tree);
  using _ = otherSurroundings();
  return [here, digest(await assembled(name, copy.path, `${outputs.path}/there`, options))];
}

function otherSurroundings(): Disposable {
  const { TZ, LC_ALL } = process.env;
  const umask = process.umask(0o077);
  const self = String(process.pid);
  const processors = run(["taskset", "-p", self]).trim().split(" ").at(-1) ?? "";
  Object.assign(process.env, { TZ: "Pacific/Apia", LC_ALL: "C" });
  run(["taskset", "-p", "1", self]);
  return {
    [Symbol.dispose]() {
      run(["taskset", "-p", processors, self]);
      Object.assign(process.env, { TZ, LC_ALL });
      process.umask(umask);
    },
  };
}
