import { formatBytes, formatSeconds } from "./format.ts";
import { type PipelineReport, wholeTime } from "./pipeline-report.ts";

/**
 * The last lines of the log about a pipeline: its image, with where to find it, and its report. A push comes last.
 * Without a directory the image isn't on this machine.
 */
export function lastLines(report: PipelineReport, directory: string | undefined): readonly string[] {
  const { image, pipeline, links } = report;
  const page = links.report === null ? [] : [`report: ${links.report}`];
  const log = links.log === null ? [] : [`log of the failed step: ${links.log}`];
  const took = report.times.build === 0 ? [] : [`${pipeline} took ${formatSeconds(wholeTime(report))}`];
  const tree = links.tree === null ? [] : [`tree of the failed step: ${links.tree}`];
  if (image === null) return [...took, ...page, ...log, ...tree];
  const place = image.artifactUrl ?? (directory === undefined ? "uploaded before" : `${directory}/${image.path}`);
  const pushed = image.pushed.map((reference) => `pushed: ${reference}`);
  return [...took, ...page, `${image.path}: ${formatBytes(image.bytes)}, sha256:${image.sha256}, ${place}`, ...pushed];
}
