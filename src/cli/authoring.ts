import { Argument, type Command as CommandLine, Option } from "commander";
import type { Hear } from "./command.ts";
import { type Shell, shells } from "./completion/shells.ts";
import {
  addPipelineOptions,
  base,
  isJson,
  libdir,
  type Options,
  pipelineArguments,
  pipelineCommand,
} from "./options.ts";
import { type Template, templates } from "./templates.ts";
import { pathOf, templateOf } from "./values.ts";

/** The commands that help to write pipelines. They call `hear` with their arguments. */
export const authoring: Readonly<Record<string, (program: CommandLine, hear: Hear) => void>> = {
  completion: (program, hear) =>
    program
      .command("completion")
      .description("print the script with which a shell completes the command line")
      .addArgument(new Argument("<SHELL>", "the shell").choices(shells))
      .action((shell: Shell) => hear({ type: "completion", shell })),
  explain: (program, hear) =>
    pipelineCommand(program, "explain", "say why steps would run, and exactly what has changed")
      .argument("[STEP]", "only this step, by its name such as apt")
      .addOption(base())
      .action((pipeline: string, step: string | undefined, options: Options) =>
        hear({ type: "explain", ...pipelineArguments(pipeline, options), step, json: isJson(options) }),
      ),
  fmt: (program, hear) =>
    program
      .command("fmt")
      .description("format pipelines and the files that they include, in place")
      .argument("<FILE...>", "files in JSON, JSON with comments, or YAML")
      .option("--check", "write nothing, and fail unless all are formatted")
      .action((files: readonly string[], { check }: { check?: true }) =>
        hear({ type: "fmt", files: files.map(pathOf("FILE")), check: check ?? false }),
      ),
  graph: (program, hear) =>
    addPipelineOptions(
      program
        .command("graph")
        .description("print the steps of pipelines, what they share, and what is stored")
        .argument("<PIPELINE...>", "files with pipelines, in JSON or YAML"),
    )
      .addOption(
        new Option("--format <FORMAT>", "as a tree, or as a chart for Markdown")
          .choices(["text", "mermaid"])
          .conflicts("json"),
      )
      .action((pipelines: readonly string[], options: Options) => {
        const { pipeline: _, ...others } = pipelineArguments("", options);
        const format = isJson(options) ? "json" : (options.format ?? "text");
        hear({ type: "graph", ...others, pipelines: pipelines.map(pathOf("PIPELINE")), format });
      }),
  init: (program, hear) =>
    program
      .command("init")
      .description("start a repository: write a pipeline, and a workflow that builds it")
      .addOption(
        new Option("--template <NAME>", "what to build")
          .choices(Object.keys(templates))
          .default("debian")
          .argParser(templateOf),
      )
      .action(({ template }: { template: Template }) => hear({ type: "init", template })),
  schema: (program, hear) =>
    program
      .command("schema")
      .description("print the JSON schema of pipelines, with the options of all stages, for editors")
      .addOption(libdir())
      .action((options: Options) => hear({ type: "schema", libdirs: options.libdir ?? [] })),
};
