import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, expect, test } from "@jest/globals";
import { readSecrets, secretSourcesOf } from "../../src/cli/secrets.ts";

const directory = mkdtempSync(`${tmpdir()}/secrets-`);
afterAll(() => rmSync(directory, { recursive: true }));

const read = async (...texts: readonly string[]) => {
  const sources = texts.reduce((before: ReturnType<typeof secretSourcesOf>, text) => secretSourcesOf(text, before), []);
  const secrets = await readSecrets(sources, { TOKEN: "from-the-environment", SHORT: "short" });
  return Object.fromEntries([...secrets].map(([name, { reveal }]) => [name, reveal()]));
};

test("a secret comes from the environment or from a file, as for docker and podman", async () => {
  writeFileSync(`${directory}/key`, "-----BEGIN KEY-----\nabc\n-----END KEY-----\n");
  expect(await read("id=token,env=TOKEN", `src=${directory}/key,id=apt.key-1`)).toEqual({
    token: "from-the-environment",
    "apt.key-1": "-----BEGIN KEY-----\nabc\n-----END KEY-----\n",
  });
});

test("a wrong source is refused, without repeating what may be the secret", async () => {
  for (const text of ["token=12345678", "id=token", "id=token,12345678", "id=../x,env=TOKEN", "id=a,env=A,src=B"])
    await expect(read(text)).rejects.toThrow(/^--secret takes id=NAME,env=VARIABLE or id=NAME,src=FILE((?!5678).)*$/);
  await expect(read("id=a,env=TOKEN", "id=a,env=TOKEN")).rejects.toThrow("--secret id=a is there twice");
});

test("a secret that isn't there, or can't be one, is refused by its name", async () => {
  await expect(read("id=a,env=NONE")).rejects.toThrow(
    "the environment has no variable NONE, which the secret a comes from",
  );
  await expect(read(`id=a,src=${directory}/none`)).rejects.toThrow(/^the secret a can't be read: ENOENT/);
  await expect(read(`id=a,src=${directory}`)).rejects.toThrow("is not a regular file");
  await expect(read("id=a,env=SHORT")).rejects.toThrow("the secret a has 5 characters, and a secret has at least 8");
  writeFileSync(`${directory}/large`, "x".repeat(100_000));
  await expect(read(`id=a,src=${directory}/large`)).rejects.toThrow("the secret a has more than 64 KiB");
});
