import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "../../src/build.ts";
import { readDocument } from "../../src/pipeline/document.ts";
import { openLibrary } from "../../src/pipeline/library.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import { type Difference, diffTrees } from "../../src/store/diff.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { readRef } from "../../src/store/refs.ts";
import { openTrees } from "../../src/store/trees.ts";
import { openWorkspace } from "../../src/store/workspace.ts";
import { serverTree } from "./debian-tree.ts";
import { scratch } from "./store.ts";

const root = resolve(import.meta.dirname, "../..");
const goldens = join(root, "__tests__/golden");

/** Two pipelines, `a.json` and `b.json`, of which b has one stage more, and `diff.json`: what that stage does. */
export interface Golden {
  /** Its directory below __tests__/golden, which begins with the stage's name. */
  readonly name: string;
  readonly directory: string;
}

export const allGoldens: readonly Golden[] = readdirSync(goldens, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("/a.json"))
  .map((path) => ({ name: dirname(path), directory: join(goldens, dirname(path)) }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** The text of a golden's diff.json: paths in order, so that a change of it reads well. */
export const textOf = (difference: Difference) => `${JSON.stringify(difference, null, 2)}\n`;

export interface Builder extends AsyncDisposable {
  /** The exact difference between the trees of a golden's two pipelines. */
  readonly difference: (golden: Golden) => Promise<Difference>;
  /** Builds a pipeline file; returns its tree's and its output's id. */
  readonly build: (file: string) => Promise<{ readonly treeId: string; readonly outputId: string | null }>;
}

/** Builds in one store, so that what goldens have in common is built once. */
export async function openBuilder(): Promise<Builder> {
  const place = await scratch();
  const layout = await createStore(`${place.path}/store`);
  const debian = await serverTree();
  symlinkSync(debian.path, layout.state("test.debian-12"));
  const library = openLibrary([join(goldens, "lib"), root]);

  async function buildFile(file: string) {
    const sources = {
      document: await readDocument(file),
      buildPipeline: undefined,
      buildEnv: undefined,
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

  return {
    build: buildFile,
    async difference({ directory }) {
      const after = await buildFile(join(directory, "b.json"));
      const before = await buildFile(join(directory, "a.json"));
      return diffOf(layout, before.treeId, after.treeId);
    },
    async [Symbol.asyncDispose]() {
      await debian[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

async function diffOf(layout: Layout, ...ids: readonly [before: string, after: string]): Promise<Difference> {
  await using workspace = await openWorkspace(layout);
  const trees = await openTrees(workspace.namespace, layout, workspace.directory);
  const [before, after] = await Promise.all(
    ids.map(async (id) => {
      const record = await readRef(layout, id);
      if (record === undefined) throw new Error(`the store has nothing of the id ${id}`);
      return workspace.namespace.path((await trees.get(record.layers.map((object) => ({ object })))).path);
    }),
  );
  return await diffTrees(before as string, after as string);
}

/** A golden's pipelines and its difference, as they are written down. */
export function readGolden({ directory }: Golden) {
  const read = (name: string) => JSON.parse(readFileSync(join(directory, `${name}.json`), "utf8"));
  return {
    a: read("a") as { stages: readonly Stage[] },
    b: read("b") as { stages: readonly Stage[] },
    difference: existsSync(join(directory, "diff.json")) ? (read("diff") as Difference) : undefined,
  };
}

interface Stage {
  readonly name: string;
  readonly options?: object;
}
