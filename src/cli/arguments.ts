import { resolve } from "node:path";
import { CommanderError, Command as CommandLine, Option } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import type { TaggedReference } from "../registry/reference.ts";
import { type Room, rooms } from "../store/memory.ts";
import { authoring } from "./authoring.ts";
import type { BudgetArguments, Command, Hear } from "./command.ts";
import {
  base,
  isJson,
  json,
  libdir,
  type Options,
  path,
  pipelineArguments,
  pipelineCommand,
  sbom,
  store,
} from "./options.ts";
import { ageOf, daysOf, idOf, pathOf, placeOf, referenceOf, sizeOf, wordsOf, wrong } from "./values.ts";
import { allCommands, commandFirst, refuseTypingError } from "./words.ts";

/** Parses a command line. Throws if it is wrong. */
export function readArguments(argv: readonly string[]): Command {
  let read: Command | undefined;
  let text = "";
  const hear: Hear = (command) => {
    read = command;
  };
  const program = commandLine((more) => {
    text += more;
  });
  const build = addBuild(program, hear);
  const words = commandFirst(build, Object.keys(others), argv);
  if (words[0] === "build" && argv[0] !== "build") refuseTypingError(build, Object.keys(others), words);
  for (const [name, add] of Object.entries(others)) if (isNeeded(name, words)) add(program, hear);
  for (const command of allCommands(program)) command.exitOverride((error) => end(command, error));
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    // commander also throws after help and the version.
    if (!(error instanceof CommanderError)) throw error;
  }
  return read ?? { type: "text", text };
}

/** Declares all commands, for what is made of them. */
export function declareAll(): CommandLine {
  const program = commandLine(() => undefined);
  const ignore = () => undefined;
  addBuild(program, ignore);
  for (const add of Object.values(others)) add(program, ignore);
  return program;
}

/** Declaring a command takes a tenth of the time of an unchanged build. Only help and typing errors need them all. */
const isNeeded = (name: string, [first = ""]: readonly string[]) =>
  first === name || !(first === "build" || Object.hasOwn(others, first));

function commandLine(write: (text: string) => void): CommandLine {
  const program = new CommandLine("osbuild")
    .description("Build operating system images")
    .usage("[build] [options] PIPELINE\n       osbuild COMMAND [options] …")
    .helpOption("-h, --help", "show this help message and exit")
    .helpCommand("help [COMMAND]", "show the help of a command and exit")
    .version(packageFile.version, "--version", "print the version and exit")
    .configureOutput({ writeOut: write, writeErr: () => undefined })
    .configureHelp({ helpWidth: 80, styleTitle: (title) => title.toLowerCase() });
  const build = () => program.commands[0]?.helpInformation() ?? "";
  return program.addHelpText("after", () => `\n${build()}\n${exitCodes}`);
}

