import { basename } from "node:path";
import { failure } from "../errors.ts";
import { forbiddenInArtifacts } from "../image/file-name.ts";
import { type SbomFormat, sbomFormats } from "../sbom/formats.ts";

/** The names under which an image is uploaded. */
export interface ImageNames {
  readonly image: string;
  /** The names for the SBOMs, in the order of the formats. */
  readonly sboms: readonly string[];
}

/** The names of one pipeline's artifacts. A run can't have two artifacts of one name, even from different jobs. */
export interface ArtifactNames extends ImageNames {
  /** Whether the image is uploaded without a zip around it. */
  readonly raw: boolean;
  readonly report: string;
  /** The name for the log of a step that failed. */
  readonly log: string;
  /** The name for the tree of a stage that failed. */
  readonly tree: string;
  /** The name for the console and the screen of an image that failed its boot test. */
  readonly boot: string;
  /** The names for an image that failed its boot test. Whoever takes the newest artifact by its name doesn't get it. */
  readonly failed: ImageNames;
}

/** An image to name the artifacts of. */
export interface NamedImage {
  /** The name that the pipeline's outputs are named after. */
  readonly name: string;
  /** The image's file, if it is one file. */
  readonly file: string | undefined;
}

/** Whether a file is compressed, so that deflate can't make it smaller. */
export const isCompressed = (file: string) => /\.(qcow2|gz|xz|zst|bz2|lz|lzma|lzo|zip|squashfs|vmdk)$/.test(file);

/**
 * Names the artifacts of all pipelines. A compressed image is named after its file; if another has that name, the
 * pipeline's name is put before it. An explicit artifact-name wins over a raw upload, which is named after its file.
 */
export function nameArtifacts(
  images: readonly NamedImage[],
  artifactName: string | undefined,
  sbom: readonly SbomFormat[],
): readonly ArtifactNames[] {
  const claim = claims();
  const sbomNames = (image: string) => sbom.map((format) => claim(`${image}${sbomFormats[format]}`));
  const wanted = images.map(({ name, file }) => {
    const own = clean(ownName(name, artifactName, images.length));
    const raw = artifactName === undefined && file !== undefined && isCompressed(file);
    return { own, raw, image: raw ? basename(file) : own };
  });
  const count = (image: string) => wanted.filter((other) => key(other.image) === key(image)).length;
  return wanted
    .map(({ own, raw, image }) => ({ own, raw, image: claim(raw && count(image) > 1 ? `${own}-${image}` : image) }))
    .map((names) => ({
      ...names,
      report: claim(`${names.own}-report.html`),
      log: claim(`${names.own}-failed.log`),
      tree: claim(`${names.own}-failed.tgz`),
      boot: claim(`${names.own}-boot`),
    }))
    .map(({ raw, image, report, log, tree, boot }) => {
      const sboms = sbomNames(image);
      const failed = claim(`failed-${image}`);
      return { raw, image, report, log, tree, boot, sboms, failed: { image: failed, sboms: sbomNames(failed) } };
    });
}

function ownName(name: string, artifactName: string | undefined, pipelines: number): string {
  if (artifactName === undefined) return name;
  return pipelines > 1 ? `${artifactName}-${name}` : artifactName;
}

/** Returns each name once, and then variants of it. */
function claims(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let free = name;
    for (let number = 2; taken.has(key(free)); number++) free = `${number}-${name}`;
    taken.add(key(free));
    return free;
  };
}

/** Names that differ only in case count as the same, because a file system that ignores case can't hold both. */
const key = (name: string) => name.toLowerCase();

const clean = (name: string) => name.replace(forbiddenInArtifacts, "-");

/** The longest name in bytes. Artifacts are downloaded as files, so the longest name that is made of it must be one's. */
const maxBytes = 255 - "failed-.spdx.json".length;

/** Checks the input artifact-name. */
export function artifactNameOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const wrong = (reason: string, hint: string) =>
    failure("INVALID", `the input artifact-name can't be ${JSON.stringify(name)}: ${reason}`, hint);
  const [character] = name.match(forbiddenInArtifacts) ?? [];
  if (character !== undefined)
    throw wrong(`an artifact's name can't contain ${JSON.stringify(character)}`, `use for example ${clean(name)}`);
  const bytes = Buffer.byteLength(name);
  if (bytes > maxBytes) throw wrong(`it has ${bytes} bytes`, `use at most ${maxBytes} bytes`);
  return name;
}
