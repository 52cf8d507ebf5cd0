import { isSbomFile } from "../sbom/formats.ts";
import type { ListedPackage } from "../tree/changes.ts";

/** The SBOM that the input compare-with names. */
export type NamedSbom =
  | { readonly type: "file"; readonly path: string }
  /** An artifact of a run. Without a name it is the only image's. */
  | { readonly type: "run"; readonly run: string; readonly name: string | undefined }
  /** The branch's newest artifact of this name. */
  | { readonly type: "artifact"; readonly name: string }
  /** An asset of a release. Without a name it is the only image's. */
  | { readonly type: "release"; readonly tag: string; readonly name: string | undefined };

/** The image that it is about. */
export interface NamedImage {
  /** The name of the image, for people. */
  readonly label: string;
  readonly packages: readonly ListedPackage[];
}

/** The forms of the input, for its error. */
export const sbomForms =
  "an SBOM's path, run:ID, release:TAG or release:latest, each with /NAME if it has several images, or artifact:NAME. NAME is that of an SBOM, such as web.qcow2.spdx.json";

/** Reads the name of an SBOM. A text without one of the three words is a path. Undefined if it is wrong. */
export function parseNamedSbom(text: string): NamedSbom | undefined {
  const [, type, rest = ""] = /^(run|artifact|release):(.+)$/.exec(text) ?? [];
  // A tag may have slashes, too.
  const end = isSbomFile(rest) ? rest.lastIndexOf("/") : -1;
  const [place, name] = end === -1 ? [rest, undefined] : [rest.slice(0, end), rest.slice(end + 1)];
  switch (type) {
    case "run":
      return /^\d{1,20}$/.test(place) ? { type, run: place, name } : undefined;
    case "artifact":
      return isSbomFile(rest) && name === undefined ? { type, name: rest } : undefined;
    case "release":
      return place === "" ? undefined : { type, tag: place, name };
    default:
      return { type: "file", path: text };
  }
}
