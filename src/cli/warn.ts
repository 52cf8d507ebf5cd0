import type { Problem } from "../errors.ts";
import { formatWarning } from "../report/problems.ts";

/** Prints a problem that doesn't end the command. */
export const warn = (problem: Problem) => void process.stderr.write(`${formatWarning(problem)}\n`);
