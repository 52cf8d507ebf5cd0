export const id = 878;
export const ids = [878];
export const modules = {

/***/ 1878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parse: () => (/* binding */ parse)
});

// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: ./out/src/json/location.js
var json_location = __webpack_require__(1406);
// EXTERNAL MODULE: ./out/src/json/values.js
var values = __webpack_require__(4347);
// EXTERNAL MODULE: ./out/src/json/brackets.js
var json_brackets = __webpack_require__(6948);
// EXTERNAL MODULE: ./out/src/json/nodes.js
var nodes = __webpack_require__(4488);
// EXTERNAL MODULE: ./out/src/json/wording.js
var wording = __webpack_require__(6161);
;// CONCATENATED MODULE: ./out/src/json/yaml/aliases.js

/** Each copy is limited before it is made, because a few lines of aliases of aliases can stand for anything. */
function measure(node) {
    const found = measured.get(node);
    if (found !== undefined)
        return found;
    const within = (node.children ?? []).map(measure);
    const ownLevel = node.type === "array" || node.type === "object" ? 1 : 0;
    const ownSize = perValue + (typeof node.value === "string" ? node.value.length : 0);
    const all = {
        node,
        size: within.reduce((sum, { size }) => sum + size, ownSize),
        levels: within.reduce((most, { levels }) => Math.max(most, levels), 0) + ownLevel,
    };
    measured.set(node, all);
    return all;
}
const perValue = 10;
/** Kept because anchors may be nested in each other. */
const measured = new WeakMap();
/** A copy that can have a parent of its own. It keeps its places. */
function copyOf({ parent: _, children, ...own }) {
    return children === undefined ? own : (0,nodes/* withChildren */.OF)(own, children.map(copyOf));
}

;// CONCATENATED MODULE: ./out/src/json/yaml/nodes.js






/** About as many characters as all aliases of a file may repeat. */
const mostRepeated = 1_000_000;
/**
 * Makes the nodes that the same values would have in JSON. Each keeps its place in the YAML text; what an alias repeats
 * keeps the place of the original.
 */
