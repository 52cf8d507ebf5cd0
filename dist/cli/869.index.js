export const id = 869;
export const ids = [869];
export const modules = {

/***/ 869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  schemaCommand: () => (/* binding */ schemaCommand)
});

// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/schema/pipeline.json
var pipeline = __webpack_require__(971);
;// CONCATENATED MODULE: ./out/src/programs/editor-schema.js

/**
 * The JSON Schema of pipelines for editors: that of the engine, with the options of all these programs. Steps of other
 * names may have any options, because they may come from another libdir.
 */
function editorSchema(programs) {
    const { $defs, ...rest } = pipeline;
    const options = programs.map((program) => [keyOf(program), optionsOf(program)]);
    return {
        ...rest,
        $defs: {
            ...$defs,
            stages: { ...$defs.stages, items: { $ref: "#/$defs/stage" } },
            assembler: {
                description: $defs.assembler.description,
                anyOf: [stepOf(programs.filter(({ kind }) => kind === "assembler")), { type: "null" }],
            },
            // A pipeline of June 2019 ends with a stage that is an assembler.
            stage: stepOf(programs),
            "source-epoch": orVariable($defs["source-epoch"]),
            ...Object.fromEntries(options),
        },
    };
}
const keyOf = ({ kind, name }) => `${kind}-${name}`;
/** A step, whose name decides about its options. Of a stage and an assembler with the same name the stage is meant. */
function stepOf(programs) {
    const { step } = pipeline.$defs;
    const first = [...new Map(programs.toReversed().map((program) => [program.name, program])).values()].reverse();
    const name = {
        ...step.properties.name,
        anyOf: [
            { enum: first.map((program) => program.name), enumDescriptions: first.map(({ meta }) => meta.summary ?? "") },
            {},
        ],
    };
    const timeout = orVariable(step.properties.timeout);
    return {
        ...step,
        properties: { ...step.properties, name, timeout },
        allOf: first.map((program) => ({
            if: { required: ["name"], properties: { name: { const: program.name } } },
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema's.
            then: { ...requiring(program), properties: { options: { $ref: `#/$defs/${keyOf(program)}` } } },
        })),
    };
}
const requiring = ({ meta: { options } }) => options?.required === undefined ? {} : { required: ["options"] };
function optionsOf(program) {
    const { summary, description, options = {}, example } = program.meta;
    const text = [summary, description].filter((part) => part !== undefined).join("\n\n");
    return {
        ...(text === "" ? {} : { description: text }),
        ...(example === undefined ? {} : { examples: [example] }),
        ...transform(options, `#/$defs/${keyOf(program)}`),
    };
}
/** The engine's own keywords, which editors don't know. */
const own = new Set(["diskLayout", "maxBytes", "maxNameBytes", "unsupported"]);
/** The keywords whose values are schemas by name, lists of schemas, and single schemas. */
const maps = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);
const lists = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const single = new Set(["items", "additionalProperties", "then", "else"]);
/**
 * Moves a schema to another place, and has its values written with variables, too. What only decides about others, such
 * as the condition of an `if`, stays as it is.
 */
function transform(schema, place) {
    const moved = Object.entries(schema).flatMap(([keyword, value]) => {
        if (own.has(keyword))
            return [];
        if (keyword === "$ref")
            return [[keyword, value.replace(/^#/, place)]];
        if (maps.has(keyword))
            return [[keyword, mapped(value, place)]];
        if (lists.has(keyword))
            return [[keyword, value.map((one) => inner(one, place))]];
        return [[keyword, single.has(keyword) ? inner(value, place) : value]];
    });
    return Object.fromEntries(moved);
}
const mapped = (schemas, place) => Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, inner(one, place)]));
const inner = (schema, place) => typeof schema === "object" && schema !== null ? orVariable(transform(schema, place)) : schema;
/** A value or a text with a variable in it. */
function orVariable(schema) {
    const isScalar = schema.enum !== undefined ||
        (schema.type !== undefined && ![schema.type].flat().some((type) => type === "array" || type === "object"));
    if (!isScalar)
        return schema;
    const { description, default: initial, ...rest } = schema;
    const outside = {
        ...(description === undefined ? {} : { description }),
        ...(initial === undefined ? {} : { default: initial }),
    };
    return { ...outside, anyOf: [rest, { type: "string", pattern: "\\$\\{" }] };
}

// EXTERNAL MODULE: ./out/src/programs/library.js + 2 modules
var library = __webpack_require__(1373);
;// CONCATENATED MODULE: ./out/src/cli/schema.js



/** `osbuild schema`: prints the JSON Schema of pipelines for editors, with the options of all stages and assemblers. */
async function schemaCommand({ libdirs }) {
    await (0,load/* requireLibdirs */.rS)(libdirs);
    process.stdout.write(`${JSON.stringify(editorSchema(await (0,library/* allPrograms */.n9)((0,load/* libraryOf */.vT)(libdirs))), null, 2)}\n`);
}


/***/ })

};
