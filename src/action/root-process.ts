import { type BuildError, failure } from "../errors.ts";
import { converse } from "../host/command.ts";
import { isRoot } from "../host/sudo.ts";

/** The file that is locked while a root process or any of its own processes is running. */
export const lockOf = (directory: string) => `${directory}/builder.lock`;

/** The command line of a root process, and the receivers of its lines. */
export interface RootOptions {
  /** The Action's own directory. */
  readonly directory: string;
  readonly path: string;
  readonly onLine: (line: string) => void;
  /** Receives a line of standard error. */
  readonly onError: (line: string) => void;
}

/** A running root process that takes lines. */
export interface RootProcess {
  readonly say: (line: string) => void;
  readonly ended: Promise<RootEnd>;
}

/** The end of a root process. */
export interface RootEnd {
  readonly exitCode: number | undefined;
  readonly message: string;
  /** The failure, if it never started because the runner's user can't become root. */
  readonly refusal: BuildError | undefined;
}

/**
 * Starts a command line as root. Its environment has nothing but the PATH: no token, no input, no command file. Because
 * of `sudo`, this process can't kill it, so it must end itself when its standard input does. Then the kernel kills
 * everything that it started.
 */
export async function startAsRoot(argv: readonly string[], options: RootOptions): Promise<RootProcess> {
  const { directory, path, onLine, onError } = options;
  const sudo = isRoot() ? [] : ["sudo", "-n", "--"];
  const contained = [
    "flock",
    "--no-fork",
    lockOf(directory),
    "unshare",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  const refusals: string[] = [];
  let hasStarted = false;
  const { say, ended } = await converse([...sudo, ...contained, ...argv], {
    env: { PATH: path },
    onLine: (line) => {
      hasStarted = true;
      onLine(line);
    },
    onError: (line) => {
      if (line.startsWith("sudo:")) refusals.push(line);
      onError(line);
    },
  });
  return {
    say,
    // sudo may also warn, such as of a host name that it can't resolve.
    ended: ended.then((end) => {
      const isRefused = refusals.length > 0 && !hasStarted && end.exitCode !== 0;
      return { ...end, refusal: isRefused ? noSudo(refusals) : undefined };
    }),
  };
}

const noSudo = (said: readonly string[]) =>
  failure(
    "HOST",
    `building needs root, for containers and mounts, but the runner's user can't become root: ${said.join(" ")}`,
    "let the runner's user run sudo without a password, or run the runner as root; an unprivileged container can't build images",
  );
