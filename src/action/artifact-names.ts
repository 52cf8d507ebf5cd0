import { basename } from "node:path";
import { failure } from "../errors.ts";

/** The names of one pipeline's artifacts. No name is given twice in a run, whichever job gives it. */
export interface ArtifactNames {
  readonly image: string;
  /** Whether the image goes up as it is, without a zip around it. */
  readonly raw: boolean;
  readonly report: string;
}

export interface NamedImage {
  /** The pipeline's outputs are called after it. */
  readonly name: string;
  /** The image's file, if it is one file. */
  readonly file: string | undefined;
}

/** Formats that deflate can't make smaller. */
export const isCompressed = (file: string) => /\.(qcow2|gz|xz|zst|bz2|lz|lzma|lzo|zip|squashfs|vmdk)$/.test(file);

/**
 * Names the artifacts of all pipelines. A compressed image is called like its file, unless another one has that name: then
 * the pipeline's name goes before it. An explicit artifact-name wins over that, and has a zip around it.
 */
export function nameArtifacts(
  images: readonly NamedImage[],
  artifactName: string | undefined,
): readonly ArtifactNames[] {
  const claim = claims();
  const wanted = images.map(({ name, file }) => {
    const own = clean(ownName(name, artifactName, images.length));
    const raw = artifactName === undefined && file !== undefined && isCompressed(file);
    return { own, raw, image: raw ? basename(file) : own };
  });
  const count = (image: string) => wanted.filter((other) => key(other.image) === key(image)).length;
  return wanted
    .map(({ own, raw, image }) => ({ own, raw, image: claim(raw && count(image) > 1 ? `${own}-${image}` : image) }))
    .map(({ own, raw, image }) => ({ raw, image, report: claim(`${own}-report.html`) }));
}

function ownName(name: string, artifactName: string | undefined, pipelines: number): string {
  if (artifactName === undefined) return name;
  return pipelines > 1 ? `${artifactName}-${name}` : artifactName;
}

/** Gives each name to the first who asks for it. */
function claims(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let free = name;
    for (let number = 2; taken.has(key(free)); number++) free = `${number}-${name}`;
    taken.add(key(free));
    return free;
  };
}

/** They may be downloaded to a file system that doesn't tell upper from lower case. */
const key = (name: string) => name.toLowerCase();

const forbidden = /["<>|*?\\/:\r\n]/g;

const clean = (name: string) => name.replace(forbidden, "-");

/** An artifact is downloaded as a file: its name, and what is appended to it, must fit into a file's. */
const maxBytes = 255 - "-report.html".length;

/** The input artifact-name. */
export function artifactNameOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const wrong = (reason: string, hint: string) =>
    failure("INVALID", `the input artifact-name can't be ${JSON.stringify(name)}: ${reason}`, hint);
  const [character] = name.match(forbidden) ?? [];
  if (character !== undefined)
    throw wrong(`an artifact's name can't contain ${JSON.stringify(character)}`, `for example ${clean(name)}`);
  const bytes = Buffer.byteLength(name);
  if (bytes > maxBytes) throw wrong(`it has ${bytes} bytes`, `at most ${maxBytes} bytes`);
  return name;
}

/** The artifact service refuses these in the name of a file, with a zip around it or without. */
export const forbiddenInFile = (file: string) => file.match(forbidden)?.[0];