/** The commands besides `build`. They call `hear` with their arguments. */
const others: Readonly<Record<string, (program: CommandLine, hear: Hear) => void>> = {
  inspect: (program, hear) =>
    pipelineCommand(program, "inspect", "print a pipeline's steps with their ids")
      .addOption(base())
      .action((pipeline, options) =>
        hear({ type: "inspect", json: isJson(options), ...pipelineArguments(pipeline, options) }),
      ),
  verify: (program, hear) =>
    pipelineCommand(program, "verify", "build a pipeline twice, and compare the results bit for bit", "").action(
      (pipeline, options) => hear({ type: "verify", json: isJson(options), ...pipelineArguments(pipeline, options) }),
    ),
  lock: (program, hear) =>
    pipelineCommand(program, "lock", "write down which packages a pipeline installs")
      .option("--update [STEP...]", "look for newer packages, for these steps or for all")
      .addOption(new Option("--frozen", "write nothing, and fail unless the lock is up to date").conflicts("update"))
      .addOption(new Option("--markdown", "print what changed as Markdown, and nothing else").conflicts("json"))
      .action((pipeline: string, options: Options) =>
        hear({
          type: "lock",
          ...pipelineArguments(pipeline, options),
          update: options.update === true ? [] : options.update,
          frozen: options.frozen ?? false,
          json: isJson(options),
          markdown: options.markdown ?? false,
        }),
      ),
  stages: (program, hear) =>
    program
      .command("stages")
      .description("list the stages and assemblers, or describe one of them")
      .argument("[NAME]", "a stage or an assembler")
      .addOption(libdir())
      .addOption(json())
      .action((name: string | undefined, options: Options) =>
        hear({ type: "stages", libdirs: options.libdir ?? [], json: isJson(options), name }),
      ),
  diff: (program, hear) =>
    program
      .command("diff")
      .description("print the difference between two trees as JSON")
      .argument("<BEFORE>", "an id in the store or a directory", pathOf("BEFORE"))
      .argument("<AFTER>", "an id in the store or a directory", pathOf("AFTER"))
      .addOption(store())
      .action((before: string, after: string, options: Options) =>
        hear({ type: "diff", store: options.store, before, after }),
      ),
  changes: (program, hear) =>
    program
      .command("changes")
      .description("print what changed from one image to another, as Markdown")
      .argument("<OLD>", "an SBOM, or the id of an output in the store", pathOf("OLD"))
      .argument("<NEW>", "an SBOM, or the id of an output in the store", pathOf("NEW"))
      .addOption(store())
      .addOption(json())
      .action((before: string, after: string, options: Options) =>
        hear({ type: "changes", store: options.store, before, after, json: isJson(options) }),
      ),
  doctor: (program, hear) =>
    program
      .command("doctor")
      .description("check whether this machine can build images")
      .addOption(store())
      .addOption(json())
      .action((options: Options) => hear({ type: "doctor", store: options.store, json: isJson(options) })),
  push: (program, hear) =>
    program
      .command("push")
      .description("put an image, with the SBOMs beside it, into a registry")
      .argument("<IMAGE>", "the image's file", pathOf("IMAGE"))
      .argument("<REFERENCE>", "registry.example/owner/image:tag", referenceOf)
      .action((image: string, target: TaggedReference) => hear({ type: "push", image, target })),
  shell: (program, hear) =>
    program
      .command("shell")
      .description("open a shell beside the tree of an archive, such as that of a stage that failed")
      .argument("<ARCHIVE>", "a tar archive", pathOf("ARCHIVE"))
      .addOption(store())
      .action((archive: string, options: Options) => hear({ type: "shell", store: options.store, archive })),
  store: addStoreCommands,
  ...authoring,
};

const exitCodes = "exit codes: 0 success, 1 failure, 2 invalid input, 130 interrupted";

const addBuild = (program: CommandLine, hear: Hear) =>
  pipelineCommand(program, "build", "build a pipeline; this word may be omitted")
    .addOption(base())
    .addOption(path("-o, --output <DIR>", "put the image into this empty directory"))
    .addOption(path("--from <ARCHIVE>", "unpack this tar archive into the tree first"))
    .addOption(path("--save <ARCHIVE>", "pack the finished tree into this archive"))
    .addOption(sbom("list the image's packages beside it"))
    .option("--verbose", "print the output of the stages")
    .addOption(new Option("--quiet", "print failures only").conflicts("verbose"))
    .addOption(
      new Option("--refresh <STEP>", "run this step again, and what follows; may be repeated").argParser(wordsOf),
    )
    .addOption(new Option("--max-age <AGE>", "use no packages that are older, e.g. 12h, 7d or 4w").argParser(ageOf))
    .option("--no-cache", "use no stored result")
    .addOption(
      new Option("--max-size <SIZE>", "fail after the stage that makes the tree larger than this, e.g. 500M").argParser(
        sizeOf("--max-size"),
      ),
    )
    .addOption(
      new Option("--max-growth <SIZE>", "fail after the stage that makes it this much larger than --since").argParser(
        sizeOf("--max-growth"),
      ),
    )
    .addOption(
      new Option("--since <ID>", "the stored output that --max-growth counts from").argParser(
        idOf("--since", "an output"),
      ),
    )
    .addOption(
      new Option("--remote <PLACE>", "keep results in this directory or registry's repository, too").argParser(placeOf),
    )
    .addOption(new Option("--dry-run", "print what would run, and run nothing").conflicts("remote"))
    .addOption(
      new Option("--workspace <WHERE>", "keep changes to trees in memory or on disk while building")
        .choices(rooms)
        .default("auto" satisfies Room),
    )
    .option("--debug-shell", "open a shell in the tree of a stage that fails")
    .option("--debug", "print every command that is run, and every mount")
    .action((pipeline: string, options: Options) =>
      hear({
        type: "build",
        ...pipelineArguments(pipeline, options),
        output: options.output,
        // They are used in another working directory.
        from: options.from === undefined ? undefined : resolve(options.from),
        save: options.save === undefined ? undefined : resolve(options.save),
        sbom: options.sbom ?? [],
        report: options.json ? "json" : "text",
        verbosity: options.verbose ? "verbose" : options.quiet ? "quiet" : "normal",
        dryRun: options.dryRun ?? false,
        debugShell: options.debugShell ?? false,
        room: options.workspace ?? "auto",
        debug: options.debug ?? false,
        freshness: { refresh: options.refresh ?? [], maxAge: options.maxAge, noCache: options.cache === false },
        budget: budgetOf(options),
        remote: options.remote,
      }),
    );

