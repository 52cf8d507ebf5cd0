import type { Lock, LockedStep } from "../pipeline/lock.ts";
import { formatTable } from "./format.ts";

/** The changes in the packages of a step between two locks. */
export interface StepChanges {
  readonly name: string;
  /** The number of packages that it installs now. */
  readonly packages: number;
  readonly changes: readonly PackageChange[];
}

/** A package of another version. It is new or gone if it has no version before or after. */
interface PackageChange {
  readonly name: string;
  readonly architecture: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Compares two locks step by step. Steps that the first hasn't got have no changes. */
export function stepChanges(before: Lock | undefined, after: Lock): readonly StepChanges[] {
  return after.steps.map((step, index) => {
    const same = (other: LockedStep) =>
      other.name === step.name && other.depth === step.depth && other.architecture === step.architecture;
    const place = after.steps.slice(0, index).filter(same).length;
    const earlier = before?.steps.filter(same)[place];
    const changes = earlier === undefined ? [] : changesBetween(earlier, step);
    return { name: step.name, packages: step.packages.length, changes };
  });
}

function changesBetween(before: LockedStep, after: LockedStep): readonly PackageChange[] {
  const [old, now] = [before, after].map(byName) as [Packages, Packages];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => {
    const [one, other] = [old.get(key), now.get(key)];
    if (one?.sha256 === other?.sha256) return [];
    const { name = "", architecture = "" } = other ?? one ?? {};
    return [{ name, architecture, before: one?.version ?? null, after: other?.version ?? null }];
  });
}

type Packages = ReadonlyMap<string, LockedStep["packages"][number]>;

const byName = ({ packages }: LockedStep): Packages =>
  new Map(packages.map((one) => [`${one.name} ${one.architecture}`, one]));

/** The changes as a table, or nothing if there are none. */
export function textChanges(steps: readonly StepChanges[]): string {
  const rows = steps.flatMap(({ changes }) =>
    changes.map(({ name, architecture, before, after }) => [
      `  ${name}`,
      architecture,
      before ?? "new",
      "→",
      after ?? "gone",
    ]),
  );
  return rows.length === 0 ? "" : `${formatTable(Array(5).fill({ align: "left" }), rows)}\n`;
}

/** The changes as a table in Markdown, for example for a pull request. */
export function markdownChanges(steps: readonly StepChanges[]): string {
  const rows = steps.flatMap(({ name: step, changes }) =>
    changes.map(
      ({ name, architecture, before, after }) =>
        `| ${name} | ${architecture} | ${before ?? "new"} | ${after ?? "gone"} | ${step} |\n`,
    ),
  );
  if (rows.length === 0) return "No package has changed.\n";
  return `| package | architecture | before | after | step |\n| --- | --- | --- | --- | --- |\n${rows.join("")}`;
}

/** The changes for programs. */
export const jsonChanges = (file: string, changed: boolean, steps: readonly StepChanges[]): object => ({
  lock: file,
  changed,
  steps,
});
