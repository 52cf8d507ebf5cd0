import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { failure } from "../errors.ts";

/** A command line, read. */
export type Command =
  | ({ readonly type: "build" } & BuildArguments)
  | ({ readonly type: "inspect"; readonly json: boolean } & PipelineArguments)
  | {
      readonly type: "stages";
      readonly libdirs: readonly string[];
      readonly json: boolean;
      readonly name: string | undefined;
    }
  | { readonly type: "diff"; readonly store: string; readonly before: string; readonly after: string }
  | { readonly type: "doctor" | "store list" | "store verify"; readonly store: string; readonly json: boolean }
  | { readonly type: "store prune"; readonly store: string; readonly maxBytes?: number; readonly olderThan?: number }
  | { readonly type: "store export"; readonly store: string; readonly id: string; readonly directory: string }
  | { readonly type: "help" };

/** The files that make up a pipeline. */
export interface PipelineNames {
  readonly pipeline: string;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly buildPipeline: string | undefined;
  readonly base: string | undefined;
  readonly mirrors: string | undefined;
}

export interface PipelineArguments extends PipelineNames {
  readonly store: string;
}

export interface BuildArguments extends PipelineArguments {
  readonly output: string | undefined;
  readonly from: string | undefined;
  readonly save: string | undefined;
  readonly report: "text" | "json";
  readonly verbosity: "quiet" | "normal" | "verbose";
  readonly dryRun: boolean;
  readonly debugShell: boolean;
}

export const usage = `usage: osbuild [build] [options] PIPELINE
       osbuild inspect [options] PIPELINE
       osbuild stages [--libdir DIR] [--json] [NAME]
       osbuild diff [--store DIR] TREE TREE
       osbuild doctor [--store DIR] [--json]
       osbuild store list | verify | prune | export ID DIR

Build operating system images

  PIPELINE              JSON file containing the pipeline that should be built,
                        or a '-' to read from stdin

options:
  -h, --help            show this help message and exit
  --store DIR           the directory where intermediary trees and outputs are
                        stored (default: .osbuild/store)
  -l, --libdir DIR      a directory containing stages and assemblers of your
                        own; may be given several times
  -o, --output DIR      put the image into this empty directory
  --build-env ENV       JSON file describing the build environment
  --build-pipeline P    JSON file with a pipeline that makes the build root
  --base ID             start from this tree in the store
  --mirrors FILE        JSON file with what to use in the place of addresses to
                        download from, by their beginnings
  --from ARCHIVE        unpack this tar archive into the tree first
  --save ARCHIVE        pack the finished tree into this archive
  --json                print the result as JSON, and nothing else
  --verbose             print what the stages print
  --quiet               print failures only
  --dry-run             print what would run, and run nothing
  --debug-shell         open a shell in the tree of a stage that fails

diff prints as JSON what the second TREE has more, less and otherwise than the
first; a TREE is an id in the store or a directory.

doctor says whether this machine can build images, and what is in the way.

store prune:
  --max-size SIZE       keep the most recently used, up to SIZE (such as 10G)
  --older-than DAYS     delete what wasn't used for so many days

Exit codes: 0 success, 1 failure, 2 invalid input, 130 interrupted.
`;

const options = {
  help: { type: "boolean", short: "h" },
  store: { type: "string" },
  libdir: { type: "string", short: "l", multiple: true },
  output: { type: "string", short: "o" },
  "build-env": { type: "string" },
  "build-pipeline": { type: "string" },
  base: { type: "string" },
  mirrors: { type: "string" },
  from: { type: "string" },
  save: { type: "string" },
  json: { type: "boolean" },
  verbose: { type: "boolean" },
  quiet: { type: "boolean" },
  "dry-run": { type: "boolean" },
  "debug-shell": { type: "boolean" },
  "max-size": { type: "string" },
  "older-than": { type: "string" },
} as const;

const pipelineOptions = ["store", "libdir", "build-env", "build-pipeline", "base", "mirrors", "json"];
const buildOptions = ["output", "from", "save", "verbose", "quiet", "dry-run", "debug-shell"];

