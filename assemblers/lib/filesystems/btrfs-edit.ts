import { closeSync, lstatSync, openSync, writeSync } from "node:fs";
import { crc32c } from "../crc32c.ts";
import { derivedUuid, hexDigits } from "../identity.ts";
import { deviceNodes } from "../special-files.ts";
import {
  type Block,
  eraseFree,
  type Item,
  keyType,
  node,
  type Range,
  readSuperblocks,
  readTrees,
  superblock,
  uuidSize,
} from "./btrfs-nodes.ts";
import type { FileSystem } from "./filesystem.ts";

/** Offsets in an inode and in a tree's root. */
const inodeItem = { uid: 44, gid: 48, mode: 52, rdev: 56, atime: 112, ctime: 124, mtime: 136, otime: 148 } as const;
const rootItem = { uuid: 247, ctime: 327, otime: 339 } as const;
/**
 * An attribute begins with a key and a transaction's number. They mean nothing there, and mkfs.btrfs writes whatever
 * was in its memory.
 */
const attributeHeader = 25;

/** The numbers of the tree of roots, of the tree of files, and of the root directory's inode in it. */
const rootTree = 1n;
const filesTree = 5n;
const rootDirectory = 256n;

/**
 * Makes a file system that mkfs.btrfs has just written a function of the tree: replaces random ids and times of the
 * clock, and adds what mkfs.btrfs doesn't copy, which is the root directory's owner, mode and time and the numbers of
 * device nodes. Returns the parts of it that are in use, because mkfs.btrfs leaves remains in others.
 */
export function makeReproducible(draft: string, fileSystem: FileSystem): readonly Range[] {
  const file = openSync(draft, "r+");
  const superblocks = readSuperblocks(file);
  const { nodes, items, data } = readTrees(file, superblocks[0] as Block);
  for (const { type, data } of items) if (type === keyType.attribute) data.fill(0, 0, attributeHeader);
  setTimes(items, fileSystem.epoch);
  setRoot(items, fileSystem.tree);
  setDevices(items, fileSystem.tree);
  const uuids = randomUuids(superblocks[0] as Block, nodes, items);
  for (const { bytes } of nodes) eraseFree(bytes);
  const blocks = [...superblocks, ...nodes];
  for (const { bytes, places } of blocks) {
    for (const [index, uuid] of uuids.entries()) replaceUuid(bytes, uuid, derived(fileSystem, index));
    bytes.writeUInt32LE(crc32c(bytes.subarray(node.fsid)), 0);
    for (const place of places) writeSync(file, bytes, 0, bytes.length, place);
  }
  closeSync(file);
  return [...blocks.flatMap(({ bytes, places }) => places.map((start) => ({ start, length: bytes.length }))), ...data];
}

/** A time has 8 bytes of seconds and 4 of nanoseconds. */
function setTime(data: Buffer, offset: number, seconds: number): void {
  data.writeBigInt64LE(BigInt(seconds), offset);
  data.writeUInt32LE(0, offset + 8);
}

/**
 * Sets all times but those of the tree's files' contents: the times of access and change depend on the disk that the
 * tree is on.
 */
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

/** Gives the root directory the owner, mode and time of the tree's. */
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

/**
 * Gives device nodes their numbers. btrfs stores them as the kernel has them in memory: 12 bits of major, 20 of minor.
 */
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

/**
 * The parent's number and the name of a directory entry, with the number of its inode: the first part of a key of 17
 * bytes.
 */
function childOf({ owner, objectid, type, data }: Item): readonly (readonly [string, bigint])[] {
  if (owner !== filesTree || type !== keyType.dirIndex) return [];
  const name = data.toString("latin1", 30, 30 + data.readUInt16LE(27));
  return [[`${objectid}/${name}`, data.readBigUInt64LE(0)]];
}

/** The ids that mkfs.btrfs chose at random: the device's, the chunk tree's, and those of subvolumes. */
function randomUuids({ bytes }: Block, nodes: readonly Block[], items: readonly Item[]): readonly Buffer[] {
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
  Buffer.from(hexDigits(derivedUuid(id, `btrfs ${index} of ${uuid}`)), "hex");

/** Replaces an id everywhere, also as a key of the UUID tree, in which the key's type stands between its halves. */
function replaceUuid(bytes: Buffer, from: Buffer, to: Buffer): void {
  const asKey = (uuid: Buffer) =>
    Buffer.concat([uuid.subarray(0, 8), Buffer.from([keyType.subvolumeUuid]), uuid.subarray(8)]);
  for (const [old, now] of [
    [from, to],
    [asKey(from), asKey(to)],
  ] as const)
    for (let at = bytes.indexOf(old); at !== -1; at = bytes.indexOf(old, at + now.length)) now.copy(bytes, at);
}
