import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { credentialOf } from "../../src/registry/credentials.ts";

const registry = "registry.example:5000";
const alice = { type: "password", username: "alice", password: "open:sesame" };
const auth = Buffer.from("alice:open:sesame").toString("base64");

/** Looks for the registry's credential in a configuration of Docker. A directory on the PATH may have a helper. */
async function found(config: object | string, helper = "") {
  const directory = mkdtempSync(`${tmpdir()}/docker-`);
  try {
    writeFileSync(`${directory}/config.json`, typeof config === "string" ? config : JSON.stringify(config));
    writeFileSync(`${directory}/docker-credential-test`, `#!/bin/sh\n${helper}\n`);
    chmodSync(`${directory}/docker-credential-test`, 0o755);
    return await credentialOf(registry, { DOCKER_CONFIG: directory, PATH: `${directory}:/usr/bin:/bin` });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.each([
  ["a name and a password in one", { auths: { [registry]: { auth } } }, alice],
  ["a name with a scheme", { auths: { [`https://${registry}/v1/`]: { auth } } }, alice],
  [
    "an identity token",
    { auths: { [registry]: { auth, identitytoken: "secret" } } },
    { type: "identity token", token: "secret" },
  ],
  ["another registry's password", { auths: { "registry.example": { auth } } }, undefined],
  ["another path's password", { auths: { [`${registry}/team`]: { auth } } }, undefined],
  ["no password", { auths: { [registry]: {} } }, undefined],
  ["nothing", {}, undefined],
])("Docker's configuration has %s", async (_, config, expected) => expect(await found(config)).toEqual(expected));

test("a credential helper is asked for its registry, and for all others if it is the store of credentials", async () => {
  const helper = `read name; [ "$1 $name" = "get ${registry}" ] && echo '{"Username": "alice", "Secret": "open:sesame"}'`;
  expect(await found({ credHelpers: { [registry]: "test" } }, helper)).toEqual(alice);
  expect(await found({ credsStore: "test" }, helper)).toEqual(alice);
  expect(await found({ credsStore: "test" }, "echo credentials not found; exit 1")).toBeUndefined();
});

test("a configuration that can't be read as JSON is an error without its content", async () => {
  const error = await found('{"auths": secret').catch((thrown: Error) => thrown);
  expect(`${error}`).toMatch(/config.json isn't a configuration of Docker$/);
});

test("a user without a configuration is anonymous", async () => {
  expect(await credentialOf(registry, { HOME: "/nonexistent" })).toBeUndefined();
});
