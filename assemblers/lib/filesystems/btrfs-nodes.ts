import { fstatSync, readSync } from "node:fs";

// Offsets and key types are those of the kernel's include/uapi/linux/btrfs_tree.h: packed structures, little-endian.

/** Offsets in a superblock. */
export const superblock = {
  size: 4096,
  fsid: 32,
  magic: 64,
  rootTree: 80,
  chunkTree: 88,
  nodeSize: 148,
  systemChunksSize: 160,
  deviceUuid: 267,
  systemChunks: 811,
} as const;
/** The places of the superblock and its copies. A device has those that lie within it. */
const superblockPlaces: readonly number[] = [0x10000, 0x4000000, 0x4000000000];

/** Offsets in a node's header, and the sizes of what follows it. */
export const node = {
  fsid: 32,
  chunkTreeUuid: 64,
  owner: 88,
  itemCount: 96,
  level: 100,
  items: 101,
  itemSize: 25,
  pointerSize: 33,
} as const;

/** The size of a key, and the offset of what follows the type in it. */
const key = { size: 17, offset: 9 } as const;
/** Offsets in an item that describes a chunk: its length, the number of its copies, the copies, and where one lies. */
const chunkItem = { length: 0, copies: 44, firstCopy: 48, copySize: 32, place: 8 } as const;
/** The offset of a tree's uppermost node in the item that describes the tree. */
const rootNode = 176;
/** Offsets in an item that describes a part of a file: its kind, and where it lies. */
const extentItem = { kind: 20, start: 21, length: 29 } as const;
/** Parts of files whose content is in the item itself have other kinds. */
const onDisk = 1;

/** The size of an id. */
export const uuidSize = 16;

/** Types of items, as their keys have them. */
export const keyType = {
  inode: 1,
  attribute: 24,
  dirIndex: 96,
  extent: 108,
  root: 132,
  chunk: 228,
  subvolumeUuid: 251,
} as const;

/** A superblock or a node, which may have copies. Both begin with a checksum of the rest. */
export interface Block {
  readonly places: readonly number[];
  readonly bytes: Buffer;
}

/** A part of the device that is in use. */
export interface Range {
  readonly start: number;
  readonly length: number;
}

/** The part of the logical addresses that lies in one piece, or in several copies, on the device. */
interface Chunk {
  readonly logical: number;
  readonly length: number;
  readonly places: readonly number[];
}

/** An item of a leaf, with the tree that owns the leaf. */
export interface Item {
  readonly owner: bigint;
  readonly objectid: bigint;
  readonly type: number;
  /** The last number of the key. */
  readonly offset: bigint;
  readonly data: Buffer;
}

function readAt(file: number, place: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, place);
  return bytes;
}

/** Reads the superblock and its copies. */
export function readSuperblocks(file: number): readonly Block[] {
  const { size } = fstatSync(file);
  const places = superblockPlaces.filter((place) => place + superblock.size <= size);
  return places
    .map((place) => ({ places: [place], bytes: readAt(file, place, superblock.size) }))
    .filter(({ bytes }) => bytes.toString("latin1", superblock.magic, superblock.magic + 8) === "_BHRfS_M");
}

/** The nodes of all trees, and what they say about the device. */
export interface Contents {
  readonly nodes: readonly Block[];
  readonly items: readonly Item[];
  /** The parts that hold the files' content. */
  readonly data: readonly Range[];
}

