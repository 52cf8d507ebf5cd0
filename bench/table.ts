import { formatTable } from "../scripts/markdown-table.ts";
import { median, spread } from "./median.ts";
import { judge, type Measured } from "./verdict.ts";

const head = ["what", "osbuild", "beside", "takes", "ratio", "goal"];
const isText = (column: number) => column === 0 || column === 2;

export const markdown = (all: readonly Measured[]) => table(all.map(cells));

export const table = (rows: readonly (readonly string[])[]) => formatTable({ head, rows, isText });

/** A row's cells. Each number is a median, with the spread of the runs. */
export function cells(measured: Measured): readonly string[] {
  const { what, unit, runs, beside, goal } = measured;
  const { value, spread: noise, isMissed } = judge(measured);
  const ratio = beside === null ? "" : `${formatRatio(value)} ± ${formatRatio(noise)} ×`;
  const most = beside === null ? `${goal} ${unit}` : `${formatRatio(goal)} ×`;
  return [
    what,
    formatRuns(runs, unit),
    beside?.name ?? "",
    beside === null ? "" : formatRuns(beside.runs, unit),
    ratio,
    `≤ ${most}${isMissed ? ", missed" : ""}`,
  ];
}

function formatRuns(runs: readonly number[], unit: string): string {
  const value = median(runs);
  const decimals = value < 1 ? 3 : value < 100 ? 1 : 0;
  return `${value.toFixed(decimals)} ± ${spread(runs).toFixed(decimals)} ${unit}`;
}

const formatRatio = (ratio: number) => ratio.toFixed(2);
