import { randomUUID } from "node:crypto";
import { copyFile, rename, symlink, writeFile } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { removeTree } from "../host/remove.ts";
import type { Layout } from "./layout.ts";

/** Puts a file in its place by a rename, so that another build finds the old one or the new one, always whole. */
export async function putFile(layout: Layout, text: string, place: string): Promise<void> {
  const file = `${layout.temporary}/file-${randomUUID()}`;
  await writeFile(file, text, { mode: 0o644 });
  await put(file, place);
}

/** Puts a symbolic link in its place, likewise. */
export async function putLink(layout: Layout, target: string, place: string): Promise<void> {
  const link = `${layout.temporary}/link-${randomUUID()}`;
  await symlink(target, link);
  await put(link, place);
}

/** Puts a copy of a file in its place, likewise. Does nothing if there is no such file. */
export async function putCopy(layout: Layout, from: string, place: string): Promise<void> {
  const copy = `${layout.temporary}/copy-${randomUUID()}`;
  try {
    await copyFile(from, copy);
    await put(copy, place);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

async function put(unfinished: string, place: string): Promise<void> {
  await rename(unfinished, place).catch(async (error) => {
    // Only damage puts a directory there.
    if (!hasCode(error, "EISDIR")) throw error;
    await removeTree(place);
    await rename(unfinished, place);
  });
}
