import type { BuiltPipeline, LoadedPipeline, Origin } from "../builder/protocol.ts";
import type { Problem } from "../errors.ts";
import type { BuildEvent } from "../events.ts";
import { printable } from "../report/problems.ts";
import { type StepResults, stepResults } from "../report/step-results.ts";
import type { FoundImage } from "./previous.ts";

/** The state of one pipeline's build. */
export interface Run {
  readonly file: string;
  /** The name that its image's name is made from. */
  readonly name: string;
  readonly output: string;
  /** The image of the branch's last run. */
  readonly earlier: FoundImage | undefined;
  readonly results: StepResults;
  loaded: LoadedPipeline | undefined;
  built: BuiltPipeline | undefined;
  /** The branch's last upload, if the image would be the same once more. It wasn't made then. */
  unchanged: FoundImage | undefined;
  /** The origin of the image, if the cache has what it was made from. */
  origin: Origin | undefined;
  problems: readonly Problem[];
  /** The last lines of the output of a failed step. */
  lastLines: readonly string[];
  /** The start of the build, by performance.now(). Undefined until it starts. */
  started: number | undefined;
  /** The seconds that the build took, and the second build that is compared with it. */
  readonly seconds: { build: number; verification: number };
}

/** The state of a build that hasn't started. */
export function newRun(known: Pick<Run, "file" | "name" | "output" | "earlier">): Run {
  const run: Run = {
    ...known,
    results: stepResults(() => elapsed(run)),
    loaded: undefined,
    built: undefined,
    unchanged: undefined,
    origin: undefined,
    problems: [],
    lastLines: [],
    started: undefined,
    seconds: { build: 0, verification: 0 },
  };
  return run;
}

/** The seconds since the start of the build; 0 if it hasn't started. */
export const elapsed = ({ started }: Pick<Run, "started">) =>
  started === undefined ? 0 : (performance.now() - started) / 1000;

/** The path of the image's file below the output directory. Before the build it comes from the assembler's options. */
export function imageFile({ built, loaded }: Run): string | undefined {
  if (built === undefined) return loaded?.filename ?? undefined;
  return built.files.length === 1 ? built.files[0]?.path : undefined;
}

/** Updates the state with an event from the builder. */
export function note(run: Run, event: BuildEvent): void {
  run.results.add(event);
  if (event.type === "step-failed") run.lastLines = event.lines.slice(-20).map(printable);
}
