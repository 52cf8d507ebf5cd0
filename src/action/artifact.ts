import { appendFile, mkdtemp, symlink } from "node:fs/promises";
import { basename } from "node:path";
import { DefaultArtifactClient, type UploadArtifactOptions } from "@actions/artifact";
import { failure } from "../errors.ts";
import { isCompressed } from "./artifact-names.ts";
import type { Job } from "./job.ts";
import { findArtifact, noteUploaded } from "./run-artifacts.ts";

/** An uploaded artifact. */
export interface Artifact {
  readonly name: string;
  readonly id: number;
  readonly url: string;
  readonly bytes: number;
}

/** The files of an artifact, and how to upload them. */
export interface Upload {
  readonly name: string;
  readonly files: readonly string[];
  /** The directory that contains the files. */
  readonly root: string;
  /** Whether the only file is uploaded without a zip around it. */
  readonly raw: boolean;
}

/** Uploads files as an artifact, which replaces one of an earlier attempt of this job. */
export async function uploadArtifact(upload: Upload, job: Job): Promise<Artifact> {
  const { name, root } = upload;
  const { runner } = job;
  const client = new DefaultArtifactClient();
  const files = upload.raw ? [await namedFile(upload, job)] : [...upload.files];
  const put = () => client.uploadArtifact(name, files, root, optionsOf(upload, job));
  const { id, size } = await put().catch(async (error) => {
    await makeRoom(client, name, job, error);
    return put();
  });
  if (id === undefined) throw new Error("the service gave the artifact no id");
  await noteUploaded(id, runner);
  return { name, id, url: `${runner.runUrl}/artifacts/${id}`, bytes: size ?? 0 };
}

function optionsOf({ files, raw }: Upload, { inputs }: Job): UploadArtifactOptions {
  const { retentionDays, compressionLevel = 6 } = inputs;
  return {
    compressionLevel: files.every(isCompressed) ? 0 : compressionLevel,
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(raw ? { skipArchive: true } : {}),
  };
}

/** The file of a raw artifact. The artifact is named after it, so another name needs a link with that name. */
async function namedFile({ name, files: [file = ""] }: Upload, { directory }: Job): Promise<string> {
  if (basename(file) === name) return file;
  const link = `${await mkdtemp(`${directory}/named-`)}/${name}`;
  await symlink(file, link);
  return link;
}

/** Deletes an artifact with this name if it is this job's own. Otherwise the upload has failed. */
async function makeRoom(client: DefaultArtifactClient, name: string, { runner }: Job, cause: Error): Promise<void> {
  // The client has no class for this error.
  if (!/\(409\)/.test(cause.message)) throw cause;
  // Artifacts that are still being uploaded aren't listed.
  const found = await findArtifact(name, runner).catch(() => undefined);
  if (!found?.isOurs)
    throw failure(
      "HOST",
      `another job or step of this run has an artifact named ${JSON.stringify(name)}`,
      "give each its own name with the input artifact-name, which in a matrix can contain one of its values",
      { cause },
    );
  await client.deleteArtifact(name);
}

/** Records files for the runner to attest, if it wants such a list. */
export async function recordSubjects(files: readonly string[], list: string | undefined): Promise<void> {
  if (list !== undefined) await appendFile(list, files.map((file) => `${file}\n`).join(""));
}
