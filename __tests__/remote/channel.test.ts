import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Problem } from "../../src/errors.ts";
import { openAccess } from "../../src/remote/access.ts";
import { offerAccess, useAccess } from "../../src/remote/channel.ts";
import { scratch } from "../support/store.ts";

const { signal } = new AbortController();

test("a process without credentials uses a remote through the user's, until that ends", async () => {
  await using directory = await scratch();
  const path = `${directory.path}/place`;
  mkdirSync(path);
  const channel = await offerAccess((warn) => openAccess({ type: "directory", path }, { env: {}, signal, warn }));
  const warnings: Problem[] = [];
  await using access = await useAccess(channel.socket, (problem) => warnings.push(problem));
  expect(access.writable).toBe(true);
  const out = mkdtempSync(`${access.transfer}/out-`);
  writeFileSync(`${out}/entry`, "bits");
  expect(await access.ask({ type: "save", key: "a-1-00000001", unless: null, directory: out })).toBe(true);
  const restore = { type: "restore newest", beginnings: ["a-"] } as const;
  const found = (await access.ask(restore)) as { readonly key: string; readonly directory: string };
  expect(found.key).toBe("a-1-00000001");
  expect(readFileSync(`${found.directory}/entry`, "utf8")).toBe("bits");
  writeFileSync(`${path}/tags/a`, "damaged");
  expect(await access.ask(restore)).toBeNull();
  expect(warnings).toEqual([{ message: expect.stringContaining("is damaged") }]);
  await channel[Symbol.asyncDispose]();
  expect(await access.ask(restore)).toBeUndefined();
  const image = { registry: "127.0.0.1:1", repository: "team/base", digest: `sha256:${"0".repeat(64)}` };
  expect(await access.pull({ type: "pull manifest", image })).toEqual({
    type: "failed",
    problems: [{ message: "the user's process has ended" }],
  });
  expect(existsSync(access.transfer)).toBe(false);
});
