import { randomUUID } from "node:crypto";
import { chmod, chown, rename, rm, writeFile } from "node:fs/promises";

/** The permissions of a file. */
export interface Permissions {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Replaces a file at once: whoever reads it meanwhile sees either text as a whole. */
export async function replaceFile(file: string, text: string, { mode, uid, gid }: Permissions): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}`;
  try {
    await writeFile(temporary, text, { flag: "wx", mode: 0o600 });
    await chown(temporary, uid, gid);
    await chmod(temporary, mode & 0o7777);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
