import type { Origin } from "../builder/protocol.ts";
import type { Image } from "../report/pipeline-report.ts";
import type { Inputs } from "./inputs.ts";
import type { Job } from "./job.ts";
import type { FoundImage } from "./previous.ts";
import type { Run } from "./run.ts";

/**
 * The origin of the branch's last upload, if the image is needed for nothing but another upload. Then looking for its
 * entries in the cache is enough, if it would be the same once more.
 */
export function lastUpload({ earlier }: Run, { inputs }: Job): Origin | null {
  if (!earlier?.origin || inputs.upload !== "if-changed" || isNeeded(inputs)) return null;
  const { origin, contentsKey } = earlier;
  // The next image that differs is compared with its contents.
  return { ...origin, entries: [...origin.entries, contentsKey] };
}

/** Whether something besides an upload needs the image, or its steps have to be looked at one by one. */
function isNeeded(inputs: Inputs): boolean {
  const { bootTest, verify, attest, sbom, push, refresh, noCache } = inputs;
  const { output, store, compareWith, maxSize, maxGrowth, maxAge } = inputs;
  return (
    [output, store, compareWith, maxSize, maxGrowth, maxAge].some((value) => value !== undefined) ||
    [bootTest, verify, attest, noCache].includes(true) ||
    [sbom, push, refresh].some(({ length }) => length > 0)
  );
}

/** The branch's last upload, as reports show it. */
export function uploadedImage({ image }: FoundImage): Image {
  const nothing = { disk: null, boot: null, artifactUrl: null, notUploaded: null, attestationUrl: null, pushed: [] };
  return { ...image, ...nothing, uploadedBefore: true };
}
