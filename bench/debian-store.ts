import { mkdir, readdir, rm } from "node:fs/promises";

/** Empties a store, except for the downloads of its programs. */
export async function emptyStore(store: string): Promise<void> {
  await mkdir(store, { recursive: true });
  for (const name of await readdir(store)) {
    if (name !== "state") await rm(`${store}/${name}`, { recursive: true });
  }
}
