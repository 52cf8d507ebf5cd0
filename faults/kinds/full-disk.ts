import { execFileSync } from "node:child_process";
import { mkdirSync, statfsSync } from "node:fs";
import { osbuild, said } from "../command.ts";
import { openPlace, type Place } from "../place.ts";
import type { Kind, Trials } from "../trials.ts";

/** The store is a small disk, on which each build has one page more than the last, until one fits; or one inode. */
export const fullDisk: Kind = {
  what: "a disk that is full after so many pages or inodes more, from none up to what a build needs",
  // More than any of these builds needs.
  whole: 4000,
  short: 6,
  async run(trials) {
    const place = openPlace(trials.scratch);
    const disk = `${trials.scratch}/disk`;
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256m,nr_inodes=100000", "tmpfs", disk]);
    try {
      const first = await place.build(`${disk}/store`, "before all");
      if (first.outcome !== "right") throw new Error(first.told);
      for (const what of ["pages", "inodes"] as const) await fillUp(trials, place, disk, what);
    } finally {
      execFileSync("umount", [disk]);
    }
  },
};

async function fillUp(trials: Trials, place: Place, disk: string, what: "pages" | "inodes"): Promise<void> {
  // A build that fits once may have been lucky: what it writes at one time depends on the clock.
  let fitting = 0;
  let spare = 0;
  const inShort = Math.floor(trials.size / 2);
  for (; fitting < 3 && spare < inShort && !trials.isOver(); spare++) {
    limit(disk, what, spare);
    const text = `with ${spare} ${what}`;
    const built = await place.build(`${disk}/store`, text);
    limit(disk, what, 50_000);
    fitting = built.outcome === "right" ? fitting + 1 : 0;
    if (built.outcome !== "right" && built.outcome !== "refused") trials.count(built.outcome, built.told);
    else trials.count((await isKept(place, disk, text, trials)) ? built.outcome : "lost", built.told);
  }
  trials.remark(`${spare} steps of ${what}`);
}

/** Whether all is there that was there, and the same build succeeds with more room. */
async function isKept(place: Place, disk: string, text: string, trials: Trials): Promise<boolean> {
  const again = await place.build(`${disk}/store`, text);
  const verified = await osbuild("store", "verify", "--store", `${disk}/store`);
  const kept =
    again.outcome === "right" && again.ended.stdout.includes("1/3 test.first: cached") && verified.code === 0;
  if (!kept) trials.remark(`${again.told}\n${said(verified)}`);
  return kept;
}

/** Leaves a disk with so many free pages or inodes. */
function limit(disk: string, what: "pages" | "inodes", spare: number): void {
  const { blocks, bfree, files, ffree } = statfsSync(disk);
  const option = what === "pages" ? `size=${(blocks - bfree + spare) * 4}k` : `nr_inodes=${files - ffree + spare}`;
  execFileSync("mount", ["-o", `remount,${option}`, disk]);
}