/** Reads the trees, beginning with the two that a superblock names. */
export function readTrees(file: number, { bytes: first }: Block): Contents {
  const nodeSize = first.readUInt32LE(superblock.nodeSize);
  const chunks = systemChunks(first);
  const nodes: Block[] = [];
  const read = (logical: bigint) => {
    const places = placesOf(chunks, Number(logical));
    const block = { places, bytes: readAt(file, places[0] as number, nodeSize) };
    nodes.push(block);
    for (const child of childrenOf(block.bytes)) read(child);
  };

  read(first.readBigUInt64LE(superblock.chunkTree));
  const known = nodes.flatMap(({ bytes }) => itemsOf(bytes)).filter(({ type }) => type === keyType.chunk);
  chunks.push(...known.map(({ offset, data }) => chunkOf(Number(offset), data)));
  read(first.readBigUInt64LE(superblock.rootTree));
  const trees = nodes.flatMap(({ bytes }) => itemsOf(bytes)).filter(({ type }) => type === keyType.root);
  for (const { data } of trees) read(data.readBigUInt64LE(rootNode));

  const items = nodes.flatMap(({ bytes }) => itemsOf(bytes));
  const data = items
    .filter(({ type, data }) => type === keyType.extent && data.readUInt8(extentItem.kind) === onDisk)
    .map(({ data }) => [data.readBigUInt64LE(extentItem.start), data.readBigUInt64LE(extentItem.length)].map(Number))
    // A hole starts nowhere.
    .filter(([start]) => start !== 0)
    .flatMap(([start = 0, length = 0]) => placesOf(chunks, start).map((place) => ({ start: place, length })));
  return { nodes, items, data };
}

/** The superblock's list of the chunks that the chunk tree is in: each with its key before it. */
function systemChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  const end = superblock.systemChunks + bytes.readUInt32LE(superblock.systemChunksSize);
  for (let at: number = superblock.systemChunks; at < end; ) {
    const data = bytes.subarray(at + key.size);
    const chunk = chunkOf(Number(bytes.readBigUInt64LE(at + key.offset)), data);
    chunks.push(chunk);
    at += key.size + chunkItem.firstCopy + chunk.places.length * chunkItem.copySize;
  }
  return chunks;
}

function chunkOf(logical: number, data: Buffer): Chunk {
  const places = Array.from({ length: data.readUInt16LE(chunkItem.copies) }, (_, copy) =>
    Number(data.readBigUInt64LE(chunkItem.firstCopy + copy * chunkItem.copySize + chunkItem.place)),
  );
  return { logical, length: Number(data.readBigUInt64LE(chunkItem.length)), places };
}

function placesOf(chunks: readonly Chunk[], logical: number): readonly number[] {
  const chunk = chunks.find((each) => logical >= each.logical && logical < each.logical + each.length);
  if (chunk === undefined) throw new Error(`mkfs.btrfs wrote an address in no chunk: ${logical}`);
  return chunk.places.map((place) => place + logical - chunk.logical);
}

/** The nodes below a node that isn't a leaf. */
function childrenOf(bytes: Buffer): readonly bigint[] {
  if (bytes.readUInt8(node.level) === 0) return [];
  return Array.from({ length: bytes.readUInt32LE(node.itemCount) }, (_, index) =>
    bytes.readBigUInt64LE(node.items + index * node.pointerSize + key.size),
  );
}

/** The items of a leaf. Other nodes have pointers instead. */
function itemsOf(bytes: Buffer): readonly Item[] {
  if (bytes.readUInt8(node.level) !== 0) return [];
  const owner = bytes.readBigUInt64LE(node.owner);
  return Array.from({ length: bytes.readUInt32LE(node.itemCount) }, (_, index) => {
    const at = node.items + index * node.itemSize;
    const start = node.items + bytes.readUInt32LE(at + 17);
    return {
      owner,
      objectid: bytes.readBigUInt64LE(at),
      type: bytes.readUInt8(at + 8),
      offset: bytes.readBigUInt64LE(at + key.offset),
      data: bytes.subarray(start, start + bytes.readUInt32LE(at + 21)),
    };
  });
}

/** Erases the unused part of a node, which may hold earlier content of that place, such as times of the clock. */
export function eraseFree(bytes: Buffer): void {
  const count = bytes.readUInt32LE(node.itemCount);
  if (bytes.readUInt8(node.level) !== 0) {
    bytes.fill(0, node.items + count * node.pointerSize);
    return;
  }
  const end = node.items + count * node.itemSize;
  // Data are stored from the end of the leaf backwards, so those of the last item come first.
  const data = count === 0 ? bytes.length : node.items + bytes.readUInt32LE(end - 8);
  bytes.fill(0, end, data);
}
