import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { digestOf, registryClient } from "../../src/registry/client.ts";
import { pushImage } from "../../src/registry/push-image.ts";
import { sha256 } from "../../src/store/objects.ts";
import { assembled } from "../assemblers/assemble.ts";
import { inFrontOf, logIn, startRegistry, type TestRegistry } from "../support/registry.ts";
import { scratch, sh } from "../support/store.ts";

const repository = "team/web";
const { signal } = new AbortController();
let place: Awaited<ReturnType<typeof scratch>>;
let registry: TestRegistry;
let container: string;
/** The manifest's digest. */
let digest: string;
beforeAll(async () => {
  place = await scratch();
  registry = await startRegistry();
  mkdirSync(`${place.path}/tree`);
  writeFileSync(`${place.path}/tree/file`, "content");
  const options = { filename: "image.tar", architecture: "x86_64" };
  container = await assembled("oci-archive", `${place.path}/tree`, `${place.path}/container`, options);
  digest = sh('skopeo inspect --format "{{.Digest}}" "oci-archive:$1"', container).trim();
}, 60_000);
afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const spdx = { title: "web.img.spdx.json", mediaType: "application/spdx+json", text: '{"spdxVersion": "SPDX-2.3"}' };
const to = (host: string, tag = "v1") => ({ registry: host, repository, tag });
const clientOf = (host: string) =>
  registryClient({ reference: to(host), credential: async () => undefined, pauses: [] });
const manifestIn = async (host: string, tag: string) => {
  const found = await clientOf(host).manifest(tag);
  return found === undefined ? undefined : JSON.parse(found.text);
};

function push(path: string, host = registry.host, tag?: string, documents = [spdx], env = {}) {
  const content = async () => ({ sha256: await sha256(path), size: statSync(path).size });
  const files = [{ path, title: path.slice(path.lastIndexOf("/") + 1), content }];
  return pushImage({ files, documents }, to(host, tag), { env, signal });
}

/** A disk image, which is any file. */
function disk(content: string): string {
  const path = `${place.path}/web.img`;
  writeFileSync(path, content);
  return path;
}

test("a container archive becomes a container image with the digest that it has, and isn't uploaded twice", async () => {
  const first = await push(container);
  expect(first).toMatchObject({ reference: `${registry.host}/${repository}@${digest}`, kept: 0 });
  const source = `docker://${registry.host}/${repository}:v1`;
  expect(sh('skopeo inspect --tls-verify=false --format "{{.Digest}}" "$1"', source).trim()).toBe(digest);
  // Copying verifies every blob.
  sh('skopeo copy --quiet --src-tls-verify=false "$1" "oci:$2:image"', source, `${place.path}/copy`);
  expect(await push(container, registry.host, "v2")).toEqual({ ...first, sent: 0, kept: first.sent });
  expect((await manifestIn(registry.host, "v2")).layers).toHaveLength(1);
});

test("any other image becomes an artifact with a named file, and its SBOM is found by the image's digest", async () => {
  const content = "a disk";
  const { reference } = await push(disk(content), registry.host, "disk");
  const manifest = await manifestIn(registry.host, "disk");
  const sha256 = createHash("sha256").update(content).digest("hex");
  expect(manifest).toMatchObject({
    artifactType: "application/vnd.osbuild.image.v1",
    config: { mediaType: "application/vnd.oci.empty.v1+json" },
    layers: [{ digest: `sha256:${sha256}`, size: 6, annotations: { "org.opencontainers.image.title": "web.img" } }],
  });
  const [, subject = ""] = reference.split("@");
  // This registry has no API for referrers, so a tag lists them.
  const index = await manifestIn(registry.host, subject.replace(":", "-"));
  expect(index.manifests).toMatchObject([{ artifactType: spdx.mediaType }]);
  const attached = await manifestIn(registry.host, index.manifests[0].digest);
  expect(attached).toMatchObject({ artifactType: spdx.mediaType, subject: { digest: subject } });
  await clientOf(registry.host).pullBlob(attached.layers[0], `${place.path}/sbom`);
  expect(readFileSync(`${place.path}/sbom`, "utf8")).toBe(spdx.text);

  await push(disk(content), registry.host, "disk", [spdx, { ...spdx, text: "{}" }]);
  expect((await manifestIn(registry.host, subject.replace(":", "-"))).manifests).toHaveLength(2);
});

/** A server that accepts everything. Returns the names under which it got manifests. `known` is an answer to GET. */
async function pushToOther(headers: Readonly<Record<string, string>>, known: string): Promise<readonly string[]> {
  const names: string[] = [];
  const server = createServer(({ method, url = "" }, response) => {
    if (method === "PUT") names.push(...url.split("/manifests/").slice(1));
    if (method === "GET") return response.end(known);
    const status = { HEAD: 404, POST: 202 }[method ?? ""] ?? 201;
    return response.writeHead(status, { ...headers, location: "/v2/upload" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await push(container, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return names;
}

test("a registry that lists referrers itself gets no tag for them", async () => {
  const sbom = expect.stringMatching(/^sha256:/);
  expect(await pushToOther({ "oci-subject": digest }, "")).toEqual([digest, sbom, "v1"]);
  // GitLab's registry answers the tag of the list with the image itself.
  const image = (await clientOf(registry.host).manifest(digest))?.text ?? "";
  expect(await pushToOther({}, image)).toEqual([digest, sbom, digest.replace(":", "-"), "v1"]);
});

test("the tag isn't moved if something before has failed", async () => {
  await push(disk("old"), registry.host, "stable");
  await using front = await inFrontOf(registry, ({ method, url = "" }) =>
    method === "PUT" && url.includes("/manifests/sha256-") ? 403 : undefined,
  );
  await expect(push(disk("new"), front.host, "stable")).rejects.toThrow("HTTP status 403");
  const [layer] = (await manifestIn(registry.host, "stable")).layers;
  expect(layer.digest).toBe(digestOf("old"));
});

test("the user of Docker's configuration pushes, and nobody else may", async () => {
  await using closed = await startRegistry("password");
  const env = logIn(`${place.path}/home`, closed.host);
  await expect(push(container, closed.host)).rejects.toThrow("HTTP status 401");
  expect((await push(container, closed.host, "v1", [], env)).reference).toContain(digest);
});

test("a damaged archive is refused", async () => {
  const copy = `${place.path}/damaged.tar`;
  const damage = (from: string, to: string) =>
    writeFileSync(copy, readFileSync(container, "latin1").replace(from, to), "latin1");
  damage('"layers":[', '"layerz":[');
  await expect(push(copy)).rejects.toThrow("is a damaged container archive: its manifest isn't what the index names");
  damage("./index.json", "./undex.json");
  await expect(push(copy)).rejects.toThrow("it has no index.json");
});
