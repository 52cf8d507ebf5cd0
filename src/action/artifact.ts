import { appendFile, mkdtemp, symlink } from "node:fs/promises";
import { basename } from "node:path";
import { DefaultArtifactClient, type UploadArtifactOptions } from "@actions/artifact";
import { failure } from "../errors.ts";
import { isCompressed } from "./artifact-names.ts";
import type { Job } from "./job.ts";
import { findArtifact, noteUploaded } from "./run-artifacts.ts";

export interface Artifact {
  readonly name: string;
  readonly id: number;
  readonly url: string;
  readonly bytes: number;
}

export interface Upload {
  readonly name: string;
  readonly files: readonly string[];
  /** The directory that the files lie in. */
  readonly root: string;
  /** Whether the one file goes up without a zip around it. */
  readonly raw: boolean;
}

/** Uploads files as an artifact, in place of one that an earlier attempt of this job has left. */
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

/** A raw artifact is called like its file: under another name there is a link to it. */
async function namedFile({ name, files: [file = ""] }: Upload, { directory }: Job): Promise<string> {
  if (basename(file) === name) return file;
  const link = `${await mkdtemp(`${directory}/named-`)}/${name}`;
  await symlink(file, link);
  return link;
}

/** Deletes what has the name already, where that is this job's own; else the upload has failed. */
async function makeRoom(client: DefaultArtifactClient, name: string, { runner }: Job, cause: Error): Promise<void> {
  // The client has no class for this error.
  if (!/\(409\)/.test(cause.message)) throw cause;
  // Nothing is listed that is still being uploaded.
  const found = await findArtifact(name, runner).catch(() => undefined);
  if (!found?.isOurs)
    throw failure(
      "HOST",
      `another job or step of this run has an artifact called ${JSON.stringify(name)}`,
      "give each a name of its own with the input artifact-name, in a matrix with one of its values",
      { cause },
    );
  await client.deleteArtifact(name);
}

/** Tells the runner which files are worth attesting, where it asks for that. */
export async function recordSubjects(files: readonly string[], list: string | undefined): Promise<void> {
  if (list !== undefined) await appendFile(list, files.map((file) => `${file}\n`).join(""));
}
