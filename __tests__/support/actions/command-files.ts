import { randomUUID } from "node:crypto";
import { chown, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { User } from "./processes.ts";
import type { StepLog } from "./step-log.ts";

const names = ["OUTPUT", "STATE", "STEP_SUMMARY", "ENV", "PATH"] as const;
/** The limit in KiB. */
const summaryLimit = 1024;

/** The content of a step's files. */
export interface Written {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  /** The summary. Undefined if it is empty or too large. */
  readonly summary: string | undefined;
}

export interface CommandFiles {
  readonly environment: Readonly<Record<string, string>>;
  /** Reads and removes the files. Problems with one go to the step's log, and the others are still read. */
  readonly collect: (log: StepLog) => Promise<Written>;
}

/** The files through which a step sends commands to the runner, new ones for each step. */
export async function newCommandFiles(temp: string, user: User | undefined): Promise<CommandFiles> {
  const directory = `${temp}/_runner_file_commands`;
  const suffix = randomUUID();
  const path = (name: (typeof names)[number]) => `${directory}/${name.toLowerCase()}_${suffix}`;
  await mkdir(directory, { recursive: true });
  for (const created of [directory, ...names.map(path)]) {
    if (created !== directory) await writeFile(created, "");
    if (user !== undefined) await chown(created, user.uid, user.gid);
  }
  return { environment: Object.fromEntries(names.map((name) => [`GITHUB_${name}`, path(name)])), collect };

  async function collect({ error, fail, masked }: StepLog): Promise<Written> {
    const pairs = async (name: (typeof names)[number]) => {
      try {
        return readPairs(await readFile(path(name), "utf8"));
      } catch (cause) {
        fail(`Unable to process file command '${name.toLowerCase()}' successfully. ${cause}`);
        return {};
      }
    };
    const { NODE_OPTIONS, ...env } = await pairs("ENV");
    if (NODE_OPTIONS !== undefined) error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
    const size = (await stat(path("STEP_SUMMARY"))).size / 1024;
    if (size > summaryLimit)
      error(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${summaryLimit}k, got ${size}k.`);
    const written = {
      outputs: await pairs("OUTPUT"),
      state: await pairs("STATE"),
      env,
      path: (await readFile(path("PATH"), "utf8")).split("\n").filter((line) => line !== ""),
      summary: size === 0 || size > summaryLimit ? undefined : masked(await readFile(path("STEP_SUMMARY"), "utf8")),
    };
    for (const name of names) await rm(path(name));
    return written;
  }
}

/** Parses `name=value`, or `name<<DELIMITER`, the value's lines and the delimiter. */
function readPairs(text: string): Record<string, string> {
  const lines = text.split("\n");
  const pairs: Record<string, string> = {};
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === "") continue;
    const [, name = "", operator, rest = ""] = /^(.+?)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === "") throw new Error(`Invalid format '${line}'`);
    if (operator === "=") pairs[name] = rest;
    else {
      const end = lines.indexOf(rest);
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${rest}'`);
      pairs[name] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join("\n");
    }
  }
  return pairs;
}
