import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "../../src/build/build.ts";
import { parseDocument } from "../../src/json/document.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import { openLibrary } from "../../src/programs/library.ts";
import { exportTree } from "../../src/store/exports.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { readRef } from "../../src/store/refs.ts";
import { openTrees } from "../../src/store/trees.ts";
import { openWorkspace } from "../../src/store/workspace.ts";
import { diffTrees, type TreeDifference } from "../../src/tree/difference.ts";
import { serverTree } from "./debian-tree.ts";
import { openRepositories } from "./golden-repositories.ts";
import { run } from "./run.ts";
import { scratch } from "./store.ts";

const root = resolve(import.meta.dirname, "../..");
const goldens = join(root, "__tests__/golden");

/**
 * Two pipelines, `a.json` and `b.json`, of which b has one more stage, and `diff.json` with the changes that this stage
 * makes. If a file's content can't be the same on every host, `unpinned.json` has its path and the reason, which
 * replaces the content in diff.json. If it's the host's tools that decide, a `diff-newer-TOOL.json` has the changes
 * that newer ones make.
 */
export interface Golden {
  /** Its directory below __tests__/golden, which begins with the stage's name. */
  readonly name: string;
  readonly directory: string;
}

export const allGoldens: readonly Golden[] = readdirSync(goldens, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("/a.json"))
  .map((path) => ({ name: dirname(path), directory: join(goldens, dirname(path)) }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** The text of a golden's diff.json, with sorted paths, so that changes of it are readable. */
export const textOf = (difference: TreeDifference) => `${JSON.stringify(difference, null, 2)}\n`;

export interface Builder extends AsyncDisposable {
  /** The exact difference between the trees of a golden's two pipelines. */
  readonly difference: (golden: Golden) => Promise<TreeDifference>;
  /** Builds a pipeline file; returns its tree's and its output's id. */
  readonly build: (file: string) => Promise<{ readonly treeId: string; readonly outputId: string | null }>;
  /** Builds a pipeline file and copies its tree into a directory that isn't there. */
  readonly export: (file: string, directory: string) => Promise<void>;
}

/**
 * Builds in one store, so that goldens' common steps are built once. The mirrors are for pipelines with other servers.
 */
export async function openBuilder(mirrors: Readonly<Record<string, string>> = {}): Promise<Builder> {
  const place = await scratch();
  const layout = await createStore(`${place.path}/store`);
  const debian = await serverTree();
  const repositories = await openRepositories(layout);
  // The engine removes a link there.
  const state = layout.state("test.debian-12");
  mkdirSync(state, { recursive: true });
  run(["mount", "--bind", debian.path, state]);
  const library = openLibrary([join(goldens, "lib"), root]);

  async function buildFile(file: string) {
    const sources = {
      document: parseDocument(file, withChecksums(await readFile(file, "utf8"))),
      mirrors: parseDocument("mirrors", JSON.stringify({ ...repositories.mirrors, ...mirrors })),
      buildPipeline: undefined,
      buildEnv: undefined,
      variables: [],
      base: undefined,
    };
    const pipeline = await normalise(sources, library);
    const lines: string[] = [];
    await build(pipeline, {
      layout,
      signal: new AbortController().signal,
      report: (event) => {
        if (event.type === "output") lines.push(...event.lines);
      },
    }).catch((error) => {
      throw new Error(`${relative(root, file)} doesn't build:\n${lines.join("\n")}`, { cause: error });
    });
    if (pipeline.treeId === null) throw new Error(`${file} has no stages`);
    return { treeId: pipeline.treeId, outputId: pipeline.outputId };
  }

  /** Replaces `"checksum of NAME"` with that of the RPM package, which contains the version of rpm that made it. */
  function withChecksums(text: string): string {
    return text.replace(/(?<=")checksum of ([a-z0-9-]+)(?=")/g, (_, name: string) => repositories.checksumOf(name));
  }

  return {
    build: buildFile,
    async export(file, directory) {
      const { treeId } = await buildFile(file);
      await inTrees(layout, [treeId], ([tree]) => exportTree(tree as string, directory));
    },
    async difference({ directory }) {
      const after = await buildFile(join(directory, "b.json"));
      const before = await buildFile(join(directory, "a.json"));
      return withoutUnpinned(await diffOf(layout, before.treeId, after.treeId), readUnpinned(directory));
    },
    async [Symbol.asyncDispose]() {
      await repositories[Symbol.asyncDispose]();
      run(["umount", state]);
      await debian[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

const diffOf = (layout: Layout, before: string, after: string): Promise<TreeDifference> =>
  inTrees(layout, [before, after], async ([one, other]) => diffTrees(one as string, other as string));

/** Looks at trees of a store while they are mounted. */
async function inTrees<T>(
  layout: Layout,
  ids: readonly string[],
  look: (paths: readonly string[]) => Promise<T>,
): Promise<T> {
  await using workspace = await openWorkspace(layout, ({ message }) => console.warn(message));
  const trees = openTrees(workspace.namespace, layout, workspace.directory);
  const paths = await Promise.all(
    ids.map(async (id) => {
      const record = await readRef(layout, id);
      if (record === undefined) throw new Error(`the store has no result with the id ${id}`);
      return workspace.namespace.path((await trees.get(record.layers.map((object) => ({ object })))).path);
    }),
  );
  return await look(paths);
}

/** The reasons, by path. */
type Unpinned = Readonly<Record<string, string>>;

function readUnpinned(directory: string): Unpinned {
  const file = join(directory, "unpinned.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function withoutUnpinned(difference: TreeDifference, unpinned: Unpinned): TreeDifference {
  const added = { ...difference.added };
  for (const [path, reason] of Object.entries(unpinned)) {
    const file = added[path];
    if (file?.content === undefined) throw new Error(`unpinned.json has ${path}, which is no file that is added`);
    added[path] = { ...file, content: reason };
  }
  return { ...difference, added };
}

/** A golden's pipelines and its stored differences, of which diff.json is the first. */
export function readGolden({ directory }: Golden) {
  const read = (name: string) => JSON.parse(readFileSync(join(directory, `${name}.json`), "utf8"));
  return {
    a: read("a") as { stages: readonly Stage[] },
    b: read("b") as { stages: readonly Stage[] },
    differences: readdirSync(directory)
      .filter((name) => /^diff.*\.json$/.test(name))
      .sort((one, other) => one.length - other.length)
      .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")) as TreeDifference),
  };
}

interface Stage {
  readonly name: string;
  readonly options?: object;
}
