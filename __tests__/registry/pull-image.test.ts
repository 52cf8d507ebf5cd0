import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Descriptor, digestOf, registryClient } from "../../src/registry/client.ts";
import type { ImageParts } from "../../src/registry/manifests.ts";
import { openPuller, type Pull } from "../../src/registry/pull.ts";
import { pullImage } from "../../src/registry/pull-image.ts";
import { parsePinned } from "../../src/registry/reference.ts";
import { sha256 } from "../../src/store/objects.ts";
import { damageBlob, startRegistry, type TestRegistry } from "../support/registry.ts";
import { scratch, sh } from "../support/store.ts";

const { signal } = new AbortController();
let place: Awaited<ReturnType<typeof scratch>>;
let registry: TestRegistry;
/** An image of two layers, the second of which deletes a file of the first. umoci has made it. */
let parts: ImageParts;
let layout: string;
beforeAll(async () => {
  place = await scratch();
  registry = await startRegistry();
  layout = `${place.path}/made`;
  mkdirSync(`${place.path}/tree`);
  writeFileSync(`${place.path}/tree/kept`, "kept");
  writeFileSync(`${place.path}/tree/gone`, "gone");
  sh(
    `umoci init --layout "$1" && umoci new --image "$1:a" && umoci insert --image "$1:a" "$2" / &&
    umoci insert --image "$1:a" --whiteout /gone && umoci config --image "$1:a" --created 2026-01-02T03:04:05Z`,
    layout,
    `${place.path}/tree`,
  );
  const index = JSON.parse(readFileSync(`${layout}/index.json`, "utf8"));
  parts = JSON.parse(blobOf(index.manifests[0].digest).toString());
  for (const blob of [parts.config, ...parts.layers]) await clientOf().pushBlob(blob, new Blob([blobOf(blob.digest)]));
});
afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const oci = "application/vnd.oci.image";
const docker = "application/vnd.docker";
const blobOf = (digest: string) => readFileSync(`${layout}/blobs/${digest.replace(":", "/")}`);
const named = () => ({ registry: registry.host, repository: "team/base" });
const clientOf = () => registryClient({ reference: named(), credential: async () => undefined, pauses: [] });

/** Puts a manifest into the registry, and returns its digest. */
async function put(manifest: object, mediaType: string): Promise<string> {
  const text = JSON.stringify({ schemaVersion: 2, mediaType, ...manifest });
  return clientOf().putManifest(digestOf(text), { text, mediaType });
}

const putImage = (image: ImageParts) => put(image, `${oci}.manifest.v1+json`);

/** Downloads an image and unpacks it. Returns what it says of itself, and its files. */
async function pulled(digest: string, pull: Pull = openPuller({ env: {}, transfer: place.path, signal })) {
  const directory = `${place.path}/pulled`;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  const image = await pullImage({ ...named(), digest }, directory, pull, (problem) => {
    throw new Error(problem.message);
  });
  sh('umoci --log=error raw unpack --image "$1:base" "$1/tree" 2> /dev/null', directory);
  return { ...image, files: sh('ls "$1/tree"', directory).trim() };
}

const expected = { created: Date.parse("2026-01-02T03:04:05Z") / 1000, files: "kept" };

test("an image is taken from OCI's and from Docker's kind of manifest, whatever compresses its layers", async () => {
  expect(await pulled(await putImage(parts))).toMatchObject(expected);

  const layers = parts.layers.map((layer) => ({ ...layer, mediaType: `${docker}.image.rootfs.diff.tar.gzip` }));
  const config = { ...parts.config, mediaType: `${docker}.container.image.v1+json` };
  const manifest = await put({ config, layers }, `${docker}.distribution.manifest.v2+json`);
  expect(await pulled(manifest)).toMatchObject(expected);

  expect(
    await pulled(await putImage({ ...parts, layers: await recompressed(zstdCompressSync, "+zstd") })),
  ).toMatchObject(expected);
  expect(await pulled(await putImage({ ...parts, layers: await recompressed((bytes) => bytes, "") }))).toMatchObject(
    expected,
  );
});