function convert(source, contents) {
    const problems = [];
    const reading = {
        problem: ({ offset, length }, message, hint) => problems.push({ message, at: (0,json_location/* locate */.x5)(source, offset, length), hint }),
        tooDeep: ({ offset }) => problems.push((0,json_brackets/* tooDeep */.DI)(source, offset)),
        anchors: new Map(),
        repeated: 0,
    };
    return { root: nodeOf(reading, contents, 1), problems };
}
/** `depth` is the level that the value has if it is a list or an object. */
function nodeOf(reading, written, depth) {
    if (written === null)
        return nothing({ offset: 0, length: 0 });
    if ((0,dist/* isAlias */.Vj)(written))
        return repeat(reading, written, depth);
    const { anchor } = written;
    if (anchor === undefined)
        return contentOf(reading, written, depth);
    reading.anchors.set(anchor, null);
    const node = contentOf(reading, written, depth);
    reading.anchors.set(anchor, measure(node));
    return node;
}
function contentOf(reading, written, depth) {
    const range = rangeOf(written);
    if ((0,dist/* isScalar */.jn)(written))
        return scalar(reading, written.value, written.source ?? "", range);
    if (depth > json_brackets/* deepest */.JS) {
        reading.tooDeep(range);
        return nothing(range);
    }
    if ((0,dist/* isMap */.jh)(written))
        return (0,nodes/* withChildren */.OF)({ type: "object", ...range }, properties(reading, written, depth));
    const { items } = written;
    return (0,nodes/* withChildren */.OF)({ type: "array", ...range }, items.map((item) => nodeOf(reading, item, depth + 1)));
}
const rangeOf = ({ range: [start, end] }) => ({ offset: start, length: end - start });
const nothing = (range) => ({ type: "null", value: null, ...range });
function scalar(reading, value, literal, range) {
    if (typeof value === "string")
        return { type: "string", value, ...range };
    if (typeof value === "boolean")
        return { type: "boolean", value, ...range };
    if (typeof value !== "number")
        return nothing(range);
    if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i.test(literal)) {
        refuseNumber(reading, value, literal, range);
        return nothing(range);
    }
    return { type: "number", value, ...range };
}
/** YAML's versions disagree on such numbers: 0755 is 493 in one of them and 755 in another. */
function refuseNumber({ problem }, value, literal, range) {
    const text = `"${literal}" if it is text`;
    if (Number.isFinite(value))
        problem(range, `${literal} may be a number or text`, `write ${value} if it is a number, ${text}`);
    else
        problem(range, `${literal} isn't a number that JSON has`, `write ${text}`);
}
/** The value that an alias stands for. */
function repeat(reading, written, depth) {
    const { problem, anchors } = reading;
    const range = rangeOf(written);
    const name = written.source;
    const original = anchors.get(name);
    if (original === undefined)
        problem(range, `there is no &${name} above`, `put it in quotes if it is text: "*${name}"`);
    else if (original === null)
        problem(range, `*${name} is part of the value that it repeats`);
    else if (depth - 1 + original.levels > json_brackets/* deepest */.JS)
        reading.tooDeep(range);
    else {
        const before = reading.repeated;
        reading.repeated += original.size;
        if (reading.repeated <= mostRepeated)
            return copyOf(original.node);
        if (before <= mostRepeated)
            problem(range, `the aliases of this file repeat more than ${mostRepeated} characters`);
    }
    return nothing(range);
}
function properties(reading, { items }, depth) {
    const keys = new Set(items.map(({ key }) => ((0,dist/* isScalar */.jn)(key) ? key.value : undefined)));
    const [, second] = items.filter(({ key }) => isMerge(key));
    if (second !== undefined)
        reading.problem(rangeOf(second.key), 'duplicate key "<<"', "one << can take a list: <<: [*a, *b]");
    return items.flatMap((pair) => isMerge(pair.key) ? merged(reading, pair, keys, depth) : property(reading, pair, depth));
}
const isMerge = (key) => (0,dist/* isScalar */.jn)(key) && key.type === "PLAIN" && key.value === "<<";
/** The keys that `<<` brings in. Those of the object itself win, and of several objects the first. */
function merged(reading, { key, value }, keys, depth) {
    const found = nodeOf(reading, value, depth);
    const objects = found.type === "array" ? (found.children ?? []) : [found];
    if (objects.some(({ type }) => type !== "object")) {
        // An alias that stands for nothing has its own problem.
        if ((0,dist/* isAlias */.Vj)(value) && found.type === "null")
            return [];
        reading.problem(rangeOf(value ?? key), `"<<" must be an object or a list of objects, such as *name`);
        return [];
    }
    return objects.flatMap(nodes/* members */.ol).flatMap(([name, inner]) => {
        if (keys.has(name.value))
            return [];
        keys.add(name.value);
        return [propertyOf(name, inner)];
    });
}
function property(reading, { key, value }, depth) {
    const node = nodeOf(reading, value, depth + 1);
    const range = rangeOf(key);
    if (!(0,dist/* isScalar */.jn)(key) || typeof key.value !== "string") {
        refuseKey(reading, key, range);
        return [];
    }
    if (value === null)
        reading.problem(range, "missing colon after this key", "a colon and a space follow a key");
    return [propertyOf({ type: "string", value: key.value, ...range }, node)];
}
const propertyOf = (key, value) => (0,nodes/* withChildren */.OF)({ type: "property", offset: key.offset, length: key.length }, [key, value]);
function refuseKey({ problem }, key, range) {
    if (!(0,dist/* isScalar */.jn)(key))
        problem(range, `a key must be text, not ${(0,dist/* isAlias */.Vj)(key) ? "an alias" : (0,wording/* kindName */.Ep)((0,dist/* isMap */.jh)(key) ? "object" : "array")}`);
    else if (key.source === "")
        problem(range, "missing key before this colon");
    else
        problem(range, `a key must be text, not ${key.source}`, `put it in quotes: ${(0,wording/* quote */.hD)(key.source)}`);
}

