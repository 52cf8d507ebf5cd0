import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { fail } from "../../stages/lib/step.ts";
import { uncovered } from "./covered.ts";
import type { FileSystem } from "./filesystem.ts";
import { copyInto, makeEmpty } from "./output.ts";

/** Writes an XFS file system. */
export function writeXfs(fileSystem: FileSystem): void {
  const { image, offset, size, uuid, label, epoch } = fileSystem;
  const work = mkdtempSync("/var/tmp/xfs-");
  const draft = `${work}/xfs`;
  makeEmpty(draft, size);
  const name = label === undefined ? [] : ["-L", label];
  const argv = ["-q", "-m", `uuid=${uuid}`, ...name, "-p", uncovered(fileSystem, work), draft];
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch), DETERMINISTIC_SEED: "1" };
  const { error, status, stderr } = spawnSync("mkfs.xfs", argv, {
    stdio: ["ignore", "ignore", "pipe"],
    env,
    encoding: "utf8",
  });
  if (error !== undefined) fail(`mkfs.xfs: ${error.message}`);
  if (status !== 0) {
    // Earlier ones take lists of files, which have no attributes, times, links or names with spaces.
    const [reason = ""] = stderr.split("\n");
    fail(`${reason}: mkfs.xfs must be of xfsprogs 6.17 or later, which fills a file system from a directory`);
  }
  copyInto(draft, image, offset);
  rmSync(work, { recursive: true });
}
