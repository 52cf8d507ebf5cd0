import { existsSync } from "node:fs";
import type { Command } from "commander";
import { didYouMean } from "../json/suggest.ts";
import { wrong } from "./values.ts";

/** Moves the command to the front: options may come before it, and `build`, which has most of them, may be omitted. */
export function commandFirst(build: Command, names: readonly string[], argv: readonly string[]): readonly string[] {
  const [first, second] = operands(build, argv);
  if (first === undefined) {
    const alone = argv.find((word) => ["-h", "--help", "--version"].includes(word));
    return alone === undefined ? ["build", ...argv] : [alone];
  }
  const word = argv[first] as string;
  if (!["build", "help", ...names].includes(word)) return ["build", ...argv];
  const moved = word === "store" && second !== undefined ? [first, second] : [first];
  return [...moved.map((index) => argv[index] as string), ...argv.filter((_, index) => !moved.includes(index))];
}

/** The positions of the words that are neither options nor values of options. */
function operands({ options }: Command, argv: readonly string[]): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] as string;
    if (word === "--") return [...found, ...argv.keys().filter((after) => after > index)];
    if (word === "-" || !word.startsWith("-")) found.push(index);
    else if (options.some(({ required, long, short }) => required && [long, short].includes(word))) index++;
  }
  return found;
}

/** Refuses a pipeline that looks like a mistyped command and isn't a file. */
export function refuseTypingError(build: Command, names: readonly string[], words: readonly string[]): void {
  const [, first] = operands(build, words);
  const word = first === undefined ? undefined : words[first];
  if (word === undefined || existsSync(word)) return;
  const hint = didYouMean(word, names);
  if (hint !== undefined) throw wrong(`${word} is neither a command nor a file`, hint);
}

/** A command with all its subcommands. */
export const allCommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap((below) => allCommands(below)),
];