;// CONCATENATED MODULE: ./out/src/json/yaml/tokens.js



/**
 * Reads a text's tokens. Finds quotes and brackets that stay open at their beginnings; the library finds their ends.
 */
function tokenise(source) {
    const parser = new dist/* Parser */.iX();
    const tokens = [];
    const problems = [];
    const unreadable = [];
    const brackets = [];
    const never = (from, to, message, hint) => unreadable.push({ from, to, problem: { message, at: (0,json_location/* locate */.x5)(source, from, 1), hint } });
    const close = (to) => {
        const innermost = brackets.splice(0).at(-1) ?? to;
        never(innermost, to, `this ${source.text[innermost]} is never closed`, bracketHint);
    };
    let isText = false;
    for (const word of new dist/* Lexer */.JG().lex(source.text)) {
        const { offset } = parser;
        tokens.push(...parser.next(word));
        // Every open list and object is on the stack. The library's own recursion would overflow.
        if (parser.stack.length > json_brackets/* deepest */.JS + 2)
            return { tokens: undefined, problems: [(0,json_brackets/* tooDeep */.DI)(source, offset)], unreadable };
        const kind = isText ? "scalar" : dist/* CST */.DB.tokenType(word);
        isText = !isText && word === dist/* CST */.DB.SCALAR;
        problems.push(...refused(source, kind, word, offset));
        if (kind === "flow-map-start" || kind === "flow-seq-start")
            brackets.push(offset);
        else if (kind === "flow-map-end" || kind === "flow-seq-end") {
            const opened = brackets.pop();
            const wanted = opened === undefined ? word : (0,json_brackets/* closing */.ET)(source.text[opened]);
            if (word === wanted)
                continue;
            unreadable.push(mismatch(source, opened ?? offset, offset, wanted));
            if (word === (0,json_brackets/* closing */.ET)(source.text[brackets.at(-1) ?? offset]))
                brackets.pop();
        }
        else if (kind === "flow-error-end" && brackets.length > 0)
            close(offset);
        else if (isOpen(kind, word))
            never(offset, source.text.length, "unterminated string", `end it with ${word[0]}`);
    }
    if (brackets.length > 0)
        close(source.text.length);
    tokens.push(...parser.end());
    problems.push(...secondDocument(source, tokens));
    return { tokens, problems, unreadable };
}
const bracketHint = "the lines within brackets are indented more than the key before them";
function mismatch(source, from, to, wanted) {
    const { line, column } = (0,json_location/* locate */.x5)(source, from, 1);
    const hint = `the unclosed ${source.text[from]} is at line ${line}, column ${column}`;
    const problem = { message: `missing ${wanted} before this`, at: (0,json_location/* locate */.x5)(source, to, 1), hint };
    return { from, to: source.text.length, problem };
}
/** Whether a string has no second quote and so reaches to the end of the text. */
function isOpen(kind, word) {
    if (kind === "single-quoted-scalar")
        return word.split("'").length % 2 === 0;
    return kind === "double-quoted-scalar" && (word.length === 1 || /(?<!\\)(\\\\)*\\"$|[^"]$/.test(word));
}
/** The problem of a token that this program gives no meaning to. */
function refused(source, kind, word, offset) {
    const problem = (message, hint) => [{ message, at: (0,json_location/* locate */.x5)(source, offset, word.length), hint }];
    if (kind === "tag")
        return problem("tags aren't supported", 'remove it; write text that looks like a number in quotes: "1.10"');
    if (kind === "directive-line" && !/^%YAML[ \t]+1\.2[ \t]*$/.test(word))
        return problem("directives aren't supported", "remove it: the file is read as YAML 1.2");
    return [];
}
function secondDocument(source, tokens) {
    const [, second] = tokens.filter((token) => token.type === "document");
    if (second === undefined)
        return [];
    const { offset } = second.start.find(({ type }) => type === "doc-start") ?? second;
    const hint = "write each pipeline in a file of its own";
    return [{ message: "a second YAML document begins here", at: (0,json_location/* locate */.x5)(source, offset, 3), hint }];
}

