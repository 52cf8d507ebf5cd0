import { innermostFirst, type Pipeline, type Step } from "../pipeline/pipeline.ts";
import type { Layout } from "../store/layout.ts";
import { inOrder, type PlannedStep } from "./plan.ts";
import { prepare } from "./planning.ts";

/** A step of one or several pipelines, with the steps that stand on its tree. */
export interface Vertex {
  readonly step: Step;
  readonly status: "stored" | "not needed" | "runs";
  readonly next: Vertex[];
  /** The pipelines and the build roots that end here. */
  readonly ends: End[];
  /** The number of pipelines that have it. */
  users: number;
}

/** The purpose of a chain of steps. */
export interface End {
  readonly pipeline: string;
  /** Whether it is the tree in which the pipeline's steps run, and not its own result. */
  readonly isBuildRoot: boolean;
}

/** The beginning of chains: an empty tree, or a tree in the store that none of the pipelines makes. */
export interface Beginning {
  readonly base: string | null;
  readonly next: Vertex[];
}

/** Joins pipelines to one graph. Steps are the same if both their ids and their fingerprints are. */
export async function graphOf(pipelines: ReadonlyMap<string, Pipeline>, layout: Layout): Promise<readonly Beginning[]> {
  const vertices = new Map<string, Vertex>();
  const trees = new Map<string, Vertex>();
  const pending: Chain[] = [];
  for (const [name, pipeline] of pipelines) {
    for (const part of innermostFirst(pipeline)) pending.push(await chainOf(name, part, pipeline, layout));
  }
  const beginnings = new Map<string | null, Beginning>();
  for (const { pipeline, planned, keys, end } of pending) {
    let below: Vertex | undefined;
    for (const [index, key] of keys.entries()) {
      const { step, type } = planned[index] as PlannedStep;
      const known = vertices.get(key);
      const vertex = known ?? { step, status: type === "run" ? "runs" : type, next: [], ends: [], users: 0 };
      vertices.set(key, vertex);
      vertex.users++;
      if (known === undefined && below !== undefined) below.next.push(vertex);
      if (known === undefined && below === undefined) startOf(pipeline).next.push(vertex);
      if (step.kind === "stage") {
        trees.set(step.id, vertex);
        below = vertex;
      } else vertex.ends.push(end);
    }
    if (pipeline.assembler === null || end.isBuildRoot) below?.ends.push(end);
  }
  return [...beginnings.values()].flatMap(joined);

  function startOf({ base }: Pipeline): Beginning {
    const id = base?.id ?? null;
    const found = beginnings.get(id) ?? { base: id, next: [] };
    beginnings.set(id, found);
    return found;
  }

  /** A base that one of the pipelines makes is no beginning. */
  function joined(beginning: Beginning): readonly Beginning[] {
    const maker = beginning.base === null ? undefined : trees.get(beginning.base);
    if (maker === undefined) return [beginning];
    maker.next.push(...beginning.next);
    return [];
  }
}

interface Chain {
  readonly pipeline: Pipeline;
  readonly planned: readonly PlannedStep[];
  /** The key of each step. */
  readonly keys: readonly string[];
  readonly end: End;
}

/** Plans a part of a pipeline by itself: the plan of the whole leaves out build roots that it doesn't need. */
async function chainOf(name: string, part: Pipeline, pipeline: Pipeline, layout: Layout): Promise<Chain> {
  const given = { layout, from: undefined, save: undefined, freshness: undefined };
  const { lookUp, fingerprints } = await prepare(part, given);
  const planned = inOrder(await lookUp()).at(-1)?.steps ?? [];
  const keys = planned.map(({ step }) => `${step.kind} ${step.id} ${fingerprints.get(step)?.value}`);
  return { pipeline: part, planned, keys, end: { pipeline: name, isBuildRoot: part !== pipeline } };
}
