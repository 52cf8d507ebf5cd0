import { mkdir } from "node:fs/promises";
import { asDiskFull, BuildError, hasCode, type Location } from "../errors.ts";
import type { StepInfo } from "../events.ts";
import type { Namespace } from "../host/namespace.ts";
import { isUnreadable, readPlain } from "../host/plain-file.ts";
import { removeMeanwhile } from "../host/remove.ts";
import { fromJson } from "../json/shape.ts";
import { resolutionShape } from "../pipeline/lock.ts";
import { type Base, isUnpinned, type Resolution, type Step } from "../pipeline/pipeline.ts";
import type { Program } from "../programs/program.ts";
import type { PinnedReference } from "../registry/reference.ts";
import type { SeparateLayer } from "../sandbox/run.ts";
import { archive, extract } from "../store/archives.ts";
import { contentOf, treeContent } from "../store/content.ts";
import { fileDigestsOf, keepFileDigests } from "../store/file-digests.ts";
import { openJavaScript } from "../store/javascript.ts";
import type { Finished } from "../store/layers.ts";
import { mountMemory } from "../store/memory.ts";
import { addDirectory } from "../store/objects.ts";
import { putFile } from "../store/put.ts";
import { readRef, type StoredResult, writeRef } from "../store/refs.ts";
import { separateLayers } from "../store/separate-layers.ts";
import { type Layer, type NewTree, openTrees } from "../store/trees.ts";
import { openWorkspace } from "../store/workspace.ts";
import { type FileDigests, type PackageStep, readContents, type TreeLayer } from "../tree/contents.ts";
import { encodeContents } from "../tree/contents-file.ts";
import { type BudgetCheck, openBudgetCheck } from "./budget-check.ts";
import { openBuildRoots } from "./build-roots.ts";
import { type BuildContext, nothing, type RunSite, type Site, type Stack } from "./context.ts";
import { isRefresh } from "./freshness.ts";
import { openPacking } from "./packing.ts";
import { at, OutOfMemoryError, openStepRunner } from "./run-step.ts";
import { copyNotes, findSame, keyOf } from "./same-tree.ts";
import { runsOf } from "./usable.ts";

/** An answer with tens of thousands of packages is smaller. */
const mostAnswerBytes = 64 * 1024 ** 2;

/** Runs steps and stores their results, within one build's workspace. */
export interface Session extends AsyncDisposable {
  /** Begins to make what these programs need. */
  readonly prepare: (programs: readonly Program[]) => void;
  /**
   * Looks for the result that a step had on a tree that holds the same. If there is one, makes it the step's own and
   * returns the tree after the step.
   */
  readonly reuse: (step: Step, site: Site) => Promise<Stack | undefined>;
  /** Runs a stage and returns its tree. The new layer is packed in the background. */
  readonly stage: (step: Step, site: Site) => Promise<Stack>;
  readonly assemble: (step: Step, site: Site) => Promise<void>;
  readonly checkBudget: BudgetCheck;
  /** Asks a stage which packages it would install. The tree stays as it is. */
  readonly resolve: (step: Step, site: RunSite) => Promise<Resolution>;
  /** The tree of a stage whose result is stored. */
  readonly tree: (step: Step) => Promise<Stack>;
  /** The tree of a pipeline's `base`. */
  readonly base: (base: Base) => Promise<Stack>;
  /** The tree that an archive holds. */
  readonly extracted: (archive: string, digest: string, epoch: number) => Promise<Stack>;
  /** Writes a tree to an archive. */
  readonly save: (layers: readonly Layer[], path: string, epoch: number) => Promise<void>;
  /** Waits until everything is in the store. */
  readonly stored: () => Promise<void>;
}

