/** A place in one of the user's files. Lines and columns count from 1; columns and lengths are in UTF-16 units. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The whole line, without its line break. */
  readonly text: string;
}

/** One thing that is wrong: what it is, where it is (if it has a place) and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly at?: Location | undefined;
  readonly hint?: string | undefined;
}

/** The kinds of expected failure. They decide the exit code. */
export type ErrorCode =
  /** Bad command line, pipeline or option: nothing was run. */
  | "INVALID"
  /** A stage or an assembler failed. */
  | "STAGE_FAILED"
  /** A second build of a pipeline gave other bits than the first. */
  | "DIFFERENT"
  /** A tree is larger, or has grown more, than the user allows. */
  | "TOO_LARGE"
  /** The machine lacks something the build needs: a tool, a privilege, a file system, space. */
  | "HOST"
  /** The store is damaged, or lacks something that was asked for. */
  | "STORE"
  | "INTERRUPTED";

/** An expected failure, shown without a stack trace. Anything else that is thrown is a bug. */
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

/** Nobody reads more than this at once. */
const mostProblems = 100;

function capped(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const more = (problems.length - mostProblems).toLocaleString("en");
  return [...problems.slice(0, mostProblems), { message: `and ${more} more` }];
}

/** Makes a failure with a single problem that has no place in a file. */
export const failure = (code: ErrorCode, message: string, hint?: string, options?: ErrorOptions) =>
  new BuildError(code, [{ message, hint }], options);

/** Makes the failure for a full disk. */
export const diskFull = (message: string, cause?: unknown, at?: Location) =>
  new BuildError(
    "HOST",
    [{ message: `the disk is full: ${message}`, at, hint: "free some space, for example with `osbuild store prune`" }],
    { cause },
  );

/** Turns a system call's error into the failure for a full disk; undefined if it is another error. */
export const asDiskFull = (error: unknown) =>
  hasCode(error, "ENOSPC") || hasCode(error, "EDQUOT") ? diskFull((error as Error).message, error) : undefined;

/** The hint for a tree that has too many layers. Each stage adds one. */
export const fewerStages = "combine some of the stages";

/** Whether an error comes from a system call and has this code. */
export const hasCode = (error: unknown, code: string) =>
  typeof error === "object" && error !== null && "code" in error && error.code === code;

/** Handles the error of a read that may find no file: undefined is its result then. */
export function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, "ENOENT")) throw error;
}

/** 0 is success, 1 a failed build, 2 invalid input, 130 an interruption, as in osbuild's first releases. */
export function exitCodeOf(error: BuildError): number {
  switch (error.code) {
    case "INVALID":
      return 2;
    case "INTERRUPTED":
      return 130;
    case "STAGE_FAILED":
    case "DIFFERENT":
    case "TOO_LARGE":
    case "HOST":
    case "STORE":
      return 1;
  }
}
