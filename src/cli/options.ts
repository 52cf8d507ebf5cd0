import { type Command as CommandLine, Option } from "commander";
import type { Setting } from "../pipeline/resolution/setting.ts";
import type { Place } from "../remote/place.ts";
import type { Age } from "../report/age.ts";
import { type SbomFormat, sbomFormats } from "../sbom/formats.ts";
import type { Room } from "../store/memory.ts";
import type { PipelineArguments } from "./command.ts";
import { type SecretSource, secretSourcesOf } from "./secrets.ts";
import { baseOf, pathOf, pathsOf, sbomOf, settingsOf } from "./values.ts";

/** The options as commander returns them, by their long names. */
export interface Options {
  readonly store: string;
  readonly json?: true;
  readonly libdir?: readonly string[];
  readonly buildEnv?: string;
  readonly buildPipeline?: string;
  readonly base?: string;
  readonly mirrors?: string;
  readonly set?: readonly Setting[];
  readonly secret?: readonly SecretSource[];
  readonly output?: string;
  readonly from?: string;
  readonly save?: string;
  readonly sbom?: readonly SbomFormat[];
  readonly verbose?: true;
  readonly quiet?: true;
  readonly dryRun?: true;
  readonly debugShell?: true;
  readonly workspace?: Room;
  readonly debug?: true;
  readonly refresh?: readonly string[];
  readonly maxAge?: Age;
  /** False with --no-cache. */
  readonly cache?: boolean;
  readonly update?: true | readonly string[];
  readonly frozen?: true;
  readonly markdown?: true;
  readonly format?: "text" | "mermaid";
  readonly maxSize?: number;
  readonly maxGrowth?: number;
  readonly since?: string;
  readonly remote?: Place;
  readonly olderThan?: number;
}

/** Declares a command that reads a pipeline. */
export const pipelineCommand = (
  program: CommandLine,
  name: string,
  description: string,
  orStdin = ", or - to read it from stdin",
) =>
  addPipelineOptions(
    program
      .command(name)
      .description(description)
      .argument("<PIPELINE>", `file with the pipeline, in JSON or YAML${orStdin}`, pathOf("PIPELINE")),
  );

/** Adds what every command that reads pipelines takes. */
export const addPipelineOptions = (command: CommandLine) =>
  command
    .addOption(store())
    .addOption(libdir())
    .addOption(path("--build-env <ENV>", "file that describes the build environment"))
    .addOption(path("--build-pipeline <P>", "file with a pipeline that makes the build root"))
    .addOption(path("--mirrors <FILE>", "file that maps URL prefixes to mirrors"))
    .addOption(
      new Option("--set <NAME=VALUE>", "the value of one of the pipeline's variables; may be repeated").argParser(
        settingsOf,
      ),
    )
    .addOption(
      new Option(
        "--secret <SOURCE>",
        "a secret for steps, as id=NAME,env=VARIABLE or id=NAME,src=FILE; may be repeated",
      ).argParser(secretSourcesOf),
    )
    .addOption(json());

/** An option that takes a path. */
export const path = (flags: string, description: string) =>
  new Option(flags, description).argParser(pathOf(/--[a-z-]+/.exec(flags)?.[0] ?? flags));
/** `--store`. */
export const store = () =>
  path("--store <DIR>", "the directory that keeps trees and outputs").default(".osbuild/store");
/** `--libdir`. */
export const libdir = () =>
  new Option("-l, --libdir <DIR>", "a directory with your own stages and assemblers; may be repeated").argParser(
    pathsOf("--libdir"),
  );
/** `--sbom`. */
export const sbom = (description: string) =>
  new Option("--sbom <FORMAT>", `${description}; may be repeated`).choices(Object.keys(sbomFormats)).argParser(sbomOf);
/** `--base`. */
export const base = () =>
  new Option("--base <ID|IMAGE>", "start from this tree in the store, or image with a digest").argParser(baseOf);
/** `--json`. */
export const json = () => new Option("--json", "print the result as JSON, and nothing else");
/** Whether `--json` is given. */
export const isJson = (options: Options) => options.json ?? false;

/** The arguments of a command that reads a pipeline. */
export const pipelineArguments = (pipeline: string, options: Options): PipelineArguments => ({
  pipeline,
  store: options.store,
  libdirs: options.libdir ?? [],
  buildEnv: options.buildEnv,
  buildPipeline: options.buildPipeline,
  base: options.base,
  mirrors: options.mirrors,
  variables: options.set ?? [],
  secretSources: options.secret ?? [],
});