export async function openSession(context: BuildContext, describe: (id: string) => StepInfo): Promise<Session> {
  const { layout, report, signal } = context;
  const workspace = await openWorkspace(layout, (problem) => report({ type: "warning", problem }));
  const { namespace, directory } = workspace;
  signal.addEventListener("abort", namespace.kill, { once: true });
  if (signal.aborted) namespace.kill();
  const packing = openPacking(namespace, layout, directory);
  // The first stage that needs it reports the failure.
  const memory = mountMemory(namespace, directory, context.room ?? "auto", context.memory);
  memory.catch(() => undefined);
  const trees = openTrees(namespace, layout, directory, { objectOf: packing.objectOf, memory });
  const rootOf = openBuildRoots(namespace, directory, trees);
  const javaScript = openJavaScript(layout);
  const run = openStepRunner(context, workspace, rootOf, javaScript, describe);
  /** The trees of the images that have been downloaded, by their ids. */
  const images = new Map<string, Promise<Stack>>();
  let removal: Promise<void> = Promise.resolve();
  let isMemoryFull = false;

  return {
    prepare: javaScript.prepare,
    reuse,
    stage,
    assemble,
    checkBudget: openBudgetCheck(context.budget, { namespace, trees, packing, layersOf }),
    resolve,
    tree,
    base,
    extracted,
    save,
    stored: packing.done,
    [Symbol.asyncDispose]: close,
  };

  async function close(): Promise<void> {
    signal.removeEventListener("abort", namespace.kill);
    // A build that fails keeps what its earlier stages made.
    await packing.done().catch(() => undefined);
    await Promise.all([removal, memory.catch(() => undefined)]);
    await workspace[Symbol.asyncDispose]();
  }

  async function reuse(step: Step, site: Site): Promise<Stack | undefined> {
    const found = await findSame(step, site, context);
    if (found === undefined) return undefined;
    const { below } = site;
    const { object, files, size, seconds, ran } = found;
    await copyNotes(layout, found.id, step.id);
    const info = describe(step.id);
    const told = { bytes: size, ran: ran ?? null };
    report({ type: "step-cached", step: info, source: "same tree", ...told, isUnpinned: isUnpinned(step) });
    const result = { ...recordOf(step, site, { ran, seconds }), object, files, size };
    if (step.kind === "assembler") {
      await store({ ...result, layers: [], contentKey: found.contentKey }, site);
      return below;
    }
    const isUnchanged = found.tree === (await below.content);
    const { layers, makers } =
      isUnchanged && below.layers.length > 0 ? below : withLayer(below, { object }, makerOf(step));
    const after = { layers, makers, content: Promise.resolve(found.tree), runs: result.runs };
    packing.afterwards(async () => {
      await storeStage(result, step, site, after);
      report({ type: "stored", step: info, ...told });
    });
    return after;
  }

  async function stage(step: Step, site: Site): Promise<Stack> {
    // A limit of its memory must hold the step to what it uses itself.
    const where = isMemoryFull || step.limits?.memory !== undefined ? "on disk" : undefined;
    const { finished, ran, seconds } = await attempt(step, site, where).catch((error) => {
      if (!(error instanceof OutOfMemoryError)) throw error;
      isMemoryFull = true;
      report({ type: "output", step: describe(step.id), lines: ["[memory is full: the step runs again, on disk]"] });
      return attempt(step, site, "on disk");
    });
    const epoch = site.pipeline.sourceEpoch;
    const known = recordOf(step, site, { ran, seconds });
    const { after, files } = grown(namespace, site.below, finished, makerOf(step), known.runs);
    packing.add(finished, after.content, epoch, async ({ digest, size }) => {
      await keepFileDigests(layout, { digest, size }, await files);
      await storeStage({ ...known, object: digest, files: [], size }, step, site, after);
      report({ type: "stored", step: describe(step.id), bytes: size, ran });
    });
    return after;
  }

  async function attempt(step: Step, site: Site, where: "on disk" | undefined) {
    const epoch = site.pipeline.sourceEpoch;
    const [tree] = await Promise.all([trees.create(site.below.layers, epoch, where), rootOf(site.root.layers)]);
    const ran = Date.now();
    const seconds = await run(step, site, tree).catch(async (error) => {
      await tree[Symbol.asyncDispose]();
      throw error;
    });
    const finished = await finish(tree, step).catch((error) => {
      throw tree.inMemory && asDiskFull(error) !== undefined ? new OutOfMemoryError() : error;
    });
    return { finished, ran, seconds };
  }

  async function storeStage(result: Omit<StoredResult, "layers">, step: Step, site: Site, after: Stack): Promise<void> {
    const [layers, tree] = [await Promise.all(after.layers.map(packing.objectOf)), await after.content];
    await store({ ...result, layers, makers: after.makers, tree, contentKey: await keyOf(step, site) }, site);
  }

  async function assemble(step: Step, site: Site): Promise<void> {
    const output = `${directory}/output`;
    await mkdir(output);
    // Some tools depend on the order in which a directory lists its files. A raw layer has the disk's, an object is sorted.
    await packing.done();
    const objects = await Promise.all(site.below.layers.map(packing.objectOf));
    if (context.save === undefined) removal = removeMeanwhile(namespace, unpackedOnly(site));
    await using tree = await trees.get(objects.map((object) => ({ object })));
    const ran = Date.now();
    const layers = step.getsLayers ? await separate(objects, site.below.makers) : undefined;
    const seconds = await run(step, site, tree, { outputDir: output, layers });
    if (context.contents) {
      const contents = await readContents(namespace.path(tree.path), await layersOf(objects, site.below.makers));
      await putFile(layout, encodeContents(contents), layout.contents(step.id));
    }
    const { digest, files, size } = await addDirectory(layout, output, site.pipeline.sourceEpoch);
    const result = { ...recordOf(step, site, { ran, seconds }), object: digest, files, size };
    await store({ ...result, layers: [], contentKey: await keyOf(step, site) }, site);
    report({ type: "stored", step: describe(step.id), bytes: size, ran });
  }

  /** The layers of a finished tree, as an assembler gets them. */
  async function separate(objects: readonly string[], makers: Stack["makers"]): Promise<readonly SeparateLayer[]> {
    const found = await separateLayers({ namespace, layout, workspace: directory }, trees, objects);
    return found.map((layer, index) => ({ ...layer, stage: makers[index]?.name ?? null }));
  }

  /** The layers of a finished tree, each with the step that made it. */
  async function layersOf(objects: readonly string[], makers: Stack["makers"]): Promise<readonly TreeLayer[]> {
    const directories = await trees.apart(objects.map((object) => ({ object })));
    const found: TreeLayer[] = [];
    for (const [index, object] of objects.entries()) {
      const directory = namespace.path(directories[index] as string);
      found.push({ directory, step: makers[index] ?? null, files: await fileDigestsOf(layout, object, directory) });
    }
    return found;
  }

  async function resolve(step: Step, site: RunSite): Promise<Resolution> {
    const resolveDir = `${directory}/resolved`;
    await mkdir(resolveDir);
    await using tree = await trees.create(site.below.layers, site.pipeline.sourceEpoch, "on disk");
    await run(step, site, tree, { resolveDir });
    const answer = await readPlain(`${resolveDir}/lock.json`, mostAnswerBytes).catch((error) => {
      if (hasCode(error, "ENOENT") || isUnreadable(error)) return "";
      throw error;
    });
    const resolution = fromJson(resolutionShape, answer);
    if (resolution !== undefined) return resolution;
    const message = `${step.name} was asked which packages it would install, but wrote no such answer`;
    throw new BuildError("STAGE_FAILED", [
      { message, at: step.at, hint: "docs/writing-stages.md describes the answer" },
    ]);
  }

  async function store(record: StoredResult, { replaces }: Site): Promise<void> {
    await writeRef(layout, record);
    context.remote?.built(record, { replaces });
  }

  async function tree({ id, name, at }: Step): Promise<Stack> {
    const record = await readRef(layout, id);
    if (record !== undefined) return stackOf(record);
    const hint = "another build found it damaged: build again";
    throw new BuildError("STORE", [{ message: `the tree of ${name} is no longer in the store`, at, hint }]);
  }

  async function base({ id, image, at }: Base): Promise<Stack> {
    const record = await readRef(layout, id);
    if (record?.kind === "stage") {
      const { runs = [] } = record;
      context.remote?.known(record);
      return { ...stackOf(record), runs: runs.map((run) => ({ ...run, unpinned: false })) };
    }
    if (image !== undefined) return pulledOnce(image, id, at);
    const hint = "build the pipeline that makes it first, with the same --store";
    throw new BuildError("STORE", [{ message: `the store holds no tree ${id}`, at, hint }]);
  }

  /** Downloads an image once, although a build pipeline may start from the same one as the pipeline itself. */
  function pulledOnce(image: PinnedReference, id: string, at: Location | undefined): Promise<Stack> {
    const tree = images.get(id) ?? pulled(image, id, at);
    images.set(id, tree);
    return tree;
  }

  /** Downloads an image. Its tree is the same for all pipelines: none of its files is newer than the image itself. */
  async function pulled(image: PinnedReference, id: string, at: Location | undefined): Promise<Stack> {
    const started = performance.now();
    const { downloadImage } = await import("./download-image.ts");
    await using downloaded = await downloadImage({ image, at }, context, workspace, rootOf);
    return await imported({ id, name: "base", epoch: downloaded.created, started }, downloaded.unpack);
  }

  async function extracted(path: string, id: string, epoch: number): Promise<Stack> {
    const stored = await readRef(layout, id);
    // Another pipeline may allow for newer files, or for older ones alone.
    const isSame = (stored?.parts as { readonly sourceEpoch?: unknown } | undefined)?.sourceEpoch === epoch;
    if (stored !== undefined && isSame) return { ...stackOf(stored), runs: [] };
    const given = { id, name: "archive", epoch, started: performance.now() };
    return imported(given, (upper) => extract(namespace, path, upper));
  }

  /** Makes a tree of what `fill` puts into an empty directory, and stores it. */
  async function imported(
    { id, name, epoch, started }: { readonly id: string; name: string; epoch: number; started: number },
    fill: (upper: string) => Promise<void>,
  ): Promise<Stack> {
    const tree = await trees.create([], epoch, "on disk");
    await fill(tree.upper);
    const finished = await tree.finish();
    const seconds = (performance.now() - started) / 1000;
    const { after, files } = grown(namespace, nothing, finished, null, []);
    packing.add(finished, after.content, epoch, async ({ digest: object, size }) => {
      await keepFileDigests(layout, { digest: object, size }, await files);
      const named = { version: 1, kind: "stage", id, name, fingerprint: id, parts: { sourceEpoch: epoch } } as const;
      const made = { object, layers: [object], files: [], size, seconds, tree: await after.content, runs: [] };
      await writeRef(layout, { ...named, ...made });
      context.remote?.known({ ...named, ...made });
    });
    return after;
  }

  async function save(layers: readonly Layer[], path: string, epoch: number): Promise<void> {
    // A layer that is being packed gets a mark, and tar would fail because a directory changes.
    await packing.done();
    await using tree = await trees.get(layers);
    await archive(namespace, tree.path, path, epoch);
  }
}

