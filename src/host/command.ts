import type { Readable } from "node:stream";
import { execa } from "execa";
import { failure } from "../errors.ts";

/** Where programs are looked for, on the host and in a container; the caller's PATH doesn't count. */
export const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What every command of ours sees: no locale, no time zone, nothing of the caller's. */
const environment = {
  PATH: searchPath,
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
};

// Its own clean-up would send us the signals again that we handle ourselves.
const plainly = { extendEnv: false, reject: false, cleanup: false } as const;

export interface CommandOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** latin1 keeps every byte of a file name that isn't UTF-8. */
  readonly encoding?: "utf8" | "latin1";
  /** Lines on standard error that don't make a failure of the command that prints no others. */
  readonly harmless?: RegExp;
}

/** Runs a command and returns what it printed, as text. A failure names the command line, ready to paste. */
export async function run(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await spawn(argv, options);
  const { harmless } = options;
  const complaints = result.stderr?.split("\n").filter((line) => line !== "") ?? [];
  if (
    !result.failed ||
    (harmless && !result.signal && complaints.length > 0 && complaints.every((line) => harmless.test(line)))
  )
    return result.stdout;
  // A terminal sends it to us and to all commands at once.
  if (result.signal === "SIGINT") throw failure("INTERRUPTED", "interrupted", undefined, { cause: result });
  throw commandError(argv, result);
}

function spawn(
  [program = "", ...args]: readonly string[],
  { input = "", cwd, env, encoding = "utf8" }: CommandOptions,
) {
  return execa(program, args, {
    input,
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...environment, ...env },
    ...plainly,
    stripFinalNewline: false,
    encoding,
    maxBuffer: 512 * 1024 * 1024,
  });
}

/** How a process ended, in words. */
const endOf = ({
  exitCode,
  signal,
}: {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}) => {
  const killed = signal === undefined ? "could not be run" : `was ended by ${signal}`;
  return exitCode === undefined ? killed : `ended with exit code ${exitCode}`;
};

function commandError(argv: readonly string[], cause: Awaited<ReturnType<typeof spawn>>) {
  const said = cause.stderr.trim();
  const full = said.split("\n").find((line) => /No space left on device|Disk quota exceeded/.test(line));
  if (full !== undefined) return noSpace(full, cause);
  return failure("HOST", `${argv.map(quote).join(" ")}\n${endOf(cause)}${said === "" ? "" : `:\n${said}`}`, undefined, {
    cause,
  });
}

export const noSpace = (message: string, cause: unknown) =>
  failure("HOST", `the disk is full: ${message}`, "free some space, for example with `osbuild store prune`", { cause });

/** A word as a POSIX shell reads it back. For showing only: nothing here is ever given to a shell. */
const quote = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

export interface StreamOptions {
  readonly input: string;
  readonly onData: (bytes: Buffer) => void;
}

/**
 * Runs a command whose standard output and error are one stream, in the order in which they were written, and
 * returns its exit code; a command that a signal ended has the code a shell would give it, 128 and the signal's number.
 */
export async function stream(argv: readonly string[], { input, onData }: StreamOptions): Promise<number> {
  // One pipe for both: two could be read in another order than they were written. The text is fixed; argv are its arguments.
  const child = execa("sh", ["-c", 'exec "$@" 2>&1', "sh", ...argv], {
    input,
    env: environment,
    ...plainly,
    buffer: false,
    encoding: "buffer",
  });
  child.stdout.on("data", onData);
  const result = await child;
  return result.exitCode ?? 137;
}

/** Runs a command at the caller's terminal. How it ends is nobody's concern but the person's. */
export async function interact([program = "", ...args]: readonly string[]): Promise<void> {
  const env = { ...environment, TERM: "linux" };
  await execa(program, args, { stdio: "inherit", env, ...plainly });
}

/** A process that holds something open for as long as its standard input is. */
export async function hold(argv: readonly string[]) {
  const [program = "", ...args] = argv;
  const child = execa(program, args, { env: environment, ...plainly, buffer: false });
  const ended = child.then((result) => result);
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.stderr.on("data", (bytes: Buffer) => reject(failure("HOST", `${program}: ${bytes.toString().trim()}`)));
    ended.then((result) => reject(failure("HOST", result.shortMessage ?? `${program} ended`)), reject);
  });
  child.stdin.on("error", () => undefined);
  child.stdin.write("\n");
  await ready;
  return {
    pid: child.pid as number,
    kill: () => {
      child.kill("SIGKILL");
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * Hears a stream's lines. A line ends with a line feed and nothing else: readline ends one at U+2028 too, which JSON
 * leaves as it is.
 */
export function onLines(stream: Readable, hear: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(hear);
  });
  stream.on("end", () => {
    if (rest !== "") hear(rest);
  });
}

export interface ConversationOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (line: string) => void;
  /** A line on standard error. */
  readonly onError: (line: string) => void;
}

/** A process that is talked with in lines. */
export interface Conversation {
  readonly say: (line: string) => void;
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly message: string }>;
  readonly kill: () => void;
}

/** Starts a process whose environment is exactly `env`. It hears the end of its standard input when we end, however. */
export function converse([program = "", ...args]: readonly string[], options: ConversationOptions): Conversation {
  const child = execa(program, args, { env: options.env, extendEnv: false, reject: false, buffer: false });
  onLines(child.stdout, options.onLine);
  onLines(child.stderr, options.onError);
  child.stdin.on("error", () => undefined);
  return {
    say: (line) => {
      child.stdin.write(`${line}\n`);
    },
    ended: child.then(({ exitCode, shortMessage }) => ({ exitCode, message: shortMessage ?? "" })),
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

export interface CallOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The question. Standard input stays open behind it, so that the process hears when we end, however. */
  readonly line: string;
  readonly seconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Runs a process for one answer, which it writes to its file descriptor 3; returns that and what it printed. */
export async function ask(
  [program = "", ...args]: readonly string[],
  { env, cwd, line, seconds, signal }: CallOptions,
) {
  const child = execa(program, args, {
    env,
    cwd,
    extendEnv: false,
    reject: false,
    all: true,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    timeout: seconds * 1000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${line}\n`);
  const result = await child;
  return {
    answer: String(result.stdio[3] ?? ""),
    printed: String(result.all ?? ""),
    timedOut: result.timedOut,
    ended: endOf(result),
  };
}
