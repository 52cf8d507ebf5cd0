import { type Beginning, type End, graphOf, type Vertex } from "../build/graph.ts";
import { loadPipeline } from "../pipeline/load.ts";
import { isLockFile } from "../pipeline/lock.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { formatCount, formatTable, shortName } from "../report/format.ts";
import { formatWarning, printable } from "../report/problems.ts";
import { layoutOf } from "../store/layout.ts";
import { readVerdicts } from "../store/verdicts.ts";
import type { GraphArguments } from "./command.ts";

/** `osbuild graph`: prints the steps of pipelines, what they share, and what is stored. */
export async function graphCommand(args: GraphArguments): Promise<void> {
  const layout = layoutOf(args.store);
  const verdicts = await readVerdicts(layout);
  const pipelines = new Map<string, Pipeline>();
  for (const file of args.pipelines.filter((each) => !isLockFile(each)))
    pipelines.set(file, await loadPipeline({ ...args, pipeline: file }, verdicts));
  for (const problem of [...pipelines.values()].flatMap(({ warnings }) => warnings))
    process.stderr.write(`${formatWarning(problem)}\n`);
  const graph = await graphOf(pipelines, layout);
  process.stdout.write(`${renderers[args.format](graph)}\n`);
}

const renderers = { text: tree, mermaid, json: (graph: readonly Beginning[]) => JSON.stringify(list(graph), null, 2) };

const endText = ({ pipeline, isBuildRoot }: End) =>
  isBuildRoot ? `build root of ${printable(pipeline)}` : printable(pipeline);

/** Draws a line per step. Steps that follow each other stand below each other, without an indentation. */
function tree(graph: readonly Beginning[]): string {
  const blocks = graph.flatMap(({ base, next }) =>
    base === null ? next.map((vertex) => rows(vertex, "", "")) : [baseRows(base, next)],
  );
  const all = blocks.flatMap((block, index) => (index === 0 ? block : [[], ...block]));
  const columns = Array.from({ length: 5 }, () => ({ align: "left" }) as const);
  return all.length === 0 ? "there are no steps" : formatTable(columns, all);
}

type Rows = readonly (readonly string[])[];

const baseRows = (base: string, next: readonly Vertex[]): Rows => [["base", base.slice(0, 12)], ...below(next, "")];

function rows(vertex: Vertex, first: string, rest: string): Rows {
  const { step, status, users, ends } = vertex;
  const shared = users > 1 ? `in ${formatCount(users, "pipeline")}` : "";
  const own = [first + shortName(step.name), step.id.slice(0, 12), status, shared, ends.map(endText).join(", ")];
  return [own, ...below(vertex.next, rest)];
}

function below(next: readonly Vertex[], prefix: string): Rows {
  const [only, ...others] = next;
  if (only !== undefined && others.length === 0) return rows(only, prefix, prefix);
  return next.flatMap((vertex, index) =>
    index < next.length - 1
      ? rows(vertex, `${prefix}├─ `, `${prefix}│  `)
      : rows(vertex, `${prefix}└─ `, `${prefix}   `),
  );
}

/** Each step with the one whose tree it works on. */
function flatten(graph: readonly Beginning[]): readonly { vertex: Vertex; after: Vertex | undefined }[] {
  const under = (
    vertex: Vertex,
    after: Vertex | undefined,
  ): readonly { vertex: Vertex; after: Vertex | undefined }[] => [
    { vertex, after },
    ...vertex.next.flatMap((above) => under(above, vertex)),
  ];
  return graph.flatMap(({ next }) => next.flatMap((vertex) => under(vertex, undefined)));
}

const list = (graph: readonly Beginning[]) => ({
  steps: flatten(graph).map(({ vertex: { step, status, users, ends }, after }) => ({
    kind: step.kind,
    name: step.name,
    id: step.id,
    status,
    after: after?.step.id ?? null,
    pipelines: users,
    ends: ends.map(({ pipeline, isBuildRoot }) => ({ pipeline, build_root: isBuildRoot })),
  })),
});

/** A flow chart as GitHub shows it in Markdown. */
function mermaid(graph: readonly Beginning[]): string {
  const all = flatten(graph);
  const names = new Map(all.map(({ vertex }, index) => [vertex, `s${index}`]));
  const files = [...new Set(all.flatMap(({ vertex }) => vertex.ends.map(({ pipeline }) => pipeline)))];
  const lines = all.flatMap(({ vertex, after }) => {
    const name = names.get(vertex);
    const label = `${escaped(shortName(vertex.step.name))}<br>${vertex.step.id.slice(0, 12)}`;
    return [
      `${name}["${label}"]${vertex.status === "stored" ? ":::stored" : ""}`,
      ...(after === undefined ? [] : [`${names.get(after)} --> ${name}`]),
      ...vertex.ends.map(
        ({ pipeline, isBuildRoot }) =>
          `${name} ${isBuildRoot ? '-. "build root" .->' : "-->"} p${files.indexOf(pipeline)}`,
      ),
    ];
  });
  const ends = files.map((file, index) => `p${index}(["${escaped(printable(file))}"])`);
  const style = "classDef stored fill:#d4f4dd,stroke:#2b7a3d,color:#1b1b1b";
  return ["flowchart TD", ...[...ends, ...lines, style].map((line) => `  ${line}`)].join("\n");
}

/** Mermaid takes anything else apart. */
const escaped = (text: string) => text.replace(/[^\w./ -]/gu, (character) => `#${character.codePointAt(0)};`);
