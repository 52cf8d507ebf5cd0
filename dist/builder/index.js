import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2779:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./format", "./parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isWS = exports.applyEdit = exports.setProperty = exports.removeProperty = void 0;
    const format_1 = __nccwpck_require__(2912);
    const parser_1 = __nccwpck_require__(4180);
    function removeProperty(text, path, options) {
        return setProperty(text, path, void 0, options);
    }
    exports.removeProperty = removeProperty;
    function setProperty(text, originalPath, value, options) {
        const path = originalPath.slice();
        const errors = [];
        const root = (0, parser_1.parseTree)(text, errors);
        let parent = void 0;
        let lastSegment = void 0;
        while (path.length > 0) {
            lastSegment = path.pop();
            parent = (0, parser_1.findNodeAtLocation)(root, path);
            if (parent === void 0 && value !== void 0) {
                if (typeof lastSegment === 'string') {
                    value = { [lastSegment]: value };
                }
                else {
                    value = [value];
                }
            }
            else {
                break;
            }
        }
        if (!parent) {
            // empty document
            if (value === void 0) { // delete
                throw new Error('Can not delete in empty document');
            }
            return withFormatting(text, { offset: root ? root.offset : 0, length: root ? root.length : 0, content: JSON.stringify(value) }, options);
        }
        else if (parent.type === 'object' && typeof lastSegment === 'string' && Array.isArray(parent.children)) {
            const existing = (0, parser_1.findNodeAtLocation)(parent, [lastSegment]);
            if (existing !== void 0) {
                if (value === void 0) { // delete
                    if (!existing.parent) {
                        throw new Error('Malformed AST');
                    }
                    const propertyIndex = parent.children.indexOf(existing.parent);
                    let removeBegin;
                    let removeEnd = existing.parent.offset + existing.parent.length;
                    if (propertyIndex > 0) {
                        // remove the comma of the previous node
                        let previous = parent.children[propertyIndex - 1];
                        removeBegin = previous.offset + previous.length;
                    }
                    else {
                        removeBegin = parent.offset + 1;
                        if (parent.children.length > 1) {
                            // remove the comma of the next node
                            let next = parent.children[1];
                            removeEnd = next.offset;
                        }
                    }
                    return withFormatting(text, { offset: removeBegin, length: removeEnd - removeBegin, content: '' }, options);
                }
                else {
                    // set value of existing property
                    return withFormatting(text, { offset: existing.offset, length: existing.length, content: JSON.stringify(value) }, options);
                }
            }
            else {
                if (value === void 0) { // delete
                    return []; // property does not exist, nothing to do
                }
                const newProperty = `${JSON.stringify(lastSegment)}: ${JSON.stringify(value)}`;
                const index = options.getInsertionIndex ? options.getInsertionIndex(parent.children.map(p => p.children[0].value)) : parent.children.length;
                let edit;
                if (index > 0) {
                    let previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                else if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty + ',' };
                }
                return withFormatting(text, edit, options);
            }
        }
        else if (parent.type === 'array' && typeof lastSegment === 'number' && Array.isArray(parent.children)) {
            const insertIndex = lastSegment;
            if (insertIndex === -1) {
                // Insert
                const newProperty = `${JSON.stringify(value)}`;
                let edit;
                if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    const previous = parent.children[parent.children.length - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else if (value === void 0 && parent.children.length >= 0) {
                // Removal
                const removalIndex = lastSegment;
                const toRemove = parent.children[removalIndex];
                let edit;
                if (parent.children.length === 1) {
                    // only item
                    edit = { offset: parent.offset + 1, length: parent.length - 2, content: '' };
                }
                else if (parent.children.length - 1 === removalIndex) {
                    // last item
                    let previous = parent.children[removalIndex - 1];
                    let offset = previous.offset + previous.length;
                    let parentEndOffset = parent.offset + parent.length;
                    edit = { offset, length: parentEndOffset - 2 - offset, content: '' };
                }
                else {
                    edit = { offset: toRemove.offset, length: parent.children[removalIndex + 1].offset - toRemove.offset, content: '' };
                }
                return withFormatting(text, edit, options);
            }
            else if (value !== void 0) {
                let edit;
                const newProperty = `${JSON.stringify(value)}`;
                if (!options.isArrayInsertion && parent.children.length > lastSegment) {
                    const toModify = parent.children[lastSegment];
                    edit = { offset: toModify.offset, length: toModify.length, content: newProperty };
                }
                else if (parent.children.length === 0 || lastSegment === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: parent.children.length === 0 ? newProperty : newProperty + ',' };
                }
                else {
                    const index = lastSegment > parent.children.length ? parent.children.length : lastSegment;
                    const previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else {
                throw new Error(`Can not ${value === void 0 ? 'remove' : (options.isArrayInsertion ? 'insert' : 'modify')} Array index ${insertIndex} as length is not sufficient`);
            }
        }
        else {
            throw new Error(`Can not add ${typeof lastSegment !== 'number' ? 'index' : 'property'} to parent of type ${parent.type}`);
        }
    }
    exports.setProperty = setProperty;
    function withFormatting(text, edit, options) {
        if (!options.formattingOptions) {
            return [edit];
        }
        // apply the edit
        let newText = applyEdit(text, edit);
        // format the new text
        let begin = edit.offset;
        let end = edit.offset + edit.content.length;
        if (edit.length === 0 || edit.content.length === 0) { // insert or remove
            while (begin > 0 && !(0, format_1.isEOL)(newText, begin - 1)) {
                begin--;
            }
            while (end < newText.length && !(0, format_1.isEOL)(newText, end)) {
                end++;
            }
        }
        const edits = (0, format_1.format)(newText, { offset: begin, length: end - begin }, { ...options.formattingOptions, keepLines: false });
        // apply the formatting edits and track the begin and end offsets of the changes
        for (let i = edits.length - 1; i >= 0; i--) {
            const edit = edits[i];
            newText = applyEdit(newText, edit);
            begin = Math.min(begin, edit.offset);
            end = Math.max(end, edit.offset + edit.length);
            end += edit.content.length - edit.length;
        }
        // create a single edit with all changes
        const editLength = text.length - (newText.length - end) - begin;
        return [{ offset: begin, length: editLength, content: newText.substring(begin, end) }];
    }
    function applyEdit(text, edit) {
        return text.substring(0, edit.offset) + edit.content + text.substring(edit.offset + edit.length);
    }
    exports.applyEdit = applyEdit;
    function isWS(text, offset) {
        return '\r\n \t'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isWS = isWS;
});


/***/ }),

/***/ 2912:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner", "./string-intern"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isEOL = exports.format = void 0;
    const scanner_1 = __nccwpck_require__(7769);
    const string_intern_1 = __nccwpck_require__(1271);
    function format(documentText, range, options) {
        let initialIndentLevel;
        let formatText;
        let formatTextStart;
        let rangeStart;
        let rangeEnd;
        if (range) {
            rangeStart = range.offset;
            rangeEnd = rangeStart + range.length;
            formatTextStart = rangeStart;
            while (formatTextStart > 0 && !isEOL(documentText, formatTextStart - 1)) {
                formatTextStart--;
            }
            let endOffset = rangeEnd;
            while (endOffset < documentText.length && !isEOL(documentText, endOffset)) {
                endOffset++;
            }
            formatText = documentText.substring(formatTextStart, endOffset);
            initialIndentLevel = computeIndentLevel(formatText, options);
        }
        else {
            formatText = documentText;
            initialIndentLevel = 0;
            formatTextStart = 0;
            rangeStart = 0;
            rangeEnd = documentText.length;
        }
        const eol = getEOL(options, documentText);
        const eolFastPathSupported = string_intern_1.supportedEols.includes(eol);
        let numberLineBreaks = 0;
        let indentLevel = 0;
        let indentValue;
        if (options.insertSpaces) {
            indentValue = string_intern_1.cachedSpaces[options.tabSize || 4] ?? repeat(string_intern_1.cachedSpaces[1], options.tabSize || 4);
        }
        else {
            indentValue = '\t';
        }
        const indentType = indentValue === '\t' ? '\t' : ' ';
        let scanner = (0, scanner_1.createScanner)(formatText, false);
        let hasError = false;
        function newLinesAndIndent() {
            if (numberLineBreaks > 1) {
                return repeat(eol, numberLineBreaks) + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            const amountOfSpaces = indentValue.length * (initialIndentLevel + indentLevel);
            if (!eolFastPathSupported || amountOfSpaces > string_intern_1.cachedBreakLinesWithSpaces[indentType][eol].length) {
                return eol + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            if (amountOfSpaces <= 0) {
                return eol;
            }
            return string_intern_1.cachedBreakLinesWithSpaces[indentType][eol][amountOfSpaces];
        }
        function scanNext() {
            let token = scanner.scan();
            numberLineBreaks = 0;
            while (token === 15 /* SyntaxKind.Trivia */ || token === 14 /* SyntaxKind.LineBreakTrivia */) {
                if (token === 14 /* SyntaxKind.LineBreakTrivia */ && options.keepLines) {
                    numberLineBreaks += 1;
                }
                else if (token === 14 /* SyntaxKind.LineBreakTrivia */) {
                    numberLineBreaks = 1;
                }
                token = scanner.scan();
            }
            hasError = token === 16 /* SyntaxKind.Unknown */ || scanner.getTokenError() !== 0 /* ScanError.None */;
            return token;
        }
        const editOperations = [];
        function addEdit(text, startOffset, endOffset) {
            if (!hasError && (!range || (startOffset < rangeEnd && endOffset > rangeStart)) && documentText.substring(startOffset, endOffset) !== text) {
                editOperations.push({ offset: startOffset, length: endOffset - startOffset, content: text });
            }
        }
        let firstToken = scanNext();
        if (options.keepLines && numberLineBreaks > 0) {
            addEdit(repeat(eol, numberLineBreaks), 0, 0);
        }
        if (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenStart = scanner.getTokenOffset() + formatTextStart;
            let initialIndent = (indentValue.length * initialIndentLevel < 20) && options.insertSpaces
                ? string_intern_1.cachedSpaces[indentValue.length * initialIndentLevel]
                : repeat(indentValue, initialIndentLevel);
            addEdit(initialIndent, formatTextStart, firstTokenStart);
        }
        while (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
            let secondToken = scanNext();
            let replaceContent = '';
            let needsLineBreak = false;
            while (numberLineBreaks === 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                let commentTokenStart = scanner.getTokenOffset() + formatTextStart;
                addEdit(string_intern_1.cachedSpaces[1], firstTokenEnd, commentTokenStart);
                firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
                needsLineBreak = secondToken === 12 /* SyntaxKind.LineCommentTrivia */;
                replaceContent = needsLineBreak ? newLinesAndIndent() : '';
                secondToken = scanNext();
            }
            if (secondToken === 2 /* SyntaxKind.CloseBraceToken */) {
                if (firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else if (secondToken === 4 /* SyntaxKind.CloseBracketToken */) {
                if (firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else {
                switch (firstToken) {
                    case 3 /* SyntaxKind.OpenBracketToken */:
                    case 1 /* SyntaxKind.OpenBraceToken */:
                        indentLevel++;
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 5 /* SyntaxKind.CommaToken */:
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                        replaceContent = newLinesAndIndent();
                        break;
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 6 /* SyntaxKind.ColonToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 10 /* SyntaxKind.StringLiteral */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (secondToken === 6 /* SyntaxKind.ColonToken */ && !needsLineBreak) {
                            replaceContent = '';
                        }
                        break;
                    case 7 /* SyntaxKind.NullKeyword */:
                    case 8 /* SyntaxKind.TrueKeyword */:
                    case 9 /* SyntaxKind.FalseKeyword */:
                    case 11 /* SyntaxKind.NumericLiteral */:
                    case 2 /* SyntaxKind.CloseBraceToken */:
                    case 4 /* SyntaxKind.CloseBracketToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            if ((secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */) && !needsLineBreak) {
                                replaceContent = string_intern_1.cachedSpaces[1];
                            }
                            else if (secondToken !== 5 /* SyntaxKind.CommaToken */ && secondToken !== 17 /* SyntaxKind.EOF */) {
                                hasError = true;
                            }
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        hasError = true;
                        break;
                }
                if (numberLineBreaks > 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                    replaceContent = newLinesAndIndent();
                }
            }
            if (secondToken === 17 /* SyntaxKind.EOF */) {
                if (options.keepLines && numberLineBreaks > 0) {
                    replaceContent = newLinesAndIndent();
                }
                else {
                    replaceContent = options.insertFinalNewline ? eol : '';
                }
            }
            const secondTokenStart = scanner.getTokenOffset() + formatTextStart;
            addEdit(replaceContent, firstTokenEnd, secondTokenStart);
            firstToken = secondToken;
        }
        return editOperations;
    }
    exports.format = format;
    function repeat(s, count) {
        let result = '';
        for (let i = 0; i < count; i++) {
            result += s;
        }
        return result;
    }
    function computeIndentLevel(content, options) {
        let i = 0;
        let nChars = 0;
        const tabSize = options.tabSize || 4;
        while (i < content.length) {
            let ch = content.charAt(i);
            if (ch === string_intern_1.cachedSpaces[1]) {
                nChars++;
            }
            else if (ch === '\t') {
                nChars += tabSize;
            }
            else {
                break;
            }
            i++;
        }
        return Math.floor(nChars / tabSize);
    }
    function getEOL(options, text) {
        for (let i = 0; i < text.length; i++) {
            const ch = text.charAt(i);
            if (ch === '\r') {
                if (i + 1 < text.length && text.charAt(i + 1) === '\n') {
                    return '\r\n';
                }
                return '\r';
            }
            else if (ch === '\n') {
                return '\n';
            }
        }
        return (options && options.eol) || '\n';
    }
    function isEOL(text, offset) {
        return '\r\n'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isEOL = isEOL;
});


/***/ }),

/***/ 4180:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.getNodeType = exports.stripComments = exports.visit = exports.findNodeAtOffset = exports.contains = exports.getNodeValue = exports.getNodePath = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = void 0;
    const scanner_1 = __nccwpck_require__(7769);
    var ParseOptions;
    (function (ParseOptions) {
        ParseOptions.DEFAULT = {
            allowTrailingComma: false
        };
    })(ParseOptions || (ParseOptions = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    function getLocation(text, position) {
        const segments = []; // strings or numbers
        const earlyReturnException = new Object();
        let previousNode = undefined;
        const previousNodeInst = {
            value: {},
            offset: 0,
            length: 0,
            type: 'object',
            parent: undefined
        };
        let isAtPropertyKey = false;
        function setPreviousNode(value, offset, length, type) {
            previousNodeInst.value = value;
            previousNodeInst.offset = offset;
            previousNodeInst.length = length;
            previousNodeInst.type = type;
            previousNodeInst.colonOffset = undefined;
            previousNode = previousNodeInst;
        }
        try {
            visit(text, {
                onObjectBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    isAtPropertyKey = position > offset;
                    segments.push(''); // push a placeholder (will be replaced)
                },
                onObjectProperty: (name, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(name, offset, length, 'property');
                    segments[segments.length - 1] = name;
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onObjectEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onArrayBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.push(0);
                },
                onArrayEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onLiteralValue: (value, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(value, offset, length, getNodeType(value));
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onSeparator: (sep, offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    if (sep === ':' && previousNode && previousNode.type === 'property') {
                        previousNode.colonOffset = offset;
                        isAtPropertyKey = false;
                        previousNode = undefined;
                    }
                    else if (sep === ',') {
                        const last = segments[segments.length - 1];
                        if (typeof last === 'number') {
                            segments[segments.length - 1] = last + 1;
                        }
                        else {
                            isAtPropertyKey = true;
                            segments[segments.length - 1] = '';
                        }
                        previousNode = undefined;
                    }
                }
            });
        }
        catch (e) {
            if (e !== earlyReturnException) {
                throw e;
            }
        }
        return {
            path: segments,
            previousNode,
            isAtPropertyKey,
            matches: (pattern) => {
                let k = 0;
                for (let i = 0; k < pattern.length && i < segments.length; i++) {
                    if (pattern[k] === segments[i] || pattern[k] === '*') {
                        k++;
                    }
                    else if (pattern[k] !== '**') {
                        return false;
                    }
                }
                return k === pattern.length;
            }
        };
    }
    exports.getLocation = getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore always check the errors list to find out if the input was valid.
     */
    function parse(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentProperty = null;
        let currentParent = [];
        const previousParents = [];
        function onValue(value) {
            if (Array.isArray(currentParent)) {
                currentParent.push(value);
            }
            else if (currentProperty !== null) {
                currentParent[currentProperty] = value;
            }
        }
        const visitor = {
            onObjectBegin: () => {
                const object = {};
                onValue(object);
                previousParents.push(currentParent);
                currentParent = object;
                currentProperty = null;
            },
            onObjectProperty: (name) => {
                currentProperty = name;
            },
            onObjectEnd: () => {
                currentParent = previousParents.pop();
            },
            onArrayBegin: () => {
                const array = [];
                onValue(array);
                previousParents.push(currentParent);
                currentParent = array;
                currentProperty = null;
            },
            onArrayEnd: () => {
                currentParent = previousParents.pop();
            },
            onLiteralValue: onValue,
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        return currentParent[0];
    }
    exports.parse = parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    function parseTree(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentParent = { type: 'array', offset: -1, length: -1, children: [], parent: undefined }; // artificial root
        function ensurePropertyComplete(endOffset) {
            if (currentParent.type === 'property') {
                currentParent.length = endOffset - currentParent.offset;
                currentParent = currentParent.parent;
            }
        }
        function onValue(valueNode) {
            currentParent.children.push(valueNode);
            return valueNode;
        }
        const visitor = {
            onObjectBegin: (offset) => {
                currentParent = onValue({ type: 'object', offset, length: -1, parent: currentParent, children: [] });
            },
            onObjectProperty: (name, offset, length) => {
                currentParent = onValue({ type: 'property', offset, length: -1, parent: currentParent, children: [] });
                currentParent.children.push({ type: 'string', value: name, offset, length, parent: currentParent });
            },
            onObjectEnd: (offset, length) => {
                ensurePropertyComplete(offset + length); // in case of a missing value for a property: make sure property is complete
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onArrayBegin: (offset, length) => {
                currentParent = onValue({ type: 'array', offset, length: -1, parent: currentParent, children: [] });
            },
            onArrayEnd: (offset, length) => {
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onLiteralValue: (value, offset, length) => {
                onValue({ type: getNodeType(value), offset, length, parent: currentParent, value });
                ensurePropertyComplete(offset + length);
            },
            onSeparator: (sep, offset, length) => {
                if (currentParent.type === 'property') {
                    if (sep === ':') {
                        currentParent.colonOffset = offset;
                    }
                    else if (sep === ',') {
                        ensurePropertyComplete(offset);
                    }
                }
            },
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        const result = currentParent.children[0];
        if (result) {
            delete result.parent;
        }
        return result;
    }
    exports.parseTree = parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    function findNodeAtLocation(root, path) {
        if (!root) {
            return undefined;
        }
        let node = root;
        for (let segment of path) {
            if (typeof segment === 'string') {
                if (node.type !== 'object' || !Array.isArray(node.children)) {
                    return undefined;
                }
                let found = false;
                for (const propertyNode of node.children) {
                    if (Array.isArray(propertyNode.children) && propertyNode.children[0].value === segment && propertyNode.children.length === 2) {
                        node = propertyNode.children[1];
                        found = true;
                        break;
                    }
                }
                if (!found) {
                    return undefined;
                }
            }
            else {
                const index = segment;
                if (node.type !== 'array' || index < 0 || !Array.isArray(node.children) || index >= node.children.length) {
                    return undefined;
                }
                node = node.children[index];
            }
        }
        return node;
    }
    exports.findNodeAtLocation = findNodeAtLocation;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    function getNodePath(node) {
        if (!node.parent || !node.parent.children) {
            return [];
        }
        const path = getNodePath(node.parent);
        if (node.parent.type === 'property') {
            const key = node.parent.children[0].value;
            path.push(key);
        }
        else if (node.parent.type === 'array') {
            const index = node.parent.children.indexOf(node);
            if (index !== -1) {
                path.push(index);
            }
        }
        return path;
    }
    exports.getNodePath = getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    function getNodeValue(node) {
        switch (node.type) {
            case 'array':
                return node.children.map(getNodeValue);
            case 'object':
                const obj = Object.create(null);
                for (let prop of node.children) {
                    const valueNode = prop.children[1];
                    if (valueNode) {
                        obj[prop.children[0].value] = getNodeValue(valueNode);
                    }
                }
                return obj;
            case 'null':
            case 'string':
            case 'number':
            case 'boolean':
                return node.value;
            default:
                return undefined;
        }
    }
    exports.getNodeValue = getNodeValue;
    function contains(node, offset, includeRightBound = false) {
        return (offset >= node.offset && offset < (node.offset + node.length)) || includeRightBound && (offset === (node.offset + node.length));
    }
    exports.contains = contains;
    /**
     * Finds the most inner node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    function findNodeAtOffset(node, offset, includeRightBound = false) {
        if (contains(node, offset, includeRightBound)) {
            const children = node.children;
            if (Array.isArray(children)) {
                for (let i = 0; i < children.length && children[i].offset <= offset; i++) {
                    const item = findNodeAtOffset(children[i], offset, includeRightBound);
                    if (item) {
                        return item;
                    }
                }
            }
            return node;
        }
        return undefined;
    }
    exports.findNodeAtOffset = findNodeAtOffset;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    function visit(text, visitor, options = ParseOptions.DEFAULT) {
        const _scanner = (0, scanner_1.createScanner)(text, false);
        // Important: Only pass copies of this to visitor functions to prevent accidental modification, and
        // to not affect visitor functions which stored a reference to a previous JSONPath
        const _jsonPath = [];
        // Depth of onXXXBegin() callbacks suppressed. onXXXEnd() decrements this if it isn't 0 already.
        // Callbacks are only called when this value is 0.
        let suppressedCallbacks = 0;
        function toNoArgVisit(visitFunction) {
            return visitFunction ? () => suppressedCallbacks === 0 && visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisit(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisitWithPath(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice()) : () => true;
        }
        function toBeginVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks++;
                    }
                    else {
                        let cbReturn = visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice());
                        if (cbReturn === false) {
                            suppressedCallbacks = 1;
                        }
                    }
                }
                : () => true;
        }
        function toEndVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks--;
                    }
                    if (suppressedCallbacks === 0) {
                        visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter());
                    }
                }
                : () => true;
        }
        const onObjectBegin = toBeginVisit(visitor.onObjectBegin), onObjectProperty = toOneArgVisitWithPath(visitor.onObjectProperty), onObjectEnd = toEndVisit(visitor.onObjectEnd), onArrayBegin = toBeginVisit(visitor.onArrayBegin), onArrayEnd = toEndVisit(visitor.onArrayEnd), onLiteralValue = toOneArgVisitWithPath(visitor.onLiteralValue), onSeparator = toOneArgVisit(visitor.onSeparator), onComment = toNoArgVisit(visitor.onComment), onError = toOneArgVisit(visitor.onError);
        const disallowComments = options && options.disallowComments;
        const allowTrailingComma = options && options.allowTrailingComma;
        function scanNext() {
            while (true) {
                const token = _scanner.scan();
                switch (_scanner.getTokenError()) {
                    case 4 /* ScanError.InvalidUnicode */:
                        handleError(14 /* ParseErrorCode.InvalidUnicode */);
                        break;
                    case 5 /* ScanError.InvalidEscapeCharacter */:
                        handleError(15 /* ParseErrorCode.InvalidEscapeCharacter */);
                        break;
                    case 3 /* ScanError.UnexpectedEndOfNumber */:
                        handleError(13 /* ParseErrorCode.UnexpectedEndOfNumber */);
                        break;
                    case 1 /* ScanError.UnexpectedEndOfComment */:
                        if (!disallowComments) {
                            handleError(11 /* ParseErrorCode.UnexpectedEndOfComment */);
                        }
                        break;
                    case 2 /* ScanError.UnexpectedEndOfString */:
                        handleError(12 /* ParseErrorCode.UnexpectedEndOfString */);
                        break;
                    case 6 /* ScanError.InvalidCharacter */:
                        handleError(16 /* ParseErrorCode.InvalidCharacter */);
                        break;
                }
                switch (token) {
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (disallowComments) {
                            handleError(10 /* ParseErrorCode.InvalidCommentToken */);
                        }
                        else {
                            onComment();
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        handleError(1 /* ParseErrorCode.InvalidSymbol */);
                        break;
                    case 15 /* SyntaxKind.Trivia */:
                    case 14 /* SyntaxKind.LineBreakTrivia */:
                        break;
                    default:
                        return token;
                }
            }
        }
        function handleError(error, skipUntilAfter = [], skipUntil = []) {
            onError(error);
            if (skipUntilAfter.length + skipUntil.length > 0) {
                let token = _scanner.getToken();
                while (token !== 17 /* SyntaxKind.EOF */) {
                    if (skipUntilAfter.indexOf(token) !== -1) {
                        scanNext();
                        break;
                    }
                    else if (skipUntil.indexOf(token) !== -1) {
                        break;
                    }
                    token = scanNext();
                }
            }
        }
        function parseString(isValue) {
            const value = _scanner.getTokenValue();
            if (isValue) {
                onLiteralValue(value);
            }
            else {
                onObjectProperty(value);
                // add property name afterwards
                _jsonPath.push(value);
            }
            scanNext();
            return true;
        }
        function parseLiteral() {
            switch (_scanner.getToken()) {
                case 11 /* SyntaxKind.NumericLiteral */:
                    const tokenValue = _scanner.getTokenValue();
                    let value = Number(tokenValue);
                    if (isNaN(value)) {
                        handleError(2 /* ParseErrorCode.InvalidNumberFormat */);
                        value = 0;
                    }
                    onLiteralValue(value);
                    break;
                case 7 /* SyntaxKind.NullKeyword */:
                    onLiteralValue(null);
                    break;
                case 8 /* SyntaxKind.TrueKeyword */:
                    onLiteralValue(true);
                    break;
                case 9 /* SyntaxKind.FalseKeyword */:
                    onLiteralValue(false);
                    break;
                default:
                    return false;
            }
            scanNext();
            return true;
        }
        function parseProperty() {
            if (_scanner.getToken() !== 10 /* SyntaxKind.StringLiteral */) {
                handleError(3 /* ParseErrorCode.PropertyNameExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                return false;
            }
            parseString(false);
            if (_scanner.getToken() === 6 /* SyntaxKind.ColonToken */) {
                onSeparator(':');
                scanNext(); // consume colon
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
            }
            else {
                handleError(5 /* ParseErrorCode.ColonExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
            }
            _jsonPath.pop(); // remove processed property name
            return true;
        }
        function parseObject() {
            onObjectBegin();
            scanNext(); // consume open brace
            let needsComma = false;
            while (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 2 /* SyntaxKind.CloseBraceToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (!parseProperty()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onObjectEnd();
            if (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */) {
                handleError(7 /* ParseErrorCode.CloseBraceExpected */, [2 /* SyntaxKind.CloseBraceToken */], []);
            }
            else {
                scanNext(); // consume close brace
            }
            return true;
        }
        function parseArray() {
            onArrayBegin();
            scanNext(); // consume open bracket
            let isFirstElement = true;
            let needsComma = false;
            while (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 4 /* SyntaxKind.CloseBracketToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (isFirstElement) {
                    _jsonPath.push(0);
                    isFirstElement = false;
                }
                else {
                    _jsonPath[_jsonPath.length - 1]++;
                }
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [4 /* SyntaxKind.CloseBracketToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onArrayEnd();
            if (!isFirstElement) {
                _jsonPath.pop(); // remove array index
            }
            if (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */) {
                handleError(8 /* ParseErrorCode.CloseBracketExpected */, [4 /* SyntaxKind.CloseBracketToken */], []);
            }
            else {
                scanNext(); // consume close bracket
            }
            return true;
        }
        function parseValue() {
            switch (_scanner.getToken()) {
                case 3 /* SyntaxKind.OpenBracketToken */:
                    return parseArray();
                case 1 /* SyntaxKind.OpenBraceToken */:
                    return parseObject();
                case 10 /* SyntaxKind.StringLiteral */:
                    return parseString(true);
                default:
                    return parseLiteral();
            }
        }
        scanNext();
        if (_scanner.getToken() === 17 /* SyntaxKind.EOF */) {
            if (options.allowEmptyContent) {
                return true;
            }
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (!parseValue()) {
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (_scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
            handleError(9 /* ParseErrorCode.EndOfFileExpected */, [], []);
        }
        return true;
    }
    exports.visit = visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    function stripComments(text, replaceCh) {
        let _scanner = (0, scanner_1.createScanner)(text), parts = [], kind, offset = 0, pos;
        do {
            pos = _scanner.getPosition();
            kind = _scanner.scan();
            switch (kind) {
                case 12 /* SyntaxKind.LineCommentTrivia */:
                case 13 /* SyntaxKind.BlockCommentTrivia */:
                case 17 /* SyntaxKind.EOF */:
                    if (offset !== pos) {
                        parts.push(text.substring(offset, pos));
                    }
                    if (replaceCh !== undefined) {
                        parts.push(_scanner.getTokenValue().replace(/[^\r\n]/g, replaceCh));
                    }
                    offset = _scanner.getPosition();
                    break;
            }
        } while (kind !== 17 /* SyntaxKind.EOF */);
        return parts.join('');
    }
    exports.stripComments = stripComments;
    function getNodeType(value) {
        switch (typeof value) {
            case 'boolean': return 'boolean';
            case 'number': return 'number';
            case 'string': return 'string';
            case 'object': {
                if (!value) {
                    return 'null';
                }
                else if (Array.isArray(value)) {
                    return 'array';
                }
                return 'object';
            }
            default: return 'null';
        }
    }
    exports.getNodeType = getNodeType;
});


/***/ }),

/***/ 7769:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.createScanner = void 0;
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    function createScanner(text, ignoreTrivia = false) {
        const len = text.length;
        let pos = 0, value = '', tokenOffset = 0, token = 16 /* SyntaxKind.Unknown */, lineNumber = 0, lineStartOffset = 0, tokenLineStartOffset = 0, prevTokenLineStartOffset = 0, scanError = 0 /* ScanError.None */;
        function scanHexDigits(count, exact) {
            let digits = 0;
            let value = 0;
            while (digits < count || !exact) {
                let ch = text.charCodeAt(pos);
                if (ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */) {
                    value = value * 16 + ch - 48 /* CharacterCodes._0 */;
                }
                else if (ch >= 65 /* CharacterCodes.A */ && ch <= 70 /* CharacterCodes.F */) {
                    value = value * 16 + ch - 65 /* CharacterCodes.A */ + 10;
                }
                else if (ch >= 97 /* CharacterCodes.a */ && ch <= 102 /* CharacterCodes.f */) {
                    value = value * 16 + ch - 97 /* CharacterCodes.a */ + 10;
                }
                else {
                    break;
                }
                pos++;
                digits++;
            }
            if (digits < count) {
                value = -1;
            }
            return value;
        }
        function setPosition(newPosition) {
            pos = newPosition;
            value = '';
            tokenOffset = 0;
            token = 16 /* SyntaxKind.Unknown */;
            scanError = 0 /* ScanError.None */;
        }
        function scanNumber() {
            let start = pos;
            if (text.charCodeAt(pos) === 48 /* CharacterCodes._0 */) {
                pos++;
            }
            else {
                pos++;
                while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                }
            }
            if (pos < text.length && text.charCodeAt(pos) === 46 /* CharacterCodes.dot */) {
                pos++;
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                    return text.substring(start, pos);
                }
            }
            let end = pos;
            if (pos < text.length && (text.charCodeAt(pos) === 69 /* CharacterCodes.E */ || text.charCodeAt(pos) === 101 /* CharacterCodes.e */)) {
                pos++;
                if (pos < text.length && text.charCodeAt(pos) === 43 /* CharacterCodes.plus */ || text.charCodeAt(pos) === 45 /* CharacterCodes.minus */) {
                    pos++;
                }
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                    end = pos;
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                }
            }
            return text.substring(start, end);
        }
        function scanString() {
            let result = '', start = pos;
            while (true) {
                if (pos >= len) {
                    result += text.substring(start, pos);
                    scanError = 2 /* ScanError.UnexpectedEndOfString */;
                    break;
                }
                const ch = text.charCodeAt(pos);
                if (ch === 34 /* CharacterCodes.doubleQuote */) {
                    result += text.substring(start, pos);
                    pos++;
                    break;
                }
                if (ch === 92 /* CharacterCodes.backslash */) {
                    result += text.substring(start, pos);
                    pos++;
                    if (pos >= len) {
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    const ch2 = text.charCodeAt(pos++);
                    switch (ch2) {
                        case 34 /* CharacterCodes.doubleQuote */:
                            result += '\"';
                            break;
                        case 92 /* CharacterCodes.backslash */:
                            result += '\\';
                            break;
                        case 47 /* CharacterCodes.slash */:
                            result += '/';
                            break;
                        case 98 /* CharacterCodes.b */:
                            result += '\b';
                            break;
                        case 102 /* CharacterCodes.f */:
                            result += '\f';
                            break;
                        case 110 /* CharacterCodes.n */:
                            result += '\n';
                            break;
                        case 114 /* CharacterCodes.r */:
                            result += '\r';
                            break;
                        case 116 /* CharacterCodes.t */:
                            result += '\t';
                            break;
                        case 117 /* CharacterCodes.u */:
                            const ch3 = scanHexDigits(4, true);
                            if (ch3 >= 0) {
                                result += String.fromCharCode(ch3);
                            }
                            else {
                                scanError = 4 /* ScanError.InvalidUnicode */;
                            }
                            break;
                        default:
                            scanError = 5 /* ScanError.InvalidEscapeCharacter */;
                    }
                    start = pos;
                    continue;
                }
                if (ch >= 0 && ch <= 0x1f) {
                    if (isLineBreak(ch)) {
                        result += text.substring(start, pos);
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    else {
                        scanError = 6 /* ScanError.InvalidCharacter */;
                        // mark as error but continue with string
                    }
                }
                pos++;
            }
            return result;
        }
        function scanNext() {
            value = '';
            scanError = 0 /* ScanError.None */;
            tokenOffset = pos;
            lineStartOffset = lineNumber;
            prevTokenLineStartOffset = tokenLineStartOffset;
            if (pos >= len) {
                // at the end
                tokenOffset = len;
                return token = 17 /* SyntaxKind.EOF */;
            }
            let code = text.charCodeAt(pos);
            // trivia: whitespace
            if (isWhiteSpace(code)) {
                do {
                    pos++;
                    value += String.fromCharCode(code);
                    code = text.charCodeAt(pos);
                } while (isWhiteSpace(code));
                return token = 15 /* SyntaxKind.Trivia */;
            }
            // trivia: newlines
            if (isLineBreak(code)) {
                pos++;
                value += String.fromCharCode(code);
                if (code === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                    pos++;
                    value += '\n';
                }
                lineNumber++;
                tokenLineStartOffset = pos;
                return token = 14 /* SyntaxKind.LineBreakTrivia */;
            }
            switch (code) {
                // tokens: []{}:,
                case 123 /* CharacterCodes.openBrace */:
                    pos++;
                    return token = 1 /* SyntaxKind.OpenBraceToken */;
                case 125 /* CharacterCodes.closeBrace */:
                    pos++;
                    return token = 2 /* SyntaxKind.CloseBraceToken */;
                case 91 /* CharacterCodes.openBracket */:
                    pos++;
                    return token = 3 /* SyntaxKind.OpenBracketToken */;
                case 93 /* CharacterCodes.closeBracket */:
                    pos++;
                    return token = 4 /* SyntaxKind.CloseBracketToken */;
                case 58 /* CharacterCodes.colon */:
                    pos++;
                    return token = 6 /* SyntaxKind.ColonToken */;
                case 44 /* CharacterCodes.comma */:
                    pos++;
                    return token = 5 /* SyntaxKind.CommaToken */;
                // strings
                case 34 /* CharacterCodes.doubleQuote */:
                    pos++;
                    value = scanString();
                    return token = 10 /* SyntaxKind.StringLiteral */;
                // comments
                case 47 /* CharacterCodes.slash */:
                    const start = pos - 1;
                    // Single-line comment
                    if (text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                        pos += 2;
                        while (pos < len) {
                            if (isLineBreak(text.charCodeAt(pos))) {
                                break;
                            }
                            pos++;
                        }
                        value = text.substring(start, pos);
                        return token = 12 /* SyntaxKind.LineCommentTrivia */;
                    }
                    // Multi-line comment
                    if (text.charCodeAt(pos + 1) === 42 /* CharacterCodes.asterisk */) {
                        pos += 2;
                        const safeLength = len - 1; // For lookahead.
                        let commentClosed = false;
                        while (pos < safeLength) {
                            const ch = text.charCodeAt(pos);
                            if (ch === 42 /* CharacterCodes.asterisk */ && text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                                pos += 2;
                                commentClosed = true;
                                break;
                            }
                            pos++;
                            if (isLineBreak(ch)) {
                                if (ch === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                                    pos++;
                                }
                                lineNumber++;
                                tokenLineStartOffset = pos;
                            }
                        }
                        if (!commentClosed) {
                            pos++;
                            scanError = 1 /* ScanError.UnexpectedEndOfComment */;
                        }
                        value = text.substring(start, pos);
                        return token = 13 /* SyntaxKind.BlockCommentTrivia */;
                    }
                    // just a single slash
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
                // numbers
                case 45 /* CharacterCodes.minus */:
                    value += String.fromCharCode(code);
                    pos++;
                    if (pos === len || !isDigit(text.charCodeAt(pos))) {
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                // found a minus, followed by a number so
                // we fall through to proceed with scanning
                // numbers
                case 48 /* CharacterCodes._0 */:
                case 49 /* CharacterCodes._1 */:
                case 50 /* CharacterCodes._2 */:
                case 51 /* CharacterCodes._3 */:
                case 52 /* CharacterCodes._4 */:
                case 53 /* CharacterCodes._5 */:
                case 54 /* CharacterCodes._6 */:
                case 55 /* CharacterCodes._7 */:
                case 56 /* CharacterCodes._8 */:
                case 57 /* CharacterCodes._9 */:
                    value += scanNumber();
                    return token = 11 /* SyntaxKind.NumericLiteral */;
                // literals and unknown symbols
                default:
                    // is a literal? Read the full word.
                    while (pos < len && isUnknownContentCharacter(code)) {
                        pos++;
                        code = text.charCodeAt(pos);
                    }
                    if (tokenOffset !== pos) {
                        value = text.substring(tokenOffset, pos);
                        // keywords: true, false, null
                        switch (value) {
                            case 'true': return token = 8 /* SyntaxKind.TrueKeyword */;
                            case 'false': return token = 9 /* SyntaxKind.FalseKeyword */;
                            case 'null': return token = 7 /* SyntaxKind.NullKeyword */;
                        }
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                    // some
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
            }
        }
        function isUnknownContentCharacter(code) {
            if (isWhiteSpace(code) || isLineBreak(code)) {
                return false;
            }
            switch (code) {
                case 125 /* CharacterCodes.closeBrace */:
                case 93 /* CharacterCodes.closeBracket */:
                case 123 /* CharacterCodes.openBrace */:
                case 91 /* CharacterCodes.openBracket */:
                case 34 /* CharacterCodes.doubleQuote */:
                case 58 /* CharacterCodes.colon */:
                case 44 /* CharacterCodes.comma */:
                case 47 /* CharacterCodes.slash */:
                    return false;
            }
            return true;
        }
        function scanNextNonTrivia() {
            let result;
            do {
                result = scanNext();
            } while (result >= 12 /* SyntaxKind.LineCommentTrivia */ && result <= 15 /* SyntaxKind.Trivia */);
            return result;
        }
        return {
            setPosition: setPosition,
            getPosition: () => pos,
            scan: ignoreTrivia ? scanNextNonTrivia : scanNext,
            getToken: () => token,
            getTokenValue: () => value,
            getTokenOffset: () => tokenOffset,
            getTokenLength: () => pos - tokenOffset,
            getTokenStartLine: () => lineStartOffset,
            getTokenStartCharacter: () => tokenOffset - prevTokenLineStartOffset,
            getTokenError: () => scanError,
        };
    }
    exports.createScanner = createScanner;
    function isWhiteSpace(ch) {
        return ch === 32 /* CharacterCodes.space */ || ch === 9 /* CharacterCodes.tab */;
    }
    function isLineBreak(ch) {
        return ch === 10 /* CharacterCodes.lineFeed */ || ch === 13 /* CharacterCodes.carriageReturn */;
    }
    function isDigit(ch) {
        return ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */;
    }
    var CharacterCodes;
    (function (CharacterCodes) {
        CharacterCodes[CharacterCodes["lineFeed"] = 10] = "lineFeed";
        CharacterCodes[CharacterCodes["carriageReturn"] = 13] = "carriageReturn";
        CharacterCodes[CharacterCodes["space"] = 32] = "space";
        CharacterCodes[CharacterCodes["_0"] = 48] = "_0";
        CharacterCodes[CharacterCodes["_1"] = 49] = "_1";
        CharacterCodes[CharacterCodes["_2"] = 50] = "_2";
        CharacterCodes[CharacterCodes["_3"] = 51] = "_3";
        CharacterCodes[CharacterCodes["_4"] = 52] = "_4";
        CharacterCodes[CharacterCodes["_5"] = 53] = "_5";
        CharacterCodes[CharacterCodes["_6"] = 54] = "_6";
        CharacterCodes[CharacterCodes["_7"] = 55] = "_7";
        CharacterCodes[CharacterCodes["_8"] = 56] = "_8";
        CharacterCodes[CharacterCodes["_9"] = 57] = "_9";
        CharacterCodes[CharacterCodes["a"] = 97] = "a";
        CharacterCodes[CharacterCodes["b"] = 98] = "b";
        CharacterCodes[CharacterCodes["c"] = 99] = "c";
        CharacterCodes[CharacterCodes["d"] = 100] = "d";
        CharacterCodes[CharacterCodes["e"] = 101] = "e";
        CharacterCodes[CharacterCodes["f"] = 102] = "f";
        CharacterCodes[CharacterCodes["g"] = 103] = "g";
        CharacterCodes[CharacterCodes["h"] = 104] = "h";
        CharacterCodes[CharacterCodes["i"] = 105] = "i";
        CharacterCodes[CharacterCodes["j"] = 106] = "j";
        CharacterCodes[CharacterCodes["k"] = 107] = "k";
        CharacterCodes[CharacterCodes["l"] = 108] = "l";
        CharacterCodes[CharacterCodes["m"] = 109] = "m";
        CharacterCodes[CharacterCodes["n"] = 110] = "n";
        CharacterCodes[CharacterCodes["o"] = 111] = "o";
        CharacterCodes[CharacterCodes["p"] = 112] = "p";
        CharacterCodes[CharacterCodes["q"] = 113] = "q";
        CharacterCodes[CharacterCodes["r"] = 114] = "r";
        CharacterCodes[CharacterCodes["s"] = 115] = "s";
        CharacterCodes[CharacterCodes["t"] = 116] = "t";
        CharacterCodes[CharacterCodes["u"] = 117] = "u";
        CharacterCodes[CharacterCodes["v"] = 118] = "v";
        CharacterCodes[CharacterCodes["w"] = 119] = "w";
        CharacterCodes[CharacterCodes["x"] = 120] = "x";
        CharacterCodes[CharacterCodes["y"] = 121] = "y";
        CharacterCodes[CharacterCodes["z"] = 122] = "z";
        CharacterCodes[CharacterCodes["A"] = 65] = "A";
        CharacterCodes[CharacterCodes["B"] = 66] = "B";
        CharacterCodes[CharacterCodes["C"] = 67] = "C";
        CharacterCodes[CharacterCodes["D"] = 68] = "D";
        CharacterCodes[CharacterCodes["E"] = 69] = "E";
        CharacterCodes[CharacterCodes["F"] = 70] = "F";
        CharacterCodes[CharacterCodes["G"] = 71] = "G";
        CharacterCodes[CharacterCodes["H"] = 72] = "H";
        CharacterCodes[CharacterCodes["I"] = 73] = "I";
        CharacterCodes[CharacterCodes["J"] = 74] = "J";
        CharacterCodes[CharacterCodes["K"] = 75] = "K";
        CharacterCodes[CharacterCodes["L"] = 76] = "L";
        CharacterCodes[CharacterCodes["M"] = 77] = "M";
        CharacterCodes[CharacterCodes["N"] = 78] = "N";
        CharacterCodes[CharacterCodes["O"] = 79] = "O";
        CharacterCodes[CharacterCodes["P"] = 80] = "P";
        CharacterCodes[CharacterCodes["Q"] = 81] = "Q";
        CharacterCodes[CharacterCodes["R"] = 82] = "R";
        CharacterCodes[CharacterCodes["S"] = 83] = "S";
        CharacterCodes[CharacterCodes["T"] = 84] = "T";
        CharacterCodes[CharacterCodes["U"] = 85] = "U";
        CharacterCodes[CharacterCodes["V"] = 86] = "V";
        CharacterCodes[CharacterCodes["W"] = 87] = "W";
        CharacterCodes[CharacterCodes["X"] = 88] = "X";
        CharacterCodes[CharacterCodes["Y"] = 89] = "Y";
        CharacterCodes[CharacterCodes["Z"] = 90] = "Z";
        CharacterCodes[CharacterCodes["asterisk"] = 42] = "asterisk";
        CharacterCodes[CharacterCodes["backslash"] = 92] = "backslash";
        CharacterCodes[CharacterCodes["closeBrace"] = 125] = "closeBrace";
        CharacterCodes[CharacterCodes["closeBracket"] = 93] = "closeBracket";
        CharacterCodes[CharacterCodes["colon"] = 58] = "colon";
        CharacterCodes[CharacterCodes["comma"] = 44] = "comma";
        CharacterCodes[CharacterCodes["dot"] = 46] = "dot";
        CharacterCodes[CharacterCodes["doubleQuote"] = 34] = "doubleQuote";
        CharacterCodes[CharacterCodes["minus"] = 45] = "minus";
        CharacterCodes[CharacterCodes["openBrace"] = 123] = "openBrace";
        CharacterCodes[CharacterCodes["openBracket"] = 91] = "openBracket";
        CharacterCodes[CharacterCodes["plus"] = 43] = "plus";
        CharacterCodes[CharacterCodes["slash"] = 47] = "slash";
        CharacterCodes[CharacterCodes["formFeed"] = 12] = "formFeed";
        CharacterCodes[CharacterCodes["tab"] = 9] = "tab";
    })(CharacterCodes || (CharacterCodes = {}));
});


/***/ }),

/***/ 1271:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    "use strict";
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.supportedEols = exports.cachedBreakLinesWithSpaces = exports.cachedSpaces = void 0;
    exports.cachedSpaces = new Array(20).fill(0).map((_, index) => {
        return ' '.repeat(index);
    });
    const maxCachedValues = 200;
    exports.cachedBreakLinesWithSpaces = {
        ' ': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + ' '.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + ' '.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + ' '.repeat(index);
            }),
        },
        '\t': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + '\t'.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + '\t'.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + '\t'.repeat(index);
            }),
        }
    };
    exports.supportedEols = ['\n', '\r', '\r\n'];
});


/***/ }),

/***/ 7415:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./impl/format", "./impl/edit", "./impl/scanner", "./impl/parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.applyEdits = exports.modify = exports.format = exports.printParseErrorCode = exports.ParseErrorCode = exports.stripComments = exports.visit = exports.getNodeValue = exports.getNodePath = exports.findNodeAtOffset = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = exports.SyntaxKind = exports.ScanError = exports.createScanner = void 0;
    const formatter = __nccwpck_require__(2912);
    const edit = __nccwpck_require__(2779);
    const scanner = __nccwpck_require__(7769);
    const parser = __nccwpck_require__(4180);
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    exports.createScanner = scanner.createScanner;
    var ScanError;
    (function (ScanError) {
        ScanError[ScanError["None"] = 0] = "None";
        ScanError[ScanError["UnexpectedEndOfComment"] = 1] = "UnexpectedEndOfComment";
        ScanError[ScanError["UnexpectedEndOfString"] = 2] = "UnexpectedEndOfString";
        ScanError[ScanError["UnexpectedEndOfNumber"] = 3] = "UnexpectedEndOfNumber";
        ScanError[ScanError["InvalidUnicode"] = 4] = "InvalidUnicode";
        ScanError[ScanError["InvalidEscapeCharacter"] = 5] = "InvalidEscapeCharacter";
        ScanError[ScanError["InvalidCharacter"] = 6] = "InvalidCharacter";
    })(ScanError || (exports.ScanError = ScanError = {}));
    var SyntaxKind;
    (function (SyntaxKind) {
        SyntaxKind[SyntaxKind["OpenBraceToken"] = 1] = "OpenBraceToken";
        SyntaxKind[SyntaxKind["CloseBraceToken"] = 2] = "CloseBraceToken";
        SyntaxKind[SyntaxKind["OpenBracketToken"] = 3] = "OpenBracketToken";
        SyntaxKind[SyntaxKind["CloseBracketToken"] = 4] = "CloseBracketToken";
        SyntaxKind[SyntaxKind["CommaToken"] = 5] = "CommaToken";
        SyntaxKind[SyntaxKind["ColonToken"] = 6] = "ColonToken";
        SyntaxKind[SyntaxKind["NullKeyword"] = 7] = "NullKeyword";
        SyntaxKind[SyntaxKind["TrueKeyword"] = 8] = "TrueKeyword";
        SyntaxKind[SyntaxKind["FalseKeyword"] = 9] = "FalseKeyword";
        SyntaxKind[SyntaxKind["StringLiteral"] = 10] = "StringLiteral";
        SyntaxKind[SyntaxKind["NumericLiteral"] = 11] = "NumericLiteral";
        SyntaxKind[SyntaxKind["LineCommentTrivia"] = 12] = "LineCommentTrivia";
        SyntaxKind[SyntaxKind["BlockCommentTrivia"] = 13] = "BlockCommentTrivia";
        SyntaxKind[SyntaxKind["LineBreakTrivia"] = 14] = "LineBreakTrivia";
        SyntaxKind[SyntaxKind["Trivia"] = 15] = "Trivia";
        SyntaxKind[SyntaxKind["Unknown"] = 16] = "Unknown";
        SyntaxKind[SyntaxKind["EOF"] = 17] = "EOF";
    })(SyntaxKind || (exports.SyntaxKind = SyntaxKind = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    exports.getLocation = parser.getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore, always check the errors list to find out if the input was valid.
     */
    exports.parse = parser.parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    exports.parseTree = parser.parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    exports.findNodeAtLocation = parser.findNodeAtLocation;
    /**
     * Finds the innermost node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    exports.findNodeAtOffset = parser.findNodeAtOffset;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    exports.getNodePath = parser.getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    exports.getNodeValue = parser.getNodeValue;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    exports.visit = parser.visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    exports.stripComments = parser.stripComments;
    var ParseErrorCode;
    (function (ParseErrorCode) {
        ParseErrorCode[ParseErrorCode["InvalidSymbol"] = 1] = "InvalidSymbol";
        ParseErrorCode[ParseErrorCode["InvalidNumberFormat"] = 2] = "InvalidNumberFormat";
        ParseErrorCode[ParseErrorCode["PropertyNameExpected"] = 3] = "PropertyNameExpected";
        ParseErrorCode[ParseErrorCode["ValueExpected"] = 4] = "ValueExpected";
        ParseErrorCode[ParseErrorCode["ColonExpected"] = 5] = "ColonExpected";
        ParseErrorCode[ParseErrorCode["CommaExpected"] = 6] = "CommaExpected";
        ParseErrorCode[ParseErrorCode["CloseBraceExpected"] = 7] = "CloseBraceExpected";
        ParseErrorCode[ParseErrorCode["CloseBracketExpected"] = 8] = "CloseBracketExpected";
        ParseErrorCode[ParseErrorCode["EndOfFileExpected"] = 9] = "EndOfFileExpected";
        ParseErrorCode[ParseErrorCode["InvalidCommentToken"] = 10] = "InvalidCommentToken";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfComment"] = 11] = "UnexpectedEndOfComment";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfString"] = 12] = "UnexpectedEndOfString";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfNumber"] = 13] = "UnexpectedEndOfNumber";
        ParseErrorCode[ParseErrorCode["InvalidUnicode"] = 14] = "InvalidUnicode";
        ParseErrorCode[ParseErrorCode["InvalidEscapeCharacter"] = 15] = "InvalidEscapeCharacter";
        ParseErrorCode[ParseErrorCode["InvalidCharacter"] = 16] = "InvalidCharacter";
    })(ParseErrorCode || (exports.ParseErrorCode = ParseErrorCode = {}));
    function printParseErrorCode(code) {
        switch (code) {
            case 1 /* ParseErrorCode.InvalidSymbol */: return 'InvalidSymbol';
            case 2 /* ParseErrorCode.InvalidNumberFormat */: return 'InvalidNumberFormat';
            case 3 /* ParseErrorCode.PropertyNameExpected */: return 'PropertyNameExpected';
            case 4 /* ParseErrorCode.ValueExpected */: return 'ValueExpected';
            case 5 /* ParseErrorCode.ColonExpected */: return 'ColonExpected';
            case 6 /* ParseErrorCode.CommaExpected */: return 'CommaExpected';
            case 7 /* ParseErrorCode.CloseBraceExpected */: return 'CloseBraceExpected';
            case 8 /* ParseErrorCode.CloseBracketExpected */: return 'CloseBracketExpected';
            case 9 /* ParseErrorCode.EndOfFileExpected */: return 'EndOfFileExpected';
            case 10 /* ParseErrorCode.InvalidCommentToken */: return 'InvalidCommentToken';
            case 11 /* ParseErrorCode.UnexpectedEndOfComment */: return 'UnexpectedEndOfComment';
            case 12 /* ParseErrorCode.UnexpectedEndOfString */: return 'UnexpectedEndOfString';
            case 13 /* ParseErrorCode.UnexpectedEndOfNumber */: return 'UnexpectedEndOfNumber';
            case 14 /* ParseErrorCode.InvalidUnicode */: return 'InvalidUnicode';
            case 15 /* ParseErrorCode.InvalidEscapeCharacter */: return 'InvalidEscapeCharacter';
            case 16 /* ParseErrorCode.InvalidCharacter */: return 'InvalidCharacter';
        }
        return '<unknown ParseErrorCode>';
    }
    exports.printParseErrorCode = printParseErrorCode;
    /**
     * Computes the edit operations needed to format a JSON document.
     *
     * @param documentText The input text
     * @param range The range to format or `undefined` to format the full content
     * @param options The formatting options
     * @returns The edit operations describing the formatting changes to the original document following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function format(documentText, range, options) {
        return formatter.format(documentText, range, options);
    }
    exports.format = format;
    /**
     * Computes the edit operations needed to modify a value in the JSON document.
     *
     * @param documentText The input text
     * @param path The path of the value to change. The path represents either to the document root, a property or an array item.
     * If the path points to an non-existing property or item, it will be created.
     * @param value The new value for the specified property or item. If the value is undefined,
     * the property or item will be removed.
     * @param options Options
     * @returns The edit operations describing the changes to the original document, following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function modify(text, path, value, options) {
        return edit.setProperty(text, path, value, options);
    }
    exports.modify = modify;
    /**
     * Applies edits to an input string.
     * @param text The input text
     * @param edits Edit operations following the format described in {@linkcode EditResult}.
     * @returns The text with the applied edits.
     * @throws An error if the edit operations are not well-formed as described in {@linkcode EditResult}.
     */
    function applyEdits(text, edits) {
        let sortedEdits = edits.slice(0).sort((a, b) => {
            const diff = a.offset - b.offset;
            if (diff === 0) {
                return a.length - b.length;
            }
            return diff;
        });
        let lastModifiedOffset = text.length;
        for (let i = sortedEdits.length - 1; i >= 0; i--) {
            let e = sortedEdits[i];
            if (e.offset + e.length <= lastModifiedOffset) {
                text = edit.applyEdit(text, e);
            }
            else {
                throw new Error('Overlapping edit');
            }
            lastModifiedOffset = e.offset;
        }
        return text;
    }
    exports.applyEdits = applyEdits;
});


/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 1553:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 8152:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path/win32");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 7066:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tty");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 5330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   HT: () => (/* binding */ hasNone),
/* harmony export */   IP: () => (/* binding */ formatDump),
/* harmony export */   YR: () => (/* binding */ getfattr),
/* harmony export */   oi: () => (/* binding */ parseDump)
/* harmony export */ });
// The engine reads extended attributes with this module too, so it imports nothing.
/**
 * The start of a command line for a dump that `parseDump` can read; `--recursive` and files may follow. It lists the
 * attributes, ACLs included, whose names match a regular expression: by default all of them.
 */
const getfattr = (match = "-") => [
    ...["getfattr", "--physical", "--no-dereference", "--dump", `--match=${match}`, "--encoding=hex"],
];
/** The message of getfattr for each file of a squashfs image that was made without attributes: the file has none. */
const hasNone = /: Operation not supported$/;
/** Reads a dump, which must have been decoded as latin1. */
const parseDump = (dump) => dump.split(/\n\n+/).flatMap((entry) => {
    const [heading = "", ...lines] = entry.split("\n").filter((line) => line !== "");
    if (heading === "")
        return [];
    return { path: unescaped(heading.slice("# file: ".length)), attributes: new Map(lines.map(parseLine)) };
});
/** A line `NAME=0xVALUE`. getfattr escapes a `=` in a name. */
function parseLine(line) {
    const [name = "", hex = "0x"] = line.split("=", 2);
    return [unescaped(name), hex];
}
/** A value's bytes. */
const bytesOf = (hex) => Buffer.from(hex.slice("0x".length), "hex");
/** The part of a dump, in latin1, by which `setfattr --restore` gives a file its attributes. */
function formatDump({ path, attributes }) {
    const lines = [...attributes].map(([name, hex]) => `${escaped(name, /[=\\\n\r]/g)}=${hex}\n`);
    return `# file: ${escaped(path, /[\\\n\r]/g)}\n${lines.join("")}\n`;
}
/** getfattr and setfattr write special characters in octal: `\012`. */
const escaped = (text, special) => text.replace(special, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
const unescaped = (text) => text.replace(/\\(\d{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));


/***/ }),

/***/ 2920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $R: () => (/* binding */ dropDamage),
/* harmony export */   Ct: () => (/* binding */ dropIfDamaged),
/* harmony export */   Tu: () => (/* binding */ findDamage)
/* harmony export */ });
/* harmony import */ var _store_integrity_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2635);
/* harmony import */ var _store_refs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6720);
/* harmony import */ var _store_sizes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4246);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7086);




/** Removes damaged results from the store, with a warning for each. Returns whether there were any: then plan again. */
async function dropDamage(plan, context, archiveDigest) {
    const found = await findDamage(plan, context, archiveDigest);
    for (const damage of found)
        await remove(damage, context);
    return found.length > 0;
}
/** Removes a result's object from the store if it is damaged, with a warning. Returns whether it was. */
async function dropIfDamaged({ object, name }, context) {
    if (await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_0__/* .isSound */ .gH)(context.layout, object))
        return false;
    await remove(damagedObject(context.layout, object, name), context);
    return true;
}
async function remove({ message, drop }, { report }) {
    await drop();
    const hint = "it was removed; whatever needs it is fetched or built again";
    report({ type: "warning", problem: { message, hint } });
}
const damagedObject = (layout, digest, names) => ({
    message: `object ${digest} of the store is damaged, which was the result of ${names}`,
    drop: () => (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_0__/* .dropObject */ .rG)(layout, digest),
});
/** Finds the damaged results that a plan relies on. `archiveDigest` is null if it starts from no archive. */
async function findDamage(plan, context, archiveDigest) {
    const { layout } = context;
    const used = Map.groupBy(await usedBy(plan, context, archiveDigest), ({ digest }) => digest);
    const found = [];
    const canHave = (0,_store_sizes_js__WEBPACK_IMPORTED_MODULE_2__/* .openSizes */ .L)(layout);
    for (const [digest, uses] of used) {
        if (await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_0__/* .isSound */ .gH)(layout, digest, canHave))
            continue;
        const names = [...new Set(uses.map(({ of }) => of))].join(", ");
        found.push(damagedObject(layout, digest, names));
    }
    const notes = [
        ...(await damagedRecords(plan, layout)),
        ...(context.contents ? await damagedContents(plan, layout) : []),
    ];
    return [...found, ...notes];
}
/** Finds damaged records. Without its record a result is unknown, so its step runs again. */
async function damagedRecords(plan, layout) {
    const wanted = (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .inOrder */ .al)(plan).flatMap(({ pipeline, steps }) => [
        ...steps.flatMap((planned) => planned.type === "run" && planned.reason === "not in the store"
            ? [{ id: planned.step.id, of: `the result of ${planned.step.name}` }]
            : []),
        ...(pipeline.base === null ? [] : [{ id: pipeline.base.id, of: `the base ${pipeline.base.id}` }]),
    ]);
    const found = [];
    for (const { id, of } of wanted) {
        if (!(await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .isDamagedRecord */ .RG)(layout, id)))
            continue;
        const message = `${layout.record(id)} is damaged, which was the record of ${of}`;
        found.push({ message, drop: () => (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .removeRef */ .KF)(layout, id) });
    }
    return found;
}
async function usedBy(plan, context, archiveDigest) {
    const used = [];
    for (const part of (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .inOrder */ .al)(plan)) {
        used.push(...(await lostBy(part, context.layout)));
        const runs = part.steps.some(({ type }) => type === "run");
        // A plan contains a build root only if a step runs in it.
        if (runs || part !== plan || context.save !== undefined)
            used.push(...(await treeOf(part, context.layout, part === plan ? archiveDigest : null)));
        for (const planned of part.steps)
            if (planned.type === "stored" && planned.step.kind === "assembler")
                used.push({ digest: planned.record.object, of: planned.step.name });
    }
    return used;
}
/** The results that are incomplete, so their steps run again. */
async function lostBy({ steps }, layout) {
    const lost = [];
    for (const planned of steps) {
        if (planned.type !== "run" || planned.reason !== "not in the store")
            continue;
        const record = await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRecord */ .aE)(layout, planned.step.id);
        if (record !== undefined)
            lost.push({ digest: record.object, of: planned.step.name });
    }
    return lost;
}
/** The layers below a pipeline's first step to run, or of its finished tree. */
async function treeOf(plan, layout, archiveDigest) {
    const { pipeline, steps } = plan;
    const stored = (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .lastStored */ .oS)(plan);
    const start = pipeline.base === null ? "the archive that the pipeline starts from" : `the base ${pipeline.base.id}`;
    if (stored !== undefined) {
        const { layers = [], makers = [] } = (await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRecord */ .aE)(layout, stored.step.id)) ?? {};
        const own = new Set(steps.map(({ step }) => step.id));
        const other = pipeline.base === null && archiveDigest === null ? stored.step.name : start;
        const nameOf = (maker) => (maker && own.has(maker.id) ? maker.name : other);
        return layers.map((digest, index) => ({ digest, of: nameOf(makers[index]) }));
    }
    const id = pipeline.base?.id ?? archiveDigest;
    if (id === null)
        return [];
    const whole = await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRef */ .sg)(layout, id);
    const own = whole === undefined ? await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRecord */ .aE)(layout, id) : undefined;
    return [...(whole?.layers ?? []), ...(own === undefined ? [] : [own.object])].map((digest) => ({
        digest,
        of: start,
    }));
}
async function damagedContents(plan, layout) {
    const output = plan.steps.find(({ step, type }) => step.kind === "assembler" && type === "stored");
    if (output === undefined)
        return [];
    const { id, name } = output.step;
    if (!(await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_0__/* .hasDamagedContents */ .UF)(layout, id)))
        return [];
    const message = `the list of what the result of ${name} contains is damaged`;
    return [{ message, drop: () => (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .removeRef */ .KF)(layout, id) }];
}


/***/ }),

/***/ 8770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ isDescribed)
/* harmony export */ });
/* harmony import */ var _store_integrity_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2635);

/** Whether the store knows what an output contains. */
async function isDescribed(layout, outputId) {
    const contents = await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_0__/* .recordedContents */ .hN)(layout, outputId);
    return contents !== undefined && contents.database !== "rpm, unread";
}


/***/ }),

/***/ 3130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   So: () => (/* binding */ unknownSteps),
/* harmony export */   ev: () => (/* binding */ isNamed),
/* harmony export */   yw: () => (/* binding */ isRefresh)
/* harmony export */ });
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1563);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7250);


/** Whether a step is one of those to run again. */
const isNamed = ({ name }, names) => names.includes(name) || names.includes((0,_report_format_js__WEBPACK_IMPORTED_MODULE_0__/* .shortName */ .EU)(name));
/** Finds the names of steps to run again that none of the pipelines has. */
function unknownSteps(pipelines, names) {
    const all = pipelines.flatMap(_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_1__/* .allSteps */ .Bd);
    const known = [...new Set(all.map(({ name }) => (0,_report_format_js__WEBPACK_IMPORTED_MODULE_0__/* .shortName */ .EU)(name)))];
    const hint = known.length === 0 ? "there are no steps" : `the steps are ${known.join(", ")}`;
    return names
        .filter((name) => !all.some((step) => isNamed(step, [name])))
        .map((name) => ({ message: `there is no step ${JSON.stringify(name)} to refresh`, hint }));
}
/** Whether a step runs for this reason although nothing about it has changed. */
const isRefresh = (reason) => reason === "refresh" || reason === "no-cache" || reason === "age unknown" || reason.startsWith("older than ");


/***/ }),

/***/ 7086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C7: () => (/* binding */ planBuild),
/* harmony export */   al: () => (/* binding */ inOrder),
/* harmony export */   kY: () => (/* binding */ stepsToRun),
/* harmony export */   oS: () => (/* binding */ lastStored)
/* harmony export */ });
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1563);
/* harmony import */ var _usable_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3373);


/**
 * Decides what runs: every step after the last one whose result is stored, and none before it. If the tree itself is
 * wanted, a stored output isn't enough.
 */
function planBuild(pipeline, known, wanted) {
    const results = { ...known, unusable: (0,_usable_js__WEBPACK_IMPORTED_MODULE_0__/* .findUnusable */ .FW)(pipeline, known) };
    const plan = planSteps(pipeline, (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_1__/* .steps */ .Ci)(pipeline), results);
    if (wanted === "output")
        return plan;
    const tree = planTree(pipeline, results);
    return { ...plan, steps: [...tree.steps, ...plan.steps.slice(tree.steps.length)], build: tree.build ?? plan.build };
}
/** Plans a build root: only its tree is wanted. */
const planTree = (pipeline, results) => planSteps(pipeline, pipeline.stages, results);
function planSteps(pipeline, all, results) {
    const { unusable, records, fingerprints } = results;
    const hit = all.findLastIndex((step) => !unusable.has(step));
    const planned = all.map((step, index) => {
        const why = unusable.get(step);
        if (why === undefined)
            return { step, type: "stored", record: records.get(step.id) };
        if (index < hit)
            return { step, type: "not needed" };
        return { step, type: "run", fingerprint: fingerprints.get(step), ...why };
    });
    const builds = hit < all.length - 1 ? (pipeline.build?.pipeline ?? null) : null;
    return { pipeline, steps: planned, build: builds === null ? null : planTree(builds, results) };
}
/** The plan of a pipeline and those of its build pipelines, in the order in which they are carried out. */
const inOrder = (plan) => [...(plan.build === null ? [] : inOrder(plan.build)), plan];
/** The last stage whose tree is stored: the tree that the next step stands on. */
const lastStored = ({ steps: all }) => all.findLast((planned) => planned.step.kind === "stage" && planned.type === "stored");
/** The number of steps that run, those of the build pipelines included. */
const stepsToRun = (plan) => inOrder(plan).reduce((sum, { steps: all }) => sum + all.filter(({ type }) => type === "run").length, 0);


/***/ }),

/***/ 9255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  checkMachine: () => (/* binding */ checkMachine),
  needsOf: () => (/* binding */ needsOf)
});

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: ./out/src/host/cgroups.js
var cgroups = __nccwpck_require__(520);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
// EXTERNAL MODULE: ./out/src/host/packages.js + 2 modules
var host_packages = __nccwpck_require__(4817);
;// CONCATENATED MODULE: ./out/src/host/checks.js






/** Throws all problems of the machine that would make a build fail. `directory` is in the store. */
async function requireHost(directory) {
    const found = (await checkHost(directory)).filter(({ verdict }) => verdict === "problem");
    if (found.length === 0)
        return;
    const problems = found.map(({ message, hint }) => ({ message, hint }));
    throw new errors/* BuildError */.zS("HOST", problems);
}
/** Identifies the boot, the mount namespace and the privileges. While they are the same, the checks aren't repeated. */
async function machineState() {
    const boot = (await (0,promises_.readFile)("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const [effective] = /^CapEff:.*$/m.exec(await (0,promises_.readFile)("/proc/self/status", "utf8")) ?? [];
    return `${boot} ${await (0,promises_.readlink)("/proc/self/ns/mnt")} ${effective}\n`;
}
/** Checks everything that a build needs of the machine, requirements of other checks first. */
async function checkHost(directory) {
    const programs = await (0,host_packages/* missingPrograms */.iB)(host_packages/* enginePrograms */.w0.map((program) => ({ program, of: "every build" })));
    const capabilities = checkCapabilities(await (0,promises_.readFile)("/proc/self/status", "utf8"));
    const first = [checkKernel((0,external_node_os_.release)()), ...programChecks(programs), capabilities];
    // Without these, the other checks can't run.
    if (first.some(({ verdict }) => verdict === "problem"))
        return first;
    const trial = await tryOut(directory);
    return [
        ...first,
        checkNspawn(await (0,command/* run */.eF)(["systemd-nspawn", "--version"])),
        checkMounts(trial, (await readOptional("/proc/self/attr/current")).trim()),
        checkProcesses(trial),
        checkCgroups(await (0,cgroups/* findCgroups */.T)(), trial),
        checkRun(trial),
        checkOverlay(trial, directory),
        checkAttributes(trial, directory),
        checkNetwork(trial, await (0,host_packages/* missingPrograms */.iB)(host_packages/* networkPrograms */.UN.map((program) => ({ program, of: "a step that downloads" })))),
        checkLoop(await isLoopControl("/dev/loop-control"), await (0,host_packages/* missingPrograms */.iB)([unsquashfs])),
        checkRoom(await (0,promises_.statfs)(directory), directory),
    ];
}
const ok = (name, message) => ({ name, verdict: "ok", message });
const warning = (name, message, hint) => ({ name, verdict: "warning", message, hint });
const problem = (name, message, hint) => ({ name, verdict: "problem", message, hint });
/** Checks the kernel. The oldest that is still in use, that of RHEL 8, has everything that is needed. */
function checkKernel(version) {
    const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
    if (major > 4 || (major === 4 && minor >= 18))
        return ok("kernel", `Linux ${version}`);
    return problem("kernel", `Linux ${version} is too old`, "use Linux 4.18 or later");
}
function programChecks(missing) {
    if (missing.length === 0)
        return [ok("programs", "all programs that the engine needs are installed")];
    return missing.map(({ message, hint = "install it" }) => problem("programs", message, hint));
}
/** The capabilities that the engine itself uses, by their bits; see capabilities(7). */
const neededCapabilities = {
    CAP_CHOWN: 0,
    CAP_DAC_OVERRIDE: 1,
    CAP_FOWNER: 3,
    CAP_SETGID: 6,
    CAP_SETUID: 7,
    CAP_SETPCAP: 8,
    CAP_SYS_CHROOT: 18,
    CAP_SYS_ADMIN: 21,
};
/** Checks root's capabilities in the text of /proc/self/status. */
function checkCapabilities(status) {
    const [, hex = "0"] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
    const effective = BigInt(`0x${hex}`);
    const missing = Object.entries(neededCapabilities).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
    if (missing.length === 0)
        return ok("capabilities", "root has all capabilities that containers and mounts need");
    const names = missing.map(([name]) => name).join(", ");
    const hint = "in a container, start it with --privileged: one without privileges can't build images";
    return problem("capabilities", `root lacks ${names} here, so it can't start containers or mount anything`, hint);
}
/** Checks the version of systemd-nspawn. The option `--suppress-sync` came with systemd 250. */
function checkNspawn(version) {
    const [, number = "0"] = /^systemd (\d+)/.exec(version) ?? [];
    if (Number(number) >= 250)
        return ok("systemd-nspawn", `systemd-nspawn ${number}`);
    const hint = "use a distribution with systemd 250 or later, such as Debian 12 or Ubuntu 24.04";
    return problem("systemd-nspawn", `systemd-nspawn ${number} is too old`, hint);
}
/**
 * Tries the operations of a build in a mount namespace of its own, which leaves nothing behind. Nothing else shows what
 * a seccomp filter, an AppArmor profile or a file system refuses.
 */
const script = `
attempt() { name=$1; shift; said=$("$@" 2>&1); [ $? -eq 0 ] && said= || said=\${said:-failed}; printf '%s\\t%s\\0' "$name" "$said"; }
mkdir lower upper work merged
attempt processes unshare --pid --fork --kill-child --mount-proc true
attempt cgroups "$@"
attempt overlay mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged
attempt trusted setfattr --name=trusted.osbuild --value=y upper
attempt user setfattr --name=user.osbuild --value=y upper
attempt tun sh -c "[ -c /dev/net/tun ] && : <> /dev/net/tun"
attempt run mkdir -p /run/systemd/nspawn
attempt mounts mount -t tmpfs tmpfs /run
`;
async function tryOut(directory) {
    const cwd = await (0,promises_.mkdtemp)(`${directory}/trial-`);
    try {
        const argv = ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", ...cgroups/* mountCgroups */.V];
        const entries = (await (0,command/* run */.eF)(argv, { cwd })).split("\0").slice(0, -1);
        return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("\t")), entry.slice(entry.indexOf("\t") + 1)]));
    }
    catch (error) {
        // Not even the namespace could be created.
        if (error instanceof errors/* BuildError */.zS)
            return new Map([["mounts", error.message]]);
        throw error;
    }
    finally {
        await (0,promises_.rm)(cwd, { recursive: true, force: true });
    }
}
const failureOf = (trial, name) => (trial.has("processes") ? trial.get(name) : "") || undefined;
/** Checks that file systems can be mounted. `profile` is the process's AppArmor profile, or empty. */
function checkMounts(trial, profile) {
    const said = trial.get("mounts");
    if (said === "")
        return ok("mounts", "file systems can be mounted");
    const confined = profile === "" || profile.startsWith("unconfined") ? "" : ` (the AppArmor profile is ${profile})`;
    const hint = "in a container, start it with --privileged, or with --security-opt for both seccomp=unconfined and apparmor=unconfined";
    return problem("mounts", `nothing can be mounted${confined}: ${said}`, hint);
}
/** Checks that a process namespace with its own /proc can be created. */
function checkProcesses(trial) {
    const said = failureOf(trial, "processes");
    if (said === undefined)
        return ok("processes", "process namespaces can be created");
    const hint = "in a container, start it with --privileged: a new /proc can't be mounted while the present one is masked";
    return problem("processes", `process namespaces can't be created: ${said}`, hint);
}
/** Checks that cgroups can be created, here or in a hierarchy that a build mounts itself. */
function checkCgroups(state, trial) {
    if (state === "writable")
        return ok("cgroups", "cgroups can be created");
    const said = failureOf(trial, "cgroups");
    if (said === undefined)
        return ok("cgroups", `/sys/fs/cgroup is ${state}: each build mounts its own`);
    const hint = "in a container, start it with --privileged; on a machine, mount cgroup2 at /sys/fs/cgroup";
    return problem("cgroups", `/sys/fs/cgroup is ${state}, and another one can't be mounted: ${said}`, hint);
}
/** Checks whether /run is writable. It needn't be. */
function checkRun(trial) {
    if (failureOf(trial, "run") === undefined)
        return ok("run", "/run is writable");
    return ok("run", "/run is read-only: each build mounts its own");
}
/** Checks that the store's file system can hold an overlay. */
function checkOverlay(trial, directory) {
    const said = failureOf(trial, "overlay");
    if (said === undefined)
        return ok("overlayfs", "overlays can be mounted");
    const hint = "load the kernel module overlay, and put the store on ext4, xfs, btrfs or tmpfs with --store";
    return problem("overlayfs", `overlays can't be mounted in ${directory}: ${said}`, hint);
}
/** Checks that the store's file system supports extended attributes. */
function checkAttributes(trial, directory) {
    const hint = "put the store on ext4, xfs or btrfs with --store";
    const trusted = failureOf(trial, "trusted");
    if (trusted !== undefined)
        return problem("attributes", `${directory} supports no trusted extended attributes: ${trusted}`, hint);
    const user = failureOf(trial, "user");
    if (user === undefined)
        return ok("attributes", "the store's file system supports extended attributes");
    return warning("attributes", `${directory} supports no user extended attributes, so a stage that sets one fails`, hint);
}
/** Checks that steps can have a network of their own. Only steps that download need one. */
function checkNetwork(trial, missing) {
    const hint = "load the kernel module tun; in a container, start it with --privileged, or with --device=/dev/net/tun";
    if (failureOf(trial, "tun") !== undefined)
        return warning("network", "without /dev/net/tun a step that downloads fails", hint);
    const [first] = missing;
    if (first === undefined)
        return ok("network", "steps that download get a network of their own");
    return warning("network", first.message, first.hint ?? "install it");
}
const unsquashfs = { program: "unsquashfs", of: "a host without loop devices" };
/** Checks that stored layers can be mounted, or else unpacked: `missing` is the problem with unsquashfs. */
function checkLoop(isThere, missing) {
    if (isThere)
        return ok("loop devices", "stored layers can be mounted");
    const message = "there are no loop devices";
    const hint = "in a container, start it with --privileged, or give it /dev/loop-control and /dev/loop*";
    if (missing.length === 0)
        return warning("loop devices", `${message}: stored layers are unpacked, which takes time and space`, hint);
    return problem("loop devices", `${message}, and unsquashfs, which could unpack stored layers instead, is missing`, hint);
}
/** Whether the path is the loop control device: containers mask devices with /dev/null. */
async function isLoopControl(path) {
    const numbers = 10 * 256 + 237;
    try {
        return (await (0,promises_.stat)(path)).rdev === numbers;
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return false;
        throw error;
    }
}
const enoughRoom = 2 * 1024 ** 3;
/** Checks the free space on the store's file system. */
function checkRoom({ bavail, bsize }, directory) {
    const free = bavail * bsize;
    const message = `${Math.floor(free / 1024 ** 2)} MiB are free in ${directory}`;
    if (free >= enoughRoom)
        return ok("room", message);
    return warning("room", `only ${message}`, "a system with packages takes several GiB: free some space, or name another --store");
}
async function readOptional(path) {
    // Without AppArmor the file doesn't exist or can't be read.
    return (0,promises_.readFile)(path, "utf8").catch((error) => {
        if (["ENOENT", "EINVAL", "EACCES"].some((code) => (0,errors/* hasCode */.up)(error, code)))
            return "";
        throw error;
    });
}

// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __nccwpck_require__(3740);
// EXTERNAL MODULE: ./out/src/store/workspace.js + 1 modules
var workspace = __nccwpck_require__(2660);
// EXTERNAL MODULE: ./out/src/build/plan.js
var build_plan = __nccwpck_require__(7086);
;// CONCATENATED MODULE: ./out/src/build/requirements.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/**
 * Throws if this machine can't build. It checks once, and again when the machine changes: a check takes a tenth of a
 * small build.
 */
async function checkMachine(layout) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const now = await machineState();
        if ((await (0,plain_file/* readPlain */.rM)(layout.machine, now.length).catch(ignoreUnreadable)) === now)
            return;
        // A starting build would sweep away the files of this trial.
        const _kept = __addDisposableResource(env_1, await (0,workspace/* lockShared */.h1)(layout), true);
        await requireHost(layout.temporary);
        await (0,plain_file/* writePlain */.yi)(layout.machine, now);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function ignoreUnreadable(error) {
    if (!(0,errors/* hasCode */.up)(error, "ENOENT") && !(0,plain_file/* isUnreadable */.GZ)(error))
        throw error;
}
/** The programs that the host must have: those of steps that run on it, and those for a network. */
function needsOf(plan) {
    const parts = (0,build_plan/* inOrder */.al)(plan);
    const downloading = parts
        .flatMap((part) => part.steps)
        .find(({ type, step: { program } }) => type === "run" && program.meta.network);
    const network = downloading === undefined ? [] : host_packages/* networkPrograms */.UN.map((program) => ({ program, of: downloading.step.name }));
    const onHost = parts.filter(({ pipeline }) => (pipeline.build?.pipeline ?? null) === null);
    const running = onHost.flatMap((part) => part.steps).filter(({ type }) => type === "run");
    const needs = running.flatMap(({ step }) => step.requires.map((program) => ({ program, of: step.name })));
    return [...network, ...needs];
}


/***/ }),

/***/ 3267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ openSecrets)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var _host_mounts_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9791);


/**
 * Writes secrets to files in memory, which is never swapped out. Only processes in the build's namespace see the mount,
 * and it ends with the namespace, even if the build is killed. Undefined if there are no secrets.
 */
async function openSecrets(namespace, directory, secrets) {
    if (secrets.size === 0)
        return undefined;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(directory);
    const options = ["mode=700", "nodev", "nosuid", "noexec"];
    await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .mountAll */ .Dz)(namespace, `${directory}/..`, [{ type: "ramfs", source: "ramfs", target: directory, options }]);
    for (const [name, { reveal }] of secrets)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(namespace.path(`${directory}/${name}`), reveal(), { mode: 0o400 });
    return {
        directory,
        names: [...secrets.keys()],
        [Symbol.asyncDispose]: async () => {
            await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .unmount */ .vs)(namespace, directory);
        },
    };
}


/***/ }),

/***/ 3373:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FW: () => (/* binding */ findUnusable),
/* harmony export */   TS: () => (/* binding */ oldestRun),
/* harmony export */   k6: () => (/* binding */ oldestAllowed),
/* harmony export */   ky: () => (/* binding */ runsOf)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1563);
/* harmony import */ var _freshness_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3130);



/** Finds the steps whose stored results can't be used, or that have none. */
function findUnusable(pipeline, known) {
    const found = new Map();
    const below = { unpinned: new Set(), refreshed: new Map() };
    /** The reason for the steps that follow from one that is forced to run. */
    let following;
    for (const part of (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .innermostFirst */ .mF)(pipeline)) {
        if (following !== undefined)
            following = "build root changed";
        if (part.base !== null)
            noteRefreshed(below.refreshed, known.records.get(part.base.id)?.runs);
        const ids = new Set((0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .steps */ .Ci)(part).map(({ id }) => id));
        for (const step of (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .steps */ .Ci)(part)) {
            const { record, isSame } = storedOf(step, known);
            if ((0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnpinned */ .Yh)(step))
                below.unpinned.add(step.id);
            const own = forcedReason(step, known.freshness);
            const forced = own ?? following;
            const reason = forced === undefined ? reasonOf(step, known, below, ids) : unlessOfThisJob(forced, step, known);
            if (reason !== undefined)
                found.set(step, { reason, isForced: forced !== undefined, replaces: isSame || forced !== undefined });
            if (own !== undefined)
                following = "base changed";
            if (isSame)
                noteRefreshed(below.refreshed, record?.runs);
        }
    }
    return found;
}
function storedOf(step, { records, fingerprints }) {
    const record = records.get(step.id);
    return { record, isSame: record !== undefined && record.fingerprint === fingerprints.get(step)?.value };
}
function forcedReason(step, freshness) {
    if (freshness === undefined)
        return undefined;
    if ((0,_freshness_js__WEBPACK_IMPORTED_MODULE_1__/* .isNamed */ .ev)(step, freshness.refresh))
        return "refresh";
    return freshness.noCache ? "no-cache" : undefined;
}
/** A step that is forced to run does so once in a job, although several pipelines have it. */
function unlessOfThisJob(forced, step, known) {
    const { record, isSame } = storedOf(step, known);
    return isSame && (record?.ran ?? 0) >= (known.freshness?.started ?? Infinity) ? undefined : forced;
}
function reasonOf(step, known, below, ids) {
    const { record, isSame } = storedOf(step, known);
    const { freshness, tooOld } = known;
    const older = (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnpinned */ .Yh)(step) ? `older than ${freshness?.maxAge?.text}` : "base changed";
    if (record === undefined)
        return tooOld?.has(step.id) ? older : "not in the store";
    if (!isSame)
        return changeIn(known.fingerprints.get(step), record);
    if (known.undescribed?.has(step.id))
        return "contents not recorded";
    if (freshness?.maxAge !== undefined && below.unpinned.size > 0) {
        if (record.runs === undefined)
            return (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnpinned */ .Yh)(step) ? "age unknown" : "base changed";
        const since = freshness.started - freshness.maxAge.milliseconds;
        const old = record.runs.filter(({ id, ran }) => below.unpinned.has(id) && ran < since);
        if (old.some(({ id }) => id === step.id))
            return older;
        if (old.length > 0)
            return old.some(({ id }) => ids.has(id)) ? "base changed" : "build root changed";
    }
    return isSuperseded(record, below.refreshed) ? "base changed" : undefined;
}
/** Whether a step below has been refreshed since. The build that refreshed it didn't get to its end. */
function isSuperseded({ runs = [] }, refreshed) {
    const own = new Map(runs.map((run) => [runKey(run), run.ran]));
    return [...refreshed].some(([key, ran]) => (own.get(key) ?? 0) < ran);
}
function noteRefreshed(refreshed, runs = []) {
    for (const run of runs) {
        const key = runKey(run);
        if (run.refreshed)
            refreshed.set(key, Math.max(run.ran, refreshed.get(key) ?? 0));
    }
}
const runKey = ({ id, fingerprint }) => `${id} ${fingerprint}`;
/** The reasons for parts of a fingerprint that have changed. The first one that holds is given. */
const reasons = {
    program: "program changed",
    options: "options changed",
    lock: "packages changed",
    inputs: "files changed",
    base: "base changed",
    root: "build root changed",
    runner: "build root changed",
    mirrors: "mirrors changed",
    secrets: "secrets changed",
    runtime: "Node.js changed",
    architecture: "architecture changed",
    sourceEpoch: "source epoch changed",
};
function changeIn({ parts: now }, { parts }) {
    const before = parts;
    const keys = Object.keys(reasons);
    const changed = keys.find((key) => !(0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(before[key], now[key]));
    return reasons[changed ?? "root"];
}
/**
 * The time, in milliseconds since 1970, before which no run that a step's result follows from may have downloaded
 * anything without a pin. A step that follows from no such run isn't in the map.
 */
function oldestAllowed(pipeline, freshness) {
    if (freshness?.maxAge === undefined)
        return new Map();
    const since = freshness.started - freshness.maxAge.milliseconds;
    const all = (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .allSteps */ .Bd)(pipeline);
    const first = all.findIndex(_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnpinned */ .Yh);
    return new Map(all.slice(first === -1 ? all.length : first).map((step) => [step, since]));
}
/** The time, in milliseconds since 1970, before which a step may not have run. Undefined if any time will do. */
function oldestRun(step, reason, freshness) {
    if (freshness === undefined)
        return undefined;
    if (reason === "refresh" || reason === "no-cache")
        return freshness.started;
    const { maxAge, started } = freshness;
    return maxAge === undefined || !(0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnpinned */ .Yh)(step) ? undefined : started - maxAge.milliseconds;
}
/**
 * The runs that a step's result follows from: those of the build root and of the tree below it, and its own if another
 * run may have another result. Undefined if any of them is unknown.
 */
function runsOf(parts) {
    const newest = new Map();
    for (const runs of parts) {
        if (runs === undefined)
            return undefined;
        for (const run of runs) {
            const known = newest.get(runKey(run));
            if (known === undefined || known.ran < run.ran)
                newest.set(runKey(run), run);
        }
    }
    return [...newest.values()];
}


/***/ }),

/***/ 1531:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ defaultSourceEpoch)
/* harmony export */ });
/**
 * Times are clamped to this where a pipeline has no `source-epoch`, in seconds since 1970: 2026-01-01T00:00:00Z.
 * Changing it changes every image.
 */
const defaultSourceEpoch = 1767225600;


/***/ }),

/***/ 1795:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V2: () => (/* binding */ failure),
/* harmony export */   bt: () => (/* binding */ ignoreMissing),
/* harmony export */   nF: () => (/* binding */ fewerStages),
/* harmony export */   nP: () => (/* binding */ asDiskFull),
/* harmony export */   up: () => (/* binding */ hasCode),
/* harmony export */   xg: () => (/* binding */ diskFull),
/* harmony export */   zS: () => (/* binding */ BuildError)
/* harmony export */ });
/* unused harmony export exitCodeOf */
/** An expected failure, shown without a stack trace. Anything else that is thrown is a bug. */
class BuildError extends Error {
    code;
    problems;
    constructor(code, problems, options) {
        const shown = capped(problems);
        super(shown.map((problem) => problem.message).join("\n"), options);
        this.name = "BuildError";
        this.code = code;
        this.problems = shown;
    }
}
/** Nobody reads more than this at once. */
const mostProblems = 100;
function capped(problems) {
    if (problems.length <= mostProblems)
        return problems;
    const more = (problems.length - mostProblems).toLocaleString("en");
    return [...problems.slice(0, mostProblems), { message: `and ${more} more` }];
}
/** Makes a failure with a single problem that has no place in a file. */
const failure = (code, message, hint, options) => new BuildError(code, [{ message, hint }], options);
/** Makes the failure for a full disk. */
const diskFull = (message, cause, at) => new BuildError("HOST", [{ message: `the disk is full: ${message}`, at, hint: "free some space, for example with `osbuild store prune`" }], { cause });
/** Turns a system call's error into the failure for a full disk; undefined if it is another error. */
const asDiskFull = (error) => hasCode(error, "ENOSPC") || hasCode(error, "EDQUOT") ? diskFull(error.message, error) : undefined;
/** The hint for a tree that has too many layers. Each stage adds one. */
const fewerStages = "combine some of the stages";
/** Whether an error comes from a system call and has this code. */
const hasCode = (error, code) => typeof error === "object" && error !== null && "code" in error && error.code === code;
/** Handles the error of a read that may find no file: undefined is its result then. */
function ignoreMissing(error) {
    if (!hasCode(error, "ENOENT"))
        throw error;
}
/** 0 is success, 1 a failed build, 2 invalid input, 130 an interruption, as in osbuild's first releases. */
function exitCodeOf(error) {
    switch (error.code) {
        case "INVALID":
            return 2;
        case "INTERRUPTED":
            return 130;
        case "STAGE_FAILED":
        case "DIFFERENT":
        case "TOO_LARGE":
        case "HOST":
        case "STORE":
            return 1;
    }
}


/***/ }),

/***/ 520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ findCgroups),
/* harmony export */   V: () => (/* binding */ mountCgroups)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1795);



/** The statfs(2) types of the unified hierarchy and of cgroup version 1. */
const [unified, version1] = [0x63677270, 0x27e0eb];
/**
 * Finds out whether systemd-nspawn can create a container's cgroups: in the unified hierarchy, which hybrid systems
 * mount elsewhere, or in systemd's own hierarchy of version 1. Unprivileged containers have it read-only. mountinfo is
 * no help, because it also lists mounts that others hide.
 */
async function findCgroups() {
    const places = [
        { path: "/sys/fs/cgroup", type: unified },
        { path: "/sys/fs/cgroup/unified", type: unified },
        { path: "/sys/fs/cgroup/systemd", type: version1 },
    ];
    for (const { path, type } of places)
        if ((await typeOf(path)) === type)
            return writability(path);
    return "missing";
}
async function typeOf(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.statfs)(path)).type;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            return undefined;
        throw error;
    }
}
async function writability(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK);
        return "writable";
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EROFS") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EACCES"))
            return "read-only";
        throw error;
    }
}
/**
 * The command that gives a mount namespace a writable hierarchy of its own. A hierarchy can't be mounted on itself, so
 * a tmpfs is mounted between the two.
 */
const mountCgroups = [
    "sh",
    "-c",
    "mount -t tmpfs tmpfs /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup",
];


/***/ }),

/***/ 2144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Qd: () => (/* binding */ CommandError),
/* harmony export */   Td: () => (/* binding */ stream),
/* harmony export */   _2: () => (/* binding */ hold),
/* harmony export */   eF: () => (/* binding */ run),
/* harmony export */   lP: () => (/* binding */ onLines),
/* harmony export */   oe: () => (/* binding */ searchPath),
/* harmony export */   xX: () => (/* binding */ interact)
/* harmony export */ });
/* unused harmony exports converse, ask */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _trace_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2252);


/** The PATH of every program, on the host and in a container. The caller's PATH isn't used. */
const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** The environment of every command that the engine runs: no locale, no time zone, nothing of the caller's. */
const environment = {
    PATH: searchPath,
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
};
// execa's clean-up would send this process the signals again that it handles itself.
const plainly = { extendEnv: false, reject: false, cleanup: false };
/** Runs a command and returns what it printed, as text. A failure names the command line, ready to paste. */
async function run(argv, options = {}) {
    const ended = (0,_trace_js__WEBPACK_IMPORTED_MODULE_1__/* .traced */ .mn)(argv, options.cwd);
    const result = await spawn(argv, options);
    ended(endOf(result));
    const { harmless } = options;
    const complaints = result.stderr?.split("\n").filter((line) => line !== "") ?? [];
    if (!result.failed ||
        (harmless && !result.signal && complaints.length > 0 && complaints.every((line) => harmless.test(line))))
        return result.stdout;
    // A terminal sends the signal to this process and to all its commands at once.
    if (result.signal === "SIGINT")
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("INTERRUPTED", "interrupted", undefined, { cause: result });
    throw commandError(argv, result);
}
let loaded;
/** Loads execa for the first command, because an unchanged build runs none. */
function load() {
    loaded ??= __nccwpck_require__.e(/* import() */ 121).then(__nccwpck_require__.bind(__nccwpck_require__, 4121)).then(({ execa }) => execa);
    return loaded;
}
async function spawn([program = "", ...args], { input = "", cwd, env, encoding = "utf8" }) {
    const execa = await load();
    return execa(program, args, {
        input,
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...environment, ...env },
        ...plainly,
        stripFinalNewline: false,
        encoding,
        maxBuffer: 512 * 1024 * 1024,
    });
}
/** Describes how a process ended. */
const endOf = ({ exitCode, signal, }) => {
    const killed = signal === undefined ? "could not be run" : `was ended by ${signal}`;
    return exitCode === undefined ? killed : `ended with exit code ${exitCode}`;
};
function commandError(argv, cause) {
    const said = cause.stderr.trim();
    const full = said.split("\n").find((line) => /No space left on device|Disk quota exceeded/.test(line));
    if (full !== undefined)
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .diskFull */ .xg)(full, cause);
    return new CommandError(`${argv.map(_trace_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD).join(" ")}\n${endOf(cause)}${said === "" ? "" : `:\n${said}`}`, cause);
}
/** The error for a command that failed. Callers that know what the failure means replace the message. */
class CommandError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS {
    /** The command's standard error. */
    said;
    constructor(message, cause) {
        super("HOST", [{ message }], { cause });
        this.said = cause.stderr.trim();
    }
}
/**
 * Runs a command with its standard output and error as one stream, in the order in which they were written, and returns
 * its exit code. After a signal that is 137, which a shell gives for SIGKILL: 128 plus the signal's number.
 */
async function stream(argv, { input, onData }) {
    const ended = (0,_trace_js__WEBPACK_IMPORTED_MODULE_1__/* .traced */ .mn)(argv);
    const execa = await load();
    // One pipe serves both, because the order of two would be lost. The shell's text is fixed; argv are its arguments.
    const child = execa("sh", ["-c", 'exec "$@" 2>&1', "sh", ...argv], {
        input,
        env: environment,
        ...plainly,
        buffer: false,
        encoding: "buffer",
    });
    child.stdout.on("data", onData);
    const result = await child;
    ended(endOf(result));
    return result.exitCode ?? 137;
}
/** Runs a command at the caller's terminal. Its exit code doesn't matter. */
async function interact([program = "", ...args]) {
    const env = { ...environment, TERM: "linux" };
    const ended = (0,_trace_js__WEBPACK_IMPORTED_MODULE_1__/* .traced */ .mn)([program, ...args]);
    const execa = await load();
    ended(endOf(await execa(program, args, { stdio: "inherit", env, ...plainly })));
}
/** Starts a process that holds something open as long as its standard input is open, and waits until it says so. */
async function hold(argv) {
    const [program = "", ...args] = argv;
    const tell = (0,_trace_js__WEBPACK_IMPORTED_MODULE_1__/* .traced */ .mn)(argv);
    const execa = await load();
    const child = execa(program, args, { env: environment, ...plainly, buffer: false });
    const ended = child.then((result) => {
        tell(endOf(result));
        return result;
    });
    const ready = new Promise((resolve, reject) => {
        child.stdout.once("data", () => resolve());
        child.stderr.on("data", (bytes) => reject((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("HOST", `${program}: ${bytes.toString().trim()}`)));
        ended.then((cause) => reject((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("HOST", cause.shortMessage ?? `${program} ended`, undefined, { cause })), reject);
    });
    child.stdin.on("error", () => undefined);
    child.stdin.write("\n");
    await ready;
    return {
        pid: child.pid,
        kill: () => {
            child.kill("SIGKILL");
        },
        close: async () => {
            child.stdin.end();
            await ended;
        },
    };
}
/**
 * Calls `hear` for each line of a stream. Only a line feed ends a line: readline also ends one at U+2028, which JSON
 * doesn't escape.
 */
function onLines(stream, hear) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach(hear);
    });
    stream.on("end", () => {
        if (rest !== "")
            hear(rest);
    });
}
/** Starts a process whose environment is exactly `env`. Its standard input ends when this process does, in any way. */
async function converse([program = "", ...args], options) {
    const tell = traced([program, ...args]);
    const execa = await load();
    const child = execa(program, args, { env: options.env, extendEnv: false, reject: false, buffer: false });
    onLines(child.stdout, options.onLine);
    onLines(child.stderr, options.onError);
    child.stdin.on("error", () => undefined);
    return {
        say: (line) => {
            child.stdin.write(`${line}\n`);
        },
        ended: child.then((result) => {
            tell(endOf(result));
            return { exitCode: result.exitCode, message: result.shortMessage ?? "" };
        }),
        kill: () => {
            child.kill("SIGKILL");
        },
    };
}
/** Runs a process for one answer, which it writes to file descriptor 3. Returns the answer and what it printed. */
async function ask([program = "", ...args], { env, cwd, line, seconds, signal }) {
    const tell = traced([program, ...args], cwd);
    const execa = await load();
    const child = execa(program, args, {
        env,
        cwd,
        extendEnv: false,
        reject: false,
        all: true,
        stdio: ["pipe", "pipe", "pipe", "pipe"],
        timeout: seconds * 1000,
        ...(signal === undefined ? {} : { cancelSignal: signal }),
    });
    child.stdin.on("error", () => undefined);
    child.stdin.write(`${line}\n`);
    const result = await child;
    tell(endOf(result));
    return {
        answer: String(result.stdio[3] ?? ""),
        printed: String(result.all ?? ""),
        timedOut: result.timedOut,
        ended: endOf(result),
    };
}


/***/ }),

/***/ 9190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ lockFile),
/* harmony export */   b: () => (/* binding */ LockedError)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8474);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1795);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2144);





/** The error for a lock that another process holds. */
class LockedError extends Error {
}
/** flock's exit code if another process holds the lock. */
const locked = 75;
/**
 * Locks a file with flock(1) and these options. The lock belongs to the open file, not to flock's process, so it is
 * released when the file is closed or this process ends, however it ends. With `--nonblock`, throws a LockedError if
 * another process holds the lock.
 */
async function lockFile(path, how) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path);
    try {
        // This isn't execa, because an unchanged build runs no other command, and execa's first one would double its time.
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)("flock", [...how, `--conflict-exit-code=${locked}`, "3"], {
            env: { PATH: _command_js__WEBPACK_IMPORTED_MODULE_4__/* .searchPath */ .oe },
            stdio: ["ignore", "ignore", "ignore", file.fd],
        });
        const [code] = (await (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, "close"));
        if (code === locked)
            throw new LockedError(`${path} is locked`);
        if (code !== 0)
            throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .failure */ .V2)("HOST", `${path} could not be locked`);
    }
    catch (error) {
        await file.close();
        throw error;
    }
    return { [Symbol.asyncDispose]: () => file.close() };
}


/***/ }),

/***/ 9791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dz: () => (/* binding */ mountAll),
/* harmony export */   r6: () => (/* binding */ fstabLine),
/* harmony export */   vs: () => (/* binding */ unmount)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var _trace_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2252);



/** Mounts everything in order, in one process. Relative paths in options are relative to `directory`. */
async function mountAll(namespace, directory, mounts) {
    if (mounts.length === 0)
        return;
    const table = `${directory}/fstab-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(table, mounts.map(fstabLine).join(""));
    const tell = mounts.map((mount) => (0,_trace_js__WEBPACK_IMPORTED_MODULE_2__/* .traced */ .mn)(namespace.enter(mountArgv(mount), directory)));
    await namespace.run(["mount", "--all", "--fstab", table], { cwd: directory, env: oldInterface });
    for (const end of tell)
        end("by mount --all");
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(table);
}
/** Through the kernel's new interface an option is at most 255 bytes long, which some dozens of layers exceed. */
const oldInterface = { LIBMOUNT_FORCE_MOUNT2: "always" };
/** The command line that would make one of the mounts. */
const mountArgv = ({ type, source, target, options }) => [
    ...["env", ...Object.entries(oldInterface).map(([name, value]) => `${name}=${value}`), "mount"],
    ...["--types", type, "--options", options.join(","), "--source", source, "--target", target],
];
/** Unmounts one mount. */
const unmount = (namespace, target) => namespace.run(["umount", target]);
/** A mount in the format of fstab(5). */
const fstabLine = ({ source, target, type, options }) => `${[source, target, type, options.join(",")].map(escapeField).join(" ")} 0 0\n`;
/** Writes white space, `#` and backslashes as octal escapes; see fstab(5). */
const escapeField = (text) => text.replace(/[\s\\#]/g, (c) => `\\${(c.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`);


/***/ }),

/***/ 4817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  IY: () => (/* binding */ bootNeeds),
  w0: () => (/* binding */ enginePrograms),
  Kp: () => (/* binding */ findProgram),
  iB: () => (/* binding */ missingPrograms),
  UN: () => (/* binding */ networkPrograms),
  DW: () => (/* binding */ providePrograms)
});

// UNUSED EXPORTS: cachePrograms

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./out/packages.json
const packages_namespaceObject = /*#__PURE__*/JSON.parse('{"Hi":{"systemd-nspawn":{"apt":"systemd-container","dnf":"systemd-container","why":"runs every stage in a container"},"unshare":{"apt":"util-linux","dnf":"util-linux","why":"keeps a build\'s mounts to itself"},"mksquashfs":{"apt":"squashfs-tools","dnf":"squashfs-tools","why":"packs what a stage changed"},"getfattr":{"apt":"attr","dnf":"attr","why":"reads extended attributes"},"flock":{"apt":"util-linux","dnf":"util-linux-core","why":"locks the store"}},"Nm":{"slirp4netns":{"apt":"slirp4netns","dnf":"slirp4netns","why":"gives steps that download a network of their own"},"ip":{"apt":"iproute2","dnf":"iproute","why":"keeps those steps off the host\'s own addresses"}},"PP":{"zstd":{"apt":"zstd","dnf":"zstd","why":"compresses its entries: runners with and without it share none"}},"E3":{"umoci":{"apt":"umoci","dnf":"umoci","why":"unpacks container images that pipelines start from"}},"Ci":{"/usr/share/keyrings/debian-archive-keyring.gpg":{"apt":"debian-archive-keyring","why":"checks the signatures of Debian\'s packages"},"arch-test":{"apt":"arch-test","why":"tells which architectures\' programs this machine runs"},"mmdebstrap":{"apt":"mmdebstrap","why":"makes Debian base systems"},"mke2fs":{"apt":"e2fsprogs","dnf":"e2fsprogs","why":"writes ext4 file systems"},"debugfs":{"apt":"e2fsprogs","dnf":"e2fsprogs","why":"writes ext4 file systems"},"sfdisk":{"apt":"fdisk","dnf":"util-linux","why":"writes partition tables"},"grub-mkimage":{"apt":"grub-common","dnf":"grub2-tools","also":"grub2-mkimage","why":"makes images bootable"},"qemu-img":{"apt":"qemu-utils","dnf":"qemu-img","why":"writes qcow2, vdi and vmdk images"},"zstd":{"apt":"zstd","dnf":"zstd","why":"compresses"},"xz":{"apt":"xz-utils","dnf":"xz","why":"compresses"},"bzip2":{"apt":"bzip2","dnf":"bzip2","why":"compresses"},"lzip":{"apt":"lzip","dnf":"lzip","why":"compresses"},"lzop":{"apt":"lzop","dnf":"lzop","why":"compresses"},"gpg":{"apt":"gpg","dnf":"gnupg2","why":"checks signatures"},"mkfs.vfat":{"apt":"dosfstools","dnf":"dosfstools","why":"writes FAT file systems"},"mcopy":{"apt":"mtools","dnf":"mtools","why":"writes FAT file systems"},"setfiles":{"apt":"policycoreutils","dnf":"policycoreutils","why":"labels files for SELinux"},"ansible-playbook":{"apt":"ansible","dnf":"ansible-core","why":"runs playbooks in a tree"},"dnf":{"apt":"dnf","dnf":"dnf","why":"makes RPM trees"},"rpm":{"apt":"rpm","dnf":"rpm","why":"installs RPM packages"},"rpmdb":{"apt":"rpm","dnf":"rpm","why":"puts the database of RPM packages in order"},"rpmkeys":{"apt":"rpm","dnf":"rpm","why":"checks the signatures of RPM packages"},"ostree":{"apt":"ostree","dnf":"ostree","why":"deploys and writes OSTree commits"},"systemd-tmpfiles":{"apt":"systemd","dnf":"systemd","why":"makes the directories that a service needs"},"dirmngr":{"apt":"dirmngr","dnf":"gnupg2","why":"fetches keys by their fingerprint"},"/usr/lib/grub/i386-pc/boot.img":{"apt":"grub-pc-bin","dnf":"grub2-pc-modules","why":"has what boots with a BIOS"},"/usr/lib/grub/x86_64-efi/moddep.lst":{"apt":"grub-efi-amd64-bin","dnf":"grub2-efi-x64-modules","why":"has what boots with UEFI"},"xorriso":{"apt":"xorriso","dnf":"xorriso","why":"writes ISO images"},"setfattr":{"apt":"attr","dnf":"attr","why":"writes extended attributes"},"mkfs.xfs":{"apt":"xfsprogs","dnf":"xfsprogs","why":"writes XFS file systems"},"mkfs.btrfs":{"apt":"btrfs-progs","dnf":"btrfs-progs","why":"writes Btrfs file systems"},"systemctl":{"apt":"systemd","dnf":"systemd","why":"enables the services of a tree"},"tar":{"apt":"tar","dnf":"tar","why":"packs files"},"gzip":{"apt":"gzip","dnf":"gzip","why":"compresses"}},"zj":{"qemu-img":{"apt":"qemu-utils","dnf":"qemu-img","why":"reads the partitions of images"},"mdir":{"apt":"mtools","dnf":"mtools","why":"finds out which architecture an image boots on"}},"lh":{"qemu-system-x86_64":{"apt":"qemu-system-x86","dnf":"qemu-system-x86-core","why":"boots images"},"/usr/share/OVMF":{"apt":"ovmf","dnf":"edk2-ovmf","why":"boots images with UEFI"}},"dw":{"qemu-system-aarch64":{"apt":"qemu-system-arm","dnf":"qemu-system-aarch64-core","why":"boots images for arm64"},"/usr/share/AAVMF":{"apt":"qemu-efi-aarch64","dnf":"edk2-aarch64","why":"boots images for arm64 with UEFI"}},"lG":{"ssh":{"apt":"openssh-client","dnf":"openssh-clients","why":"logs in to booted images"},"ssh-keygen":{"apt":"openssh-client","dnf":"openssh","why":"makes a key for each booted image"}},"KV":{"swtpm":{"apt":"swtpm","dnf":"swtpm","why":"is the TPM of the machine that boots an image"}}}');
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
;// CONCATENATED MODULE: ./out/src/host/install.js
// @ts-check
// This is plain JavaScript, which any Node.js can run, because scripts/setup.js needs it before anything is installed.
/**
 * Runs a command as root, without the caller's locale, and returns its error message if it failed.
 * @typedef {(argv: readonly string[]) => Promise<string | undefined>} RunAsRoot
 */
const patienceSeconds = 600;
/**
 * Installs packages on a machine that others use, too: waits for other installations, and tolerates outdated lists and
 * unreachable repositories as long as the packages can be downloaded. Returns the reason if they can't.
 * @param {"apt" | "dnf"} manager
 * @param {readonly string[]} packages
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>}
 */
async function installPackages(manager, packages, run, say) {
    // dnf itself waits for locks, refreshes its lists and skips repositories.
    if (manager === "dnf")
        return run(["dnf", "install", "-y", ...packages]);
    const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...packages];
    if ((await unlocked(install, run, say)) === undefined)
        return undefined;
    const updating = await unlocked(["apt-get", "update"], run, say);
    // One broken or missing repository fails the update, but the lists of all others have been updated.
    if (updating !== undefined)
        say(`apt-get update failed; installing from the existing lists:\n${updating}`);
    return unlocked(install, run, say);
}
/**
 * Waits for apt's locks. Its own option (DPkg::Lock::Timeout) doesn't cover all locks and isn't in every release.
 * @param {readonly string[]} argv
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 */
async function unlocked(argv, run, say) {
    const end = Date.now() + patienceSeconds * 1000;
    for (let said = "";;) {
        const complaint = await run(argv);
        const holder = complaint?.match(/Could not get lock .*/)?.[0];
        if (holder === undefined || Date.now() > end)
            return complaint;
        if (holder !== said)
            say(`waiting for at most ${patienceSeconds / 60} minutes: ${holder}`);
        said = holder;
        await new Promise((resolve) => setTimeout(resolve, 2000));
    }
}

// EXTERNAL MODULE: ./out/src/host/sudo.js
var host_sudo = __nccwpck_require__(8996);
;// CONCATENATED MODULE: ./out/src/host/packages.js







const known = new Map(Object.entries({
    ...{ ...packages_namespaceObject.PP, ...packages_namespaceObject.E3, ...packages_namespaceObject.Ci, ...packages_namespaceObject.Hi, ...packages_namespaceObject.Nm },
    ...{ ...packages_namespaceObject.zj, ...packages_namespaceObject.lh, ...packages_namespaceObject.dw },
    ...{ ...packages_namespaceObject.lG, ...packages_namespaceObject.KV },
}));
/** Programs that the engine itself needs on the host. */
const enginePrograms = Object.keys(packages_namespaceObject.Hi);
/** Programs that the engine needs on the host for steps that download. */
const networkPrograms = Object.keys(packages_namespaceObject.Nm);
/** Programs that the Actions cache's client compresses with, if they are installed. */
const cachePrograms = Object.keys(packages_namespaceObject.PP);
/** The programs that are needed to boot an image of an architecture, by Node.js's name. */
function bootNeeds(architecture, { script, tpm }) {
    const machine = architecture === "arm64" ? packages_namespaceObject.dw : packages_namespaceObject.lh;
    const extras = { ...(script ? packages_namespaceObject.lG : {}), ...(tpm ? packages_namespaceObject.KV : {}) };
    const programs = { ...packages_namespaceObject.zj, ...machine, ...extras };
    return Object.keys(programs).map((program) => ({ program, of: "boot-test" }));
}
/**
 * Makes sure that programs are installed on the host. With a `report`, installs the missing ones. Throws if any are
 * still missing, with the command that installs each.
 */
async function providePrograms(needs, report) {
    if (report !== undefined)
        await installInTurn(needs, report);
    const missing = await missingPrograms(needs);
    if (missing.length > 0)
        throw new errors/* BuildError */.zS("HOST", missing);
}
/** A problem for each of these programs that is missing, with the command that installs it. */
const missingPrograms = async (needs) => Promise.all((await missingOf(needs)).map(problemOf));
let installing = Promise.resolve();
/** Installs for one build after another, because a program may be there before its package has been set up. */
function installInTurn(needs, report) {
    const installed = installing.then(async () => install(await missingOf(needs), report));
    installing = installed.catch(() => undefined);
    return installed;
}
async function install(missing, report) {
    const manager = await managerOf();
    const packages = [...new Set(missing.flatMap(({ program }) => known.get(program)?.[manager] ?? []))];
    if (packages.length === 0)
        return;
    report({ type: "installing", packages });
    const say = (message) => report({ type: "warning", problem: { message } });
    const complaint = await installPackages(manager, packages, complaintOf, say);
    if (complaint !== undefined)
        throw (0,errors/* failure */.V2)("HOST", complaint);
}
async function complaintOf(argv) {
    try {
        const sudo = (0,host_sudo/* isRoot */.jX)() ? [] : ["sudo", "-n", "--"];
        await (0,command/* run */.eF)([...sudo, "env", "DEBIAN_FRONTEND=noninteractive", ...argv]);
        return undefined;
    }
    catch (error) {
        if (error instanceof errors/* BuildError */.zS && error.code === "HOST")
            return error.message;
        throw error;
    }
}
async function missingOf(needs) {
    const present = await Promise.all(needs.map(({ program }) => isInstalled(program)));
    return needs.filter((_, index) => !present[index]);
}
const managerOf = async () => ((await isInstalled("apt-get")) ? "apt" : "dnf");
async function problemOf({ program, of }) {
    const manager = await managerOf();
    const found = known.get(program);
    const name = found?.[manager];
    const command = manager === "apt" ? "apt-get install" : "dnf install";
    return {
        message: `${program} is not installed; ${of} needs it${found === undefined ? "" : `: it ${found.why}`}`,
        hint: name === undefined ? undefined : `sudo ${command} ${name}`,
    };
}
const isInstalled = async (program) => (await findProgram(program)) !== undefined;
/** The path of a program on this machine, or of a file that is needed like one. Undefined if it isn't installed. */
async function findProgram(program) {
    const isFile = program.startsWith("/");
    const names = [program, known.get(program)?.also ?? []].flat();
    const places = command/* searchPath */.oe.split(":").flatMap((directory) => names.map((name) => `${directory}/${name}`));
    for (const place of isFile ? [program] : places) {
        try {
            await (0,promises_.access)(place, isFile ? external_node_fs_.constants.R_OK : external_node_fs_.constants.X_OK);
            return place;
        }
        catch (error) {
            if (!(0,errors/* hasCode */.up)(error, "ENOENT") && !(0,errors/* hasCode */.up)(error, "EACCES"))
                throw error;
        }
    }
    return undefined;
}


/***/ }),

/***/ 8985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ statIfThere)
/* harmony export */ });
/* unused harmony export impossiblePath */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);


/** The longest name in a file system, and the longest path in a system call (PATH_MAX without its NUL), in bytes. */
const [longestName, longestPath] = [255, 4095];
/** Says why no machine can have such a path, in words that follow its name. Undefined if one can. */
function impossiblePath(path) {
    if (path === "")
        return "is empty";
    if (path.includes("\0"))
        return "has a NUL character";
    if (path.split("/").some((name) => Buffer.byteLength(name) > longestName))
        return `contains a name longer than ${longestName} bytes`;
    return Buffer.byteLength(path) > longestPath ? `is longer than ${longestPath} bytes` : undefined;
}
/** Stats a path, following links. Undefined if nothing is there. */
async function statIfThere(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path);
    }
    catch (error) {
        if (["ENOENT", "ENOTDIR", "ELOOP"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, code)))
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 3740:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GZ: () => (/* binding */ isUnreadable),
/* harmony export */   HK: () => (/* binding */ readBeginningSync),
/* harmony export */   Hu: () => (/* binding */ openPlain),
/* harmony export */   S6: () => (/* binding */ NotPlainError),
/* harmony export */   SL: () => (/* binding */ openBelow),
/* harmony export */   jb: () => (/* binding */ copyOpened),
/* harmony export */   rM: () => (/* binding */ readPlain),
/* harmony export */   uA: () => (/* binding */ readPlainSync),
/* harmony export */   yi: () => (/* binding */ writePlain)
/* harmony export */ });
/* unused harmony exports openFolder, within */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1795);
/* harmony import */ var _remove_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2689);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





const { O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
/** The error for something that isn't the regular file it should be, or has the wrong size. */
class NotPlainError extends _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS {
    constructor(path, what) {
        super("STORE", [{ message: `${path} ${what}` }]);
    }
}
/** Whether an error means that a file can't be read: it isn't a regular file, or the disk or file system is damaged. */
const isUnreadable = (error) => error instanceof NotPlainError || ["EIO", "EBADMSG", "EUCLEAN"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, code));
/** Opens a regular file. Symbolic links aren't followed, and a FIFO doesn't block. */
async function openPlain(path) {
    return openPlainAs(path, path);
}
async function openPlainAs(path, name) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
        throw isLinkOrSocket(error) ? notRegular(name) : error;
    });
    if ((await file.stat()).isFile())
        return file;
    await file.close();
    throw notRegular(name);
}
const isLinkOrSocket = (error) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ELOOP") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ENXIO");
const notRegular = (name) => new NotPlainError(name, "is not a regular file");
/** Opens a regular file by its path below a directory. None of the directories in the path may be a link. */
async function openBelow(directory, path) {
    const parts = path.split("/");
    const name = parts.pop();
    let last = await openFolder(directory);
    try {
        for (const part of parts) {
            const next = await openFolder(within(last, part));
            await last.close();
            last = next;
        }
        return await openPlainAs(within(last, name), `${directory}/${path}`);
    }
    finally {
        await last.close();
    }
}
/** Opens a directory that isn't a link. */
const openFolder = (path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, O_RDONLY | O_NOFOLLOW | O_DIRECTORY);
/** The path of something in an open directory, even if the directory has been renamed. */
const within = ({ fd }, name) => `/proc/self/fd/${fd}/${name}`;
/** Copies an open file to one that doesn't exist yet, and returns the SHA-256 of what it has written, in hex. */
async function copyOpened(from, to) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
        const target = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(to, "wx"), true);
        for await (const bytes of from.createReadStream({ autoClose: false })) {
            sum.update(bytes);
            await target.writeFile(bytes);
        }
        return sum.digest("hex");
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Reads a regular file of at most `most` bytes. */
async function readPlain(path, most) {
    return readPlainSync(path, most);
}
/**
 * The same at once: a build reads a small file for each of its steps, and each wait for a thread takes longer than
 * that.
 */
function readPlainSync(path, most) {
    return withPlainSync(path, (file, size) => {
        if (size > most)
            throw new NotPlainError(path, `has ${size} bytes; at most ${most} are allowed`);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file, "utf8");
    });
}
/** Reads the first bytes of a regular file as text, which may end with half a character. */
function readBeginningSync(path, most) {
    return withPlainSync(path, (file) => {
        const bytes = Buffer.allocUnsafe(most);
        return bytes.toString("utf8", 0, (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, bytes, 0, most, 0));
    });
}
function withPlainSync(path, read) {
    const file = openPlainSync(path);
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(file);
        if (!stats.isFile())
            throw notRegular(path);
        return read(file, stats.size);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(file);
    }
}
function openPlainSync(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    }
    catch (error) {
        throw isLinkOrSocket(error) ? notRegular(path) : error;
    }
}
/** Writes a file, and replaces anything there that isn't a file. */
async function writePlain(path, text) {
    await overwrite(path, text).catch(async (error) => {
        const isMisfit = error instanceof NotPlainError || ["ELOOP", "ENXIO", "EISDIR"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, code));
        if (!isMisfit)
            throw error;
        await (0,_remove_js__WEBPACK_IMPORTED_MODULE_4__/* .removeTree */ .dM)(path);
        await overwrite(path, text);
    });
}
async function overwrite(path, text) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_2, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644), true);
        if ((await file.stat()).nlink > 1)
            throw new NotPlainError(path, "has another name, and may be somebody else's");
        await file.truncate();
        await file.writeFile(text);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}


/***/ }),

/***/ 2689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ clearAway),
/* harmony export */   dM: () => (/* binding */ removeTree),
/* harmony export */   jN: () => (/* binding */ removeMeanwhile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2144);


/**
 * Removes a file, or a directory with everything below it. A stage or a cache may have left paths that are too long for
 * Node.js, which always uses whole paths, or files that even root can't change (chattr +i).
 */
async function removeTree(path) {
    // A killed process may still be writing its last file.
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => removeStubborn(path));
}
/** Removes a tree with programs that descend from directory to directory, so no path is too long. */
async function removeStubborn(path) {
    // chattr fails on files that have no such attributes.
    await (0,_command_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF)(["find", path, "-xdev", "-execdir", "chattr", "-f", "-i", "-a", "--", "{}", "+"]).catch(() => undefined);
    await (0,_command_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF)(["rm", "--recursive", "--force", "--one-file-system", "--", path]);
}
/**
 * Removes directories of a namespace in a process of their own, while the build goes on. What it can't remove is left
 * for whoever removes the directory around them.
 */
async function removeMeanwhile(namespace, directories) {
    if (directories.length === 0)
        return;
    const argv = ["rm", "--recursive", "--force", "--one-file-system", "--", ...directories];
    await namespace.run(argv).catch(() => undefined);
}
/** Removes something that is no longer needed. A failure is only a warning, because a later build tries again. */
async function clearAway(path, warn) {
    await removeTree(path)
        .catch(() => removeTree(path))
        .catch((error) => {
        const message = `${path} could not be removed: ${error.message}`;
        warn({ message, hint: "a later build tries again; nothing uses it" });
    });
}


/***/ }),

/***/ 8996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   jX: () => (/* binding */ isRoot)
/* harmony export */ });
/* unused harmony exports canBecomeRoot, runAsRoot */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);

/** Whether this process is root. */
const isRoot = () => process.getuid?.() === 0;
/** Whether sudo is installed and needs no password. */
async function canBecomeRoot() {
    const { execa } = await __nccwpck_require__.e(/* import() */ 121).then(__nccwpck_require__.bind(__nccwpck_require__, 4121));
    return (await execa("sudo", ["-n", "--", "true"], { reject: false })).exitCode === 0;
}
/**
 * Runs a command line as root through sudo on the caller's terminal, with only the environment that this needs, and
 * returns its exit code. The environment has these further `variables` too.
 */
async function runAsRoot(argv, env, variables) {
    // Without a terminal nobody can type a password.
    const sudo = process.stdin.isTTY ? [] : ["-n"];
    // The terminal signals the whole process group. The process that does the work handles that; this one ends with it.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
        process.on(signal, () => undefined);
    // sudo itself would drop NO_COLOR.
    const color = env.NO_COLOR ? ["env", `NO_COLOR=${env.NO_COLOR}`] : [];
    const more = variables.filter((name) => env[name] !== undefined);
    const kept = more.length === 0 ? [] : [`--preserve-env=${more.join(",")}`];
    const { execa } = await __nccwpck_require__.e(/* import() */ 121).then(__nccwpck_require__.bind(__nccwpck_require__, 4121));
    const result = await execa("sudo", [...sudo, ...kept, "--", ...color, ...argv], {
        stdio: "inherit",
        env: { PATH: env.PATH, TERM: env.TERM, ...Object.fromEntries(more.map((name) => [name, env[name]])) },
        extendEnv: false,
        reject: false,
    });
    if (result.exitCode !== undefined)
        return result.exitCode;
    const hint = "run it as root, or install sudo";
    const message = "this needs root, for containers, mounts or a store that belongs to root, and sudo can't be run";
    throw failure("HOST", message, hint, { cause: result.cause });
}


/***/ }),

/***/ 2252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KK: () => (/* binding */ traceCommands),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   mn: () => (/* binding */ traced)
/* harmony export */ });
let hear;
/** Reports all commands from now on: for --debug, and for RUNNER_DEBUG in a workflow. */
function traceCommands(to) {
    hear = to;
}
/** Quotes a word for a POSIX shell. This is only for display: nothing built from it is passed to a shell. */
const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
/** Notes the start of a command. The returned function reports its end. */
function traced(argv, cwd) {
    if (hear === undefined)
        return () => undefined;
    const told = hear;
    const started = performance.now();
    const where = cwd === undefined ? "" : `cd ${quote(cwd)} && `;
    return (end) => {
        const seconds = ((performance.now() - started) / 1000).toFixed(3);
        told(`${where}${argv.map(quote).join(" ")} # ${seconds} s, ${end}`);
    };
}


/***/ }),

/***/ 6948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DI: () => (/* binding */ tooDeep),
/* harmony export */   ET: () => (/* binding */ closing),
/* harmony export */   JS: () => (/* binding */ deepest),
/* harmony export */   kZ: () => (/* binding */ badBracket)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7415);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1406);


/** No real pipeline is nested deeper. Much deeper nesting would overflow the stack of the code that walks it. */
const deepest = 500;
/** The problem of a value that is nested deeper. */
const tooDeep = (source, offset) => ({
    message: `nested more than ${deepest} levels deep`,
    at: (0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, offset, 1),
});
/** The first bracket that is nested too deeply or has no partner, if there is one. */
function badBracket(source) {
    const { text } = source;
    const opened = [];
    const scanner = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.createScanner)(text, true);
    for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
        const until = scanner.getTokenOffset();
        const at = () => (0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, until, 1);
        const bracket = text[until];
        if ("{[".includes(bracket)) {
            opened.push(until);
            if (opened.length > deepest)
                return { until, problem: tooDeep(source, until) };
        }
        else if ("}]".includes(bracket)) {
            const opening = opened.pop();
            if (opening === undefined)
                return { until, problem: { message: `unmatched ${bracket}`, at: at() } };
            const wanted = closing(text[opening]);
            if (bracket === wanted)
                continue;
            const { line, column } = (0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, opening, 1);
            const hint = `the unclosed ${text[opening]} is at line ${line}, column ${column}`;
            return { until, problem: { message: `missing ${wanted} before this`, at: at(), hint } };
        }
    }
    const last = opened.at(-1);
    if (last === undefined)
        return undefined;
    const message = `this ${text[last]} is never closed`;
    return { until: text.length, problem: { message, at: (0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, last, 1) } };
}
/** The bracket that closes another. */
const closing = (opening) => (opening === "{" ? "}" : "]");


/***/ }),

/***/ 5503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ canonical),
/* harmony export */   Ml: () => (/* binding */ canonicalString),
/* harmony export */   qm: () => (/* binding */ asWritten)
/* harmony export */ });
/* unused harmony export canonicalNumber */
/* harmony import */ var _document_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1008);
/* harmony import */ var _nodes_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4488);


/**
 * Writes a value as Python's `json.dumps(value, sort_keys=True)` does, because osbuild hashes that form for its ids:
 * `", "` and `": "` as separators, keys sorted by code point, ASCII only. An integer stays an integer and a float a
 * float, as written.
 */
const canonical = (document, node) => format(document, node, {
    order: (entries) => entries.toSorted(([a], [b]) => byCodePoint(a.value, b.value)),
    number: canonicalNumber,
});
/** Like `canonical`, but keeps the order of the keys and the spelling of the numbers. */
const asWritten = (document, node) => format(document, node, { order: (entries) => entries, number: (literal) => literal });
function format(document, node, form) {
    switch (node.type) {
        case "object": {
            const entries = form.order((0,_nodes_js__WEBPACK_IMPORTED_MODULE_1__/* .members */ .ol)(node));
            return `{${entries.map(([key, value]) => `${canonicalString(key.value)}: ${format(document, value, form)}`).join(", ")}}`;
        }
        case "array":
            return `[${(node.children ?? []).map((child) => format(document, child, form)).join(", ")}]`;
        case "string":
            return canonicalString(node.value);
        case "number":
            return form.number((0,_document_js__WEBPACK_IMPORTED_MODULE_0__/* .literalOf */ .Zc)(document, node));
        default:
            return String(node.value);
    }
}
/** Comparing by code unit would put U+E000 to U+FFFF after the surrogates of the code points above U+FFFF. */
function byCodePoint(a, b) {
    const left = Array.from(a, (c) => c.codePointAt(0));
    const right = Array.from(b, (c) => c.codePointAt(0));
    const differs = left.findIndex((code, index) => code !== right[index]);
    if (differs === -1)
        return left.length - right.length;
    return left[differs] - (right[differs] ?? -1);
}
/** Writes a string as Python's `json.dumps` does. */
const canonicalString = (text) => `"${text.replace(/["\\]|[^ -~]/g, escapeUnit)}"`;
const escapeUnit = (unit) => escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const escapes = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
};
/** Keeps an integer of any size as it is, except `-0`, and writes a float as Python's repr does. */
function canonicalNumber(literal) {
    if (/^-?\d+$/.test(literal))
        return literal === "-0" ? "0" : literal;
    const value = Number(literal);
    if (!Number.isFinite(value))
        return value > 0 ? "Infinity" : "-Infinity";
    if (Object.is(value, -0))
        return "-0.0";
    // Both languages print the shortest digits that read back as the same number. They differ only in when they use an
    // exponent and how they write it.
    const [mantissa = "", power = "0"] = value.toExponential().split("e");
    const exponent = Number(power);
    if (exponent < -4 || exponent >= 16) {
        const digits = String(Math.abs(exponent)).padStart(2, "0");
        return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
    }
    const plain = String(value);
    return plain.includes(".") ? plain : `${plain}.0`;
}


/***/ }),

/***/ 1008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Zc: () => (/* binding */ literalOf),
  hD: () => (/* binding */ locationOf),
  yv: () => (/* binding */ originOf),
  Tp: () => (/* binding */ parseDocument),
  u0: () => (/* binding */ readDocument),
  iQ: () => (/* binding */ standardInput)
});

// UNUSED EXPORTS: parseText

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __nccwpck_require__(4573);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: external "node:stream/consumers"
const consumers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/json/language.js
var language = __nccwpck_require__(5827);
// EXTERNAL MODULE: ./out/src/json/location.js
var json_location = __nccwpck_require__(1406);
// EXTERNAL MODULE: ../../node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(7415);
// EXTERNAL MODULE: ./out/src/json/brackets.js
var brackets = __nccwpck_require__(6948);
// EXTERNAL MODULE: ./out/src/json/values.js
var values = __nccwpck_require__(4347);
;// CONCATENATED MODULE: ./out/src/json/syntax.js




/** A text with more errors than this isn't JSON at all. */
const mostErrors = 10;
/**
 * Parses as much of a JSON text as possible and reports everything that is wrong with it. Comments and trailing commas
 * are allowed.
 */
function parse(source) {
    const bracket = (0,brackets/* badBracket */.kZ)(source);
    // The text after a bad bracket can't be parsed.
    const part = parsePart(source.text.slice(0, bracket?.until));
    const { root } = part;
    const problems = syntaxProblems(source, part, bracket);
    const warnings = [];
    const all = root === undefined ? problems : problems.concat((0,values/* valueProblems */.c)(source, root, warnings));
    return { root, problems: all.toSorted(json_location/* byPlace */.hz), warnings: warnings.toSorted(json_location/* byPlace */.hz) };
}
/**
 * Parses a text, reading what other languages allow as it is meant. Otherwise each such thing would cause more errors.
 */
function parsePart(text) {
    const errors = [];
    const root = (0,main.parseTree)(text, errors, leniently);
    const foreign = [];
    for (const error of errors.filter((each) => nameOf(each) === "InvalidSymbol")) {
        if (error.offset < endOf(foreign.at(-1)))
            continue;
        const length = foreignLength(text, error.offset);
        if (length > 0)
            foreign.push({ ...error, length });
    }
    if (foreign.length === 0)
        return { root, errors, foreign };
    const characters = text.split("");
    for (const { offset, length } of foreign) {
        if (characters[offset] === "#")
            characters.fill(" ", offset, offset + length);
        else
            characters[offset] = characters[offset + length - 1] = '"';
    }
    const others = [];
    return { root: (0,main.parseTree)(characters.join(""), others, leniently), errors: others, foreign };
}
const leniently = { disallowComments: false, allowTrailingComma: true };
const endOf = (error) => (error === undefined ? 0 : error.offset + error.length);
/** The length of a string in single quotes or of a comment after #, if one begins here; else 0. */
function foreignLength(text, offset) {
    if (text[offset] === "#") {
        const end = text.indexOf("\n", offset);
        return (end === -1 ? text.length : end) - offset;
    }
    return /^'[^'"\\\n]*'/.exec(text.slice(offset, offset + longestQuoted))?.[0].length ?? 0;
}
/** The longest string in single quotes that is recognised. */
const longestQuoted = 1000;
function syntaxProblems(source, { errors, foreign }, bracket) {
    const endless = errors.find((error) => nameOf(error) === "UnexpectedEndOfString");
    const until = Math.min(endless === undefined ? Infinity : endless.offset + 1, bracket?.until ?? Infinity);
    const mistakes = errors.filter((error, index) => error.offset < until && !follows(source, error, errors[index - 1]));
    const all = [...foreign, ...mistakes].toSorted((a, b) => a.offset - b.offset);
    const problems = all.slice(0, mostErrors).map((error) => ({
        ...describe(source.text, error),
        at: (0,json_location/* locate */.x5)(source, error.offset, error.length),
    }));
    return bracket === undefined || until < bracket.until ? problems : [...problems, bracket.problem];
}
/** Whether an error only follows from the one before: no new value has begun between the two. */
function follows({ text }, error, before) {
    if (before === undefined || withinToken.has(nameOf(error)))
        return false;
    return !/[,{[]/.test(text.slice(before.offset + before.length, error.offset));
}
const withinToken = new Set(["InvalidCharacter", "InvalidEscapeCharacter", "InvalidUnicode", "UnexpectedEndOfNumber"]);
const nameOf = ({ error }) => (0,main.printParseErrorCode)(error);
function describe(text, error) {
    const { offset, length } = error;
    const found = text.slice(offset, offset + length);
    const isFirst = (0,main.stripComments)(text.slice(0, offset)).trim() === "";
    if (isFirst && offset === text.length)
        return { message: "the file is empty" };
    switch (nameOf(error)) {
        case "InvalidSymbol":
            if (isFirst && text[offset + length] === ":")
                return { message: `not valid JSON: ${nameable(found)}`, hint: "the name of a file in YAML ends in .yaml" };
            return { message: `not valid JSON: ${nameable(found)}`, hint: symbolHint(found) };
        case "PropertyNameExpected":
        case "ValueExpected":
            return { message: `expected a ${nameOf(error) === "ValueExpected" ? "value" : "key in double quotes"}` };
        case "ColonExpected":
            return { message: "missing colon before this" };
        case "CommaExpected":
            if (/\d/.test(text[offset - 1] ?? ""))
                return { message: "numbers can't have leading zeros" };
            return { message: "missing comma before this" };
        case "EndOfFileExpected":
            return { message: "unexpected text after the end of the JSON document" };
        case "UnexpectedEndOfComment":
            return { message: "this comment is never closed", hint: "end it with */" };
        case "UnexpectedEndOfString":
            return { message: "unterminated string", hint: 'end it with " on the same line; write a line break as \\n' };
        case "InvalidUnicode":
            return { message: "\\u must be followed by four hex digits" };
        case "InvalidEscapeCharacter":
            return { message: "invalid escape sequence", hint: "write a backslash as \\\\" };
        case "InvalidCharacter":
            return { message: "control characters must be escaped", hint: "write a tab as \\t" };
        default:
            return { message: "invalid number", hint: numberHint };
    }
}
const numberHint = "numbers look like 5, -0.5 or 1e3";
/** Word processors insert non-ASCII spaces. Nobody could see one in a message, so it is shown by its number. */
function nameable(symbol) {
    if (/^[\s\p{Cc}\p{Cf}]/u.test(symbol))
        return `U+${symbol.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return symbol.length > 40 ? `${symbol.slice(0, 40)}…` : symbol;
}
function symbolHint(symbol) {
    const word = symbol.toLowerCase();
    if (["true", "false", "null"].includes(word))
        return `did you mean ${word}?`;
    if (["none", "nil", "undefined"].includes(word))
        return "did you mean null?";
    if (symbol.startsWith("#"))
        return "begin a comment with //";
    if (symbol.startsWith("/"))
        return "begin a comment with // or /*";
    if (/^([-+.\d]|nan$|infinity$)/.test(word))
        return numberHint;
    return /^[\p{L}\p{Pi}\p{Pf}_$'`]/u.test(symbol) ? "put keys and strings in double quotes" : undefined;
}

;// CONCATENATED MODULE: ./out/src/json/document.js







/** osbuild's largest manifests are a tenth of this size. */
const mostBytes = 8 * 1024 ** 2;
/** Reads a file in JSON or YAML, or standard input for `-`. */
async function readDocument(file) {
    if (file === "-")
        return decode(standardInput, await (0,consumers_namespaceObject.buffer)(process.stdin));
    const bytes = await (0,promises_.readFile)(file).catch((error) => {
        throw unreadable(file, error);
    });
    return decode(file, bytes);
}
/** The name that a document from standard input has. */
const standardInput = "<stdin>";
function unreadable(file, cause) {
    const because = (reason) => (0,errors/* failure */.V2)("INVALID", `${file}: ${reason}`, undefined, { cause });
    if ((0,errors/* hasCode */.up)(cause, "ENOENT") || (0,errors/* hasCode */.up)(cause, "ENOTDIR"))
        return because("no such file");
    if ((0,errors/* hasCode */.up)(cause, "EISDIR"))
        return because("is a directory, not a file");
    if ((0,errors/* hasCode */.up)(cause, "EACCES"))
        return because("permission denied");
    return cause;
}
async function decode(file, bytes) {
    if (bytes.length > mostBytes) {
        const size = `${Math.ceil(bytes.length / 1024 ** 2)} MiB`;
        throw (0,errors/* failure */.V2)("INVALID", `${file}: the file is ${size}; the limit is ${mostBytes / 1024 ** 2} MiB`);
    }
    if (!(0,external_node_buffer_.isUtf8)(bytes))
        throw notUtf8(file, bytes);
    // Some editors write a byte order mark before the text. TextDecoder removes it.
    return parseText(file, new TextDecoder().decode(bytes));
}
function notUtf8(file, bytes) {
    const text = bytes.toString();
    let good = Buffer.from(text).findIndex((byte, index) => byte !== bytes[index]);
    while (!(0,external_node_buffer_.isUtf8)(bytes.subarray(0, good)))
        good--;
    const at = (0,json_location/* locate */.x5)({ file, text }, bytes.toString("utf8", 0, good).length, 1);
    return new errors/* BuildError */.zS("INVALID", [{ message: "invalid UTF-8", at, hint: "save the file as UTF-8" }]);
}
/** Parses a text in the language that its file's name says. Throws all of its problems at once, each with its place. */
async function parseText(file, text) {
    if ((0,language/* languageOf */.eX)(file, text) === "JSON")
        return parseDocument(file, text);
    // Loaded only when it is needed, because it takes as long as everything else in an unchanged build.
    const yaml = await Promise.all(/* import() */[__nccwpck_require__.e(483), __nccwpck_require__.e(878)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1878));
    return documentOf({ file, text }, "YAML", yaml.parse({ file, text }));
}
/** Parses a JSON text. Throws all of its problems at once, each with its place. */
const parseDocument = (file, text) => documentOf({ file, text }, "JSON", parse({ file, text }));
function documentOf(source, language, { root, problems, warnings }) {
    if (root === undefined || problems.length > 0)
        throw new errors/* BuildError */.zS("INVALID", problems);
    return { ...source, language, root, warnings };
}
/** The document that a value was written in. */
const originOf = (document, node) => document.origins?.get(node) ?? document;
/** The place of a value in the text that it was written in. */
const locationOf = (document, node) => (0,json_location/* locate */.x5)(originOf(document, node), node.offset, node.length);
/** A number as it is written. */
const literalOf = (document, node) => document.numbers?.get(node) ?? originOf(document, node).text.slice(node.offset, node.offset + node.length);


/***/ }),

/***/ 5827:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   eX: () => (/* binding */ languageOf),
/* harmony export */   sP: () => (/* binding */ withoutEnding)
/* harmony export */ });
/* unused harmony export isPipelineName */
const json = /\.jsonc?$/;
const yaml = /\.ya?ml$/;
/**
 * The language of a text. A file's name says it. Standard input has no such name, so the text's beginning decides: JSON
 * begins with a bracket or a comment.
 */
function languageOf(file, text) {
    if (yaml.test(file))
        return "YAML";
    return json.test(file) || /^\s*([[{/]|$)/.test(text) ? "JSON" : "YAML";
}
/** Whether a file's name is one that pipelines have. */
const isPipelineName = (file) => json.test(file) || yaml.test(file);
/** A pipeline's file name without what says its language. */
const withoutEnding = (file) => file.replace(json, "").replace(yaml, "");


/***/ }),

/***/ 1406:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   dM: () => (/* binding */ distinct),
/* harmony export */   hz: () => (/* binding */ byPlace),
/* harmony export */   x5: () => (/* binding */ locate)
/* harmony export */ });
/** Locates a range of a text. A range of several lines is cut off at the end of its first line. */
function locate(source, offset, length) {
    const starts = lineStarts(source);
    const line = lineAt(starts, offset);
    const start = starts[line - 1];
    const text = withoutReturn(source.text.slice(start, (starts[line] ?? source.text.length + 1) - 1));
    const column = offset - start + 1;
    return { file: source.file, line, column, length: Math.max(1, Math.min(length, text.length - column + 1)), text };
}
const withoutReturn = (line) => (line.endsWith("\r") ? line.slice(0, -1) : line);
/** Computed once for each text, because a text may have as many problems as lines. */
const counted = new WeakMap();
/** The offset at which each line starts. */
function lineStarts(source) {
    const found = counted.get(source);
    if (found !== undefined)
        return found;
    const starts = [0];
    for (let at = source.text.indexOf("\n"); at !== -1; at = source.text.indexOf("\n", at + 1))
        starts.push(at + 1);
    counted.set(source, starts);
    return starts;
}
/** The number of the last line that starts at or before an offset. */
function lineAt(starts, offset) {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}
/** Compares problems of one file by their place, top to bottom. */
const byPlace = (a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);
/** A YAML alias's nodes are read several times, always with the same problems at the same place. */
function distinct(problems) {
    const key = ({ message, at }) => `${at?.file}:${at?.line}:${at?.column} ${message}`;
    return [...new Map(problems.map((problem) => [key(problem), problem])).values()];
}


/***/ }),

/***/ 4488:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BA: () => (/* binding */ toValue),
/* harmony export */   Dc: () => (/* binding */ member),
/* harmony export */   OF: () => (/* binding */ withChildren),
/* harmony export */   Qr: () => (/* binding */ arrayMember),
/* harmony export */   eJ: () => (/* binding */ numberMember),
/* harmony export */   oB: () => (/* binding */ nodeAt),
/* harmony export */   ol: () => (/* binding */ members),
/* harmony export */   sk: () => (/* binding */ stringMember),
/* harmony export */   wX: () => (/* binding */ objectMember)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7415);

/** The keys and values of an object, in the order in which they are written. */
const members = (node) => (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[key, value]] : []));
/** The value of a key of an object. A null value counts as missing: the dialects mean the same by both. */
function member(node, key) {
    const value = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.findNodeAtLocation)(node, [key]);
    return value?.type === "null" ? undefined : value;
}
const typedMember = (type) => (node, key) => {
    const value = member(node, key);
    return value?.type === type ? value : undefined;
};
/** The value of a key, if it is an object. The others do the same for their types. */
const objectMember = typedMember("object");
const arrayMember = typedMember("array");
const numberMember = typedMember("number");
const stringMember = typedMember("string");
/** The node that a JSON Pointer (RFC 6901) refers to. */
function nodeAt(node, pointer) {
    const segments = pointer.split("/").slice(1);
    const path = segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
    return path.reduce((at, segment) => {
        const found = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.findNodeAtLocation)(at, [at.type === "array" ? Number(segment) : segment]);
        if (found === undefined)
            throw new Error(`no ${pointer} in the document`);
        return found;
    }, node);
}
/** The value as JavaScript represents it. Code that needs the original spelling takes it from the node. */
function toValue(node) {
    switch (node.type) {
        case "object":
            // fromEntries defines properties instead of assigning them, so "__proto__" is a key like any other.
            return Object.fromEntries(members(node).map(([key, value]) => [key.value, toValue(value)]));
        case "array":
            return (node.children ?? []).map(toValue);
        default:
            return node.value;
    }
}
/** Makes a node the parent of others. */
function withChildren(node, children) {
    for (const child of children)
        Object.assign(child, { parent: node });
    return Object.assign(node, { children });
}


/***/ }),

/***/ 1856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   PV: () => (/* binding */ tuple),
/* harmony export */   Rf: () => (/* binding */ fromJson),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   br: () => (/* binding */ digest),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   e9: () => (/* binding */ shaped),
/* harmony export */   gP: () => (/* binding */ either),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   vj: () => (/* binding */ amount),
/* harmony export */   wC: () => (/* binding */ matching),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/** Parses a JSON text. Undefined if the text isn't JSON or its value doesn't have the shape. */
function fromJson(shape, text) {
    try {
        const value = JSON.parse(text);
        return shape.misfit(value) === undefined ? value : undefined;
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
/** The shape of values that pass a test. */
function plain(expected, isFit) {
    const misfit = { path: [], expected };
    return { misfit: (value) => (isFit(value) ? undefined : misfit) };
}
const string = plain("a string", (value) => typeof value === "string");
const boolean = plain("true or false", (value) => typeof value === "boolean");
/** A number of things, such as bytes. */
const count = plain("a whole number", (value) => Number.isSafeInteger(value) && value >= 0);
/** A number that isn't negative. */
const amount = plain("a number", (value) => Number.isFinite(value) && value >= 0);
/** An object with any content. */
const object = plain("an object", isObject);
/** A string that matches a pattern. */
const matching = (pattern, expected) => plain(expected, (value) => typeof value === "string" && pattern.test(value));
/** A SHA-256, in hex. */
const digest = matching(/^[0-9a-f]{64}$/, "a digest");
/** One of several values. */
const oneOf = (...values) => plain(values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value));
/** The shape of a member that may be missing. */
const optional = (shape) => ({
    misfit: (value) => (value === undefined ? undefined : shape.misfit(value)),
});
/** A value that has at least one of two shapes. */
const either = (one, other) => ({
    misfit(value) {
        const [first, second] = [one.misfit(value), other.misfit(value)];
        if (first === undefined || second === undefined)
            return undefined;
        if (first.path.length > 0)
            return first;
        return second.path.length > 0 ? second : { path: [], expected: `${first.expected} or ${second.expected}` };
    },
});
/** An array whose items all have the same shape. */
const listOf = (item) => ({
    misfit: (value) => (Array.isArray(value) ? firstMisfit(value.keys(), (index) => item.misfit(value[index])) : noArray),
});
/** An array with these items. Optional items at its end may be missing. */
const tuple = (...items) => ({
    misfit: (value) => Array.isArray(value) && value.length <= items.length
        ? firstMisfit(items.keys(), (index) => items[index]?.misfit(value[index]))
        : noArray,
});
/** An object with these members, and possibly others. */
function shaped(members) {
    const known = Object.entries(members);
    const keys = known.map(([key]) => key);
    const shapes = new Map(known);
    return {
        misfit(value) {
            if (!isObject(value))
                return object.misfit(value);
            // An inherited member isn't part of the JSON text.
            const own = (key) => (Object.hasOwn(value, key) ? value[key] : undefined);
            return firstMisfit(keys, (key) => shapes.get(key)?.misfit(own(key)));
        },
    };
}
const noArray = { path: [], expected: "an array" };
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function firstMisfit(keys, misfitAt) {
    for (const key of keys) {
        const misfit = misfitAt(key);
        if (misfit !== undefined)
            return { path: [key, ...misfit.path], expected: misfit.expected };
    }
    return undefined;
}


/***/ }),

/***/ 7027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  a: () => (/* binding */ didYouMean)
});

;// CONCATENATED MODULE: ../../node_modules/leven/index.js
const array = [];
const characterCodeCache = [];

function leven(first, second, options) {
	if (first === second) {
		return 0;
	}

	const maxDistance = options?.maxDistance;
	const swap = first;

	// Swapping the strings if `a` is longer than `b` so we know which one is the
	// shortest & which one is the longest
	if (first.length > second.length) {
		first = second;
		second = swap;
	}

	let firstLength = first.length;
	let secondLength = second.length;

	// Performing suffix trimming:
	// We can linearly drop suffix common to both strings since they
	// don't increase distance at all
	// Note: `~-` is the bitwise way to perform a `- 1` operation
	while (firstLength > 0 && (first.charCodeAt(~-firstLength) === second.charCodeAt(~-secondLength))) {
		firstLength--;
		secondLength--;
	}

	// Performing prefix trimming
	// We can linearly drop prefix common to both strings since they
	// don't increase distance at all
	let start = 0;

	while (start < firstLength && (first.charCodeAt(start) === second.charCodeAt(start))) {
		start++;
	}

	firstLength -= start;
	secondLength -= start;

	// Early termination after trimming: if difference in length exceeds max distance
	if (maxDistance !== undefined && secondLength - firstLength > maxDistance) {
		return maxDistance;
	}

	if (firstLength === 0) {
		return maxDistance !== undefined && secondLength > maxDistance
			? maxDistance
			: secondLength;
	}

	let bCharacterCode;
	let result;
	let temporary;
	let temporary2;
	let index = 0;
	let index2 = 0;

	while (index < firstLength) {
		characterCodeCache[index] = first.charCodeAt(start + index);
		array[index] = ++index;
	}

	while (index2 < secondLength) {
		bCharacterCode = second.charCodeAt(start + index2);
		temporary = index2++;
		result = index2;

		for (index = 0; index < firstLength; index++) {
			temporary2 = bCharacterCode === characterCodeCache[index] ? temporary : temporary + 1;
			temporary = array[index];
			// eslint-disable-next-line no-multi-assign
			result = array[index] = temporary > result
				? (temporary2 > result ? result + 1 : temporary2)
				: (temporary2 > temporary ? temporary + 1 : temporary2);
		}

		// Early termination: if all values in current row exceed maxDistance
		if (maxDistance !== undefined) {
			let rowMinimum = result;
			for (index = 0; index < firstLength; index++) {
				if (array[index] < rowMinimum) {
					rowMinimum = array[index];
				}
			}

			if (rowMinimum > maxDistance) {
				return maxDistance;
			}
		}
	}

	// Bound arrays to avoid retaining large previous sizes
	array.length = firstLength;
	characterCodeCache.length = firstLength;

	return maxDistance !== undefined && result > maxDistance ? maxDistance : result;
}

function closestMatch(target, candidates, options) {
	if (!Array.isArray(candidates) || candidates.length === 0) {
		return undefined;
	}

	const userMax = options?.maxDistance;
	const targetLength = target.length;

	// Exact match fast-path
	for (const candidate of candidates) {
		if (candidate === target) {
			return candidate;
		}
	}

	if (userMax === 0) {
		return undefined;
	}

	let best;
	let bestDist = Number.POSITIVE_INFINITY;
	const seen = new Set();

	for (const candidate of candidates) {
		if (seen.has(candidate)) {
			continue;
		}

		seen.add(candidate);

		const lengthDiff = Math.abs(candidate.length - targetLength);
		if (lengthDiff >= bestDist) {
			continue;
		}

		if (userMax !== undefined && lengthDiff > userMax) {
			continue;
		}

		const cap = Number.isFinite(bestDist)
			? (userMax === undefined ? bestDist : Math.min(bestDist, userMax))
			: userMax;

		const distance = cap === undefined
			? leven(target, candidate)
			: leven(target, candidate, {maxDistance: cap});

		// Skip candidates that exceed the user's maximum distance
		if (userMax !== undefined && distance > userMax) {
			continue;
		}

		// If we got a capped result that equals the cap, we need the actual distance
		// for accurate comparison, but only if the cap was due to userMax
		let actualD = distance;
		if (cap !== undefined && distance === cap && cap === userMax) {
			actualD = leven(target, candidate);
		}

		if (actualD < bestDist) {
			bestDist = actualD;
			best = candidate;
			if (bestDist === 0) {
				break;
			}
		}
	}

	if (userMax !== undefined && bestDist > userMax) {
		return undefined;
	}

	return best;
}

;// CONCATENATED MODULE: ./out/src/json/suggest.js

/** Suggests the known name closest to a wrong one, if any is close. */
function didYouMean(wrong, known) {
    // All names begin with `org.osbuild.`, so only the length of the last part limits the distance.
    const own = wrong.slice(wrong.lastIndexOf(".") + 1);
    const nearest = closestMatch(wrong, known, { maxDistance: Math.min(3, Math.floor(own.length / 2)) });
    return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}


/***/ }),

/***/ 4347:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ valueProblems)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7415);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1406);
/* harmony import */ var _nodes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4488);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6161);




/** Finds values that the grammar allows but that programs read in different ways. */
function valueProblems(source, node, warnings) {
    const within = (node.children ?? []).flatMap((child) => valueProblems(source, child, warnings));
    if (node.type === "object") {
        // Tools that list a download twice give the same URL for the same checksum, and sources enter no id: warn only.
        if ((0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.getNodePath)(node)[0] !== "sources")
            return within.concat(duplicateKeys(source, node, "keep only one of them"));
        for (const twice of duplicateKeys(source, node, "the last one is used"))
            warnings.push(twice);
    }
    if (node.type !== "number" || Number.isFinite(node.value))
        return within;
    return [{ message: "this number is too large", at: (0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, node.offset, node.length) }];
}
function duplicateKeys(source, node, hint) {
    const first = new Map();
    return (0,_nodes_js__WEBPACK_IMPORTED_MODULE_2__/* .members */ .ol)(node).flatMap(([{ value, offset, length }]) => {
        const earlier = first.get(value);
        if (earlier === undefined) {
            first.set(value, offset);
            return [];
        }
        const message = `duplicate key ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(value)}, first used on line ${(0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, earlier, 1).line}`;
        return [{ message, at: (0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locate */ .x5)(source, offset, length), hint }];
    });
}


/***/ }),

/***/ 6161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ kindName),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   p_: () => (/* binding */ list)
/* harmony export */ });
/** A value as messages show it. Long strings are shortened; objects and arrays are only named by their type. */
function shown({ value, type }) {
    return type === "object" || type === "array" ? kindName(type) : quote(value);
}
/** A type of JSON or JSON Schema, in words. */
function kindName(type) {
    switch (type) {
        case "integer":
            return "a whole number";
        case "boolean":
            return "true or false";
        case "null":
            return "null";
        default:
            return `${/^[ao]/.test(type) ? "an" : "a"} ${type}`;
    }
}
/** Joins words with commas and a conjunction: `a, b and c`. */
const list = (words, conjunction) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
/** Showing more of a string than this doesn't help. */
const longest = 60;
/** Puts a value into a message as JSON. Long strings are shortened. */
const quote = (value) => typeof value === "string" && value.length > longest
    ? `${JSON.stringify(value.slice(0, longest))}…`
    : JSON.stringify(value);
/** Names a value by its key, or by its position in a list. */
function nameOf(node) {
    const { parent } = node;
    if (parent?.type !== "array")
        return quote(parent?.children?.[0]?.value);
    return `item ${(parent.children ?? []).indexOf(node) + 1} of ${nameOf(parent)}`;
}


/***/ }),

/***/ 2784:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ fileDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);


/**
 * The SHA-256, in hex, of a file or of a whole directory. It covers what git keeps too: names, contents, links and the
 * executable bit, but not owners, times and the umask of the checkout. `found` gets the digest of each file in it.
 */
function fileDigest(path, { found = () => undefined, isExcluded = () => false } = {}) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(path);
    if (stats.isSymbolicLink())
        hash.update(`link ${(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readlinkSync)(path)}`);
    else if (stats.isDirectory()) {
        hash.update("directory ");
        for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(path)
            .filter((name) => !isExcluded(`${path}/${name}`))
            .sort())
            hash.update(JSON.stringify([name, fileDigest(`${path}/${name}`, { found, isExcluded })]));
    }
    else if (stats.isFile()) {
        hash.update(stats.mode & 0o111 ? "program " : "file ");
        addContent(hash, path);
    }
    // Reading a FIFO or a device may never end.
    else
        hash.update("special");
    const digest = hash.digest("hex");
    if (!stats.isDirectory())
        found(path, digest);
    return digest;
}
/** Reads synchronously, because streams take twice as long for many small files. */
function addContent(hash, path) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(path, "r");
    try {
        for (let read = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, block); read > 0; read = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, block))
            hash.update(block.subarray(0, read));
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(file);
    }
}
const block = Buffer.allocUnsafe(256 * 1024);


/***/ }),

/***/ 1014:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  lO: () => (/* binding */ contentKey),
  WS: () => (/* binding */ fingerprints),
  Ug: () => (/* binding */ stepKey)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __nccwpck_require__(1708);
// EXTERNAL MODULE: ./out/stages/lib/patterns.js
var patterns = __nccwpck_require__(7196);
;// CONCATENATED MODULE: ./out/src/secrets/tag.js

/**
 * A tag by which a changed secret is noticed: 4 hex digits. Fingerprints are public to everyone who can read the cache,
 * and a fresh runner has no lasting key of its own, so a tag must not let anyone confirm a guess. It is too short for
 * that: of all guesses, one in 65536 has the same tag. It is slow to compute, too (scrypt, RFC 7914). It depends on the
 * value alone, lest several tags of one value add up.
 */
const tagOf = ({ reveal }) => (0,external_node_crypto_.scryptSync)(reveal(), "osbuild secret", 2, { cost: 2 ** 15, blockSize: 8, maxmem: 64 * 1024 ** 2 }).toString("hex");

// EXTERNAL MODULE: ./out/src/pipeline/file-digest.js
var file_digest = __nccwpck_require__(2784);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/packages.js + 2 modules
var host_packages = __nccwpck_require__(4817);
// EXTERNAL MODULE: ./out/src/remembered.js
var remembered = __nccwpck_require__(490);
// EXTERNAL MODULE: ./out/src/tree/state.js
var state = __nccwpck_require__(9538);
;// CONCATENATED MODULE: ./out/src/pipeline/host-root.js








/**
 * Looks at the host. Its release is in the first of these files that exists. Only tools whose digests aren't known are
 * read, each once.
 */
async function openHostRoot(known = new Map(), releaseFiles = osRelease) {
    const release = await releaseOf(releaseFiles);
    const digestOfFile = (0,remembered/* remembered */.H)((path) => digestIn(known, path));
    const digestOf = (0,remembered/* remembered */.H)((tool) => toolDigest(tool, digestOfFile));
    return async ({ requires }) => {
        if (requires.length === 0)
            return release;
        const tools = await Promise.all(requires.toSorted().map(async (tool) => [tool, await digestOf(tool)]));
        return `${release} ${(0,external_node_crypto_.hash)("sha256", JSON.stringify(tools))}`;
    };
}
/**
 * Null for a tool that isn't installed yet. If its step runs it is installed from the distribution's release, which
 * must do: otherwise every tool would have to be installed only to find out that nothing has to be built.
 */
async function toolDigest(tool, digestOfFile) {
    const path = await (0,host_packages/* findProgram */.Kp)(tool);
    if (path === undefined)
        return null;
    const usesGrub = tool.startsWith("grub-") || path.startsWith(`${grub}/`);
    const files = [await (0,promises_.realpath)(path), ...(usesGrub && (0,external_node_fs_.existsSync)(grub) ? [grub] : [])];
    return files.map(digestOfFile).join(" ");
}
function digestIn(known, path) {
    const state = stateDigest(path);
    const found = known.get(state);
    if (found !== undefined)
        return found;
    const digest = (0,file_digest/* fileDigest */.h)(path);
    // A file that changed while it was read is read again the next time.
    if (stateDigest(path) === state)
        known.set(state, digest);
    return digest;
}
const stateDigest = (path) => (0,external_node_crypto_.hash)("sha256", `${path}\n${(0,state/* stateOf */.L)(path)}`);
/** GRUB's modules, from which grub-mkimage and the assemblers make boot loaders. */
const grub = "/usr/lib/grub";
/** The host's distribution and release. */
async function releaseOf([file, ...others]) {
    if (file === undefined)
        throw (0,errors/* failure */.V2)("HOST", "this machine has no os-release file, so its distribution is unknown");
    try {
        const release = await (0,promises_.readFile)(file, "utf8");
        const field = (name) => new RegExp(`^${name}=["']?([^"'\n]*)`, "m").exec(release)?.[1] ?? "";
        return `${field("ID")} ${field("VERSION_ID")}`;
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return releaseOf(others);
        throw error;
    }
}
/** os-release(5) requires this order. */
const osRelease = ["/etc/os-release", "/usr/lib/os-release"];

// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __nccwpck_require__(1563);
// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var secrets = __nccwpck_require__(6784);
;// CONCATENATED MODULE: ./out/src/pipeline/fingerprint.js









const mostOptions = 64 * 1024;
const mostInputs = 1000;
/**
 * Everything that a step's result depends on except the tree that it works on, with a build tree by what it holds. Half
 * a digest, in hex. `root` is the digest of what the build tree holds; null if the step runs on the host.
 */
function stepKey(step, { parts }, root) {
    const { base: _, ...rest } = parts;
    const { kind, program, optionsText, id } = step;
    // A program that gets its id may write it into the tree.
    const named = { kind, name: program.name, options: optionsText, ...(program.meta.id === false ? {} : { id }) };
    return half(JSON.stringify({ ...rest, ...(root === null ? {} : { root }), ...named }));
}
/**
 * The key of a step's result by what the step works on, instead of by where that came from: steps with the same key
 * have the same result. It begins with the step's own key. `tree` is the digest of what the tree holds.
 */
const contentKey = (ofStep, tree) => `${ofStep}${half(`${ofStep} ${tree}`)}`;
const half = (text) => (0,external_node_crypto_.hash)("sha256", text).slice(0, 32);
/**
 * The fingerprints of all steps of a pipeline and its build pipelines. The map's keys are steps, not ids, because the
 * pipeline that `--build-env` adds may begin with the same steps as the pipeline itself.
 */
async function fingerprints(pipeline, starts, tools, releaseFiles) {
    const found = new Map();
    const hostRoot = await openHostRoot(tools, releaseFiles);
    let buildTree;
    for (const each of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline)) {
        const archive = each === pipeline ? starts.archive : null;
        let base = each.base === null ? archive : await fingerprintOf(each.base, starts);
        for (const step of (0,pipeline_pipeline/* steps */.Ci)(each)) {
            const inputs = inputsOf(step);
            const parts = {
                base,
                program: step.program.digest,
                inputs: inputs.digest,
                ...optionsOf(step),
                architecture: external_node_process_.arch,
                sourceEpoch: each.sourceEpoch,
                root: buildTree ?? (await hostRoot(step)),
                runner: each.build?.runner ?? null,
                ...mirrorsOf(each, step),
                ...lockOf(step),
                ...tagsOf(step),
                ...runtimeOf(step),
            };
            const value = (0,external_node_crypto_.createHash)("sha256").update(JSON.stringify(parts)).digest("hex");
            found.set(step, { value, parts, details: detailsOf(step, inputs.files) });
            if (step.kind === "stage")
                base = value;
        }
        // The id is included because a pipeline that `--build-env` adds enters no other step's id.
        if (each.treeId !== null)
            buildTree = `${each.treeId} ${base}`;
    }
    return found;
}
/** An image's digest says all about its tree, on every machine. */
const fingerprintOf = async ({ id, image }, { baseFingerprint }) => image === undefined ? baseFingerprint(id) : id;
/** An id ignores the order of keys and the spelling of numbers, but a program may write different bytes for each. */
const optionsOf = ({ optionsText, canonicalOptions }) => optionsText === canonicalOptions ? {} : { options: (0,external_node_crypto_.hash)("sha256", optionsText) };
function mirrorsOf({ downloads }, { program, lock }) {
    const { mirrors } = downloads;
    // A lock's packages are the same from every mirror.
    const downloadsItself = program.meta.network && lock === undefined;
    return mirrors === undefined || !downloadsItself ? {} : { mirrors: (0,external_node_crypto_.hash)("sha256", JSON.stringify(mirrors)) };
}
function lockOf({ lock }) {
    if (lock === undefined)
        return {};
    const { packages, notes } = lock;
    return { lock: (0,external_node_crypto_.hash)("sha256", JSON.stringify(notes === undefined ? packages : [packages, notes])) };
}
function tagsOf(step) {
    const tags = [...(0,secrets/* secretValues */.VX)(step)].map(([name, secret]) => [name, tagOf(secret)]);
    // The order in the options has no meaning.
    return tags.length === 0 ? {} : { secrets: Object.fromEntries(tags.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
const runtimeOf = ({ program: { meta } }) => meta.runtime === undefined
    ? {}
    : { runtime: Object.fromEntries(meta.runtime.map((name) => [name, external_node_process_.versions[name] ?? ""])) };
/** The digest is null without inputs. They are sorted by name, because the order in the options has no meaning. */
function inputsOf({ inputs, excluded }) {
    const files = new Map();
    const isExcluded = (0,patterns/* exclusionOf */.a)(excluded, external_node_path_.matchesGlob);
    const digest = (0,external_node_crypto_.createHash)("sha256");
    for (const name of [...inputs.keys()].sort()) {
        const path = inputs.get(name);
        const sum = (0,file_digest/* fileDigest */.h)(path, {
            found: (file, own) => files.set((0,external_node_path_.join)(name, file.slice(path.length)), own),
            isExcluded: (file) => isExcluded(file.slice(path.length + 1)),
        });
        digest.update(JSON.stringify([name, sum]));
    }
    return { digest: inputs.size === 0 ? null : digest.digest("hex"), files };
}
const detailsOf = ({ optionsText, program }, inputs) => ({
    ...(optionsText.length > mostOptions ? {} : { options: optionsText }),
    ...(inputs.size === 0 || inputs.size > mostInputs ? {} : { inputs: Object.fromEntries(inputs) }),
    program: Object.fromEntries(program.files),
});


/***/ }),

/***/ 4364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lt: () => (/* binding */ select),
/* harmony export */   Vc: () => (/* binding */ inputsOf),
/* harmony export */   jt: () => (/* binding */ directoryOf),
/* harmony export */   xI: () => (/* binding */ resolveInput)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _stages_lib_patterns_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7196);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1795);
/* harmony import */ var _json_document_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1008);
/* harmony import */ var _json_nodes_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4488);
/* harmony import */ var _json_wording_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6161);








/**
 * Finds the files of the user's repository that a step's options name. The program's meta.json says which options name
 * files. Names are relative to the file that they are written in and must not lead out of the repository, not even
 * through a symbolic link.
 */
async function inputsOf(document, options, { meta }) {
    const inputs = new Map();
    const problems = [];
    const selections = (meta.inputs ?? []).map((input) => (typeof input === "string" ? { at: input } : input));
    const excluded = selections.flatMap(({ exclude }) => (exclude === undefined ? [] : textsAt(options, exclude)));
    for (const selection of selections) {
        for (const node of selectInputs(options, selection)) {
            const at = (0,_json_document_js__WEBPACK_IMPORTED_MODULE_4__/* .locationOf */ .hD)(document, node);
            const directory = await directoryOf((0,_json_document_js__WEBPACK_IMPORTED_MODULE_4__/* .originOf */ .yv)(document, node));
            const names = selection.globs ? expand(directory, node.value, excluded, at) : [node.value];
            for (const name of names) {
                const found = typeof name === "string" ? await resolveInput(directory, name, at) : name;
                if (typeof found === "string")
                    inputs.set(name, found);
                else
                    problems.push(found);
            }
        }
    }
    return { inputs, excluded, problems };
}
const textsAt = (options, pointer) => select(options, pointer).flatMap(({ type, value }) => (type === "string" ? [value] : []));
/** Each file is bound into the container by itself. */
const mostMatches = 500;
/** The names of the files that a pattern matches, or the problem with it. A file that is named like a pattern wins. */
function expand(directory, name, excluded, at) {
    if (!(0,_stages_lib_patterns_js__WEBPACK_IMPORTED_MODULE_6__/* .isPattern */ .P)(name) || (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory, name)))
        return [name];
    const isExcluded = (0,_stages_lib_patterns_js__WEBPACK_IMPORTED_MODULE_6__/* .exclusionOf */ .a)(excluded, node_path__WEBPACK_IMPORTED_MODULE_2__.matchesGlob);
    const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.globSync)(name, { cwd: directory }).filter((found) => !isExcluded(found));
    if (names.length === 0)
        return [{ message: `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .quote */ .hD)(name)} matches no file`, at, hint: `looked in ${directory}` }];
    if (names.length <= mostMatches)
        return names.sort();
    const message = `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .quote */ .hD)(name)} matches ${names.length} files, and may match ${mostMatches}`;
    return [{ message, at, hint: "name the directory, and exclude files from it" }];
}
/** The string nodes that name files. If the `unless` option is set, the names mean something else. */
function selectInputs(options, { at, unless, matching }) {
    if (unless !== undefined && select(options, unless).length > 0)
        return [];
    const pattern = new RegExp(matching ?? "");
    return select(options, at).filter(({ type, value }) => type === "string" && pattern.test(value));
}
/** The nodes that a JSON Pointer selects; `*` in it stands for every item. */
function select(node, pointer) {
    const segments = pointer.split("/").slice(1);
    return segments.reduce((found, segment) => found.flatMap((at) => children(at, segment)), [node]);
}
function children(node, segment) {
    if (node.type === "array")
        return (node.children ?? []).filter((_, index) => "*" === segment || String(index) === segment);
    return (0,_json_nodes_js__WEBPACK_IMPORTED_MODULE_5__/* .members */ .ol)(node).flatMap(([key, value]) => ("*" === segment || key.value === segment ? [value] : []));
}
/** The directory that names in a document are relative to. */
const directoryOf = ({ file }) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(file === _json_document_js__WEBPACK_IMPORTED_MODULE_4__/* .standardInput */ .iQ ? "." : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(file)));
/** The path of the named file, or the problem if the name is wrong. */
async function resolveInput(directory, name, at) {
    const repository = repositoryOf(directory);
    const outside = {
        message: `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .quote */ .hD)(name)} is outside the repository`,
        at,
        hint: `a pipeline can only use files below ${repository}`,
    };
    if ((0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(name))
        return { ...outside, message: `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .quote */ .hD)(name)} must be relative to the pipeline file` };
    if (!isBelow((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory, name), repository))
        return outside;
    try {
        const path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory, name));
        if (!isBelow(path, repository))
            return outside;
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path);
        if (stats.isFile() || stats.isDirectory())
            return path;
        return { message: `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .quote */ .hD)(name)} is neither a file nor a directory`, at };
    }
    catch (error) {
        if (!noSuchFile.some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, code)))
            throw error;
        return { message: `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .quote */ .hD)(name)} doesn't exist`, at, hint: `looked in ${directory}` };
    }
}
/** Error codes for a file that isn't there. The last one is Node's own, for a name that contains a NUL. */
const noSuchFile = ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"];
const isBelow = (path, directory) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(directory, path).split("/")[0] !== "..";
/** The git checkout that a directory is in, or the directory itself if it isn't in one. */
function repositoryOf(directory) {
    for (let at = directory; at !== "/"; at = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(at)) {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(`${at}/.git`))
            return at;
    }
    return directory;
}


/***/ }),

/***/ 6348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  vT: () => (/* binding */ libraryOf),
  Bp: () => (/* binding */ loadPipeline),
  $t: () => (/* binding */ ownLibdir)
});

// UNUSED EXPORTS: loadUnlocked, requireLibdirs

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/paths.js
var paths = __nccwpck_require__(8985);
// EXTERNAL MODULE: ./out/src/json/document.js + 2 modules
var json_document = __nccwpck_require__(1008);
// EXTERNAL MODULE: ./out/src/programs/library.js + 2 modules
var programs_library = __nccwpck_require__(1373);
// EXTERNAL MODULE: ./out/src/pipeline/lock.js
var pipeline_lock = __nccwpck_require__(7334);
// EXTERNAL MODULE: ./out/src/epoch.js
var epoch = __nccwpck_require__(1531);
// EXTERNAL MODULE: ./out/src/json/canonical.js
var canonical = __nccwpck_require__(5503);
// EXTERNAL MODULE: ./out/src/json/location.js
var json_location = __nccwpck_require__(1406);
// EXTERNAL MODULE: ./out/src/json/nodes.js
var json_nodes = __nccwpck_require__(4488);
// EXTERNAL MODULE: ./out/src/json/wording.js
var wording = __nccwpck_require__(6161);
// EXTERNAL MODULE: ./out/src/registry/reference.js
var reference = __nccwpck_require__(4261);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline = __nccwpck_require__(1563);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./out/src/json/suggest.js + 1 modules
var suggest = __nccwpck_require__(7027);
// EXTERNAL MODULE: ./out/src/pipeline/inputs.js
var pipeline_inputs = __nccwpck_require__(4364);
;// CONCATENATED MODULE: ./out/schema/pipeline.json
const pipeline_namespaceObject = /*#__PURE__*/JSON.parse('{"L2":{"pipeline":{"if":{"required":["pipeline"],"properties":{"pipeline":{"type":"object"}}},"then":{"$ref":"#/$defs/wrapper"},"else":{"type":"object","additionalProperties":false,"not":{"required":["stages","pipeline"]},"properties":{"$schema":{"type":"string","description":"This schema, for editors."},"name":{"description":"A name for people. It has no effect."},"runner":{"type":"string","description":"Has no effect here; it belongs in `build`."},"include":{"$ref":"#/$defs/include"},"changes":{"$ref":"#/$defs/changes"},"variables":{"$ref":"#/$defs/variables"},"stages":{"$ref":"#/$defs/stages"},"pipeline":{"$ref":"#/$defs/stages","description":"The same as `stages`."},"assembler":{"$ref":"#/$defs/assembler"},"base":{"$ref":"#/$defs/base"},"build":{"$ref":"#/$defs/build"},"source-epoch":{"$ref":"#/$defs/source-epoch"}}}},"wrapper":{"type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string","description":"This schema, for editors."},"name":{"description":"A name for people. It has no effect."},"version":{"enum":["1",1],"description":"The version of the format, as osbuild\'s later releases write it."},"runner":{"type":"string","description":"Has no effect here; it belongs in `build`."},"pipeline":{"$ref":"#/$defs/pipeline","description":"The pipeline itself."},"sources":{"type":"object","description":"The URLs of the content that options name only by its checksum, as in osbuild\'s later releases. They don\'t enter an id."}}},"build":{"description":"The environment that the steps run in: a pipeline that builds its tree, or a runner with such a pipeline. By default the steps run on the host\'s /usr.","type":["object","null"],"if":{"required":["runner"]},"then":{"$ref":"#/$defs/environment"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/pipeline"}}},"environment":{"additionalProperties":false,"properties":{"name":{"description":"A name for people. It has no effect."},"runner":{"type":"string","description":"`org.osbuild.` followed by the build tree\'s distribution: arch, centos9, debian12, fedora30, rhel9, ubuntu2404, …","pattern":"^org\\\\.osbuild\\\\.(arch|host|linux|(almalinux|centos|debian|fedora|ol|opensuse|rhel|rocky|ubuntu)[0-9]*)$","examples":["org.osbuild.arch","org.osbuild.centos9","org.osbuild.debian12","org.osbuild.fedora30","org.osbuild.fedora41","org.osbuild.linux","org.osbuild.rhel9","org.osbuild.ubuntu2404"]},"pipeline":{"description":"The pipeline that builds the tree to run in.","type":["object","null"],"if":{"type":"object"},"then":{"$ref":"#/$defs/pipeline"}}}},"include":{"type":"array","description":"Other files of the repository, relative to this one. Their stages come before the own ones; of any other key the own value wins.","items":{"type":"string"}},"changes":{"type":"array","description":"Changes to stages of the included files that have a name: `drop`, `replace` … `with`, and `before` or `after` … `insert`.","items":{"type":"object","additionalProperties":false,"properties":{"drop":{"type":"string","description":"The name of a stage to leave out."},"replace":{"type":"string","description":"The name of a stage to put others in the place of."},"with":{"$ref":"#/$defs/stages"},"before":{"type":"string","description":"The name of a stage to insert others before."},"after":{"type":"string","description":"The name of a stage to insert others after."},"insert":{"$ref":"#/$defs/stages"}}}},"variables":{"type":"object","description":"Variables, used as ${name} in any text of the files. `--set name=value` and the input `variables` give them other values.","additionalProperties":{"type":["string","number","boolean","object"],"description":"The value, or an object that declares the variable.","additionalProperties":false,"properties":{"type":{"enum":["string","integer","number","boolean"],"description":"The type. By default that of the default."},"default":{"type":["string","number","boolean"],"description":"The value unless another is given."},"description":{"type":"string","description":"What the variable is for."}}}},"stages":{"type":"array","description":"The programs that modify the tree, in order.","items":{"$ref":"#/$defs/step"}},"assembler":{"description":"The program that turns the tree into an image.","type":["object","null"],"if":{"type":"object"},"then":{"$ref":"#/$defs/step"}},"step":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","description":"The program\'s name, such as org.osbuild.hostname."},"as":{"type":"string","minLength":1,"description":"A name for this step, by which the `changes` of other files can mean it. Doesn\'t enter the id."},"options":{"type":["object","null"],"description":"The program\'s options; `osbuild stages NAME` lists them."},"timeout":{"type":"number","exclusiveMinimum":0,"description":"The seconds that the step may take. Doesn\'t enter the id."},"limits":{"type":"object","additionalProperties":false,"description":"What the step may use of the machine. Doesn\'t enter the id.","properties":{"processes":{"type":"integer","minimum":16,"maximum":4194304,"description":"How many processes and threads it may have at a time.","default":4096},"memory":{"type":"integer","minimum":16777216,"maximum":9007199254740991,"description":"Bytes of memory that it may use. Nine tenths of the machine\'s unless it says otherwise."},"disk":{"type":"integer","minimum":0,"maximum":9007199254740991,"description":"Bytes that it may write to its tree, its output and its temporary directories."}}}}},"base":{"type":["string","null"],"pattern":"^([0-9a-f]{64}|[^@]+/[^@]+@sha256:[0-9a-f]{64})$","description":"What the first stage starts from: the id of a tree in the store, 64 hex digits, or a container image by its digest, such as registry.example/owner/image@sha256:…"},"mirrors":{"type":"object","additionalProperties":{"type":["string","object"],"description":"The mirror: the URL prefix to use instead, or an object that describes a whole repository.","additionalProperties":{"type":["string","number","boolean","array"],"items":{"type":"string"},"description":"The repository\'s options, as in dnf.conf, such as baseurl and gpgkey."}}},"source-epoch":{"type":"integer","minimum":0,"maximum":4294967295,"description":"Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is newer."}}}');
;// CONCATENATED MODULE: ./out/assemblers/lib/sizes.js
/** The unit of partition tables and boot sectors, in bytes. */
const sector = 512;
/** A mebibyte, in bytes. */
const MiB = 1024 * 1024;
/** A size rounded up to whole MiB. */
const wholeMebibytes = (bytes) => Math.ceil(bytes / MiB) * MiB;

;// CONCATENATED MODULE: ./out/assemblers/lib/disks/layout.js

/** Partitions begin and end at whole MiB unless the pipeline gives their places. */
const alignment = MiB;
/** The first sector after the table. */
const firstSector = { dos: 1, gpt: 34 };
/** The bytes at the end of the disk that the table's copy takes. */
const tail = { dos: 0, gpt: 33 * sector };
/** Makes numbers of strings. */
const withNumbers = ({ start, size, ...rest }) => ({
    ...rest,
    ...(start === undefined ? {} : { start: Number(start) }),
    ...(size === undefined ? {} : { size: Number(size) }),
});
/** Puts partitions one after the other unless they have places of their own. The last may take all that is left. */
function layOut({ table, size, partitions }) {
    const end = size - tail[table];
    let next = alignment;
    return partitions.map((options) => {
        const start = options.start === undefined ? next : options.start * sector;
        const length = options.size === undefined ? end - start : options.size * sector;
        next = Math.ceil((start + length) / alignment) * alignment;
        return { start, size: length };
    });
}

;// CONCATENATED MODULE: ./out/stages/lib/filesystem-ids.js
const nil = /^0{8}(-0{4}){3}-0{12}$/;
const uuid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const volumeId = /^([0-9A-Fa-f]{4})(-?)([0-9A-Fa-f]{4})$/;
/**
 * The UUID of a file system in the form that Linux shows, whatever the case in the pipeline: programs that look for a
 * file system compare the UUIDs as text. UUIDs are in lower case, and FAT's volume ids look like `7B77-95E7`. A volume
 * id without its dash is recognized only by the file system's type. An empty UUID is undefined, and so is the nil UUID,
 * which meant "none" in 2019.
 */
function fileSystemId(text, type) {
    if (text === undefined || text === "" || nil.test(text))
        return undefined;
    if (uuid.test(text))
        return text.toLowerCase();
    const [, first = "", dash, second = ""] = volumeId.exec(text) ?? [];
    if (dash === "-" || (dash === "" && isFat(type)))
        return `${first}-${second}`.toUpperCase();
    return text;
}
const isFat = (type) => type !== undefined && ["vfat", "msdos", "exfat"].includes(type);

;// CONCATENATED MODULE: ./out/assemblers/lib/disks/layout-problems.js



/** All reasons why a disk can't be as its options describe it. */
function layoutProblems(disk) {
    const { table, partitions } = disk;
    return [
        ...(table === "dos" ? partitions.flatMap(mbrProblems) : partitions.flatMap(gptProblems)),
        ...partitions.flatMap(fileSystemProblems),
        ...countProblems(disk),
        ...placeProblems(disk),
        ...repeated(partitions, "uuid", "UUID", ({ uuid }) => fileSystemId(uuid)),
        ...repeated(partitions, "filesystem", "file system UUID", ({ filesystem }) => fileSystemId(filesystem?.uuid, filesystem?.type)),
        ...repeated(partitions, "filesystem", "mount point", ({ filesystem }) => filesystem?.mountpoint),
        ...(partitions.some(({ filesystem }) => filesystem?.mountpoint === "/") ? [] : [noRoot]),
    ];
}
const noRoot = {
    path: ["partitions"],
    message: "no partition has the mount point /",
    hint: "the tree would not be in the image",
};
const problemOf = (index, key) => (message, hint) => ({
    path: ["partitions", index, ...(key === undefined ? [] : [key])],
    message,
    hint,
});
function mbrProblems(options, index) {
    const only = "make `pttype` gpt, or leave it out";
    const { type, filesystem } = options;
    const found = ["uuid", "name"]
        .filter((key) => options[key] !== undefined)
        .map((key) => problemOf(index, key)(`an MBR has no place for a partition's ${key}`, only));
    const ofType = problemOf(index, "type");
    if (type !== undefined && !/^[0-9A-Fa-f]{1,2}$/.test(type))
        found.push(ofType(`a partition's type in an MBR is two hex digits, not ${type}`, "83 is a Linux file system's"));
    if (type !== undefined && /^0+$/.test(type))
        found.push(ofType("the type 0 means that there is no partition", "83 is a Linux file system's"));
    if (isExtended(options) && filesystem !== undefined)
        found.push(ofType(`an extended partition (type ${type}) can't hold a file system`, "give it another type"));
    return found;
}
/** Whether an MBR partition holds other partitions, by its type. */
const isExtended = ({ type }) => type !== undefined && /^(0?5|0?f|85)$/i.test(type);
function gptProblems({ type, name }, index) {
    const found = [];
    if (type !== undefined && !/^[0-9A-Fa-f]{8}-/.test(type))
        found.push(problemOf(index, "type")(`a partition's type in a GPT is a UUID, not ${type}`, "0FC63DAF-8483-4772-8E79-3D69D8477DE4 is a Linux file system's"));
    if (type !== undefined && /^[0-]+$/.test(type))
        found.push(problemOf(index, "type")("the nil UUID as a type means that there is no partition", "leave it out"));
    // sfdisk drops a name with a character outside Unicode's first 65536.
    if (name !== undefined && /[\ud800-\udfff]/.test(name))
        found.push(problemOf(index, "name")(`the partition table can't hold the name ${name}`, "leave out its emoji"));
    return found;
}
function fileSystemProblems({ filesystem }, index) {
    const { type, uuid } = filesystem ?? {};
    const id = fileSystemId(uuid, type);
    if (id === undefined || (id.length === 9) === (type === "vfat"))
        return [];
    const form = type === "vfat" ? "a volume id such as 7B77-95E7" : "a UUID of 32 hex digits";
    return [
        {
            path: ["partitions", index, "filesystem", "uuid"],
            message: `${type} has ${form}, not ${uuid}`,
            hint: "left out, it follows from the output's id",
        },
    ];
}
function countProblems({ table, partitions }) {
    if (table === "gpt")
        return [];
    const primary = partitions.flatMap((options, index) => (extendedAround(partitions, options) ? [] : [index]));
    const fifth = primary[4];
    const hint = `there are ${primary.length}: make \`pttype\` gpt`;
    return fifth === undefined ? [] : [problemOf(fifth)("an MBR has room for 4 partitions", hint)];
}
/** The extended partition that holds a partition with a place of its own. */
function extendedAround(partitions, { start }) {
    return partitions.find((other) => isExtended(other) &&
        start !== undefined &&
        other.start !== undefined &&
        other.start < start &&
        start < other.start + (other.size ?? Infinity));
}
function placeProblems(disk) {
    const { table, size, partitions } = disk;
    const places = layOut(disk);
    const problems = [];
    const end = size - tail[table];
    for (const [index, place] of places.entries()) {
        const { start = 0, size: length = 0 } = place;
        const options = partitions[index] ?? {};
        const filler = partitions.findIndex((other, at) => at < index && other.size === undefined);
        const number = index + 1;
        if (filler !== -1 && options.start === undefined) {
            problems.push(problemOf(filler)(`partition ${filler + 1} takes all that is left, and partition ${number} comes after it`, "give it a `size`"));
            break;
        }
        if (start < firstSector[table] * sector) {
            const first = `the first sector after the partition table is ${firstSector[table]}`;
            problems.push(problemOf(index, "start")(`partition ${number} would begin in the partition table`, first));
        }
        else if (length <= 0 || start + length > end) {
            const least = start + Math.max(length, alignment) + tail[table];
            problems.push(problemOf(index)(`partition ${number} would end beyond the disk`, `make \`size\` at least ${least} (now ${size})`));
        }
        else if (table === "dos" && start + length > largestMbr)
            problems.push(problemOf(index)(`partition ${number} would end beyond the 2 TiB that an MBR can tell`, "make `pttype` gpt"));
        const other = places.findIndex((earlier, at) => at < index && overlap(earlier, place));
        const around = partitions[other];
        if (around !== undefined && around !== extendedAround(partitions, options))
            problems.push(problemOf(index)(`partition ${number} overlaps partition ${other + 1}`, `partition ${other + 1} has the sectors ${sectorsOf(places[other])}, partition ${number} ${sectorsOf(place)}`));
    }
    return problems;
}
/** An MBR counts sectors in 32 bits. */
const largestMbr = 2 ** 32 * sector;
const overlap = (a, b) => a.start < b.start + b.size && b.start < a.start + a.size;
const sectorsOf = (place) => place === undefined ? "" : `${place.start / sector} to ${(place.start + place.size) / sector - 1}`;
function repeated(partitions, key, name, of) {
    const values = partitions.map(of);
    return values.flatMap((value, index) => value === undefined || values.indexOf(value) === index
        ? []
        : [
            problemOf(index, key)(`two partitions have the ${name} ${value}`, `partition ${values.indexOf(value) + 1} has it`),
        ]);
}

;// CONCATENATED MODULE: ./out/src/pipeline/validation/disk-layout.js


const validate = (options) => {
    const disk = diskOf(options);
    if (disk === undefined)
        return true;
    validate.errors = layoutProblems(disk).map(({ path, message, hint }) => ({
        keyword: diskLayout.keyword,
        instancePath: placeIn(options, path),
        schemaPath: `#/${diskLayout.keyword}`,
        params: { hint },
        message,
    }));
    return validate.errors.length === 0;
};
/**
 * A schema keyword for options that describe a disk with `size`, `pttype` and `partitions`. JSON Schema itself can't
 * check numbers against each other.
 */
const diskLayout = {
    keyword: "diskLayout",
    type: "object",
    schema: false,
    errors: "full",
    validate,
};
/** Undefined if there are no partitions, or if the values are wrong by the schema itself, which reports them. */
function diskOf({ pttype, size, partitions }) {
    if (!Array.isArray(partitions) || partitions.length === 0 || !partitions.every(isObject))
        return undefined;
    const numbered = partitions.map(withNumbers);
    const numbers = [Number(size), ...numbered.flatMap((partition) => [partition.start ?? 0, partition.size ?? 0])];
    const texts = numbered.flatMap(({ type, uuid, name, filesystem }) => [
        type,
        uuid,
        name,
        filesystem?.uuid,
        filesystem?.mountpoint,
    ]);
    if (!numbers.every(Number.isSafeInteger) || !texts.every((text) => text === undefined || typeof text === "string"))
        return undefined;
    return { table: pttype === "gpt" ? "gpt" : "dos", size: Number(size), partitions: numbered };
}
const isObject = (value) => typeof value === "object" && value !== null;
/** The pointer to an option, or to the object that lacks it. */
function placeIn(options, path) {
    let value = options;
    let pointer = "";
    for (const key of path) {
        if (!isObject(value) || !Object.hasOwn(value, key))
            return pointer;
        value = value[key];
        pointer += `/${key}`;
    }
    return pointer;
}

;// CONCATENATED MODULE: ./out/src/pipeline/validation/explain-keys.js


/** Describes an error in an object's keys; undefined if the error is about a value. */
function describeKeys(finding) {
    const { error, name } = finding;
    const { keyword, params, parentSchema, propertyName } = error;
    switch (keyword) {
        case "additionalProperties":
        case "unevaluatedProperties":
            return unknownKey(finding, String(params.additionalProperty ?? params.unevaluatedProperty));
        case "required":
            return missing(finding, params.missing);
        case "dependentRequired":
            return { message: `${(0,wording/* quote */.hD)(params.property)} needs ${(0,wording/* quote */.hD)(params.missingProperty)} too` };
        case "anyOf":
        case "oneOf":
        case "not":
            return choice(finding);
        case "false schema":
            return notAllowed(finding);
        default:
            if (propertyName === undefined)
                return undefined;
            return {
                message: `${(0,wording/* quote */.hD)(propertyName)} can't be a key of ${name}`,
                hint: parentSchema?.description ?? `it ${error.message}`,
            };
    }
}
function unknownKey({ error, program }, key) {
    const known = Object.keys(error.parentSchema?.properties ?? {});
    const nearest = (0,suggest/* didYouMean */.a)(key, known);
    if (program === undefined)
        return { message: `unknown key ${(0,wording/* quote */.hD)(key)}`, hint: nearest ?? `known keys: ${known.join(", ")}` };
    const all = known.length === 0 ? "it takes no options" : `its options are ${known.join(", ")}`;
    return { message: `${program.name} has no option ${(0,wording/* quote */.hD)(key)}`, hint: nearest ?? all };
}
function missing({ error, program }, keys) {
    const names = (0,wording/* list */.p_)(keys.map(wording/* quote */.hD), "and");
    const several = keys.length > 1;
    const description = several ? undefined : error.parentSchema?.properties?.[keys[0]]?.description;
    if (program === undefined)
        return { message: `${names} ${several ? "are" : "is"} missing`, hint: description };
    const example = program.meta.example && `for example "options": ${JSON.stringify(program.meta.example)}`;
    const message = `${program.name} needs the ${several ? "options" : "option"} ${names}`;
    return { message, hint: description ?? example };
}
/** Describes a failed choice between keys. For any other choice the errors of its alternatives are reported. */
function choice({ error, name, program }) {
    const exclusive = excluded(error).map(named);
    if (exclusive.length > 0)
        return together(exclusive);
    const forms = Array.isArray(error.schema) ? error.schema.map((form) => named(requiredBy(form))) : [];
    if (!forms.some((form) => form !== ""))
        return { message: `${name} matches none of the allowed forms` };
    const message = `${(0,wording/* list */.p_)(forms, "or")} is missing`;
    return { message: program === undefined ? message : `${program.name}: ${message}` };
}
/** The groups of keys that exclude each other, if the error is that they are used together. */
function excluded({ keyword, schema, params }) {
    if (keyword === "not")
        return requiredBy(schema).map((key) => [key]);
    const fitting = params.passingSchemas ?? [];
    return fitting.map((form) => requiredBy(schema[form])).filter((keys) => keys.length > 0);
}
const requiredBy = (schema) => schema.required ?? [];
const named = (keys) => (0,wording/* list */.p_)(keys.map(wording/* quote */.hD), "with");
function notAllowed({ error, name }) {
    const [, because] = /\/dependentSchemas\/([^/]+)\//.exec(error.schemaPath) ?? [];
    return because === undefined ? { message: `${name} isn't allowed here` } : together([name, (0,wording/* quote */.hD)(because)]);
}
const together = (names) => ({
    message: `${(0,wording/* list */.p_)(names, "and")} can't be used together`,
    hint: "keep one of them",
});

;// CONCATENATED MODULE: ./out/src/pipeline/validation/relevant.js
/**
 * Keeps the errors that help. A validator reports one error for each alternative of a schema, and one `required` error
 * for each missing key. This returns one error for each thing that is wrong in a place: a single `required` with all
 * missing keys as `params.missing`, and a single `type` with all types that are allowed.
 */
function relevant(errors) {
    const choices = errors.filter(isChoice);
    const kept = errors.filter((error) => {
        if (isChoice(error))
            return isPresence(error) || !errors.some((other) => other !== error && isWithin(other, error));
        if (error.keyword === "if" || error.keyword === "propertyNames")
            return false;
        const around = choices.filter(({ instancePath }) => instancePath === error.instancePath);
        if (error.keyword === "required")
            return !around.some((choice) => isPresence(choice) && error.schemaPath.startsWith(`${choice.schemaPath}/`));
        // If the value matches the type of one alternative, don't report the alternatives whose type it doesn't have.
        if (error.keyword === "type")
            return around.length === 0 || !errors.some((other) => saysMore(other, error));
        return true;
    });
    return gather(kept);
}
const isChoice = ({ keyword }) => keyword === "anyOf" || keyword === "oneOf";
/** Whether a choice says that one of several keys must be there. */
const isPresence = ({ schema }) => Array.isArray(schema) && schema.every((form) => Object.keys(form).join() === "required");
const isWithin = (error, outer) => error.instancePath === outer.instancePath || error.instancePath.startsWith(`${outer.instancePath}/`);
const saysMore = (other, error) => isWithin(other, error) &&
    !isChoice(other) &&
    !(other.keyword === "type" && other.instancePath === error.instancePath);
function gather(errors) {
    const places = Map.groupBy(errors, ({ keyword, instancePath }) => `${keyword} ${instancePath}`);
    const at = (keyword, { instancePath }) => places.get(`${keyword} ${instancePath}`) ?? [];
    return errors.flatMap((error) => {
        const { keyword, params } = error;
        const [first] = at(keyword, error);
        const ofWrongType = at("type", error);
        if (keyword === "type")
            return first === error ? [{ ...error, params: { type: ofWrongType.flatMap((other) => other.params.type) } }] : [];
        if (keyword === "required") {
            const missing = at(keyword, error).map((other) => other.params.missingProperty);
            return first === error ? [{ ...error, params: { ...params, missing } }] : [];
        }
        // Bounds and patterns are beside the point if the value has the wrong type, and so are patterns if it is too long.
        if (ofWrongType.length > 0)
            return [];
        return keyword === "pattern" && at("maxBytes", error).length > 0 ? [] : [error];
    });
}

;// CONCATENATED MODULE: ./out/src/pipeline/validation/explain.js






/** Explains a validator's errors to someone who has written a pipeline but has never seen a schema. */
function explain(document, root, errors, subject) {
    return relevant(errors).map((error) => {
        const node = (0,json_nodes/* nodeAt */.oB)(root, error.instancePath);
        const whole = node === root;
        const name = whole ? subject.name : (0,wording/* nameOf */.Vb)(node);
        const finding = { error, node, name, program: whole ? subject.program : undefined };
        const words = describeKeys(finding) ?? misreadYaml(document, finding) ?? describe(finding);
        return { ...words, at: (0,json_document/* locationOf */.hD)(document, placeOf(error, node)) };
    });
}
/** Explains how a program changes or ignores options that it accepts. `errors` come from its schema of warnings. */
function explainWarnings(document, root, errors) {
    const found = errors.filter(({ keyword }) => keyword === "maxLength" || keyword === "false schema");
    return found.map(({ keyword, instancePath, params, parentSchema }) => {
        const node = (0,json_nodes/* nodeAt */.oB)(root, instancePath);
        const at = (0,json_document/* locationOf */.hD)(document, node);
        if (keyword === "false schema")
            return { message: `${(0,wording/* nameOf */.Vb)(node)} has no effect`, at };
        const short = Array.from(node.value).slice(0, params.limit).join("").trimEnd();
        const message = `${(0,wording/* nameOf */.Vb)(node)} ${(0,wording/* quote */.hD)(node.value)} is shortened to ${(0,wording/* quote */.hD)(short)}`;
        return { message, at, hint: parentSchema?.description };
    });
}
/** An error about one key is shown at that key. If several keys exclude each other, it is shown at the last of them. */
function placeOf(error, node) {
    const { params, propertyName } = error;
    const key = params.additionalProperty ?? params.unevaluatedProperty ?? propertyName;
    if (key !== undefined)
        return keysOf(node).get(key) ?? node;
    const keys = excluded(error).flat();
    const [place] = (0,json_nodes/* members */.ol)(node).findLast(([{ value }]) => keys.includes(value)) ?? [node];
    return place;
}
/** Computed once for each object, because every one of its keys may be wrong. */
const keys = new WeakMap();
function keysOf(node) {
    const found = keys.get(node) ?? new Map((0,json_nodes/* members */.ol)(node).map(([key]) => [key.value, key]));
    keys.set(node, found);
    return found;
}
/** Explains a value that YAML reads as another type than its author meant. */
function misreadYaml(document, { error, node, name }) {
    const { language, text } = (0,json_document/* originOf */.yv)(document, node);
    if (language !== "YAML" || error.keyword !== "type" || document.numbers?.has(node))
        return undefined;
    const types = [error.params.type].flat();
    const message = `${name} must be ${(0,wording/* list */.p_)(types.map(wording/* kindName */.Ep), "or")}, not`;
    if (types.includes("string") && (node.type === "number" || node.type === "boolean")) {
        const written = text.slice(node.offset, node.offset + node.length);
        return { message: `${message} ${written}`, hint: `put it in quotes: "${written}"` };
    }
    const meant = truth.get(String(node.value).toLowerCase());
    if (!types.includes("boolean") || meant === undefined)
        return undefined;
    return { message: `${message} ${(0,wording/* shown */.SP)(node)}`, hint: `write ${meant}: YAML 1.2 reads ${node.value} as text` };
}
/** The words for true and false that only YAML 1.1 had. */
const truth = new Map([
    ...["yes", "on", "y"].map((word) => [word, true]),
    ...["no", "off", "n"].map((word) => [word, false]),
]);
function describe({ error, node, name }) {
    const { keyword, params, parentSchema = {} } = error;
    const { limit } = params;
    const hint = parentSchema.description;
    const must = (be) => ({ message: `${name} must be ${be}, not ${(0,wording/* shown */.SP)(node)}`, hint });
    const cannot = (better) => ({ message: `${name} can't be ${(0,wording/* shown */.SP)(node)}`, hint: better });
    switch (keyword) {
        case "type":
            return must((0,wording/* list */.p_)([params.type].flat().map(wording/* kindName */.Ep), "or"));
        case "const":
            return must((0,wording/* quote */.hD)(params.allowedValue));
        case "enum": {
            if (parentSchema.unsupported?.includes(node.value))
                return { message: `${name}: ${(0,wording/* shown */.SP)(node)} is not supported`, hint };
            const allowed = params.allowedValues.map(String);
            return cannot((0,suggest/* didYouMean */.a)(String(node.value), allowed) ?? `it can be ${(0,wording/* list */.p_)(allowed, "or")}`);
        }
        case "pattern":
            return cannot((0,suggest/* didYouMean */.a)(node.value, parentSchema.examples ?? []) ?? hint ?? `it must match ${params.pattern}`);
        case "multipleOf": {
            const next = Math.ceil(node.value / params.multipleOf) * params.multipleOf;
            return { ...must(`a multiple of ${params.multipleOf}`), hint: `the next one is ${next}` };
        }
        case "minimum":
            return must(`at least ${limit}`);
        case "maximum":
            return must(`at most ${limit}`);
        case "exclusiveMinimum":
            return must(`more than ${limit}`);
        case "exclusiveMaximum":
            return must(`less than ${limit}`);
        case "minLength":
        case "minItems":
        case "minProperties":
            return { message: `${name} ${limit === 1 ? "is empty" : `needs at least ${limit}`}`, hint };
        case "maxLength":
            return { message: `${name} is longer than ${limit} characters`, hint };
        case "maxBytes":
            return { message: `${name} is longer than ${error.schema} bytes`, hint: "a non-ASCII letter takes 2 to 4 bytes" };
        case "maxNameBytes":
            return {
                message: `${name} contains a name longer than ${error.schema} bytes`,
                hint: "no file system supports that",
            };
        case "uniqueItems":
            return { message: `items ${params.j + 1} and ${params.i + 1} of ${name} are the same`, hint };
        case "diskLayout":
            return { message: `${error.message}`, hint: params.hint };
        default:
            return { message: `${name} ${error.message ?? "is wrong"}`, hint };
    }
}

;// CONCATENATED MODULE: ./out/src/pipeline/validation/unique-items.js
const unique_items_validate = (unique, items) => {
    if (!unique)
        return true;
    const seen = new Map();
    for (const [i, item] of items.entries()) {
        const text = JSON.stringify(item, inOrder);
        const j = seen.get(text);
        if (j !== undefined) {
            unique_items_validate.errors = [{ keyword: uniqueItems.keyword, params: { i, j } }];
            return false;
        }
        seen.set(text, i);
    }
    return true;
};
/** In place of ajv's own, which compares each item with each, and calls what an object has by the name `valueOf`. */
const uniqueItems = {
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    errors: true,
    validate: unique_items_validate,
};
/** Objects that differ in the order of their keys are the same. */
const inOrder = (_, value) => typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

;// CONCATENATED MODULE: ./out/src/pipeline/validation/validate.js








/** The kinds of files that users write, by their definition in the schema, and their names in messages. */
const names = { pipeline: "a pipeline", build: "a build environment", mirrors: "a mirrors file" };
/** Each is one object, by which ajv knows what it has compiled. */
const { /* $defs */ "L2": $defs } = pipeline_namespaceObject;
const shapes = {
    pipeline: { ...$defs.pipeline, $defs },
    build: { ...$defs.build, $defs },
    mirrors: { ...$defs.mirrors, $defs },
};
/** Checks the shape of a file against the schema. */
async function validateShape(document, kind, verdicts) {
    const value = withoutOptions((0,json_nodes/* toValue */.BA)(document.root));
    const errors = await errorsIn(value, shapes[kind], "schema/pipeline.json", verdicts);
    return explain(document, document.root, errors, { name: names[kind] });
}
/**
 * A file with empty options in its steps, which are validated by themselves. So a pipeline in which only options have
 * changed needs no validation.
 */
function withoutOptions(value) {
    if (!validate_isObject(value))
        return value;
    const { build, pipeline, stages, assembler } = value;
    return {
        ...value,
        ...(build === undefined ? {} : { build: withoutOptions(build) }),
        ...(pipeline === undefined ? {} : { pipeline: withoutOptions(pipeline) }),
        ...(Array.isArray(stages) ? { stages: stages.map(withoutOwnOptions) } : {}),
        ...(assembler === undefined ? {} : { assembler: withoutOwnOptions(assembler) }),
    };
}
const validate_isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const withoutOwnOptions = (step) => validate_isObject(step) && validate_isObject(step.options) ? { ...step, options: {} } : step;
/** Checks a step's options against the schema in its meta.json. */
async function validateOptions(document, step, program, verdicts) {
    const options = (0,json_nodes/* member */.Dc)(step, "options");
    const value = options === undefined ? {} : (0,json_nodes/* toValue */.BA)(options);
    const errors = await errorsIn(value, program.meta.options ?? true, (0,programs_library/* metaPath */.bs)(program), verdicts);
    // If there are no options at all, the problem is shown at the program's name.
    const shown = options ?? (0,json_nodes/* stringMember */.sk)(step, "name") ?? step;
    return explain(document, shown, errors, { name: "the options", program });
}
/** Finds effects of a step's options that their author may not expect. */
async function optionWarnings(document, step, { meta, ...program }, verdicts) {
    const options = (0,json_nodes/* member */.Dc)(step, "options");
    if (options === undefined || meta.warnings === undefined)
        return [];
    return explainWarnings(document, options, await errorsIn((0,json_nodes/* toValue */.BA)(options), meta.warnings, (0,programs_library/* metaPath */.bs)(program), verdicts));
}
/** Whether a value is as a schema says. */
async function matches(value, schema, owner, verdicts) {
    const opposite = digestOf({ not: schema }, value);
    if (verdicts.has(opposite))
        return false;
    if ((await errorsIn(value, schema, owner, verdicts)).length === 0)
        return true;
    verdicts.add(opposite);
    return false;
}
async function errorsIn(value, schema, owner, verdicts) {
    const digest = digestOf(schema, value);
    if (verdicts.has(digest))
        return [];
    const validate = await compile(schema, owner, verdicts);
    if (!validate(value))
        return validate.errors ?? [];
    verdicts.add(digest);
    return [];
}
const digestOf = (schema, value) => (0,external_node_crypto_.hash)("sha256", JSON.stringify([schema, value]));
/** Compiles a schema. `owner` is the file that it comes from. Throws if it isn't valid. */
async function compile(schema, owner, verdicts) {
    ajv ??= __nccwpck_require__.e(/* import() */ 774).then(__nccwpck_require__.t.bind(__nccwpck_require__, 3774, 19)).then(({ default: { Ajv2020 } }) => new Ajv2020(options)
        .removeKeyword(uniqueItems.keyword)
        .addKeyword(uniqueItems)
        .addKeyword(diskLayout)
        .addKeyword(maxBytes)
        .addKeyword(maxNameBytes));
    const validator = await ajv;
    const digest = digestOf(metaSchema, schema);
    try {
        if (!verdicts.has(digest))
            validator.validateSchema(schema, true);
        verdicts.add(digest);
        return validator.compile(schema);
    }
    catch (error) {
        throw (0,errors/* failure */.V2)("INVALID", `${owner}: invalid schema: ${error.message}`, undefined, {
            cause: error,
        });
    }
}
/** JSON Schema requires the flag `u`, but some of osbuild's schemas have patterns that are invalid with it. */
const regExp = Object.assign((pattern, flags) => {
    try {
        return new RegExp(pattern, flags);
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        return new RegExp(pattern);
    }
}, { code: "new RegExp" });
/** The schema of schemas. Compiling it takes longer than all other schemas of a pipeline. */
const metaSchema = { $ref: "https://json-schema.org/draft/2020-12/schema" };
/** Schemas are validated beforehand, unless they are known to be valid. */
const options = {
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    code: { regExp },
};
/** File systems limit names in bytes, but JSON Schema counts characters. */
const maxBytes = {
    keyword: "maxBytes",
    type: "string",
    schemaType: "number",
    validate: (limit, text) => Buffer.byteLength(text) <= limit,
};
/** Limits each name in a path. */
const maxNameBytes = {
    keyword: "maxNameBytes",
    type: "string",
    schemaType: "number",
    validate: (limit, path) => path.split("/").every((name) => Buffer.byteLength(name) <= limit),
};
/** Loaded only when there is something new to validate; see Verdicts. */
let ajv;

;// CONCATENATED MODULE: ./out/src/pipeline/requires.js


/** The system programs that a stage or an assembler needs with these options. */
async function requiredPrograms(program, options, verdicts) {
    const programsOf = async (item) => {
        if (typeof item === "string")
            return [item];
        return (await matches(options, item.when, (0,programs_library/* metaPath */.bs)(program), verdicts)) ? item.programs : [];
    };
    const all = await Promise.all((program.meta.requires ?? []).map(programsOf));
    return [...new Set(all.flat())];
}
/** Whether an assembler gets the tree's layers one by one with these options. */
async function getsLayers(program, options, verdicts) {
    const { layers } = program.meta;
    if (layers === undefined || layers === true)
        return layers === true;
    return matches(options, layers, (0,programs_library/* metaPath */.bs)(program), verdicts);
}
/** The system programs that a stage or an assembler may need, whatever its options are. */
const possiblyRequired = (requires) => [
    ...new Set(requires.flatMap((item) => (typeof item === "string" ? item : item.programs))),
];

// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var pipeline_secrets = __nccwpck_require__(6784);
;// CONCATENATED MODULE: ./out/src/pipeline/step.js











/** Makes a stage or an assembler from its node. Adds a problem and returns undefined if there is no such program. */
async function stepOf({ library, problems, warnings, verdicts, secrets }, within, treeId, kind, node) {
    const { document } = within;
    const nameNode = (0,json_nodes/* stringMember */.sk)(node, "name");
    if (nameNode === undefined)
        return undefined;
    const name = nameNode.value;
    const at = (0,json_document/* locationOf */.hD)(document, nameNode);
    const program = await library.find(kind, name);
    if (program === undefined) {
        problems.push(await unknownProgram(library, kind, name, at));
        return undefined;
    }
    if (program.demands.length > 0)
        problems.push(unserved(program, name, at));
    const wrong = await validateOptions(document, node, program, verdicts);
    problems.push(...wrong);
    if (wrong.length === 0)
        warnings.push(...(await optionWarnings(document, node, program, verdicts)));
    const options = (0,json_nodes/* objectMember */.wX)(node, "options");
    const inputs = options === undefined ? noInputs : await (0,pipeline_inputs/* inputsOf */.Vc)(document, options, program);
    problems.push(...inputs.problems);
    const value = options === undefined ? {} : (0,json_nodes/* toValue */.BA)(options);
    const canonicalOptions = options === undefined ? "{}" : (0,canonical/* canonical */.$N)(document, options);
    return {
        kind,
        name,
        program,
        options: value,
        optionsText: options === undefined ? "{}" : (0,canonical/* asWritten */.qm)(document, options),
        canonicalOptions,
        id: identify(name, within, treeId, canonicalOptions),
        inputs: inputs.inputs,
        excluded: inputs.excluded,
        secrets: options === undefined ? new Map() : (0,pipeline_secrets/* secretsOf */.Fj)(document, options, program, secrets),
        requires: wrong.length === 0 ? await requiredPrograms(program, value, verdicts) : [],
        getsLayers: wrong.length === 0 && (await getsLayers(program, value, verdicts)),
        timeout: (0,json_nodes/* numberMember */.eJ)(node, "timeout")?.value,
        limits: limitsOf(node),
        at,
    };
}
function limitsOf(node) {
    const limits = (0,json_nodes/* objectMember */.wX)(node, "limits");
    return limits === undefined ? {} : (0,json_nodes/* toValue */.BA)(limits);
}
const noInputs = { inputs: new Map(), excluded: [], problems: [] };
/**
 * Computes the same id as osbuild, byte for byte: the SHA-256, in hex, of J(name) + J(build) + J(base) + J(options),
 * where J is canonical JSON, build is the build pipeline's tree id or null, and base is the previous step's id or null.
 * If the pipeline has a `source-epoch`, J(source-epoch) follows, as in osbuild's later releases.
 */
function identify(name, { buildId, epoch }, treeId, options) {
    const id = (text) => (text === null ? "null" : (0,canonical/* canonicalString */.Ml)(text));
    const text = `${(0,canonical/* canonicalString */.Ml)(name)}${id(buildId)}${id(treeId)}${options}${epoch?.text ?? ""}`;
    return (0,external_node_crypto_.createHash)("sha256").update(text).digest("hex");
}
function unserved({ demands, libdir }, name, at) {
    const list = new Intl.ListFormat("en").format(demands);
    const hint = "osbuild's own stages run here only if they need nothing but their options";
    return { message: `${name} in ${libdir} needs ${list}, which only osbuild's own engine provides`, at, hint };
}
async function unknownProgram(library, kind, name, at) {
    const other = kind === "stage" ? "assembler" : "stage";
    if ((await library.find(other, name)) !== undefined) {
        const message = `${name} is ${kind === "stage" ? "an assembler, not a stage" : "a stage, not an assembler"}`;
        return { message, at, hint: kind === "stage" ? 'it belongs under "assembler"' : 'it belongs in "stages"' };
    }
    const known = await library.names(kind);
    const full = name.includes(".") ? (0,programs_library/* canonicalName */.Ew)(name) : `org.osbuild.${name}`;
    const hint = (0,suggest/* didYouMean */.a)(full, known) ?? "`osbuild stages` lists them all; --libdir adds your own";
    return { message: `unknown ${kind} ${(0,wording/* quote */.hD)(name)}`, at, hint };
}

;// CONCATENATED MODULE: ./out/src/pipeline/normalise.js











/**
 * Normalises a pipeline of any dialect and gives every step its id. Throws all problems of all its files at once. Skips
 * the validation of everything in `verdicts`, and adds to it everything that turns out to be valid.
 */
async function normalise(sources, library, verdicts = new Set()) {
    const { document, buildPipeline, buildEnv, mirrors, secrets = new Map() } = sources;
    const given = [document, buildPipeline, buildEnv].filter((file) => file !== undefined);
    requireFirstVersion(given);
    const warnings = given.flatMap((file) => file.warnings);
    const problems = (await Promise.all([
        validateShape(document, "pipeline", verdicts),
        buildPipeline === undefined ? [] : validateShape(buildPipeline, "pipeline", verdicts),
        buildEnv === undefined ? [] : validateShape(buildEnv, "build", verdicts),
        mirrors === undefined ? [] : validateShape(mirrors, "mirrors", verdicts),
    ])).flat();
    const urls = (0,json_nodes/* objectMember */.wX)(document.root, "sources");
    const downloads = {
        ...(urls === undefined ? {} : { sources: (0,json_nodes/* toValue */.BA)(urls) }),
        ...(mirrors === undefined ? {} : { mirrors: (0,json_nodes/* toValue */.BA)(mirrors.root) }),
    };
    const found = writtenPipeline(document, document.root);
    const written = sources.base === undefined ? found : { ...found, base: baseOf(sources.base, undefined) };
    const inner = [document, buildPipeline, buildEnv].flatMap((file) => file === undefined ? [] : environments(file, file === document ? (0,json_nodes/* objectMember */.wX)(written.node, "build") : file.root));
    const context = { library, problems, warnings, verdicts, downloads, secrets };
    const pipeline = await pipelineOf(context, written, inner, epoch/* defaultSourceEpoch */.w);
    const files = [...given, ...(mirrors === undefined ? [] : [mirrors])].flatMap(filesOf);
    const file = ({ at }) => files.indexOf(at?.file ?? "");
    const inFiles = (a, b) => file(a) - file(b) || (0,json_location/* byPlace */.hz)(a, b);
    if (problems.length > 0)
        throw new errors/* BuildError */.zS("INVALID", (0,json_location/* distinct */.dM)(problems).toSorted(inFiles));
    warnings.push(...unusedRunners(document, document.root));
    return { ...pipeline, warnings: (0,json_location/* distinct */.dM)(warnings).toSorted(inFiles) };
}
/** The names of all files that a document was made of. */
const filesOf = ({ file, origins }) => [
    file,
    ...new Set(Array.from(origins?.values() ?? [], (origin) => origin.file)),
];
/** Reports a manifest in osbuild's second format as one problem; otherwise every key in it would be unknown. */
function requireFirstVersion(documents) {
    const problems = documents.flatMap((document) => {
        const version = (0,json_nodes/* member */.Dc)(document.root, "version") ?? (0,json_nodes/* member */.Dc)(document.root, "pipelines");
        if (version === undefined || ["1", 1].includes(version.value))
            return [];
        const written = version.type === "array" ? "2" : String(version.value);
        return [
            {
                message: `osbuild manifests of version ${written} are not supported`,
                at: (0,json_document/* locationOf */.hD)(document, version.type === "array" ? (version.parent?.children?.[0] ?? version) : version),
                hint: "write it as a pipeline, with `build`, `stages` and `assembler`, or build it with osbuild itself",
            },
        ];
    });
    if (problems.length > 0)
        throw new errors/* BuildError */.zS("INVALID", problems);
}
/** Finds runners next to a pipeline's stages, or next to a wrapped pipeline, where osbuild never looked. */
function unusedRunners(document, node) {
    const runner = (0,json_nodes/* stringMember */.sk)(node, "runner");
    const build = (0,json_nodes/* objectMember */.wX)(node, "build");
    const isEnvironment = build !== undefined && (0,json_nodes/* stringMember */.sk)(build, "runner") !== undefined;
    const below = [(0,json_nodes/* objectMember */.wX)(node, "pipeline"), isEnvironment ? (0,json_nodes/* objectMember */.wX)(build, "pipeline") : build];
    const found = below.flatMap((pipeline) => (pipeline === undefined ? [] : unusedRunners(document, pipeline)));
    if (runner === undefined)
        return found;
    const hint = 'a runner belongs in "build"; pass a file with a runner and a pipeline to --build-env';
    return [{ message: '"runner" has no effect here', at: (0,json_document/* locationOf */.hD)(document, runner), hint }, ...found];
}
function writtenPipeline(document, node) {
    // `{"pipeline": {…}, "sources": {…}}` is a pipeline in a wrapper.
    const wrapped = (0,json_nodes/* objectMember */.wX)(node, "pipeline");
    if (wrapped !== undefined)
        return writtenPipeline(document, wrapped);
    const base = (0,json_nodes/* stringMember */.sk)(node, "base");
    return {
        document,
        node,
        base: base === undefined ? null : baseOf(base.value, (0,json_document/* locationOf */.hD)(document, base)),
    };
}
/** A base as written: the id of a tree in the store, or an image with its digest. */
function baseOf(text, at) {
    const image = (0,reference/* parsePinned */.A4)(text);
    return { id: image?.digest.replace("sha256:", "") ?? text, image, at };
}
/** Finds a base whose digest follows something that is no name of an image. The schema's pattern allows for that. */
function misnamedBase({ base }) {
    if (base === null || base.image !== undefined || !base.id.includes("@"))
        return [];
    const hint = "begin with the registry's host name, and write the rest in small letters";
    return [{ message: `"base" names no image: ${(0,wording/* quote */.hD)(base.id)}`, at: base.at, hint }];
}
/** The nested `build` environments, the outermost first. A pipeline that makes no tree isn't an environment. */
function environments(document, build) {
    if (build === undefined)
        return [];
    const runner = (0,json_nodes/* stringMember */.sk)(build, "runner")?.value ?? null;
    const node = runner === null ? build : (0,json_nodes/* objectMember */.wX)(build, "pipeline");
    const written = node === undefined ? undefined : writtenPipeline(document, node);
    if (written === undefined || (written.base === null && stageNodes(written.node).length === 0))
        return runner === null ? [] : [{ runner, written: undefined }];
    return [{ runner, written }, ...environments(document, (0,json_nodes/* objectMember */.wX)(written.node, "build"))];
}
async function environmentOf(context, [environment, ...inner], outerEpoch) {
    if (environment === undefined)
        return null;
    const { runner, written } = environment;
    if (written !== undefined)
        return { runner, pipeline: await pipelineOf(context, written, inner, outerEpoch) };
    return (await environmentOf(context, inner, outerEpoch)) ?? { runner, pipeline: null };
}
async function pipelineOf(context, { document, node, base }, inner, outerEpoch) {
    const epoch = epochOf(document, node);
    const sourceEpoch = epoch?.seconds ?? outerEpoch;
    const build = await environmentOf(context, inner, sourceEpoch);
    // osbuild never put a build pipeline from the command line into an id. Fingerprints include it.
    const own = inner.find(({ written }) => written !== undefined)?.written?.document === document;
    const within = { document, epoch, buildId: own ? (build?.pipeline?.treeId ?? null) : null };
    const stages = [];
    let assembler = null;
    context.problems.push(...misnamedBase({ document, node, base }));
    let treeId = base?.id ?? null;
    const nodes = await stepNodes(context, node);
    context.problems.push(...tooManyStages(document, nodes));
    for (const [kind, step] of nodes) {
        const made = await stepOf(context, within, treeId, kind, step);
        if (made?.kind === "assembler")
            assembler = made;
        else if (made !== undefined) {
            stages.push(made);
            treeId = made.id;
        }
    }
    const { downloads, warnings } = context;
    return { build, base, stages, assembler, sourceEpoch, downloads, warnings, treeId, outputId: assembler?.id ?? null };
}
function tooManyStages(document, nodes) {
    const [, first] = nodes.filter(([kind]) => kind === "stage")[pipeline/* mostLayers */.mO] ?? [];
    if (first === undefined)
        return [];
    const message = `this is stage ${pipeline/* mostLayers */.mO + 1}, but a pipeline can have at most ${pipeline/* mostLayers */.mO}`;
    return [{ message, at: (0,json_document/* locationOf */.hD)(document, (0,json_nodes/* stringMember */.sk)(first, "name") ?? first), hint: errors/* fewerStages */.nF }];
}
function epochOf(document, pipeline) {
    const node = (0,json_nodes/* numberMember */.eJ)(pipeline, "source-epoch");
    return node === undefined ? undefined : { seconds: node.value, text: (0,canonical/* canonical */.$N)(document, node) };
}
const stageNodes = (pipeline) => ((0,json_nodes/* arrayMember */.Qr)(pipeline, "stages") ?? (0,json_nodes/* arrayMember */.Qr)(pipeline, "pipeline"))?.children ?? [];
/**
 * The steps as written, each with its kind. The last stage of a pipeline without an assembler may itself be an
 * assembler: in June 2019 the last stage wrote the image.
 */
async function stepNodes({ library }, pipeline) {
    const stages = stageNodes(pipeline).map((step) => ["stage", step]);
    const assembler = (0,json_nodes/* objectMember */.wX)(pipeline, "assembler");
    if (assembler !== undefined)
        return [...stages, ["assembler", assembler]];
    const last = stages.at(-1)?.[1];
    return last !== undefined && (await writesImage(library, last))
        ? [...stages.slice(0, -1), ["assembler", last]]
        : stages;
}
async function writesImage(library, step) {
    const name = (0,json_nodes/* stringMember */.sk)(step, "name")?.value;
    if (name === undefined || (await library.find("stage", name)) !== undefined)
        return false;
    return (await library.find("assembler", name)) !== undefined;
}

;// CONCATENATED MODULE: ./out/src/pipeline/resolution/changes.js



/** The kinds of change, each with the key that its stages have. */
const changes_keys = new Map([
    ["drop", undefined],
    ["replace", "with"],
    ["before", "insert"],
    ["after", "insert"],
]);
/** More changes than any pipeline makes. */
const mostChanges = 1000;
/** Makes the `changes` of a pipeline to the stages that come before its own. `copy` makes nodes for new stages. */
function changeStages(stages, pipeline, copy, report) {
    const changes = changesOf(pipeline, report);
    if (changes.length === 0)
        return;
    const named = Map.groupBy(stages, asOf);
    for (const { kind, name, added } of changes) {
        const [stage, second] = named.get(name.value) ?? [];
        if (stage === undefined || second !== undefined) {
            report(name, ...notOne(name.value, named));
            continue;
        }
        const leaves = kind === "drop" || kind === "replace";
        if (leaves)
            named.delete(name.value);
        const copies = added.map(copy);
        for (const [as, more] of Map.groupBy(copies, asOf))
            named.set(as, (named.get(as) ?? []).concat(more));
        const later = stages.splice(stages.indexOf(stage) + (kind === "after" ? 1 : 0));
        // There may be more of them than a call can have arguments.
        for (const each of copies.concat(leaves ? later.slice(1) : later))
            stages.push(each);
    }
}
/** The name that a stage has for changes. */
const asOf = (stage) => (0,json_nodes/* stringMember */.sk)(stage, "as")?.value;
function notOne(name, named) {
    const count = named.get(name)?.length ?? 0;
    if (count > 1)
        return [`${count} stages are named ${(0,wording/* quote */.hD)(name)}`, "give each a name of its own"];
    const names = [...named.keys()].filter((each) => each !== undefined);
    const known = names.length === 0 ? 'a stage gets a name with "as"' : `the named ones are ${(0,wording/* list */.p_)(names, "and")}`;
    return [`no included stage is named ${(0,wording/* quote */.hD)(name)}`, (0,suggest/* didYouMean */.a)(name, names) ?? known];
}
function changesOf(pipeline, report) {
    const changes = (0,json_nodes/* member */.Dc)(pipeline, "changes");
    if (changes === undefined)
        return [];
    const { type, children = [] } = changes;
    if (type !== "array")
        report(changes, `"changes" must be a list, not ${(0,wording/* shown */.SP)(changes)}`);
    else if (children.length > mostChanges)
        report(changes, `there are more than ${mostChanges} changes`);
    else
        return children.flatMap((change) => changeOf(change, report) ?? []);
    return [];
}
function changeOf(change, report) {
    const kinds = change.type === "object" ? [...changes_keys.keys()].filter((key) => (0,json_nodes/* member */.Dc)(change, key) !== undefined) : [];
    const [kind, second] = kinds;
    if (kind === undefined || second !== undefined) {
        report(change, `a change has one of the keys ${(0,wording/* list */.p_)([...changes_keys.keys()], "and")}`);
        return undefined;
    }
    const key = changes_keys.get(kind);
    const strange = (0,json_nodes/* members */.ol)(change).find(([{ value }]) => value !== kind && value !== key)?.[0];
    const name = (0,json_nodes/* member */.Dc)(change, kind);
    const added = key === undefined ? undefined : (0,json_nodes/* arrayMember */.Qr)(change, key);
    if (strange !== undefined)
        report(strange, `unknown key ${(0,wording/* quote */.hD)(strange.value)}`);
    else if (name.type !== "string")
        report(name, `"${kind}" must be the name of a stage, not ${(0,wording/* shown */.SP)(name)}`);
    else if (key !== undefined && added === undefined)
        report((0,json_nodes/* member */.Dc)(change, key) ?? name, `"${kind}" needs a list of stages as ${(0,wording/* quote */.hD)(key)}`);
    else
        return { kind, name, added: added?.children ?? [] };
    return undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./out/src/pipeline/resolution/includes.js







/** More files than any pipeline is made of. */
const mostFiles = 200;
/** Reads all files that a file includes. Each is read once. */
async function readIncludes(main, problems) {
    const all = [main];
    const included = new Map();
    const read = new Map();
    if (main.file !== json_document/* standardInput */.iQ)
        read.set(await (0,promises_.realpath)(main.file), main);
    for (const document of all) {
        for (const item of pipelinesIn(document.root).flatMap((pipeline) => includesOf(document, pipeline, problems))) {
            const path = await (0,pipeline_inputs/* resolveInput */.xI)(await (0,pipeline_inputs/* directoryOf */.jt)(document), item.value, (0,json_document/* locationOf */.hD)(document, item));
            if (typeof path !== "string") {
                problems.push(path);
                continue;
            }
            if (!read.has(path))
                read.set(path, await readIncluded(document, item, problems));
            const found = read.get(path);
            if (found === undefined)
                continue;
            included.set(item, found);
            if (!all.includes(found))
                all.push(found);
            if (all.length > mostFiles)
                throw tooMany(document, item);
        }
    }
    return { all, included };
}
const tooMany = (document, item) => new errors/* BuildError */.zS("INVALID", [{ message: `more than ${mostFiles} files are included`, at: (0,json_document/* locationOf */.hD)(document, item) }]);
/** Everything in a file that can be a pipeline: the file itself, a wrapped pipeline and build pipelines. */
function pipelinesIn(node) {
    const within = ["pipeline", "build"].map((key) => (0,json_nodes/* objectMember */.wX)(node, key));
    return [node, ...within.flatMap((inner) => (inner === undefined ? [] : pipelinesIn(inner)))];
}
/** The names of the files that a pipeline includes. */
function includesOf(document, pipeline, problems) {
    const include = pipeline.type === "object" ? (0,json_nodes/* member */.Dc)(pipeline, "include") : undefined;
    if (include === undefined)
        return [];
    const hint = "name files, relative to this one";
    if (include.type !== "array") {
        const message = `"include" must be a list, not ${(0,wording/* shown */.SP)(include)}`;
        problems.push({ message, at: (0,json_document/* locationOf */.hD)(document, include), hint });
        return [];
    }
    const items = include.children ?? [];
    for (const item of items.filter(({ type }) => type !== "string"))
        problems.push({
            message: `an item of "include" must be a string, not ${(0,wording/* shown */.SP)(item)}`,
            at: (0,json_document/* locationOf */.hD)(document, item),
            hint,
        });
    return items.filter(({ type }) => type === "string");
}
/** Reads a file that another one includes. It is named as the user would name it. */
async function readIncluded(document, item, problems) {
    const name = document.file === json_document/* standardInput */.iQ ? item.value : (0,external_node_path_.join)((0,external_node_path_.dirname)(document.file), item.value);
    try {
        return await (0,json_document/* readDocument */.u0)(name);
    }
    catch (error) {
        if (!(error instanceof errors/* BuildError */.zS))
            throw error;
        problems.push(...error.problems.map((problem) => ({ at: (0,json_document/* locationOf */.hD)(document, item), ...problem })));
        return undefined;
    }
}

;// CONCATENATED MODULE: ./out/src/pipeline/resolution/substitute.js




/** More characters than the variables of any pipeline stand for. */
const mostAdded = 1_000_000;
/** Copies a value, with variables replaced. The copy keeps its places. */
function copy(resolution, document, node) {
    const { parent: _, children, ...own } = node;
    const made = node.type === "string" ? replaced(resolution, document, node) : own;
    resolution.origins.set(made, document);
    return children === undefined ? made : (0,json_nodes/* withChildren */.OF)(made, copies(resolution, document, children));
}
const copies = (resolution, document, nodes) => nodes.map((node) => copy(resolution, document, node));
/** `${name}`, and what looks like the beginning of it. `$${` stands for `${` itself. */
const pattern = /\$\$\{|\$\{([A-Za-z_][\w-]*)\}|\$\{/g;
const wordsIn = (text) => [...text.matchAll(pattern)].filter(([word]) => word !== "$${");
/** A string with its variables replaced. If it is nothing but a variable, it gets the variable's type. */
function replaced(resolution, document, node) {
    const { variables, used, problems, numbers } = resolution;
    const { value, offset, length } = node;
    if (variables.declared.size === 0 || !value.includes("${"))
        return { type: "string", value, offset, length };
    const words = wordsIn(value);
    problems.push(...wrongWords(variables, document, node, words));
    const found = words.flatMap(([, name = ""]) => variables.values.get(name) ?? []);
    for (const [, name] of words)
        used.add(name ?? "");
    resolution.added += found.reduce((sum, { text }) => sum + text.length, 0);
    if (resolution.added > mostAdded) {
        const message = `variables add more than ${mostAdded} characters`;
        problems.push({ message, at: (0,json_location/* locate */.x5)(document, offset, length) });
        return { type: "string", value, offset, length };
    }
    const [variable] = found;
    if (variable !== undefined && words[0]?.[0] === value) {
        const made = { ...typed(variable), offset, length };
        if (made.type === "number")
            numbers.set(made, variable.text);
        return made;
    }
    const text = value.replace(pattern, (word, name) => word === "$${" ? "${" : (variables.values.get(name)?.text ?? word));
    return { type: "string", value: text, offset, length };
}
function typed({ type, text }) {
    switch (type) {
        case "string":
            return { type, value: text };
        case "boolean":
            return { type, value: text === "true" };
        case "integer":
        case "number":
            return { type: "number", value: Number(text) };
        default:
            return type;
    }
}
/** More mistakes in one string aren't told. */
const mostWrong = 20;
function wrongWords({ declared }, document, node, words) {
    const { offset, length } = node;
    const written = wordsIn(document.text.slice(offset, offset + length));
    const at = (word) => {
        // A word may look different if the text is written with escapes.
        const same = written.length === words.length ? written[words.indexOf(word)] : undefined;
        return same === undefined
            ? (0,json_location/* locate */.x5)(document, offset, length)
            : (0,json_location/* locate */.x5)(document, offset + same.index, same[0].length);
    };
    const isKey = node.parent?.type === "property" && node.parent.children?.[0] === node;
    const wrong = isKey ? words : words.filter(([, name]) => name === undefined || !declared.has(name));
    return wrong.slice(0, mostWrong).map((word) => {
        const [, name] = word;
        if (isKey)
            return { message: "a key can't have a variable in it", at: at(word), hint: literally };
        if (name === undefined)
            return { message: "a name and } must follow this", at: at(word), hint: literally };
        const hint = (0,suggest/* didYouMean */.a)(name, [...declared.keys()]) ?? literally;
        return { message: `there is no variable ${(0,wording/* quote */.hD)(name)}`, at: at(word), hint };
    });
}
const literally = "write $${ for ${ itself";

;// CONCATENATED MODULE: ./out/src/pipeline/resolution/setting.js
/** Reads `name=value`; undefined if the text has another form. */
function settingOf(text) {
    const [, name, value] = /^([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(text) ?? [];
    return name === undefined || value === undefined ? undefined : { name, value };
}

;// CONCATENATED MODULE: ./out/src/pipeline/resolution/variables.js





const types = ["string", "integer", "number", "boolean"];
/**
 * The variables of a pipeline's files. A value given in `settings` wins over one of a file, and a file's over those of
 * the files that it includes.
 */
function readVariables(files, settings, problems) {
    const written = Map.groupBy(files.flatMap((document) => variablesOf(document, problems)), ({ key }) => key.value);
    const values = new Map();
    const declared = new Map();
    for (const [name, all] of written) {
        const declarations = all.filter(({ isDeclaration }) => isDeclaration);
        const declaration = declarations[0] ?? all.at(-1);
        declared.set(name, declaration);
        for (const { document, key } of declarations.slice(1)) {
            const { file, line } = (0,json_document/* locationOf */.hD)(declaration.document, declaration.key);
            const hint = "write only its value here";
            problems.push({
                message: `the variable ${(0,wording/* quote */.hD)(name)} is already declared in ${file}, line ${line}`,
                at: (0,json_document/* locationOf */.hD)(document, key),
                hint,
            });
        }
        const { type } = declaration;
        problems.push(...all.flatMap((each) => misfit(name, type, each)));
        const given = settings.find((setting) => setting.name === name)?.value;
        if (given !== undefined && !fits(type, given))
            problems.push(wrongSetting(name, type, given));
        const own = all.find(({ value }) => value !== undefined);
        if (given !== undefined)
            values.set(name, { type, text: given });
        else if (own?.value !== undefined)
            values.set(name, { type, text: textOf(own.document, own.value) });
        else
            problems.push(noValue(name, declaration));
    }
    return { values, declared };
}
function noValue(name, { document, key }) {
    const hint = `give it a default, or a value with --set ${name}=… or the input variables`;
    return { message: `the variable ${(0,wording/* quote */.hD)(name)} has no value`, at: (0,json_document/* locationOf */.hD)(document, key), hint };
}
const textOf = (document, value) => value.type === "number" ? (0,json_document/* literalOf */.Zc)(document, value) : String(value.value);
/** The type of a value that a variable can have. */
function typeOf({ type, value }) {
    if (type === "number")
        return Number.isInteger(value) ? "integer" : "number";
    return type === "string" || type === "boolean" ? type : undefined;
}
function misfit(name, type, { document, value }) {
    if (value === undefined)
        return [];
    const own = typeOf(value);
    if (own === type || (own === "integer" && type === "number"))
        return [];
    const message = `the variable ${(0,wording/* quote */.hD)(name)} must be ${(0,wording/* kindName */.Ep)(type)}, not ${(0,wording/* shown */.SP)(value)}`;
    const hint = type === "string" && own !== undefined ? `put it in quotes: "${textOf(document, value)}"` : undefined;
    return [{ message, at: (0,json_document/* locationOf */.hD)(document, value), hint }];
}
function fits(type, text) {
    switch (type) {
        case "string":
            return true;
        case "boolean":
            return text === "true" || text === "false";
        case "integer":
            return /^-?(0|[1-9]\d*)$/.test(text);
        case "number":
            return /^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
        default:
            return type;
    }
}
const wrongSetting = (name, type, given) => ({
    message: `the variable ${(0,wording/* quote */.hD)(name)} must be ${(0,wording/* kindName */.Ep)(type)}, not ${(0,wording/* quote */.hD)(given)}`,
    hint: "this value comes from --set or the input variables",
});
function variablesOf(document, problems) {
    const node = document.root.type === "object" ? (0,json_nodes/* member */.Dc)(document.root, "variables") : undefined;
    if (node === undefined)
        return [];
    const problem = (at, message, hint) => problems.push({ message, at: (0,json_document/* locationOf */.hD)(document, at), hint });
    if (node.type !== "object") {
        problem(node, `"variables" must be an object, not ${(0,wording/* shown */.SP)(node)}`);
        return [];
    }
    return (0,json_nodes/* members */.ol)(node).flatMap(([key, value]) => {
        const name = (0,wording/* quote */.hD)(key.value);
        if (settingOf(`${key.value}=`) === undefined) {
            problem(key, `${name} can't be a variable's name`, "use letters, digits, - and _, and begin with a letter");
            return [];
        }
        if (value.type === "object") {
            const before = problems.length;
            const found = declaration(document, key, value, problem);
            return problems.length === before ? [found] : [];
        }
        const type = typeOf(value);
        if (type !== undefined)
            return [{ document, key, type, value, isDeclaration: false }];
        problem(value, `the variable ${name} can't be ${(0,wording/* shown */.SP)(value)}`, "a value is a string, a number, true or false");
        return [];
    });
}
function declaration(document, key, node, problem) {
    const known = ["type", "default", "description"];
    for (const [{ value: word }, value] of (0,json_nodes/* members */.ol)(node)) {
        const place = value.parent?.children?.[0] ?? value;
        if (!known.includes(word))
            problem(place, `unknown key ${(0,wording/* quote */.hD)(word)}`, (0,suggest/* didYouMean */.a)(word, known) ?? `known keys: ${known.join(", ")}`);
        else if (word === "description" && value.type !== "string")
            problem(value, `"description" must be a string, not ${(0,wording/* shown */.SP)(value)}`);
        else if (word === "type" && !types.includes(value.value))
            problem(value, `"type" can't be ${(0,wording/* shown */.SP)(value)}`, `it can be ${(0,wording/* list */.p_)(types, "or")}`);
        else if (word === "default" && typeOf(value) === undefined)
            problem(value, `"default" can't be ${(0,wording/* shown */.SP)(value)}`, "a value is a string, a number, true or false");
    }
    const value = (0,json_nodes/* member */.Dc)(node, "default");
    const type = types.find((each) => each === (0,json_nodes/* member */.Dc)(node, "type")?.value) ?? (value && typeOf(value)) ?? "string";
    return { document, key, type, value, isDeclaration: true };
}

;// CONCATENATED MODULE: ./out/src/pipeline/resolution/resolve.js










/**
 * Replaces everything that files include, and variables, in several documents. Afterwards each is one plain pipeline,
 * whose values know which text they come from. Throws all problems at once.
 */
async function resolveAll(documents, settings) {
    const problems = [];
    const known = new Set();
    const plain = (document) => resolve(document, settings, { known, problems });
    const resolved = {
        document: await plain(documents.document),
        buildPipeline: documents.buildPipeline && (await plain(documents.buildPipeline)),
        buildEnv: documents.buildEnv && (await plain(documents.buildEnv)),
    };
    // A file that can't be read may have any variables.
    const unknown = problems.length > 0 ? [] : settings.filter(({ name }) => !known.has(name));
    for (const { name } of unknown)
        problems.push({ message: `there is no variable ${(0,wording/* quote */.hD)(name)} to set`, hint: (0,suggest/* didYouMean */.a)(name, [...known]) });
    if (problems.length > 0)
        throw new errors/* BuildError */.zS("INVALID", resolve_inOrder((0,json_location/* distinct */.dM)(problems)));
    return resolved;
}
/** Sorts the problems of each file by their place. */
function resolve_inOrder(problems) {
    const files = [...new Set(problems.map(({ at }) => at?.file))];
    return problems.toSorted((a, b) => files.indexOf(a.at?.file) - files.indexOf(b.at?.file) || (0,json_location/* byPlace */.hz)(a, b));
}
async function resolve(main, settings, { known, problems }) {
    const isPlain = pipelinesIn(main.root).every((pipeline) => (0,json_nodes/* members */.ol)(pipeline).every(([{ value }]) => !own.has(value)));
    if (isPlain)
        return main;
    const before = problems.length;
    const files = await readIncludes(main, problems);
    const variables = readVariables(files.all, settings, problems);
    for (const name of variables.declared.keys())
        known.add(name);
    for (const problem of files.all.flatMap(misplacedVariables))
        problems.push(problem);
    // A file that can't be read may use a variable or have a stage.
    if (problems.length > before)
        return main;
    const places = { origins: new Map(), numbers: new Map() };
    const state = { used: new Set(), added: 0, pipelines: 0 };
    const resolution = { included: files.included, variables, problems, ...places, ...state };
    const root = resolve_pipelineOf(resolution, main, main.root, [main]);
    for (const [name, { document, key }] of variables.declared) {
        if (resolution.used.has(name))
            continue;
        const hint = `use it as $\{${name}}, or remove it`;
        problems.push({ message: `nothing uses the variable ${(0,wording/* quote */.hD)(name)}`, at: (0,json_document/* locationOf */.hD)(document, key), hint });
    }
    return { ...main, root, warnings: files.all.flatMap(({ warnings }) => warnings), ...places };
}
/** The keys that only this program knows, and that no pipeline has afterwards. */
const own = new Set(["include", "changes", "variables"]);
function misplacedVariables(document) {
    return pipelinesIn(document.root)
        .slice(1)
        .flatMap((pipeline) => {
        const variables = (0,json_nodes/* member */.Dc)(pipeline, "variables");
        const at = variables?.parent?.children?.[0];
        if (at === undefined)
            return [];
        const hint = "move them to the top of the file";
        return [{ message: "a pipeline within another can't have variables", at: (0,json_document/* locationOf */.hD)(document, at), hint }];
    });
}
/** More pipelines than any is put together from. Those that include each other's build pipelines multiply. */
const mostPipelines = 1000;
/** The plain pipeline that a pipeline of a file stands for. `within` are the files that it is included from. */
function resolve_pipelineOf(context, document, node, within) {
    const parts = { stages: [], lists: [], others: new Map(), files: new Set() };
    resolve_gather(context, document, node, within, parts);
    const [list] = parts.lists;
    const stages = list === undefined ? [] : [[list[0], (0,json_nodes/* withChildren */.OF)(list[1], parts.stages)]];
    const { type, offset, length } = node;
    const properties = [...parts.others.values(), ...stages].map(([key, value]) => (0,json_nodes/* withChildren */.OF)({ type: "property", offset: key.offset, length: key.length }, [key, value]));
    const pipeline = (0,json_nodes/* withChildren */.OF)({ type, offset, length }, properties);
    context.origins.set(pipeline, document);
    return pipeline;
}
/** Adds the stages and keys of a pipeline, and before them those of the files that it includes, with its changes. */
function resolve_gather(context, document, node, within, parts) {
    if (++context.pipelines > mostPipelines) {
        const message = `more than ${mostPipelines} pipelines are included`;
        throw new errors/* BuildError */.zS("INVALID", [{ message, at: (0,json_document/* locationOf */.hD)(document, node) }]);
    }
    gatherIncluded(context, document, node, within, parts);
    const report = (at, message, hint) => context.problems.push({ message, at: (0,json_document/* locationOf */.hD)(document, at), hint });
    changeStages(parts.stages, node, (stage) => copy(context, document, stage), report);
    const list = (0,json_nodes/* arrayMember */.Qr)(node, "stages") ?? (0,json_nodes/* arrayMember */.Qr)(node, "pipeline");
    for (const [key, value] of (0,json_nodes/* members */.ol)(node).filter(([{ value: name }]) => !own.has(name))) {
        const copied = copy(context, document, key);
        if (value === list) {
            for (const step of value.children ?? [])
                parts.stages.push(copy(context, document, step));
            parts.lists.push([copied, copy(context, document, { ...value, children: [] })]);
        }
        else {
            const isPipeline = value.type === "object" && (key.value === "build" || key.value === "pipeline");
            const made = isPipeline ? resolve_pipelineOf(context, document, value, within) : copy(context, document, value);
            parts.others.set(key.value, [copied, made]);
        }
    }
}
function gatherIncluded(context, document, node, within, parts) {
    const keys = new Set((0,json_nodes/* members */.ol)(node).map(([{ value }]) => value));
    for (const item of (0,json_nodes/* arrayMember */.Qr)(node, "include")?.children ?? []) {
        const file = context.included.get(item);
        if (file === undefined || parts.files.has(file))
            continue;
        const wrong = unusable(file, within);
        if (wrong !== undefined) {
            context.problems.push({ ...wrong, at: (0,json_document/* locationOf */.hD)(document, item) });
            continue;
        }
        parts.files.add(file);
        const others = new Map();
        resolve_gather(context, file, file.root, [...within, file], { ...parts, others });
        for (const [key, property] of others) {
            const earlier = parts.others.get(key);
            if (keys.has(key) || aboutFile.has(key))
                continue;
            if (earlier === undefined)
                parts.others.set(key, property);
            else
                context.problems.push(conflict(context, document, [earlier[0], property[0]]));
        }
    }
}
/** The keys that say something about a file and nothing about the pipeline. */
const aboutFile = new Set(["$schema", "name"]);
/** The reason that a file can't be included, if there is one. */
function unusable(file, within) {
    if (within.includes(file))
        return { message: `${file.file} includes itself` };
    const { root } = file;
    if (root.type !== "object")
        return { message: `${file.file} must be an object, not ${(0,wording/* shown */.SP)(root)}` };
    if ((0,json_nodes/* objectMember */.wX)(root, "pipeline") === undefined)
        return undefined;
    return { message: `${file.file} is a wrapped pipeline`, hint: 'an included file has its "stages" at its top' };
}
/** The problem of a key that two included files have. */
function conflict({ origins }, document, [earlier, later]) {
    const other = origins.get(earlier)?.file;
    const message = `${(0,wording/* quote */.hD)(later.value)} is in ${other} too, and only one of them can be used`;
    const at = (0,json_document/* locationOf */.hD)({ ...document, origins }, later);
    return { message, at, hint: `write it in ${document.file}, which wins over both` };
}

;// CONCATENATED MODULE: ./out/src/pipeline/load.js








/** The folder that holds `stages` and `assemblers`: two levels above this file, in the sources and in the bundles. */
const ownLibdir = (0,external_node_path_.resolve)(import.meta.dirname, "../..");
/** The library of the user's libdirs and, after them, the built-in programs. */
const libraryOf = (libdirs) => (0,programs_library/* openLibrary */.uK)([...libdirs.map((libdir) => (0,external_node_path_.resolve)(libdir)), ownLibdir]);
/** Throws if a libdir isn't a directory. Its programs would be unknown, or others of the same name would run. */
async function requireLibdirs(libdirs) {
    for (const libdir of libdirs) {
        if ((await (0,paths/* statIfThere */.C)(libdir))?.isDirectory())
            continue;
        const hint = "--libdir takes a directory that holds stages/ or assemblers/";
        throw (0,errors/* failure */.V2)("INVALID", `there is no directory ${libdir}`, hint);
    }
}
/**
 * Reads the pipeline that a command line names, everything that the command line adds to it, and the lock beside it.
 * Throws if there is a lock that doesn't fit the pipeline.
 */
async function loadPipeline(names, verdicts) {
    const [pipeline, lock] = await Promise.all([loadUnlocked(names, verdicts), (0,pipeline_lock/* readLock */.mF)(names.pipeline)]);
    if (lock === undefined)
        return pipeline;
    const misfits = (0,pipeline_lock/* misfitsOf */.tc)(names.pipeline, pipeline, lock);
    if (misfits.length > 0)
        throw new errors/* BuildError */.zS("INVALID", misfits);
    return (0,pipeline_lock/* withLock */.kK)(pipeline, lock);
}
/** The same without its lock. */
async function loadUnlocked(names, verdicts) {
    await requireLibdirs(names.libdirs);
    const [document, buildPipeline, buildEnv, mirrors] = await Promise.all([
        (0,json_document/* readDocument */.u0)(names.pipeline),
        optional(names.buildPipeline),
        optional(names.buildEnv),
        optional(names.mirrors),
    ]);
    const resolved = await resolveAll({ document, buildPipeline, buildEnv }, names.variables);
    return normalise({ ...resolved, mirrors, base: names.base, secrets: names.secrets }, libraryOf(names.libdirs), verdicts);
}
const optional = async (path) => path === undefined ? undefined : (0,json_document/* readDocument */.u0)(path);


/***/ }),

/***/ 7334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LN: () => (/* binding */ lockFileOf),
/* harmony export */   g7: () => (/* binding */ resolutionShape),
/* harmony export */   kK: () => (/* binding */ withLock),
/* harmony export */   mF: () => (/* binding */ readLock),
/* harmony export */   tc: () => (/* binding */ misfitsOf)
/* harmony export */ });
/* unused harmony exports isLockFile, formatLock, lockables, partFor */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1708);
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7415);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1795);
/* harmony import */ var _host_paths_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8985);
/* harmony import */ var _json_document_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1008);
/* harmony import */ var _json_language_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(5827);
/* harmony import */ var _json_nodes_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4488);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1856);
/* harmony import */ var _json_wording_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(6161);
/* harmony import */ var _programs_library_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(1373);
/* harmony import */ var _pipeline_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(1563);












const url = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .matching */ .wC)(/^https?:\/\/\S+$/, "an http or https URL");
const time = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .matching */ .wC)(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "a time such as 2026-01-31T12:00:00Z");
const resolution = {
    repositories: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .shaped */ .e9)({
        url,
        suite: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj,
        release: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .digest */ .br,
        date: time,
        mirrors: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .listOf */ .c3)(url)),
        snapshot: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(url),
    })),
    packages: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .shaped */ .e9)({
        name: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj,
        version: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj,
        architecture: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj,
        size: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .count */ .U9,
        sha256: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .digest */ .br,
        url,
        source: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj,
    })),
    notes: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik),
};
/** The shape of a program's answer. */
const resolutionShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .shaped */ .e9)(resolution);
const lockShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .shaped */ .e9)({
    version: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .oneOf */ .yL)(1),
    steps: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .shaped */ .e9)({ name: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj, depth: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .count */ .U9, architecture: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .string */ .Yj, options: _json_shape_js__WEBPACK_IMPORTED_MODULE_7__/* .digest */ .br, ...resolution })),
});
/** The lock's file, beside the pipeline's. Undefined for a pipeline from standard input. */
const lockFileOf = (pipeline) => pipeline === "-" ? undefined : `${(0,_json_language_js__WEBPACK_IMPORTED_MODULE_9__/* .withoutEnding */ .sP)(pipeline)}.lock.json`;
/** Whether a file that a pattern has found is a lock, and no pipeline. */
const isLockFile = (file) => file.endsWith(".lock.json");
/** Reads a pipeline's lock. Undefined if it has none. Throws if the file isn't a lock. */
async function readLock(pipeline) {
    const file = lockFileOf(pipeline);
    if (file === undefined || (await (0,_host_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .statIfThere */ .C)(file)) === undefined)
        return undefined;
    const hint = mend(pipeline);
    const document = await (0,_json_document_js__WEBPACK_IMPORTED_MODULE_5__/* .readDocument */ .u0)(file).catch((error) => {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS))
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS("INVALID", error.problems.map((problem) => ({ ...problem, hint })), { cause: error });
    });
    const value = (0,_json_nodes_js__WEBPACK_IMPORTED_MODULE_6__/* .toValue */ .BA)(document.root);
    const misfit = lockShape.misfit(value);
    if (misfit !== undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS("INVALID", [{ ...misfitIn(document, misfit), hint }]);
    return value;
}
const mend = (pipeline) => `\`osbuild lock ${pipeline}\` makes it anew`;
function misfitIn(document, { path, expected }) {
    const { root } = document;
    const node = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_2__.findNodeAtLocation)(root, [...path]);
    const place = node ?? (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_2__.findNodeAtLocation)(root, path.slice(0, -1)) ?? root;
    const message = node === undefined
        ? `${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_10__/* .quote */ .hD)(path.at(-1))} is missing from this lock`
        : `${node === root ? "a lock" : (0,_json_wording_js__WEBPACK_IMPORTED_MODULE_10__/* .nameOf */ .Vb)(node)} must be ${expected}, not ${(0,_json_wording_js__WEBPACK_IMPORTED_MODULE_10__/* .shown */ .SP)(node)}`;
    return { message, at: (0,_json_document_js__WEBPACK_IMPORTED_MODULE_5__/* .locationOf */ .hD)(document, place) };
}
/** Writes a lock with a line for each package and each note, so that a difference shows what changed. */
function formatLock({ steps }) {
    const formatted = steps.map(({ name, depth, architecture, options, repositories, packages, notes }) => {
        const members = [
            ...membersOf({ name, depth, architecture, options }),
            `"repositories": ${listInLines(repositories)}`,
            `"packages": ${listInLines(packages)}`,
            ...(notes === undefined ? [] : [`"notes": {${inLines(membersOf(notes))}}`]),
        ];
        return `    {\n${members.map((member) => `      ${member}`).join(",\n")}\n    }`;
    });
    return `{\n  "version": 1,\n  "steps": [${formatted.length === 0 ? "" : `\n${formatted.join(",\n")}\n  `}]\n}\n`;
}
const membersOf = (value) => Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)}`);
const listInLines = (items) => `[${inLines(items.map((item) => JSON.stringify(item)))}]`;
const inLines = (items) => items.length === 0 ? "" : `\n${items.map((item) => `        ${item}`).join(",\n")}\n      `;
/** The steps that can be locked, in the order in which they run. */
function lockables(pipeline) {
    const pipelines = (0,_pipeline_js__WEBPACK_IMPORTED_MODULE_11__/* .innermostFirst */ .mF)(pipeline);
    return pipelines.flatMap((owner, place) => {
        const depth = pipelines.length - 1 - place;
        const downloading = owner.stages.filter(({ program }) => program.meta.network);
        return downloading.flatMap((step, index) => {
            // The files of a lock are fetched without a step's secrets.
            if (!step.program.meta.lock || step.secrets.size > 0)
                return [];
            const name = (0,_programs_library_js__WEBPACK_IMPORTED_MODULE_8__/* .canonicalName */ .Ew)(step.name);
            const options = decisive(owner, downloading.slice(0, index + 1));
            return [{ step, owner, key: { name, depth, architecture: node_process__WEBPACK_IMPORTED_MODULE_1__.arch, options } }];
        });
    });
}
/** A digest of what decides about a step's packages: the options of the step and of those that download before it. */
const decisive = ({ base }, downloading) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", JSON.stringify([base?.id ?? null, ...downloading.map((step) => [(0,_programs_library_js__WEBPACK_IMPORTED_MODULE_8__/* .canonicalName */ .Ew)(step.name), step.canonicalOptions])]));
/** The part of a lock for a step as it is now. */
const partFor = ({ steps }, { key }) => steps.find(({ options, architecture, depth }) => options === key.options && architecture === key.architecture && depth === key.depth);
/** Gives a pipeline's steps the packages of a lock. Steps that it has no part for stay as they are. */
function withLock(pipeline, lock) {
    const parts = new Map(lockables(pipeline).map((lockable) => [lockable.step, partFor(lock, lockable)]));
    const locked = (step) => {
        const part = parts.get(step);
        return part === undefined ? step : { ...step, lock: part };
    };
    const inside = (each) => ({
        ...each,
        stages: each.stages.map(locked),
        build: each.build?.pipeline ? { ...each.build, pipeline: inside(each.build.pipeline) } : each.build,
    });
    return inside(pipeline);
}
/** The reasons why a lock doesn't fit a pipeline, at the steps' places. */
function misfitsOf(file, pipeline, lock) {
    const name = lockFileOf(file) ?? _json_document_js__WEBPACK_IMPORTED_MODULE_5__/* .standardInput */ .iQ;
    return lockables(pipeline).flatMap((lockable) => {
        if (partFor(lock, lockable) !== undefined)
            return [];
        const { step, key } = lockable;
        const sameStep = lock.steps.filter((part) => part.name === key.name && part.depth === key.depth);
        const elsewhere = sameStep.filter((part) => part.options === key.options);
        const why = elsewhere.length > 0
            ? `has the packages of ${step.name} for ${elsewhere.map(({ architecture }) => architecture).join(", ")}, and this machine is ${node_process__WEBPACK_IMPORTED_MODULE_1__.arch}`
            : sameStep.length > 0
                ? `was made before the options of ${step.name}, or of a step before it that downloads, were changed`
                : `has no packages for ${step.name}`;
        return [{ message: `${name} ${why}`, at: step.at, hint: `\`osbuild lock ${file}\` brings it up to date` }];
    });
}


/***/ }),

/***/ 1563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bd: () => (/* binding */ allSteps),
/* harmony export */   Ci: () => (/* binding */ steps),
/* harmony export */   Yh: () => (/* binding */ isUnpinned),
/* harmony export */   mF: () => (/* binding */ innermostFirst),
/* harmony export */   mO: () => (/* binding */ mostLayers),
/* harmony export */   vd: () => (/* binding */ hasImageBase)
/* harmony export */ });
/**
 * The most stages that a pipeline may have. The record of each lists all layers below it, so their size grows with the
 * square.
 */
const mostLayers = 2000;
/** The pipeline and all its build pipelines, the innermost first. */
function innermostFirst(pipeline) {
    const inner = pipeline.build?.pipeline ?? null;
    return [...(inner === null ? [] : innermostFirst(inner)), pipeline];
}
/** Whether a pipeline, or one that builds a tree to run in, starts from an image of a registry. */
const hasImageBase = (pipeline) => innermostFirst(pipeline).some(({ base }) => base?.image !== undefined);
/** Whether a step downloads something that may be different tomorrow, because nothing says exactly what it must be. */
const isUnpinned = ({ program: { meta }, lock }) => meta.network === true && meta.pinned !== true && lock === undefined;
/** The stages and the assembler, in order. */
const steps = (pipeline) => pipeline.assembler === null ? pipeline.stages : [...pipeline.stages, pipeline.assembler];
/** The steps of a pipeline and of the pipelines of its build trees, in the order in which they run. */
const allSteps = (pipeline) => innermostFirst(pipeline).flatMap(steps);


/***/ }),

/***/ 6784:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ secretsOf),
/* harmony export */   VX: () => (/* binding */ secretValues),
/* harmony export */   pU: () => (/* binding */ requireSecrets),
/* harmony export */   yq: () => (/* binding */ unusedSecrets)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _json_document_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1008);
/* harmony import */ var _json_suggest_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7027);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4364);
/* harmony import */ var _pipeline_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1563);





/** Finds the secrets that a step's options name. The program's meta.json says which options do. */
function secretsOf(document, options, { meta }, given) {
    const nodes = (meta.secrets ?? []).flatMap((pointer) => (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .select */ .Lt)(options, pointer));
    const named = nodes.filter(({ type }) => type === "string");
    return new Map(named.map((node) => [node.value, { value: given.get(node.value), at: (0,_json_document_js__WEBPACK_IMPORTED_MODULE_1__/* .locationOf */ .hD)(document, node) }]));
}
/** The values of a step's secrets, by name. */
const secretValues = ({ secrets }) => new Map([...secrets].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])));
/** Throws if a pipeline's steps need secrets that the user hasn't given. */
function requireSecrets(pipeline) {
    const all = (0,_pipeline_js__WEBPACK_IMPORTED_MODULE_3__/* .allSteps */ .Bd)(pipeline).flatMap(({ secrets }) => [...secrets]);
    const missing = all.filter(([, { value }]) => value === undefined);
    const problems = missing.map(([name, { at }]) => ({
        message: `there is no secret ${JSON.stringify(name)}`,
        at,
        hint: `give it with --secret id=${name},env=VARIABLE or --secret id=${name},src=FILE`,
    }));
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS("INVALID", problems);
}
/** The warnings for secrets that no step of these pipelines uses. */
function unusedSecrets(pipelines, given) {
    const used = new Set(pipelines.flatMap(_pipeline_js__WEBPACK_IMPORTED_MODULE_3__/* .allSteps */ .Bd).flatMap(({ secrets }) => [...secrets.keys()]));
    const unused = [...given.keys()].filter((name) => !used.has(name));
    return unused.map((name) => ({
        message: `no step uses the secret ${JSON.stringify(name)}`,
        hint: (0,_json_suggest_js__WEBPACK_IMPORTED_MODULE_4__/* .didYouMean */ .a)(name, [...used]),
    }));
}


/***/ }),

/***/ 1373:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Ew: () => (/* binding */ canonicalName),
  bs: () => (/* binding */ metaPath),
  uK: () => (/* binding */ openLibrary)
});

// UNUSED EXPORTS: allPrograms

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ../../node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(7415);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/json/document.js + 2 modules
var json_document = __nccwpck_require__(1008);
// EXTERNAL MODULE: ./out/src/json/nodes.js
var nodes = __nccwpck_require__(4488);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __nccwpck_require__(1856);
// EXTERNAL MODULE: ./out/src/json/wording.js
var wording = __nccwpck_require__(6161);
// EXTERNAL MODULE: ./out/src/remembered.js
var remembered = __nccwpck_require__(490);
// EXTERNAL MODULE: ./out/src/json/canonical.js
var canonical = __nccwpck_require__(5503);
;// CONCATENATED MODULE: ./out/src/programs/foreign.js




/** The services that osbuild's own engine provides to its stages besides their options. */
const services = ["inputs", "devices", "mounts"];
const demand = (0,shape/* shaped */.e9)({
    required: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
    minItems: (0,shape/* optional */.lq)(shape/* count */.U9),
    minProperties: (0,shape/* optional */.lq)(shape/* count */.U9),
});
const schema2 = (0,shape/* shaped */.e9)({
    options: (0,shape/* optional */.lq)(shape/* object */.Ik),
    definitions: (0,shape/* optional */.lq)(shape/* object */.Ik),
    inputs: (0,shape/* optional */.lq)(demand),
    devices: (0,shape/* optional */.lq)(demand),
    mounts: (0,shape/* optional */.lq)(demand),
});
/** The shape of the meta.json of osbuild's own stages. */
const foreignMeta = (0,shape/* shaped */.e9)({
    summary: (0,shape/* optional */.lq)(shape/* string */.Yj),
    description: (0,shape/* optional */.lq)((0,shape/* either */.gP)(shape/* string */.Yj, (0,shape/* listOf */.c3)(shape/* string */.Yj))),
    capabilities: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
    schema: (0,shape/* optional */.lq)(shape/* object */.Ik),
    schema_2: (0,shape/* optional */.lq)(schema2),
});
/** The capabilities that osbuild's stages have without asking, beyond our default set. */
const capabilities = [
    "CAP_IPC_LOCK",
    "CAP_LINUX_IMMUTABLE",
    "CAP_MAC_OVERRIDE",
    "CAP_SYS_ADMIN",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
];
const requires = ["/usr/bin/python3"];
/** Whether a meta.json has the form of osbuild's own stages. */
const isForeign = (meta) => "schema" in meta || "schema_2" in meta;
/** Finds out how a program that isn't TypeScript gets its arguments. */
function contractOf(libdir, meta, program) {
    if (meta !== undefined)
        return isForeign(meta) ? "arguments file" : "own";
    const [starter, runners] = [`${libdir}/osbuild-run`, `${libdir}/runners`];
    if (![starter, runners].some((path) => (0,external_node_fs_.existsSync)(path)))
        return "own";
    // Before there was a meta.json, the way to get the arguments depended on the release.
    if (/\bapi\.arguments\(/.test(program))
        return asksEngine(libdir) ? "arguments socket" : "arguments file";
    // From release 5 on, `osbuild-run` expects file descriptors over a socket, which Node.js can't pass.
    const isOlder = (0,external_node_fs_.existsSync)(starter) && !(0,external_node_fs_.readFileSync)(starter, "utf8").includes("setup-stdio");
    return isOlder ? "osbuild-run" : "standard input";
}
function asksEngine(libdir) {
    const api = `${libdir}/osbuild/api.py`;
    return (0,external_node_fs_.existsSync)(api) && (0,external_node_fs_.readFileSync)(api, "utf8").includes("get-arguments");
}
/**
 * The services of osbuild's engine that a stage can't do without. Many stages declare services that are optional. For
 * example, `users` changes the tree itself if it is given none, here as in osbuild.
 */
function demandsOf(contract, meta, program) {
    if (contract === "own" || contract === "osbuild-run")
        return [];
    const schema = (meta ?? {}).schema_2 ?? embeddedSchema(program);
    const demanded = services.filter((service) => {
        const { required = [], minItems = 0, minProperties = 0 } = schema?.[service] ?? {};
        return required.length + minItems + minProperties > 0;
    });
    return meta === undefined ? [...demanded, ...usesOf(program)] : demanded;
}
/** Stages never declared the services they got over the engine's sockets, and at first they didn't declare inputs. */
function usesOf(program) {
    const uses = {
        inputs: !/^SCHEMA_2 = /m.test(program) && /args\["inputs"\]/.test(program),
        sources: /args\["sources"\]/.test(program),
        "loop devices": /\bLoopClient\(/.test(program),
    };
    return Object.entries(uses).flatMap(([name, isUsed]) => (isUsed ? [name] : []));
}
/** Before there was a meta.json, a stage's source contained its schema_2. */
function embeddedSchema(program) {
    const [, raw, text] = /^SCHEMA_2 = (r?)"""(.*?)^"""/ms.exec(program) ?? [];
    if (text === undefined)
        return undefined;
    // Only Python can read this text reliably. A schema that can't be parsed here counts as demanding nothing.
    return (0,shape/* fromJson */.Rf)(schema2, `{${raw === "r" ? text : text.replaceAll("\\\\", "\\")}}`);
}
/** osbuild's assemblers need loop devices from their engine, so our own assemblers take their place. */
const isServed = (contract, kind) => contract === "own" || kind === "stage";
/** Translates the meta.json of a foreign program into ours. */
function translate(contract, { name }, found) {
    if (contract === "own")
        return found ?? {};
    if (contract === "osbuild-run" || contract === "standard input") {
        // Nothing in these releases declares which stages download, so their names decide.
        const network = /\.(dnf|yum|rpm)$/.test(name);
        return { requires, network, pinned: name.endsWith(".rpm"), capabilities: [...capabilities, "CAP_MAC_ADMIN"] };
    }
    const { summary, description, schema, schema_2, capabilities: asked = [] } = (found ?? {});
    const { options = {}, definitions } = schema_2 ?? {};
    return {
        requires,
        capabilities: [...capabilities, ...asked],
        options: schema ?? { ...options, ...(definitions === undefined ? {} : { definitions }) },
        ...(summary === undefined ? {} : { summary }),
        ...(description === undefined ? {} : { description: [description].flat().join("\n") }),
    };
}
/** Adds the files that start such a program or that it may import: `osbuild-run` and the libdir's Python modules. */
async function hashSurroundings(hash, libdir) {
    const modules = (0,external_node_fs_.existsSync)(`${libdir}/osbuild`)
        ? await (0,promises_.readdir)(`${libdir}/osbuild`, { recursive: true, encoding: "utf8" })
        : [];
    const files = [
        ...modules.filter((path) => path.endsWith(".py")).map((path) => `osbuild/${path}`),
        ...((0,external_node_fs_.existsSync)(`${libdir}/osbuild-run`) ? ["osbuild-run"] : []),
    ];
    for (const path of files.sort())
        hash.update((0,canonical/* canonicalString */.Ml)(path)).update(await (0,promises_.readFile)(`${libdir}/${path}`));
}

;// CONCATENATED MODULE: ./out/src/programs/program.js

const requirement = (0,shape/* either */.gP)(shape/* string */.Yj, (0,shape/* shaped */.e9)({ programs: (0,shape/* listOf */.c3)(shape/* string */.Yj), when: shape/* object */.Ik }));
const input = (0,shape/* either */.gP)(shape/* string */.Yj, (0,shape/* shaped */.e9)({
    at: shape/* string */.Yj,
    unless: (0,shape/* optional */.lq)(shape/* string */.Yj),
    matching: (0,shape/* optional */.lq)(shape/* string */.Yj),
    globs: (0,shape/* optional */.lq)(shape/* boolean */.zM),
    exclude: (0,shape/* optional */.lq)(shape/* string */.Yj),
}));
/** The shape of our own programs' meta.json. */
const ownMeta = (0,shape/* shaped */.e9)({
    summary: (0,shape/* optional */.lq)(shape/* string */.Yj),
    description: (0,shape/* optional */.lq)(shape/* string */.Yj),
    options: (0,shape/* optional */.lq)(shape/* object */.Ik),
    warnings: (0,shape/* optional */.lq)(shape/* object */.Ik),
    example: (0,shape/* optional */.lq)(shape/* object */.Ik),
    requires: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(requirement)),
    network: (0,shape/* optional */.lq)(shape/* boolean */.zM),
    pinned: (0,shape/* optional */.lq)(shape/* boolean */.zM),
    mounts: (0,shape/* optional */.lq)((0,shape/* oneOf */.yL)("on request", "none")),
    capabilities: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
    state: (0,shape/* optional */.lq)(shape/* boolean */.zM),
    lock: (0,shape/* optional */.lq)(shape/* boolean */.zM),
    id: (0,shape/* optional */.lq)(shape/* boolean */.zM),
    inputs: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(input)),
    layers: (0,shape/* optional */.lq)((0,shape/* either */.gP)((0,shape/* oneOf */.yL)(true), shape/* object */.Ik)),
    secrets: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
    runtime: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
});

;// CONCATENATED MODULE: ./out/src/programs/library.js













const folders = { stage: "stages", assembler: "assemblers" };
/** Opens the libdirs. Each program is read only when it is first asked for. */
function openLibrary(libdirs) {
    const found = new Map();
    const moduleAt = (0,remembered/* remembered */.H)(readModule);
    return {
        find(kind, name) {
            const key = `${kind} ${name}`;
            const program = found.get(key) ?? findIn(libdirs, moduleAt, kind, canonicalName(name));
            found.set(key, program);
            return program;
        },
        async names(kind) {
            const lists = await Promise.all(libdirs.map((libdir) => list(libdir, kind)));
            return [...new Set(lists.flat())].sort();
        },
    };
}
/** All programs of a library: the stages and then the assemblers, each by name. */
async function allPrograms(library) {
    const kinds = Object.keys(folders);
    const found = await Promise.all(kinds.map(async (kind) => Promise.all((await library.names(kind)).map((name) => library.find(kind, name)))));
    return found.flat().filter((program) => program !== undefined);
}
/** Translates the names of June 2019: `io.weldr.X` is now `org.osbuild.X`. */
const canonicalName = (name) => name.replace(/^io\.weldr\./, "org.osbuild.");
/** A program's name is its file's name without the extension, never a path. */
const isName = (name) => /^[\w-][\w.-]*$/.test(name) && !/\.(ts|json)$/.test(name) && `${name}.meta.json`.length <= 255;
async function findIn(libdirs, moduleAt, kind, name) {
    if (!isName(name))
        return undefined;
    for (const libdir of libdirs) {
        const program = await load(libdir, moduleAt, kind, name);
        if (program !== undefined)
            return program;
    }
    return undefined;
}
async function list(libdir, kind) {
    const entries = await (0,promises_.readdir)(`${libdir}/${folders[kind]}`, { withFileTypes: true }).catch(undefinedIf("ENOENT"));
    const files = (entries ?? []).filter((entry) => !entry.isDirectory());
    return files.map(({ name }) => name.replace(/\.ts$/, "")).filter(isName);
}
async function load(libdir, moduleAt, kind, name) {
    const base = `${libdir}/${folders[kind]}/${name}`;
    for (const path of [`${base}.ts`, base]) {
        const source = moduleAt(path);
        if (source === undefined)
            continue;
        const metaText = read(metaPath({ path }))?.toString();
        const hash = (0,external_node_crypto_.createHash)("sha256")
            .update(source.bytes)
            .update(`\0${metaText ?? ""}`);
        const modules = path.endsWith(".ts") ? withImports(moduleAt, path) : new Map();
        for (const [imported, module] of modules)
            if (imported !== path)
                hash.update(`\0${(0,external_node_path_.relative)(libdir, imported)}\0`).update(module.bytes);
        const found = metaText === undefined ? undefined : parseMeta(metaPath({ path }), metaText);
        const contract = path.endsWith(".ts") ? "own" : contractOf(libdir, found, source.text);
        if (!isServed(contract, kind))
            return undefined;
        if (contract !== "own")
            await hashSurroundings(hash, libdir);
        const meta = translate(contract, { name }, found);
        const demands = demandsOf(contract, found, source.text);
        const named = [...modules].map(([file, module]) => [(0,external_node_path_.relative)(libdir, file), module]);
        const files = new Map(named.map(([file, module]) => [file, module.digest]));
        files.set((0,external_node_path_.relative)(libdir, path), source.digest);
        if (metaText !== undefined)
            files.set((0,external_node_path_.relative)(libdir, metaPath({ path })), (0,external_node_crypto_.hash)("sha256", metaText));
        const texts = new Map(named.map(([file, { text }]) => [file, text]));
        return { kind, name, path, libdir, contract, meta, demands, digest: hash.digest("hex"), files, modules: texts };
    }
    return undefined;
}
/** The path of a program's meta.json. */
const metaPath = ({ path }) => `${path.replace(/\.ts$/, "")}.meta.json`;
function parseMeta(path, text) {
    const meta = parse(path, text);
    requireShape(path, text, meta, shape/* object */.Ik);
    requireShape(path, text, meta, isForeign(meta) ? foreignMeta : ownMeta);
    return meta;
}
function parse(path, text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        // Our own parser is slower, but it takes comments, and reports what is wrong and where.
        return (0,nodes/* toValue */.BA)((0,json_document/* parseDocument */.Tp)(path, text).root);
    }
}
/** Throws if a program's meta.json isn't as docs/writing-stages.md describes it. */
function requireShape(path, text, meta, shape) {
    const misfit = shape.misfit(meta);
    if (misfit === undefined)
        return;
    const document = (0,json_document/* parseDocument */.Tp)(path, text);
    const { root } = document;
    const keys = [...misfit.path];
    const node = (0,main.findNodeAtLocation)(root, keys);
    const place = node ?? (0,main.findNodeAtLocation)(root, keys.slice(0, -1)) ?? root;
    const name = node === root ? "a meta.json" : (0,wording/* nameOf */.Vb)(place);
    const message = node === undefined ? `${(0,wording/* quote */.hD)(keys.at(-1))} is missing` : `${name} must be ${misfit.expected}, not ${(0,wording/* shown */.SP)(node)}`;
    throw new errors/* BuildError */.zS("INVALID", [{ message, at: (0,json_document/* locationOf */.hD)(document, place) }]);
}
/** A module and those that it imports, with theirs, by path: each before those that it imports. */
function withImports(moduleAt, path, found = new Map()) {
    const module = moduleAt(path) ?? moduleOf(path, Buffer.alloc(0));
    found.set(path, module);
    for (const imported of module.imports)
        if (!found.has(imported))
            withImports(moduleAt, imported, found);
    return found;
}
function readModule(path) {
    const bytes = read(path);
    return bytes === undefined ? undefined : moduleOf(path, bytes);
}
function moduleOf(path, bytes) {
    const text = bytes.toString();
    const specifiers = text.matchAll(/\b(?:from|import)[\s(]*["'](\.{1,2}\/[^"']+)["']/g);
    const imports = [...specifiers].map(([, specifier]) => (0,external_node_path_.resolve)((0,external_node_path_.dirname)(path), specifier));
    return { bytes, text, digest: (0,external_node_crypto_.hash)("sha256", bytes), imports };
}
/**
 * Undefined if there is no such file. A directory, such as `stages/lib`, isn't a file. The many small files of a
 * build's programs are read at once, because each wait for a thread takes longer than reading one.
 */
function read(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path);
    }
    catch (error) {
        return undefinedIf("ENOENT", "EISDIR")(error);
    }
}
function undefinedIf(...codes) {
    return (error) => {
        if (codes.some((code) => (0,errors/* hasCode */.up)(error, code)))
            return undefined;
        throw error;
    };
}


/***/ }),

/***/ 4261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ parsePinned),
/* harmony export */   W2: () => (/* binding */ pinnedName)
/* harmony export */ });
/* unused harmony exports parseReference, parseTagged, taggedForm, isTag, isLoopback, apiOf */
// The grammar of OCI's distribution specification, and the rule by which Docker tells a host from a first name.
const host = /^(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+|\[[0-9a-fA-F:]+\]|[a-zA-Z0-9-]+(?=:))(?::\d{1,5})?$/;
const name = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*$/;
const longestName = 255;
/** Reads `registry.example/team/images` or `registry.example/team/images:tag`. Undefined if the text is neither. */
function parseReference(text) {
    const [, registry = "", repository = "", tag] = /^([^/]*)\/([^:]*)(?::(.*))?$/s.exec(text) ?? [];
    if (!host.test(registry) || !name.test(repository) || repository.length > longestName)
        return undefined;
    return tag === undefined || isTag(tag) ? { registry, repository, tag } : undefined;
}
/** Reads a reference that has a tag. Undefined if the text isn't one. */
function parseTagged(text) {
    const reference = parseReference(text);
    return reference?.tag === undefined ? undefined : { ...reference, tag: reference.tag };
}
/**
 * Reads `registry.example/team/images@sha256:…`. A tag before the digest means nothing, but tools that update digests
 * go by it. Undefined if the text isn't such a reference.
 */
function parsePinned(text) {
    const [, named = "", digest = ""] = /^([^@]*)@(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
    const reference = parseReference(named);
    return reference && { registry: reference.registry, repository: reference.repository, digest };
}
/** Names an image by its digest. */
const pinnedName = ({ registry, repository, digest }) => `${registry}/${repository}@${digest}`;
/** The hint for a text that isn't a reference with a tag. */
const taggedForm = "write registry.example/owner/image:tag, in small letters";
/** Whether a manifest can have this tag. */
const isTag = (text) => /^\w[\w.-]{0,127}$/.test(text);
/** Whether a URL's host is this machine: there alone, nobody on the way can read what isn't encrypted. */
const isLoopback = ({ hostname }) => ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
/** The root of a registry's API. It is encrypted, except on this machine. */
function apiOf({ registry }) {
    const plain = new URL(`http://${registry}/v2/`);
    return isLoopback(plain) ? plain : new URL(`https://${registry}/v2/`);
}


/***/ }),

/***/ 490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ remembered)
/* harmony export */ });
/** A function that computes each key's value once. */
function remembered(compute) {
    const values = new Map();
    return (key) => {
        if (!values.has(key))
            values.set(key, compute(key));
        return values.get(key);
    };
}


/***/ }),

/***/ 7250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   EU: () => (/* binding */ shortName),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/* unused harmony exports formatSeconds, formatTable */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

/** A number and its noun, which is given in the singular. */
const formatCount = (count, noun) => `${count.toLocaleString("en")} ${count === 1 ? noun : noun.replace(/(?<![aeiou])y$/, "ie")}${count === 1 ? "" : "s"}`;
/** A number of bytes in the unit that fits. */
function formatBytes(bytes) {
    const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), 4);
    const value = bytes / 1024 ** power;
    return `${power === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${["B", "KiB", "MiB", "GiB", "TiB"][power]}`;
}
/** A duration as people read it, such as `1.23 s` or `2 min 05 s`. */
function formatSeconds(seconds) {
    if (seconds < 59.95)
        return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
/** A program's name without the prefix that all of them share. */
const shortName = (name) => name.replace(/^(org\.osbuild|io\.weldr)\./, "");
/** Formats rows as a table whose columns are as narrow as possible. */
function formatTable(columns, rows) {
    const widthOf = (cell = "") => stripVTControlCharacters(cell).length;
    const widths = columns.map((_, index) => Math.max(...rows.map((row) => widthOf(row[index]))));
    const lines = rows.map((row) => row.map((cell, index) => {
        const blanks = " ".repeat((widths[index] ?? 0) - widthOf(cell));
        return columns[index]?.align === "right" ? blanks + cell : cell + blanks;
    }));
    return lines.map((cells) => cells.join("  ").trimEnd()).join("\n");
}


/***/ }),

/***/ 6843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ subjectOf),
  z: () => (/* binding */ tool)
});

;// CONCATENATED MODULE: ./out/package.json
const package_namespaceObject = /*#__PURE__*/JSON.parse('{"UU":"osbuild-action","rE":"1.0.0"}');
// EXTERNAL MODULE: ./out/src/epoch.js
var epoch = __nccwpck_require__(1531);
;// CONCATENATED MODULE: ./out/src/sbom/subject.js


/** Describes a stored output. */
function subjectOf({ id, files, parts }) {
    const [file] = files.length === 1 ? files : [];
    const { sourceEpoch = epoch/* defaultSourceEpoch */.w } = parts;
    const created = new Date(sourceEpoch * 1000);
    return { path: file?.path ?? "output", sha256: file?.sha256 ?? null, outputId: id, created };
}
/** The program that writes SBOMs. */
const tool = { name: package_namespaceObject.UU, version: package_namespaceObject.rE };


/***/ }),

/***/ 6526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ maskedForms),
/* harmony export */   OM: () => (/* binding */ secretOf),
/* harmony export */   XP: () => (/* binding */ formsOf)
/* harmony export */ });
/* unused harmony exports mostBytes, isSecretName, unfitness */
/** The fewest characters of a secret. A shorter one can't be told from ordinary text in a log or a file. */
const shortest = 8;
/** The most bytes of a secret. GitHub's own limit is 48 KB. */
const mostBytes = (/* unused pure expression or super */ null && (64 * 1024));
/** Makes a secret of its value. */
const secretOf = (value) => ({ reveal: () => value });
/** Whether a text can be a secret's name, which is also the name of its file. */
const isSecretName = (text) => /^\w[\w.-]{0,99}$/.test(text);
/** Why a text can't be a secret's value; undefined if it can. */
function unfitness(value) {
    const { length } = value.trim();
    if (length === 0)
        return "is empty";
    if (length < shortest)
        return `has ${length} characters, and a secret has at least ${shortest}`;
    if (Buffer.byteLength(value) > mostBytes)
        return `has more than ${mostBytes / 1024} KiB`;
    return /[\0\ufffd]/.test(value) ? "isn't text" : undefined;
}
/** The texts that are searched for in files: the value, and its forms in URLs and in base64. */
const formsOf = ({ reveal }) => encodings(reveal().trim());
/**
 * The texts that are hidden in logs: the same, and those of each line. A short line, such as a brace, is ordinary text.
 */
function maskedForms({ reveal }) {
    const value = reveal().trim();
    const lines = value.split("\n").map((line) => line.trim());
    return [...new Set([value, ...lines].filter((text) => text.length >= shortest).flatMap(encodings))];
}
const encodings = (text) => [
    ...new Set([text, encodeURIComponent(text), Buffer.from(text).toString("base64").replace(/=+$/, "")]),
];


/***/ }),

/***/ 737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ provideSources),
/* harmony export */   o: () => (/* binding */ acceptSource)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1795);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2689);
/* harmony import */ var _store_objects_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2088);





/**
 * Puts files into a directory, from the store or else from their addresses. Each is checked against its digest, also
 * those of the store. Throws a problem for each file that none of its addresses has.
 */
async function provideSources(layout, sources, delivery) {
    const unique = new Map(sources.map((source) => [source.sha256, source])).values();
    const unstored = await takeAll(layout, unique, delivery.directory);
    if (unstored.length === 0)
        return;
    await delivery.recall(unstored);
    const missing = await takeAll(layout, unstored.values(), delivery.directory);
    if (missing.length > 0)
        await fetchMissing(layout, missing, delivery);
}
/** Links files of the store into a directory, and returns those that the store doesn't have. */
async function takeAll(layout, sources, directory) {
    const missing = [];
    const rest = Iterator.from(sources);
    const worker = async () => {
        for (const source of rest)
            if (!(await take(layout, source, directory)))
                missing.push(source);
    };
    await Promise.all(Array.from({ length: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() }, worker));
    return missing;
}
async function fetchMissing(layout, missing, delivery) {
    const { directory, refusals } = await delivery.fetch(missing);
    const problems = [];
    for (const source of missing) {
        await acceptSource(layout, `${directory}/${source.sha256}`, source);
        if (!(await take(layout, source, delivery.directory)))
            problems.push(problemOf(source, refusals));
    }
    // Files that weren't tried, because a server can't be reached, have no refusals of their own.
    const told = problems.filter((problem) => problem.message.includes("\n"));
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS("HOST", told.length > 0 ? told : problems);
}
/** Moves a file that nobody else can change into the store, if it is what it should be. Returns whether it is. */
async function acceptSource(layout, path, { sha256, size }) {
    if (!(await (0,_store_objects_js__WEBPACK_IMPORTED_MODULE_4__/* .hasDigest */ .tH)(path, sha256, (found) => found === size)))
        return false;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(path, layout.source(sha256));
    return true;
}
function problemOf({ name, sha256 }, refusals) {
    const said = (refusals[sha256] ?? []).map(({ address, reason }) => `\n  ${address}: ${reason}`);
    return { message: `${name} can't be fetched${said.length > 0 ? ":" : ""}${said.join("")}` };
}
/** Links a file of the store into a directory, if the store has it unharmed. It counts as used now. */
async function take(layout, { sha256, size }, directory) {
    const path = layout.source(sha256);
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).catch((error) => {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
    });
    if (stats === undefined)
        return false;
    if (!stats.isFile() || !(await (0,_store_objects_js__WEBPACK_IMPORTED_MODULE_4__/* .hasDigest */ .tH)(path, sha256, (found) => found === size))) {
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_3__/* .removeTree */ .dM)(path);
        return false;
    }
    const now = new Date();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(path, now, now);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.link)(path, `${directory}/${sha256}`);
    return true;
}


/***/ }),

/***/ 3169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a6: () => (/* binding */ isXfsAcl),
/* harmony export */   cd: () => (/* binding */ removeAttributes),
/* harmony export */   jJ: () => (/* binding */ forEach),
/* harmony export */   jl: () => (/* binding */ resetAttributes),
/* harmony export */   p0: () => (/* binding */ isNote)
/* harmony export */ });
/* harmony import */ var _assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5330);
/* harmony import */ var _overlay_lower_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7157);


/** Runs a command with these files of a directory as its last arguments, however many there are. */
const forEach = (namespace, directory, argv, paths) => namespace.run(["xargs", "--null", ...argv, "--"], {
    cwd: directory,
    input: Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1"),
});
/** Removes attributes with these names from the files that have them. */
async function removeAttributes(namespace, directory, found, isMeant) {
    const names = found.flatMap(({ attributes }) => [...attributes.keys()]).filter(isMeant);
    for (const name of new Set(names)) {
        const having = found.filter(({ attributes }) => attributes.has(name));
        const argv = ["setfattr", "--no-dereference", `--remove=${name}`];
        await forEach(namespace, directory, argv, oneNameEach(namespace.path(directory), having));
    }
}
/** Keeps one name of each file that has several: the names share their attributes. */
function oneNameEach(directory, files) {
    const names = files.map(({ path }) => [(0,_overlay_lower_js__WEBPACK_IMPORTED_MODULE_0__/* .statOf */ ._N)(directory, `/${path}`)?.ino, path]);
    return [...new Map(names).values()];
}
/** overlayfs's own bookkeeping. It varies from run to run and means nothing in a packed layer. */
const isNote = (name) => /^trusted\.overlay\.(origin|impure|uuid|nlink|protattr)$/.test(name);
/** XFS shows a file's ACLs as attributes of the file, too. */
const isXfsAcl = (name) => name === "trusted.SGI_ACL_FILE" || name === "trusted.SGI_ACL_DEFAULT";
/** ACLs are kept beside the image, in an order of their own. */
const isOrdered = (name) => !name.startsWith("system.") && !isXfsAcl(name) && !isNote(name);
/** A kernel with SELinux doesn't let anyone remove a label. It is each file's first attribute there anyway. */
const isReset = (name) => isOrdered(name) && name !== "security.selinux";
/**
 * Sets the attributes of files with several of them again, in the order of their names. Then files with the same
 * attributes list them in the same order, which is what mksquashfs goes by to store equal ones once. What that order is
 * still depends on the disk: `sortTable` of attribute-table.ts deals with that.
 */
async function resetAttributes(namespace, directory, found) {
    const several = found.filter(({ attributes }) => [...attributes.keys()].filter(isOrdered).length > 1);
    if (several.length === 0)
        return;
    await removeAttributes(namespace, directory, several, isReset);
    const dump = several.map(({ path, attributes }) => {
        const sorted = [...attributes].filter(([name]) => isReset(name)).sort(([a], [b]) => (a < b ? -1 : 1));
        return (0,_assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDump */ .IP)({ path, attributes: new Map(sorted) });
    });
    const input = Buffer.from(dump.join(""), "latin1");
    await namespace.run(["setfattr", "--no-dereference", "--restore=-"], { cwd: directory, input });
}


/***/ }),

/***/ 5765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ contentOf),
/* harmony export */   Ue: () => (/* binding */ treeContent),
/* harmony export */   "in": () => (/* binding */ emptyTree),
/* harmony export */   sF: () => (/* binding */ rootFacts)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8500);
/* harmony import */ var _tree_contents_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2613);
/* harmony import */ var _tree_walk_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9590);
/* harmony import */ var _attribute_order_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3169);






/** The digest of a tree without layers. */
const emptyTree = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", "");
/** The digest of what a tree holds, from that of the layers below and that of its uppermost layer. */
const treeContent = (below, layer) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", `${below} ${layer}`);
/**
 * Reads what a settled layer holds. Its digest is of names, kinds, modes, owners, times, extended attributes, ACLs, bytes, link
 * targets, device numbers, hard links and overlayfs's deletions. It is the same on every file system, whatever the
 * order of a directory, holes in a file, or the compression of the object that the layer is packed into.
 */
async function contentOf(upper, attributes) {
    const known = new Map(attributes.map((file) => [file.path === "." ? "" : file.path, meaningful(file)]));
    const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    const firstNames = new Map();
    const files = new Map();
    /** The same before they are given to hard links, by the paths' bytes. */
    const digests = new Map();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    await add("", Buffer.from(upper), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(upper));
    for (const { path, place, stats, first } of (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .walk */ .GG)(upper)) {
        // Let the build go on meanwhile.
        if (stats.isDirectory())
            await node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.scheduler.yield();
        const name = place.subarray(Buffer.byteLength(upper) + 1).toString("latin1");
        await add(name, place, stats);
        const digest = first === undefined ? digests.get(name) : files.get(first);
        if (digest !== undefined)
            files.set(path, digest);
    }
    return { digest: sum.digest("hex"), files };
    async function add(path, place, stats) {
        sum.update(`${JSON.stringify(await describe(path, place, stats))}\n`);
    }
    async function describe(path, place, stats) {
        const kind = (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .kindOf */ .I)(stats);
        // Kernels differ in the modes and link counts of whiteouts.
        if (kind === "character device" && stats.rdev === 0)
            return [path, "whiteout"];
        const inode = `${stats.dev}:${stats.ino}`;
        const first = kind === "directory" || stats.nlink === 1 ? undefined : firstNames.get(inode);
        if (first !== undefined)
            return [path, "hard link", first];
        if (kind !== "directory" && stats.nlink > 1)
            firstNames.set(inode, path);
        const bytes = await bytesOf(kind, place, stats);
        if (kind === "file")
            digests.set(path, (0,_tree_contents_js__WEBPACK_IMPORTED_MODULE_3__/* .shortDigest */ .V)(Buffer.from(`${bytes}`, "hex").toString("base64url")));
        return [...factsOf(kind, stats), path, bytes, ...(known.get(path) ?? [])];
    }
    async function bytesOf(kind, place, { rdev }) {
        switch (kind) {
            case "file":
                return (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Of */ .Bj)(place, buffer, "hex");
            case "symbolic link":
                return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readlinkSync)(place, "latin1");
            case "character device":
            case "block device":
                return rdev;
            case "directory":
            case "fifo":
            case "socket":
                return "";
        }
    }
}
/** Everything about a layer's root except its names. It begins like the root of the layer below. */
function rootFacts(upper, attributes) {
    const root = attributes.filter(({ path }) => path === ".").flatMap(meaningful);
    return JSON.stringify([...factsOf("directory", (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(upper)), ...root]);
}
/** The mode of a symbolic link means nothing, and file systems differ in it. */
const factsOf = (kind, { mode, uid, gid, mtimeMs }) => [
    kind,
    kind === "symbolic link" ? 0 : mode & 0o7777,
    uid,
    gid,
    Math.floor(mtimeMs / 1000),
];
/**
 * A file's attributes, sorted by name. Of overlayfs's own, only that of an opaque directory says what the tree holds.
 */
const meaningful = ({ attributes }) => [...attributes]
    .filter(([name]) => !/^trusted\.overlay\.(?!opaque$)/.test(name) && !(0,_attribute_order_js__WEBPACK_IMPORTED_MODULE_5__/* .isXfsAcl */ .a6)(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));


/***/ }),

/***/ 2635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Me: () => (/* binding */ DamagedError),
/* harmony export */   UF: () => (/* binding */ hasDamagedContents),
/* harmony export */   bi: () => (/* binding */ requireSound),
/* harmony export */   gH: () => (/* binding */ isSound),
/* harmony export */   hN: () => (/* binding */ recordedContents),
/* harmony export */   rG: () => (/* binding */ dropObject)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1795);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3740);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2689);
/* harmony import */ var _tree_contents_file_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5772);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4234);
/* harmony import */ var _objects_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(2088);
/* harmony import */ var _refs_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(6720);
/* harmony import */ var _sizes_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(4246);










/** The error for an object of the store that doesn't match its digest. */
class DamagedError extends _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS {
    constructor(digest) {
        const hint = "build the pipeline again: that replaces the damaged object";
        super("STORE", [{ message: `object ${digest} of the store is damaged`, hint }]);
    }
}
/** Whether an object matches its digest. It is read only if it has changed since it was last checked. */
async function isSound(layout, digest, canHave = (0,_sizes_js__WEBPACK_IMPORTED_MODULE_9__/* .openSizes */ .L)(layout)) {
    const object = layout.object(digest);
    const state = await (0,_marks_js__WEBPACK_IMPORTED_MODULE_6__/* .stateOf */ .L4)(object);
    if (state === undefined)
        return false;
    if (state === (await (0,_marks_js__WEBPACK_IMPORTED_MODULE_6__/* .readMark */ .Mp)(layout, digest)))
        return true;
    if (!(await (0,_objects_js__WEBPACK_IMPORTED_MODULE_7__/* .hasDigest */ .tH)(object, digest, (size) => canHave(digest, size))))
        return false;
    // An object that changed while it was read has to be read again.
    if ((await (0,_marks_js__WEBPACK_IMPORTED_MODULE_6__/* .stateOf */ .L4)(object)) !== state)
        return isSound(layout, digest, canHave);
    await (0,_marks_js__WEBPACK_IMPORTED_MODULE_6__/* .mark */ .Gy)(layout, digest, state);
    return true;
}
/** Throws a DamagedError unless all of these objects match their digests. */
async function requireSound(layout, digests) {
    const canHave = (0,_sizes_js__WEBPACK_IMPORTED_MODULE_9__/* .openSizes */ .L)(layout);
    for (const digest of digests)
        if (!(await isSound(layout, digest, canHave)))
            throw new DamagedError(digest);
}
/**
 * Removes a damaged object from the store, with the refs of the steps that it is the result of. Trees that contain it
 * are incomplete until it has been built again, bit for bit.
 */
async function dropObject(layout, digest) {
    const [object, aside] = [layout.object(digest), `${layout.temporary}/damaged-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`];
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(object, aside).catch((error) => {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
    });
    // Another build may have replaced it just now.
    const canHave = (0,_sizes_js__WEBPACK_IMPORTED_MODULE_9__/* .openSizes */ .L)(layout);
    if (await (0,_objects_js__WEBPACK_IMPORTED_MODULE_7__/* .hasDigest */ .tH)(aside, digest, (size) => canHave(digest, size)))
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(aside, object);
    await (0,_marks_js__WEBPACK_IMPORTED_MODULE_6__/* .unmark */ .dX)(layout, digest);
    await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_4__/* .removeTree */ .dM)(aside);
    for (const id of await (0,_refs_js__WEBPACK_IMPORTED_MODULE_8__/* .listRefs */ .Dy)(layout))
        if ((await (0,_refs_js__WEBPACK_IMPORTED_MODULE_8__/* .readRecord */ .aE)(layout, id))?.object === digest)
            await (0,_refs_js__WEBPACK_IMPORTED_MODULE_8__/* .removeRef */ .KF)(layout, id);
}
/** Whether the list of what an image contains is damaged. It isn't named by a digest, but contains one. */
async function hasDamagedContents(layout, id) {
    const text = await contentsText(layout, id);
    return text !== undefined && (0,_tree_contents_file_js__WEBPACK_IMPORTED_MODULE_5__/* .isDamagedContents */ .go)(text);
}
/** The contents of the image with this id. Undefined if they weren't recorded, or are damaged. */
async function recordedContents(layout, id) {
    const text = await contentsText(layout, id);
    return text === undefined ? undefined : (0,_tree_contents_file_js__WEBPACK_IMPORTED_MODULE_5__/* .decodeContents */ .Xt)(text);
}
/** Undefined if there is no text, and empty if it can't be read. */
async function contentsText(layout, id) {
    try {
        return await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readPlain */ .rM)(layout.contents(id), _tree_contents_file_js__WEBPACK_IMPORTED_MODULE_5__/* .mostContentsBytes */ .j4);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            return undefined;
        if ((0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnreadable */ .GZ)(error))
            return "";
        throw error;
    }
}


/***/ }),

/***/ 1860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  jV: () => (/* binding */ aclsOf),
  uw: () => (/* binding */ listAttributes),
  qq: () => (/* binding */ pack),
  _8: () => (/* binding */ restoreAcls),
  l1: () => (/* binding */ unpack)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: ./out/assemblers/lib/getfattr.js
var getfattr = __nccwpck_require__(5330);
// EXTERNAL MODULE: ./out/src/store/attribute-order.js
var attribute_order = __nccwpck_require__(3169);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
;// CONCATENATED MODULE: ./out/src/store/attribute-table.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});


/** Offsets in the superblock of a squashfs image: the kernel's fs/squashfs/squashfs_fs.h has the format. */
const superblock = { size: 96, bytesUsed: 40, attributeIds: 56 };
/** The length of the header of the table of ids, and of an entry: where its attributes are, their number and size. */
const sizes = { tableHeader: 16, id: 16, metadata: 8192 };
/** This bit of a metadata block's length says that the block isn't compressed. */
const isPlain = 0x8000;
/** This bit of an attribute's type says that its value is stored elsewhere. */
const isElsewhere = 0x100;
const prefixes = ["user.", "trusted.", "security."];
/** An image's file is padded to this size. */
const padding = 4096;
/**
 * Sorts the attributes of each file in a squashfs image by name, because mksquashfs keeps the order in which the disk
 * lists them. An image is left as it is if no file has several.
 */
async function sortTable(image) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,promises_.open)(image, "r+"), true);
        const read = async (start, length) => (await file.read(Buffer.alloc(length), 0, length, start)).buffer;
        const head = await read(0, superblock.size);
        const header = Number(head.readBigUInt64LE(superblock.attributeIds));
        const end = Number(head.readBigUInt64LE(superblock.bytesUsed));
        const [start, count] = [await read(header, 8), await read(header + 8, 4)];
        const first = Number(start.readBigUInt64LE());
        const table = await read(first, end - first);
        const index = table.subarray(header - first + sizes.tableHeader);
        const idBlocks = Array.from({ length: Math.ceil((count.readUInt32LE() * sizes.id) / sizes.metadata) }, (_, block) => readBlock(table, Number(index.readBigUInt64LE(block * 8)) - first));
        const ids = inEntries(Buffer.concat(idBlocks.map(({ data }) => data)), sizes.id);
        if (ids.every((id) => id.readUInt32LE(8) < 2))
            return;
        const contents = readBlocks(table, Number(index.readBigUInt64LE()) - first);
        const sorted = ids.map((id) => {
            const entries = readAttributes(contents, id.readBigUInt64LE(), id.readUInt32LE(8));
            return entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ bytes }) => bytes);
        });
        const written = writeTable(sorted, ids, first);
        await file.write(written.bytes, 0, written.bytes.length, first);
        head.writeBigUInt64LE(BigInt(written.header), superblock.attributeIds);
        head.writeBigUInt64LE(BigInt(first + written.bytes.length), superblock.bytesUsed);
        await file.write(head, 0, head.length, 0);
        const used = first + written.bytes.length;
        await file.truncate(used);
        await file.truncate(Math.ceil(used / padding) * padding);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const inEntries = (bytes, size) => Array.from({ length: bytes.length / size }, (_, entry) => bytes.subarray(entry * size, (entry + 1) * size));
/** Reads a metadata block, and says where the next one starts. */
function readBlock(table, start) {
    const length = table.readUInt16LE(start);
    const next = start + 2 + (length & ~isPlain);
    const stored = table.subarray(start + 2, next);
    return { data: length & isPlain ? stored : (0,external_node_zlib_.zstdDecompressSync)(stored), next };
}
function readBlocks(table, end) {
    const blocks = [];
    const places = new Map();
    for (let start = 0, place = 0; start < end;) {
        const { data, next } = readBlock(table, start);
        places.set(start, place);
        blocks.push(data);
        place += data.length;
        start = next;
    }
    return { bytes: Buffer.concat(blocks), places };
}
/** The place of a reference: the start of a block in the upper bits, the offset in the block in the lower 16. */
function placeOf({ places }, reference) {
    const start = places.get(Number(reference >> 16n));
    if (start === undefined)
        throw new Error("mksquashfs wrote a reference to no metadata block");
    return start + Number(reference & 0xffffn);
}
function readAttributes(contents, reference, count) {
    const { bytes } = contents;
    let at = placeOf(contents, reference);
    return Array.from({ length: count }, () => {
        const [type, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
        const name = bytes.subarray(at + 4, at + 4 + length);
        const stored = at + 4 + length;
        at = stored + 4 + bytes.readUInt32LE(stored);
        const value = type & isElsewhere ? placeOf(contents, bytes.readBigUInt64LE(stored + 4)) : stored;
        const head = Buffer.alloc(4);
        head.writeUInt16LE(type & ~isElsewhere, 0);
        head.writeUInt16LE(length, 2);
        return {
            name: (prefixes[type & 0xff] ?? "") + name.toString("latin1"),
            bytes: Buffer.concat([head, name, bytes.subarray(value, value + 4 + bytes.readUInt32LE(value))]),
        };
    });
}
/** Writes the table, uncompressed, at `first` in the image. Returns it with the position of its header in the image. */
function writeTable(attributes, ids, first) {
    let at = 0;
    const newIds = ids.map((id, index) => {
        const copy = Buffer.from(id);
        const block = Math.floor(at / sizes.metadata) * (2 + sizes.metadata);
        copy.writeBigUInt64LE((BigInt(block) << 16n) | BigInt(at % sizes.metadata));
        at += (attributes[index] ?? []).reduce((sum, { length }) => sum + length, 0);
        return copy;
    });
    const contents = inBlocks(Buffer.concat(attributes.flat()));
    const idBlocks = inBlocks(Buffer.concat(newIds));
    const startOfIds = first + lengthOf(contents);
    const starts = idBlocks.map((_, index) => BigInt(startOfIds + lengthOf(idBlocks.slice(0, index))));
    const header = Buffer.alloc(sizes.tableHeader);
    header.writeBigUInt64LE(BigInt(first));
    header.writeUInt32LE(ids.length, 8);
    const index = Buffer.from(BigUint64Array.from(starts).buffer);
    return {
        bytes: Buffer.concat([...contents, ...idBlocks, header, index]),
        header: startOfIds + lengthOf(idBlocks),
    };
}
const lengthOf = (buffers) => buffers.reduce((sum, { length }) => sum + length, 0);
/** Cuts bytes into metadata blocks that aren't compressed. */
const inBlocks = (bytes) => Array.from({ length: Math.ceil(bytes.length / sizes.metadata) }, (_, block) => {
    const data = bytes.subarray(block * sizes.metadata, (block + 1) * sizes.metadata);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(data.length | isPlain);
    return Buffer.concat([length, data]);
});

// EXTERNAL MODULE: ./out/src/store/objects.js
var objects = __nccwpck_require__(2088);
// EXTERNAL MODULE: ./out/src/store/overlay/lower.js
var lower = __nccwpck_require__(7157);
;// CONCATENATED MODULE: ./out/src/store/layers.js
var layers_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var layers_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** A squashfs image is padded to this size. The layer's POSIX ACLs follow it, because the format can't hold them. */
const block = 4096;
/** The names of attributes that are ACLs begin like this. */
const acl = "system.posix_acl_";
/** Lists the attributes of all files of a layer, overlayfs's own and ACLs included. */
async function listAttributes(namespace, upper) {
    return (0,getfattr/* parseDump */.oi)(await namespace.run([...(0,getfattr/* getfattr */.YR)(), "--recursive", "."], { cwd: upper, encoding: "latin1" }));
}
/** Packs a finished layer into the store as one file, whose bytes depend on nothing but the layer's content. */
async function pack(namespace, layout, { upper, attributes }, workspace, epoch) {
    await (0,attribute_order/* removeAttributes */.cd)(namespace, upper, attributes, attribute_order/* isNote */.p0);
    const source = await withoutAcls(namespace, { upper, attributes }, `${workspace}/${(0,external_node_crypto_.randomUUID)()}`);
    const image = `${workspace}/${(0,external_node_crypto_.randomUUID)()}.squashfs`;
    const argv = ["sh", "-c", packScript, "sh", source, image, "-noappend", "-no-progress", "-quiet", "-comp", "zstd"];
    await namespace.run([...argv, "-Xcompression-level", "3"], { env: { SOURCE_DATE_EPOCH: String(epoch) } });
    if (source !== upper)
        await (0,promises_.rm)(source, { recursive: true });
    await sortTable(image);
    const acls = aclText(attributes);
    if (acls !== "")
        await (0,promises_.appendFile)(image, acls, "latin1");
    return (0,objects/* addFile */.sM)(layout, image);
}
/**
 * Packs a directory. squashfs writes no xattr table for an image without xattrs, and then getxattr and setxattr fail on
 * every file. So set a dummy one, which overlayfs hides.
 */
const packScript = 'setfattr --name=trusted.overlay.packed --value=y "$1" && exec mksquashfs "$@"';
/** Makes a copy of a layer that is on XFS, without ACLs. Returns the layer itself if none show as attributes. */
async function withoutAcls(namespace, { upper, attributes }, copy) {
    const found = attributes.filter((file) => [...file.attributes.keys()].some(attribute_order/* isXfsAcl */.a6));
    if (found.length === 0)
        return upper;
    await namespace.run(["cp", "--archive", "--link", upper, copy]);
    // Directories have no links and are copies already. The others are shared with the layer, which must stay as it is.
    const shared = found
        .map(({ path }) => path)
        .filter((path) => (0,lower/* statOf */._N)(namespace.path(upper), `/${path}`)?.isDirectory() === false);
    const replace = ["cp", "--archive", "--parents", "--remove-destination", `--target-directory=${copy}`];
    await (0,attribute_order/* forEach */.jJ)(namespace, upper, replace, shared);
    await (0,attribute_order/* removeAttributes */.cd)(namespace, copy, found, (name) => name.startsWith(acl));
    return copy;
}
/** The ACLs in the format that setfattr reads. */
function aclText(found) {
    const entries = found.flatMap(({ path, attributes }) => {
        const acls = [...attributes].filter(([name]) => name.startsWith(acl)).sort();
        return acls.length === 0 ? [] : [(0,getfattr/* formatDump */.IP)({ path, attributes: new Map(acls) })];
    });
    // getfattr lists files in directory order, which differs from disk to disk.
    return entries.sort().join("");
}
/** Reads the ACLs of an object, which a mount of it doesn't show. Empty if there are none. */
async function aclsOf(object) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const start = await imageSize(object);
        const length = (await (0,promises_.stat)(object)).size - start;
        if (length <= 0)
            return "";
        const file = layers_addDisposableResource(env_1, await (0,promises_.open)(object), true);
        return (await file.read(Buffer.alloc(length), 0, length, start)).buffer.toString("latin1");
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = layers_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Restores the ACLs of the files below a directory. */
async function restoreAcls(namespace, acls, directory) {
    // This changes nothing, but makes overlayfs copy the files up: it supports no ACLs if the lower file system has none.
    await (0,attribute_order/* forEach */.jJ)(namespace, directory, ["chmod", "u+"], (0,getfattr/* parseDump */.oi)(acls).map(({ path }) => path));
    await namespace.run(["setfattr", "--restore=-"], { cwd: directory, input: Buffer.from(acls, "latin1") });
}
/** The length of the squashfs image in an object: `bytes_used` of its superblock, padded. */
async function imageSize(object) {
    return Math.ceil(Number(await readSuperblock(object, 40)) / block) * block;
}
async function readSuperblock(object, offset) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = layers_addDisposableResource(env_2, await (0,promises_.open)(object), true);
        return (await file.read(Buffer.alloc(8), 0, 8, offset)).buffer.readBigUInt64LE();
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = layers_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
/** Unpacks an object into a directory that doesn't exist yet, on hosts that can't mount it. */
async function unpack(namespace, object, directory) {
    await namespace.run(["unsquashfs", "-no-progress", "-quiet", "-dest", directory, object]);
    const acls = await aclsOf(object);
    if (acls !== "")
        await restoreAcls(namespace, acls, directory);
}


/***/ }),

/***/ 9396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hp: () => (/* binding */ unlessReadOnly),
/* harmony export */   PI: () => (/* binding */ isReadOnly),
/* harmony export */   ik: () => (/* binding */ requireWritable),
/* harmony export */   y$: () => (/* binding */ createStore)
/* harmony export */ });
/* unused harmony exports layoutOf, folders, isClosed, refuseFileSystem */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1795);
/* harmony import */ var _host_sudo_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8996);




/** The layout of the store in a directory. */
const layoutOf = (directory) => ({
    directory,
    folder: (name) => `${directory}/${name}`,
    objects: `${directory}/objects`,
    object: (digest) => `${directory}/objects/${digest}`,
    mark: (digest) => `${directory}/marks/${digest}`,
    fileDigests: (digest) => `${directory}/file-digests/${digest}.json`,
    refTarget: (digest) => `../objects/${digest}`,
    refs: `${directory}/refs`,
    ref: (id) => `${directory}/refs/${id}`,
    record: (id) => `${directory}/refs/${id}.json`,
    byContent: `${directory}/by-content`,
    contentKey: (key) => `${directory}/by-content/${key}`,
    contentKeyTarget: (id) => `../refs/${id}`,
    squashed: (key) => `${directory}/squashed/${key}`,
    logs: `${directory}/logs`,
    log: (id) => `${directory}/logs/${id}`,
    contents: (id) => `${directory}/contents/${id}.json`,
    state: (program) => `${directory}/state/${program}`,
    verdicts: `${directory}/verdicts`,
    machine: `${directory}/machine`,
    tools: `${directory}/tools`,
    javaScript: (key) => `${directory}/javascript/${key}.json`,
    source: (digest) => `${directory}/sources/${digest}`,
    exported: (digest) => `${directory}/exports/${digest}.json`,
    temporary: `${directory}/tmp`,
    lock: `${directory}/lock`,
});
/**
 * The directories of a store. Trees hold private keys and set-user-id programs, and logs hold whatever a program
 * prints, so only root may read them.
 */
const folders = [
    "objects",
    "marks",
    "file-digests",
    "refs",
    "by-content",
    "squashed",
    "logs",
    "contents",
    "state",
    "sources",
    "javascript",
    "exports",
    "tmp",
];
const files = {
    // A user who can open it can lock it.
    lock: { text: "", mode: 0o600 },
    ".gitignore": { text: "*\n", mode: 0o644 },
    "CACHEDIR.TAG": { text: "Signature: 8a477f597d28d172789f06886806bc55\n", mode: 0o644 },
};
/**
 * Makes a store's directories, if they don't exist, and returns their layout. A store of an earlier release, which
 * everyone could read, becomes private. A read-only store isn't changed.
 */
async function createStore(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(path, { recursive: true });
        await refuseFileSystem(path);
        const layout = layoutOf(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(path));
        await refuseStrangers(layout);
        if (await isReadOnly(layout))
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(layout.refs);
        else {
            await Promise.all([
                ...folders.map((name) => makeFolder(layout.folder(name))),
                ...Object.entries(files).map(([name, { text, mode }]) => makeFile(`${layout.directory}/${name}`, text, mode)),
            ]);
        }
        return layout;
    }
    catch (error) {
        if (!["EACCES", "ENOENT", "EPERM", "EROFS", "EEXIST", "ENOTDIR"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, code)))
            throw error;
        // Node.js reports ENOENT if the file system is read-only.
        const reason = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT") ? "no directory can be created there" : error.message;
        const message = `${path} can't hold a store: ${reason}`;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)("HOST", message, "name another place with --store", { cause: error });
    }
}
async function makeFolder(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(path, { mode: 0o700 }).catch(ignoreExisting);
    await makePrivate(path, 0o700);
}
async function makeFile(path, text, mode) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(path, text, { flag: "wx", mode }).catch(ignoreExisting);
    await makePrivate(path, mode);
}
async function makePrivate(path, allowed) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(path);
    // By another name it may be somebody else's.
    if (stats.isFile() && stats.nlink > 1)
        return;
    const { mode, uid } = stats;
    if ((mode & 0o777) !== allowed)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(path, allowed);
    if (uid !== 0 && (0,_host_sudo_js__WEBPACK_IMPORTED_MODULE_3__/* .isRoot */ .jX)())
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chown)(path, 0, 0);
}
function ignoreExisting(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EEXIST"))
        throw error;
}
/** Refuses a link or another kind of file in place of a store's directory: the build would fill or empty its target. */
async function refuseStrangers({ directory }) {
    for (const name of [...folders, ...Object.keys(files), "verdicts", "machine", "tools"]) {
        const path = `${directory}/${name}`;
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(path).catch((error) => {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
                throw error;
        });
        const kind = folders.includes(name) ? "directory" : "file";
        if (stats === undefined || (kind === "directory" ? stats.isDirectory() : stats.isFile()))
            continue;
        const found = stats.isSymbolicLink() ? "a symbolic link" : "something else";
        const message = `${path} is ${found}; in a store it is always a ${kind}`;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)("STORE", message, "remove it if the store is yours, or name another place with --store");
    }
}
/** Whether a store can be read but not written to. */
async function isReadOnly({ directory }) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(directory, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK).then(() => false, isRefusal);
}
/** Throws if a store is read-only. `purpose` completes the message: it says what can't be done for that reason. */
async function requireWritable(layout, purpose) {
    if (!(await isReadOnly(layout)))
        return;
    const message = `the store ${layout.directory} is read-only, and ${purpose}`;
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)("HOST", message, "make it writable, or name another place with --store");
}
/** Whether a store exists that only its owner may read. */
async function isClosed({ refs }) {
    return access(refs, constants.R_OK | constants.X_OK).then(() => false, (error) => hasCode(error, "EACCES"));
}
const isRefusal = (error) => ["EROFS", "EACCES", "EPERM"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, code));
/** Awaits a write that only saves work later, and ignores that the store is read-only. */
async function unlessReadOnly(write) {
    await write.catch((error) => {
        if (!isRefusal(error))
            throw error;
    });
}
/** File systems that can't hold an overlay's upper directory, by their statfs(2) type. */
const unsuitable = new Map([
    [0x794c7630, "overlay"],
    [0x6969, "NFS"],
    [0x4d44, "FAT"],
    [0x2011bab0, "exFAT"],
    [0x5346544e, "NTFS"],
    [0x65735546, "FUSE"],
    [0x01021997, "9P"],
    [0xfe534d42, "SMB"],
    [0xff534d42, "CIFS"],
    [0x786f4256, "a VirtualBox shared folder"],
    [0x858458f6, "ramfs"],
    [0xf15f, "eCryptfs"],
]);
/** Throws if this directory's file system can't hold a store. */
async function refuseFileSystem(path) {
    const name = unsuitable.get((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.statfs)(path)).type);
    if (name === undefined)
        return;
    const message = `${path} lies on ${name}, which can't hold an overlay's upper directory (the changes of a stage)`;
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)("HOST", message, "put the store on ext4, xfs, btrfs or tmpfs with --store");
}


/***/ }),

/***/ 7825:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ne: () => (/* binding */ openLog),
/* harmony export */   jL: () => (/* binding */ handedLog),
/* harmony export */   x6: () => (/* binding */ readLog)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6466);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1795);




/** The bytes that are kept from the start of a log. After them only the last lines are kept. */
const kept = 4 * 1024 * 1024;
const lastLines = 200;
/** Starts a log in the workspace. Without a place in the store it isn't kept. */
function openLog(workspace, place) {
    const path = `${workspace}/log`;
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createWriteStream)(path, { mode: 0o644 });
    // `close` reports a failure.
    const written = (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.finished)(file);
    written.catch(() => undefined);
    let length = 0;
    let left = 0;
    let tail = [];
    return {
        write(lines) {
            tail = tail.concat(lines.slice(-lastLines)).slice(-lastLines);
            if (length >= kept) {
                left += lines.length;
                return;
            }
            const text = `${lines.join("\n")}\n`;
            length += text.length;
            file.write(text);
        },
        tail: () => tail,
        async close() {
            const shown = tail.slice(-left);
            if (left > 0)
                file.write(`[… ${left - shown.length} lines omitted …]\n${shown.join("\n")}\n`);
            file.end();
            await written;
            if (place !== undefined)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(path, place);
        },
    };
}
/** The path of a log's copy, in a directory of a user who can't read the store. */
const handedLog = (directory, id) => `${directory}/logs/${id}`;
/** Reads the output of a step's last run. Undefined if there is no log. */
async function readLog(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(path, "utf8").catch(_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt);
}


/***/ }),

/***/ 4234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gy: () => (/* binding */ mark),
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   Mh: () => (/* binding */ unlessUnreadable),
/* harmony export */   Mp: () => (/* binding */ readMark),
/* harmony export */   dX: () => (/* binding */ unmark)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3740);
/* harmony import */ var _tree_state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9538);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9396);





// A mark is the state of an object's files when the object was last checked. Only root, who owns the store, could write
// to the files without changing a ctime.
/** Records that an object matches its digest, in the state in which it was `checked`, or else in its present state. */
async function mark(layout, digest, checked) {
    const state = checked ?? (await stateOf(layout.object(digest)));
    if (state !== undefined)
        await (0,_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessReadOnly */ .Hp)((0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_2__/* .writePlain */ .yi)(layout.mark(digest), state));
}
/** The most bytes that a mark may have. It has a line for each file of an output. */
const mostBytes = 256 * 1024 ** 2;
/** Reads the state of an object when it was last checked. */
const readMark = (layout, digest) => unlessUnreadable((0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readPlain */ .rM)(layout.mark(digest), mostBytes));
/** Makes the next use of an object read it again. */
const unmark = (layout, digest) => (0,_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessReadOnly */ .Hp)((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(layout.mark(digest), { recursive: true, force: true }));
/** The present state of an object's files. Undefined if there is no such object. */
const stateOf = (object) => unlessUnreadable((async () => (0,_tree_state_js__WEBPACK_IMPORTED_MODULE_3__/* .stateOf */ .L)(object))());
/** Undefined if a file doesn't exist, or if the disk or the file system can't read it any more. */
async function unlessUnreadable(work) {
    return work.catch((error) => {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOTDIR") || (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnreadable */ .GZ)(error))
            return undefined;
        throw error;
    });
}


/***/ }),

/***/ 7521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   We: () => (/* binding */ buildsInMemory),
/* harmony export */   h8: () => (/* binding */ mountMemory)
/* harmony export */ });
/* unused harmony export rooms */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2144);
/* harmony import */ var _host_mounts_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9791);




/** The places in which a build can keep the changes to its trees until they are packed. */
const rooms = (/* unused pure expression or super */ null && (["auto", "memory", "disk"]));
const directoryName = "memory";
/** With less room a base system would soon have to begin again on disk. */
const leastBytes = 2 * 1024 ** 3;
/** The number of builds that can have such a place each, in this many bytes of memory. */
const buildsInMemory = (available) => Math.floor(available / 2 / leastBytes);
/**
 * Mounts a tmpfs in a workspace, of half of the memory that is available, and returns its name there. Installing
 * packages takes two thirds of the time then. Undefined if the changes belong on disk, which is where `auto` puts them
 * if memory is short or the kernel's tmpfs has no user attributes (before Linux 6.6).
 */
async function mountMemory(namespace, workspace, room, available = process.availableMemory()) {
    const size = Math.floor(available / 2);
    if (room === "disk" || (room === "auto" && size < leastBytes))
        return undefined;
    const target = `${workspace}/${directoryName}`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(target);
    const options = [`size=${size}`, "mode=700"];
    await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_3__/* .mountAll */ .Dz)(namespace, workspace, [{ type: "tmpfs", source: "tmpfs", target, options }]);
    try {
        await namespace.run(["setfattr", "--name=user.osbuild", "--value=y", target]);
    }
    catch (error) {
        if (!(error instanceof _host_command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Qd))
            throw error;
        await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_3__/* .unmount */ .vs)(namespace, target);
        if (room === "auto")
            return undefined;
        const hint = "use --workspace auto, or a kernel from Linux 6.6 on";
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("HOST", "this kernel's tmpfs has no user attributes, which a tree may have", hint, { cause: error });
    }
    return directoryName;
}


/***/ }),

/***/ 2088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HQ: () => (/* binding */ addDirectory),
/* harmony export */   sM: () => (/* binding */ addFile),
/* harmony export */   sc: () => (/* binding */ sha256),
/* harmony export */   tH: () => (/* binding */ hasDigest)
/* harmony export */ });
/* unused harmony export directoryDigest */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1795);
/* harmony import */ var _tree_walk_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9590);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4234);
/* harmony import */ var _output_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2907);
/* harmony import */ var _overlay_clamp_times_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3927);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** The SHA-256 of a file, in hex. */
async function sha256(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
        // One buffer is reused: those of a stream pile up faster than they are collected.
        const buffer = Buffer.allocUnsafe(1024 * 1024);
        const file = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path), true);
        for (;;) {
            const { bytesRead } = await file.read(buffer);
            if (bytesRead === 0)
                return hash.digest("hex");
            hash.update(buffer.subarray(0, bytesRead));
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Moves a finished file into the store under its digest. */
async function addFile(layout, path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(path, 0o644);
    const digest = await sha256(path);
    const { size } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(path, layout.object(digest)).catch(async (error) => {
        // A directory there is damage.
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EISDIR"))
            throw error;
        await replace(layout, digest, path);
    });
    await (0,_marks_js__WEBPACK_IMPORTED_MODULE_4__/* .mark */ .Gy)(layout, digest);
    return { digest, size };
}
/** Moves a directory of finished files into the store, under a digest of everything in it. */
async function addDirectory(layout, path, epoch) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(path, 0o755);
    (0,_overlay_clamp_times_js__WEBPACK_IMPORTED_MODULE_6__/* .clampTimes */ .A)(path, epoch);
    const files = await (0,_output_js__WEBPACK_IMPORTED_MODULE_5__/* .listFiles */ .CS)(path);
    const digest = digestOf(files, await (0,_output_js__WEBPACK_IMPORTED_MODULE_5__/* .listExtras */ .GT)(path));
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const object = layout.object(digest);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(path, object);
    }
    catch (error) {
        if (!["ENOTEMPTY", "EEXIST", "ENOTDIR"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, code)))
            throw error;
        // The same files are already there, unless they have been damaged since.
        if (!(await hasDigest(object, digest, (found) => found === size)))
            await replace(layout, digest, path);
    }
    await (0,_marks_js__WEBPACK_IMPORTED_MODULE_4__/* .mark */ .Gy)(layout, digest);
    return { digest, files, size };
}
/** Replaces a damaged object with the file or directory at a path. */
async function replace(layout, digest, path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(layout.object(digest), `${layout.temporary}/damaged-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(path, layout.object(digest));
}
/**
 * Whether a path is an object with this digest: a layer's file or an output's directory. It is read only if it can have
 * its size, in bytes, because damage can make it so large that reading it takes hours.
 */
async function hasDigest(path, digest, canHave) {
    return (await (0,_marks_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessUnreadable */ .Mh)(digestOfObject(path, canHave))) === digest;
}
async function digestOfObject(path, canHave) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(path);
    if (stats.isDirectory())
        return (await canHave(sizeOfFiles(path))) ? directoryDigest(path) : undefined;
    return stats.isFile() && (await canHave(stats.size)) ? sha256(path) : undefined;
}
const sizeOfFiles = (directory) => [...(0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_3__/* .walk */ .GG)(directory)].filter(_output_js__WEBPACK_IMPORTED_MODULE_5__/* .isFile */ .fo).reduce((sum, { stats }) => sum + stats.size, 0);
/** The digest of everything in an output. */
const directoryDigest = async (path) => digestOf(await (0,_output_js__WEBPACK_IMPORTED_MODULE_5__/* .listFiles */ .CS)(path), await (0,_output_js__WEBPACK_IMPORTED_MODULE_5__/* .listExtras */ .GT)(path));
/** Extras count only if there are any: most outputs have none. */
const digestOf = (files, extras) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256")
    .update(JSON.stringify(extras.length === 0 ? files : [files, extras]))
    .digest("hex");


/***/ }),

/***/ 2907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ listFiles),
/* harmony export */   GT: () => (/* binding */ listExtras),
/* harmony export */   fo: () => (/* binding */ isFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _epoch_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1531);
/* harmony import */ var _tree_attributes_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8430);
/* harmony import */ var _tree_walk_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9590);




/** Lists all regular files below a directory with their digests, sorted by path. */
async function listFiles(directory) {
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    const files = [];
    for (const found of (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_2__/* .walk */ .GG)(directory)) {
        if (!isFile(found))
            continue;
        const bytes = found.place.subarray(Buffer.byteLength(directory) + 1);
        const path = found.path.slice(1);
        const name = isText(bytes) ? {} : { bytes: bytes.toString("latin1") };
        files.push({ path, ...name, size: found.stats.size, sha256: await (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256Of */ .Bj)(found.place, buffer, "hex") });
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}
/**
 * Lists what an output has besides plain files: other kinds of file, links, empty directories, and files and
 * directories with an unusual mode, owner, time, attribute or name. An image and its directory have none. Paths are
 * latin1.
 */
async function listExtras(directory) {
    const attributes = await (0,_tree_attributes_js__WEBPACK_IMPORTED_MODULE_1__/* .readAttributes */ .w)(directory);
    // The host's SELinux policy may give new files their directory's label, which isn't part of the output.
    const label = attributes.get(".")?.["security.selinux"];
    return [...(0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_2__/* .walk */ .GG)(directory)].flatMap((found) => {
        const bytes = found.place.subarray(Buffer.byteLength(directory) + 1);
        const path = bytes.toString("latin1");
        const own = Object.entries(attributes.get(path) ?? {}).filter(([name, value]) => name !== "security.selinux" || value !== label);
        const facts = [...factsOf(found), ...own.sort(([a], [b]) => (a < b ? -1 : 1))];
        return facts.length === 0 && isText(bytes) ? [] : [[path, ...facts]];
    });
}
/** Whether something in an output is a regular file. */
const isFile = ({ kind }) => kind === "file" || kind === "hard link";
const isText = (bytes) => Buffer.from(bytes.toString()).equals(bytes);
function factsOf({ place, kind, stats, first }) {
    const { mode, uid, gid, mtimeMs, rdev } = stats;
    const usualMode = kind === "directory" ? 0o755 : 0o644;
    const isUsualKind = kind === "file" || (kind === "directory" && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(place).length > 0);
    return [
        ...(isUsualKind ? [] : [kind]),
        ...(first === undefined ? [] : [first]),
        ...(kind === "symbolic link" ? [(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(place, "latin1")] : []),
        ...(kind.endsWith("device") ? [rdev] : []),
        ...(kind === "symbolic link" || (mode & 0o7777) === usualMode ? [] : [`mode ${(mode & 0o7777).toString(8)}`]),
        ...(uid === 0 && gid === 0 ? [] : [`owner ${uid}:${gid}`]),
        ...(mtimeMs === _epoch_js__WEBPACK_IMPORTED_MODULE_3__/* .defaultSourceEpoch */ .w * 1000 ? [] : [`time ${mtimeMs / 1000}`]),
    ];
}


/***/ }),

/***/ 3927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ clampTimes)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);
/* harmony import */ var _lower_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7157);



/**
 * Gives the files in a stage's upper directory times that squashfs can store and that aren't later than the source
 * epoch. The tree then looks the same whether its layer is still a directory or came from the store. If the epoch is in
 * the future, everything that this build made gets it too, because those times are earlier but differ in every build.
 * Returns the whiteouts in the directory.
 */
function clampTimes(upper, epoch) {
    const whiteouts = [];
    try {
        clampBelow(Buffer.from(upper), BigInt(epoch), whiteouts);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENAMETOOLONG"))
            throw tooLong(upper, error);
        throw error;
    }
    return whiteouts;
}
/** The tools name files by whole paths, which Linux limits to 4,096 bytes. */
function tooLong(upper, { path = "" }) {
    const start = path.slice(upper.length, upper.length + 100);
    const hint = "use shorter names, or fewer nested directories";
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("STAGE_FAILED", `a path of the tree is too long to be stored: ${start}…`, hint);
}
/** The start of this process, in whole seconds, because the kernel's clock for files is a few milliseconds behind. */
const started = BigInt(Math.floor(performance.timeOrigin / 1000));
const slash = Buffer.from("/");
/** Clamps times to whole seconds between 1970 and the epoch. File names may be any bytes. */
function clampBelow(path, epoch, whiteouts) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { bigint: true });
    if ((0,_lower_js__WEBPACK_IMPORTED_MODULE_2__/* .isWhiteout */ .Eq)(stats))
        whiteouts.push(path);
    if (stats.isDirectory())
        for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { encoding: "buffer" }))
            clampBelow(Buffer.concat([path, slash, name]), epoch, whiteouts);
    const second = 1000000000n;
    const seconds = stats.mtimeNs < 0n ? 0n : stats.mtimeNs / second;
    const clamped = Number(seconds < epoch && seconds < started ? seconds : epoch);
    if (stats.mtimeNs === BigInt(clamped) * second)
        return;
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lutimesSync)(path, clamped, clamped);
}


/***/ }),

/***/ 7157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   Eq: () => (/* binding */ isWhiteout),
/* harmony export */   Nl: () => (/* binding */ topmost),
/* harmony export */   Zu: () => (/* binding */ merged),
/* harmony export */   _N: () => (/* binding */ statOf),
/* harmony export */   gN: () => (/* binding */ parentOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);


/** The host's path of a file in a tree. */
const placeOf = (directory, path) => Buffer.concat([Buffer.from(directory), Buffer.from(path, "latin1")]);
/** Stats a file of a tree. Undefined if there is none. */
function statOf(directory, path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(placeOf(directory, path), { bigint: true });
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOTDIR"))
            return undefined;
        throw error;
    }
}
/** Whether a file is a whiteout, overlayfs's mark for a deleted file. */
const isWhiteout = (stats) => stats.isCharacterDevice() && stats.rdev === 0n;
/** The file at this path in the first of the layers that has one, from the top down. Undefined if it was deleted. */
function topmost(layers, path) {
    for (const layer of layers) {
        const stats = statOf(layer, path);
        if (stats !== undefined)
            return isWhiteout(stats) ? undefined : { layer, path, stats };
    }
    return undefined;
}
/** The layers whose directories at this path are merged into one. Opaque directories aren't recognised. */
function merged(layers, path) {
    const found = [];
    for (const layer of layers) {
        const stats = statOf(layer, path);
        if (stats?.isDirectory())
            found.push(layer);
        else if (stats !== undefined)
            break;
    }
    return found;
}
/** The path of a file's directory. */
const parentOf = (path) => path.slice(0, path.lastIndexOf("/"));


/***/ }),

/***/ 2281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RT: () => (/* binding */ putCopy),
/* harmony export */   UN: () => (/* binding */ putFile),
/* harmony export */   _1: () => (/* binding */ putLink)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1795);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2689);




/** Puts a file in its place by a rename, so that another build finds the old one or the new one, always whole. */
async function putFile(layout, text, place) {
    const file = `${layout.temporary}/file-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(file, text, { mode: 0o644 });
    await put(file, place);
}
/** Puts a symbolic link in its place, likewise. */
async function putLink(layout, target, place) {
    const link = `${layout.temporary}/link-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.symlink)(target, link);
    await put(link, place);
}
/** Puts a copy of a file in its place, likewise. Does nothing if there is no such file. */
async function putCopy(layout, from, place) {
    const copy = `${layout.temporary}/copy-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.copyFile)(from, copy);
        await put(copy, place);
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
    }
}
async function put(unfinished, place) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(unfinished, place).catch(async (error) => {
        // Only damage puts a directory there.
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EISDIR"))
            throw error;
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_3__/* .removeTree */ .dM)(place);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(unfinished, place);
    });
}


/***/ }),

/***/ 6720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ listRefs),
/* harmony export */   Fg: () => (/* binding */ recordShape),
/* harmony export */   GW: () => (/* binding */ isLinked),
/* harmony export */   Hh: () => (/* binding */ parseRecord),
/* harmony export */   KF: () => (/* binding */ removeRef),
/* harmony export */   Ln: () => (/* binding */ writeRef),
/* harmony export */   RG: () => (/* binding */ isDamagedRecord),
/* harmony export */   SJ: () => (/* binding */ listContentKeys),
/* harmony export */   aE: () => (/* binding */ readRecord),
/* harmony export */   hk: () => (/* binding */ readByContent),
/* harmony export */   iZ: () => (/* binding */ objectsOf),
/* harmony export */   sg: () => (/* binding */ readRef),
/* harmony export */   vN: () => (/* binding */ touchRef),
/* harmony export */   yh: () => (/* binding */ headMembers)
/* harmony export */ });
/* unused harmony exports mostRecordBytes, openObjects */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1795);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3740);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2689);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1856);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9396);
/* harmony import */ var _put_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2281);









/** The digests of all objects of a result. */
const objectsOf = ({ object, layers }) => [...new Set([object, ...layers])];
/** A relative path that stays below its directory. */
const path = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .plain */ .pj)("a path", (value) => typeof value === "string" && !/(^|\/)\.{0,2}(\/|$)/.test(value));
/** The members of a record, except for those about the layers below it; see heads.ts. */
const headMembers = {
    version: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .oneOf */ .yL)(1),
    kind: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .oneOf */ .yL)("stage", "assembler"),
    id: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br,
    name: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .string */ .Yj,
    fingerprint: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br,
    parts: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ik,
    details: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .shaped */ .e9)({ options: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .string */ .Yj), inputs: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ik), program: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .Ik) })),
    object: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br,
    files: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .shaped */ .e9)({ path, bytes: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(path), size: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9, sha256: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br })),
    size: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9,
    seconds: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .amount */ .vj,
    ran: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9),
    runs: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .shaped */ .e9)({ id: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br, fingerprint: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br, ran: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9, unpinned: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM, refreshed: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM }))),
};
/** The JSON of a stored result, in the store and in the cache. */
const recordShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .shaped */ .e9)({
    ...headMembers,
    layers: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .listOf */ .c3)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br),
    makers: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .either */ .gP)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .shaped */ .e9)({ name: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .string */ .Yj, id: _json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br }), (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .oneOf */ .yL)(null)))),
    tree: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br),
    contentKey: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .digest */ .br),
});
/** The most bytes that a record may have. An output may have hundreds of thousands of files. */
const mostRecordBytes = 256 * 1024 ** 2;
/**
 * Reads the record of an id if the ref is whole: record and link agree, and every object exists in its full size.
 * Reading many refs one after the other, give them one `requireObject`, because most of their layers are the same.
 */
async function readRef(layout, id, requireObject = openObjects(layout)) {
    const record = await readRecord(layout, id);
    if (record === undefined)
        return undefined;
    const requireLayers = () => record.layers.forEach(requireObject);
    return isLinked(layout, record, requireLayers) ? record : undefined;
}
/** Whether an id's link agrees with its record, and the object exists in its full size, and what else is required. */
function isLinked(layout, { id, kind, ...record }, require = () => undefined) {
    const object = layout.object(record.object);
    try {
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(layout.ref(id))) !== record.object)
            return false;
        require();
        // After a power failure a file may exist without its end.
        const files = kind === "stage" ? [{ path: "", size: record.size }] : record.files;
        return files.every((file) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(placeOf(object, file)).size === file.size);
    }
    catch (error) {
        if (["ENOENT", "ENOTDIR", "EINVAL", "ELOOP"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, code)))
            return false;
        throw error;
    }
}
/** Throws as access(2) does unless the store has an object. Looks only once for each. */
function openObjects(layout) {
    const found = new Set();
    return (digest) => {
        if (!found.has(digest))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(layout.object(digest));
        found.add(digest);
    };
}
const placeOf = (object, { path, bytes }) => bytes === undefined ? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(object, path) : Buffer.concat([Buffer.from(`${object}/`), Buffer.from(bytes, "latin1")]);
/** Reads the record of an id, even if its objects are missing. */
async function readRecord(layout, id) {
    const found = await findRecord(layout, id);
    return found === "damaged" ? undefined : found;
}
/** Whether a record exists but can't be read, such as one that a full disk has truncated. */
const isDamagedRecord = async (layout, id) => (await findRecord(layout, id)) === "damaged";
const findRecord = async (layout, id) => parseRecord(recordShape, id, () => (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readPlainSync */ .uA)(layout.record(id), mostRecordBytes));
/** Reads and parses the record of an id, or a part of it. Undefined if there is none. */
function parseRecord(shape, id, read) {
    try {
        const record = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .fromJson */ .Rf)(shape, read());
        return record?.id === id ? record : "damaged";
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ENOENT"))
            return undefined;
        if ((0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_4__/* .isUnreadable */ .GZ)(error))
            return "damaged";
        throw error;
    }
}
/**
 * Makes an id refer to an object in the store. The record is written first and the link last, each by a rename, so an
 * id never refers to something incomplete.
 */
async function writeRef(layout, record) {
    await (0,_put_js__WEBPACK_IMPORTED_MODULE_8__/* .putFile */ .UN)(layout, `${JSON.stringify(record, null, 2)}\n`, layout.record(record.id));
    // Another build may write a result of the same step at the same time. The last link has to follow the last record.
    for (let { object } = record, linked = ""; object !== linked;) {
        await (0,_put_js__WEBPACK_IMPORTED_MODULE_8__/* .putLink */ ._1)(layout, layout.refTarget(object), layout.ref(record.id));
        linked = object;
        object = (await readRecord(layout, record.id))?.object ?? linked;
    }
    if (record.contentKey === undefined)
        return;
    await (0,_put_js__WEBPACK_IMPORTED_MODULE_8__/* .putLink */ ._1)(layout, layout.contentKeyTarget(record.id), layout.contentKey(record.contentKey));
}
/** Reads the record of the result with this content key, even if its objects are missing. */
async function readByContent(layout, key) {
    const id = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readlink)(layout.contentKey(key)).then(node_path__WEBPACK_IMPORTED_MODULE_2__.basename, (error) => {
        if (!["ENOENT", "EINVAL"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, code)))
            throw error;
    });
    const record = id === undefined ? undefined : await readRecord(layout, id);
    // The id may have got another result since.
    return record?.contentKey === key ? record : undefined;
}
/** Lists the content keys that lead to a ref, whether its result has that key or not. */
const listContentKeys = (layout) => namesIn(layout.byContent);
/** Records that a ref was used: prune deletes the least recently used ones first. */
async function touchRef(layout, id) {
    const now = new Date();
    const touch = async () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimesSync)(layout.record(id), now, now);
    await (0,_layout_js__WEBPACK_IMPORTED_MODULE_7__/* .unlessReadOnly */ .Hp)(touch()).catch((error) => {
        // Another build may just have found it damaged and dropped it.
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
    });
}
/** Deletes a ref, with the log and the list of contents of its step. */
async function removeRef(layout, id) {
    for (const path of [layout.ref(id), layout.record(id), layout.log(id), layout.contents(id)])
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_5__/* .removeTree */ .dM)(path);
}
/** Lists the ids of all refs, whole or not. */
async function listRefs(layout) {
    const names = await namesIn(layout.refs);
    return [...new Set(names.map((name) => name.replace(/\.json$/, "")))].sort();
}
const namesIn = (directory) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(directory).catch((error) => {
    if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ENOENT"))
        return [];
    throw error;
});


/***/ }),

/***/ 4246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ openSizes)
/* harmony export */ });
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4234);
/* harmony import */ var _refs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6720);


/** Prepares to tell sizes. The records are read once, when the first size is asked for. */
function openSizes(layout) {
    let recorded;
    return async (digest, size) => {
        recorded ??= recordedSizes(layout);
        const sizes = (await recorded).get(digest);
        return sizes?.has(size) ?? ((await markedSize(layout, digest)) ?? size) === size;
    };
}
async function recordedSizes(layout) {
    const sizes = new Map();
    for (const id of await (0,_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .listRefs */ .Dy)(layout)) {
        const record = await (0,_refs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRecord */ .aE)(layout, id);
        if (record === undefined)
            continue;
        const { object, size } = record;
        sizes.set(object, (sizes.get(object) ?? new Set()).add(size));
    }
    return sizes;
}
/** The size of a layer's file when it was last checked. */
async function markedSize(layout, digest) {
    const [, size] = /^\d+ (\d+) \d+ \d+ ""\n$/.exec((await (0,_marks_js__WEBPACK_IMPORTED_MODULE_0__/* .readMark */ .Mp)(layout, digest)) ?? "") ?? [];
    return size === undefined ? undefined : Number(size);
}


/***/ }),

/***/ 254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  k: () => (/* binding */ openTrees)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: ./out/assemblers/lib/getfattr.js
var getfattr = __nccwpck_require__(5330);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/mounts.js
var host_mounts = __nccwpck_require__(9791);
// EXTERNAL MODULE: ./out/src/store/attribute-order.js
var attribute_order = __nccwpck_require__(3169);
// EXTERNAL MODULE: ./out/src/store/content.js
var content = __nccwpck_require__(5765);
// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __nccwpck_require__(2635);
// EXTERNAL MODULE: ./out/src/store/layers.js + 1 modules
var store_layers = __nccwpck_require__(1860);
// EXTERNAL MODULE: ./out/src/store/overlay/clamp-times.js
var clamp_times = __nccwpck_require__(3927);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __nccwpck_require__(9590);
// EXTERNAL MODULE: ./out/src/store/overlay/lower.js
var overlay_lower = __nccwpck_require__(7157);
;// CONCATENATED MODULE: ./out/src/store/overlay/touched.js



/** Makes overlayfs's attributes accessible by path. */
function notesOf(found) {
    const values = new Map(found.map(({ path, attributes }) => [path === "." ? "" : `/${path}`, attributes]));
    const get = (path, name) => values.get(path)?.get(`trusted.overlay.${name}`);
    return {
        has: (path, name) => get(path, name) !== undefined,
        redirect(path) {
            const hex = get(path, "redirect");
            return hex === undefined ? undefined : (0,getfattr/* bytesOf */.$$)(hex).toString("latin1");
        },
    };
}
/** Attributes without those that overlayfs marks the files of a layer with. */
const withoutMarks = (attributes) => new Map([...attributes].filter(([name]) => !name.startsWith("trusted.overlay.")));
/** Finds such changes in `upper`. New directories need no search. */
function findTouched(upper, layers, notes) {
    const moved = [];
    const linked = [];
    below("", "", layers);
    return { moved, linked };
    function below(directory, lowerDirectory, present) {
        for (const name of namesIn(upper, directory)) {
            const [path, lower] = [`${directory}/${name}`, `${lowerDirectory}/${name}`];
            const stats = (0,overlay_lower/* statOf */._N)(upper, path);
            if (!stats?.isDirectory()) {
                hidden(lower, present);
                continue;
            }
            const redirect = notes.redirect(path);
            if (redirect !== undefined) {
                const from = redirect.startsWith("/") ? redirect : `${lowerDirectory}/${redirect}`;
                moved.push({ path, lower: from });
                hidden(lower, present);
                below(path, from, (0,overlay_lower/* merged */.Zu)(layers, from));
                continue;
            }
            const under = notes.has(path, "opaque") ? [] : (0,overlay_lower/* merged */.Zu)(present, lower);
            if (under.length > 0)
                below(path, lower, under);
            else
                hidden(lower, present);
        }
    }
    /** Handles a lower path that is hidden now: it may be one of several names, or a directory that contains such. */
    function hidden(path, present) {
        const file = (0,overlay_lower/* topmost */.Nl)(present, path);
        if (file === undefined)
            return;
        if (!file.stats.isDirectory()) {
            if (file.stats.nlink > 1n)
                linked.push(file);
            return;
        }
        const under = (0,overlay_lower/* merged */.Zu)(present, path);
        const names = new Set(under.flatMap((layer) => namesIn(layer, path)));
        for (const name of names)
            hidden(`${path}/${name}`, under);
    }
}
/** The lower path that a path of the tree shows. Undefined if it goes through a new directory. */
function lowerOf(path, notes) {
    let [at, lower] = ["", ""];
    for (const name of path.split("/").slice(1)) {
        const directory = lower;
        at += `/${name}`;
        lower += `/${name}`;
        const redirect = notes.redirect(at);
        if (redirect !== undefined)
            lower = redirect.startsWith("/") ? redirect : `${directory}/${redirect}`;
        else if (notes.has(at, "opaque"))
            return undefined;
    }
    return lower;
}
/** The present path in the tree of a file from the layers below, if it still has one. */
function currentOf(lower, moved, notes) {
    const holders = moved.filter((directory) => lower.startsWith(`${directory.lower}/`));
    const nearest = holders.toSorted((a, b) => b.lower.length - a.lower.length)[0];
    const path = nearest === undefined ? lower : nearest.path + lower.slice(nearest.lower.length);
    return lowerOf(path, notes) === lower ? path : undefined;
}
/** The names in a directory of a tree, in latin1. */
const namesIn = (directory, path) => (0,external_node_fs_.readdirSync)((0,overlay_lower/* placeOf */.$t)(directory, path), { encoding: "buffer" }).map((name) => name.toString("latin1"));

;// CONCATENATED MODULE: ./out/src/store/overlay/copies.js







/** Merges the copies that overlayfs made of one file into one of them, with the changes made through any name. */
async function mergeCopies(staged, groups) {
    const inode = (path) => (0,overlay_lower/* statOf */._N)(staged.upper, path)?.ino;
    const several = groups.filter(({ changed }) => new Set(changed.map(inode)).size > 1);
    const originals = await versionsOfOriginals(several);
    const copies = await versionsOf(staged.upper, several.flatMap(({ changed }) => changed));
    const kept = groups.map((group) => {
        const original = originals.get(group.original);
        return [group, original === undefined ? group.changed[0] : merge(staged, group, original, copies)];
    });
    return new Map(kept.filter((entry) => entry[1] !== undefined));
}
function merge({ tree, upper }, { changed }, original, copies) {
    const age = new Map(changed.map((path) => [path, (0,overlay_lower/* statOf */._N)(upper, path)?.ctimeNs ?? 0n]));
    const newestFirst = changed.toSorted((a, b) => ((age.get(b) ?? 0n) > (age.get(a) ?? 0n) ? 1 : -1));
    /** The names through which a fact was changed, the last change first. */
    const changers = (fact) => newestFirst.filter((path) => copies.get(path)?.[fact] !== original[fact]);
    const [written = undefined] = changers("content");
    const rival = changers("content").find((path) => copies.get(path)?.content !== copies.get(written ?? "")?.content);
    const [marked = undefined] = changers("attributes");
    const apart = written !== undefined && marked !== undefined && !sameBytes(copies, written, marked) ? marked : undefined;
    if (written !== undefined && (rival ?? apart) !== undefined)
        throw conflict(written, (rival ?? apart));
    const kept = marked ?? written ?? newestFirst[0];
    const place = (0,overlay_lower/* placeOf */.$t)(tree, kept);
    const [owner] = changers("owner").map((path) => copies.get(path)?.owner);
    const [mode] = changers("mode").map((path) => copies.get(path)?.mode);
    if (owner !== undefined && owner !== copies.get(kept)?.owner) {
        const [uid = "", gid = ""] = owner.split(":");
        (0,external_node_fs_.lchownSync)(place, Number(uid), Number(gid));
    }
    if (mode !== undefined && mode !== copies.get(kept)?.mode)
        (0,external_node_fs_.chmodSync)(place, Number(mode) & 0o7777);
    return kept;
}
const sameBytes = (copies, a, b) => copies.get(a)?.content === copies.get(b)?.content;
const conflict = (a, b) => (0,errors/* failure */.V2)("STAGE_FAILED", `${a.slice(1)} and ${b.slice(1)} are hard links of one file, and the stage changed each differently`, "change the file through one of its names only, or create the hard links in the same stage");
async function versionsOfOriginals(groups) {
    const versions = new Map();
    const originals = groups.map(({ original }) => original);
    for (const layer of new Set(originals.map((file) => file.layer))) {
        const files = originals.filter((file) => file.layer === layer);
        const found = await versionsOf(layer, files.map(({ path }) => path));
        for (const file of files)
            versions.set(file, found.get(file.path));
    }
    return versions;
}
async function versionsOf(directory, paths) {
    if (paths.length === 0)
        return new Map();
    const dump = await (0,command/* run */.eF)(["xargs", "--null", ...(0,getfattr/* getfattr */.YR)(), "--"], {
        cwd: directory,
        input: Buffer.from(paths.map((path) => `${path.slice(1)}\0`).join(""), "latin1"),
        encoding: "latin1",
    });
    const attributes = new Map((0,getfattr/* parseDump */.oi)(dump).map((file) => [`/${file.path}`, file.attributes]));
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    const versions = new Map();
    for (const path of paths) {
        const stats = (0,overlay_lower/* statOf */._N)(directory, path);
        if (stats === undefined)
            continue;
        const own = withoutMarks(attributes.get(path) ?? new Map());
        versions.set(path, {
            content: await contentOf((0,overlay_lower/* placeOf */.$t)(directory, path), stats, buffer),
            attributes: [...own].sort().join("\n"),
            owner: `${stats.uid}:${stats.gid}`,
            mode: String(stats.mode),
        });
    }
    return versions;
}
async function contentOf(place, stats, buffer) {
    if (stats.isFile())
        return (0,walk/* sha256Of */.Bj)(place, buffer, "hex");
    return stats.isSymbolicLink() ? (0,external_node_fs_.readlinkSync)(place, "latin1") : String(stats.rdev);
}

;// CONCATENATED MODULE: ./out/src/store/overlay/same-content.js

/** Whether a file begins with the whole content of another, or a symbolic link has the same target. */
function sameContent(file, other, stats) {
    if (stats.isSymbolicLink())
        return (0,external_node_fs_.readlinkSync)(file, "latin1") === (0,external_node_fs_.readlinkSync)(other, "latin1");
    return !stats.isFile() || beginsWith(file, other);
}
function beginsWith(file, start) {
    const files = [file, start].map((path) => (0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW));
    const [a = -1, b = -1] = files;
    const [left, right] = [Buffer.allocUnsafe(64 * 1024), Buffer.allocUnsafe(64 * 1024)];
    try {
        for (;;) {
            const length = (0,external_node_fs_.readSync)(b, right);
            if (length === 0)
                return true;
            // Short reads only happen at the end of a file.
            if ((0,external_node_fs_.readSync)(a, left, 0, length, null) < length)
                return false;
            if (left.compare(right, 0, length, 0, length) !== 0)
                return false;
        }
    }
    finally {
        for (const open of files)
            (0,external_node_fs_.closeSync)(open);
    }
}

;// CONCATENATED MODULE: ./out/src/store/overlay/links.js






/**
 * Makes the names of one file one file again. overlayfs copies a file up only under the name through which it is
 * changed. Its index, which would keep the names together, is disabled as soon as two layers are squashfs, which has no
 * UUID. All names of a file are in the same layer, and so they are in the new one.
 */
async function joinLinks(staged, touched) {
    const { tree, upper } = staged;
    const groups = [];
    const files = new UpperFiles(upper);
    for (const layer of new Set(touched.map((file) => file.layer))) {
        const inodes = new Set(touched.filter((file) => file.layer === layer).map((file) => file.stats.ino));
        for (const names of await namesOf(layer, inodes)) {
            const group = groupOf(staged, layer, names, files);
            if (group !== undefined)
                groups.push(group);
        }
    }
    for (const [group, kept] of await mergeCopies(staged, groups)) {
        const inode = (0,overlay_lower/* statOf */._N)(upper, kept)?.ino;
        for (const path of files.sharing(group.changed))
            if ((0,overlay_lower/* statOf */._N)(upper, path)?.ino !== inode)
                relink(tree, kept, path);
        for (const path of group.untouched)
            relink(tree, kept, path);
    }
}
/** Finds all names of each of these files of a layer. */
async function namesOf(layer, inodes) {
    const argv = ["find", ".", "!", "-type", "d", "-links", "+1", "-printf", "%i %P\\0"];
    const groups = new Map([...inodes].map((inode) => [inode, []]));
    for (const entry of (await (0,command/* run */.eF)(argv, { cwd: layer, encoding: "latin1" })).split("\0")) {
        const space = entry.indexOf(" ");
        if (space > 0)
            groups.get(BigInt(entry.slice(0, space)))?.push(`/${entry.slice(space + 1)}`);
    }
    return [...groups.values()];
}
function groupOf(staged, layer, names, files) {
    const { tree, upper, layers, moved, notes } = staged;
    const shown = names.toSorted().flatMap((name) => (0,overlay_lower/* topmost */.Nl)(layers, name) ?? []);
    const [original, ...more] = shown.filter((file) => file.layer === layer);
    if (original === undefined)
        return undefined;
    const [changed, untouched] = [[], []];
    for (const file of [original, ...more]) {
        const path = currentOf(file.path, moved, notes);
        if (path === undefined || (0,overlay_lower/* statOf */._N)(tree, path) === undefined)
            continue;
        if ((0,overlay_lower/* statOf */._N)(upper, path) === undefined)
            untouched.push(path);
        else if (isChangedInPlace(staged, path, file))
            changed.push(path);
    }
    if (changed.length + untouched.length <= more.length) {
        const known = new Set(changed.map((name) => (0,overlay_lower/* statOf */._N)(upper, name)?.ino));
        changed.push(...files.like(original, notes).filter((name) => !known.has((0,overlay_lower/* statOf */._N)(upper, name)?.ino)));
    }
    if (changed.length === 0 && untouched[0] !== undefined) {
        copyUp(tree, untouched[0]);
        changed.push(...untouched.splice(0, 1));
    }
    return { original, changed, untouched };
}
/**
 * Whether the stage has changed this very file, rather than replaced it with another. overlayfs records no origin for a
 * file with several names, but a directory keeps its time when a file in it is copied up, and gets a new one when one
 * of its names is given to another file.
 */
function isChangedInPlace({ upper, layers, notes }, path, file) {
    const stats = (0,overlay_lower/* statOf */._N)(upper, path);
    const parent = (0,overlay_lower/* parentOf */.gN)(path);
    const directory = (0,overlay_lower/* statOf */._N)(upper, parent);
    if (stats === undefined || directory === undefined || stats.mode >> 12n !== file.stats.mode >> 12n)
        return false;
    if (notes.has(path, "origin") || !notes.has(parent, "impure"))
        return false;
    const lowerParent = (0,overlay_lower/* parentOf */.gN)(file.path);
    const [before] = (0,overlay_lower/* merged */.Zu)(layers, lowerParent);
    if (before !== undefined && (0,overlay_lower/* statOf */._N)(before, lowerParent)?.mtimeNs === directory.mtimeNs)
        return true;
    if (stats.birthtimeNs > directory.mtimeNs)
        return true;
    // The directory has changed since. A file that was appended to still begins with its old bytes, and one that wasn't
    // written to has its old time, too.
    if (stats.size < file.stats.size)
        return false;
    if (stats.size === file.stats.size && stats.mtimeNs !== file.stats.mtimeNs)
        return false;
    return sameContent((0,overlay_lower/* placeOf */.$t)(upper, path), (0,overlay_lower/* placeOf */.$t)(file.layer, file.path), file.stats);
}
/** The files of an upper directory, which is searched only when needed. */
class UpperFiles {
    #upper;
    #byInode;
    #byFacts;
    constructor(upper) {
        this.#upper = upper;
    }
    /** All names of the files with these paths. */
    sharing(paths) {
        const inodes = new Set(paths.map((path) => (0,overlay_lower/* statOf */._N)(this.#upper, path)?.ino ?? 0n));
        if (inodes.size < 2)
            return paths;
        this.#byInode ??= this.#group((stats) => stats.ino);
        return [...inodes].flatMap((inode) => this.#byInode?.get(inode) ?? []);
    }
    /** The names that the stage may have moved a file to: the files there have its content and its time. */
    like({ layer, path, stats }, notes) {
        this.#byFacts ??= this.#group(factsOf);
        return (this.#byFacts.get(factsOf(stats)) ?? []).filter((name) => !notes.has(name, "origin") && sameContent((0,overlay_lower/* placeOf */.$t)(this.#upper, name), (0,overlay_lower/* placeOf */.$t)(layer, path), stats));
    }
    #group(keyOf) {
        const groups = new Map();
        for (const path of filesBelow(this.#upper)) {
            const stats = (0,overlay_lower/* statOf */._N)(this.#upper, path);
            if (stats === undefined || (0,overlay_lower/* isWhiteout */.Eq)(stats))
                continue;
            const key = keyOf(stats);
            const paths = groups.get(key) ?? [];
            groups.set(key, paths);
            paths.push(path);
        }
        return groups;
    }
}
/** The facts that a file keeps when its name, owner, mode or attributes change. */
const factsOf = ({ mode, size, rdev, mtimeNs }) => [mode >> 12n, size, rdev, mtimeNs].join(":");
function filesBelow(directory, path = "") {
    return namesIn(directory, path).flatMap((name) => {
        const below = `${path}/${name}`;
        return (0,overlay_lower/* statOf */._N)(directory, below)?.isDirectory() ? filesBelow(directory, below) : [below];
    });
}
/** Makes overlayfs copy a file up from a layer below. Nothing else changes, because times there are whole seconds. */
function copyUp(tree, path) {
    setTime(tree, path, (0,overlay_lower/* statOf */._N)(tree, path)?.mtimeNs ?? 0n);
}
/** Replaces a file with a hard link to another. Its directory keeps its time. */
function relink(tree, file, name) {
    const parent = (0,overlay_lower/* parentOf */.gN)(name);
    const time = (0,overlay_lower/* statOf */._N)(tree, parent)?.mtimeNs ?? 0n;
    (0,external_node_fs_.unlinkSync)((0,overlay_lower/* placeOf */.$t)(tree, name));
    (0,external_node_fs_.linkSync)((0,overlay_lower/* placeOf */.$t)(tree, file), (0,overlay_lower/* placeOf */.$t)(tree, name));
    setTime(tree, parent, time);
}
function setTime(tree, path, nanoseconds) {
    const seconds = Number(nanoseconds / 1000000000n);
    (0,external_node_fs_.lutimesSync)((0,overlay_lower/* placeOf */.$t)(tree, path), seconds, seconds);
}

;// CONCATENATED MODULE: ./out/src/store/overlay/complete.js






/**
 * Completes a stage's changes, through the tree while it is still mounted, so that the new layer stands alone: it gets
 * all names of a changed file and all contents of a renamed directory. Returns the renamed directories, which `seal`
 * handles after the tree has been unmounted, and whether there was anything to do.
 */
async function complete({ tree, upper, layers }, found) {
    const notes = notesOf(found);
    const { moved, linked } = findTouched(upper, layers, notes);
    for (const { path } of moved)
        fill(tree, upper, path);
    if (linked.length > 0)
        await joinLinks({ tree, upper, layers, notes, moved }, linked);
    return { moved, touched: moved.length + linked.length > 0 };
}
/** Copies up the contents of a renamed directory, except for files with several names. */
function fill(tree, upper, directory) {
    for (const name of namesIn(tree, directory)) {
        const path = `${directory}/${name}`;
        const stats = (0,overlay_lower/* statOf */._N)(tree, path);
        if (stats?.isDirectory())
            fill(tree, upper, path);
        else if (stats === undefined || stats.nlink > 1n)
            continue;
        if ((0,overlay_lower/* statOf */._N)(upper, path) === undefined)
            copyUp(tree, path);
    }
}
/** Detaches renamed directories from their originals in the layers below: the layer now holds all their contents. */
async function seal(upper, moved) {
    if (moved.length === 0)
        return;
    const paths = moved.map(({ path }) => `.${path}\0`).join("");
    const input = Buffer.from(paths, "latin1");
    for (const change of [["--remove=trusted.overlay.redirect"], ["--name=trusted.overlay.opaque", "--value=y"]])
        await (0,command/* run */.eF)(["xargs", "--null", "setfattr", ...change, "--"], { cwd: upper, input });
    for (const { path } of moved)
        removeWhiteouts((0,overlay_lower/* placeOf */.$t)(upper, path));
}
/** Removes the whiteouts of a sealed directory, which have nothing left to hide. */
function removeWhiteouts(directory) {
    for (const name of (0,external_node_fs_.readdirSync)(directory, { encoding: "buffer" })) {
        const path = Buffer.concat([directory, Buffer.from("/"), name]);
        const stats = (0,external_node_fs_.lstatSync)(path, { bigint: true });
        if (stats.isDirectory())
            removeWhiteouts(path);
        else if ((0,overlay_lower/* isWhiteout */.Eq)(stats))
            (0,external_node_fs_.unlinkSync)(path);
    }
}
/** Fails if the tree itself has attributes with this prefix: in a layer they would mean something else. */
function refuseMarks(found, names) {
    const [path = ""] = found.flatMap((file) => [...file.attributes.keys()].some((name) => name.startsWith(names)) ? file.path : []);
    if (path !== "")
        throw refusal(path, "has attributes trusted.overlay.*");
}
/** Fails if a first layer contains whiteouts, which would count as deletions. */
function refuseWhiteouts([first], directory) {
    if (first === undefined)
        return;
    throw refusal(first.subarray(Buffer.byteLength(directory) + 1).toString(), "is a character device 0:0");
}
const refusal = (path, is) => (0,errors/* failure */.V2)("STAGE_FAILED", `${path} ${is}: a tree can't contain another overlay's files, because it is stored in overlay layers itself`, "leave out such files, which container engines keep in /var/lib/containers and /var/lib/docker, or pack them into an archive in the tree");

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __nccwpck_require__(9396);
// EXTERNAL MODULE: ./out/src/store/put.js
var put = __nccwpck_require__(2281);
;// CONCATENATED MODULE: ./out/src/store/squash.js









/**
 * The most layers that are stacked as they are. The kernel takes 500, if their paths fit on one page, but the more
 * file systems are mounted, the longer each mount takes.
 */
const mostInStack = 100;
/**
 * The number of the lowest layers of a stack that are squashed. A growing stack has the same ones squashed for a long
 * time.
 */
const squashedOf = (layers, most) => Math.floor(Math.max(0, layers - 1) / most) * most;
/** The object that holds all that these objects hold as a stack, if the store has it. */
async function findSquashed(layout, objects) {
    const digest = await (0,promises_.readlink)(layout.squashed(keyOf(objects))).then(external_node_path_.basename, (error) => {
        if (!(0,errors/* hasCode */.up)(error, "ENOENT") && !(0,errors/* hasCode */.up)(error, "EINVAL"))
            throw error;
    });
    // Anyone may drop it: it is made again.
    return digest !== undefined && /^[0-9a-f]{64}$/.test(digest) && (await (0,integrity/* isSound */.gH)(layout, digest)) ? digest : undefined;
}
const keyOf = (objects) => (0,external_node_crypto_.hash)("sha256", objects.join(" "));
/**
 * Makes one layer of a stack of objects. `tree` is the path of their tree inside the namespace. The layer is a copy of
 * the tree, so it has no deletions, and what is stacked on it looks the same as before.
 */
async function squash({ namespace, layout, workspace, }, objects, tree) {
    const copy = `${workspace}/squash-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
    await namespace.run(["cp", "--archive", "--no-target-directory", tree, copy]);
    if (await (0,store_layout/* isReadOnly */.PI)(layout))
        return { directory: copy };
    const attributes = await (0,store_layers/* listAttributes */.uw)(namespace, copy);
    await (0,attribute_order/* resetAttributes */.jl)(namespace, copy, attributes);
    const { digest } = await (0,store_layers/* pack */.qq)(namespace, layout, { upper: copy, attributes }, workspace, latest);
    await (0,promises_.rm)(copy, { recursive: true });
    await (0,put/* putLink */._1)(layout, layout.refTarget(digest), layout.squashed(keyOf(objects)));
    return { object: digest };
}
/**
 * The latest time that squashfs can store. The layers' own times have been clamped, each to the epoch of its pipeline.
 */
const latest = 2 ** 32 - 1;

;// CONCATENATED MODULE: ./out/src/store/trees.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});













/** Opens a workspace for trees. */
function openTrees(namespace, layout, workspace, { objectOf = digestOf, loopControl = "/dev/loop-control", memory, most = mostInStack } = {}) {
    /** A layer without files. */
    let empty;
    /** The squashed lowest layers of long stacks, by their objects. */
    const squashes = new Map();
    /** The directories that show an object, the lowest first. */
    const shown = new Map();
    // All paths of an overlay's mount options must fit in one page, so they are short and relative to the workspace.
    let count = 0;
    const nextPlace = async (room = undefined) => {
        const number = (count++).toString(36);
        const place = room === undefined ? number : `${room}/${number}`;
        await (0,promises_.mkdir)(namespace.path(`${workspace}/${place}`));
        return place;
    };
    const relative = (path) => path.slice(workspace.length + 1);
    return {
        get,
        async apart(layers) {
            await show(objectsToShow(layers));
            return layers.map((layer) => "directory" in layer ? layer.directory : `${workspace}/${shown.get(layer.object)?.[0]}`);
        },
        async create(layers, epoch, where) {
            const [stack, room] = await Promise.all([directories(layers), where === "on disk" ? undefined : memory]);
            const inMemory = room !== undefined;
            if (stack.length > 0)
                return { ...(await change(stack, await nextPlace(room), epoch)), inMemory };
            const upper = `${workspace}/${await nextPlace(room)}`;
            const outside = namespace.path(upper);
            await (0,promises_.chmod)(outside, 0o755);
            await (0,promises_.lutimes)(outside, epoch, epoch);
            const began = (0,content/* rootFacts */.sF)(outside, []);
            return { path: upper, upper, inMemory, finish: () => finishFirst(upper, began, epoch), ...nothingToRelease };
        },
    };
    async function get(layers, over) {
        const stack = [...(await directories(layers)), ...(over === undefined ? [] : [relative(over)])];
        if (stack.length === 0)
            return { path: `${workspace}/${await nextPlace()}`, ...nothingToRelease };
        // A single layer without an overlay would show the attributes and whiteouts that overlayfs hides.
        if (stack.length === 1) {
            empty ??= makeEmptyLayer();
            stack.unshift(await empty);
        }
        const target = `${workspace}/${await nextPlace()}`;
        await mountOverlay(stack, ["redirect_dir=nofollow"], target);
        return { path: target, [Symbol.asyncDispose]: () => unmounted(target) };
    }
    async function change(stack, place, epoch) {
        // redirect_dir lets a stage rename a directory. Its contents are copied up afterwards.
        const tree = await layOver(stack, ["index=off", "redirect_dir=on"], place);
        const { path, upper } = tree;
        const outside = namespace.path(upper);
        const began = (0,content/* rootFacts */.sF)(outside, (0,getfattr/* parseDump */.oi)(tree.attributes));
        let mounted = true;
        const release = async () => {
            if (mounted)
                await tree[Symbol.asyncDispose]();
            mounted = false;
        };
        const finish = async () => {
            const found = await attributesOf(upper, epoch);
            refuseMarks(found, "trusted.overlay.overlay.");
            const layers = stack.toReversed().map((place) => namespace.path(`${workspace}/${place}`));
            const { moved, touched } = await complete({ tree: namespace.path(path), upper: outside, layers }, found);
            await release();
            await seal(outside, moved);
            (0,clamp_times/* clampTimes */.A)(outside, epoch);
            return finished(upper, touched ? await attributesOf(upper, epoch) : found, began);
        };
        return { path, upper, finish, [Symbol.asyncDispose]: release };
    }
    /** Finishes a layer with nothing below it, where all of overlayfs's attributes come from the stage itself. */
    async function finishFirst(upper, began, epoch) {
        const found = await attributesOf(upper, epoch);
        refuseMarks(found, "trusted.overlay.");
        const outside = namespace.path(upper);
        refuseWhiteouts((0,clamp_times/* clampTimes */.A)(outside, epoch), outside);
        return finished(upper, found, began);
    }
    /** Call this before anything is built on the layer, because it takes attributes away for a moment. */
    async function finished(upper, attributes, began) {
        await (0,attribute_order/* resetAttributes */.jl)(namespace, upper, attributes);
        const outside = namespace.path(upper);
        // A layer begins empty, with a root like that of the layer below.
        const unchanged = (0,external_node_fs_.readdirSync)(outside).length === 0 && (0,content/* rootFacts */.sF)(outside, attributes) === began;
        return { upper, attributes, unchanged };
    }
    async function attributesOf(upper, epoch) {
        return (0,store_layers/* listAttributes */.uw)(namespace, upper).catch((error) => {
            // `clampTimes` has a clear message for a path that is too long.
            (0,clamp_times/* clampTimes */.A)(namespace.path(upper), epoch);
            throw error;
        });
    }
    /** The directories that show these layers, the lowest first, relative to the workspace. */
    async function directories(all) {
        const layers = await shorten(all);
        const objects = layers.map((layer) => ("object" in layer ? layer.object : undefined));
        await show(objectsToShow(layers));
        return layers.flatMap((layer, index) => {
            if ("directory" in layer)
                return relative(layer.directory);
            // Upper layers win, so only the topmost occurrence of a repeated layer matters.
            return objects.includes(layer.object, index + 1) ? [] : (shown.get(layer.object) ?? []);
        });
    }
    /** Replaces the lowest layers of a long stack by one that holds the same. */
    async function shorten(layers) {
        const count = squashedOf(layers.length, most);
        if (count === 0)
            return layers;
        const lowest = layers.slice(0, count);
        const objects = await Promise.all(lowest.map(objectOf));
        const key = objects.join(" ");
        const squashed = squashes.get(key) ?? squashLowest(lowest, objects);
        squashes.set(key, squashed);
        return [await squashed, ...layers.slice(count)];
    }
    async function squashLowest(lowest, objects) {
        const found = await findSquashed(layout, objects);
        if (found !== undefined)
            return { object: found };
        const before = new Set(shown.keys());
        const squashed = await squashTree(lowest, objects);
        const now = [...shown].filter(([digest, places]) => !before.has(digest) && places.length === 1);
        await hide(new Map(now));
        return squashed;
    }
    async function squashTree(lowest, objects) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const tree = __addDisposableResource(env_1, await get(lowest), true);
            return await squash({ namespace, layout, workspace }, objects, tree.path);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    /** Unmounts objects again, because every mount makes the next one slower. Trees that show them keep them. */
    async function hide(objects) {
        if (objects.size === 0 || !(0,external_node_fs_.existsSync)(loopControl))
            return;
        const places = [...objects.values()].flat();
        await namespace.run(["umount", ...places.map((place) => `${workspace}/${place}`)]);
        for (const digest of objects.keys())
            shown.delete(digest);
    }
    function objectsToShow(layers) {
        return new Set(layers.flatMap((layer) => ("object" in layer && !shown.has(layer.object) ? [layer.object] : [])));
    }
    async function show(digests) {
        await (0,integrity/* requireSound */.bi)(layout, digests);
        const places = new Map();
        for (const digest of digests)
            places.set(digest, await nextPlace());
        await ((0,external_node_fs_.existsSync)(loopControl) ? mounted(places) : unpacked(places));
    }
    /**
     * Makes a layer without files. It is a squashfs too, because overlayfs makes inode numbers of a kind that depends on
     * the file systems below it, and mkfs.btrfs takes them over.
     */
    async function makeEmptyLayer() {
        const place = await nextPlace();
        if (!(0,external_node_fs_.existsSync)(loopControl))
            return place;
        const image = `${workspace}/${place}.squashfs`;
        await namespace.run(["mksquashfs", `${workspace}/${place}`, image, "-noappend", "-no-progress", "-quiet"]);
        await (0,host_mounts/* mountAll */.Dz)(namespace, workspace, [squashfs(image, `${workspace}/${place}`)]);
        return place;
    }
    async function mounted(places) {
        const mounts = [...places].map(([digest, place]) => squashfs(layout.object(digest), `${workspace}/${place}`));
        await (0,host_mounts/* mountAll */.Dz)(namespace, workspace, mounts);
        for (const [digest, place] of places) {
            const acls = await (0,store_layers/* aclsOf */.jV)(layout.object(digest));
            shown.set(digest, acls === "" ? [place] : [place, await aclLayer(place, acls)]);
        }
    }
    async function unpacked(places) {
        for (const [digest, place] of places) {
            await (0,store_layers/* unpack */.l1)(namespace, layout.object(digest), `${workspace}/${place}/tree`);
            shown.set(digest, [`${place}/tree`]);
        }
    }
    /** Makes a layer for the ACLs of a mounted object: copies of the few files that have ACLs. */
    async function aclLayer(object, acls) {
        const place = await nextPlace();
        // mkfs.btrfs takes over inode numbers, which differ from disk to disk. Those of a tmpfs don't.
        const target = `${workspace}/${place}`;
        await (0,host_mounts/* mountAll */.Dz)(namespace, workspace, [{ source: "tmpfs", target, type: "tmpfs", options: ["size=100%"] }]);
        // The index keeps hard links together. It has a link of its own to each file, so its directory is removed below.
        const tree = await layOver([object], ["index=on", "redirect_dir=nofollow"], place);
        await (0,store_layers/* restoreAcls */._8)(namespace, acls, tree.path).finally(() => tree[Symbol.asyncDispose]());
        await (0,promises_.rm)(namespace.path(`${target}/work`), { recursive: true });
        return relative(tree.upper);
    }
    async function layOver(stack, features, place) {
        for (const name of ["upper", "work", "tree"])
            await (0,promises_.mkdir)(namespace.path(`${workspace}/${place}/${name}`));
        const target = `${workspace}/${place}/tree`;
        const uppermost = stack.at(-1);
        const below = `${workspace}/${uppermost}`;
        // volatile: the changes of a stage are worthless until they are packed, so overlayfs needn't sync them to disk.
        const writable = [`upperdir=${place}/upper`, `workdir=${place}/work`, ...features, "volatile"];
        const [attributes] = await Promise.all([readAttributes(below), mountOverlay(stack, writable, target)]);
        await copyAttributes(below, target, attributes);
        const upper = `${workspace}/${place}/upper`;
        return { path: target, upper, attributes, [Symbol.asyncDispose]: () => unmounted(target) };
    }
    async function mountOverlay(stack, more, target) {
        // A layer must stand alone, without references to files in the layers below.
        // xino gives the tree one device number, however many file systems its layers are on, because setfiles and
        // `find -xdev` stay on one device.
        const independent = ["metacopy=off", "xino=on", "uuid=off"];
        const options = [`lowerdir=${stack.toReversed().join(":")}`, ...more, ...independent];
        if (options.join(",").length >= 4096)
            throw (0,errors/* failure */.V2)("HOST", "the tree has too many layers for one overlay mount", errors/* fewerStages */.nF);
        await (0,host_mounts/* mountAll */.Dz)(namespace, workspace, [{ type: "overlay", source: "overlay", target, options }]);
    }
    async function unmounted(target) {
        await (0,host_mounts/* unmount */.vs)(namespace, target);
    }
    /** Reads the extended attributes of a directory, ACLs included, in the format that setfattr reads. */
    async function readAttributes(directory) {
        const dump = await namespace.run([...(0,getfattr/* getfattr */.YR)(), "."], { cwd: directory, encoding: "latin1" });
        const files = (0,getfattr/* parseDump */.oi)(dump).map(({ path, attributes }) => ({ path, attributes: withoutMarks(attributes) }));
        return files.flatMap((file) => (file.attributes.size === 0 ? [] : (0,getfattr/* formatDump */.IP)(file))).join("");
    }
    /** An overlay's root shows the uppermost layer's attributes, so a new layer starts with those of the one below. */
    async function copyAttributes(from, to, attributes) {
        const [source, target] = [namespace.path(from), namespace.path(to)];
        const { uid, gid, mode, mtimeMs } = await (0,promises_.stat)(source);
        await (0,promises_.chown)(target, uid, gid);
        await (0,promises_.chmod)(target, mode & 0o7777);
        if (attributes !== "")
            await namespace.run(["setfattr", "--restore=-"], { cwd: to, input: Buffer.from(attributes, "latin1") });
        await (0,promises_.lutimes)(target, Math.floor(mtimeMs / 1000), Math.floor(mtimeMs / 1000));
    }
}
const squashfs = (source, target) => ({
    source,
    target,
    type: "squashfs",
    options: ["loop", "ro"],
});
async function digestOf(layer) {
    if ("object" in layer)
        return layer.object;
    throw new Error("a layer that isn't packed can't be squashed");
}
const nothingToRelease = { [Symbol.asyncDispose]: async () => undefined };


/***/ }),

/***/ 2660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  h1: () => (/* binding */ lockShared),
  OH: () => (/* binding */ openWorkspace),
  Ru: () => (/* binding */ sweepWorkspaces)
});

// UNUSED EXPORTS: lockAlone

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/lock.js
var lock = __nccwpck_require__(9190);
// EXTERNAL MODULE: ./out/src/host/cgroups.js
var host_cgroups = __nccwpck_require__(520);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
;// CONCATENATED MODULE: ./out/src/host/namespace.js



/** nspawn's own mounts are here: two builds would collide, and off a tmpfs nspawn complains whenever it ends. */
const nspawnState = "/run/systemd/nspawn";
/** If /run is read-only, as in some containers, a build mounts its own. */
const script = `
state=$1; shift
mkdir -p "$state" 2>/dev/null || { mount -t tmpfs tmpfs /run && mkdir -p "$state"; } || exit
mount -t tmpfs tmpfs "$state" && "$@" && exec cat
`;
/** Opens a namespace that holds a shared lock on `lockFile` for as long as anything in it lives. */
async function openNamespace(lockFile) {
    const cgroups = await (0,host_cgroups/* findCgroups */.T)();
    const holder = await (0,command/* hold */._2)([
        ...["flock", "--shared", "--no-fork", lockFile],
        ...["unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child", "--mount-proc"],
        ...["sh", "-c", script, "sh", nspawnState, ...(cgroups === "writable" ? ["true"] : host_cgroups/* mountCgroups */.V)],
    ]);
    const children = await (0,promises_.readFile)(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8");
    const pid = children.trim();
    const enter = (argv, directory = "/") => [
        ...["nsenter", `--target=${pid}`, "--mount", "--pid", `--wdns=${directory}`, "--"],
        ...argv,
    ];
    return {
        enter,
        run: (argv, { cwd, ...options } = {}) => (0,command/* run */.eF)(enter(argv, cwd), options),
        path: (inside) => `/proc/${pid}/root${inside}`,
        kill: holder.kill,
        [Symbol.asyncDispose]: holder.close,
    };
}

// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __nccwpck_require__(2689);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __nccwpck_require__(9396);
;// CONCATENATED MODULE: ./out/src/store/workspace.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/** Opens a workspace. While it is open, nothing is deleted from the store. A read-only store allows reading trees. */
async function openWorkspace(layout, warn) {
    await sweepWorkspaces(layout, warn);
    const namespace = await openNamespace(layout.lock);
    const made = (await (0,store_layout/* isReadOnly */.PI)(layout)) ? (0,promises_.mkdtemp)(`${(0,external_node_os_.tmpdir)()}/osbuild-`) : makeDirectory(layout);
    const directory = await made.catch(async (error) => {
        // Left open it would keep the whole process alive.
        await namespace[Symbol.asyncDispose]();
        throw error;
    });
    return {
        directory,
        namespace,
        [Symbol.asyncDispose]: async () => {
            await namespace[Symbol.asyncDispose]();
            await (0,remove/* clearAway */.MB)(directory, warn);
        },
    };
}
async function makeDirectory(layout) {
    const directory = `${layout.temporary}/${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
    await (0,promises_.mkdir)(directory, { mode: 0o700 });
    return directory;
}
/** Removes the workspaces of builds that were killed. Their mounts are already gone. */
async function sweepWorkspaces(layout, warn) {
    if ((await (0,promises_.readdir)(layout.temporary)).length === 0 || (await (0,store_layout/* isReadOnly */.PI)(layout)))
        return;
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const _alone = __addDisposableResource(env_1, await lockAlone(layout), true);
            for (const name of await (0,promises_.readdir)(layout.temporary))
                await (0,remove/* clearAway */.MB)(`${layout.temporary}/${name}`, warn);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        // The directories may belong to a running build.
        if (!(error instanceof InUseError))
            throw error;
    }
}
class InUseError extends errors/* BuildError */.zS {
    constructor(cause) {
        const hint = "prune it after the build";
        super("STORE", [{ message: "the store is in use by a build", hint }], { cause });
    }
}
/** Locks the store so that no build can start. Throws an InUseError while one is running. */
const lockAlone = (layout) => (0,lock/* lockFile */.K)(layout.lock, ["--exclusive", "--nonblock"]).catch((error) => {
    throw error instanceof lock/* LockedError */.b ? new InUseError(error) : error;
});
/** Locks the store so that nothing can be deleted from it. */
const lockShared = (layout) => (0,lock/* lockFile */.K)(layout.lock, ["--shared"]);


/***/ }),

/***/ 8430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ readAttributes)
/* harmony export */ });
/* harmony import */ var _assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5330);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2144);


/**
 * Reads the extended attributes of a directory and everything below it, ACLs included. The keys are relative paths, as
 * latin1.
 */
async function readAttributes(directory) {
    const argv = [...(0,_assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__/* .getfattr */ .YR)(), "--recursive", "."];
    // A stored layer without any attributes has no xattr table, so getxattr isn't supported there.
    const dump = await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .eF)(argv, { cwd: directory, encoding: "latin1", harmless: _assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__/* .hasNone */ .HT });
    return new Map((0,_assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDump */ .oi)(dump).map(({ path, attributes }) => {
        const entries = [...attributes].sort();
        return [path, Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]))];
    }));
}
function textOf(hex) {
    const text = (0,_assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesOf */ .$$)(hex).toString("latin1");
    // SELinux labels end with a NUL.
    return /^[ -~]*\0?$/.test(text) ? text : hex;
}


/***/ }),

/***/ 5772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Xt: () => (/* binding */ decodeContents),
/* harmony export */   dC: () => (/* binding */ encodeContents),
/* harmony export */   go: () => (/* binding */ isDamagedContents),
/* harmony export */   j4: () => (/* binding */ mostContentsBytes)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1856);


const kind = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(...["file", "hard link", "directory", "symbolic link"], ...["character device", "block device", "fifo", "socket"]);
const keptShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .shaped */ .e9)({
    database: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)("dpkg", "rpm", "rpm, unread", "none"),
    distribution: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .either */ .gP)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .shaped */ .e9)({ id: _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, version: _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, name: _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj }), (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(null)),
    packages: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .tuple */ .PV)(...[_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .amount */ .vj, (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .either */ .gP)(_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9, (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(null))], ...[(0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)(_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj), (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj), (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)])),
    steps: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .shaped */ .e9)({ name: _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, id: _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .digest */ .br })),
    attributes: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .tuple */ .PV)(kind, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)),
    entries: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .tuple */ .PV)(_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9, _json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj, (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .either */ .gP)(_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9, (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(null))))),
});
/** The largest size of a contents file, in bytes: enough for a million entries. */
const mostContentsBytes = 256 * 1024 ** 2;
/** The beginning of the text: the format's version, and the checksum of everything that follows. */
const head = /^\{"version":3,"sha256":"([0-9a-f]{64})",/;
/** Writes contents in their compact form, with a checksum. */
function encodeContents({ database, distribution, packages, steps, entries }) {
    const attributes = new Map();
    let before = "";
    const rows = entries.map(({ path, kind, size, mode, owner, digest, package: owning }) => {
        const shared = sharedLength(before, path);
        before = path;
        const key = JSON.stringify([kind, mode, owner]);
        const number = attributes.get(key) ?? attributes.size;
        attributes.set(key, number);
        const row = [shared, path.slice(shared), number, size, digest];
        return owning === null ? row : [...row, owning];
    });
    const kept = {
        database,
        distribution,
        packages: packages.map(rowOf),
        steps,
        attributes: [...attributes.keys()].map((key) => JSON.parse(key)),
        entries: rows,
    };
    const rest = `${JSON.stringify(kept).slice(1)}\n`;
    return `{"version":3,"sha256":"${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", rest)}",${rest}`;
}
function rowOf({ name, version, architecture, bytes, source, licences, step }) {
    const row = [name, version, architecture, bytes, step, licences];
    return source.name === name && source.version === version ? row : [...row, source.name, source.version];
}
function sharedLength(a, b) {
    let length = 0;
    while (length < a.length && a[length] === b[length])
        length++;
    return length;
}
/**
 * Whether a text was damaged after it was written. A text of an earlier version can't be read, and counts as undamaged.
 */
const isDamagedContents = (text) => !/^\{"version":[12],/.test(text) && !isWhole(text);
function isWhole(text) {
    const [start = "", sum] = head.exec(text) ?? [];
    return sum === (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", text.slice(start.length));
}
/** Reads contents from their compact form. Undefined if the text is damaged or of another version. */
function decodeContents(text) {
    const kept = isWhole(text) ? (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .fromJson */ .Rf)(keptShape, text) : undefined;
    if (kept === undefined || !kept.entries.every((row) => isWithin(kept, row)))
        return undefined;
    if (!kept.packages.every(([, , , , step]) => step === null || step < kept.steps.length))
        return undefined;
    let before = "";
    const entries = kept.entries.map(([shared, rest, number, size, digest, owning = null]) => {
        const path = before.slice(0, shared) + rest;
        before = path;
        const [kind, mode, owner] = kept.attributes[number];
        return { path, kind, size, mode, owner, digest, package: owning };
    });
    const { database, distribution, steps } = kept;
    return { database, distribution, packages: kept.packages.map(packageOf), steps, entries };
}
/** Whether the indexes in a row refer to attributes and packages that exist. */
const isWithin = ({ attributes, packages }, [, , number, , , owning = null]) => number < attributes.length && (owning === null || owning < packages.length);
function packageOf(row) {
    const [name, version, architecture, bytes, step, licences, sourceName = name, sourceVersion = version] = row;
    const source = { name: sourceName, version: sourceVersion };
    return { name, version, architecture, bytes, source, licences, step };
}


/***/ }),

/***/ 2613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  r: () => (/* binding */ readContents),
  V: () => (/* binding */ shortDigest)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./out/src/tree/copyright.js

const directory = "/usr/share/doc";
/** Whether licencesOf() needs the text of a file. */
const isCopyright = (path) => /^\/usr\/share\/doc\/[^/]+\/copyright$/.test(path);
/** Whether licencesOf() needs the target of a link. */
const isCopyrightLink = (path) => /^\/usr\/share\/doc\/[^/]+(\/copyright)?$/.test(path);
/**
 * The licences of a Debian package, by the short names in its copyright file. A file that isn't in the machine-readable
 * format of https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ gives none.
 */
function licencesOf(name, { texts, links }) {
    const follow = (path) => external_node_path_.posix.resolve(external_node_path_.posix.dirname(path), links.get(path) ?? path);
    const text = texts.get(follow(`${follow(`${directory}/${name}`)}/copyright`)) ?? "";
    const [head = "", ...paragraphs] = text.split(/\n(?:[ \t]*\n)+/);
    if (!/^Format:.*copyright-format\/1\.0/im.test(head))
        return [];
    const names = paragraphs
        .filter((paragraph) => /^Files:/im.test(paragraph))
        .map((paragraph) => /^License:(.*)$/im.exec(paragraph)?.[1]?.trim() ?? "");
    return [...new Set(names.filter((each) => each !== ""))];
}

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __nccwpck_require__(3740);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
;// CONCATENATED MODULE: ./out/src/tree/packages.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** The path of dpkg's list of packages. */
const dpkgStatus = "/var/lib/dpkg/status";
/** The directory in which dpkg keeps its files about each package. */
const dpkgInfo = "/var/lib/dpkg/info/";
const dpkgList = /^\/var\/lib\/dpkg\/info\/(.+)\.list$/;
/** Whether readDpkg() needs the text of a file. */
const isDpkgFile = (path) => path === dpkgStatus || dpkgList.test(path);
/** Reads dpkg's database from the texts of its files, by path, and licences from the packages' copyright files. */
function readDpkg(files, copyrights) {
    const status = files.get(dpkgStatus);
    if (status === undefined)
        return { database: "none", packages: [] };
    const lists = new Map();
    for (const [path, text] of files) {
        const name = dpkgList.exec(path)?.[1];
        if (name !== undefined)
            lists.set(name, text.split("\n"));
    }
    const packages = status
        .split(/\n\n+/)
        .filter((paragraph) => field(paragraph, "Status").endsWith(" installed"))
        .map((paragraph) => {
        const [name, architecture] = [field(paragraph, "Package"), field(paragraph, "Architecture")];
        const version = field(paragraph, "Version");
        return {
            name,
            version,
            architecture,
            bytes: Number(field(paragraph, "Installed-Size")) * 1024,
            source: debianSource(field(paragraph, "Source"), { name, version }),
            licences: licencesOf(name, copyrights),
            files: lists.get(name) ?? lists.get(`${name}:${architecture}`) ?? [],
        };
    });
    return { database: "dpkg", packages: packages.sort(byIdentity) };
}
/** Reads dpkg's field Source, `NAME` or `NAME (VERSION)`. It is missing if both are the binary package's own. */
function debianSource(text, own) {
    const [, name = own.name, version = own.version] = /^(\S+)(?: \((.*)\))?$/.exec(text) ?? [];
    return { name, version };
}
const field = (paragraph, name) => new RegExp(`^${name}: *(.*)$`, "m").exec(paragraph)?.[1] ?? "";
/** The places of RPM's database, new and old. On new systems /var/lib/rpm is a symbolic link, which isn't followed. */
const rpmDatabases = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"].flatMap((directory) => ["rpmdb.sqlite", "Packages.db", "Packages"].map((name) => `${directory}/${name}`));
/**
 * Reads an RPM database, by its path in a tree or a layer, with the machine's own rpm. It reads a copy, because rpm
 * writes even when it only reads.
 */
async function readRpm(tree, path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const database = __addDisposableResource(env_1, await (0,plain_file/* openBelow */.SL)(tree, path.slice(1)), true);
        const directory = await (0,external_node_fs_promises_.mkdtemp)(`${(0,external_node_os_.tmpdir)()}/rpm-`);
        try {
            await (0,external_node_fs_promises_.copyFile)(`/proc/self/fd/${database.fd}`, `${directory}/${(0,external_node_path_.basename)(path)}`);
            const tags = ["NAME", "VERSION", "RELEASE", "EPOCH", "ARCH", "SIZE", "SOURCERPM", "LICENSE"];
            const format = `${tags.map((tag) => `%{${tag}}`).join("\\t")}\\n[ %{FILENAMES}\\n]\\n`;
            const text = await (0,command/* run */.eF)(["rpm", "--query", "--all", `--dbpath=${directory}`, `--queryformat=${format}`]);
            return { database: "rpm", packages: text.split("\n\n").flatMap(rpmPackage).sort(byIdentity) };
        }
        catch (error) {
            // The build didn't need the host's rpm, so it may be missing, or too old for this database.
            if (error instanceof errors/* BuildError */.zS)
                return { database: "rpm, unread", packages: [] };
            throw error;
        }
        finally {
            await (0,external_node_fs_promises_.rm)(directory, { recursive: true });
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function rpmPackage(text) {
    const [head = "", ...files] = text.split("\n");
    const values = head.split("\t").map((value) => (value === "(none)" ? "" : value));
    const [name = "", number = "", release = "", epoch = "", architecture = "", bytes = "", source = "", licence = ""] = values;
    // rpm lists signing keys as if they were packages.
    if (name === "" || name === "gpg-pubkey")
        return [];
    const version = `${epoch === "" ? "" : `${epoch}:`}${number}-${release}`;
    return [
        {
            name,
            version,
            architecture,
            // A package of 4 GiB or more has no SIZE tag.
            bytes: Number(bytes) || 0,
            source: rpmSource(source, { name, version }),
            licences: licence === "" ? [] : [licence],
            files: files.map((path) => path.slice(1)),
        },
    ];
}
/** Reads the file name of a source package, `NAME-VERSION-RELEASE.src.rpm`. */
function rpmSource(file, own) {
    const [, name = own.name, version = own.version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file) ?? [];
    return { name, version };
}
function byIdentity(a, b) {
    const [x, y] = [a, b].map(({ name, architecture, version }) => `${name}\0${architecture}\0${version}`);
    return x < y ? -1 : x > y ? 1 : 0;
}

;// CONCATENATED MODULE: ./out/src/tree/origins.js
var origins_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var origins_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});



/**
 * For each package the layer that brought it, as an index: the lowest one from which on every layer that has a package
 * database lists this version. Undefined if no layer lists it. The layers are directories, the lowest first.
 */
async function originsOf(packages, layers) {
    let since = new Map();
    for (const [index, layer] of layers.entries()) {
        const listed = await packagesIn(layer);
        if (listed !== undefined)
            since = new Map(listed.map(keyOf).map((key) => [key, since.get(key) ?? index]));
    }
    return packages.map((each) => since.get(keyOf(each)));
}
const keyOf = ({ name, version, architecture }) => `${name}\0${version}\0${architecture}`;
/** The packages that a layer's database lists; undefined if the layer has no database of its own. */
async function packagesIn(layer) {
    for (const path of rpmDatabases) {
        const list = await unlessMissing(readRpm(layer, path));
        if (list !== undefined)
            return list.packages;
    }
    const status = await unlessMissing(readText(layer, dpkgStatus.slice(1)));
    if (status === undefined)
        return undefined;
    return readDpkg(new Map([[dpkgStatus, status]]), { texts: new Map(), links: new Map() }).packages;
}
async function readText(layer, path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = origins_addDisposableResource(env_1, await (0,plain_file/* openBelow */.SL)(layer, path), true);
        return await file.readFile("utf8");
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = origins_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Undefined if a file isn't in a layer, or if something else is in its place, such as a whiteout. */
async function unlessMissing(read) {
    return read.catch((error) => {
        if (error instanceof plain_file/* NotPlainError */.S6 || ["ENOENT", "ENOTDIR", "ELOOP"].some((code) => (0,errors/* hasCode */.up)(error, code)))
            return undefined;
        throw error;
    });
}

;// CONCATENATED MODULE: ./out/src/tree/os-release.js
/** The places of the file, the one that counts first: os-release(5). */
const osReleasePaths = ["/etc/os-release", "/usr/lib/os-release"];
/** Reads an os-release file. Null if it doesn't say which distribution it is. */
function readOsRelease(text) {
    const id = value(text, "ID");
    return id === "" ? null : { id, version: value(text, "VERSION_ID"), name: value(text, "PRETTY_NAME") };
}
/** A variable's value. The file is a list of shell assignments, with or without quotes. */
function value(text, name) {
    const [, quoted = ""] = new RegExp(`^${name}=(.*)$`, "m").exec(text) ?? [];
    return quoted
        .trim()
        .replace(/^(["'])(.*)\1$/, "$2")
        .replace(/\\(.)/g, "$1");
}

// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __nccwpck_require__(9590);
;// CONCATENATED MODULE: ./out/src/tree/contents.js








/**
 * Reads a finished tree. Symbolic links aren't followed, because they could lead out of the tree. The layers, the
 * lowest first, tell which step brought each package.
 */
async function readContents(tree, layers = []) {
    const { found, kept, links, copyrightLinks } = await look(tree, merged(layers));
    const rpm = rpmDatabases.find((path) => found.some((entry) => entry.path === path && entry.kind === "file"));
    const { database, packages } = rpm === undefined ? readDpkg(kept, { texts: kept, links: copyrightLinks }) : await readRpm(tree, rpm);
    const owners = ownersOf(packages, links);
    const ownerOf = (path) => owners.get(path) ?? owners.get(madeFrom(path)) ?? null;
    const osRelease = osReleasePaths.map((path) => kept.get(path)).find((text) => text !== undefined);
    return {
        database,
        distribution: osRelease === undefined ? null : readOsRelease(osRelease),
        ...(await withSteps(packages.map(({ files: _files, ...each }) => each), layers)),
        entries: found.map((entry) => ({
            ...entry,
            package: entry.kind === "directory" ? null : ownerOf(entry.path),
        })),
    };
}
/** Adds to each package the step that brought it. */
async function withSteps(packages, layers) {
    const origins = await originsOf(packages, layers.map(({ directory }) => directory));
    const stepOf = (index) => {
        const origin = origins[index];
        return origin === undefined ? null : (layers[origin]?.step ?? null);
    };
    const brought = new Set(packages.map((_, index) => stepOf(index)));
    const steps = [...new Set(layers.flatMap(({ step }) => (step !== null && brought.has(step) ? [step] : [])))];
    return {
        packages: packages.map((each, index) => {
            const step = stepOf(index);
            return { ...each, step: step === null ? null : steps.indexOf(step) };
        }),
        steps,
    };
}
/** Maps each path to the package that claims it. */
function ownersOf(packages, links) {
    const owners = new Map();
    for (const [index, { name, architecture, files }] of packages.entries()) {
        for (const named of [name, `${name}:${architecture}`])
            owners.set(`${dpkgInfo}${named}`, index);
        for (const path of files)
            owners.set(throughLinks(path, links), index);
    }
    // Packages that list /bin mean the directory, so the link belongs to none of them.
    for (const path of links.keys())
        owners.delete(path);
    return owners;
}
/** Resolves a link in the root directory: packages list /bin/ls even if /bin is a symbolic link to usr/bin. */
function throughLinks(path, links) {
    const end = path.indexOf("/", 1);
    const target = end === -1 ? undefined : links.get(path.slice(0, end));
    return target === undefined ? path : `/${target.replace(/^\/+/, "")}${path.slice(end)}`;
}
/**
 * The listed path that a file was made from. Packages don't list the files that dpkg keeps about them, nor those that
 * Python compiles.
 */
const madeFrom = (path) => path.startsWith(dpkgInfo)
    ? path.replace(/\.[a-z0-9]+$/, "")
    : path.replace(/__pycache__\/([^/]+)\.[a-z0-9]+-[0-9]+(\.opt-[12])?\.pyc$/, "$1.py");
/** The digests of a tree's files: a path is that of the uppermost layer that has a file there. */
const merged = (layers) => new Map(layers.flatMap(({ files }) => [...files]));
async function look(tree, digests) {
    const found = [];
    const kept = new Map();
    const links = new Map();
    const copyrightLinks = new Map();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (const file of (0,walk/* walk */.GG)(tree)) {
        const { path, kind, stats } = file;
        // Let concurrent work run.
        if (kind === "directory")
            await promises_.scheduler.yield();
        const mode = stats.mode & 0o7777;
        const owner = `${stats.uid}:${stats.gid}`;
        found.push({ path, kind, size: sizeOf(kind, stats), mode, owner, digest: await digestOf(file) });
    }
    return { found, kept, links, copyrightLinks };
    async function digestOf({ place, path, kind, stats: { rdev, size } }) {
        switch (kind) {
            case "file":
            case "hard link":
                if (isTelling(path, size))
                    kept.set(path, readWhole(place, size).toString());
                return digests.get(path) ?? shortDigest(await (0,walk/* sha256Of */.Bj)(place, buffer, "base64url"));
            case "symbolic link": {
                const target = (0,external_node_fs_.readlinkSync)(place, { encoding: "buffer" });
                if (path.lastIndexOf("/") === 0)
                    links.set(path, target.toString());
                if (isCopyrightLink(path))
                    copyrightLinks.set(path, target.toString());
                return shortDigest((0,external_node_crypto_.hash)("sha256", target, "base64url"));
            }
            case "character device":
            case "block device":
                return String(rdev);
            case "directory":
            case "fifo":
            case "socket":
                return "";
        }
    }
}
/** Whether a file's text tells about packages or the distribution. A copyright file of many megabytes isn't one. */
const isTelling = (path, size) => isDpkgFile(path) || (size < 8 * 1024 ** 2 && (isCopyright(path) || osReleasePaths.includes(path)));
/** The size of a directory or a device depends on the file system, so it counts as 0. */
const sizeOf = (kind, { size }) => kind === "file" || kind === "hard link" || kind === "symbolic link" ? size : 0;
/** 64 bits of a digest in base64url: enough to tell two versions of one file apart. */
const shortDigest = (digest) => digest.slice(0, 11);
function readWhole(place, size) {
    const file = (0,external_node_fs_.openSync)(place, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW);
    try {
        const bytes = Buffer.alloc(size);
        return bytes.subarray(0, (0,external_node_fs_.readSync)(file, bytes));
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}


/***/ }),

/***/ 9538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ stateOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9590);


/**
 * The state of a file or of everything below a directory, as text. It differs whenever the files may: whoever writes to
 * a file changes its ctime, and no copy has the same inode and ctime.
 */
const stateOf = (path) => linesOf(Buffer.from(path), "").join("");
function linesOf(place, path) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(place, { bigint: true });
    const own = lineOf(path, stats);
    if (!stats.isDirectory())
        return [own];
    const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(place, { encoding: "buffer" }).sort(Buffer.compare);
    return [own, ...names.flatMap((name) => linesOf(Buffer.concat([place, slash, name]), `${path}/${(0,_walk_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(name)}`))];
}
const lineOf = (path, { ino, size, mtimeNs, ctimeNs }) => `${ino} ${size} ${mtimeNs} ${ctimeNs} ${JSON.stringify(path)}\n`;
const slash = Buffer.from("/");


/***/ }),

/***/ 9590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bj: () => (/* binding */ sha256Of),
/* harmony export */   GG: () => (/* binding */ walk),
/* harmony export */   I: () => (/* binding */ kindOf),
/* harmony export */   Vb: () => (/* binding */ nameOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8500);



/**
 * Yields everything below a directory. A directory comes before its contents; names are in byte order. Symbolic links
 * aren't followed, because they could lead out of the tree.
 */
function* walk(directory) {
    yield* below(Buffer.from(directory), "", new Map());
}
function* below(directory, shown, links) {
    for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(directory, { encoding: "buffer" }).sort(Buffer.compare)) {
        const place = Buffer.concat([directory, slash, name]);
        const path = `${shown}/${nameOf(name)}`;
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(place);
        const kind = kindOf(stats);
        const inode = `${stats.dev}:${stats.ino}`;
        const first = kind === "file" ? links.get(inode) : undefined;
        if (first !== undefined) {
            yield { path, place, stats, kind: "hard link", first };
            continue;
        }
        if (kind === "file" && stats.nlink > 1)
            links.set(inode, path);
        yield { path, place, stats, kind };
        if (kind === "directory")
            yield* below(place, path, links);
    }
}
const slash = Buffer.from("/");
/** A name as text. Bytes that aren't UTF-8 are escaped. */
function nameOf(name) {
    const text = name.toString();
    if (!text.includes("\ufffd") || Buffer.from(text).equals(name))
        return text;
    return name.toString("latin1").replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
/** The type of a file, from its status. */
function kindOf(stats) {
    if (stats.isDirectory())
        return "directory";
    if (stats.isSymbolicLink())
        return "symbolic link";
    if (stats.isCharacterDevice())
        return "character device";
    if (stats.isBlockDevice())
        return "block device";
    if (stats.isFIFO())
        return "fifo";
    if (stats.isSocket())
        return "socket";
    return "file";
}
/** The SHA-256 of a file. Most files are small, and reading those synchronously is several times as fast. */
async function sha256Of(place, buffer, encoding) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(place, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW);
    try {
        let length = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, buffer);
        if (length < buffer.length)
            return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", buffer.subarray(0, length), encoding);
        const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
        for (; length > 0; length = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, buffer)) {
            sum.update(buffer.subarray(0, length));
            await node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.scheduler.yield();
        }
        return sum.digest(encoding);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(file);
    }
}


/***/ }),

/***/ 7196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ isPattern),
/* harmony export */   a: () => (/* binding */ exclusionOf)
/* harmony export */ });
/** Whether a name is a glob pattern of names. */
const isPattern = (name) => /[*?[\]{}]/.test(name);
/**
 * Tests paths of files in a directory that is copied. A pattern without a slash is for names anywhere, one with a slash
 * for paths from the directory on. `matches` is path.matchesGlob: both the engine and stages have it.
 */
const exclusionOf = (patterns, matches) => (path) => patterns.some((pattern) => matches(pattern.includes("/") ? path : path.slice(path.lastIndexOf("/") + 1), pattern));


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __nccwpck_require__(1563);
// EXTERNAL MODULE: ./out/src/store/refs.js
var refs = __nccwpck_require__(6720);
// EXTERNAL MODULE: ./out/src/build/plan.js
var build_plan = __nccwpck_require__(7086);
;// CONCATENATED MODULE: ./out/src/build/announce.js



/** Reports a plan: its steps, and the source of each result that needn't be built. Marks those results as used. */
async function announce(plan, { report, layout, remote }, describe, fetched) {
    const all = (0,build_plan/* inOrder */.al)(plan).flatMap((part) => part.steps);
    const times = timesOf(all);
    report({ type: "planned", steps: all.map(({ step }) => describe(step.id)), toRun: (0,build_plan/* stepsToRun */.kY)(plan) });
    for (const planned of all) {
        if (planned.type === "run")
            continue;
        const { id } = planned.step;
        const source = fetched.get(id) ?? (planned.type === "stored" ? "store" : "not needed");
        report({
            type: "step-cached",
            step: describe(id),
            source,
            bytes: planned.type === "stored" ? planned.record.size : 0,
            ran: times.get(id) ?? null,
            isUnpinned: (0,pipeline_pipeline/* isUnpinned */.Yh)(planned.step),
        });
        if (planned.type !== "stored")
            continue;
        remote?.known(planned.record);
        await (0,refs/* touchRef */.vN)(layout, id);
    }
}
/**
 * Reports that no step of a pipeline need run, because the cache has all that its image was made from. `downloaded` is
 * the time of the oldest download that nothing pins, in milliseconds since 1970; null if that isn't known.
 */
function announceCached(pipeline, downloaded, report) {
    const describe = describer(pipeline);
    const all = (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline).flatMap(pipeline_pipeline/* steps */.Ci);
    report({ type: "planned", steps: all.map(({ id }) => describe(id)), toRun: 0 });
    for (const step of all) {
        const told = { bytes: 0, ran: downloaded, isUnpinned: (0,pipeline_pipeline/* isUnpinned */.Yh)(step) };
        report({ type: "step-cached", step: describe(step.id), source: "not needed", ...told });
    }
}
/**
 * The times at which the steps ran that don't run now. The last result that is used knows best: it may follow from an
 * earlier run.
 */
function timesOf(all) {
    const used = all.flatMap((planned) => (planned.type === "stored" ? [planned.record] : []));
    return new Map([...used, ...used.flatMap(({ runs = [] }) => runs)].map(({ id, ran }) => [id, ran]));
}
/** Numbers the steps of a pipeline and its build pipelines for reports. */
function describer(pipeline) {
    const pipelines = (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline);
    const infos = new Map();
    for (const [place, each] of pipelines.entries()) {
        for (const { id, kind, name } of (0,pipeline_pipeline/* steps */.Ci)(each)) {
            infos.set(id, { id, kind, name, depth: pipelines.length - 1 - place, index: infos.size + 1 });
        }
    }
    return (id) => infos.get(id);
}
/** The warning for a source-epoch in the future. */
const futureEpoch = ({ sourceEpoch }) => ({
    message: `the source-epoch ${sourceEpoch} is later than this machine's clock: ${new Date(sourceEpoch * 1000).toISOString()}`,
    hint: "files that this build makes get this time, and look as if they were from the future",
});

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/packages.js + 2 modules
var host_packages = __nccwpck_require__(4817);
// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var pipeline_secrets = __nccwpck_require__(6784);
// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __nccwpck_require__(2635);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __nccwpck_require__(9396);
// EXTERNAL MODULE: ./out/src/store/workspace.js + 1 modules
var store_workspace = __nccwpck_require__(2660);
// EXTERNAL MODULE: ./out/src/build/damage.js
var damage = __nccwpck_require__(2920);
// EXTERNAL MODULE: ./out/src/pipeline/fingerprint.js + 2 modules
var fingerprint = __nccwpck_require__(1014);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __nccwpck_require__(7250);
;// CONCATENATED MODULE: ./out/src/report/age.js

const units = { h: ["hour", 1], d: ["day", 24], w: ["week", 7 * 24] };
/** The forms that parseAge() accepts, in words. */
const ageForms = "a number of hours, days or weeks, such as 12h, 7d or 4w";
/** Parses an age, such as `12h`, `7d` or `4w`. Undefined if the text isn't one. */
function parseAge(text) {
    const [, digits, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? [];
    if (digits === undefined)
        return undefined;
    const [noun, hours] = units[unit];
    return { milliseconds: Number(digits) * hours * 3_600_000, text: formatCount(Number(digits), noun) };
}
/** The whole days since a time in milliseconds since 1970. A time in the future counts as today. */
function formatAgo(time, now = Date.now()) {
    const days = Math.floor((now - time) / (24 * 3_600_000));
    return days < 1 ? "today" : `${(0,format/* formatCount */.B4)(days, "day")} ago`;
}

// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __nccwpck_require__(3740);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __nccwpck_require__(1856);
;// CONCATENATED MODULE: ./out/src/store/heads.js



const headShape = (0,shape/* shaped */.e9)(refs/* headMembers */.yh);
/** Most heads have less than 2 KiB, depending on the step's options. */
const mostBytes = 16 * 1024;
/** A JSON string has no line breaks, so this can only begin a member of the record itself. */
const end = ',\n  "layers": [';
/**
 * Reads the head of the record of an id if the ref is whole, except that layers below its own may be missing. All of
 * the record is read if its head is longer, or lacks what an earlier release put at its end.
 */
async function readHead(layout, id) {
    const read = () => {
        const text = (0,plain_file/* readBeginningSync */.HK)(layout.record(id), mostBytes);
        return `${text.slice(0, Math.max(0, text.indexOf(end)))}}`;
    };
    const found = (0,refs/* parseRecord */.Hh)(headShape, id, read);
    const head = found === "damaged" || (found && !isFull(found)) ? await (0,refs/* readRecord */.aE)(layout, id) : found;
    return head !== undefined && (0,refs/* isLinked */.GW)(layout, head) ? head : undefined;
}
const isFull = ({ details, ran, runs }) => details !== undefined && ran !== undefined && runs !== undefined;

// EXTERNAL MODULE: ./out/src/store/objects.js
var objects = __nccwpck_require__(2088);
;// CONCATENATED MODULE: ./out/src/store/tools.js



/** The most bytes that are read: the digests of thousands of updates. Beyond them, the file begins anew. */
const tools_mostBytes = 1024 ** 2;
/** Reads the digests of the host's tools by the state of their files; see host-root.ts. */
async function readToolDigests(layout) {
    const text = await (0,plain_file/* readPlain */.rM)(layout.tools, tools_mostBytes).catch((error) => {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "ENOTDIR") || (0,plain_file/* isUnreadable */.GZ)(error))
            return "";
        throw error;
    });
    return new Map([...text.matchAll(/^([0-9a-f]{64}) ([0-9a-f]{64})$/gm)].map(([, state = "", digest = ""]) => [state, digest]));
}
/** Writes all that are known, after some have been added. */
const writeToolDigests = (layout, known) => (0,store_layout/* unlessReadOnly */.Hp)((0,plain_file/* writePlain */.yi)(layout.tools, [...known].map((entry) => `${entry.join(" ")}\n`).join("")));

// EXTERNAL MODULE: ./out/src/build/described.js
var described = __nccwpck_require__(8770);
// EXTERNAL MODULE: ./out/src/build/usable.js
var usable = __nccwpck_require__(3373);
;// CONCATENATED MODULE: ./out/src/build/planning.js












/** Reads a pipeline's inputs and prepares its look-up. */
async function prepare(pipeline, context) {
    const { layout, from, save, contents, freshness } = context;
    const archiveDigest = from === undefined ? null : await (0,objects/* sha256 */.sc)(from);
    await requireFewLayers(pipeline, layout);
    const tools = await readToolDigests(layout);
    const toolsBefore = tools.size;
    const known = context.fingerprints ?? (await fingerprintsOf(pipeline, layout, archiveDigest, tools));
    const wanted = save === undefined ? "output" : "tree";
    const lookUp = async (tooOld) => {
        const records = await resultsOf(pipeline, (id) => readHead(layout, id));
        const { outputId } = pipeline;
        const isUndescribed = contents === "required" && outputId !== null && !(await (0,described/* isDescribed */.a)(layout, outputId));
        const undescribed = new Set(isUndescribed ? [outputId] : []);
        for (;;) {
            const plan = (0,build_plan/* planBuild */.C7)(pipeline, { fingerprints: known, records, freshness, tooOld, undescribed }, wanted);
            const lacking = await lackingLayers(plan, layout);
            if (lacking === undefined)
                return plan;
            records.delete(lacking);
        }
    };
    const keepTools = async () => {
        if (tools.size > toolsBefore)
            await writeToolDigests(layout, tools);
    };
    return { context, pipeline, fingerprints: known, archiveDigest, lookUp, keepTools };
}
/** Plans, fetches missing results and drops damaged ones, until the plan relies on nothing damaged. */
async function planSoundly(work) {
    const { context, archiveDigest } = work;
    const remote = { fetched: new Map(), tooOld: new Set() };
    for (;;) {
        const local = await work.lookUp(remote.tooOld);
        // Drop damage before fetching: a fetched result would replace a damaged one without a warning.
        if (await (0,damage/* dropDamage */.$R)(local, context, archiveDigest))
            continue;
        const plan = context.remote === undefined ? local : await fetchPlanned(local, work, context.remote, remote);
        if (!(await (0,damage/* dropDamage */.$R)(plan, context, archiveDigest)))
            return { plan, fetched: remote.fetched };
    }
}
/**
 * Fetches results that the plan would build: the output first, then the trees from the last one down. Adds their ids to
 * `results`, and returns the plan for the rest.
 */
async function fetchPlanned(first, { context, pipeline, lookUp }, remote, results) {
    const since = (0,usable/* oldestAllowed */.k6)(pipeline, context.freshness);
    let plan = first;
    // Fetch a pipeline's own steps before its build root's: if none of them runs, the root isn't needed.
    for (let depth = 0;;) {
        const part = (0,build_plan/* inOrder */.al)(plan).at(-1 - depth);
        if (part === undefined)
            return plan;
        const missing = part.steps.flatMap((planned) => planned.type === "run" && !planned.isForced && !results.fetched.has(planned.step.id) ? [planned] : []);
        const wanted = missing.map(({ step, fingerprint }) => ({
            id: step.id,
            name: step.name,
            fingerprint: fingerprint.value,
            since: since.get(step),
        }));
        const { found, tooOld } = await remote.fetch(wanted.reverse());
        for (const old of tooOld)
            results.tooOld.add(old);
        if (found !== undefined)
            results.fetched.set(found.id, found.cache);
        if (found !== undefined || tooOld.length > 0)
            plan = await lookUp(results.tooOld);
        // A fetched output that isn't described is made again, and for that its tree is fetched.
        if (found === undefined || !runs(plan, found.id))
            depth++;
    }
}
const runs = (plan, id) => (0,build_plan/* inOrder */.al)(plan).some((part) => part.steps.some(({ type, step }) => type === "run" && step.id === id));
/** Call this once for a build, because it reads the user's files. */
const fingerprintsOf = (pipeline, layout, archive, tools) => (0,fingerprint/* fingerprints */.WS)(pipeline, { baseFingerprint: async (id) => (await (0,refs/* readRef */.sg)(layout, id))?.fingerprint ?? null, archive }, tools);
/** The results that the store has, of a pipeline's steps and bases, by id. */
function recordsOf(pipeline, layout) {
    const requireObject = openObjects(layout);
    return resultsOf(pipeline, (id) => readRef(layout, id, requireObject));
}
async function resultsOf(pipeline, read) {
    const results = new Map();
    const links = (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline);
    for (const { id } of [...links.flatMap(({ base }) => base ?? []), ...links.flatMap(pipeline_pipeline/* steps */.Ci)]) {
        const result = await read(id);
        if (result !== undefined)
            results.set(id, result);
    }
    return results;
}
/** The id of a stage whose tree the plan takes from the store, but that lacks layers below its own. */
async function lackingLayers(plan, layout) {
    for (const part of (0,build_plan/* inOrder */.al)(plan)) {
        const id = (0,build_plan/* lastStored */.oS)(part)?.step.id;
        if (id !== undefined && (await (0,refs/* readRef */.sg)(layout, id)) === undefined)
            return id;
    }
    return undefined;
}
/** The warnings for bases whose packages are too old: a pipeline can't build its base again. */
async function oldBases(pipeline, { layout, freshness }) {
    const { maxAge, started = 0 } = freshness ?? {};
    const bases = maxAge === undefined ? [] : (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline).flatMap(({ base }) => base ?? []);
    const found = bases.map(async ({ id, at }) => {
        const times = ((await (0,refs/* readRef */.sg)(layout, id))?.runs ?? []).filter(({ unpinned }) => unpinned).map(({ ran }) => ran);
        const oldest = Math.min(...times);
        if (oldest >= started - (maxAge?.milliseconds ?? 0))
            return [];
        const hint = "build the pipeline that makes it first, with the same maximum age";
        return [{ message: `the base has packages of ${formatAgo(oldest)}`, at, hint }];
    });
    return (await Promise.all(found)).flat();
}
/** Checks the number of layers. A base adds layers that the pipeline doesn't show. */
async function requireFewLayers(pipeline, layout) {
    for (const { base, stages } of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline)) {
        const below = base === null ? undefined : await (0,refs/* readRef */.sg)(layout, base.id);
        const count = stages.length + (below?.layers.length ?? 0);
        if (base === null || count <= pipeline_pipeline/* mostLayers */.mO)
            continue;
        const message = `this base and the stages on it have ${count} layers, and a tree has at most ${pipeline_pipeline/* mostLayers */.mO}`;
        throw new errors/* BuildError */.zS("INVALID", [{ message, at: base.at, hint: errors/* fewerStages */.nF }]);
    }
}

;// CONCATENATED MODULE: ./out/src/build/build.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});











/**
 * Builds a pipeline and delivers its output. If the output turns out to be damaged on delivery, builds it once more.
 * Nothing that the build found in the store is deleted until it has been delivered.
 */
async function buildOutput(pipeline, context, deliver) {
    const { outputId } = pipeline;
    const buildAndDeliver = async () => {
        let output;
        await build(pipeline, context, async () => {
            output = outputId === null ? undefined : await (0,refs/* readRef */.sg)(context.layout, outputId);
            if (output !== undefined)
                await deliver(output);
        });
        return output;
    };
    return buildAndDeliver().catch((error) => {
        if (!(error instanceof integrity/* DamagedError */.Me))
            throw error;
        return buildAndDeliver();
    });
}
/**
 * Builds the missing results of a pipeline. The store keeps every result that succeeded, even if a later step fails,
 * and deletes none of them until `deliver` has ended.
 */
async function build(pipeline, context, deliver = async () => undefined) {
    const { layout, report, signal } = context;
    (0,pipeline_secrets/* requireSecrets */.pU)(pipeline);
    for (const problem of pipeline.warnings)
        report({ type: "warning", problem });
    for (const problem of await oldBases(pipeline, context))
        report({ type: "warning", problem });
    if (pipeline.sourceEpoch * 1000 > Date.now())
        report({ type: "warning", problem: futureEpoch(pipeline) });
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            await (0,store_workspace/* sweepWorkspaces */.Ru)(layout, (problem) => report({ type: "warning", problem }));
            const { work, lock } = await prepareLocked(pipeline, context);
            {
                const env_2 = { stack: [], error: void 0, hasError: false };
                try {
                    const _kept = __addDisposableResource(env_2, lock, true);
                    await work.keepTools();
                    if (await isUnchanged(work))
                        return await checkAndDeliver();
                }
                catch (e_1) {
                    env_2.error = e_1;
                    env_2.hasError = true;
                }
                finally {
                    const result_1 = __disposeResources(env_2);
                    if (result_1)
                        await result_1;
                }
            }
            const _kept = __addDisposableResource(env_1, await buildMissing(work), true);
            await checkAndDeliver();
        }
        catch (e_2) {
            env_1.error = e_2;
            env_1.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_1);
            if (result_2)
                await result_2;
        }
    }
    catch (error) {
        if (signal.aborted)
            throw (0,errors/* failure */.V2)("INTERRUPTED", "interrupted", undefined, { cause: error });
        throw error;
    }
    async function checkAndDeliver() {
        await checkStored(pipeline, context);
        await deliver();
    }
}
/** Prepares a build and locks the store meanwhile, because locking takes a process. */
async function prepareLocked(pipeline, context) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const kept = __addDisposableResource(env_3, new AsyncDisposableStack(), true);
        const locking = (0,store_workspace/* lockShared */.h1)(context.layout).then((lock) => kept.use(lock));
        locking.catch(() => undefined);
        const work = await prepare(pipeline, context).finally(() => locking);
        return { work, lock: kept.move() };
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_3 = __disposeResources(env_3);
        if (result_3)
            await result_3;
    }
}
/** Checks whether everything wanted is in the store already. If so, reports it. */
async function isUnchanged({ context, pipeline, archiveDigest, lookUp }) {
    const plan = await lookUp();
    if ((0,build_plan/* stepsToRun */.kY)(plan) > 0 || context.save !== undefined)
        return false;
    // Without an image there are no recorded contents, so the tree itself has to be measured.
    if (context.budget !== undefined && pipeline.outputId === null)
        return false;
    if ((await (0,damage/* findDamage */.Tu)(plan, context, archiveDigest)).length > 0)
        return false;
    await announce(plan, context, describer(pipeline), new Map());
    return true;
}
/** Measures an image by its recorded contents: if nothing ran, no tree was measured. */
async function checkStored(pipeline, { layout, budget }) {
    const { outputId, stages } = pipeline;
    const step = stages.at(-1) ?? pipeline.assembler;
    if (budget === undefined || outputId === null || step === null)
        return;
    const { requireBudget } = await __nccwpck_require__.e(/* import() */ 910).then(__nccwpck_require__.bind(__nccwpck_require__, 910));
    const contents = await (0,integrity/* recordedContents */.hN)(layout, outputId);
    if (contents !== undefined)
        requireBudget(budget, pipeline, { contents, step, started: undefined });
}
/** Builds the missing results. The lock that it returns keeps the store from being pruned. */
async function buildMissing(work) {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
        const { context, pipeline, archiveDigest } = work;
        const { layout, report, save } = context;
        const describe = describer(pipeline);
        // An unchanged build would take longer to load these than to do all that it does.
        const [{ openSession }, { execute }, { checkMachine, needsOf }] = await Promise.all([
            __nccwpck_require__.e(/* import() */ 803).then(__nccwpck_require__.bind(__nccwpck_require__, 9803)),
            __nccwpck_require__.e(/* import() */ 526).then(__nccwpck_require__.bind(__nccwpck_require__, 1526)),
            Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 9255)),
        ]);
        await (0,store_layout/* requireWritable */.ik)(layout, "it lacks something that has to be built");
        const provide = (needs) => (0,host_packages/* providePrograms */.DW)(needs, context.install ? report : undefined);
        await provide(host_packages/* enginePrograms */.w0.map((program) => ({ program, of: "every build" })));
        await checkMachine(layout);
        const kept = __addDisposableResource(env_4, new AsyncDisposableStack(), true);
        {
            const env_5 = { stack: [], error: void 0, hasError: false };
            try {
                const session = __addDisposableResource(env_5, await openSession(context, describe), true);
                // Another build or a prune may have changed the store since the first look. The session's lock prevents that now.
                const { plan, fetched } = await planSoundly(work);
                await provide(needsOf(plan));
                await announce(plan, context, describe, fetched);
                const isMeasured = context.budget !== undefined && pipeline.outputId === null;
                if ((0,build_plan/* stepsToRun */.kY)(plan) > 0 || save !== undefined || isMeasured)
                    await execute(plan, context, session, archiveDigest);
                // The session ends here, because delivery needs its disk space, and its lock ends with it.
                kept.use(await (0,store_workspace/* lockShared */.h1)(layout));
            }
            catch (e_4) {
                env_5.error = e_4;
                env_5.hasError = true;
            }
            finally {
                const result_4 = __disposeResources(env_5);
                if (result_4)
                    await result_4;
            }
        }
        return kept.move();
    }
    catch (e_5) {
        env_4.error = e_5;
        env_4.hasError = true;
    }
    finally {
        const result_5 = __disposeResources(env_4);
        if (result_5)
            await result_5;
    }
}

// EXTERNAL MODULE: ./out/src/build/freshness.js
var build_freshness = __nccwpck_require__(3130);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
// EXTERNAL MODULE: ./out/src/host/trace.js
var trace = __nccwpck_require__(2252);
;// CONCATENATED MODULE: ./out/src/host/elsewhere.js




// A machine without the program hostname(1) may still let root write the name.
const script = `
{ hostname "$1" 2>/dev/null || echo "$1" > /proc/sys/kernel/hostname; } && umask 077 && cd "$2" && shift 2 && exec "$@"
`;
/** The environment of a user on the other side of the world. */
const environment = { PATH: command/* searchPath */.oe, TZ: "Pacific/Chatham", LC_ALL: "tr_TR.UTF-8", NO_COLOR: "1" };
/**
 * Runs a command as on another machine: with another host name, time zone, locale and umask, in this directory, and on
 * one processor. Returns its exit code and what it printed.
 */
async function runElsewhere(argv, directory, signal) {
    const words = ["--uts", "sh", "-c", script, "sh", "elsewhere", directory, ...(await onOneProcessor()), ...argv];
    const ended = (0,trace/* traced */.mn)(["unshare", ...words]);
    const { execa } = await __nccwpck_require__.e(/* import() */ 121).then(__nccwpck_require__.bind(__nccwpck_require__, 4121));
    const child = execa("unshare", words, {
        stdin: "ignore",
        all: true,
        env: environment,
        extendEnv: false,
        reject: false,
        cleanup: false,
        // A build that is interrupted takes its time to leave nothing behind.
        forceKillAfterDelay: false,
    });
    const interrupt = () => void child.kill("SIGTERM");
    signal.addEventListener("abort", interrupt, { once: true });
    const { exitCode, all } = await child;
    signal.removeEventListener("abort", interrupt);
    ended(`ended with exit code ${exitCode}`);
    return { exitCode, printed: all };
}
/** Begins a command line that may use only the first of several processors. */
async function onOneProcessor() {
    if ((0,external_node_os_.availableParallelism)() === 1)
        return [];
    const status = await (0,promises_.readFile)("/proc/self/status", "utf8");
    return ["taskset", "--cpu-list", /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? "0"];
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
;// CONCATENATED MODULE: ./out/src/report/problems.js

/** An error as people read it: what is wrong, the marked line, and what to do. */
const formatProblem = (problem, paint = plainly) => problems_format(problem, paint("red", "error:"));
/** A warning in the same form. */
const formatWarning = (problem, paint = plainly) => problems_format(problem, paint("yellow", "warning:"));
const plainly = (_, text) => text;
function problems_format(problem, kind) {
    const { message, at, hint } = visibly(problem);
    const lines = at === undefined ? [`${kind} ${message}`] : [`${placeOf(at)}: ${kind} ${message}`, ...markedLine(at)];
    return [...lines, ...(hint === undefined ? [] : [`  hint: ${hint}`])].join("\n");
}
/** Makes control characters in a problem visible: it may contain the names of the user's files. Line breaks stay. */
function visibly({ message, at, hint }) {
    const lines = (text) => text.split("\n").map(visible).join("\n");
    return {
        message: lines(message),
        at: at === undefined ? undefined : { ...at, file: visible(at.file) },
        hint: hint === undefined ? undefined : lines(hint),
    };
}
/** An unexpected error: what it is, where in the program it happened, and a request to report it. */
function formatBug(error) {
    const { stack, message } = error instanceof Error ? error : new Error(String(error));
    const frames = (stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
    const hint = "this is a bug: please report these lines to the maintainers of osbuild-action, with the pipeline";
    return [`error: ${printable(message)}`, ...frames.slice(0, 5).map(printable), `  hint: ${hint}`].join("\n");
}
const placeOf = ({ file, line, column }) => `${file}:${line}:${column}`;
/** A pipeline on one line is wider than any terminal, so this is the most that is shown before the mark, and in all. */
const shownBefore = 60;
const shownInAll = 120;
function markedLine({ line, column, length, text }) {
    const start = Math.max(0, column - 1 - shownBefore);
    const end = Math.min(text.length, start + shownInAll);
    const before = (start > 0 ? "…" : "") + visible(text.slice(start, column - 1));
    const marked = visible(text.slice(column - 1, Math.min(end, column - 1 + length)));
    const after = visible(text.slice(column - 1 + length, end)) + (end < text.length ? "…" : "");
    const number = String(line);
    return [
        `  ${number} | ${before}${marked}${after}`,
        `  ${" ".repeat(number.length)} | ${" ".repeat(widthOf(before))}${"^".repeat(Math.max(1, widthOf(marked)))}`,
    ];
}
/** A program's output without escape sequences, so that it can't control the terminal. */
const printable = (text) => visible((0,external_node_util_.stripVTControlCharacters)(text));
/**
 * Replaces tabs by single spaces, so that the mark is below the text that it marks, and invisible characters by visible
 * ones.
 */
const visible = (text) => text
    .replaceAll("\t", " ")
    .replace(/\p{Cc}/gu, controlPicture)
    .replace(/[\p{Bidi_Control}\p{Cs}\u2028\u2029]/gu, "\ufffd");
/** Unicode has a picture for each control character of C0. The others share the one for DEL. */
const controlPicture = (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
};
/** The width of a text on a terminal, in columns. */
const widthOf = (text) => Array.from(text).reduce((width, character) => width + (zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1), 0);
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide = /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;

;// CONCATENATED MODULE: ./out/src/report/difference.js

/** The most paths that are listed. */
const maxPaths = 20;
/** The difference between the results of two builds as text, with a line for each path. */
function differenceText({ added, deleted, changed }) {
    const lines = [
        ...Object.keys(added).map((path) => `${path}: only in the second build`),
        ...deleted.map((path) => `${path}: only in the first build`),
        ...Object.entries(changed).map(([path, change]) => `${path}: ${factsOf(change).join("; ")}`),
    ].sort();
    const more = lines.length - maxPaths;
    const shown = [...lines.slice(0, maxPaths), ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : [])];
    return shown.map((line) => `  ${printable(line)}`).join("\n");
}
/** An aspect in which a file differs, in the words of `osbuild diff`, with its value in each build. */
function factsOf({ xattrs = {}, ...facts }) {
    const pairs = [...Object.entries(facts), ...Object.entries(xattrs)];
    return pairs.map(([name, [before, after]]) => `${name} ${difference_short(before)}, then ${difference_short(after)}`);
}
/** A value, with the beginning of a digest only. */
const difference_short = (value) => (value ?? "none").replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…");

// EXTERNAL MODULE: ./out/src/store/trees.js + 6 modules
var store_trees = __nccwpck_require__(254);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __nccwpck_require__(8500);
// EXTERNAL MODULE: ./out/src/tree/attributes.js
var tree_attributes = __nccwpck_require__(8430);
// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __nccwpck_require__(9590);
;// CONCATENATED MODULE: ./out/src/tree/difference.js





/** Compares two trees, file by file. */
async function diffTrees(before, after) {
    const [old, now] = [await readTree(before), await readTree(after)];
    const added = [...now].filter(([path]) => !old.has(path));
    const deleted = [...old.keys()].filter((path) => !now.has(path));
    const changed = [...now].flatMap(([path, file]) => {
        const earlier = old.get(path);
        const change = earlier === undefined ? {} : changeOf(earlier, file);
        return Object.keys(change).length === 0 ? [] : [[path, change]];
    });
    return { added: Object.fromEntries(added), deleted, changed: Object.fromEntries(changed) };
}
/** The times that differ between two trees which are otherwise the same, in the form of a tree's changes. */
function diffTimes(before, after) {
    const old = difference_timesOf(before);
    const differing = [...difference_timesOf(after)].filter(([path, time]) => old.get(path) !== time);
    return Object.fromEntries(differing.map(([path, time]) => [path, { time: [old.get(path) ?? null, time] }]));
}
function difference_timesOf(directory) {
    const all = [{ path: "/", stats: (0,external_node_fs_.lstatSync)(directory) }, ...(0,walk/* walk */.GG)(directory)];
    return new Map(all.map(({ path, stats }) => [path, stats.mtime.toISOString()]));
}
const facts = ["kind", "mode", "owner", "content", "target", "device"];
function changeOf(before, after) {
    const { xattrs: attributesBefore = {}, ...plainBefore } = before;
    const { xattrs: attributesAfter = {}, ...plainAfter } = after;
    const names = [...new Set([...Object.keys(attributesBefore), ...Object.keys(attributesAfter)])].sort();
    const xattrs = pairs(names, attributesBefore, attributesAfter);
    return { ...pairs(facts, plainBefore, plainAfter), ...(Object.keys(xattrs).length === 0 ? {} : { xattrs }) };
}
/** The names whose values differ, each with its value before and after. */
function pairs(names, before, after) {
    const differing = names.filter((name) => before[name] !== after[name]);
    return Object.fromEntries(differing.map((name) => [name, [before[name] ?? null, after[name] ?? null]]));
}
/** Reads all files of a tree, by path. */
async function readTree(directory) {
    const attributes = await (0,tree_attributes/* readAttributes */.w)(directory);
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    const files = new Map();
    const root = { path: "/", place: Buffer.from(directory), stats: await (0,promises_.lstat)(directory), kind: "directory" };
    files.set("/", await describe(root, "."));
    for (const found of (0,walk/* walk */.GG)(directory)) {
        // Let an interruption be handled.
        if (found.kind === "directory")
            await external_node_timers_promises_.scheduler.yield();
        files.set(found.path, await describe(found, found.place.subarray(root.place.length + 1).toString("latin1")));
    }
    return files;
    async function describe({ place, stats, kind, first }, key) {
        const xattrs = attributes.get(key);
        return {
            kind,
            mode: (stats.mode & 0o7777).toString(8).padStart(4, "0"),
            owner: `${stats.uid}:${stats.gid}`,
            ...(kind === "file" ? { content: `sha256:${await (0,walk/* sha256Of */.Bj)(place, buffer, "hex")}` } : {}),
            ...(kind === "symbolic link" ? { target: (0,walk/* nameOf */.Vb)((0,external_node_fs_.readlinkSync)(place, { encoding: "buffer" })) } : {}),
            ...(first === undefined ? {} : { target: first }),
            ...(kind.endsWith("device") ? { device: deviceOf(stats.rdev) } : {}),
            ...(xattrs === undefined ? {} : { xattrs }),
        };
    }
}
/** Unpacks a device's major and minor number from Linux's encoding. */
function deviceOf(rdev) {
    const number = BigInt(rdev);
    const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
    const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
    return `${major}:${minor}`;
}

// EXTERNAL MODULE: ./out/src/build/requirements.js + 1 modules
var requirements = __nccwpck_require__(9255);
// EXTERNAL MODULE: ./out/src/build/secret-files.js
var secret_files = __nccwpck_require__(3267);
;// CONCATENATED MODULE: ./out/src/build/verify.js
var verify_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var verify_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});















/** Throws if a pipeline starts from a tree in the store, because nothing shows how that was built. */
function refuseBase(pipeline) {
    for (const { base } of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline)) {
        if (base === null || base.image !== undefined)
            continue;
        const message = "a pipeline is verified by building it from nothing, and this one starts from a tree in the store";
        const hint = "verify a pipeline that begins with the stages of the base, or push that as an image and start from it";
        throw new errors/* BuildError */.zS("INVALID", [{ message, at: base.at, hint }]);
    }
}
/** Checks that the host has the programs for all steps of a pipeline. With `install` it installs and reports them. */
async function provideAll(pipeline, empty, install) {
    const { lookUp } = await prepare(pipeline, { layout: empty });
    const needs = await (0,requirements.needsOf)(await lookUp());
    await (0,host_packages/* providePrograms */.DW)([...host_packages/* enginePrograms */.w0.map((program) => ({ program, of: "every build" })), ...needs], install);
}
/** Brings the images that a pipeline starts from into a store. The process of the second build has no credentials. */
async function provideImages(pipeline, context) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (!(0,pipeline_pipeline/* hasImageBase */.vd)(pipeline))
            return;
        const { openSession } = await __nccwpck_require__.e(/* import() */ 803).then(__nccwpck_require__.bind(__nccwpck_require__, 9803));
        const session = verify_addDisposableResource(env_1, await openSession(context, describer(pipeline)), true);
        for (const { base } of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline))
            if (base?.image !== undefined)
                await session.base(base);
        await session.stored();
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = verify_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/**
 * Builds a pipeline for the second time, in an empty store and as on another machine. `program` is the command line's.
 * Throws if the build fails.
 */
async function buildElsewhere(pipeline, { layout, workspace, program, files, signal, }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { buildEnv, buildPipeline, mirrors } = files;
        const values = new Map((0,pipeline_pipeline/* allSteps */.Bd)(pipeline).flatMap((step) => [...(0,pipeline_secrets/* secretValues */.VX)(step)]));
        const { namespace, directory } = workspace;
        const secrets = verify_addDisposableResource(env_2, await (0,secret_files/* openSecrets */.c)(namespace, `${directory}/secrets`, values), true);
        const named = Object.entries({ "build-env": buildEnv, "build-pipeline": buildPipeline, mirrors });
        const argv = [
            // A file system in memory counts inodes anew for each build, so the second one uses the disk.
            ...[process.execPath, program, "build", "--quiet", "--workspace=disk", `--store=${layout.directory}`],
            ...files.libdirs.map((libdir) => `--libdir=${libdir}`),
            ...named.flatMap(([name, path]) => (path === undefined ? [] : [`--${name}=${path}`])),
            ...files.variables.map(({ name, value }) => `--set=${name}=${value}`),
            ...(secrets === undefined
                ? []
                : secrets.names.map((name) => `--secret=id=${name},src=${namespace.path(`${secrets.directory}/${name}`)}`)),
            files.pipeline,
        ];
        const { exitCode, printed } = await runElsewhere(argv, layout.directory, signal);
        if (signal.aborted)
            throw (0,errors/* failure */.V2)("INTERRUPTED", "interrupted");
        if (exitCode === 0)
            return;
        const step = await firstMissing(pipeline, layout);
        const said = printed
            .trimEnd()
            .split("\n")
            .slice(-30)
            .map((line) => `  ${printable(line)}`);
        const message = `${step?.name ?? "the pipeline"} failed in the second build, but not in the first:\n${said.join("\n")}`;
        throw new errors/* BuildError */.zS("DIFFERENT", [{ message, at: step?.at, hint: lookFor }]);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = verify_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
const lookFor = "look for what depends on the time, a random number, the order of a directory or the machine";
/** The first step of a pipeline that has no result in a store, if there is one. */
async function firstMissing(pipeline, layout) {
    for (const step of (0,pipeline_pipeline/* allSteps */.Bd)(pipeline))
        if ((await (0,refs/* readRef */.sg)(layout, step.id)) === undefined)
            return step;
    return undefined;
}
/** Compares the results of a pipeline that has been built in two stores. */
async function compareBuilds(pipeline, stores, workspace) {
    const compared = [];
    for (const step of (0,pipeline_pipeline/* allSteps */.Bd)(pipeline)) {
        const [one, other] = await Promise.all(stores.map((layout) => (0,refs/* readRef */.sg)(layout, step.id)));
        if (other === undefined)
            throw (0,errors/* failure */.V2)("INVALID", `the pipeline was changed while it was built: the second build has no ${step.name}`);
        // The first store may lack results that a build with a cache didn't need, or have those of an earlier build.
        if (one?.fingerprint !== other.fingerprint)
            continue;
        compared.push({ step, results: [one, other], isSame: one.object === other.object });
    }
    const first = compared.find(({ isSame }) => !isSame);
    if (first === undefined)
        return { steps: compared, different: undefined };
    return { steps: compared, different: { step: first.step, difference: await differenceOf(first, stores, workspace) } };
}
/** The difference between the trees after a stage, or between an assembler's files. */
async function differenceOf({ step, results }, stores, { namespace, directory }) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const opened = verify_addDisposableResource(env_3, new AsyncDisposableStack(), true);
        const pathOf = async (index) => {
            const [layout, { object, layers }] = [stores[index], results[index]];
            if (step.kind === "assembler")
                return layout.object(object);
            const place = `${directory}/tree-${index}`;
            await (0,promises_.mkdir)(place);
            const trees = (0,store_trees/* openTrees */.k)(namespace, layout, place);
            const tree = opened.use(await trees.get(layers.map((digest) => ({ object: digest }))));
            return namespace.path(tree.path);
        };
        const [before, after] = [await pathOf(0), await pathOf(1)];
        const difference = await diffTrees(before, after);
        const isEmpty = Object.values(difference).every((part) => Object.keys(part).length === 0);
        return isEmpty ? { ...difference, changed: diffTimes(before, after) } : difference;
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_3 = verify_disposeResources(env_3);
        if (result_3)
            await result_3;
    }
}
/** Makes the error for a step whose results differ. */
function unlike({ step, difference }) {
    const message = `${step.name} doesn't give the same bits again:\n${differenceText(difference)}`;
    return new errors/* BuildError */.zS("DIFFERENT", [{ message, at: step.at, hint: lookFor }]);
}

// EXTERNAL MODULE: ./out/src/json/suggest.js + 1 modules
var suggest = __nccwpck_require__(7027);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __nccwpck_require__(1708);
// EXTERNAL MODULE: ./out/src/host/lock.js
var lock = __nccwpck_require__(9190);
// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __nccwpck_require__(2689);
// EXTERNAL MODULE: ./out/src/store/marks.js
var marks = __nccwpck_require__(4234);
// EXTERNAL MODULE: ./out/src/store/output.js
var output = __nccwpck_require__(2907);
;// CONCATENATED MODULE: ./out/src/store/owners.js





/** The owner for an output: the owner of its directory or, if that doesn't exist, of the nearest one above. */
async function owners_ownerOf(path) {
    try {
        return await (0,promises_.stat)(path);
    }
    catch (error) {
        if (!(0,errors/* hasCode */.up)(error, "ENOENT"))
            throw error;
        return owners_ownerOf((0,external_node_path_.dirname)(path));
    }
}
/**
 * Makes the directory that a tree will be copied into. If the tree has set-user-id programs or device files, only the
 * owner may enter the directory, because the tree keeps its modes and other users could use them.
 */
async function owners_makeDirectoryFor(tree, directory, { uid, gid }) {
    await (0,promises_.mkdir)(directory, { recursive: true });
    if ((0,walk/* walk */.GG)(tree).some(isDangerous))
        await (0,promises_.chmod)(directory, 0o700);
    if (uid !== 0)
        await (0,promises_.chown)(directory, uid, gid);
}
/** Gives everything below a directory to a new owner, except device files: they give access to the host's devices. */
function giveTo({ uid, gid }, directory) {
    for (const { place, kind, stats } of (0,walk/* walk */.GG)(directory)) {
        if (isDevice(kind))
            continue;
        (0,external_node_fs_.lchownSync)(place, uid, gid);
        // The kernel clears these bits when the owner changes.
        if (isSetId({ kind, stats }))
            (0,external_node_fs_.chmodSync)(place, stats.mode & 0o7777);
    }
}
const isDangerous = (found) => isDevice(found.kind) || isSetId(found);
const isDevice = (kind) => kind === "character device" || kind === "block device";
const isSetId = ({ kind, stats }) => (kind === "file" || kind === "hard link") && (stats.mode & 0o6000) !== 0;

;// CONCATENATED MODULE: ./out/src/store/exports.js
var exports_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var exports_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});

















const exportShape = (0,shape/* shaped */.e9)({
    object: shape/* digest */.br,
    documents: (0,shape/* optional */.lq)(shape/* digest */.br),
    files: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({ path: shape/* string */.Yj, inode: shape/* string */.Yj, size: shape/* string */.Yj, changed: shape/* string */.Yj })),
});
/** Whether a directory holds exactly this output with these documents, untouched since it was copied there. */
async function isExported(layout, record, directory, documents = []) {
    const earlier = await readExport(layout, directory);
    if (earlier === undefined || earlier === "damaged")
        return false;
    const isSame = earlier.object === record.object && earlier.documents === digestOf(documents);
    return isSame && (await isUntouched(directory, earlier));
}
const digestOf = (documents) => documents.length === 0 ? undefined : (0,external_node_crypto_.hash)("sha256", JSON.stringify(documents));
/** Throws unless a directory is missing, empty, or holds only the untouched output of an earlier build. */
async function requireEmpty(layout, directory) {
    const present = await list(directory);
    if (present.length === 0)
        return;
    const earlier = await readExport(layout, directory);
    const message = `the output directory ${directory} isn't empty`;
    if (earlier === "damaged") {
        const hint = `empty it: ${recordPath(layout, directory)} is damaged, so nothing tells whether an earlier build filled it`;
        throw (0,errors/* failure */.V2)("INVALID", message, hint);
    }
    if (earlier !== undefined && (await isUntouched(directory, earlier)))
        return;
    throw (0,errors/* failure */.V2)("INVALID", message, "name an empty directory, or one that doesn't exist");
}
/**
 * Copies an output's files into a directory, unless it holds them already; they replace those of an earlier build. The
 * documents are put beside them. The copy is read and compared with the digest. Throws a DamagedError if the output is
 * damaged.
 */
async function exportOutput(layout, record, directory, documents = []) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        await requireEmpty(layout, directory);
        const owner = await owners_ownerOf(directory);
        await owners_makeDirectoryFor(layout.object(record.object), directory, owner);
        // Another build, with this store or another, may be copying its output there: the later one finds the earlier output.
        const _alone = exports_addDisposableResource(env_1, await (0,lock/* lockFile */.K)(directory, []), true);
        if (await isExported(layout, record, directory, documents))
            return;
        await requireEmpty(layout, directory);
        await (0,integrity/* requireSound */.bi)(layout, [record.object]);
        const partial = `${directory}/${partialName}`;
        await (0,remove/* removeTree */.dM)(partial);
        // The digest isn't compared, because the file system there may not keep modes and owners.
        const isRight = async () => JSON.stringify(await (0,output/* listFiles */.CS)(partial)) === JSON.stringify(record.files);
        await copyChecked(layout, record, { from: layout.object(record.object), to: partial, isRight });
        for (const document of documents)
            await writeDocument(document, `${partial}/${document.path}`);
        if (owner.uid !== 0)
            giveTo(owner, partial);
        // Everything there is the untouched output of an earlier build. Node's own rm misses names that aren't UTF-8.
        const others = ["-mindepth", "1", "-maxdepth", "1", "!", "-name", partialName];
        await (0,command/* run */.eF)(["find", directory, ...others, "-exec", "rm", "-rf", "{}", "+"]);
        const at = (parent, name) => Buffer.concat([Buffer.from(`${parent}/`), name]);
        for (const name of await (0,promises_.readdir)(partial, { encoding: "buffer" }))
            await (0,promises_.rename)(at(partial, name), at(directory, name));
        await (0,promises_.rmdir)(partial);
        const state = {
            object: record.object,
            documents: digestOf(documents),
            files: await statesOf(directory),
        };
        await (0,store_layout/* unlessReadOnly */.Hp)((0,plain_file/* writePlain */.yi)(recordPath(layout, directory), JSON.stringify(state)));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = exports_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Writes a document to a path at which there is nothing yet. */
async function writeDocument({ text, epoch }, path) {
    await (0,promises_.writeFile)(path, text, { flag: "wx", mode: 0o644 }).catch((error) => {
        if (!(0,errors/* hasCode */.up)(error, "EEXIST"))
            throw error;
        throw (0,errors/* failure */.V2)("INVALID", `the output has a file of its own named ${(0,external_node_path_.basename)(path)}`, "rename it, or ask for no SBOM");
    });
    await (0,promises_.utimes)(path, epoch, epoch);
}
/** Copies the first file of an output to a path, and compares the copy with the digest. */
async function exportFile(layout, record, path) {
    const [file] = record.files;
    if (file === undefined)
        throw failure("STORE", `${record.name} wrote no file`);
    const [from, partial] = [`${layout.object(record.object)}/${file.path}`, `${path}.${randomUUID().slice(0, 8)}.part`];
    await copyChecked(layout, record, {
        from,
        to: partial,
        isRight: async () => (await stat(partial)).size === file.size && (await sha256(partial)) === file.sha256,
    });
    const { uid, gid } = await ownerOf(dirname(path));
    if (uid !== 0)
        await chown(partial, uid, gid);
    await rename(partial, path);
}
/** Copies a tree with its owners and modes into an empty directory, which belongs to the owner of the one around it. */
async function exportTree(tree, directory) {
    await makeDirectoryFor(tree, directory, await ownerOf(directory));
    const copy = ["cp", "--archive", "--reflink=auto", "--sparse=auto", `--target-directory=${directory}`, "--"];
    await run(["find", tree, "-mindepth", "1", "-maxdepth", "1", "-exec", ...copy, "{}", "+"]);
}
async function copyChecked(layout, { object }, { from, to, isRight }) {
    const failed = await copyFiles(from, to).then(() => undefined, (error) => error);
    if (failed === undefined && (await isRight()))
        return;
    await (0,remove/* removeTree */.dM)(to);
    // A mark can't show that the disk itself lost data, so the object is read again.
    await (0,marks/* unmark */.dX)(layout, object);
    await (0,integrity/* requireSound */.bi)(layout, [object]);
    throw (failed ?? (0,errors/* failure */.V2)("HOST", `${to} differs from the file that was copied`, "the disk or the memory may be faulty"));
}
/** Copies files with their attributes and holes, and by sharing blocks if the file system can (reflinks). */
const copyFiles = (from, to) => (0,command/* run */.eF)(["cp", "--archive", "--reflink=auto", "--sparse=auto", from, to]);
/** The directory of a copy that isn't finished. The next build ignores one that a killed build left behind. */
const partialName = ".osbuild-partial";
const recordPath = (layout, directory) => layout.exported((0,external_node_crypto_.createHash)("sha256").update((0,external_node_path_.resolve)(directory)).digest("hex"));
/** The most bytes that an export's file may have. It lists every file of an output. */
const exports_mostBytes = 256 * 1024 ** 2;
async function readExport(layout, directory) {
    try {
        return (0,shape/* fromJson */.Rf)(exportShape, await (0,plain_file/* readPlain */.rM)(recordPath(layout, directory), exports_mostBytes)) ?? "damaged";
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return undefined;
        if ((0,plain_file/* isUnreadable */.GZ)(error))
            return "damaged";
        throw error;
    }
}
async function isUntouched(directory, { files }) {
    return JSON.stringify(await statesOf(directory)) === JSON.stringify(files);
}
async function statesOf(directory) {
    const states = (await list(directory)).map(({ path, place }) => {
        const { ino, size, ctimeNs } = (0,external_node_fs_.lstatSync)(place, { bigint: true });
        return { path: path.slice(1), inode: String(ino), size: String(size), changed: String(ctimeNs) };
    });
    return states.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}
/** Everything below a directory except an unfinished copy. Empty if the directory doesn't exist. */
async function list(directory) {
    try {
        return [...(0,walk/* walk */.GG)(directory)].filter(({ path }) => path.split("/")[1] !== partialName);
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return [];
        if ((0,errors/* hasCode */.up)(error, "ENOTDIR"))
            throw (0,errors/* failure */.V2)("INVALID", `${directory} is not a directory`, "name a directory for the output");
        throw error;
    }
}

// EXTERNAL MODULE: ./out/src/store/logs.js
var store_logs = __nccwpck_require__(7825);
// EXTERNAL MODULE: ./out/src/store/put.js
var put = __nccwpck_require__(2281);
;// CONCATENATED MODULE: ./out/src/cache/entry-logs.js







/** The characters from the end of a log that go along with an entry, so that the entry stays small. */
const most = 64 * 1024;
/** The most bytes of an entry's logs. An entry whose steps have more brings none. */
const mostOfAll = 64 * 1024 ** 2;
/** Writes the logs of these steps into an entry's directory, so that a report shows them on other machines, too. */
async function writeLogs(layout, directory, ids) {
    const logs = {};
    for (const id of ids) {
        const log = await (0,store_logs/* readLog */.x6)(layout.log(id));
        if (log !== undefined)
            logs[id] = endOf(log);
    }
    const text = JSON.stringify(logs);
    if (Object.keys(logs).length > 0 && Buffer.byteLength(text) <= mostOfAll)
        await (0,promises_.writeFile)(`${directory}/logs.json`, text);
}
function endOf(log) {
    if (log.length <= most)
        return log;
    const end = log.slice(-most);
    return `[… the beginning is omitted …]\n${end.slice(end.indexOf("\n") + 1)}`;
}
/**
 * Imports the logs that these steps lack. Nothing depends on a log, but an entry must not bring one for a step of
 * another pipeline.
 */
async function importLogs(layout, directory, ids) {
    const text = await (0,plain_file/* readPlain */.rM)(`${directory}/logs.json`, mostOfAll).catch(errors/* ignoreMissing */.bt);
    const logs = (0,shape/* fromJson */.Rf)(shape/* object */.Ik, text ?? "{}");
    for (const id of ids) {
        const log = logs?.[id];
        if (typeof log === "string" && !(0,external_node_fs_.existsSync)(layout.log(id)))
            await (0,put/* putFile */.UN)(layout, log, layout.log(id));
    }
}

;// CONCATENATED MODULE: ./out/src/cache/entries.js












/** The version of an entry's layout. It changes with the layout. */
const formatVersion = 2;
/** The JSON of `entry.json`. */
const entryShape = (0,shape/* shaped */.e9)({
    version: (0,shape/* oneOf */.yL)(formatVersion),
    record: refs/* recordShape */.Fg,
    objects: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({ digest: shape/* digest */.br, size: shape/* count */.U9 })),
    needs: (0,shape/* listOf */.c3)(shape/* string */.Yj),
    below: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
});
/**
 * The beginning of the keys of a step's entries. A key can't be written twice, so each entry has one of its own, and
 * the newest entry counts. The beginning ends with the whole id and a dash: no other step's keys begin like this. What
 * follows starts with oldestDownload().
 */
const keyBeginning = (prefix, { id, fingerprint }) => `${prefix}osbuild-v${formatVersion}-${external_node_process_.arch}-${fingerprint.slice(0, 16)}-${id}-`;
/**
 * The beginning of the keys of the entries by which steps on trees that hold the same find a result. Their keys have
 * the time of the program's run.
 */
const contentKeyBeginning = (prefix, contentKey) => `${prefix}osbuild-v${formatVersion}-${external_node_process_.arch}-by-content-${contentKey}-`;
/** A new key for an entry: its beginning, the time by which its age is known, and what no other key has. */
const newKey = (beginning, time) => `${beginning}${time}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
/** The time in a key, in milliseconds since 1970. */
const timeOf = (key) => Number(/-(\d+)-[0-9a-f]{8}$/.exec(key)?.[1] ?? 0);
/** The earliest time in these keys; null if none of them has one. */
function oldestIn(keys) {
    const times = keys.map(timeOf).filter((time) => time > 0);
    return times.length === 0 ? null : Math.min(...times);
}
/**
 * The time of the oldest unpinned download that a result follows from, in milliseconds since 1970. 0 if nothing
 * was, or if that isn't known.
 */
function oldestDownload({ runs = [] }) {
    const times = runs.filter(({ unpinned }) => unpinned).map(({ ran }) => ran);
    return times.length === 0 ? 0 : Math.min(...times);
}
/** Writes an entry's files to an existing, empty directory. Throws if an object is damaged. */
async function writeEntry(layout, directory, draft) {
    const { record, objects, needs, below, logs = [] } = draft;
    await (0,integrity/* requireSound */.bi)(layout, objects);
    const laidOut = [];
    for (const digest of objects)
        laidOut.push({ digest, size: await layOut(layout.object(digest), `${directory}/${digest}`, record) });
    // Few ids have a list of contents.
    await (0,promises_.copyFile)(layout.contents(record.id), `${directory}/contents.json`).catch(errors/* ignoreMissing */.bt);
    await writeLogs(layout, directory, logs);
    const entry = { version: formatVersion, record, objects: laidOut, needs, below };
    await (0,promises_.writeFile)(`${directory}/entry.json`, JSON.stringify(entry));
}
/**
 * Copies an object into an entry, and returns the size of its file, if it is one. It is never a hard link, through
 * which the entry's owner could change the store's own file.
 */
async function layOut(object, target, { files, kind }) {
    const extras = kind === "stage" ? [] : await (0,output/* listExtras */.GT)(object);
    if (kind === "stage")
        await copyFiles(object, target);
    else if (extras.length > 0)
        await archiveOutput(object, target, extras);
    else {
        for (const { path } of files) {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(`${target}/${path}`), { recursive: true });
            await copyFiles(`${object}/${path}`, `${target}/${path}`);
        }
        return 0;
    }
    return (await (0,promises_.stat)(target)).size;
}
/** The options that make tar preserve more than names and contents. */
const attributes = ["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*"];
/** Packs an output that has more than plain files into one archive, which preserves everything. */
async function archiveOutput(object, target, extras) {
    if (extras.some(([, kind]) => kind === "socket"))
        throw (0,errors/* failure */.V2)("STORE", "a cache entry can't hold its sockets");
    const argv = ["tar", "--create", `--file=${target}`, `--directory=${object}`, "--format=pax", "--sparse"];
    await (0,command/* run */.eF)([...argv, ...attributes, "."]);
}

;// CONCATENATED MODULE: ./out/src/cache/transfers.js

/** Fetches an entry and reports its size and the time that it took. `nameOf` says what the entry holds. */
async function fetchTimed(cache, fetch, nameOf, report) {
    const started = performance.now();
    const found = await fetch();
    if (found === undefined)
        return undefined;
    const [what, bytes] = [nameOf(found), bytesIn(found.directory)];
    report({ type: "transferred", direction: "fetched", cache, what, bytes, seconds: secondsSince(started) });
    return found;
}
/** Saves a directory and, if that succeeds, reports its size and the time that it took. */
async function saveTimed(cache, save, what, directory, report) {
    const bytes = bytesIn(directory);
    const started = performance.now();
    const saved = await save();
    if (saved)
        report({ type: "transferred", direction: "saved", cache, what, bytes, seconds: secondsSince(started) });
    return saved;
}
const bytesIn = (directory) => [...(0,walk/* walk */.GG)(directory)].reduce((sum, { kind, stats }) => sum + (kind === "file" ? stats.size : 0), 0);
const secondsSince = (started) => (performance.now() - started) / 1000;

;// CONCATENATED MODULE: ./out/src/cache/worth.js
/** The bytes per second that a runner near its cache can fetch. */
const fetchRate = 40 * 1024 * 1024;
/** Fetching this many bytes takes negligible time. Smaller layers are saved again together with those above them. */
const small = 4 * 1024 * 1024;
/** An image of so many bytes is always worth its room. */
const smallImage = 1024 * 1024;
/** An image is saved if it takes longer to make than to fetch so many times. */
const fetches = { cache: 10, remote: 1 };
/** The seconds of building beyond which small layers get an entry: one costs several calls to the service. */
const longWait = 10;
/** The seconds below which running a step takes no longer than looking for its result and saving what leads to it. */
const lookUp = 2;
const save = { type: "save" };
/** Decides about a stage. The cost is that of all layers below it, too, that no other entry has. */
function worthOfStage({ name }, { bytes, seconds }, checkpoints) {
    if (checkpoints === "all")
        return save;
    if (checkpoints !== "auto")
        return checkpoints.includes(name) ? save : { type: "leave", why: "the input checkpoints doesn't name it" };
    if (bytes <= small)
        return seconds > longWait ? save : { type: "wait" };
    return seconds > bytes / fetchRate ? save : { type: "leave", why: "it takes less time to build than to fetch" };
}
/**
 * Decides about an image. Every commit has another one, and the Actions cache has little room, so it must be worth
 * that: fetching it ten times takes less than making it once from its tree.
 */
function worthOfImage({ size, seconds }, images, cache) {
    const isQuick = seconds <= (fetches[cache] * size) / fetchRate;
    if (images === "true" || (images === "auto" && (size <= smallImage || !isQuick)))
        return save;
    const why = images === "false" ? "the input cache-images is false" : "it is made quickly for its size";
    return { type: "leave", why };
}
/** Whether a result is also found by its content key. */
const isWorthLookUp = ({ seconds }, checkpoints) => checkpoints === "all" || seconds >= lookUp;

;// CONCATENATED MODULE: ./out/src/cache/checkpoints.js





/** Finds checkpoints that name no known program. A program that these pipelines don't use may be in others. */
async function unknownCheckpoints(checkpoints, library) {
    if (typeof checkpoints === "string")
        return [];
    const kinds = ["stage", "assembler"];
    const problems = [];
    for (const name of checkpoints) {
        const found = await Promise.all(kinds.map((kind) => library.find(kind, name)));
        if (found.some((program) => program !== undefined))
            continue;
        const known = (await Promise.all(kinds.map((kind) => library.names(kind)))).flat();
        const hint = (0,suggest/* didYouMean */.a)(name.includes(".") ? name : `org.osbuild.${name}`, known) ?? "auto, all, or names of stages";
        problems.push({ message: `the input checkpoints names an unknown stage ${JSON.stringify(name)}`, hint });
    }
    return problems;
}
/** Opens the saver of a job. */
function openSaver({ cache, layout, prefix, checkpoints, images, background }) {
    /** The keys of the entries that hold objects, by digest. */
    const entries = new Map();
    /** The size of each known object and the seconds that it took to build, by digest. */
    const costs = new Map();
    /** The keys of the entries that can't be used. */
    const useless = new Set();
    /** The keys of the entries that were fetched. */
    const fetched = new Set();
    /** The digests of the objects that some entry has, small layers included. */
    const kept = new Set();
    /** The keys of the entries that a stage's tree or an image needs, by its id and fingerprint. */
    const ownEntries = new Map();
    const nameOf = ({ id, fingerprint }) => `${id} ${fingerprint}`;
    return {
        known: noteCost,
        fetched(key, { record, objects, needs, below = [] }) {
            noteCost(record);
            ownEntries.set(nameOf(record), [key, ...needs, ...below]);
            fetched.add(key);
            for (const { digest } of objects)
                entries.set(digest, key);
        },
        useless(key) {
            useless.add(key);
            for (const [digest, holder] of entries)
                if (holder === key)
                    entries.delete(digest);
        },
        entriesOf,
        ofPipeline,
    };
    function ofPipeline(report, steps) {
        /** The steps that have led to a result: the logs of these go along with it. */
        const stepsTo = ({ id }) => steps.slice(0, steps.indexOf(id) + 1);
        /** The last stages that wait for more, in order. */
        let waiting = [];
        return {
            built(record, { replaces }) {
                noteCost(record);
                if (cache.writable)
                    background.add(() => consider({ record, replaces }));
            },
            ended() {
                if (cache.writable)
                    background.add(() => settle());
            },
        };
        async function consider(built) {
            const { record } = built;
            await settle(record);
            const worth = worthOf(built);
            switch (worth.type) {
                case "wait":
                    // The last stage is the one that changes most often, so the tree below it is saved, too.
                    waiting = [...waiting.slice(-1), built];
                    return;
                case "leave":
                    return report({ type: "not-saved", cache: cache.name, what: record.name, why: worth.why });
                case "save":
                    // Its entry has their layers.
                    waiting = [];
                    return saveResult(built, stepsTo(record), report);
                default:
                    worth;
            }
        }
        /** Saves the stages that wait, unless they are below this result. */
        async function settle(next) {
            const isBelow = ({ record }) => record.layers.every((digest) => next?.layers.includes(digest));
            const over = waiting.filter((built) => !isBelow(built));
            waiting = waiting.filter(isBelow);
            for (const built of over)
                await saveResult(built, stepsTo(built.record), report);
        }
    }
    function noteCost(record) {
        costs.set(record.object, { bytes: record.size, seconds: record.seconds });
    }
    /** The objects of a result that aren't in any other entry than its own. */
    function pendingOf(record, beginning) {
        return (0,refs/* objectsOf */.iZ)(record).filter((digest) => (entries.get(digest) ?? beginning).startsWith(beginning));
    }
    /**
     * Fetching an entry brings small layers that another one has, too, but doesn't save the time of making those again.
     */
    function costOf(objects) {
        const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
        const bytes = objects.map((digest) => costs.get(digest)?.bytes ?? 0);
        const seconds = objects.map((digest) => (kept.has(digest) ? 0 : (costs.get(digest)?.seconds ?? 0)));
        return { bytes: sum(bytes), seconds: sum(seconds) };
    }
    function worthOf({ record, replaces }) {
        if (record.kind === "assembler")
            return worthOfImage(record, images, cache.name);
        const beginning = keyBeginning(prefix, record);
        const worth = worthOfStage(record, costOf(pendingOf(record, beginning)), checkpoints);
        // An earlier entry that this one is to replace would be found in its place.
        const isReplacing = replaces || [...useless].some((key) => key.startsWith(beginning));
        return worth.type === "wait" && isReplacing ? { type: "save" } : worth;
    }
    async function saveResult({ record, replaces }, logs, report) {
        const beginning = keyBeginning(prefix, record);
        const objects = pendingOf(record, beginning);
        const key = newKey(beginning, oldestDownload(record));
        const needs = (0,refs/* objectsOf */.iZ)(record).flatMap((digest) => (objects.includes(digest) ? [] : (entries.get(digest) ?? [])));
        const unless = replaces ? null : rivalsOf(beginning);
        const draft = {
            record,
            objects,
            needs: [...new Set(needs)],
            logs,
            ...(record.kind === "stage" ? {} : { below: below(record, logs) }),
        };
        const saved = await save(key, unless, draft, report);
        if (saved)
            ownEntries.set(nameOf(record), [key, ...draft.needs, ...(draft.below ?? [])]);
        // An entry that existed before may hold other objects, or damaged ones. And small layers are saved again with the
        // next ones, so that a tree needs fewer entries.
        if (saved)
            for (const digest of objects)
                kept.add(digest);
        if (saved && (checkpoints === "all" || costOf(objects).bytes > small))
            for (const digest of objects)
                entries.set(digest, key);
        if (saved)
            await saveContentKey(record, entries.get(record.object) ?? key, replaces, report);
    }
    /**
     * The keys of the entries with the tree that an image is made from, and with its build root. They are results of the
     * steps with these ids.
     */
    function below({ parts }, ids) {
        const { base, root } = parts;
        const fingerprints = [`${base}`, `${root}`.split(" ").at(-1)];
        return entriesOf(fingerprints.flatMap((fingerprint) => ids.map((id) => ({ id, fingerprint }))));
    }
    function entriesOf(results) {
        return [...new Set(results.flatMap((result) => ownEntries.get(nameOf(result)) ?? []))];
    }
    /** Saves an entry that leads from a result's content key to the entry with its object. */
    async function saveContentKey(record, holder, replaces, report) {
        const { contentKey, ran = 0 } = record;
        if (contentKey === undefined || !isWorthLookUp(record, checkpoints))
            return;
        const beginning = contentKeyBeginning(prefix, contentKey);
        if ([...fetched.difference(useless)].some((key) => key.startsWith(beginning)))
            return;
        const unless = replaces ? null : rivalsOf(beginning);
        await save(newKey(beginning, ran), unless, { record, objects: [], needs: [holder] }, report);
    }
    function rivalsOf(beginning) {
        return { beginning, except: [...useless].filter((key) => key.startsWith(beginning)) };
    }
    async function save(key, unless, entry, report) {
        try {
            const directory = await cache.outbox();
            await writeEntry(layout, directory, entry);
            return await saveTimed(cache.name, () => cache.save(key, directory, unless), entry.record.name, directory, report);
        }
        catch (error) {
            // A cache may slow a build down, but never fail it.
            const message = `${entry.record.name} isn't cached: ${error.message}`;
            report({ type: "warning", problem: { message } });
            return false;
        }
    }
}

;// CONCATENATED MODULE: ./out/src/cache/in-turn.js
/**
 * Makes one of two. The first is asked first, because it is nearer or larger, and new results are saved to both. Their
 * keys differ, and those of the second count, which has what the branch's earlier jobs saved.
 */
function inTurn(first, second) {
    const both = [first, second];
    return {
        reporting: (...pipeline) => join(first.reporting(...pipeline), second.reporting(...pipeline)),
        entriesOf: second.entriesOf,
        has: second.has,
        done: async () => void (await Promise.all(both.map((each) => each.done()))),
    };
}
function join(first, second) {
    return {
        async fetch(wanted) {
            const near = await first.fetch(wanted);
            // The results before it in the list are worth more: less is left to build.
            const better = wanted.slice(0, near.found === undefined ? undefined : indexOf(wanted, near.found.id));
            const far = better.length === 0 ? undefined : await second.fetch(better);
            const found = far?.found ?? near.found;
            const tooOld = [...near.tooOld, ...(far?.tooOld ?? [])].filter((id) => id !== found?.id);
            return { found, tooOld };
        },
        fetchSame: async (wanted) => (await first.fetchSame(wanted)) ?? second.fetchSame(wanted),
        async fetchSources(locked, missing) {
            const rest = await first.fetchSources(locked, missing);
            return rest.length === 0 ? rest : second.fetchSources(locked, rest);
        },
        keepSources(locked) {
            first.keepSources(locked);
            second.keepSources(locked);
        },
        known(record) {
            first.known(record);
            second.known(record);
        },
        built(record, how) {
            first.built(record, how);
            second.built(record, how);
        },
        ended() {
            first.ended();
            second.ended();
        },
    };
}
const indexOf = (wanted, id) => wanted.findIndex((each) => each.id === id);

;// CONCATENATED MODULE: ./out/src/host/hand-over.js


/** Gives a file or a whole directory in a user's directory to that user, because only root can read the store. */
async function handOver(path, directory) {
    const { uid, gid } = await (0,promises_.stat)(directory);
    await (0,command/* run */.eF)(["chown", "--recursive", "--no-dereference", `${uid}:${gid}`, path]);
}

;// CONCATENATED MODULE: ./out/src/cache/background.js

/** Opens the background of a job. While it has work, nothing is deleted from the store. */
function openBackground(layout) {
    let last = Promise.resolve();
    let kept;
    return {
        add(work) {
            // Without the lock, saving an object that was deleted fails with a warning.
            kept ??= (0,store_workspace/* lockShared */.h1)(layout).catch(() => undefined);
            last = Promise.all([kept, last]).then(work);
        },
        async done() {
            await last;
            await (await kept)?.[Symbol.asyncDispose]();
            kept = undefined;
        },
    };
}

;// CONCATENATED MODULE: ./out/src/cache/cache.js
/** The most keys in one look-up of the Actions cache. */
const keysPerLookup = 10;

// EXTERNAL MODULE: ./out/src/tree/contents-file.js
var contents_file = __nccwpck_require__(5772);
;// CONCATENATED MODULE: ./out/src/cache/import-entry.js
var import_entry_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var import_entry_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});















/**
 * Imports an entry's objects into the store. Throws unless the entry is the wanted step's and every object matches its
 * digest. The store's own copies are checked, which nobody can replace afterwards. The record counts only when it is
 * written as a ref, after everything that it needs has been imported. A record is believed for what its entry's key
 * says and for nothing else, so one that was fetched by its id doesn't keep its content key.
 */
async function importEntry(layout, directory, wanted) {
    const entry = await readEntry(directory);
    const { record } = entry;
    if (wanted !== undefined && !isWanted(record, wanted))
        throw (0,errors/* failure */.V2)("STORE", "the entry belongs to another step");
    for (const object of entry.objects)
        await importObject(layout, directory, object, record);
    if (wanted !== undefined)
        await importContents(layout, directory, record).catch(errors/* ignoreMissing */.bt);
    if (wanted !== undefined && "contentKey" in wanted)
        return entry;
    const { contentKey: _, ...believed } = record;
    return { ...entry, record: believed };
}
const isWanted = (record, wanted) => "contentKey" in wanted
    ? record.contentKey === wanted.contentKey
    : record.id === wanted.id && record.fingerprint === wanted.fingerprint;
/** The most bytes that an `entry.json` may have. An output may have a hundred thousand files. */
const import_entry_mostBytes = 64 * 1024 ** 2;
async function readEntry(directory) {
    const entry = (0,shape/* fromJson */.Rf)(entryShape, await (0,plain_file/* readPlain */.rM)(`${directory}/entry.json`, import_entry_mostBytes));
    if (entry === undefined || entry.needs.length > (0,refs/* objectsOf */.iZ)(entry.record).length)
        throw (0,errors/* failure */.V2)("STORE", "the entry's description is damaged");
    return entry;
}
async function importContents(layout, directory, { id }) {
    const text = await (0,plain_file/* readPlain */.rM)(`${directory}/contents.json`, contents_file/* mostContentsBytes */.j4);
    if ((0,contents_file/* isDamagedContents */.go)(text))
        throw (0,errors/* failure */.V2)("STORE", "the entry's list of contents is damaged");
    // A list of an earlier version is of no use.
    if ((0,contents_file/* decodeContents */.Xt)(text) !== undefined)
        await (0,put/* putFile */.UN)(layout, text, layout.contents(id));
}
async function importObject(layout, directory, object, record) {
    const copy = `${layout.temporary}/import-${(0,external_node_crypto_.randomUUID)()}`;
    const source = `${directory}/${object.digest}`;
    try {
        if (record.kind === "stage") {
            await copyPlain(await (0,plain_file/* openPlain */.Hu)(source), object, copy);
            requireSame((await (0,objects/* addFile */.sM)(layout, copy)).digest, object.digest);
            return;
        }
        await (0,promises_.mkdir)(copy);
        if (await isDirectory(source)) {
            for (const file of record.files) {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(`${copy}/${file.path}`), { recursive: true });
                await copyPlain(await (0,plain_file/* openBelow */.SL)(source, file.path), file, `${copy}/${file.path}`);
            }
        }
        else
            await extractOutput(await (0,plain_file/* openPlain */.Hu)(source), object, copy, record.files);
        const { sourceEpoch } = record.parts;
        const added = await (0,objects/* addDirectory */.HQ)(layout, copy, Number(sourceEpoch));
        requireSame(added.digest, object.digest);
        if (JSON.stringify(added.files) !== JSON.stringify(record.files))
            throw damaged(object.digest);
    }
    finally {
        await (0,remove/* removeTree */.dM)(copy);
    }
}
const damaged = (digest) => (0,errors/* failure */.V2)("STORE", `object ${digest} of the entry is damaged`);
function requireSame(digest, expected) {
    if (digest !== expected)
        throw damaged(expected);
}
/** Whether an output is stored as a directory. An output without files isn't in its entry at all. */
async function isDirectory(path) {
    try {
        return (await (0,promises_.lstat)(path)).isDirectory();
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return true;
        throw error;
    }
}
/** Unpacks an output that has more than plain files. */
async function extractOutput(opened, object, directory, files) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const archive = import_entry_addDisposableResource(env_1, opened, true);
        await requireSize(archive, object.size);
        const argv = ["tar", "--extract", `--file=${pathOf(archive)}`, `--directory=${directory}`, "--preserve-permissions"];
        await (0,command/* run */.eF)([...argv, ...attributes]);
        // Adding the output reads every byte, and an archive can describe huge holes in little space.
        const bytes = [...(0,walk/* walk */.GG)(directory)].reduce((sum, { kind, stats }) => sum + (kind === "file" ? stats.size : 0), 0);
        if (bytes > files.reduce((sum, { size }) => sum + size, 0))
            throw damaged(object.digest);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = import_entry_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Copies an opened file, with holes in place of zeros, because archives don't preserve holes. */
async function copyPlain(opened, { size }, to) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = import_entry_addDisposableResource(env_2, opened, true);
        await requireSize(file, size);
        await (0,command/* run */.eF)(["cp", "--dereference", "--sparse=always", "--reflink=auto", "--", pathOf(file), to]);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = import_entry_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function requireSize(file, stated) {
    const { size } = await file.stat();
    if (size !== stated)
        throw (0,errors/* failure */.V2)("STORE", `the entry holds a file of ${size} bytes that should have ${stated}`);
}
/** The path by which a command can open the same file, even if it has been renamed. */
const pathOf = ({ fd }) => `/proc/${external_node_process_.pid}/fd/${fd}`;

;// CONCATENATED MODULE: ./out/src/cache/fetch.js
var fetch_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var fetch_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/** Opens the fetcher of a job. */
function openFetcher({ cache, layout, prefix, saver, background }) {
    /** The beginnings of the keys whose newest entry can't be used. They aren't looked for again. */
    const useless = new Set();
    const notUsed = `an entry of the ${cache.name} is not used`;
    let isWarned = false;
    return { first, same, has };
    async function first(wanted, report, steps) {
        const tooOld = [];
        let rest = wanted
            .map((step) => ({ step, beginning: keyBeginning(prefix, step), name: step.name, since: step.since }))
            .filter(({ beginning }) => !useless.has(beginning));
        while (rest.length > 0) {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const batch = rest.slice(0, keysPerLookup);
                const newest = fetch_addDisposableResource(env_1, await findNewest(batch, report), true);
                if (newest === undefined) {
                    rest = rest.slice(batch.length);
                    continue;
                }
                const { candidate, restored } = newest;
                const record = restored === undefined ? undefined : await take(restored, candidate.step, report, steps);
                if (record !== undefined)
                    return { record, tooOld };
                if (isTooOld(newest))
                    tooOld.push(candidate.step.id);
                noteUseless(newest);
                rest = rest.slice(rest.indexOf(candidate) + 1);
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = fetch_disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        return { record: undefined, tooOld };
    }
    async function same(wanted, report) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const { contentKey, name, since } = wanted;
            const beginning = contentKeyBeginning(prefix, contentKey);
            if (useless.has(beginning))
                return undefined;
            const newest = fetch_addDisposableResource(env_2, await findNewest([{ beginning, name, since }], report), true);
            const restored = newest?.restored;
            const record = restored === undefined ? undefined : await takeSame(restored, wanted, report);
            if (newest !== undefined && record === undefined)
                noteUseless(newest);
            return record;
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = fetch_disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    async function findNewest(batch, report) {
        const beginnings = batch.map(({ beginning }) => beginning);
        const candidateOf = (key) => batch.find(({ beginning }) => key?.startsWith(beginning));
        if (batch.every(({ since }) => since === undefined)) {
            const restore = () => cache.restoreNewest(beginnings, report);
            const restored = await fetchTimed(cache.name, restore, ({ key }) => candidateOf(key)?.name ?? "an entry", report);
            const candidate = candidateOf(restored?.key);
            return restored === undefined || candidate === undefined
                ? undefined
                : newestOf(restored.key, candidate, restored);
        }
        // The key tells an entry's age. The files of one that is too old aren't fetched.
        const key = await cache.findNewest(beginnings);
        const candidate = candidateOf(key);
        if (key === undefined || candidate === undefined)
            return undefined;
        const restore = () => cache.restore(key, report);
        const restored = isTooOld({ key, candidate })
            ? undefined
            : await fetchTimed(cache.name, restore, () => candidate.name, report);
        return newestOf(key, candidate, restored);
    }
    function noteUseless({ key, candidate }) {
        useless.add(candidate.beginning);
        saver.useless(key);
    }
    function take(restored, step, report, steps) {
        return unlessBad(report, async () => {
            const { record, needs, below = [] } = await importNoted(restored, step);
            touch(below);
            await Promise.all(needs.map((key) => fetchNeeded(key, layersBelow(step), report)));
            if (!(0,refs/* objectsOf */.iZ)(record).every((digest) => (0,external_node_fs_.existsSync)(layout.object(digest))))
                return warnOfMissing(report);
            await importLogs(layout, restored.directory, steps);
            await (0,refs/* writeRef */.Ln)(layout, record);
            return (0,refs/* readRef */.sg)(layout, record.id);
        });
    }
    /** Looks for entries without fetching them, because the service deletes what no job has used for a week. */
    function touch(keys) {
        const own = keys.filter(isKey);
        for (const key of own.slice(0, mostTouched))
            background.add(async () => void (await cache.findNewest([key])));
    }
    async function has(keys) {
        if (keys.length > mostTouched || !keys.every(isKey))
            return false;
        const found = await Promise.all(keys.map(async (key) => (await cache.findNewest([key])) === key));
        return found.every(Boolean);
    }
    /** Whether a key, which an entry named, can be one of ours. */
    function isKey(key) {
        return key.startsWith(`${prefix}osbuild-`) && key.length <= longestKey && !key.includes(",");
    }
    function takeSame(restored, { contentKey, name }, report) {
        return unlessBad(report, async () => {
            const { record, needs } = await importNoted(restored, { contentKey });
            if (!(0,external_node_fs_.existsSync)(layout.object(record.object)))
                await Promise.all(needs.map((needed) => fetchNeeded(needed, name, report)));
            return (await (0,integrity/* isSound */.gH)(layout, record.object)) ? record : warnOfMissing(report);
        });
    }
    async function unlessBad(report, work) {
        try {
            return await work();
        }
        catch (error) {
            report({ type: "warning", problem: { message: `${notUsed}: ${error.message}`, hint: remedy() } });
            return undefined;
        }
    }
    /** Warns once: as a rule, all entries on an evicted one lack the same layers. */
    function warnOfMissing(report) {
        const message = `${notUsed}: it lacks results of earlier steps, which are no longer in the ${cache.name}`;
        if (!isWarned)
            report({ type: "warning", problem: { message, hint: remedy() } });
        isWarned = true;
    }
    function remedy() {
        return cache.writable ? "the step is built again, and its new entry replaces this one" : "the step is built again";
    }
    async function fetchNeeded(key, what, report) {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const restored = fetch_addDisposableResource(env_3, await fetchTimed(cache.name, () => cache.restore(key, report), () => what, report), true);
            if (restored !== undefined)
                await importNoted(restored);
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = fetch_disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    }
    async function importNoted(restored, wanted) {
        const entry = await importEntry(layout, restored.directory, wanted);
        saver.fetched(restored.key, entry);
        return entry;
    }
}
/** The most characters of a key. */
const longestKey = 512;
/** The most entries to look for at once. Small layers travel together, so a tree needs few. */
const mostTouched = 20;
const layersBelow = ({ name }) => `layers below ${name}`;
const newestOf = (key, candidate, restored) => ({
    ...{ key, candidate, restored },
    [Symbol.asyncDispose]: async () => restored?.[Symbol.asyncDispose](),
});
const isTooOld = ({ key, candidate: { since } }) => since !== undefined && timeOf(key) < since;

// EXTERNAL MODULE: ./out/src/sources/sources.js
var sources = __nccwpck_require__(737);
;// CONCATENATED MODULE: ./out/src/cache/source-cache.js
var source_cache_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var source_cache_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});









/** Opens the source cache of a job. */
function openSourceCache({ cache, layout, prefix, background }) {
    /** The keys of the entries that lack files or hold others. */
    const useless = new Set();
    /** The beginnings of the keys of the entries that are known to be whole. */
    const whole = new Set();
    return { fetch, save };
    async function fetch(locked, missing, report) {
        try {
            return await fetchNow(locked, missing, report);
        }
        catch (error) {
            // A cache may slow a build down, but never fail it.
            const message = `${nameOf(locked)} can't be taken from the ${cache.name}: ${error.message}`;
            report({ type: "warning", problem: { message } });
            return missing;
        }
    }
    async function fetchNow(locked, missing, report) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const beginning = sourcesBeginning(prefix, locked);
            const restore = () => cache.restoreNewest([beginning], report);
            const restored = source_cache_addDisposableResource(env_1, await fetchTimed(cache.name, restore, () => nameOf(locked), report), true);
            if (restored === undefined)
                return missing;
            const refused = [];
            for (const source of missing)
                if (!(await importSource(layout, restored.directory, source)))
                    refused.push(source);
            if (refused.length === 0) {
                whole.add(beginning);
                return [];
            }
            useless.add(restored.key);
            const files = refused.length === 1 ? "1 file" : `${refused.length} files`;
            const message = `an entry of the ${cache.name} with ${nameOf(locked)} is damaged: ${files} in it can't be used, such as ${refused[0]?.name}`;
            const hint = cache.writable
                ? "the missing files are downloaded, and a new entry replaces this one"
                : "the missing files are downloaded";
            report({ type: "warning", problem: { message, hint } });
            return refused;
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = source_cache_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    function save(locked, report) {
        const beginning = sourcesBeginning(prefix, locked);
        if (!cache.writable || locked.sources.length === 0 || whole.has(beginning))
            return;
        whole.add(beginning);
        background.add(() => saveNow(locked, beginning, report));
    }
    async function saveNow(locked, beginning, report) {
        try {
            const known = await cache.findNewest([beginning]);
            if (known !== undefined && !useless.has(known))
                return;
            const directory = await cache.outbox();
            for (const { sha256 } of uniqueOf(locked))
                await copyFiles(layout.source(sha256), `${directory}/${sha256}`);
            const unless = { beginning, except: [...useless].filter((key) => key.startsWith(beginning)) };
            const put = () => cache.save(newKey(beginning, Date.now()), directory, unless);
            await saveTimed(cache.name, put, nameOf(locked), directory, report);
        }
        catch (error) {
            const message = `${nameOf(locked)} aren't cached: ${error.message}`;
            report({ type: "warning", problem: { message } });
        }
    }
}
const nameOf = ({ step }) => `the packages of ${step}`;
const uniqueOf = ({ sources }) => new Map(sources.map((source) => [source.sha256, source])).values();
/** The version of such an entry's layout: files, each under its SHA-256. */
const source_cache_formatVersion = 1;
/** The beginning of the keys of the entries with these files. It has a digest of all of them. */
function sourcesBeginning(prefix, locked) {
    const files = [...uniqueOf(locked)].map(({ sha256, size }) => `${sha256} ${size}`).sort();
    return `${prefix}osbuild-sources-v${source_cache_formatVersion}-${(0,external_node_crypto_.hash)("sha256", files.join("\n"))}-`;
}
/**
 * Copies a file of an entry into the store, if it is what it should be. Only root can change the copy that is checked.
 */
async function importSource(layout, directory, source) {
    const copy = `${layout.temporary}/import-${(0,external_node_crypto_.randomUUID)()}`;
    try {
        await copyPlain(await (0,plain_file/* openPlain */.Hu)(`${directory}/${source.sha256}`), source, copy);
        return await (0,sources/* acceptSource */.o)(layout, copy, source);
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "STORE") || (0,plain_file/* isUnreadable */.GZ)(error))
            return false;
        throw error;
    }
    finally {
        await (0,remove/* removeTree */.dM)(copy);
    }
}

;// CONCATENATED MODULE: ./out/src/cache/remote.js







/** Opens a cache for a job. */
const openRemote = (layout, called) => openRemoteOn(cacheOf(called), layout, called.request);
/** Gives builds access to a cache, however it is reached. */
function openRemoteOn(cache, layout, { prefix, checkpoints, images }) {
    const background = openBackground(layout);
    const saver = openSaver({ cache, layout, prefix, checkpoints, images, background });
    const sources = openSourceCache({ cache, layout, prefix, background });
    const fetcher = openFetcher({ cache, layout, prefix, saver, background });
    return {
        reporting: (report, steps) => ({
            fetch: async (wanted) => {
                const { record, tooOld } = await fetcher.first(wanted, report, steps);
                return { found: record === undefined ? undefined : { id: record.id, cache: cache.name }, tooOld };
            },
            fetchSame: (wanted) => fetcher.same(wanted, report),
            fetchSources: (locked, missing) => sources.fetch(locked, missing, report),
            keepSources: (locked) => sources.save(locked, report),
            known: saver.known,
            ...saver.ofPipeline(report, steps),
        }),
        entriesOf: saver.entriesOf,
        has: fetcher.has,
        done: background.done,
    };
}
function cacheOf({ name, request: { writable }, transfer, ask }) {
    const clear = (directory, report) => (0,remove/* clearAway */.MB)(directory, (problem) => report({ type: "warning", problem }));
    async function restore(call, report) {
        const found = (await ask(call));
        if (!found)
            return undefined;
        const { key, directory } = found;
        return { key, directory, [Symbol.asyncDispose]: () => clear(directory, report) };
    }
    return {
        name,
        writable,
        restore: (key, report) => restore({ type: "restore", keys: [key] }, report),
        restoreNewest: (beginnings, report) => restore({ type: "restore newest", beginnings }, report),
        findNewest: async (beginnings) => (await ask({ type: "find newest", beginnings })) ?? undefined,
        outbox: () => (0,promises_.mkdtemp)(`${transfer}/out-`),
        async save(key, directory, unless) {
            await handOver(directory, transfer);
            return (await ask({ type: "save", key, unless, directory })) === true;
        },
    };
}

;// CONCATENATED MODULE: ./out/src/image/file-name.js
/** Characters that the artifact service refuses in the names of artifacts and of the files in them. */
const forbiddenInArtifacts = /["<>|*?\\/:\r\n]/g;

// EXTERNAL MODULE: ./out/src/pipeline/load.js + 20 modules
var load = __nccwpck_require__(6348);
// EXTERNAL MODULE: ./out/stages/lib/patterns.js
var patterns = __nccwpck_require__(7196);
// EXTERNAL MODULE: ./out/src/pipeline/file-digest.js
var file_digest = __nccwpck_require__(2784);
// EXTERNAL MODULE: ./out/src/pipeline/lock.js
var pipeline_lock = __nccwpck_require__(7334);
;// CONCATENATED MODULE: ./out/src/pipeline/materials.js








/** Lists a pipeline's materials. `others` are files that were named beside it. */
async function materialsOf(file, others, pipeline) {
    const all = (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline);
    const run = all.flatMap(pipeline_pipeline/* steps */.Ci);
    const lock = run.some((step) => step.lock !== undefined) ? (0,pipeline_lock/* lockFileOf */.LN)(file) : undefined;
    const named = [file, ...(lock === undefined ? [] : [lock]), ...others, ...run.map(({ at }) => at.file)];
    const paths = await Promise.all([...new Set(named)].map((path) => (0,promises_.realpath)(path)));
    return {
        files: await digests([...paths, ...run.flatMap(filesReadBy)]),
        packages: all.flatMap((each) => packagesOf(each, each === pipeline)),
        images: all.flatMap(({ base }) => base?.image ?? []),
        downloads: all.flatMap(({ downloads }) => downloadsIn(downloads.sources)),
    };
}
/**
 * The regular files that a step reads. Others have no bytes of their own, and a link may lead out of the repository.
 */
function filesReadBy({ inputs, excluded }) {
    const files = [];
    const isExcluded = (0,patterns/* exclusionOf */.a)(excluded, external_node_path_.matchesGlob);
    for (const path of inputs.values())
        (0,file_digest/* fileDigest */.h)(path, {
            found: (file) => files.push(file),
            isExcluded: (file) => isExcluded(file.slice(path.length + 1)),
        });
    return files.filter((file) => (0,external_node_fs_.lstatSync)(file).isFile());
}
async function digests(paths) {
    const buffer = Buffer.allocUnsafe(1024 ** 2);
    const files = [];
    for (const path of [...new Set(paths)].sort())
        files.push({ path, sha256: await (0,walk/* sha256Of */.Bj)(Buffer.from(path), buffer, "hex") });
    return files;
}
const packagesOf = (pipeline, inTree) => (0,pipeline_pipeline/* steps */.Ci)(pipeline).flatMap(({ lock }) => (lock?.packages ?? []).map(({ name, version, architecture, sha256, url, source }) => ({
    ...{ name, version, architecture, sha256, url, source },
    inTree,
})));
function downloadsIn(sources) {
    // No schema has been held against the sources.
    const urls = sources?.["org.osbuild.files"]?.urls ?? {};
    return Object.entries(urls).flatMap(([checksum, source]) => {
        const url = typeof source === "string" ? source : source?.url;
        return typeof url === "string" && /^\w+:[0-9a-f]+$/.test(checksum) ? [{ url, checksum }] : [];
    });
}

;// CONCATENATED MODULE: ./out/src/sbom/formats.js
/** The formats of an SBOM, and the endings of their files. */
const sbomFormats = {
    /** SPDX 2.3 in JSON: https://spdx.github.io/spdx-spec/v2.3/ */
    spdx: ".spdx.json",
    /** CycloneDX 1.6 in JSON: https://cyclonedx.org/docs/1.6/json/ */
    cyclonedx: ".cdx.json",
};
/** The media type of an SBOM, by the ending of its file: https://www.iana.org/assignments/media-types/ */
const sbomMediaType = (path) => path.endsWith(sbomFormats.spdx) ? "application/spdx+json" : "application/vnd.cyclonedx+json";
/** Whether a text names a format. */
const isSbomFormat = (text) => Object.hasOwn(sbomFormats, text);
/** Whether a file is an SBOM, by its name. */
const isSbomFile = (name) => Object.values(sbomFormats).some((ending) => name.endsWith(ending));

// EXTERNAL MODULE: ./out/src/sbom/subject.js + 1 modules
var sbom_subject = __nccwpck_require__(6843);
;// CONCATENATED MODULE: ./out/src/sbom/documents.js




/** Writes the SBOMs of a stored output. Throws if the store doesn't know what the output contains. */
async function sbomDocuments(layout, record, formats) {
    if (formats.length === 0)
        return [];
    const contents = await (0,integrity/* recordedContents */.hN)(layout, record.id);
    if (contents === undefined) {
        const hint = "`osbuild build --sbom FORMAT` records it, and makes the output again if need be";
        throw (0,errors/* failure */.V2)("STORE", `the store doesn't know what the output ${record.id} contains`, hint);
    }
    if (contents.database === "rpm, unread")
        throw (0,errors/* failure */.V2)("HOST", "the image's packages can't be listed: this machine has no rpm that can read them");
    const subject = (0,sbom_subject/* subjectOf */.e)(record);
    const documents = [];
    for (const format of new Set(formats)) {
        const text = await writers[format]().then((write) => write(subject, contents));
        documents.push({ path: sbomPath(subject, format), text, epoch: subject.created.getTime() / 1000 });
    }
    return documents;
}
/** The paths of an output's SBOMs below the output directory. */
const sbomPaths = (record, formats) => [...new Set(formats)].map((format) => sbomPath((0,sbom_subject/* subjectOf */.e)(record), format));
const sbomPath = ({ path }, format) => `${path}${sbomFormats[format]}`;
/** Loading what writes an SBOM would slow down every other build. */
const writers = {
    spdx: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(316), __nccwpck_require__.e(235)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3235))).spdxDocument,
    cyclonedx: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(316), __nccwpck_require__.e(293), __nccwpck_require__.e(435)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9435))).cyclonedxDocument,
};

// EXTERNAL MODULE: ./out/src/secrets/secret.js
var secret = __nccwpck_require__(6526);
;// CONCATENATED MODULE: ./out/src/store/verdicts.js



/** The most bytes that are read: a million digests. */
const verdicts_mostBytes = 64 * 1024 ** 2;
/** Reads the digests of the values that passed validation; see validate.ts. A store that doesn't exist yet has none. */
const readVerdicts = async (layout) => (await find(layout)) ?? new Set();
/** Undefined if they can't be read. Then the values are only validated again. */
async function find(layout) {
    try {
        return new Set((await (0,plain_file/* readPlain */.rM)(layout.verdicts, verdicts_mostBytes)).split("\n"));
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "ENOTDIR"))
            return new Set();
        if ((0,plain_file/* isUnreadable */.GZ)(error))
            return undefined;
        throw error;
    }
}
/** Adds the digests of values that have passed validation. */
async function writeVerdicts(layout, verdicts) {
    const known = (await find(layout)) ?? new Set();
    if (verdicts.isSubsetOf(known))
        return;
    const lines = [...known.union(verdicts)].filter((digest) => digest !== "").map((digest) => `${digest}\n`);
    await (0,store_layout/* unlessReadOnly */.Hp)((0,plain_file/* writePlain */.yi)(layout.verdicts, lines.join("")));
}

;// CONCATENATED MODULE: ./out/src/builder/budget.js



/** Reads the image that growth is measured from. Undefined if there are no limits. */
async function budgetOf({ maxSize, maxGrowth }, since) {
    const size = maxSize ?? undefined;
    if (maxGrowth === null || since === null)
        return size === undefined ? undefined : { maxSize: size, maxGrowth: undefined };
    const contents = (0,contents_file/* decodeContents */.Xt)(await (0,plain_file/* readPlain */.rM)(since.contents, contents_file/* mostContentsBytes */.j4));
    if (contents === undefined)
        throw (0,errors/* failure */.V2)("HOST", "the list of what the last image contains is damaged");
    return { maxSize: size, maxGrowth: { bytes: maxGrowth, since: { label: since.label, contents } } };
}

;// CONCATENATED MODULE: ./out/src/builder/hand-over.js




// Only root can read the store. Files that the main process needs are copied into the transfer directory and given to
// its owner.
/** Hands over the logs of these steps, if they have any. */
async function handOverLogs(layout, ids, transfer) {
    await (0,promises_.mkdir)(`${transfer}/logs`, { recursive: true });
    // A step that was not reached has none.
    for (const id of ids)
        await (0,promises_.copyFile)(layout.log(id), (0,store_logs/* handedLog */.jL)(transfer, id)).catch(errors/* ignoreMissing */.bt);
    await handOver(`${transfer}/logs`, transfer);
}
/** Hands over an image's contents. Returns the path of the JSON file, or null if there is none. */
async function handOverContents(layout, id, transfer) {
    const copy = `${transfer}/contents-${id}.json`;
    try {
        await (0,promises_.copyFile)(layout.contents(id), copy);
    }
    catch (error) {
        (0,errors/* ignoreMissing */.bt)(error);
        return null;
    }
    await handOver(copy, transfer);
    return copy;
}

// EXTERNAL MODULE: ./out/src/store/memory.js
var store_memory = __nccwpck_require__(7521);
;// CONCATENATED MODULE: ./out/src/builder/schedule.js



/** The builds that run at once by default: each has a processor, and memory for the changes to its trees. */
const defaultJobs = (memory, processors = (0,external_node_os_.availableParallelism)()) => Math.max(1, Math.min(processors, (0,store_memory/* buildsInMemory */.We)(memory)));
/**
 * Builds candidates side by side. One that shares steps with an earlier one waits until that has stored them, so none of
 * them runs twice. All others start in their order.
 */
async function buildSideBySide(candidates, mostAtOnce, build) {
    const waiting = new Map(candidates);
    const running = new Map();
    /** The fingerprints of the results that this job has found in the store or put there, by their ids. */
    const stored = new Map();
    const ended = Promise.withResolvers();
    startNext();
    return ended.promise;
    function startNext() {
        const before = [...running.values()];
        for (const [key, candidate] of waiting) {
            if (running.size >= mostAtOnce)
                return;
            const claims = claimsOf(candidate, stored);
            const isFree = before.every((other) => canRunBeside(claims, other));
            before.push(claims);
            if (!isFree)
                continue;
            waiting.delete(key);
            running.set(key, claims);
            build(key, (event) => note(event, claims)).then(() => {
                running.delete(key);
                startNext();
            }, ended.reject);
        }
        if (running.size === 0)
            ended.resolve();
    }
    function note(event, { results, open }) {
        if (event.type !== "stored" && event.type !== "step-cached")
            return;
        // A result that is known from another tree is only stored later.
        if (event.type === "step-cached" && event.source === "same tree")
            return;
        const { id } = event.step;
        const [fingerprint, ...others] = results.get(id) ?? [];
        // The store may lack a result that isn't needed, and another pipeline may need that.
        const isStored = event.type === "stored" || event.source !== "not needed";
        if (isStored && fingerprint !== undefined && others.length === 0)
            stored.set(id, fingerprint);
        if (open.delete(id))
            startNext();
    }
}
function claimsOf({ pipeline, fingerprints }, stored) {
    const pipelines = (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline);
    const fingerprintOf = (step) => fingerprints.get(step)?.value ?? "";
    const results = new Map();
    for (const step of pipelines.flatMap(pipeline_pipeline/* steps */.Ci))
        results.set(step.id, (results.get(step.id) ?? new Set()).add(fingerprintOf(step)));
    // No step before a stored one is needed.
    const after = (all) => all.slice(all.findLastIndex((step) => stored.get(step.id) === fingerprintOf(step)) + 1);
    const open = new Set(pipelines.flatMap((each) => after((0,pipeline_pipeline/* steps */.Ci)(each)).map(({ id }) => id)));
    return { results, open, bases: new Set(pipelines.flatMap(({ base }) => base?.id ?? [])) };
}
/**
 * Whether neither build needs what the other may run, nor replaces its results. The store has one result for an id, but
 * with locks or files of their own two pipelines make different ones.
 */
function canRunBeside({ results, open, bases }, other) {
    const needs = open.union(bases);
    if (!needs.isDisjointFrom(other.open) || !open.isDisjointFrom(other.bases))
        return false;
    for (const [id, own] of results) {
        const others = other.results.get(id);
        if (others !== undefined && own.union(others).size > 1)
            return false;
    }
    return true;
}

;// CONCATENATED MODULE: ./out/src/builder/index.js
var builder_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var builder_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
































// The Action's builder runs as root, without the runner's environment; protocol.ts has its messages. It ends when its
// standard input does, so a killed Action leaves no builder behind.
process.umask(0o022);
const interrupt = new AbortController();
const replies = new Map();
let calls = 0;
process.on("uncaughtException", fail);
(0,command/* onLines */.lP)(process.stdin, (line) => hear(JSON.parse(line)));
process.stdin.on("end", () => process.exit(1));
function hear(message) {
    switch (message.type) {
        case "start":
            void serve(message.request).then(() => process.exit(0), fail);
            return;
        case "reply":
            replies.get(message.number)?.(message.value);
            replies.delete(message.number);
            return;
        case "cancel":
            interrupt.abort();
            return;
        default:
            message;
    }
}
function fail(bug) {
    process.stderr.write(`${formatBug(bug)}\n`);
    process.exit(1);
}
function say(message) {
    process.stdout.write(`${JSON.stringify(message)}\n`);
}
/** Loads all pipelines, then builds them side by side. */
async function serve(request) {
    if (request.debug)
        (0,trace/* traceCommands */.KK)((line) => say({ type: "debug", line }));
    const layout = await (0,store_layout/* createStore */.y$)(request.store).catch((error) => failed(0, error));
    if (layout === undefined)
        return;
    const secrets = new Map(request.secrets.map(({ name, value }) => [name, (0,secret/* secretOf */.OM)(value)]));
    const loaded = [];
    for (const [index, pipeline] of request.pipelines.entries())
        loaded.push(await loadOne(layout, { ...request, secrets }, index, pipeline).catch((error) => failed(index, error)));
    if (!loaded.includes(undefined)) {
        const unknown = await unknownCheckpoints((request.cache ?? request.remote)?.checkpoints ?? "auto", (0,load/* libraryOf */.vT)(request.libdirs));
        if (unknown.length > 0)
            return failed(0, new errors/* BuildError */.zS("INVALID", unknown));
        const all = loaded.filter((pipeline) => pipeline !== undefined);
        const problems = (0,build_freshness/* unknownSteps */.So)(all, request.freshness.refresh);
        if (problems.length > 0)
            return failed(0, new errors/* BuildError */.zS("INVALID", problems));
        for (const problem of (0,pipeline_secrets/* unusedSecrets */.yq)(all, secrets))
            say({ type: "event", pipeline: 0, event: { type: "warning", problem } });
    }
    const candidates = await candidatesOf(layout, loaded);
    const built = new Set();
    const memory = process.availableMemory();
    const jobs = Math.max(1, Math.min(request.jobs ?? defaultJobs(memory), candidates.size));
    const freshness = { ...request.freshness, started: Date.now() };
    // A pipeline whose image is the last upload has no tree in the store, where one that starts from it looks.
    const pipelines = [...candidates.values()].every(isKnown)
        ? request.pipelines
        : request.pipelines.map((pipeline) => ({ ...pipeline, uploaded: null }));
    const given = { ...request, pipelines, freshness, memory: Math.floor(memory / jobs) };
    const remote = remoteOf(layout, request);
    await buildSideBySide(candidates, jobs, async (index, hear) => {
        if (interrupt.signal.aborted)
            return;
        say({ type: "started", pipeline: index });
        const report = (event) => {
            say({ type: "event", pipeline: index, event });
            hear(event);
        };
        const candidate = candidates.get(index);
        await buildOne(layout, given, index, candidate, remote, report).then(() => built.add(index), (error) => failed(index, error));
        say({ type: "ended", pipeline: index });
    });
    if (remote === undefined)
        return;
    await remote.done();
    for (const index of built) {
        const origin = originOf(candidates.get(index), remote);
        if (origin !== undefined)
            say({ type: "origin", pipeline: index, origin });
    }
}
/**
 * The origin of an image, if the cache has what making it again takes: the image itself, or its tree and the trees of
 * the build pipelines.
 */
function originOf(candidate, remote) {
    const { assembler } = candidate.pipeline;
    if (assembler === null || !isKnown(candidate))
        return undefined;
    const image = resultOf(candidate, assembler);
    const own = remote.entriesOf([image]);
    const last = (0,pipeline_pipeline/* innermostFirst */.mF)(candidate.pipeline).flatMap(({ stages }) => stages.slice(-1));
    const trees = last.map((stage) => remote.entriesOf([resultOf(candidate, stage)]));
    if (own.length === 0 && (trees.length === 0 || trees.some(({ length }) => length === 0)))
        return undefined;
    return { ...image, entries: [...new Set([...own, ...trees.flat()])].sort() };
}
const resultOf = ({ fingerprints: known }, step) => ({
    id: step.id,
    fingerprint: known.get(step).value,
});
/** Whether a pipeline's fingerprints are known before it is built. A base may be built just now, unless it is an image. */
const isKnown = ({ pipeline }) => (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline).every(({ base }) => base === null || base.image);
/**
 * The pipelines that could be loaded, by their index. Their fingerprints are taken before any of them installs a tool,
 * so that shared steps have the same.
 */
async function candidatesOf(layout, loaded) {
    const starts = { baseFingerprint: async () => null, archive: null };
    const tools = await readToolDigests(layout);
    const toolsBefore = tools.size;
    const candidates = new Map();
    for (const [index, pipeline] of loaded.entries()) {
        if (pipeline === undefined)
            continue;
        candidates.set(index, { pipeline, fingerprints: await (0,fingerprint/* fingerprints */.WS)(pipeline, starts, tools) });
    }
    if (tools.size > toolsBefore)
        await writeToolDigests(layout, tools);
    return candidates;
}
/** Reads a pipeline, and throws problems that would otherwise only show after the build. */
async function loadOne(layout, { libdirs, buildEnv, mirrors, variables, secrets, bootTest, verify, sbom, attest, upload }, index, { file, output }) {
    const none = { buildPipeline: undefined, base: undefined };
    const verdicts = await readVerdicts(layout);
    const pipeline = await (0,load/* loadPipeline */.Bp)({ pipeline: file, libdirs, buildEnv, mirrors, variables, secrets, ...none }, verdicts);
    await writeVerdicts(layout, verdicts);
    const { treeId, outputId } = pipeline;
    const testStage = pipeline.stages.find(({ program }) => program.name === "org.osbuild.test")?.at ?? null;
    const filename = filenameOf(pipeline);
    const others = [buildEnv, mirrors].filter((other) => other !== undefined);
    const materials = attest ? await materialsOf(file, others, pipeline) : null;
    say({ type: "loaded", pipeline: index, loaded: { treeId, outputId, filename, testStage, materials } });
    (0,pipeline_secrets/* requireSecrets */.pU)(pipeline);
    if (verify)
        refuseBase(pipeline);
    if (bootTest !== null)
        requireTest(pipeline, testStage !== null || bootTest.script);
    if (sbom.length > 0)
        requireImage(pipeline, "sbom");
    if (attest)
        requireImage(pipeline, "attest");
    if (upload)
        requireUploadable(pipeline, filename);
    if (outputId !== null)
        await requireEmpty(layout, output);
    return pipeline;
}
async function buildOne(layout, request, index, candidate, remotes, report) {
    const { pipeline } = candidate;
    const { installDependencies, bootTest, verify, sbom, attest, pipelines, transfer, freshness, memory } = request;
    const { output, since, failedTree, uploaded } = pipelines[index];
    if (uploaded !== null && (await isUploaded(candidate, uploaded, remotes))) {
        announceCached(pipeline, oldestIn(uploaded.entries), report);
        return say({ type: "unchanged", pipeline: index });
    }
    const budget = await budgetOf(request.budget, since);
    const ids = (0,pipeline_pipeline/* allSteps */.Bd)(pipeline).map(({ id }) => id);
    const remote = remotes?.reporting(report, ids);
    // Most images are for the architecture that builds them. The boot test itself looks at the image.
    if (bootTest !== null)
        await (0,host_packages/* providePrograms */.DW)((0,host_packages/* bootNeeds */.IY)(process.arch, bootTest), installDependencies ? report : undefined);
    const context = {
        layout,
        signal: interrupt.signal,
        report,
        contents: sbom.length > 0 || attest || budget !== undefined ? "required" : "recorded",
        budget,
        install: installDependencies,
        failedTree: failedTree ?? undefined,
        remote,
        pull,
        fingerprints: isKnown(candidate) ? candidate.fingerprints : undefined,
        freshness,
        memory,
    };
    let contents = null;
    const deliver = async (built) => {
        const documents = await sbomDocuments(layout, built, sbom);
        if (!(await isExported(layout, built, output, documents)))
            await exportOutput(layout, built, output, documents);
        contents = await handOverContents(layout, built.id, transfer);
    };
    const record = await buildOutput(pipeline, context, deliver).finally(async () => {
        remote?.ended();
        await handOverLogs(layout, ids, transfer);
        if (failedTree !== null && (0,external_node_fs_.existsSync)(failedTree))
            await handOver(failedTree, transfer);
    });
    const files = record?.files ?? [];
    const sboms = record === undefined ? [] : sbomPaths(record, sbom);
    say({ type: "built", pipeline: index, built: { files, sboms, contents } });
    if (verify)
        await verifyOne(layout, request, index, pipeline, report);
}
/** Whether a pipeline would make the branch's last upload again, of what the cache still has. */
async function isUploaded(candidate, { id, fingerprint, entries }, remote) {
    const { assembler } = candidate.pipeline;
    if (assembler === null || remote === undefined)
        return false;
    const wanted = resultOf(candidate, assembler);
    return wanted.id === id && wanted.fingerprint === fingerprint && (await remote.has(entries));
}
/** Builds a pipeline once more, from nothing and as on another machine. Throws unless that gives the same bits. */
async function verifyOne(layout, { installDependencies, libdirs, buildEnv, mirrors, variables, pipelines }, index, pipeline, report) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { file } = pipelines[index];
        const workspace = builder_addDisposableResource(env_1, await (0,store_workspace/* openWorkspace */.OH)(layout, (problem) => report({ type: "warning", problem })), true);
        const second = await (0,store_layout/* createStore */.y$)(`${workspace.directory}/second`);
        await provideAll(pipeline, second, installDependencies ? report : undefined);
        await provideImages(pipeline, {
            layout: second,
            report,
            signal: interrupt.signal,
            install: installDependencies,
            pull,
        });
        const files = { pipeline: file, libdirs, buildEnv, mirrors, variables };
        await buildElsewhere(pipeline, { layout: second, workspace, program: commandLine, files, signal: interrupt.signal });
        const { steps: compared, different } = await compareBuilds(pipeline, [layout, second], workspace);
        if (different !== undefined)
            throw unlike(different);
        say({ type: "verified", pipeline: index, steps: compared.length });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = builder_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The command line is beside the builder, in the sources and in the bundles. */
const builderFile = process.argv[1];
const commandLine = (0,external_node_path_.resolve)(builderFile, `../../cli/index${(0,external_node_path_.extname)(builderFile)}`);
function filenameOf({ assembler }) {
    const { filename = null } = (assembler?.options ?? {});
    return typeof filename === "string" ? filename : null;
}
/** Checks the image's name: artifacts allow fewer characters than file systems. */
function requireUploadable({ assembler }, filename) {
    const character = filename === null ? undefined : filename.match(forbiddenInArtifacts)?.[0];
    if (character === undefined)
        return;
    const message = `${JSON.stringify(filename)} can't be uploaded as an artifact: its name contains ${JSON.stringify(character)}`;
    const hint = "rename the file in the assembler's options, or set the input upload to false or if-possible";
    throw new errors/* BuildError */.zS("INVALID", [{ message, at: assembler?.at, hint }]);
}
/** Checks before the build that there will be an image for what an input asks. */
function requireImage({ assembler, stages }, input) {
    if (assembler !== null)
        return;
    const message = `${input} is set, but the pipeline makes no image`;
    throw new errors/* BuildError */.zS("INVALID", [{ message, at: stages.at(-1)?.at, hint: "add an assembler" }]);
}
/** Checks before the build that the boot test has an image, and a stage or a script that tests it. */
function requireTest({ assembler, stages }, hasTest) {
    const at = (assembler ?? stages.at(-1))?.at;
    const wrong = (message, hint) => new errors/* BuildError */.zS("INVALID", [{ message, at, hint }]);
    if (assembler === null)
        throw wrong("boot-test is on, but the pipeline makes no image", "add an assembler that makes a disk image");
    if (!hasTest)
        throw wrong("boot-test is on, but nothing in the image reports whether it booted", "add a stage org.osbuild.test with a script that checks the booted system, or set the input boot-script");
}
function failed(pipeline, error) {
    const expected = error instanceof errors/* BuildError */.zS ? error : (0,errors/* asDiskFull */.nP)(error);
    if (expected === undefined)
        throw error;
    say({ type: "failed", pipeline, code: expected.code, problems: expected.problems });
}
/** Opens the caches that the request allows. The remote comes first. */
function remoteOf(layout, { cache, remote, transfer }) {
    const open = (name, request) => request === null ? [] : [openRemote(layout, { name, request, transfer, ask: asking(name) })];
    const [first, second] = [...open("remote", remote), ...open("cache", cache)];
    return first === undefined || second === undefined ? first : inTurn(first, second);
}
/** Calls a cache by the main process. */
const asking = (to) => (call) => ask((number) => ({ type: "call", number, to, call }));
/** Calls a registry by the main process. */
const pull = async (call) => (await ask((number) => ({ type: "pull", number, call })));
/** Says something to the main process and waits for its reply. */
function ask(messageOf) {
    const number = calls++;
    return new Promise((resolve) => {
        replies.set(number, resolve);
        say(messageOf(number));
    });
}

