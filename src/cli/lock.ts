import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { lockPipeline } from "../build/lock.ts";
import { BuildError, failure } from "../errors.ts";
import { replaceFile } from "../host/replace-file.ts";
import { didYouMean } from "../json/suggest.ts";
import { loadUnlocked } from "../pipeline/load.ts";
import { formatLock, type Lock, type Lockable, lockables, lockFileOf, misfitsOf, readLock } from "../pipeline/lock.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { canonicalName } from "../programs/library.ts";
import type { Environment } from "../registry/credentials.ts";
import { formatCount } from "../report/format.ts";
import { jsonFailure } from "../report/json.ts";
import { jsonChanges, markdownChanges, type StepChanges, stepChanges, textChanges } from "../report/lock.ts";
import { formatWarning } from "../report/problems.ts";
import { textReport } from "../report/text.ts";
import { createStore, layoutOf } from "../store/layout.ts";
import { readVerdicts } from "../store/verdicts.ts";
import { painter } from "./color.ts";
import type { LockArguments } from "./command.ts";
import { type Caller, withBeyond } from "./remote.ts";

/** `osbuild lock`: writes down which packages a pipeline's steps install, or with `frozen` checks that this is done. */
export async function lockCommand(args: LockArguments, signal: AbortSignal, env: Environment): Promise<void> {
  await lock(args, { signal, env }).catch((error) => {
    if (args.json && error instanceof BuildError) printJson(jsonFailure(error));
    throw error;
  });
}

async function lock(args: LockArguments, caller: Caller): Promise<void> {
  const pipeline = await loadUnlocked(args, await readVerdicts(layoutOf(args.store)));
  const file = lockFileOf(args.pipeline);
  if (file === undefined) {
    const hint = "name the pipeline's file: the lock lies beside it";
    throw failure("INVALID", "a pipeline from standard input can't be locked", hint);
  }
  if (args.frozen) return requireCurrent(args, file, pipeline);
  const before = await readOrReplace(args.pipeline);
  const after = await resolve(args, pipeline, before, caller);
  const isNew = before === undefined || formatLock(before) !== formatLock(after);
  if (isNew) await write(file, formatLock(after));
  print(args, file, isNew, stepChanges(before, after));
}

async function requireCurrent(args: LockArguments, file: string, pipeline: Pipeline): Promise<void> {
  const lock = await readLock(args.pipeline);
  const hint = `\`osbuild lock ${args.pipeline}\` writes it`;
  if (lock === undefined) throw failure("INVALID", `there is no ${file}`, hint);
  const misfits = misfitsOf(args.pipeline, pipeline, lock);
  if (misfits.length > 0) throw new BuildError("INVALID", misfits);
  const keys = lockables(pipeline).map(({ key }) => key);
  const left = lock.steps.filter(
    (part) => !keys.some((key) => key.options === part.options && key.depth === part.depth),
  );
  if (left.length > 0)
    throw failure("INVALID", `${file} has packages for ${left[0]?.name} that no step of the pipeline needs`, hint);
  if (!args.json) process.stdout.write(`${file} is up to date\n`);
}

/** Reads the lock. If it is damaged, it is made anew. */
async function readOrReplace(pipeline: string): Promise<Lock | undefined> {
  return readLock(pipeline).catch((error) => {
    if (!(error instanceof BuildError)) throw error;
    for (const { message, at } of error.problems)
      process.stderr.write(
        `${formatWarning({ message, at, hint: "the lock is made anew" }, painter(process.stderr))}\n`,
      );
    return undefined;
  });
}

async function resolve(
  args: LockArguments,
  pipeline: Pipeline,
  before: Lock | undefined,
  { signal, env }: Caller,
): Promise<Lock> {
  const { write, isTTY, columns } = process.stderr;
  const output = {
    write: write.bind(process.stderr),
    paint: painter(process.stderr),
    columns: isTTY ? columns : undefined,
  };
  const { report, close } = textReport(output, args.json || args.markdown ? "quiet" : "normal");
  const layout = await createStore(args.store);
  const isToUpdate = updateOf(args, pipeline);
  return withBeyond(undefined, layout, { env, signal, report, steps: [] }, ({ pull }) =>
    lockPipeline(pipeline, before, isToUpdate, { layout, report, signal, pull }),
  ).finally(close);
}

/** Tells which steps to update: those that were named, or all of them. */
function updateOf({ update }: LockArguments, pipeline: Pipeline): (lockable: Lockable) => boolean {
  if (update === undefined) return () => false;
  const known = lockables(pipeline).map(({ key }) => key.name);
  const names = update.map(canonicalName);
  for (const name of names) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known) ?? `the steps that can be are ${known.join(", ") || "none"}`;
    throw failure("INVALID", `the pipeline has no step ${name} that can be locked`, hint);
  }
  return ({ key }) => names.length === 0 || names.includes(key.name);
}

/** Writes the lock. It belongs to the owner of its directory, not to root. */
async function write(file: string, text: string): Promise<void> {
  const { uid, gid } = await stat(dirname(file));
  await replaceFile(file, text, { mode: 0o644, uid, gid });
}

function print({ json, markdown }: LockArguments, file: string, isNew: boolean, changes: readonly StepChanges[]): void {
  if (json) return printJson(jsonChanges(file, isNew, changes));
  if (markdown) return void process.stdout.write(markdownChanges(changes));
  const counted = changes.map(({ name, packages }) => `${name}: ${formatCount(packages, "package")}\n`);
  const end = isNew ? `wrote ${file}\n` : `${file} is up to date\n`;
  process.stdout.write(`${counted.join("")}${textChanges(changes)}${end}`);
}

const printJson = (value: object): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
