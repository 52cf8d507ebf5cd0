import { formatCount } from "../report/format.ts";
import { markdownChanges, type StepChanges } from "../report/lock.ts";

/** A pipeline whose lock is up to date now. Paths are relative to the workspace. */
export interface Updated {
  readonly pipeline: string;
  readonly lock: string;
  /** Whether the pipeline had no lock before. */
  readonly isNew: boolean;
  readonly changed: boolean;
  readonly steps: readonly StepChanges[];
}

/** The changes in each lock, as Markdown. Locks that stay as they were are left out. */
export function markdownOf(updated: readonly Updated[]): string {
  const changed = updated.filter((one) => one.changed);
  if (changed.length === 0) return "No lock has changed.\n";
  return changed.map((one) => `### \`${one.lock}\`\n\n${changesOf(one)}`).join("\n");
}

function changesOf({ isNew, steps }: Updated): string {
  if (!isNew) return markdownChanges(steps);
  const count = steps.reduce((sum, { packages }) => sum + packages, 0);
  return `A new lock, of ${formatCount(count, "package")}.\n`;
}
