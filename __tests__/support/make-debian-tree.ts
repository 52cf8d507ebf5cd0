import { spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";

const [, , base = "", suite = "", ...packages] = process.argv;
if (!existsSync(base)) {
  const partial = `${base}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const { error, status } = spawnSync(
    "mmdebstrap",
    [
      ...["--quiet", "--variant=minbase", `--include=${packages.join(",")}`],
      // A mirror may be further behind a suite in the making than that itself says is right.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      ...[suite, partial],
    ],
    { stdio: "inherit", env: { ...process.env, SOURCE_DATE_EPOCH: "1767225600" } },
  );
  if (error !== undefined) throw error;
  if (status === 0) renameSync(partial, base);
  process.exitCode = status ?? 1;
}