/**
 * The directories of a tree's layers, which nothing reads once they are packed, unless they are part of the build root.
 */
function unpackedOnly({ below, root }: Site): readonly string[] {
  const kept = new Set(root.layers.map((layer) => ("directory" in layer ? layer.directory : "")));
  return below.layers.flatMap((layer) => ("directory" in layer && !kept.has(layer.directory) ? layer.directory : []));
}

/** The tree of a stored stage. */
export const stackOf = ({ layers, makers = [], tree, runs }: StoredResult): Stack => ({
  layers: layers.map((object) => ({ object })),
  makers: layers.map((_, index) => makers[index] ?? null),
  content: Promise.resolve(tree),
  runs,
});

/** A tree with a stage's changes, and the digests of the files in these. What they hold is read in the background. */
function grown(
  namespace: Namespace,
  below: Stack,
  { upper, attributes, unchanged }: Finished,
  maker: PackageStep | null,
  runs: Stack["runs"],
): { readonly after: Stack; readonly files: Promise<FileDigests> } {
  if (unchanged && below.layers.length > 0) return { after: { ...below, runs }, files: noFiles };
  const layer = unchanged ? undefined : contentOf(namespace.path(upper), attributes);
  const content = Promise.all([below.content, layer]).then(([under, over]) =>
    under === undefined || over === undefined ? under : treeContent(under, over.digest),
  );
  // Storing the layer reports the failure.
  content.catch(() => undefined);
  const files = layer?.then((own) => own.files) ?? noFiles;
  files.catch(() => undefined);
  return { after: { ...withLayer(below, { directory: upper }, maker), content, runs }, files };
}

