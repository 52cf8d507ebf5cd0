import { type FileHandle, open } from "node:fs/promises";
import { failure } from "../errors.ts";
import { fromJson, listOf, shaped } from "../json/shape.ts";
import { type Descriptor, digestOf, type Manifest } from "./client.ts";
import { descriptorShape, imageManifestShape } from "./manifests.ts";

/** A container image in an archive of OCI's image layout. */
export interface OciArchive {
  readonly manifest: Manifest;
  /** The configuration and the layers. */
  readonly blobs: readonly Descriptor[];
  /** The place of one of them in the archive. */
  readonly placeOf: (blob: Descriptor) => Place;
}

/** A part of a file, in bytes. */
export interface Place {
  readonly start: number;
  readonly size: number;
}

const indexShape = shaped<{ readonly manifests: readonly Descriptor[] }>({ manifests: listOf(descriptorShape) });

/** Reads what an archive holds. Undefined if the file isn't such an archive. */
export async function readOciArchive(path: string): Promise<OciArchive | undefined> {
  await using file = await open(path);
  const members = await membersOf(file);
  if (!members.has("oci-layout")) return undefined;
  const damaged = (what: string) => failure("INVALID", `${path} is a damaged container archive: ${what}`);
  const place = (name: string) => {
    const found = members.get(name);
    if (found === undefined) throw damaged(`it has no ${name}`);
    return found;
  };
  const placeOf = ({ digest }: Descriptor) => place(`blobs/${digest.replace(":", "/")}`);

  const index = fromJson(indexShape, (await read(file, place("index.json"))).toString());
  const [image, ...others] = index?.manifests ?? [];
  if (image === undefined) throw damaged("its index names no image");
  if (others.length > 0)
    throw failure("INVALID", `${path} has ${others.length + 1} images`, "push an archive with one image");
  const text = (await read(file, placeOf(image))).toString();
  const parts = fromJson(imageManifestShape, text);
  if (parts === undefined || digestOf(text) !== image.digest) throw damaged("its manifest isn't what the index names");
  const { digest, mediaType } = image;
  return { manifest: { text, mediaType, digest }, blobs: [parts.config, ...parts.layers], placeOf };
}

const block = 512;
/** The longest JSON document or header that is read. */
const longest = 4 * 1024 ** 2;

/**
 * The places of the files in a tar archive that isn't compressed, by name (POSIX, "pax Interchange Format"). No files
 * if it isn't one. Blobs are uploaded from their places, because unpacking the archive would take as much room again.
 */
async function membersOf(file: FileHandle): Promise<ReadonlyMap<string, Place>> {
  const members = new Map<string, Place>();
  const header = Buffer.alloc(block);
  let longSize: number | undefined;
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(header, 0, block, at);
    if (bytesRead < block || header.toString("latin1", 257, 262) !== "ustar") return members;
    const size = longSize ?? (Number.parseInt(header.toString("latin1", 124, 136), 8) || 0);
    const start = at + block;
    const type = header.toString("latin1", 156, 157);
    longSize = type === "x" ? sizeIn(await read(file, { start, size })) : undefined;
    if (type === "0") members.set(nameIn(header), { start, size });
    at = start + Math.ceil(size / block) * block;
  }
}

const nameIn = (header: Buffer) => header.toString("latin1", 0, 100).replace(/\0.*$/s, "").replace(/^\.\//, "");

/** The size in an extended header, which has one if the header that follows can't express it. */
function sizeIn(records: Buffer): number | undefined {
  const [, size] = /(?:^|\n)\d+ size=(\d+)\n/.exec(records.toString("latin1")) ?? [];
  return size === undefined ? undefined : Number(size);
}

async function read(file: FileHandle, { start, size }: Place): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.min(size, longest));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}