;// CONCATENATED MODULE: ./out/src/json/yaml/wording.js


/** A text with more errors than this isn't YAML at all. */
const mostErrors = 10;
/** Words the library's errors. Only the first one of each line is told, because the others follow from it. */
function syntaxProblems(source, errors, unreadable) {
    const problems = unreadable.slice(0, mostErrors).map(({ problem }) => problem);
    const lines = new Set(unreadable.slice(0, mostErrors).flatMap(({ from, to }) => [lineOf(source, from), lineOf(source, to)]));
    for (const { code, pos } of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
        if (problems.length >= mostErrors)
            break;
        const offset = placeOf(source.text, code, pos[0]);
        if (toldElsewhere.has(code) || unreadable.some(({ from, to }) => offset >= from && offset <= to))
            continue;
        const line = lineOf(source, offset);
        // A bracket may close what an error above has ended too early.
        const follows = lines.has(line) || (problems.length > 0 && isCloser(source.text[offset]));
        lines.add(line);
        if (!follows)
            problems.push({ ...describe(source.text, code, offset), at: (0,json_location/* locate */.x5)(source, offset, pos[1] - offset) });
    }
    return problems.toSorted(json_location/* byPlace */.hz);
}
const lineOf = (source, offset) => (0,json_location/* locate */.x5)(source, offset, 1).line;
/** Tags and directives, which are refused anyway. */
const toldElsewhere = new Set(["BAD_DIRECTIVE", "MULTIPLE_TAGS", "TAG_RESOLVE_FAILED"]);
/** Errors of indentation are at the white space; a mark under that says nothing. */
function placeOf(text, code, offset) {
    if (code === "TAB_AS_INDENT")
        return offset;
    const word = /\S/g;
    word.lastIndex = offset;
    return word.exec(text)?.index ?? offset;
}
const isCloser = (character) => character === "]" || character === "}";
function describe(text, code, offset) {
    const [rest = ""] = text.slice(offset, offset + longest).split("\n", 1);
    const first = rest[0] ?? "";
    switch (code) {
        case "TAB_AS_INDENT":
            return { message: "a tab can't indent a line", hint: "use spaces" };
        case "BAD_INDENT":
            return wrongIndent;
        case "BLOCK_AS_IMPLICIT_KEY":
            if (first === "-")
                return wrongIndent;
            return /:(\s|$)/.test(rest)
                ? { message: 'a second ": " on one line', hint: "put the text in quotes, or begin an object on the next line" }
                : { message: "the line below this is indented too far" };
        case "MULTILINE_IMPLICIT_KEY":
            return first === "-" ? wrongIndent : noColon(rest);
        case "MISSING_CHAR":
            return missing(first, rest);
        case "UNEXPECTED_TOKEN":
            return unexpected(first, rest);
        case "BAD_SCALAR_START":
            return { message: `text can't begin with ${first}`, hint: "put it in quotes" };
        case "BAD_DQ_ESCAPE":
            return { message: "invalid escape sequence", hint: "write a backslash as \\\\, or the text in single quotes" };
        case "BLOCK_IN_FLOW":
            return { message: 'a second ": " within brackets', hint: "put the text in quotes, or an object in braces" };
        case "BAD_ALIAS":
            return { message: `a name is missing after this ${first}`, hint: "put the text in quotes if it isn't an alias" };
        case "ALIAS_PROPS":
            return { message: "an alias can't have an anchor" };
        case "MULTIPLE_ANCHORS":
            return { message: "a value can have only one anchor" };
        case "BAD_PROP_ORDER":
            return { message: "an anchor belongs directly before its value" };
        case "KEY_OVER_1024_CHARS":
            return { message: "this key is longer than 1024 characters" };
        default:
            return { message: `not valid YAML: ${rest.trim().slice(0, 40)}` };
    }
}
/** More of a line doesn't help. */
const longest = 1000;
const wrongIndent = {
    message: "wrong indentation",
    hint: "the keys of one object, and the items of one list, begin in the same column",
};
/** A line without a colon. */
const noColon = (rest) => rest.startsWith("//")
    ? { message: "YAML has other comments", hint: "begin a comment with #" }
    : { message: "missing colon after this key", hint: "a colon and a space follow a key" };
