import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "../../src/build.ts";
import { parseDocument } from "../../src/pipeline/document.ts";
import { openLibrary } from "../../src/pipeline/library.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import { type Difference, diffTrees } from "../../src/store/diff.ts";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { readRef } from "../../src/store/refs.ts";
import { openTrees } from "../../src/store/trees.ts";
import { openWorkspace } from "../../src/store/workspace.ts";
import { serverTree } from "./debian-tree.ts";
import { openRepositories } from "./golden-repositories.ts";
import { scratch } from "./store.ts";

const root = resolve(import.meta.dirname, "../..");
const goldens = join(root, "__tests__/golden");

/**
 * Two pipelines, `a.json` and `b.json`, of which b has one stage more, and `diff.json`: what that stage does. Where a
 * file's content can't be the same on every host, `unpinned.json` has its path and the reason, which then stands in
 * diff.json in the content's place.
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
  const repositories = await openRepositories(layout);
  symlinkSync(debian.path, layout.state("test.debian-12"));
  const library = openLibrary([join(goldens, "lib"), root]);

  async function buildFile(file: string) {
    const sources = {
      document: parseDocument(file, withChecksums(await readFile(file, "utf8"))),
      mirrors: parseDocument("mirrors", JSON.stringify(repositories.mirrors)),
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

  /** `"checksum of NAME"` stands for an RPM package's: the version of rpm that made it is in it. */
  function withChecksums(text: string): string {
    return text.replace(/(?<=")checksum of ([a-z0-9-]+)(?=")/g, (_, name: string) => repositories.checksumOf(name));
  }

  return {
    build: buildFile,
    async difference({ directory }) {
      const after = await buildFile(join(directory, "b.json"));
      const before = await buildFile(join(directory, "a.json"));
      return withoutUnpinned(await diffOf(layout, before.treeId, after.treeId), readUnpinned(directory));
    },
    async [Symbol.asyncDispose]() {
      await repositories[Symbol.asyncDispose]();
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

/** Reasons, by path. */
type Unpinned = Readonly<Record<string, string>>;

function readUnpinned(directory: string): Unpinned {
  const file = join(directory, "unpinned.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function withoutUnpinned(difference: Difference, unpinned: Unpinned): Difference {
  const added = { ...difference.added };
  for (const [path, reason] of Object.entries(unpinned)) {
    const file = added[path];
    if (file?.content === undefined) throw new Error(`unpinned.json has ${path}, which is no file that is added`);
    added[path] = { ...file, content: reason };
  }
  return { ...difference, added };
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
