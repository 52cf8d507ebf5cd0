export const id = 182;
export const ids = [182];
export const modules = {

/***/ 1182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  graphCommand: () => (/* binding */ graphCommand)
});

// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __webpack_require__(1563);
// EXTERNAL MODULE: ./out/src/build/plan.js
var plan = __webpack_require__(7086);
// EXTERNAL MODULE: ./out/src/build/planning.js + 2 modules
var planning = __webpack_require__(3388);
;// CONCATENATED MODULE: ./out/src/build/graph.js



/** Joins pipelines to one graph. Steps are the same if both their ids and their fingerprints are. */
async function graphOf(pipelines, layout) {
    const vertices = new Map();
    const trees = new Map();
    const pending = [];
    for (const [name, pipeline] of pipelines) {
        for (const part of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline))
            pending.push(await chainOf(name, part, pipeline, layout));
    }
    const beginnings = new Map();
    for (const { pipeline, planned, keys, end } of pending) {
        let below;
        for (const [index, key] of keys.entries()) {
            const { step, type } = planned[index];
            const known = vertices.get(key);
            const vertex = known ?? { step, status: type === "run" ? "runs" : type, next: [], ends: [], users: 0 };
            vertices.set(key, vertex);
            vertex.users++;
            if (known === undefined && below !== undefined)
                below.next.push(vertex);
            if (known === undefined && below === undefined)
                startOf(pipeline).next.push(vertex);
            if (step.kind === "stage") {
                trees.set(step.id, vertex);
                below = vertex;
            }
            else
                vertex.ends.push(end);
        }
        if (pipeline.assembler === null || end.isBuildRoot)
            below?.ends.push(end);
    }
    return [...beginnings.values()].flatMap(joined);
    function startOf({ base }) {
        const id = base?.id ?? null;
        const found = beginnings.get(id) ?? { base: id, next: [] };
        beginnings.set(id, found);
        return found;
    }
    /** A base that one of the pipelines makes is no beginning. */
    function joined(beginning) {
        const maker = beginning.base === null ? undefined : trees.get(beginning.base);
        if (maker === undefined)
            return [beginning];
        maker.next.push(...beginning.next);
        return [];
    }
}
/** Plans a part of a pipeline by itself: the plan of the whole leaves out build roots that it doesn't need. */
async function chainOf(name, part, pipeline, layout) {
    const given = { layout, from: undefined, save: undefined, freshness: undefined };
    const { lookUp, fingerprints } = await (0,planning/* prepare */.iA)(part, given);
    const planned = (0,plan/* inOrder */.al)(await lookUp()).at(-1)?.steps ?? [];
    const keys = planned.map(({ step }) => `${step.kind} ${step.id} ${fingerprints.get(step)?.value}`);
    return { pipeline: part, planned, keys, end: { pipeline: name, isBuildRoot: part !== pipeline } };
}

// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/src/pipeline/lock.js
var lock = __webpack_require__(7334);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __webpack_require__(5529);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/verdicts.js
var store_verdicts = __webpack_require__(3076);
;// CONCATENATED MODULE: ./out/src/cli/graph.js







/** `osbuild graph`: prints the steps of pipelines, what they share, and what is stored. */
async function graphCommand(args) {
    const layout = (0,store_layout/* layoutOf */.aH)(args.store);
    const verdicts = await (0,store_verdicts/* readVerdicts */.H)(layout);
    const pipelines = new Map();
    for (const file of args.pipelines.filter((each) => !(0,lock/* isLockFile */.ue)(each)))
        pipelines.set(file, await (0,load/* loadPipeline */.Bp)({ ...args, pipeline: file }, verdicts));
    for (const problem of [...pipelines.values()].flatMap(({ warnings }) => warnings))
        process.stderr.write(`${(0,problems/* formatWarning */.W3)(problem)}\n`);
    const graph = await graphOf(pipelines, layout);
    process.stdout.write(`${renderers[args.format](graph)}\n`);
}
const renderers = { text: tree, mermaid, json: (graph) => JSON.stringify(list(graph), null, 2) };
const endText = ({ pipeline, isBuildRoot }) => isBuildRoot ? `build root of ${(0,problems/* printable */.g$)(pipeline)}` : (0,problems/* printable */.g$)(pipeline);
/** Draws a line per step. Steps that follow each other stand below each other, without an indentation. */
function tree(graph) {
    const blocks = graph.flatMap(({ base, next }) => base === null ? next.map((vertex) => rows(vertex, "", "")) : [baseRows(base, next)]);
    const all = blocks.flatMap((block, index) => (index === 0 ? block : [[], ...block]));
    const columns = Array.from({ length: 5 }, () => ({ align: "left" }));
    return all.length === 0 ? "there are no steps" : (0,format/* formatTable */.ku)(columns, all);
}
const baseRows = (base, next) => [["base", base.slice(0, 12)], ...below(next, "")];
function rows(vertex, first, rest) {
    const { step, status, users, ends } = vertex;
    const shared = users > 1 ? `in ${(0,format/* formatCount */.B4)(users, "pipeline")}` : "";
    const own = [first + (0,format/* shortName */.EU)(step.name), step.id.slice(0, 12), status, shared, ends.map(endText).join(", ")];
    return [own, ...below(vertex.next, rest)];
}
function below(next, prefix) {
    const [only, ...others] = next;
    if (only !== undefined && others.length === 0)
        return rows(only, prefix, prefix);
    return next.flatMap((vertex, index) => index < next.length - 1
        ? rows(vertex, `${prefix}├─ `, `${prefix}│  `)
        : rows(vertex, `${prefix}└─ `, `${prefix}   `));
}
/** Each step with the one whose tree it works on. */
function flatten(graph) {
    const under = (vertex, after) => [
        { vertex, after },
        ...vertex.next.flatMap((above) => under(above, vertex)),
    ];
    return graph.flatMap(({ next }) => next.flatMap((vertex) => under(vertex, undefined)));
}
const list = (graph) => ({
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
function mermaid(graph) {
    const all = flatten(graph);
    const names = new Map(all.map(({ vertex }, index) => [vertex, `s${index}`]));
    const files = [...new Set(all.flatMap(({ vertex }) => vertex.ends.map(({ pipeline }) => pipeline)))];
    const lines = all.flatMap(({ vertex, after }) => {
        const name = names.get(vertex);
        const label = `${escaped((0,format/* shortName */.EU)(vertex.step.name))}<br>${vertex.step.id.slice(0, 12)}`;
        return [
            `${name}["${label}"]${vertex.status === "stored" ? ":::stored" : ""}`,
            ...(after === undefined ? [] : [`${names.get(after)} --> ${name}`]),
            ...vertex.ends.map(({ pipeline, isBuildRoot }) => `${name} ${isBuildRoot ? '-. "build root" .->' : "-->"} p${files.indexOf(pipeline)}`),
        ];
    });
    const ends = files.map((file, index) => `p${index}(["${escaped((0,problems/* printable */.g$)(file))}"])`);
    const style = "classDef stored fill:#d4f4dd,stroke:#2b7a3d,color:#1b1b1b";
    return ["flowchart TD", ...[...ends, ...lines, style].map((line) => `  ${line}`)].join("\n");
}
/** Mermaid takes anything else apart. */
const escaped = (text) => text.replace(/[^\w./ -]/gu, (character) => `#${character.codePointAt(0)};`);


/***/ })

};
