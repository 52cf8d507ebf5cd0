import { stat } from "node:fs/promises";
import { run } from "./command.ts";

/** Gives a file or a whole directory in a user's directory to that user, because only root can read the store. */
export async function handOver(path: string, directory: string): Promise<void> {
  const { uid, gid } = await stat(directory);
  await run(["chown", "--recursive", "--no-dereference", `${uid}:${gid}`, path]);
}