/** The layers with another compression, in the registry. */
async function recompressed(compress: (bytes: Buffer) => Buffer, ending: string): Promise<readonly Descriptor[]> {
  const layers: Descriptor[] = [];
  for (const { digest } of parts.layers) {
    const file = `${place.path}/layer`;
    sh('gzip -dc "$1" > "$2"', `${layout}/blobs/${digest.replace(":", "/")}`, file);
    writeFileSync(file, compress(readFileSync(file)));
    const blob = { digest: `sha256:${await sha256(file)}`, size: readFileSync(file).length };
    await clientOf().pushBlob(blob, new Blob([readFileSync(file)]));
    layers.push({ ...blob, mediaType: `${oci}.layer.v1.tar${ending}` });
  }
  return layers;
}

test("of an image for several platforms, this machine's is taken", async () => {
  const digest = await putImage(parts);
  const own = sh("dpkg --print-architecture || uname -m").trim();
  const other = await put({ ...parts, annotations: { note: "another" } }, `${oci}.manifest.v1+json`);
  const index = (architecture: string) => ({
    manifests: [
      { digest: other, platform: { os: "linux", architecture: "s390x" } },
      { digest: other, platform: { os: "unknown", architecture: "unknown" } },
      { digest, platform: { os: "linux", architecture } },
    ].map((manifest) => ({ mediaType: `${oci}.manifest.v1+json`, size: 1, ...manifest })),
  });
  expect(await pulled(await put(index(own), `${oci}.index.v1+json`))).toMatchObject(expected);
  await expect(async () => pulled(await put(index("mips"), `${oci}.index.v1+json`))).rejects.toMatchObject({
    problems: [
      {
        message: expect.stringMatching(/ has no image for linux on /),
        hint: "it has one for s390x, unknown, mips; to take that, name it by its own digest",
      },
    ],
  });
});

test("what isn't the image that the digest names is refused", async () => {
  await expect(pulled(`sha256:${"0".repeat(64)}`)).rejects.toThrow(/^there is no image /);
  const empty = { ...parts, config: { ...parts.config, mediaType: "application/vnd.oci.empty.v1+json" } };
  await expect(async () => pulled(await putImage(empty))).rejects.toThrow("isn't a container image");
  await expect(async () => pulled(await putImage({ ...parts, layers: [] }))).rejects.toThrow(
    "is damaged: its configuration doesn't fit its layers",
  );
  const digest = await putImage(parts);
  const honest = openPuller({ env: {}, transfer: place.path, signal });
  const lying: Pull = async (call) => {
    const answer = await honest(call);
    if (answer.type === "manifest") return { ...answer, text: answer.text.replace("{", "{ ") };
    return answer;
  };
  await expect(pulled(digest, lying)).rejects.toThrow("is damaged: its manifest has another digest");
  const changing: Pull = async (call) => {
    const answer = await honest(call);
    if (answer.type === "blob") sh('printf x | dd of="$1/blob" conv=notrunc status=none', answer.directory);
    return answer;
  };
  await expect(pulled(digest, changing)).rejects.toThrow("has other content");
  damageBlob(registry, parts.layers[0]?.digest as string);
  await expect(pulled(digest)).rejects.toThrow("doesn't match its digest");
});

test("a reference has a host, a digest, and perhaps a tag before that", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const image = { registry: "registry.test:5000", repository: "team/base", digest };
  for (const name of ["registry.test:5000/team/base", "registry.test:5000/team/base:12"])
    expect(parsePinned(`${name}@${digest}`)).toEqual(image);
  for (const text of [
    "registry.test/team/base:12",
    `team/base@${digest}`,
    `registry.test/team/base@${digest}0`,
    digest,
  ])
    expect(parsePinned(text)).toBeUndefined();
});
