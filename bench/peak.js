// This is loaded before the program whose memory is measured. It is plain JavaScript, because stripping types would
// take memory, too.
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  const [, kilobytes = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  writeFileSync(process.env.BENCH_PEAK ?? "", kilobytes);
});
