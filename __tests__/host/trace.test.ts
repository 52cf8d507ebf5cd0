import { expect, test } from "@jest/globals";
import { run, stream } from "../../src/host/command.ts";
import { traceCommands } from "../../src/host/trace.ts";
import { sh } from "../support/store.ts";

test("every command is shown in shell syntax, with its time and its end, and without its input", async () => {
  const lines: string[] = [];
  traceCommands((line) => lines.push(line));
  await run(["sh", "-c", 'cat >&2; echo "it\'s $1"', "sh", "a b"], { cwd: "/tmp", env: { A: "hush" }, input: "hush" });
  await stream(["sh", "-c", "exit 3"], { input: "hush", onData: () => undefined });
  await expect(run(["osbuild-no-such-program"])).rejects.toThrow("could not be run");
  const ends = lines.map((line) => line.replace(/^.* # \d+\.\d{3} s, /, ""));
  expect(ends).toEqual(["ended with exit code 0", "ended with exit code 3", "could not be run"]);
  expect(lines[0]).toMatch(/^cd \/tmp && sh -c /);
  expect(sh(lines[0] ?? "false")).toBe("it's a b\n");
  expect(lines.join()).not.toContain("hush");
});
