import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The leftovers that have to do with a directory: mounts, loop devices, processes. */
function leftoversOf(directory: string): readonly string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const loops = execFileSync("losetup", ["--list", "--noheadings", "-O", "NAME,BACK-FILE"], { encoding: "utf8" });
  return [...mounts, ...loops.split("\n"), ...processes()].filter((line) => line.includes(directory));
}

function processes(): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || pid === `${process.pid}`) return [];
    try {
      return [`process ${pid}: ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

/** The same once the kernel has had time to end what was killed. */
export async function lastingLeftovers(directory: string): Promise<readonly string[]> {
  for (const start = performance.now(); performance.now() - start < 20_000; await sleep(50))
    if (leftoversOf(directory).length === 0) return [];
  return leftoversOf(directory);
}
