import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { failure, hasCode } from "../errors.ts";
import { onLines } from "../host/command.ts";

/** Runs one of QEMU's commands through its monitor (QMP) on a Unix socket, and returns the answer. */
export async function askMonitor(socket: string, command: string, args: object = {}): Promise<unknown> {
  for (const end = performance.now() + patience; ; ) {
    try {
      return await ask(socket, command, args);
    } catch (error) {
      // QEMU has only just started.
      const { cause } = error as Error;
      const isEarly = hasCode(cause, "ENOENT") || hasCode(cause, "ECONNREFUSED");
      if (!isEarly || performance.now() > end) throw error;
      await setTimeout(100);
    }
  }
}

/** The milliseconds in which QEMU must have started, and then answered. */
const patience = 10_000;

/** The part of a message that is needed. It is an answer if it has the `id` of the question. */
interface Message {
  readonly id?: string;
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
}

function ask(socket: string, command: string, args: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const complain = (why: string, cause?: unknown) =>
    reject(failure("HOST", `QEMU's monitor ${why}`, undefined, { cause }));
  const monitor = connect(socket);
  monitor.setTimeout(patience, () => complain("doesn't answer"));
  monitor.on("error", (cause) => complain("can't be reached", cause));
  monitor.on("close", () => complain("was closed"));
  onLines(monitor, (line) => {
    const message = JSON.parse(line) as Message;
    if (message.id === undefined) return;
    if (message.error === undefined) resolve(message.return);
    else complain(`refused ${command}: ${message.error.desc}`);
  });
  const questions = [{ execute: "qmp_capabilities" }, { execute: command, arguments: args, id: "answer" }];
  monitor.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  return promise.finally(() => monitor.destroy());
}
