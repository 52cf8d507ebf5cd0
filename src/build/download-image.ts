import { mkdir } from "node:fs/promises";
import { BuildError, diskFull, type Location, type Problem } from "../errors.ts";
import { providePrograms } from "../host/packages.ts";
import { clearAway } from "../host/remove.ts";
import { isFull } from "../host/space.ts";
import { ownLibdir } from "../pipeline/load.ts";
import { layoutTag } from "../registry/image-layout.ts";
import { pullImage } from "../registry/pull-image.ts";
import { type PinnedReference, pinnedName } from "../registry/reference.ts";
import { openRuntime, type ProgramRun, runProgram } from "../sandbox/run.ts";
import type { Workspace } from "../store/workspace.ts";
import type { BuildRoots } from "./build-roots.ts";
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
  { pull, install, report, signal }: Pick<BuildContext, "pull" | "install" | "report" | "signal">,
  { namespace, directory }: Pick<Workspace, "namespace" | "directory">,
  rootOf: BuildRoots,
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
    unpack,
    [Symbol.asyncDispose]: () => clearAway(place, warn),
  };

  async function unpack(tree: string): Promise<void> {
    const scratch = `${place}-scratch`;
    await mkdir(scratch);
    const job: ProgramRun = {
      kind: "stage",
      program: `${ownLibdir}/stages/lib/unpack-image.ts`,
      libdir: ownLibdir,
      root: await rootOf([]),
      tree,
      options: JSON.stringify({ tag: layoutTag }),
      sourceEpoch: created,
      capabilities: [],
      scratch,
      inputs: new Map([["image", place]]),
    };
    const said: string[] = [];
    const { exitCode } = await runProgram(namespace, await openRuntime(), job, (lines) => said.push(...lines));
    if (signal.aborted) throw signal.reason;
    if (exitCode === 0) return;
    if (await isFull(directory)) throw diskFull("the base doesn't fit", undefined, at);
    const message = `${pinnedName(image)} can't be unpacked: ${said.slice(-3).join("; ")}`;
    throw new BuildError("INVALID", [{ message, at }]);
  }
}