function budgetOf({ maxSize, maxGrowth, since }: Options): BudgetArguments {
  if (maxGrowth !== undefined && since === undefined)
    throw wrong("--max-growth needs --since", "name an output in the store: a build prints the output's id");
  if (maxGrowth === undefined && since !== undefined) throw wrong("--since needs --max-growth");
  return { maxSize, maxGrowth, since };
}

function addStoreCommands(program: CommandLine, hear: Hear): void {
  const commands = program.command("store").description("list, verify, prune or export stored results");
  commands
    .command("list")
    .description("list trees and outputs, the most recently used first")
    .addOption(store())
    .addOption(json())
    .action((options: Options) => hear({ type: "store list", store: options.store, json: isJson(options) }));
  commands
    .command("verify")
    .description("compare every object with its digest")
    .addOption(store())
    .addOption(json())
    .action((options: Options) => hear({ type: "store verify", store: options.store, json: isJson(options) }));
  commands
    .command("prune")
    .description("delete what is damaged, unused or over the limits")
    .addOption(store())
    .addOption(
      new Option("--max-size <SIZE>", "keep the most recently used, up to SIZE (e.g. 10G)").argParser(
        sizeOf("--max-size"),
      ),
    )
    .addOption(new Option("--older-than <DAYS>", "delete what hasn't been used for DAYS days").argParser(daysOf))
    .action(({ store: directory, maxSize, olderThan }: Options) =>
      hear({ type: "store prune", store: directory, maxBytes: maxSize, olderThan }),
    );
  commands
    .command("export")
    .description("copy a tree or an output into a directory")
    .argument("<ID>", "an id in the store")
    .argument("<DIR>", "a directory that is empty or doesn't exist", pathOf("DIR"))
    .addOption(store())
    .addOption(sbom("list an output's packages beside it"))
    .action((id: string, directory: string, options: Options) =>
      hear({ type: "store export", store: options.store, id, directory, sbom: options.sbom ?? [] }),
    );
}

/** Turns commander's error into a failure. Rethrows it if it only says that help or the version was printed. */
function end(command: CommandLine, error: CommanderError): never {
  const { code, exitCode, message } = error;
  if (exitCode === 0) throw error;
  const name = command.parent?.parent
    ? `osbuild ${command.parent.name()} ${command.name()}`
    : `osbuild ${command.name()}`;
  if (code === "commander.help")
    throw wrong(`\`${name}\` takes one of ${command.commands.map((below) => below.name()).join(", ")}`);
  const known = `\`${name} --help\` shows the usage`;
  if (code === "commander.excessArguments") {
    const more = command.args.slice(command.registeredArguments.length).map((word) => JSON.stringify(word));
    throw wrong(`\`${name}\`: unexpected ${more.join(", ")}`, known);
  }
  const [, what = message, suggestion] = /^error: (.*?)\.?(?:\n\(Did you mean (.*)\?\))?$/s.exec(message) ?? [];
  const hint = suggestion === undefined ? known : `did you mean ${suggestion}?`;
  throw wrong(`\`${name}\`: ${what}`, hint);
}
