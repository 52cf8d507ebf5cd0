import type { Readable } from "node:stream";
import { BuildError, diskFull, failure } from "../errors.ts";
import { quote, traced } from "./trace.ts";

/** The PATH of every program, on the host and in a container. The caller's PATH isn't used. */
export const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The environment of every command that the engine runs: no locale, no time zone, nothing of the caller's. */
const environment = {
  PATH: searchPath,
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
};

// execa's clean-up would send this process the signals again that it handles itself.
const plainly = { extendEnv: false, reject: false, cleanup: false } as const;

/** The way in which `run` runs a command. */
export interface CommandOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** latin1 keeps every byte of a file name that isn't UTF-8. */
  readonly encoding?: "utf8" | "latin1";
  /** A command that fails, but prints only such lines on standard error, counts as successful. */
  readonly harmless?: RegExp;
}

/** Runs a command and returns what it printed, as text. A failure names the command line, ready to paste. */
export async function run(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const ended = traced(argv, options.cwd);
  const result = await spawn(argv, options);
  ended(endOf(result));
  const { harmless } = options;
  const complaints = result.stderr?.split("\n").filter((line) => line !== "") ?? [];
  if (
    !result.failed ||
    (harmless && !result.signal && complaints.length > 0 && complaints.every((line) => harmless.test(line)))
  )
    return result.stdout;
  // A terminal sends the signal to this process and to all its commands at once.
  if (result.signal === "SIGINT") throw failure("INTERRUPTED", "interrupted", undefined, { cause: result });
  throw commandError(argv, result);
}

type Execa = typeof import("execa").execa;
let loaded: Promise<Execa> | undefined;

/** Loads execa for the first command, because an unchanged build runs none. */
function load(): Promise<Execa> {
  loaded ??= import("execa").then(({ execa }) => execa);
  return loaded;
}

async function spawn(
  [program = "", ...args]: readonly string[],
  { input = "", cwd, env, encoding = "utf8" }: CommandOptions,
) {
  const execa = await load();
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

/** Describes how a process ended. */
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
  if (full !== undefined) return diskFull(full, cause);
  return new CommandError(`${argv.map(quote).join(" ")}\n${endOf(cause)}${said === "" ? "" : `:\n${said}`}`, cause);
}

/** The error for a command that failed. Callers that know what the failure means replace the message. */
export class CommandError extends BuildError {
  /** The command's standard error. */
  readonly said: string;

  constructor(message: string, cause: { readonly stderr: string }) {
    super("HOST", [{ message }], { cause });
    this.said = cause.stderr.trim();
  }
}

/** The input of a streamed command, and the receiver of its output. */
export interface StreamOptions {
  readonly input: string;
  readonly onData: (bytes: Buffer) => void;
}

/**
 * Runs a command with its standard output and error as one stream, in the order in which they were written, and returns
 * its exit code. After a signal that is 137, which a shell gives for SIGKILL: 128 plus the signal's number.
 */
export async function stream(argv: readonly string[], { input, onData }: StreamOptions): Promise<number> {
  const ended = traced(argv);
  const execa = await load();
  // One pipe serves both, because the order of two would be lost. The shell's text is fixed; argv are its arguments.
  const child = execa("sh", ["-c", 'exec "$@" 2>&1', "sh", ...argv], {
    input,
    env: environment,
    ...plainly,
    buffer: false,
    encoding: "buffer",
  });
  child.stdout.on("data", onData);
  const result = await child;
  ended(endOf(result));
  return result.exitCode ?? 137;
}

/** Runs a command at the caller's terminal. Its exit code doesn't matter. */
export async function interact([program = "", ...args]: readonly string[]): Promise<void> {
  const env = { ...environment, TERM: "linux" };
  const ended = traced([program, ...args]);
  const execa = await load();
  ended(endOf(await execa(program, args, { stdio: "inherit", env, ...plainly })));
}

/** Starts a process that holds something open as long as its standard input is open, and waits until it says so. */
export async function hold(argv: readonly string[]) {
  const [program = "", ...args] = argv;
  const tell = traced(argv);
  const execa = await load();
  const child = execa(program, args, { env: environment, ...plainly, buffer: false });
  const ended = child.then((result) => {
    tell(endOf(result));
    return result;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.stderr.on("data", (bytes: Buffer) => reject(failure("HOST", `${program}: ${bytes.toString().trim()}`)));
    ended.then(
      (cause) => reject(failure("HOST", cause.shortMessage ?? `${program} ended`, undefined, { cause })),
      reject,
    );
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
 * Calls `hear` for each line of a stream. Only a line feed ends a line: readline also ends one at U+2028, which JSON
 * doesn't escape.
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

/** The environment of a process, and the receivers of its output. */
export interface ConversationOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (line: string) => void;
  /** Receives a line of standard error. */
  readonly onError: (line: string) => void;
}

/** A running process that exchanges lines with this one. */
export interface Conversation {
  readonly say: (line: string) => void;
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly message: string }>;
  readonly kill: () => void;
}

/** Starts a process whose environment is exactly `env`. Its standard input ends when this process does, in any way. */
export async function converse(
  [program = "", ...args]: readonly string[],
  options: ConversationOptions,
): Promise<Conversation> {
  const tell = traced([program, ...args]);
  const execa = await load();
  const child = execa(program, args, { env: options.env, extendEnv: false, reject: false, buffer: false });
  onLines(child.stdout, options.onLine);
  onLines(child.stderr, options.onError);
  child.stdin.on("error", () => undefined);
  return {
    say: (line) => {
      child.stdin.write(`${line}\n`);
    },
    ended: child.then((result) => {
      tell(endOf(result));
      return { exitCode: result.exitCode, message: result.shortMessage ?? "" };
    }),
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

/** The way in which `ask` runs a process. */
export interface CallOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The question. Standard input stays open after it and ends when this process does, in any way. */
  readonly line: string;
  readonly seconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Runs a process for one answer, which it writes to file descriptor 3. Returns the answer and what it printed. */
export async function ask(
  [program = "", ...args]: readonly string[],
  { env, cwd, line, seconds, signal }: CallOptions,
) {
  const tell = traced([program, ...args], cwd);
  const execa = await load();
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
  tell(endOf(result));
  return {
    answer: String(result.stdio[3] ?? ""),
    printed: String(result.all ?? ""),
    timedOut: result.timedOut,
    ended: endOf(result),
  };
}
