import { isAbsolute, relative } from "node:path";
import { readCommand, type WorkflowCommand } from "./workflow-commands.ts";

export interface Annotation {
  readonly type: "error" | "warning" | "notice";
  readonly message: string;
  readonly title?: string;
  /** The file, relative to the workspace if it is inside. */
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

export interface Group {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The visible part of a step. */
export interface Shown {
  /** Every line as the log shows it: masked, and without executed commands. */
  readonly log: readonly string[];
  /** The lines outside any group. */
  readonly outside: readonly string[];
  readonly groups: readonly Group[];
  readonly annotations: readonly Annotation[];
  /** The number of annotations beyond the limit of their type. */
  readonly dropped: number;
  /** Whether something in the output fails the step, whatever its exit code. */
  readonly refused: boolean;
}

const annotationsPerType = 10;
const messageLength = 4096;

export interface StepLog {
  /** Takes a line of the step's output. */
  readonly line: (text: string) => void;
  readonly error: (message: string) => void;
  /** Adds an error that fails the step. */
  readonly fail: (message: string) => void;
  readonly masked: (text: string) => string;
  readonly shown: () => Shown;
}

/** Reads a step's output as the runner does. Masks belong to the job, so they outlive the step. */
export function openStepLog(workspace: string, masks: Set<string>): StepLog {
  const shown = {
    log: [] as string[],
    outside: [] as string[],
    annotations: [] as Annotation[],
    dropped: 0,
    refused: false,
  };
  const groups: { name: string; lines: string[] }[] = [];
  let group: { name: string; lines: string[] } | undefined;
  let stopToken: string | undefined;
  return { line, error, fail, masked, shown: () => ({ ...shown, groups }) };

  function line(text: string): void {
    const command = readCommand(text, stopToken);
    if (stopToken !== undefined) {
      if (command?.name === stopToken.toLowerCase()) stopToken = undefined;
      show(text);
    } else if (command === undefined) show(text);
    else obey(command, text);
  }

  function obey({ name, properties, data }: WorkflowCommand, text: string): void {
    switch (name) {
      case "error":
      case "warning":
      case "notice":
        return annotate(name, data, properties);
      case "group":
        show(`##[group]${data}`);
        group = { name: masked(data), lines: [] };
        groups.push(group);
        return;
      case "endgroup":
        group = undefined;
        return;
      case "add-mask":
        // Each line of a multi-line secret is a secret.
        for (const secret of [data, ...data.split(/\r?\n/)]) if (secret.trim() !== "") masks.add(secret);
        return;
      case "stop-commands":
        if (data.trim() === "") return fail(`${text} has no token`);
        stopToken = data;
        return show(text);
      case "set-output":
      case "save-state":
      case "set-env":
      case "add-path":
        return fail(`Unable to process command '${name}' successfully: it is disabled, write to its file instead`);
      default:
        // debug, echo and problem matchers change nothing that the tests look at.
        return;
    }
  }

  function fail(message: string): void {
    shown.refused = true;
    error(message);
  }

  function error(message: string): void {
    annotate("error", message, {});
  }

  function annotate(type: Annotation["type"], message: string, properties: Readonly<Record<string, string>>): void {
    show(`##[${type}]${message}`);
    const { annotations } = shown;
    if (annotations.filter((other) => other.type === type).length === annotationsPerType) shown.dropped++;
    else annotations.push({ type, message: masked(message).slice(0, messageLength), ...place(properties) });
  }

  function place({ title, file, line, endLine, col, endColumn }: Readonly<Record<string, string>>) {
    return {
      ...(title === undefined ? {} : { title: masked(title) }),
      ...(file === undefined ? {} : { file: isAbsolute(file) ? relative(workspace, file) : file }),
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(endLine === undefined ? {} : { endLine: Number(endLine) }),
      ...(col === undefined ? {} : { column: Number(col) }),
      ...(endColumn === undefined ? {} : { endColumn: Number(endColumn) }),
    };
  }

  function show(text: string): void {
    const safe = masked(text);
    shown.log.push(safe);
    (group?.lines ?? shown.outside).push(safe);
  }

  function masked(text: string): string {
    const longestFirst = [...masks].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
  }
}
