import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { runGroup } from "../../src/host/process-group.ts";

/** Runs a script, and returns how it ended and what it printed. */
async function script(text: string, signal = new AbortController().signal) {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const end = await runGroup(["sh", "-c", text], { env: { WORD: "heard" }, cwd: "/", onLine, signal });
  return { end, lines };
}

/** Waits until a process that was killed is gone. */
async function gone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await setTimeout(20);
}

test("a program has the environment and the directory that it is given, and nothing else", async () => {
  const { end, lines } = await script('echo "$WORD in $PWD" >&2; test -z "$HOME" && echo homeless; exit 3');
  expect(end).toBe("ended with exit code 3");
  expect(lines.toSorted()).toEqual(["heard in /", "homeless"]);
});

test("what a program leaves running ends with it", async () => {
  const { end, lines } = await script("sleep 600 & echo $!");
  expect(end).toBeUndefined();
  await gone(Number(lines[0]));
});

test("an aborted program is killed with all that it started, even if it doesn't want to", async () => {
  const { end, lines } = await script("trap '' TERM INT; sleep 600 & echo $!; wait", AbortSignal.timeout(500));
  expect(end).toBe("was ended by SIGKILL");
  await gone(Number(lines[0]));
});

test("a program that leaves a daemon with its output behind ends nevertheless", async () => {
  // The daemon has left the group when its session, the sixth number in its state, is its own.
  const left = 'until [ "$(cut -d " " -f 6 /proc/$!/stat)" = $! ]; do sleep 0.01; done';
  const { end, lines } = await script(`setsid sleep 600 & ${left}; echo $!`);
  expect(end).toBeUndefined();
  const [daemon] = lines;
  process.kill(Number(daemon), "SIGKILL");
});
