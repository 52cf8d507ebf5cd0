import { closeSync, fstatSync, lstatSync, openSync, readSync, writeSync } from "node:fs";
import { crc32c } from "./crc32c.ts";
import { deviceNodes } from "./devices.ts";
import type { FileSystem } from "./filesystem.ts";
import { derivedUuid } from "./identity.ts";

/** The structures are those of the kernel's include/uapi/linux/btrfs_tree.h: packed, little-endian. */
const superblock = {
  size: 4096,
  fsid: 32,
  magic: 64,
  nodeSize: 148,
  deviceUuid: 267,
} as const;
/** Those of larger devices have more copies. */
const superblockPlaces: readonly number[] = [0x10000, 0x4000000, 0x4000000000];
const node = {
  fsid: 32,
  chunkTreeUuid: 64,
  owner: 88,
  itemCount: 96,
  level: 100,
  items: 101,
  itemSize: 25,
  pointerSize: 33,
} as const;
const inodeItem = { uid: 44, gid: 48, mode: 52, rdev: 56, atime: 112, ctime: 124, mtime: 136, otime: 148 } as const;
const rootItem = { uuid: 247, ctime: 327, otime: 339 } as const;
/** A key and a number of a transaction, which mean nothing for an attribute: mkfs.btrfs leaves there what was in its memory. */
const attributeHeader = 25;
const uuidSize = 16;

const keyType = { inode: 1, attribute: 24, dirIndex: 96, root: 132, subvolumeUuid: 251 } as const;
const rootTree = 1n;
const filesTree = 5n;
const rootDirectory = 256n;

interface Node {
  readonly place: number;
  readonly bytes: Buffer;
}

interface Item {
  readonly owner: bigint;
  readonly objectid: bigint;
  readonly type: number;
  readonly data: Buffer;
}

/**
 * Makes a file system that mkfs.btrfs has just written a function of the tree: without random ids and times of the
 * clock, and with what it has forgotten, the root directory's owner, mode and time and the numbers of device nodes.
 */
export function settle(draft: string, fileSystem: FileSystem): void {
  const file = openSync(draft, "r+");
  const superblocks = readSuperblocks(file);
  const nodes = readNodes(file, superblocks[0] as Node);
  const items = nodes.flatMap(({ bytes }) => itemsOf(bytes));
  for (const { type, data } of items) if (type === keyType.attribute) data.fill(0, 0, attributeHeader);
  setTimes(items, fileSystem.epoch);
  setRoot(items, fileSystem.tree);
  setDevices(items, fileSystem.tree);
  const uuids = randomUuids(superblocks[0] as Node, nodes, items);
  for (const { bytes } of nodes) eraseFree(bytes);
  for (const part of [...superblocks, ...nodes]) {
    for (const [index, uuid] of uuids.entries()) replaceUuid(part.bytes, uuid, derived(fileSystem, index));
    part.bytes.writeUInt32LE(crc32c(part.bytes.subarray(node.fsid)), 0);
    writeSync(file, part.bytes, 0, part.bytes.length, part.place);
  }
  closeSync(file);
}

function readAt(file: number, place: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, place);
  return bytes;
}

function readSuperblocks(file: number): readonly Node[] {
  const { size } = fstatSync(file);
  const places = superblockPlaces.filter((place) => place + superblock.size <= size);
  return places
    .map((place) => ({ place, bytes: readAt(file, place, superblock.size) }))
    .filter(({ bytes }) => bytes.toString("latin1", superblock.magic, superblock.magic + 8) === "_BHRfS_M");
}

/** Every node there is, also of a tree that has been given up: each has the file system's id and the chunk tree's, a random one. */
function readNodes(file: number, { bytes: first }: Node): readonly Node[] {
  const { size } = fstatSync(file);
  const nodeSize = first.readUInt32LE(superblock.nodeSize);
  const fsid = first.subarray(superblock.fsid, superblock.fsid + uuidSize);
  const nodes: Node[] = [];
  const header = Buffer.alloc(node.items);
  for (let place = 0; place + nodeSize <= size; place += nodeSize) {
    readSync(file, header, 0, header.length, place);
    const isNode = header.subarray(node.fsid, node.fsid + uuidSize).equals(fsid);
    if (isNode && !superblockPlaces.includes(place)) nodes.push({ place, bytes: readAt(file, place, nodeSize) });
  }
  return nodes;
}

/** A leaf's items; of a node above the leaves none. */
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
      data: bytes.subarray(start, start + bytes.readUInt32LE(at + 21)),
    };
  });
}