const noFiles = Promise.resolve<FileDigests>(new Map());

const withLayer = ({ layers, makers }: Stack, layer: Layer, maker: PackageStep | null) => ({
  layers: [...layers, layer],
  makers: [...makers, maker],
});

const makerOf = ({ name, id }: Step): PackageStep => ({ name, id });

/** The part of a stored result that is known as soon as its program has run. */
function recordOf(step: Step, site: Site, { ran, seconds }: Pick<StoredResult, "ran" | "seconds">) {
  const { id, kind, name } = step;
  const { value: fingerprint, parts, details } = site.fingerprint;
  const isListed = isUnpinned(step) || site.reason === "refresh";
  const run = { id, fingerprint, unpinned: isUnpinned(step), refreshed: isRefresh(site.reason) };
  const own = !isListed ? [] : ran === undefined ? undefined : [{ ...run, ran }];
  const runs = runsOf([site.root.runs, site.below.runs, own]);
  return { version: 1 as const, kind, id, name, fingerprint, parts, details, seconds, ran, runs };
}

/** Makes a layer of a stage's changes. If they can't be a layer, the error is the stage's. */
async function finish(tree: NewTree, step: Step): Promise<Finished> {
  try {
    await using changed = tree;
    return await changed.finish();
  } catch (error) {
    throw at(step, error, "STAGE_FAILED");
  }
}
