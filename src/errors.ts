/** A place in a file of the user's; line and column count from 1, column and length in UTF-16 units. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The whole line, without its line break. */
  readonly text: string;
}

/** One thing that is wrong: what, where if it has a place, and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly at?: Location | undefined;
  readonly hint?: string | undefined;
}

export type ErrorCode =
  /** Bad command line, pipeline or option: nothing was run. */
  | "INVALID"
  /** A stage or an assembler ended with an error. */
  | "STAGE_FAILED"
  /** The machine can't do what is needed: a tool, a privilege, a file system, space. */
  | "HOST"
  /** The store holds something that isn't right, or lacks something that was asked for. */
  | "STORE"
  | "INTERRUPTED";

/** An expected failure: it is shown without a stack trace. Whatever else is thrown is a bug. */
export class BuildError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: readonly Problem[], options?: ErrorOptions) {
    const shown = capped(problems);
    super(shown.map((problem) => problem.message).join("\n"), options);
    this.name = "BuildError";
    this.code = code;
    this.problems = shown;
  }
}

/** Nobody reads more at once. */
const mostProblems = 100;

function capped(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const more = (problems.length - mostProblems).toLocaleString("en");
  return [...problems.slice(0, mostProblems), { message: `and ${more} more` }];
}

/** A failure with one problem that has no place in a file. */
export const failure = (code: ErrorCode, message: string, hint?: string, options?: ErrorOptions) =>
  new BuildError(code, [{ message, hint }], options);

/** Whether an error is a system call's, with this code. */
export const hasCode = (error: unknown, code: string) =>
  typeof error === "object" && error !== null && "code" in error && error.code === code;

/** 0 is success, 1 a failed build, 2 invalid input, 130 interrupted; the first releases used the same. */
export function exitCodeOf(error: BuildError): number {
  switch (error.code) {
    case "INVALID":
      return 2;
    case "INTERRUPTED":
      return 130;
    case "STAGE_FAILED":
    case "HOST":
    case "STORE":
      return 1;
  }
}
