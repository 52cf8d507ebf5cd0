import { hostname } from "node:os";
import { expect, test } from "@jest/globals";
import { runElsewhere } from "../../src/host/elsewhere.ts";
import { scratch } from "../support/store.ts";

test("a command runs as on another machine, and this one stays as it is", async () => {
  await using directory = await scratch();
  const before = [hostname(), process.cwd(), process.umask()];
  const script = 'uname -n; echo "$TZ"; echo "$LC_ALL"; umask; pwd; nproc; echo complaint >&2; exit 3';
  const { exitCode, printed } = await runElsewhere(["sh", "-c", script], directory.path, new AbortController().signal);
  expect([exitCode, ...printed.split("\n")]).toEqual([
    ...[3, "elsewhere", "Pacific/Chatham", "tr_TR.UTF-8", "0077", directory.path, "1", "complaint"],
  ]);
  expect([hostname(), process.cwd(), process.umask()]).toEqual(before);
});

test("an interruption reaches the command", async () => {
  await using directory = await scratch();
  const interrupt = new AbortController();
  const ended = runElsewhere(
    ["sh", "-c", "trap 'kill $!; exit 7' TERM; sleep 100 & wait"],
    directory.path,
    interrupt.signal,
  );
  setTimeout(() => interrupt.abort(), 1000);
  expect(await ended).toMatchObject({ exitCode: 7 });
});
