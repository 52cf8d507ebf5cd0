import type { Argument, Command as CommandLine, Option } from "commander";

/** A command as shells complete it. */
export interface Completed {
  /** The words that call it, such as `store list`. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly operands: readonly CompletedOperand[];
  readonly subcommands: readonly Completed[];
}

/** An option of a command. */
export interface CompletedOption {
  /** With their dashes: `-l` and `--libdir`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** The value that follows it; undefined if none has to. */
  readonly value: Values | undefined;
}

/** An operand of a command. */
export interface CompletedOperand {
  readonly name: string;
  readonly values: Values;
  readonly isVariadic: boolean;
}

/** The kinds of a word: a path, one of several words, or anything. */
export type Values = "file" | "directory" | "text" | readonly string[];

/** Describes a command and those below it. `programs` are the names of stages and assemblers. */
export function completed(command: CommandLine, programs: readonly string[], path = ""): Completed {
  const help = { flags: ["-h", "--help"], description: "show this help message and exit", value: undefined };
  const options = command.options.filter(({ hidden }) => !hidden).map((option) => optionOf(option, programs));
  return {
    path,
    description: command.description(),
    options: [...options, ...(options.some(({ flags }) => flags.includes("--help")) ? [] : [help])],
    operands: command.registeredArguments.map((argument) => operandOf(argument, programs)),
    subcommands: command.commands.map((below) => completed(below, programs, `${path} ${below.name()}`.trim())),
  };
}

function optionOf({ short, long, description, required, flags, argChoices }: Option, programs: readonly string[]) {
  const [, name = ""] = /<([^>.]+)/.exec(flags) ?? [];
  const value = required ? (argChoices ?? valuesOf(name, programs)) : undefined;
  return { flags: [short, long].filter((flag) => flag !== undefined), description, value };
}

const operandOf = (argument: Argument, programs: readonly string[]): CompletedOperand => ({
  name: argument.name(),
  values: argument.argChoices ?? valuesOf(argument.name(), programs),
  isVariadic: argument.variadic,
});

/** The names in the usage say what a word is. */
function valuesOf(name: string, programs: readonly string[]): Values {
  if (["DIR", "BEFORE", "AFTER"].includes(name)) return "directory";
  if (["PIPELINE", "FILE", "IMAGE", "ENV", "P", "ARCHIVE", "OLD", "NEW"].includes(name)) return "file";
  return ["STEP", "NAME"].includes(name) ? programs : "text";
}

/** A command and all below it. */
export const flatten = (command: Completed): readonly Completed[] => [command, ...command.subcommands.flatMap(flatten)];

/** Options whose next word is their value. */
export const valued = ({ options }: Completed) =>
  options.flatMap(({ flags, value }) => (value === undefined ? [] : [{ flags, value }]));
