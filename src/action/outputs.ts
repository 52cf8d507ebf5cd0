import type { Delivered } from "./deliver.ts";

/**
 * The Action's outputs, by name. Those about a single image are about the first pipeline's; `manifest` has all of them.
 */
export function outputsOf(delivered: readonly Delivered[]): Readonly<Record<string, string>> {
  const pipelines = delivered.map(manifestOf);
  const [first] = pipelines;
  const results = pipelines.flatMap(({ stages }) => stages.map(({ result }) => result));
  const built = results.filter((result) => result === "built").length;
  const cached = results.filter((result) => result === "cached").length;
  return {
    "tree-id": first?.["tree-id"] ?? "",
    "output-id": first?.["output-id"] ?? "",
    image: first?.image ?? "",
    "image-sha256": first?.["image-sha256"] ?? "",
    sbom: first?.sbom.join("\n") ?? "",
    pushed: first?.pushed.join("\n") ?? "",
    changes: first?.changes ?? "",
    "changes-json": first?.["changes-json"] ?? "",
    "artifact-id": String(first?.["artifact-id"] ?? ""),
    "artifact-url": first?.["artifact-url"] ?? "",
    attestation: first?.attestation ?? "",
    "attestation-id": first?.["attestation-id"] ?? "",
    "attestation-url": first?.["attestation-url"] ?? "",
    "cache-hit": cached === 0 ? "none" : cached === results.length ? "full" : "partial",
    "stages-built": String(built),
    "stages-cached": String(cached),
    manifest: JSON.stringify({ pipelines }),
  };
}

const manifestOf = ({ run, report, artifact, attestation, directory, changes }: Delivered) => ({
  pipeline: report.pipeline,
  "tree-id": report.treeId,
  "output-id": report.outputId,
  image: report.image === null || directory === undefined ? null : `${directory}/${report.image.path}`,
  "image-sha256": report.image?.sha256 ?? null,
  "image-size": report.image?.bytes ?? null,
  sbom: (run.built?.sboms ?? []).map((path) => `${directory}/${path}`),
  pushed: report.image?.pushed ?? [],
  changes: changes?.markdown ?? null,
  "changes-json": changes?.json ?? null,
  "artifact-id": artifact?.id ?? null,
  "artifact-url": artifact?.url ?? null,
  attestation: attestation?.file ?? null,
  "attestation-id": attestation?.id ?? null,
  "attestation-url": attestation?.url ?? null,
  stages: report.steps.map(({ step, result }) => ({
    name: step.name,
    id: step.id,
    kind: step.kind,
    result: result.type === "running" ? "interrupted" : result.type,
  })),
  problems: run.problems.map(({ message, hint }) => ({ message, hint })),
});
