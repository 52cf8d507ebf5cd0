import { createHash, type Hash } from "node:crypto";
import { createReadStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type AssemblerInput, readAssembler } from "../stages/lib/step.ts";
import { packLayer, type TreeLayer } from "./lib/archives/oci-layer.ts";
import { packTree, warnOfSockets } from "./lib/archives/tar.ts";
import { setTime } from "./lib/output.ts";

interface Options {
  readonly architecture: string;
  readonly filename: string;
  readonly config?: Config;
}

/** The input, with the tree's layers if each shall be one of the image. */
interface Input extends AssemblerInput<Options> {
  readonly layers?: readonly TreeLayer[];
}

/** A part of the OCI's image configuration. Its sets of names may be written as lists. */
interface Config {
  readonly ExposedPorts?: Names;
  readonly Volumes?: Names;
  readonly [key: string]: unknown;
}

type Names = readonly string[] | Readonly<Record<string, object>>;

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A layer of the image. */
interface ImageLayer {
  readonly descriptor: Descriptor;
  /** The digest of its content before it was compressed. */
  readonly diffId: string;
  /** The configuration's list of what has been done, if it has one, gets this entry. */
  readonly history?: object;
}

/** Docker's `maxLayerDepth`. */
const mostInDocker = 125;

/** Go's names of architectures, which the OCI uses, by Linux's names if they differ. */
const architectures: Readonly<Record<string, string>> = {
  x86_64: "amd64",
  aarch64: "arm64",
  i686: "386",
  armv7l: "arm",
};

const { tree, layers, options, output_dir, source_epoch: epoch } = (await readAssembler<Options>()) as Input;
const layout = "/var/tmp/oci-layout";
const blobs = `${layout}/blobs/sha256`;
const draft = "/var/tmp/oci-blob";
mkdirSync(blobs, { recursive: true });

const created = new Date(epoch * 1000).toISOString();
const packed = layers === undefined ? [await addTree()] : await addLayers(layers);
const history = packed.flatMap((layer) => layer.history ?? []);
const config = await addJson("application/vnd.oci.image.config.v1+json", {
  created,
  architecture: architectures[options.architecture] ?? options.architecture,
  os: "linux",
  config: imageConfig(options.config ?? {}),
  rootfs: { type: "layers", diff_ids: packed.map(({ diffId }) => diffId) },
  ...(history.length === 0 ? {} : { history }),
});
const mediaType = "application/vnd.oci.image.manifest.v1+json";
const descriptors = packed.map(({ descriptor }) => descriptor);
const manifest = await addJson(mediaType, { schemaVersion: 2, mediaType, config, layers: descriptors });
writeFileSync(`${layout}/index.json`, JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
writeFileSync(`${layout}/oci-layout`, JSON.stringify({ imageLayoutVersion: "1.0.0" }));
const archive = `${output_dir}/${options.filename}`;
await packTree(layout, epoch, archive, ["cat"]);
setTime(archive, epoch);
rmSync(layout, { recursive: true });

function addTree(): Promise<ImageLayer> {
  return addLayer((content) => packTree(tree, epoch, draft, ["gzip", "--no-name"], content));
}

async function addLayers(all: readonly TreeLayer[]): Promise<readonly ImageLayer[]> {
  warnOfSockets(tree);
  if (all.length > mostInDocker)
    console.log(`warning: the image has ${all.length} layers, and Docker takes ${mostInDocker} at most`);
  const added: ImageLayer[] = [];
  for (const layer of all) {
    const history = { created, ...(layer.stage === null ? {} : { created_by: layer.stage }) };
    added.push({ ...(await addLayer((content) => packLayer(layer, epoch, draft, content))), history });
  }
  return added;
}

async function addLayer(pack: (content: Hash) => Promise<void>): Promise<ImageLayer> {
  const content = createHash("sha256");
  await pack(content);
  const descriptor = await addBlob("application/vnd.oci.image.layer.v1.tar+gzip");
  return { descriptor, diffId: `sha256:${content.digest("hex")}` };
}

function addJson(type: string, value: unknown): Promise<Descriptor> {
  writeFileSync(draft, JSON.stringify(value));
  return addBlob(type);
}

/** Moves the draft to its place among the blobs, which have their digests as names. */
async function addBlob(type: string): Promise<Descriptor> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(draft), hash);
  const digest = hash.digest("hex");
  const { size } = statSync(draft);
  renameSync(draft, `${blobs}/${digest}`);
  return { mediaType: type, digest: `sha256:${digest}`, size };
}

function imageConfig(config: Config): Config {
  const { ExposedPorts, Volumes } = config;
  return {
    ...config,
    ...(ExposedPorts && { ExposedPorts: asSet(ExposedPorts) }),
    ...(Volumes && { Volumes: asSet(Volumes) }),
  };
}

function asSet(names: Names): Names {
  return Array.isArray(names) ? Object.fromEntries(names.map((name: string) => [name, {}])) : names;
}
