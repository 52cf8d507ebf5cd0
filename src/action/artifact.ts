import { appendFile } from "node:fs/promises";
import { basename } from "node:path";
import { ArtifactNotFoundError, DefaultArtifactClient } from "@actions/artifact";

export interface Artifact {
  readonly name: string;
  readonly id: number;
  readonly url: string;
  readonly bytes: number;
}

export interface UploadOptions {
  readonly name: string;
  /** Whether a single file that is compressed already may go up as it is, under its own name. */
  readonly raw: boolean;
  readonly retentionDays: number | undefined;
  readonly compressionLevel: number | undefined;
  /** `https://github.com/OWNER/REPOSITORY/actions/runs/RUN` */
  readonly runUrl: string;
}

/** What deflate can't make smaller. */
const compressed = /\.(qcow2|gz|xz|zst|bz2|lz|lzma|lzo|zip|squashfs|vmdk)$/;

/**
 * Uploads files as an artifact, in place of one that an earlier try of this run has left. What
 * doesn't go up raw is zipped.
 */
export async function uploadArtifact(
  files: readonly string[],
  root: string,
  options: UploadOptions,
): Promise<Artifact> {
  const client = new DefaultArtifactClient();
  const [only] = files;
  const raw =
    options.raw && files.length === 1 && only !== undefined && (compressed.test(only) || only.endsWith(".html"));
  const name = raw ? basename(only) : options.name;
  await client.deleteArtifact(name).catch((error) => {
    if (!(error instanceof ArtifactNotFoundError)) throw error;
  });
  const level = files.every((file) => compressed.test(file)) ? 0 : (options.compressionLevel ?? 6);
  const { id, size } = await client.uploadArtifact(name, [...files], root, {
    compressionLevel: level,
    ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    ...(raw ? { skipArchive: true } : {}),
  });
  if (id === undefined) throw new Error("the service gave the artifact no id");
  return { name, id, url: `${options.runUrl}/artifacts/${id}`, bytes: size ?? 0 };
}

/** Tells the runner which files are worth attesting, where it asks for that. */
export async function recordSubjects(files: readonly string[], list: string | undefined): Promise<void> {
  if (list !== undefined) await appendFile(list, files.map((file) => `${file}\n`).join(""));
}
