import { hasCode } from "../errors.ts";
import { machineState, requireHost } from "../host/checks.ts";
import { type Need, networkPrograms } from "../host/packages.ts";
import { isUnreadable, readPlain, writePlain } from "../host/plain-file.ts";
import type { Layout } from "../store/layout.ts";
import { lockShared } from "../store/workspace.ts";
import { inOrder, type Plan } from "./plan.ts";

/**
 * Throws if this machine can't build. It checks once, and again when the machine changes: a check takes a tenth of a
 * small build.
 */
export async function checkMachine(layout: Layout): Promise<void> {
  const now = await machineState();
  if ((await readPlain(layout.machine, now.length).catch(ignoreUnreadable)) === now) return;
  // A starting build would sweep away the files of this trial.
  await using _kept = await lockShared(layout);
  await requireHost(layout.temporary);
  await writePlain(layout.machine, now);
}

function ignoreUnreadable(error: unknown): undefined {
  if (!hasCode(error, "ENOENT") && !isUnreadable(error)) throw error;
}

/** The programs that the host must have: those of steps that run on it, and those for a network. */
export function needsOf(plan: Plan): readonly Need[] {
  const parts = inOrder(plan);
  const downloading = parts
    .flatMap((part) => part.steps)
    .find(({ type, step: { program } }) => type === "run" && program.meta.network);
  const network =
    downloading === undefined ? [] : networkPrograms.map((program) => ({ program, of: downloading.step.name }));
  const onHost = parts.filter(({ pipeline }) => (pipeline.build?.pipeline ?? null) === null);
  const running = onHost.flatMap((part) => part.steps).filter(({ type }) => type === "run");
  const needs = running.flatMap(({ step }) => step.requires.map((program) => ({ program, of: step.name })));
  return [...network, ...needs];
}
