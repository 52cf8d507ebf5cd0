import { readFileSync, writeFileSync } from "node:fs";
import { fail } from "./step.ts";

/**
 * The named pipes by which the engine is asked for mounts; the program's meta.json must say `"mounts": "on request"`.
 */
const pipes = "/run/osbuild/mounts";

/** Asks the engine for mounts, or to lift some, and waits until it is done. docs/writing-stages.md has the requests. */
export function request(...words: readonly string[]): void {
  writeFileSync(`${pipes}/ask`, `${words.join(" ")}\n`);
  const complaint = readFileSync(`${pipes}/reply`, "utf8").trim();
  if (complaint !== "") fail(`mounting: ${complaint}`);
}

/** The same for a shell, as one command that fails where the engine couldn't do it. */
export const requestCommand = (...words: readonly string[]): string =>
  `echo ${words.join(" ")} > ${pipes}/ask && said=$(cat ${pipes}/reply) && ` +
  `{ [ -z "$said" ] || { echo "mounting: $said" >&2; exit 1; }; }`;