/** Reads a command line; throws what is wrong with it. */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { type: "help" };
  const [word, ...rest] = positionals;
  const store = values.store ?? ".osbuild/store";
  const json = values.json ?? false;
  const allow = (names: readonly string[], command: string) => {
    const other = Object.keys(values).find((name) => !names.includes(name));
    if (other !== undefined) throw wrong(`--${other} doesn't go with \`osbuild ${command}\``);
  };
  switch (word) {
    case "inspect":
      allow(pipelineOptions, "inspect");
      return { type: "inspect", json, ...pipelineArguments(rest) };
    case "stages":
      allow(["libdir", "json"], "stages");
      if (rest.length > 1) throw wrong("`osbuild stages` takes one name at the most");
      return { type: "stages", libdirs: values.libdir ?? [], json, name: rest[0] };
    case "diff": {
      allow(["store"], "diff");
      const [before, after, ...more] = rest;
      if (before === undefined || after === undefined || more.length > 0)
        throw wrong("`osbuild diff` takes two trees, each an id in the store or a directory");
      return { type: "diff", store, before, after };
    }
    case "doctor":
      allow(["store", "json"], "doctor");
      if (rest.length > 0) throw wrong(`\`osbuild doctor\` takes no ${rest.join(" ")}`);
      return { type: "doctor", store, json };
    case "store":
      return storeCommand(rest);
    default:
      allow([...pipelineOptions, ...buildOptions], "build");
      return buildCommand(word === "build" ? rest : positionals);
  }

  function pipelineArguments(words: readonly string[]): PipelineArguments {
    const [pipeline, ...more] = words;
    if (pipeline === undefined) throw wrong("a PIPELINE is missing");
    if (more.length > 0) throw wrong(`one PIPELINE, please: ${more.join(" ")} is too much`);
    if (values.base !== undefined && !/^[0-9a-f]{64}$/.test(values.base))
      throw wrong("--base takes a tree id, 64 hex digits");
    return {
      pipeline,
      store,
      libdirs: values.libdir ?? [],
      buildEnv: values["build-env"],
      buildPipeline: values["build-pipeline"],
      base: values.base,
      mirrors: values.mirrors,
    };
  }

  function buildCommand(words: readonly string[]): Command {
    if (values.verbose && values.quiet) throw wrong("--verbose and --quiet exclude each other");
    return {
      type: "build",
      ...pipelineArguments(words),
      output: values.output,
      // Where they are used, the working directory is another.
      from: values.from === undefined ? undefined : resolve(values.from),
      save: values.save === undefined ? undefined : resolve(values.save),
      report: json ? "json" : "text",
      verbosity: values.verbose ? "verbose" : values.quiet ? "quiet" : "normal",
      dryRun: values["dry-run"] ?? false,
      debugShell: values["debug-shell"] ?? false,
    };
  }

  function storeCommand([action, ...words]: readonly string[]): Command {
    const none = () => {
      if (words.length > 0) throw wrong(`\`osbuild store ${action}\` takes no ${words.join(" ")}`);
    };
    switch (action) {
      case "list":
      case "verify":
        allow(["store", "json"], `store ${action}`);
        none();
        return { type: `store ${action}`, store, json };
      case "prune":
        allow(["store", "max-size", "older-than"], "store prune");
        none();
        return {
          type: "store prune",
          store,
          ...(values["max-size"] === undefined ? {} : { maxBytes: bytesOf(values["max-size"]) }),
          ...(values["older-than"] === undefined ? {} : { olderThan: daysOf(values["older-than"]) }),
        };
      case "export": {
        allow(["store"], "store export");
        const [id, directory, ...more] = words;
        if (id === undefined || directory === undefined || more.length > 0)
          throw wrong("`osbuild store export` takes an ID and a DIR");
        return { type: "store export", store, id, directory };
      }
      default:
        throw wrong("`osbuild store` takes one of list, verify, prune, export");
    }
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function bytesOf(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  if (number === undefined) throw wrong(`--max-size takes a number with K, M, G or T, not ${text}`);
  return Number(number) * 1024 ** " KMGT".indexOf(unit || " ");
}

function daysOf(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw wrong(`--older-than takes a number of days, not ${text}`);
  return Number(text);
}

const wrong = (message: string) => failure("INVALID", message, "`osbuild --help` shows how it goes");