/** What a node doesn't use may still hold what it had before, or what was there before it, times of the clock among it. */
function eraseFree(bytes: Buffer): void {
  const count = bytes.readUInt32LE(node.itemCount);
  if (bytes.readUInt8(node.level) !== 0) {
    bytes.fill(0, node.items + count * node.pointerSize);
    return;
  }
  const end = node.items + count * node.itemSize;
  // The last item's data come first.
  const data = count === 0 ? bytes.length : node.items + bytes.readUInt32LE(end - 8);
  bytes.fill(0, end, data);
}

/** A time is seconds, in 8 bytes, and nanoseconds, in 4. */
function setTime(data: Buffer, offset: number, seconds: number): void {
  data.writeBigInt64LE(BigInt(seconds), offset);
  data.writeUInt32LE(0, offset + 8);
}

/** What was changed or read last is of the disk that the tree lies on. A file's own time is the tree's. */
function setTimes(items: readonly Item[], epoch: number): void {
  for (const { owner, type, data } of items) {
    if (type === keyType.inode) {
      const { atime, ctime, mtime, otime } = inodeItem;
      for (const offset of [atime, ctime, otime]) setTime(data, offset, epoch);
      if (owner !== filesTree) setTime(data, mtime, epoch);
    }
    if (type === keyType.root) for (const offset of [rootItem.ctime, rootItem.otime]) setTime(data, offset, epoch);
  }
}

function setRoot(items: readonly Item[], tree: string): void {
  const { uid, gid, mode, mtimeMs } = lstatSync(tree);
  for (const { data } of inodes(items, rootDirectory)) {
    data.writeUInt32LE(uid, inodeItem.uid);
    data.writeUInt32LE(gid, inodeItem.gid);
    data.writeUInt32LE(mode, inodeItem.mode);
    setTime(data, inodeItem.mtime, Math.floor(mtimeMs / 1000));
  }
}

const inodes = (items: readonly Item[], number: bigint) =>
  items.filter(({ owner, objectid, type }) => owner === filesTree && type === keyType.inode && objectid === number);

/** Gives device nodes their numbers, as the kernel has them in memory: 12 bits of major, 20 of minor. */
function setDevices(items: readonly Item[], tree: string): void {
  const devices = deviceNodes(tree);
  if (devices.length === 0) return;
  const children = new Map(items.flatMap(childOf));
  for (const { path, rdev } of devices) {
    const [major, minor] = [(rdev >> 8n) & 0xfffn, (rdev & 0xffn) | ((rdev >> 12n) & 0xfff00n)];
    const names = path.split("/").slice(1);
    const number = names.reduce((parent, name) => children.get(`${parent}/${name}`) ?? 0n, rootDirectory);
    for (const { data } of inodes(items, number)) data.writeBigUInt64LE((major << 20n) | minor, inodeItem.rdev);
  }
}

/** An entry of a directory: where it leads to, 17 bytes of a key of which the inode's number is the first, and its name. */
function childOf({ owner, objectid, type, data }: Item): readonly (readonly [string, bigint])[] {
  if (owner !== filesTree || type !== keyType.dirIndex) return [];
  const name = data.toString("latin1", 30, 30 + data.readUInt16LE(27));
  return [[`${objectid}/${name}`, data.readBigUInt64LE(0)]];
}

/** The ids that mkfs.btrfs gave out at random: the device's, the chunk tree's, and those of trees of files. */
function randomUuids({ bytes }: Node, nodes: readonly Node[], items: readonly Item[]): readonly Buffer[] {
  const roots = items.filter(({ owner, type }) => owner === rootTree && type === keyType.root);
  const found = [
    bytes.subarray(superblock.deviceUuid, superblock.deviceUuid + uuidSize),
    ...nodes.map((each) => each.bytes.subarray(node.chunkTreeUuid, node.chunkTreeUuid + uuidSize)),
    ...roots.map(({ data }) => data.subarray(rootItem.uuid, rootItem.uuid + uuidSize)),
  ];
  const distinct = new Map(found.map((uuid) => [uuid.toString("latin1"), Buffer.from(uuid)]));
  return [...distinct.values()].filter((uuid) => uuid.some((byte) => byte !== 0));
}

const derived = ({ id, uuid }: FileSystem, index: number) =>
  Buffer.from(derivedUuid(id, `btrfs ${index} of ${uuid}`).replaceAll("-", ""), "hex");

/** Wherever it stands, also as a key of the tree of ids: there its halves have the key's type between them. */
function replaceUuid(bytes: Buffer, from: Buffer, to: Buffer): void {
  const asKey = (uuid: Buffer) =>
    Buffer.concat([uuid.subarray(0, 8), Buffer.from([keyType.subvolumeUuid]), uuid.subarray(8)]);
  for (const [old, now] of [
    [from, to],
    [asKey(from), asKey(to)],
  ] as const)
    for (let at = bytes.indexOf(old); at !== -1; at = bytes.indexOf(old, at + now.length)) now.copy(bytes, at);
}
