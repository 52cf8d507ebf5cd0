import { mkdir } from "node:fs/promises";
import { BuildError, type Location, type Problem } from "../errors.ts";
import { providePrograms } from "../host/packages.ts";
import { clearAway } from "../host/remove.ts";
import { layoutTag } from "../registry/image-layout.ts";
import { pullImage } from "../registry/pull-image.ts";
import { type PinnedReference, pinnedName } from "../registry/reference.ts";
import { unpackImage } from "../store/archives.ts";
import type { Workspace } from "../store/workspace.ts";
import type { BuildContext } from "./context.ts";

/** An image in a build's workspace, until it is disposed of. */
export interface DownloadedImage extends AsyncDisposable {
  /** When it was made, in seconds since 1970. */
  readonly created: number;
  /** Unpacks it into a directory of the namespace. */
  readonly unpack: (directory: string) => Promise<void>;
}

/** Downloads the image that a pipeline starts from. */
export async function downloadImage(
  { image, at }: { readonly image: PinnedReference; readonly at: Location | undefined },
  { pull, install, report }: Pick<BuildContext, "pull" | "install" | "report">,
  { namespace, directory }: Pick<Workspace, "namespace" | "directory">,
): Promise<DownloadedImage> {
  if (pull === undefined) throw new Error("this build has no access to registries");
  await providePrograms([{ program: "umoci", of: "the base" }], install ? report : undefined);
  const warn = (problem: Problem) => report({ type: "warning", problem });
  const name = `image-${image.digest.slice(-12)}`;
  const place = `${directory}/${name}`;
  await mkdir(place);
  const started = performance.now();
  const { created, bytes } = await pullImage(image, place, pull, warn).catch((error) => {
    if (!(error instanceof BuildError)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, at: problem.at ?? at }));
    throw new BuildError(error.code, problems, { cause: error });
  });
  const seconds = (performance.now() - started) / 1000;
  const what = `the base ${pinnedName(image)}`;
  report({ type: "transferred", direction: "fetched", cache: "registry", what, bytes, seconds });
  return {
    created,
    unpack: (target) => unpackImage(namespace, { cwd: directory, image: `${name}:${layoutTag}` }, target),
    [Symbol.asyncDispose]: () => clearAway(place, warn),
  };
}
