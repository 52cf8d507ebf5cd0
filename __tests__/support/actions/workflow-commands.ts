/**
 * A command in a step's output: `::name key=value,…::data` at a line's start, or `##[name key=value;…]data` anywhere in
 * it.
 */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const commands = [
  ...["debug", "notice", "warning", "error", "group", "endgroup", "echo", "add-matcher", "remove-matcher"],
  ...["add-mask", "stop-commands", "set-output", "save-state", "set-env", "add-path"],
];

/** Parses a command as the runner does. While commands are stopped, only the token that resumes them is one. */
export function readCommand(line: string, stopToken: string | undefined): WorkflowCommand | undefined {
  const known = stopToken === undefined ? commands : [...commands, stopToken.toLowerCase()];
  const command = readNewForm(line) ?? readOldForm(line);
  return command !== undefined && known.includes(command.name) ? command : undefined;
}

function readNewForm(line: string): WorkflowCommand | undefined {
  const [, name = "", properties = "", data = ""] = /^\s*::([^\s:]+)(?: ((?:(?!::).)*))?::(.*)$/s.exec(line) ?? [];
  if (name === "") return undefined;
  return { name: name.toLowerCase(), properties: pairs(properties, ","), data: decoded(data) };
}

function readOldForm(line: string): WorkflowCommand | undefined {
  const [, name = "", properties = "", data = ""] = /##\[([^\]\s]+)(?: ([^\]]*))?\](.*)$/s.exec(line) ?? [];
  if (name === "") return undefined;
  return { name: name.toLowerCase(), properties: pairs(properties, ";"), data: decoded(data) };
}

function pairs(text: string, separator: string): Record<string, string> {
  const split = text.split(separator).flatMap((pair) => {
    const [, key = "", value = ""] = /^\s*([^=]+)=(.+)$/s.exec(pair) ?? [];
    return key === "" ? [] : [[key, decoded(value)] as const];
  });
  return Object.fromEntries(split);
}

const escapes: Readonly<Record<string, string>> = {
  "0D": "\r",
  "0A": "\n",
  "3A": ":",
  "2C": ",",
  "3B": ";",
  "5D": "]",
  "25": "%",
};

const decoded = (text: string) => text.replace(/%(0D|0A|3A|2C|3B|5D|25)/g, (_, code: string) => escapes[code] ?? "");
