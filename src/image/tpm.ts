import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { failure } from "../errors.ts";
import { converse, searchPath } from "../host/command.ts";

/** A TPM 2.0 that runs. */
export interface RunningTpm extends AsyncDisposable {
  /** The socket that QEMU connects to. */
  readonly socket: string;
  /** Its complaints. */
  readonly printed: readonly string[];
}

/** Starts a new TPM 2.0, which keeps its state in this directory. It ends with this process in any case. */
export async function startTpm(directory: string): Promise<RunningTpm> {
  const socket = `${directory}/tpm.socket`;
  const printed: string[] = [];
  const onLine = (line: string) => void printed.push(line);
  // The TPM must not outlive this process, however it ends.
  const argv = ["setpriv", "--pdeathsig", "KILL", "swtpm", "socket", "--tpm2", "--tpmstate", `dir=${directory}`];
  const { ended, kill } = await converse([...argv, "--ctrl", `type=unixio,path=${socket}`], {
    env: { PATH: searchPath },
    onLine,
    onError: onLine,
  });
  while (!existsSync(socket)) {
    const end = await Promise.race([ended, setTimeout(20, undefined)]);
    if (end === undefined) continue;
    throw failure("HOST", ["the machine's TPM doesn't start", end.message, ...printed].join("\n"));
  }
  return {
    socket,
    printed,
    async [Symbol.asyncDispose]() {
      kill();
      await ended;
    },
  };
}
