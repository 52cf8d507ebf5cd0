import { createHash } from "node:crypto";
import { existsSync, openAsBlob, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { digestOf, registryClient } from "../../src/registry/client.ts";
import { type Credential, credentialOf } from "../../src/registry/credentials.ts";
import { emptyConfig, manifestType } from "../../src/registry/manifests.ts";
import {
  type Answer,
  damageBlob,
  inFrontOf,
  logIn,
  startRegistry,
  startTokenServer,
  user,
} from "../support/registry.ts";
import { scratch, sh } from "../support/store.ts";

const repository = "team/images";
const anonymous = async (): Promise<Credential | undefined> => undefined;
const asUser = async (): Promise<Credential> => ({ type: "password", username: user.name, password: user.password });
const pauses = [0.01, 0.01];

const clientOf = (registry: string, credential = anonymous) =>
  registryClient({ reference: { registry, repository }, credential, pauses });

/** A file of some size with its descriptor. */
async function fileOf(directory: string, size: number) {
  const bytes = Buffer.alloc(size, "osbuild");
  writeFileSync(`${directory}/file`, bytes);
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  return { bytes, descriptor: { mediaType: "text/plain", digest, size }, blob: await openAsBlob(`${directory}/file`) };
}

const manifestOf = (layer: object) =>
  JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config: emptyConfig, layers: [layer] });

test("a blob and a manifest come back as they were, and skopeo finds them, too", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  const client = clientOf(registry.host);
  const { bytes, descriptor, blob } = await fileOf(directory.path, 3_000_000);
  expect(await client.pushBlob(descriptor, blob)).toBe(true);
  await client.pushBlob(emptyConfig, new Blob(["{}"]));
  const manifest = { text: manifestOf(descriptor), mediaType: manifestType };
  const digest = await client.putManifest("v1", manifest);
  expect(await client.manifest("v1")).toEqual({ ...manifest, digest });
  expect(await client.manifest(digest)).toEqual({ ...manifest, digest });
  expect(await client.manifest("v2")).toBeUndefined();
  await client.pullBlob(descriptor, `${directory.path}/pulled`);
  expect(readFileSync(`${directory.path}/pulled`).equals(bytes)).toBe(true);
  const source = `docker://${registry.host}/${repository}:v1`;
  expect(sh('skopeo inspect --raw --tls-verify=false "$1"', source)).toBe(manifest.text);
});

test("a blob that the repository has isn't uploaded again", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  await using front = await inFrontOf(registry, () => undefined);
  const { descriptor, blob } = await fileOf(directory.path, 100);
  expect(await clientOf(front.host).pushBlob(descriptor, blob)).toBe(true);
  expect(await clientOf(front.host).pushBlob(descriptor, blob)).toBe(false);
  expect(front.requests.filter((request) => request.startsWith("PUT"))).toHaveLength(1);
});

test("a user logs in with the password of Docker's configuration", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry("password");
  const { descriptor, blob } = await fileOf(directory.path, 100);
  const env = logIn(directory.path, registry.host);
  await clientOf(registry.host, () => credentialOf(registry.host, env)).pushBlob(descriptor, blob);
  const stranger = clientOf(registry.host).pushBlob(descriptor, blob);
  await expect(stranger).rejects.toMatchObject({
    isDenied: true,
    problems: [{ message: expect.stringContaining("HTTP status 401"), hint: expect.stringContaining("docker login") }],
  });
});

test("requests at once log in, too", async () => {
  await using registry = await startRegistry("password");
  const client = clientOf(registry.host, asUser);
  const texts = ["1", "2", "3", "4"];
  const push = (text: string) => client.pushBlob({ digest: digestOf(text), size: 1 }, new Blob([text]));
  expect(await Promise.all(texts.map(push))).not.toContain(false);
});

test("a token server gives a user tokens to write with, and anybody else tokens to read with", async () => {
  await using directory = await scratch();
  await using tokens = await startTokenServer();
  await using registry = await startRegistry(tokens);
  const { descriptor, blob } = await fileOf(directory.path, 100);
  await clientOf(registry.host, asUser).pushBlob(descriptor, blob);
  const stranger = clientOf(registry.host);
  await stranger.pullBlob(descriptor, `${directory.path}/pulled`);
  await expect(stranger.pushBlob(emptyConfig, new Blob(["{}"]))).rejects.toMatchObject({ isDenied: true });
  expect(tokens.scopes).toContain(`repository:${repository}:pull`);
});

/** Faults of the first requests that match a pattern. */
const faults = (pattern: RegExp, ...answers: readonly ReturnType<Answer>[]): Answer => {
  const left = [...answers];
  return ({ method, url }) => (pattern.test(`${method} ${url}`) ? left.shift() : undefined);
};

test.each([
  ["too busy", /^POST/, 429],
  ["broken", /^PUT .*uploads/, 503],
  ["broken as it gives a blob", /^GET .*blobs/, 500],
  ["cut off", /^GET .*blobs/, "cut"],
] as const)("a registry that is %s for a moment is asked again", async (_, pattern, fault) => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  await using front = await inFrontOf(registry, faults(pattern, fault, fault));
  const client = clientOf(front.host);
  const { bytes, descriptor, blob } = await fileOf(directory.path, 200_000);
  await client.pushBlob(descriptor, blob);
  await client.pullBlob(descriptor, `${directory.path}/pulled`);
  expect(readFileSync(`${directory.path}/pulled`).equals(bytes)).toBe(true);
});

test("a registry that stays broken is given up with the status that it gave", async () => {
  await using registry = await startRegistry();
  await using front = await inFrontOf(registry, () => 502);
  await expect(clientOf(front.host).manifest("v1")).rejects.toThrow(
    `${front.host}/${repository} refused GET /v2/${repository}/manifests/v1: HTTP status 502`,
  );
  expect(front.requests).toHaveLength(1 + pauses.length);
});

test("a blob that isn't what its digest says leaves no file", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  const client = clientOf(registry.host);
  const { descriptor, blob } = await fileOf(directory.path, 100);
  await client.pushBlob(descriptor, blob);
  damageBlob(registry, descriptor.digest);
  const pulled = `${directory.path}/pulled`;
  await expect(client.pullBlob(descriptor, pulled)).rejects.toThrow("doesn't match its digest");
  await expect(client.pullBlob({ ...descriptor, size: 99 }, pulled)).rejects.toThrow("more than 99 bytes");
  expect(existsSync(pulled)).toBe(false);
});
