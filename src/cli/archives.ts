import { dirname } from "node:path";
import { failure } from "../errors.ts";
import { statIfThere } from "../host/paths.ts";
import type { BuildArguments } from "./command.ts";

/** Checks before the build that the archive to start from exists and that the other one can be written. */
export async function requireArchives({ from, save }: Pick<BuildArguments, "from" | "save">): Promise<void> {
  if (from !== undefined) await requireFile(from);
  if (save !== undefined) await requirePlace(save);
}

async function requireFile(path: string): Promise<void> {
  const found = await statIfThere(path);
  const wrong = (what: string) => failure("INVALID", `${path}: ${what}`, "name a tar archive");
  if (found === undefined) throw wrong("no such file");
  if (!found.isFile()) throw wrong("not a regular file");
}

async function requirePlace(path: string): Promise<void> {
  const wrong = (message: string) => failure("INVALID", message, "--save takes the name of a tar archive");
  if ((await statIfThere(path))?.isDirectory()) throw wrong(`${path} is a directory`);
  const directory = dirname(path);
  if (!(await statIfThere(directory))?.isDirectory()) throw wrong(`there is no directory ${directory}`);
}
