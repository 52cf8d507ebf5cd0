import { spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { defaultSourceEpoch } from "../../src/epoch.ts";

const [, , base = "", suite = "", ...packages] = process.argv;
if (!existsSync(base)) {
  const partial = `${base}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const { error, status } = spawnSync(
    "mmdebstrap",
    [
      ...["--quiet", "--variant=minbase", `--include=${packages.join(",")}`],
      // A mirror of a testing suite may be older than the suite's Valid-Until allows.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      ...[suite, partial],
    ],
    { stdio: "inherit", env: { ...process.env, SOURCE_DATE_EPOCH: String(defaultSourceEpoch) } },
  );
  if (error !== undefined) throw error;
  if (status === 0) renameSync(partial, base);
  process.exitCode = status ?? 1;
}
