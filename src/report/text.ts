import type { BuildEvent, Report, StepInfo } from "../events.ts";
import { formatBytes, formatSeconds, formatTable, shortName } from "./format.ts";
import { formatWarning, printable } from "./problems.ts";
import { type Outcome, timeline } from "./timeline.ts";

export interface TextReport {
  readonly report: Report;
  /** The table at the end. */
  readonly close: () => void;
}

/** Where text goes; `columns` only where it is a terminal. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly columns?: number | undefined;
}

export type Verbosity = "quiet" | "normal" | "verbose";

/**
 * Tells a build to a person: a line for each step as it ends, at a terminal a live one for what runs and prints, and
 * a table at the end.
 */
export function textReport(output: Output, verbosity: Verbosity): TextReport {
  const steps = timeline();
  const live = output.columns === undefined || verbosity === "verbose" ? undefined : liveLine(output, output.columns);
  let total = 0;
  const line = (text: string) => {
    live?.clear();
    output.write(`${text}\n`);
  };
  const place = (step: StepInfo) =>
    `${String(step.index).padStart(String(total).length)}/${total} ${step.depth > 0 ? "build " : ""}${shortName(step.name)}`;

  function report(event: BuildEvent): void {
    steps.add(event);
    switch (event.type) {
      case "planned":
        total = Math.max(0, ...event.steps.map(({ index }) => index));
        return;
      case "step-cached":
        if (verbosity !== "quiet") line(`${place(event.step)}: cached`);
        return;
      case "step-started":
        if (verbosity === "quiet") return;
        if (live === undefined) line(`${place(event.step)}: running (${event.reason})`);
        else live.start(place(event.step));
        return;
      case "output":
        if (verbosity === "verbose") output.write(event.lines.map((text) => `  ${printable(text)}\n`).join(""));
        else live?.show(event.lines.at(-1) ?? "");
        return;
      case "step-finished":
        live?.stop();
        if (verbosity !== "quiet") line(`${place(event.step)}: done in ${formatSeconds(event.seconds)}`);
        return;
      case "step-failed":
        live?.stop();
        // Verbose has shown them already.
        if (verbosity !== "verbose") for (const text of event.lines.slice(-30)) line(`  ${printable(text)}`);
        line(`${place(event.step)}: failed after ${formatSeconds(event.seconds)}`);
        return;
      case "warning":
        line(formatWarning(event.problem));
        return;
      case "installing":
        line(`installing ${event.packages.join(" ")}`);
        return;
      case "stored":
        return;
      default:
        event satisfies never;
    }
  }

  function close(): void {
    live?.stop();
    if (verbosity === "quiet") return;
    const outcomes = steps.outcomes();
    if (outcomes.length > 0) line(`\n${formatTable(columns, outcomes.map(row))}`);
  }

  return { report, close };
}

const columns = [
  { align: "right" },
  { align: "left" },
  { align: "left" },
  { align: "right" },
  { align: "right" },
  { align: "left" },
] as const;

const row = ({ step, status, reason, seconds, bytes }: Outcome) => [
  String(step.index),
  `${step.depth > 0 ? "build " : ""}${shortName(step.name)}`,
  status,
  seconds === undefined ? "" : formatSeconds(seconds),
  bytes === undefined ? "" : formatBytes(bytes),
  step.id.slice(0, 12) + (reason === undefined ? "" : `  ${reason}`),
];

/** One line at the bottom of a terminal that is drawn again and again. */
function liveLine(output: Output, width: number) {
  let title = "";
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
    start(name: string): void {
      title = name;
      text = "";
      started = performance.now();
      draw();
      timer = setInterval(draw, 100);
      timer.unref();
    },
    show(line: string): void {
      text = line;
    },
    stop(): void {
      clearInterval(timer);
      clear();
    },
  };
}
