import { type Blob, type Blobs, digestOf } from "./blobs.ts";
import type { Clock } from "./clock.ts";
import type { Access, Head, Method } from "./jobs.ts";
import type { SignedUrls } from "./signed-urls.ts";
import { type Message, number, text, twirpError } from "./twirp.ts";

export interface Artifact {
  readonly id: number;
  readonly run: string;
  readonly job: string;
  readonly name: string;
  readonly size: number;
  readonly digest: string;
  /** The expiry that the uploader asked for, in ISO 8601. */
  readonly expiresAt: string | undefined;
  /** The file that was uploaded. */
  readonly path: string;
  readonly blob: Blob;
  /** The branch of the job that uploaded it. */
  readonly head: Head;
}

interface Upload {
  readonly blob: Blob;
  readonly access: Access;
  readonly name: string;
  readonly expiresAt: string | undefined;
  /** The id, once it is complete. */
  artifact?: Artifact;
  readonly created: number;
}

export function openArtifacts(blobs: Blobs, urls: SignedUrls, clock: Clock) {
  let uploads: Upload[] = [];
  let lastId = 0;

  const methods: Record<string, Method> = {
    CreateArtifact: create,
    FinalizeArtifact: finalize,
    ListArtifacts: list,
    GetSignedArtifactURL: locate,
    DeleteArtifact: remove,
  };
  return { methods, complete: (): readonly Artifact[] => uploads.flatMap(({ artifact }) => artifact ?? []) };

  function create(request: Message, access: Access): Message {
    requireOwnRun(request, access);
    const name = text(request, "name");
    if (/["<>|*?\\/:\r\n]/.test(name)) throw twirpError("invalid_argument", `${name} is not an artifact's name`);
    if (find(access, name) !== undefined)
      throw twirpError("already_exists", "an artifact with this name already exists on the workflow run");
    const blob = blobs.create(name);
    const expiresAt = request.expires_at as string | undefined;
    uploads.push({ blob, access, name, expiresAt, created: clock.now() });
    return { ok: true, signed_upload_url: urls.sign(blob.id, "cw") };
  }

  async function finalize(request: Message, access: Access): Promise<Message> {
    requireOwnRun(request, access);
    const upload = find(access, text(request, "name"));
    if (upload === undefined) throw twirpError("not_found", "no upload of this artifact is under way");
    const { blob, name, expiresAt } = upload;
    const { size = 0 } = blob;
    const digest = `sha256:${await digestOf(blob)}`;
    if (size !== number(request, "size") || digest !== (request.hash ?? digest))
      throw twirpError("invalid_argument", "what was uploaded isn't what is finalized");
    blob.sealed = true;
    const { run, job, head } = access;
    const id = ++lastId;
    upload.artifact = { id, run, job, name, size, digest, expiresAt, path: blob.path, blob, head };
    return { ok: true, artifact_id: `${id}` };
  }

  function list(request: Message, access: Access): Message {
    requireOwnRun(request, access);
    const artifacts = uploads.flatMap(({ artifact, created }) =>
      artifact !== undefined &&
      artifact.run === access.run &&
      artifact.name === (request.name_filter ?? artifact.name) &&
      `${artifact.id}` === (request.id_filter ?? `${artifact.id}`)
        ? [
            {
              workflow_run_backend_id: artifact.run,
              workflow_job_run_backend_id: artifact.job,
              database_id: `${artifact.id}`,
              name: artifact.name,
              size: `${artifact.size}`,
              created_at: new Date(created).toISOString(),
              digest: artifact.digest,
            },
          ]
        : [],
    );
    return { artifacts };
  }

  function locate(request: Message, access: Access): Message {
    const { blob, name } = existing(request, access);
    return { signed_url: downloadUrl(urls, blob, name) };
  }

  async function remove(request: Message, access: Access): Promise<Message> {
    const { blob, artifact } = existing(request, access);
    uploads = uploads.filter((upload) => upload.blob !== blob);
    await blobs.remove(blob);
    return { ok: true, artifact_id: `${artifact?.id}` };
  }

  /** An artifact is identified by its run, the job that uploaded it, and its name. */
  function existing(request: Message, access: Access): Upload {
    requireOwnRun(request, access);
    const upload = find(access, text(request, "name"));
    const isNamed = upload?.access.job === text(request, "workflow_job_run_backend_id");
    if (upload?.artifact === undefined || !isNamed) throw twirpError("not_found", "artifact not found");
    return upload;
  }

  /** Names are unique in a run, across its jobs. */
  function find(access: Access, name: string): Upload | undefined {
    return uploads.find((upload) => upload.access.run === access.run && upload.name === name);
  }
}

/** The URL to download a file from. */
export function downloadUrl(urls: SignedUrls, blob: Blob, name: string): string {
  const fileName = blob.contentType === "application/zip" ? `${name}.zip` : name;
  return urls.sign(blob.id, "r", `attachment; filename="${fileName}"`);
}

function requireOwnRun(request: Message, access: Access): void {
  if (text(request, "workflow_run_backend_id") === access.run) return;
  throw twirpError("permission_denied", "this token is another run's");
}
