import type { BuildEvent, CacheSource, Report, StepInfo } from "../events.ts";
import { formatSeconds, type Paint, shortName } from "./format.ts";
import { heartbeat } from "./heartbeat.ts";
import { formatWarning, printable } from "./problems.ts";
import { ageNote, isRunning, reasonText, sourceText, stepResults } from "./step-results.ts";
import { notSavedText, transferText } from "./traffic.ts";

/** A build's report as text. */
export interface TextReport {
  readonly report: Report;
  /** Ends what is redrawn or repeated while a step runs. */
  readonly close: () => void;
}

/** The destination of text. Only a terminal has `columns`. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly paint: Paint;
  readonly columns?: number | undefined;
}

/** The amount of a build's output that is printed. */
export type Verbosity = "quiet" | "normal" | "verbose";

/**
 * Reports a build as text: a line for each step as it ends. On a terminal a live line shows the step that runs and the
 * last line of its output. Elsewhere a line says from time to time that a step still runs.
 */
export function textReport(output: Output, verbosity: Verbosity): TextReport {
  const steps = stepResults();
  const { paint } = output;
  const live = output.columns === undefined || verbosity === "verbose" ? undefined : liveLine(output, output.columns);
  let total = 0;
  /** Whether a line has begun, with the step that runs, and how to end it is still open. */
  let isOpen = false;
  const line = (text: string) => {
    live?.clear();
    output.write(`${isOpen ? "\n" : ""}${text}\n`);
    isOpen = false;
  };
  const place = (step: StepInfo) =>
    `${String(step.index).padStart(String(total).length)}/${total} ${step.depth > 0 ? "build " : ""}${shortName(step.name)}`;
  const begun = (step: StepInfo, ...words: readonly string[]) =>
    `${place(step)}: ${words.join(", ")} (${step.id.slice(0, 12)})`;
  let running = "";
  const isPlain = live === undefined && verbosity !== "quiet";
  const alive = isPlain ? heartbeat((text) => line(`${running}: ${text}`)) : undefined;

  function start(step: StepInfo, why: string): void {
    running = place(step);
    alive?.start();
    if (verbosity === "quiet") return;
    if (live !== undefined) return live.start(running, begun(step, why));
    output.write(begun(step, why));
    isOpen = true;
  }

  function end(text: string): void {
    const title = live?.stop();
    alive?.stop();
    if (verbosity === "quiet") return;
    if (!isOpen) return line(title === undefined ? `${running}: ${text}` : `${title}, ${text}`);
    output.write(`, ${text}\n`);
    isOpen = false;
  }

  function report(event: BuildEvent): void {
    // All steps are sorted for this, which isn't worth it for each line of output.
    const before = event.type === "step-started" ? steps.all() : [];
    steps.add(event);
    switch (event.type) {
      case "planned":
        total = Math.max(0, ...event.steps.map(({ index }) => index));
        return;
      case "step-cached":
        if (verbosity === "quiet") return;
        return line(begun(event.step, paint("cyan", cachedText(event.source)), ...ageNote(event)));
      case "step-started":
        if (isRunning(event.step, before)) return;
        return start(event.step, reasonText(event.reason, before));
      case "output":
        alive?.note(event.lines);
        if (verbosity !== "verbose") return live?.show(event.lines.at(-1) ?? "");
        alive?.rest();
        return line(event.lines.map((text) => `  ${printable(text)}`).join("\n"));
      case "step-finished":
        return end(`${paint("green", "done")} in ${formatSeconds(event.seconds)}`);
      case "step-failed":
        live?.stop();
        alive?.stop();
        // A verbose report has already shown them.
        if (verbosity !== "verbose") for (const text of event.lines.slice(-30)) line(`  ${printable(text)}`);
        return line(`${place(event.step)}: ${paint("red", "failed")} after ${formatSeconds(event.seconds)}`);
      case "warning":
        return line(formatWarning(event.problem, paint));
      case "installing":
        return line(`installing ${event.packages.join(" ")}`);
      case "transferred":
        return verbosity === "quiet" ? undefined : line(transferText(event));
      case "not-saved":
        return verbosity === "verbose" ? line(notSavedText(event)) : undefined;
      case "stored":
        return;
      default:
        event satisfies never;
    }
  }

  function close(): void {
    live?.stop();
    alive?.stop();
    if (isOpen) output.write("\n");
    isOpen = false;
  }

  return { report, close };
}

/** A step whose result is in the store, or isn't needed, is simply cached. */
const cachedText = (source: CacheSource) =>
  source === "same tree" || source === "remote" ? sourceText[source] : "cached";

/** A line at the bottom of a terminal that is redrawn again and again. */
function liveLine(output: Output, width: number) {
  let title = "";
  let whole = "";
  let text = "";
  let started = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const line = `${title} ${formatSeconds((performance.now() - started) / 1000)}  ${printable(text)}`;
    output.write(`\r${line.slice(0, width - 1)}\x1b[K`);
  };
  const clear = () => output.write("\r\x1b[K");
  return {
    clear,
    start(name: string, begun: string): void {
      title = name;
      whole = begun;
      text = "";
      started = performance.now();
      draw();
      timer = setInterval(draw, 100);
      timer.unref();
    },
    show(line: string): void {
      text = line;
    },
    /** Removes the line. Returns what a line that stays begins with. */
    stop(): string {
      clearInterval(timer);
      clear();
      return whole;
    },
  };
}
