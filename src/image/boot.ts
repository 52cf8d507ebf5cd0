import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { BuildError } from "../errors.ts";
import { runGroup } from "../host/process-group.ts";
import { watchForCrawling } from "./crawling.ts";
import { type Machine, type RunningMachine, reportStart, startMachine } from "./machine.ts";
import { askMonitor } from "./monitor.ts";
import { watchForRefusal } from "./refusal.ts";
import { makeKey, waitForLogin, writeConfig } from "./ssh.ts";
import { startTpm } from "./tpm.ts";

/** The machine that boots an image, what has to happen in it, and how long that may take. */
export interface BootOptions extends Machine {
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** The directory for `console.txt` and, after a failure, `screen.png`. */
  readonly directory: string;
  /** Whether the stage org.osbuild.test reports from within the image. */
  readonly reports: boolean;
  readonly script: BootScript | undefined;
  /** Whether the machine has a TPM, which is new. */
  readonly tpm: boolean;
}

/** A script that runs on this machine, once root can log in to the booted one. Exit code 0 means success. */
export interface BootScript {
  readonly path: string;
  readonly cwd: string;
  /** Its environment, beside a PATH and BOOT_IMAGE, BOOT_SSH_CONFIG, …_HOST, …_PORT, …_USER and …_KEY. */
  readonly env: Readonly<Record<string, string>>;
  /** Receives each line of its output. */
  readonly onLine: (line: string) => void;
}

/**
 * The result of a boot test. `printed` is the output of the tests, `console` the end of the machine's serial console.
 * No report means that the system may not have booted at all.
 */
export type BootResult =
  | { readonly type: "passed"; readonly printed: readonly string[] }
  | {
      readonly type: "failed" | "no report";
      readonly why: string;
      readonly printed: readonly string[];
      readonly console: readonly string[];
      /** The files in the directory that show how it failed. */
      readonly evidence: readonly string[];
    };

/** Boots an image in QEMU, until the unit of `org.osbuild.test` reports and a script ends. The image isn't changed. */
export async function bootImage(image: string, options: BootOptions): Promise<BootResult> {
  const { directory, script } = options;
  const own = await mkdtemp(`${tmpdir()}/boot-`);
  try {
    const [monitor, console] = [`${own}/monitor`, `${directory}/console.txt`];
    const key = script === undefined ? undefined : await makeKey(own);
    // An earlier attempt's console would be taken for this one's until QEMU has opened the file.
    await rm(console, { force: true });
    await using tpm = options.tpm ? await startTpm(own) : undefined;
    const files = { image, console, monitor, authorizedKey: key?.line, tpm: tpm?.socket };
    await using machine = await startMachine(options, files);
    const login = key === undefined ? undefined : () => writeConfig(own, key, monitor);
    const over = new AbortController();
    const watches = {
      crawling: options.accelerator === "kvm" ? watchForCrawling(monitor, over.signal) : AbortSignal.any([]),
      refused:
        options.firmware === "UEFI with Secure Boot" ? watchForRefusal(console, over.signal) : AbortSignal.any([]),
    };
    const verdict = await judge(image, machine, watches, options, login).finally(() => over.abort());
    if (verdict.type === "passed") return { ...verdict, printed: machine.printed };
    const screen = machine.ended.aborted ? [] : await photograph(monitor, `${directory}/screen.png`);
    const log = await readFile(console, "utf8").catch(() => "");
    const evidence = [...(log === "" ? [] : [console]), ...screen];
    const printed = [...(tpm?.printed ?? []), ...machine.printed];
    return { ...verdict, printed, console: log.split("\n").slice(-60), evidence };
  } finally {
    await rm(own, { recursive: true });
  }
}

type Verdict = { readonly type: "passed" } | { readonly type: "failed" | "no report"; readonly why: string };
type Login = () => ReturnType<typeof writeConfig>;

/** Signals that abort when a machine needn't be waited for any longer, for a reason in words. */
interface Watches {
  readonly crawling: AbortSignal;
  readonly refused: AbortSignal;
}

async function judge(
  image: string,
  machine: RunningMachine,
  { crawling, refused }: Watches,
  options: BootOptions,
  login: Login | undefined,
): Promise<Verdict> {
  const { reports, script, seconds } = options;
  const limit = AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any([options.signal, limit, machine.ended, crawling, refused]);
  const refusal = (): Verdict | undefined => (refused.aborted ? { type: "failed", why: refused.reason } : undefined);
  const whyNot = (what: string) => {
    const reason = machine.ended.aborted ? machine.ended.reason : crawling.reason;
    if (reason !== undefined) return `${what}: ${reason}`;
    return limit.aborted ? `${what} within ${seconds} s` : `${what} before it was stopped`;
  };
  if (reports) {
    const report = await Promise.race([machine.report, abortOf(signal)]);
    if (report === undefined) return refusal() ?? { type: "no report", why: whyNot("no report") };
    if (!report.startsWith(`${reportStart}passed `)) return { type: "failed", why: report };
  }
  if (script === undefined || login === undefined) return { type: "passed" };
  const env = await Promise.race([login(), abortOf(signal)]);
  const complaint = env === undefined ? "" : await waitForLogin(env.BOOT_SSH_CONFIG, signal);
  if (env === undefined || complaint !== undefined)
    return refusal() ?? { type: reports ? "failed" : "no report", why: `${whyNot("no login by SSH")}: ${complaint}` };
  return runScript(script, { ...env, BOOT_IMAGE: image }, machine, { signal, whyNot });
}

async function runScript(
  { path, cwd, env, onLine }: BootScript,
  login: Readonly<Record<string, string>>,
  { printed }: RunningMachine,
  { signal, whyNot }: { readonly signal: AbortSignal; readonly whyNot: (what: string) => string },
): Promise<Verdict> {
  const lines: string[] = [];
  const note = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  const end = await runGroup([path], { env: { ...env, ...login }, cwd, onLine: note, signal });
  const name = basename(path);
  printed.push(`${name} ${end ?? "passed"}`);
  if (end === undefined) return { type: "passed" };
  const why = signal.aborted ? whyNot(`${name} did not end`) : `${name} ${end}`;
  return { type: "failed", why: [why, ...lines.slice(-20)].join("\n") };
}

/** Saves what the machine's screen shows. Without a picture a failure has less to show. */
async function photograph(monitor: string, file: string): Promise<readonly string[]> {
  try {
    await askMonitor(monitor, "screendump", { filename: file, format: "png" });
    return [file];
  } catch (error) {
    if (error instanceof BuildError) return [];
    throw error;
  }
}

const abortOf = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