function missing(first, rest) {
    switch (first) {
        case "#":
            return { message: "missing space before this comment" };
        case ":":
            return { message: "missing space after this colon" };
        case "{":
        case "[":
            return { message: "missing comma before this", hint: "put text with brackets in quotes" };
        case "-":
            return wrongIndent;
        default:
            return /^\S+:(\s|$)/.test(rest) ? wrongIndent : noColon(rest);
    }
}
function unexpected(first, rest) {
    switch (first) {
        case "]":
        case "}":
            return { message: `unmatched ${first}` };
        case ",":
            return { message: "expected a value before this comma" };
        case "-":
            return { message: "a list can't begin here", hint: "begin it on a line of its own" };
        default:
            return { message: `unexpected ${(0,wording/* quote */.hD)(rest.trim())} after the end of a value` };
    }
}

;// CONCATENATED MODULE: ./out/src/json/yaml/parse.js






/**
 * Parses as much of a YAML text as possible and reports everything that is wrong with it. YAML is read as version 1.2,
 * without what JSON can't say and without what its versions read differently.
 */
function parse(source) {
    const controls = controlCharacters(source);
    if (controls.length > 0)
        return { root: undefined, problems: controls, warnings: [] };
    const { tokens, problems, unreadable } = tokenise(source);
    if (tokens === undefined)
        return { root: undefined, problems, warnings: [] };
    const [document] = new dist/* Composer */.Dk(options).compose(tokens, true, source.text.length);
    const wrong = syntaxProblems(source, document?.errors ?? [], unreadable);
    const { root, problems: unclear } = convert(source, document?.contents ?? null);
    const warnings = [];
    const isEmpty = wrong.length === 0 && root.type === "null" && root.length === 0;
    const emptiness = isEmpty ? [{ message: "the file is empty", at: (0,json_location/* locate */.x5)(source, source.text.length, 1) }] : [];
    const inValues = [...problems, ...unclear, ...emptiness, ...(0,values/* valueProblems */.c)(source, root, warnings)];
    // A line that can't be read, and what follows an open bracket, have values that nobody meant.
    const misread = new Set(wrong.map(({ at }) => at?.line));
    const end = unreadable.reduce((first, { problem }) => Math.min(first, problem.at?.line ?? Infinity), Infinity);
    const others = inValues.filter(({ at }) => at !== undefined && at.line < end && !misread.has(at.line));
    return { root, problems: (0,json_location/* distinct */.dM)([...wrong, ...others]).toSorted(json_location/* byPlace */.hz), warnings: (0,json_location/* distinct */.dM)(warnings) };
}
const options = { version: "1.2", schema: "core", merge: false, uniqueKeys: false, resolveKnownTags: false };
/** A text with more of them isn't YAML at all. */
const mostControls = 10;
/** YAML allows no control characters, and the library's own signs are among them. */
function controlCharacters(source) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const found = source.text.matchAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g).take(mostControls);
    return Array.from(found, ({ index, 0: character }) => {
        const hint = `write it as \\x${character.charCodeAt(0).toString(16).padStart(2, "0")} in double quotes`;
        return { message: "control characters must be escaped", at: (0,json_location/* locate */.x5)(source, index, 1), hint };
    });
}


/***/ })

};
