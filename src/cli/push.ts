import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { failure, hasCode } from "../errors.ts";
import type { AttachedDocument } from "../registry/attach.ts";
import type { Environment } from "../registry/credentials.ts";
import { pushImage } from "../registry/push-image.ts";
import type { TaggedReference } from "../registry/reference.ts";
import { pushedText } from "../report/pushed.ts";
import { sbomFormats, sbomMediaType } from "../sbom/formats.ts";
import { sha256 } from "../store/objects.ts";
import { wrong } from "./values.ts";

/** `osbuild push`: puts an image's file, and the SBOMs beside it, into a registry. It runs as the user, who logs in. */
export async function pushCommand(
  { image, target }: { readonly image: string; readonly target: TaggedReference },
  env: Environment,
  signal: AbortSignal,
): Promise<void> {
  const size = await sizeOf(image);
  const content = async () => ({ sha256: await sha256(image), size });
  const files = [{ path: image, title: basename(image), content }];
  const documents = await sbomsBeside(image);
  const pushed = await pushImage({ files, documents }, target, { env, signal }).catch((error) => {
    throw signal.aborted ? failure("INTERRUPTED", "interrupted") : error;
  });
  process.stdout.write(`${pushedText(pushed)}\n`);
}

/** The size of a file in bytes. Throws if there is no such file. */
async function sizeOf(image: string): Promise<number> {
  const stats = await stat(image).catch((error) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
  if (stats === undefined) throw wrong(`there is no file ${image}`, "name the file that `osbuild -o DIR` made");
  if (!stats.isFile()) throw wrong(`${image} isn't a file`, "name the image in it");
  return stats.size;
}

async function sbomsBeside(image: string): Promise<readonly AttachedDocument[]> {
  const found: AttachedDocument[] = [];
  for (const ending of Object.values(sbomFormats)) {
    const path = `${image}${ending}`;
    const text = await readFile(path, "utf8").catch((error) => {
      if (!hasCode(error, "ENOENT")) throw error;
    });
    if (text !== undefined) found.push({ title: basename(path), mediaType: sbomMediaType(path), text });
  }
  return found;
}
