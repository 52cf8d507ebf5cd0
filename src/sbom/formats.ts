/** The formats of an SBOM, and the endings of their files. */
export const sbomFormats = {
  /** SPDX 2.3 in JSON: https://spdx.github.io/spdx-spec/v2.3/ */
  spdx: ".spdx.json",
  /** CycloneDX 1.6 in JSON: https://cyclonedx.org/docs/1.6/json/ */
  cyclonedx: ".cdx.json",
} as const;

export type SbomFormat = keyof typeof sbomFormats;

/** The media type of an SBOM, by the ending of its file: https://www.iana.org/assignments/media-types/ */
export const sbomMediaType = (path: string) =>
  path.endsWith(sbomFormats.spdx) ? "application/spdx+json" : "application/vnd.cyclonedx+json";

/** Whether a text names a format. */
export const isSbomFormat = (text: string): text is SbomFormat => Object.hasOwn(sbomFormats, text);

/** Whether a file is an SBOM, by its name. */
export const isSbomFile = (name: string) => Object.values(sbomFormats).some((ending) => name.endsWith(ending));
