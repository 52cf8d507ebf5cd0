import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { PassThrough } from "node:stream";
import { expect, test } from "@jest/globals";
import { onLines, run, stream } from "../../src/host/command.ts";
import { providePrograms } from "../../src/host/packages.ts";
import { scratch, sh } from "../support/store.ts";

test("a command sees nothing of the caller's environment", async () => {
  process.env.SECRET = "token";
  const names = (await run(["env"])).split("\n").map((line) => line.split("=")[0]);
  expect(names.toSorted()).toEqual(["", "LC_ALL", "PATH", "TZ"]);
});

test("the error for a command has its command line, ready to paste, and its output", async () => {
  const failed = run(["sh", "-c", 'echo "it\'s so" >&2; exit 3']);
  await expect(failed).rejects.toMatchObject({
    code: "HOST",
    message: "sh -c 'echo \"it'\\''s so\" >&2; exit 3'\nended with exit code 3:\nit's so",
  });
  await expect(run(["no-such-program", ""])).rejects.toThrow("no-such-program ''\ncould not be run");
  await expect(run(["sh", "-c", "kill -KILL $$"])).rejects.toThrow("sh -c 'kill -KILL $$'\nwas ended by SIGKILL");
  await expect(run(["sh", "-c", "kill -INT $$"])).rejects.toMatchObject({ code: "INTERRUPTED" });
});

test("a full disk is reported as such, whichever command fails", async () => {
  await using directory = await scratch();
  mkdirSync(`${directory.path}/full`);
  sh('mount -t tmpfs -o size=64k tmpfs "$1/full"', directory.path);
  try {
    const copy = run(["cp", "/bin/bash", `${directory.path}/full/`]);
    await expect(copy).rejects.toMatchObject({
      code: "HOST",
      problems: [
        { message: expect.stringMatching(/^the disk is full: /), hint: expect.stringContaining("store prune") },
      ],
    });
  } finally {
    sh('umount "$1/full"', directory.path);
  }
});

test("a file name that isn't UTF-8 survives in a command's output", async () => {
  expect(await run(["printf", "\\377\\n"], { encoding: "latin1" })).toBe("\xff\n");
});

test("a stream has both outputs in the order in which they were written, and the exit code", async () => {
  const chunks: Buffer[] = [];
  const script = "cat; for i in 1 2 3; do echo out $i; echo error $i >&2; done; exit 7";
  const exitCode = await stream(["sh", "-c", script], { input: "input\n", onData: (bytes) => chunks.push(bytes) });
  expect(exitCode).toBe(7);
  expect(Buffer.concat(chunks).toString()).toBe("input\nout 1\nerror 1\nout 2\nerror 2\nout 3\nerror 3\n");
});

test("input that a program doesn't read isn't an error", async () => {
  expect(await stream(["true"], { input: "x".repeat(1024 * 1024), onData: () => undefined })).toBe(0);
});

test("all missing programs are named, with what needs them and the command that installs them", async () => {
  process.env.PATH = "/nowhere";
  const needs = [
    { program: "mount", of: "every build" },
    { program: "org.osbuild.frobnicate", of: "org.osbuild.x" },
    { program: "org.osbuild.other", of: "org.osbuild.y" },
  ];
  await expect(providePrograms(needs, undefined)).rejects.toMatchObject({
    code: "HOST",
    problems: [
      { message: "org.osbuild.frobnicate is not installed; org.osbuild.x needs it" },
      { message: "org.osbuild.other is not installed; org.osbuild.y needs it" },
    ],
  });
  await providePrograms([{ program: "mount", of: "every build" }], undefined);
});

test("only a line feed ends a line, wherever chunks end", async () => {
  const source = new PassThrough();
  const heard: string[] = [];
  onLines(source, (line) => heard.push(line));
  const text = Buffer.from('{"a":"\u2028\u2029\u0085\r"}\n\nünd\nlast');
  for (const byte of text) source.write(Buffer.from([byte]));
  source.end();
  await once(source, "close");
  expect(heard).toEqual(['{"a":"\u2028\u2029\u0085\r"}', "", "ünd", "last"]);
});
