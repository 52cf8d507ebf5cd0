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

/***/ 4566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ie: () => (/* binding */ describer),
/* harmony export */   fu: () => (/* binding */ futureEpoch),
/* harmony export */   iP: () => (/* binding */ announce)
/* harmony export */ });
/* unused harmony export announceCached */
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1563);
/* harmony import */ var _store_refs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6720);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7086);



/** Reports a plan: its steps, and the source of each result that needn't be built. Marks those results as used. */
async function announce(plan, { report, layout, remote }, describe, fetched) {
    const all = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .inOrder */ .al)(plan).flatMap((part) => part.steps);
    const times = timesOf(all);
    report({ type: "planned", steps: all.map(({ step }) => describe(step.id)), toRun: (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .stepsToRun */ .kY)(plan) });
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
            isUnpinned: (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnpinned */ .Yh)(planned.step),
        });
        if (planned.type !== "stored")
            continue;
        remote?.known(planned.record);
        await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_0__/* .touchRef */ .vN)(layout, id);
    }
}
/**
 * Reports that no step of a pipeline need run, because the cache has all that its image was made from. `downloaded` is
 * the time of the oldest download that nothing pins, in milliseconds since 1970; null if that isn't known.
 */
function announceCached(pipeline, downloaded, report) {
    const describe = describer(pipeline);
    const all = innermostFirst(pipeline).flatMap(steps);
    report({ type: "planned", steps: all.map(({ id }) => describe(id)), toRun: 0 });
    for (const step of all) {
        const told = { bytes: 0, ran: downloaded, isUnpinned: isUnpinned(step) };
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
    const pipelines = (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .innermostFirst */ .mF)(pipeline);
    const infos = new Map();
    for (const [place, each] of pipelines.entries()) {
        for (const { id, kind, name } of (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_2__/* .steps */ .Ci)(each)) {
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


/***/ }),

/***/ 3225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ buildOutput),
/* harmony export */   j: () => (/* binding */ build)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _host_packages_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4817);
/* harmony import */ var _pipeline_secrets_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6784);
/* harmony import */ var _store_integrity_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2635);
/* harmony import */ var _store_layout_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9396);
/* harmony import */ var _store_refs_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6720);
/* harmony import */ var _store_workspace_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2660);
/* harmony import */ var _announce_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(4566);
/* harmony import */ var _damage_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2920);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(7086);
/* harmony import */ var _planning_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(3388);
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
            output = outputId === null ? undefined : await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .readRef */ .sg)(context.layout, outputId);
            if (output !== undefined)
                await deliver(output);
        });
        return output;
    };
    return buildAndDeliver().catch((error) => {
        if (!(error instanceof _store_integrity_js__WEBPACK_IMPORTED_MODULE_3__/* .DamagedError */ .Me))
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
    (0,_pipeline_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .requireSecrets */ .pU)(pipeline);
    for (const problem of pipeline.warnings)
        report({ type: "warning", problem });
    for (const problem of await (0,_planning_js__WEBPACK_IMPORTED_MODULE_10__/* .oldBases */ .UV)(pipeline, context))
        report({ type: "warning", problem });
    if (pipeline.sourceEpoch * 1000 > Date.now())
        report({ type: "warning", problem: (0,_announce_js__WEBPACK_IMPORTED_MODULE_7__/* .futureEpoch */ .fu)(pipeline) });
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            await (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_6__/* .sweepWorkspaces */ .Ru)(layout, (problem) => report({ type: "warning", problem }));
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
            throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("INTERRUPTED", "interrupted", undefined, { cause: error });
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
        const locking = (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_6__/* .lockShared */ .h1)(context.layout).then((lock) => kept.use(lock));
        locking.catch(() => undefined);
        const work = await (0,_planning_js__WEBPACK_IMPORTED_MODULE_10__/* .prepare */ .iA)(pipeline, context).finally(() => locking);
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
    if ((0,_plan_js__WEBPACK_IMPORTED_MODULE_9__/* .stepsToRun */ .kY)(plan) > 0 || context.save !== undefined)
        return false;
    // Without an image there are no recorded contents, so the tree itself has to be measured.
    if (context.budget !== undefined && pipeline.outputId === null)
        return false;
    if ((await (0,_damage_js__WEBPACK_IMPORTED_MODULE_8__/* .findDamage */ .Tu)(plan, context, archiveDigest)).length > 0)
        return false;
    await (0,_announce_js__WEBPACK_IMPORTED_MODULE_7__/* .announce */ .iP)(plan, context, (0,_announce_js__WEBPACK_IMPORTED_MODULE_7__/* .describer */ .Ie)(pipeline), new Map());
    return true;
}
/** Measures an image by its recorded contents: if nothing ran, no tree was measured. */
async function checkStored(pipeline, { layout, budget }) {
    const { outputId, stages } = pipeline;
    const step = stages.at(-1) ?? pipeline.assembler;
    if (budget === undefined || outputId === null || step === null)
        return;
    const { requireBudget } = await __nccwpck_require__.e(/* import() */ 908).then(__nccwpck_require__.bind(__nccwpck_require__, 1908));
    const contents = await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_3__/* .recordedContents */ .hN)(layout, outputId);
    if (contents !== undefined)
        requireBudget(budget, pipeline, { contents, step, started: undefined });
}
/** Builds the missing results. The lock that it returns keeps the store from being pruned. */
async function buildMissing(work) {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
        const { context, pipeline, archiveDigest } = work;
        const { layout, report, save } = context;
        const describe = (0,_announce_js__WEBPACK_IMPORTED_MODULE_7__/* .describer */ .Ie)(pipeline);
        // An unchanged build would take longer to load these than to do all that it does.
        const [{ openSession }, { execute }, { checkMachine, needsOf }] = await Promise.all([
            Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(395), __nccwpck_require__.e(803), __nccwpck_require__.e(179)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1803)),
            Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(526)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1526)),
            __nccwpck_require__.e(/* import() */ 497).then(__nccwpck_require__.bind(__nccwpck_require__, 6497)),
        ]);
        await (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .requireWritable */ .ik)(layout, "it lacks something that has to be built");
        const provide = (needs) => (0,_host_packages_js__WEBPACK_IMPORTED_MODULE_1__/* .providePrograms */ .DW)(needs, context.install ? report : undefined);
        await provide(_host_packages_js__WEBPACK_IMPORTED_MODULE_1__/* .enginePrograms */ .w0.map((program) => ({ program, of: "every build" })));
        await checkMachine(layout);
        const kept = __addDisposableResource(env_4, new AsyncDisposableStack(), true);
        {
            const env_5 = { stack: [], error: void 0, hasError: false };
            try {
                const session = __addDisposableResource(env_5, await openSession(context, describe), true);
                // Another build or a prune may have changed the store since the first look. The session's lock prevents that now.
                const { plan, fetched } = await (0,_planning_js__WEBPACK_IMPORTED_MODULE_10__/* .planSoundly */ .gy)(work);
                await provide(needsOf(plan));
                await (0,_announce_js__WEBPACK_IMPORTED_MODULE_7__/* .announce */ .iP)(plan, context, describe, fetched);
                const isMeasured = context.budget !== undefined && pipeline.outputId === null;
                if ((0,_plan_js__WEBPACK_IMPORTED_MODULE_9__/* .stepsToRun */ .kY)(plan) > 0 || save !== undefined || isMeasured)
                    await execute(plan, context, session, archiveDigest);
                // The session ends here, because delivery needs its disk space, and its lock ends with it.
                kept.use(await (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_6__/* .lockShared */ .h1)(layout));
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

/***/ 3388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  UV: () => (/* binding */ oldBases),
  gy: () => (/* binding */ planSoundly),
  iA: () => (/* binding */ prepare),
  M$: () => (/* binding */ recordsOf)
});

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/pipeline/fingerprint.js + 3 modules
var fingerprint = __nccwpck_require__(8276);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __nccwpck_require__(1563);
// EXTERNAL MODULE: ./out/src/report/age.js
var age = __nccwpck_require__(4078);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __nccwpck_require__(3740);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __nccwpck_require__(1856);
// EXTERNAL MODULE: ./out/src/store/refs.js
var refs = __nccwpck_require__(6720);
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
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __nccwpck_require__(9396);
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

// EXTERNAL MODULE: ./out/src/build/damage.js
var damage = __nccwpck_require__(2920);
// EXTERNAL MODULE: ./out/src/build/described.js
var described = __nccwpck_require__(8770);
// EXTERNAL MODULE: ./out/src/build/plan.js
var build_plan = __nccwpck_require__(7086);
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
    const requireObject = (0,refs/* openObjects */.dV)(layout);
    return resultsOf(pipeline, (id) => (0,refs/* readRef */.sg)(layout, id, requireObject));
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
        return [{ message: `the base has packages of ${(0,age/* formatAgo */.n4)(oldest)}`, at, hint }];
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

/***/ 2264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ requireArchives)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);
/* harmony import */ var _host_paths_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8985);



/** Checks before the build that the archive to start from exists and that the other one can be written. */
async function requireArchives({ from, save }) {
    if (from !== undefined)
        await requireFile(from);
    if (save !== undefined)
        await requirePlace(save);
}
async function requireFile(path) {
    const found = await (0,_host_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .statIfThere */ .C)(path);
    const wrong = (what) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `${path}: ${what}`, "name a tar archive");
    if (found === undefined)
        throw wrong("no such file");
    if (!found.isFile())
        throw wrong("not a regular file");
}
async function requirePlace(path) {
    const wrong = (message) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", message, "--save takes the name of a tar archive");
    if ((await (0,_host_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .statIfThere */ .C)(path))?.isDirectory())
        throw wrong(`${path} is a directory`);
    const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(path);
    if (!(await (0,_host_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .statIfThere */ .C)(directory))?.isDirectory())
        throw wrong(`there is no directory ${directory}`);
}


/***/ }),

/***/ 2847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ declareAll),
  l: () => (/* binding */ readArguments)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ../../node_modules/commander/lib/error.js
/**
 * CommanderError class
 */
class CommanderError extends Error {
  /**
   * Constructs the CommanderError class
   * @param {number} exitCode suggested exit code which could be used with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   */
  constructor(exitCode, code, message) {
    super(message);
    // properly capture stack trace in Node.js
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
    this.code = code;
    this.exitCode = exitCode;
    this.nestedError = undefined;
  }
}

/**
 * InvalidArgumentError class
 */
class InvalidArgumentError extends CommanderError {
  /**
   * Constructs the InvalidArgumentError class
   * @param {string} [message] explanation of why argument is invalid
   */
  constructor(message) {
    super(1, 'commander.invalidArgument', message);
    // properly capture stack trace in Node.js
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
  }
}

;// CONCATENATED MODULE: ../../node_modules/commander/lib/argument.js


class argument_Argument {
  /**
   * Initialize a new command argument with the given name and description.
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @param {string} name
   * @param {string} [description]
   */

  constructor(name, description) {
    this.description = description || '';
    this.variadic = false;
    this.parseArg = undefined;
    this.defaultValue = undefined;
    this.defaultValueDescription = undefined;
    this.argChoices = undefined;

    switch (name[0]) {
      case '<': // e.g. <required>
        this.required = true;
        this._name = name.slice(1, -1);
        break;
      case '[': // e.g. [optional]
        this.required = false;
        this._name = name.slice(1, -1);
        break;
      default:
        this.required = true;
        this._name = name;
        break;
    }

    if (this._name.endsWith('...')) {
      this.variadic = true;
      this._name = this._name.slice(0, -3);
    }
  }

  /**
   * Return argument name.
   *
   * @return {string}
   */

  name() {
    return this._name;
  }

  /**
   * @package
   */

  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }

    previous.push(value);
    return previous;
  }

  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Argument}
   */

  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }

  /**
   * Set the custom handler for processing CLI command arguments into argument values.
   *
   * @param {Function} [fn]
   * @return {Argument}
   */

  argParser(fn) {
    this.parseArg = fn;
    return this;
  }

  /**
   * Only allow argument value to be one of choices.
   *
   * @param {string[]} values
   * @return {Argument}
   */

  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(', ')}.`,
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }

  /**
   * Make argument required.
   *
   * @returns {Argument}
   */
  argRequired() {
    this.required = true;
    return this;
  }

  /**
   * Make argument optional.
   *
   * @returns {Argument}
   */
  argOptional() {
    this.required = false;
    return this;
  }
}

/**
 * Takes an argument and returns its human readable equivalent for help usage.
 *
 * @param {Argument} arg
 * @return {string}
 * @private
 */

function humanReadableArgName(arg) {
  const nameOutput = arg.name() + (arg.variadic === true ? '...' : '');

  return arg.required ? '<' + nameOutput + '>' : '[' + nameOutput + ']';
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __nccwpck_require__(1708);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
;// CONCATENATED MODULE: ../../node_modules/commander/lib/help.js



/**
 * TypeScript import types for JSDoc, used by Visual Studio Code IntelliSense and `npm run typescript-checkJS`
 * https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html#import-types
 * @typedef { import("./argument.js").Argument } Argument
 * @typedef { import("./command.js").Command } Command
 * @typedef { import("./option.js").Option } Option
 */

// Although this is a class, methods are static in style to allow override using subclass or just functions.
class Help {
  constructor() {
    this.helpWidth = undefined;
    this.minWidthToWrap = 40;
    this.sortSubcommands = false;
    this.sortOptions = false;
    this.showGlobalOptions = false;
  }

  /**
   * prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
   * and just before calling `formatHelp()`.
   *
   * Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
   *
   * @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
   */
  prepareContext(contextOptions) {
    this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
  }

  /**
   * Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
   *
   * @param {Command} cmd
   * @returns {Command[]}
   */

  visibleCommands(cmd) {
    const visibleCommands = cmd.commands.filter((cmd) => !cmd._hidden);
    const helpCommand = cmd._getHelpCommand();
    if (helpCommand && !helpCommand._hidden) {
      visibleCommands.push(helpCommand);
    }
    if (this.sortSubcommands) {
      visibleCommands.sort((a, b) => {
        // @ts-ignore: because overloaded return type
        return a.name().localeCompare(b.name());
      });
    }
    return visibleCommands;
  }

  /**
   * Compare options for sort.
   *
   * @param {Option} a
   * @param {Option} b
   * @returns {number}
   */
  compareOptions(a, b) {
    const getSortKey = (option) => {
      // WYSIWYG for order displayed in help. Short used for comparison if present. No special handling for negated.
      return option.short
        ? option.short.replace(/^-/, '')
        : option.long.replace(/^--/, '');
    };
    return getSortKey(a).localeCompare(getSortKey(b));
  }

  /**
   * Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */

  visibleOptions(cmd) {
    const visibleOptions = cmd.options.filter((option) => !option.hidden);
    // Built-in help option.
    const helpOption = cmd._getHelpOption();
    if (helpOption && !helpOption.hidden) {
      // Automatically hide conflicting flags. Bit dubious but a historical behaviour that is convenient for single-command programs.
      const removeShort = helpOption.short && cmd._findOption(helpOption.short);
      const removeLong = helpOption.long && cmd._findOption(helpOption.long);
      if (!removeShort && !removeLong) {
        visibleOptions.push(helpOption); // no changes needed
      } else if (helpOption.long && !removeLong) {
        visibleOptions.push(
          cmd
            .createOption(helpOption.long, helpOption.description)
            .helpGroup(helpOption.helpGroupHeading),
        );
      } else if (helpOption.short && !removeShort) {
        visibleOptions.push(
          cmd
            .createOption(helpOption.short, helpOption.description)
            .helpGroup(helpOption.helpGroupHeading),
        );
      }
    }
    if (this.sortOptions) {
      visibleOptions.sort(this.compareOptions);
    }
    return visibleOptions;
  }

  /**
   * Get an array of the visible global options. (Not including help.)
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */

  visibleGlobalOptions(cmd) {
    if (!this.showGlobalOptions) return [];

    const globalOptions = [];
    for (
      let ancestorCmd = cmd.parent;
      ancestorCmd;
      ancestorCmd = ancestorCmd.parent
    ) {
      const visibleOptions = ancestorCmd.options.filter(
        (option) => !option.hidden,
      );
      globalOptions.push(...visibleOptions);
    }
    if (this.sortOptions) {
      globalOptions.sort(this.compareOptions);
    }
    return globalOptions;
  }

  /**
   * Get an array of the arguments if any have a description.
   *
   * @param {Command} cmd
   * @returns {Argument[]}
   */

  visibleArguments(cmd) {
    // Side effect! Apply the legacy descriptions before the arguments are displayed.
    if (cmd._argsDescription) {
      cmd.registeredArguments.forEach((argument) => {
        argument.description =
          argument.description || cmd._argsDescription[argument.name()] || '';
      });
    }

    // If there are any arguments with a description then return all the arguments.
    if (cmd.registeredArguments.find((argument) => argument.description)) {
      return cmd.registeredArguments;
    }
    return [];
  }

  /**
   * Get the command term to show in the list of subcommands.
   *
   * @param {Command} cmd
   * @returns {string}
   */

  subcommandTerm(cmd) {
    // Legacy. Ignores custom usage string, and nested commands.
    const args = cmd.registeredArguments
      .map((arg) => humanReadableArgName(arg))
      .join(' ');
    return (
      cmd._name +
      (cmd._aliases[0] ? '|' + cmd._aliases[0] : '') +
      (cmd.options.length ? ' [options]' : '') + // simplistic check for non-help option
      (args ? ' ' + args : '')
    );
  }

  /**
   * Get the option term to show in the list of options.
   *
   * @param {Option} option
   * @returns {string}
   */

  optionTerm(option) {
    return option.flags;
  }

  /**
   * Get the argument term to show in the list of arguments.
   *
   * @param {Argument} argument
   * @returns {string}
   */

  argumentTerm(argument) {
    return argument.name();
  }

  /**
   * Get the longest command term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestSubcommandTermLength(cmd, helper) {
    return helper.visibleCommands(cmd).reduce((max, command) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleSubcommandTerm(helper.subcommandTerm(command)),
        ),
      );
    }, 0);
  }

  /**
   * Get the longest option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestOptionTermLength(cmd, helper) {
    return helper.visibleOptions(cmd).reduce((max, option) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))),
      );
    }, 0);
  }

  /**
   * Get the longest global option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestGlobalOptionTermLength(cmd, helper) {
    return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))),
      );
    }, 0);
  }

  /**
   * Get the longest argument term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestArgumentTermLength(cmd, helper) {
    return helper.visibleArguments(cmd).reduce((max, argument) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleArgumentTerm(helper.argumentTerm(argument)),
        ),
      );
    }, 0);
  }

  /**
   * Get the command usage to be displayed at the top of the built-in help.
   *
   * @param {Command} cmd
   * @returns {string}
   */

  commandUsage(cmd) {
    // Usage
    let cmdName = cmd._name;
    if (cmd._aliases[0]) {
      cmdName = cmdName + '|' + cmd._aliases[0];
    }
    let ancestorCmdNames = '';
    for (
      let ancestorCmd = cmd.parent;
      ancestorCmd;
      ancestorCmd = ancestorCmd.parent
    ) {
      ancestorCmdNames = ancestorCmd.name() + ' ' + ancestorCmdNames;
    }
    return ancestorCmdNames + cmdName + ' ' + cmd.usage();
  }

  /**
   * Get the description for the command.
   *
   * @param {Command} cmd
   * @returns {string}
   */

  commandDescription(cmd) {
    // @ts-ignore: because overloaded return type
    return cmd.description();
  }

  /**
   * Get the subcommand summary to show in the list of subcommands.
   * (Fallback to description for backwards compatibility.)
   *
   * @param {Command} cmd
   * @returns {string}
   */

  subcommandDescription(cmd) {
    // @ts-ignore: because overloaded return type
    return cmd.summary() || cmd.description();
  }

  /**
   * Get the option description to show in the list of options.
   *
   * @param {Option} option
   * @return {string}
   */

  optionDescription(option) {
    const extraInfo = [];

    if (option.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(', ')}`,
      );
    }
    if (option.defaultValue !== undefined) {
      // default for boolean and negated more for programmer than end user,
      // but show true/false for boolean option as may be for hand-rolled env or config processing.
      const showDefault =
        option.required ||
        option.optional ||
        (option.isBoolean() && typeof option.defaultValue === 'boolean');
      if (showDefault) {
        extraInfo.push(
          `default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`,
        );
      }
    }
    // preset for boolean and negated are more for programmer than end user
    if (option.presetArg !== undefined && option.optional) {
      extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
    }
    if (option.envVar !== undefined) {
      extraInfo.push(`env: ${option.envVar}`);
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(', ')})`;
      if (option.description) {
        return `${option.description} ${extraDescription}`;
      }
      return extraDescription;
    }

    return option.description;
  }

  /**
   * Get the argument description to show in the list of arguments.
   *
   * @param {Argument} argument
   * @return {string}
   */

  argumentDescription(argument) {
    const extraInfo = [];
    if (argument.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(', ')}`,
      );
    }
    if (argument.defaultValue !== undefined) {
      extraInfo.push(
        `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`,
      );
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(', ')})`;
      if (argument.description) {
        return `${argument.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return argument.description;
  }

  /**
   * Format a list of items, given a heading and an array of formatted items.
   *
   * @param {string} heading
   * @param {string[]} items
   * @param {Help} helper
   * @returns string[]
   */
  formatItemList(heading, items, helper) {
    if (items.length === 0) return [];

    return [helper.styleTitle(heading), ...items, ''];
  }

  /**
   * Group items by their help group heading.
   *
   * @param {Command[] | Option[]} unsortedItems
   * @param {Command[] | Option[]} visibleItems
   * @param {Function} getGroup
   * @returns {Map<string, Command[] | Option[]>}
   */
  groupItems(unsortedItems, visibleItems, getGroup) {
    const result = new Map();
    // Add groups in order of appearance in unsortedItems.
    unsortedItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) result.set(group, []);
    });
    // Add items in order of appearance in visibleItems.
    visibleItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) {
        result.set(group, []);
      }
      result.get(group).push(item);
    });
    return result;
  }

  /**
   * Generate the built-in help text.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {string}
   */

  formatHelp(cmd, helper) {
    const termWidth = helper.padWidth(cmd, helper);
    const helpWidth = helper.helpWidth ?? 80; // in case prepareContext() was not called

    function callFormatItem(term, description) {
      return helper.formatItem(term, termWidth, description, helper);
    }

    // Usage
    let output = [
      `${helper.styleTitle('Usage:')} ${helper.styleUsage(helper.commandUsage(cmd))}`,
      '',
    ];

    // Description
    const commandDescription = helper.commandDescription(cmd);
    if (commandDescription.length > 0) {
      output = output.concat([
        helper.boxWrap(
          helper.styleCommandDescription(commandDescription),
          helpWidth,
        ),
        '',
      ]);
    }

    // Arguments
    const argumentList = helper.visibleArguments(cmd).map((argument) => {
      return callFormatItem(
        helper.styleArgumentTerm(helper.argumentTerm(argument)),
        helper.styleArgumentDescription(helper.argumentDescription(argument)),
      );
    });
    output = output.concat(
      this.formatItemList('Arguments:', argumentList, helper),
    );

    // Options
    const optionGroups = this.groupItems(
      cmd.options,
      helper.visibleOptions(cmd),
      (option) => option.helpGroupHeading ?? 'Options:',
    );
    optionGroups.forEach((options, group) => {
      const optionList = options.map((option) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option)),
          helper.styleOptionDescription(helper.optionDescription(option)),
        );
      });
      output = output.concat(this.formatItemList(group, optionList, helper));
    });

    if (helper.showGlobalOptions) {
      const globalOptionList = helper
        .visibleGlobalOptions(cmd)
        .map((option) => {
          return callFormatItem(
            helper.styleOptionTerm(helper.optionTerm(option)),
            helper.styleOptionDescription(helper.optionDescription(option)),
          );
        });
      output = output.concat(
        this.formatItemList('Global Options:', globalOptionList, helper),
      );
    }

    // Commands
    const commandGroups = this.groupItems(
      cmd.commands,
      helper.visibleCommands(cmd),
      (sub) => sub.helpGroup() || 'Commands:',
    );
    commandGroups.forEach((commands, group) => {
      const commandList = commands.map((sub) => {
        return callFormatItem(
          helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
          helper.styleSubcommandDescription(helper.subcommandDescription(sub)),
        );
      });
      output = output.concat(this.formatItemList(group, commandList, helper));
    });

    return output.join('\n');
  }

  /**
   * Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
   *
   * @param {string} str
   * @returns {number}
   */
  displayWidth(str) {
    return (0,external_node_util_.stripVTControlCharacters)(str).length;
  }

  /**
   * Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
   *
   * @param {string} str
   * @returns {string}
   */
  styleTitle(str) {
    return str;
  }

  styleUsage(str) {
    // Usage has lots of parts the user might like to color separately! Assume default usage string which is formed like:
    //    command subcommand [options] [command] <foo> [bar]
    return str
      .split(' ')
      .map((word) => {
        if (word === '[options]') return this.styleOptionText(word);
        if (word === '[command]') return this.styleSubcommandText(word);
        if (word[0] === '[' || word[0] === '<')
          return this.styleArgumentText(word);
        return this.styleCommandText(word); // Restrict to initial words?
      })
      .join(' ');
  }
  styleCommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleOptionDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleSubcommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleArgumentDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleDescriptionText(str) {
    return str;
  }
  styleOptionTerm(str) {
    return this.styleOptionText(str);
  }
  styleSubcommandTerm(str) {
    // This is very like usage with lots of parts! Assume default string which is formed like:
    //    subcommand [options] <foo> [bar]
    return str
      .split(' ')
      .map((word) => {
        if (word === '[options]') return this.styleOptionText(word);
        if (word[0] === '[' || word[0] === '<')
          return this.styleArgumentText(word);
        return this.styleSubcommandText(word); // Restrict to initial words?
      })
      .join(' ');
  }
  styleArgumentTerm(str) {
    return this.styleArgumentText(str);
  }
  styleOptionText(str) {
    return str;
  }
  styleArgumentText(str) {
    return str;
  }
  styleSubcommandText(str) {
    return str;
  }
  styleCommandText(str) {
    return str;
  }

  /**
   * Calculate the pad width from the maximum term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  padWidth(cmd, helper) {
    return Math.max(
      helper.longestOptionTermLength(cmd, helper),
      helper.longestGlobalOptionTermLength(cmd, helper),
      helper.longestSubcommandTermLength(cmd, helper),
      helper.longestArgumentTermLength(cmd, helper),
    );
  }

  /**
   * Detect manually wrapped and indented strings by checking for line break followed by whitespace.
   *
   * @param {string} str
   * @returns {boolean}
   */
  preformatted(str) {
    return /\n[^\S\r\n]/.test(str);
  }

  /**
   * Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
   *
   * So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
   *   TTT  DDD DDDD
   *        DD DDD
   *
   * @param {string} term
   * @param {number} termWidth
   * @param {string} description
   * @param {Help} helper
   * @returns {string}
   */
  formatItem(term, termWidth, description, helper) {
    const itemIndent = 2;
    const itemIndentStr = ' '.repeat(itemIndent);
    if (!description) return itemIndentStr + term;

    // Pad the term out to a consistent width, so descriptions are aligned.
    const paddedTerm = term.padEnd(
      termWidth + term.length - helper.displayWidth(term),
    );

    // Format the description.
    const spacerWidth = 2; // between term and description
    const helpWidth = this.helpWidth ?? 80; // in case prepareContext() was not called
    const remainingWidth = helpWidth - termWidth - spacerWidth - itemIndent;
    let formattedDescription;
    if (
      remainingWidth < this.minWidthToWrap ||
      helper.preformatted(description)
    ) {
      formattedDescription = description;
    } else {
      const wrappedDescription = helper.boxWrap(description, remainingWidth);
      formattedDescription = wrappedDescription.replace(
        /\n/g,
        '\n' + ' '.repeat(termWidth + spacerWidth),
      );
    }

    // Construct and overall indent.
    return (
      itemIndentStr +
      paddedTerm +
      ' '.repeat(spacerWidth) +
      formattedDescription.replace(/\n/g, `\n${itemIndentStr}`)
    );
  }

  /**
   * Wrap a string at whitespace, preserving existing line breaks.
   * Wrapping is skipped if the width is less than `minWidthToWrap`.
   *
   * @param {string} str
   * @param {number} width
   * @returns {string}
   */
  boxWrap(str, width) {
    if (width < this.minWidthToWrap) return str;

    const rawLines = str.split(/\r\n|\n/);
    // split up text by whitespace
    const chunkPattern = /[\s]*[^\s]+/g;
    const wrappedLines = [];
    rawLines.forEach((line) => {
      const chunks = line.match(chunkPattern);
      if (chunks === null) {
        wrappedLines.push('');
        return;
      }

      let sumChunks = [chunks.shift()];
      let sumWidth = this.displayWidth(sumChunks[0]);
      chunks.forEach((chunk) => {
        const visibleWidth = this.displayWidth(chunk);
        // Accumulate chunks while they fit into width.
        if (sumWidth + visibleWidth <= width) {
          sumChunks.push(chunk);
          sumWidth += visibleWidth;
          return;
        }
        wrappedLines.push(sumChunks.join(''));

        const nextChunk = chunk.trimStart(); // trim space at line break
        sumChunks = [nextChunk];
        sumWidth = this.displayWidth(nextChunk);
      });
      wrappedLines.push(sumChunks.join(''));
    });

    return wrappedLines.join('\n');
  }
}

;// CONCATENATED MODULE: ../../node_modules/commander/lib/option.js


class option_Option {
  /**
   * Initialize a new `Option` with the given `flags` and `description`.
   *
   * @param {string} flags
   * @param {string} [description]
   */

  constructor(flags, description) {
    this.flags = flags;
    this.description = description || '';

    this.required = flags.includes('<'); // A value must be supplied when the option is specified.
    this.optional = flags.includes('['); // A value is optional when the option is specified.
    // variadic test ignores <value,...> et al which might be used to describe custom splitting of single argument
    this.variadic = /\p{ID_Continue}\.\.\.[>\]]$/u.test(flags); // The option can take multiple values.
    this.mandatory = false; // The option must have a value after parsing, which usually means it must be specified on command line.
    const optionFlags = splitOptionFlags(flags);
    this.short = optionFlags.shortFlag; // May be a short flag, undefined, or even a long flag (if option has two long flags).
    this.long = optionFlags.longFlag;
    this.negate = false;
    if (this.long) {
      this.negate = this.long.startsWith('--no-');
    }
    this.defaultValue = undefined;
    this.defaultValueDescription = undefined;
    this.presetArg = undefined;
    this.envVar = undefined;
    this.parseArg = undefined;
    this.hidden = false;
    this.argChoices = undefined;
    this.conflictsWith = [];
    this.implied = undefined;
    this.helpGroupHeading = undefined; // soft initialised when option added to command
  }

  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Option}
   */

  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }

  /**
   * Preset to use when option used without option-argument, especially optional but also boolean and negated.
   * The custom processing (parseArg) is called.
   *
   * @example
   * new Option('--color').default('GREYSCALE').preset('RGB');
   * new Option('--donate [amount]').preset('20').argParser(parseFloat);
   *
   * @param {*} arg
   * @return {Option}
   */

  preset(arg) {
    this.presetArg = arg;
    return this;
  }

  /**
   * Add option name(s) that conflict with this option.
   * An error will be displayed if conflicting options are found during parsing.
   *
   * @example
   * new Option('--rgb').conflicts('cmyk');
   * new Option('--js').conflicts(['ts', 'jsx']);
   *
   * @param {(string | string[])} names
   * @return {Option}
   */

  conflicts(names) {
    this.conflictsWith = this.conflictsWith.concat(names);
    return this;
  }

  /**
   * Specify implied option values for when this option is set and the implied options are not.
   *
   * The custom processing (parseArg) is not called on the implied values.
   *
   * @example
   * program
   *   .addOption(new Option('--log', 'write logging information to file'))
   *   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
   *
   * @param {object} impliedOptionValues
   * @return {Option}
   */
  implies(impliedOptionValues) {
    let newImplied = impliedOptionValues;
    if (typeof impliedOptionValues === 'string') {
      // string is not documented, but easy mistake and we can do what user probably intended.
      newImplied = { [impliedOptionValues]: true };
    }
    this.implied = Object.assign(this.implied || {}, newImplied);
    return this;
  }

  /**
   * Set environment variable to check for option value.
   *
   * An environment variable is only used if when processed the current option value is
   * undefined, or the source of the current value is 'default' or 'config' or 'env'.
   *
   * @param {string} name
   * @return {Option}
   */

  env(name) {
    this.envVar = name;
    return this;
  }

  /**
   * Set the custom handler for processing CLI option arguments into option values.
   *
   * @param {Function} [fn]
   * @return {Option}
   */

  argParser(fn) {
    this.parseArg = fn;
    return this;
  }

  /**
   * Whether the option is mandatory and must have a value after parsing.
   *
   * @param {boolean} [mandatory=true]
   * @return {Option}
   */

  makeOptionMandatory(mandatory = true) {
    this.mandatory = !!mandatory;
    return this;
  }

  /**
   * Hide option in help.
   *
   * @param {boolean} [hide=true]
   * @return {Option}
   */

  hideHelp(hide = true) {
    this.hidden = !!hide;
    return this;
  }

  /**
   * @package
   */

  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }

    previous.push(value);
    return previous;
  }

  /**
   * Only allow option value to be one of choices.
   *
   * @param {string[]} values
   * @return {Option}
   */

  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(', ')}.`,
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }

  /**
   * Return option name.
   *
   * @return {string}
   */

  name() {
    if (this.long) {
      return this.long.replace(/^--/, '');
    }
    return this.short.replace(/^-/, '');
  }

  /**
   * Return option name, in a camelcase format that can be used
   * as an object attribute key.
   *
   * @return {string}
   */

  attributeName() {
    if (this.negate) {
      return camelcase(this.name().replace(/^no-/, ''));
    }
    return camelcase(this.name());
  }

  /**
   * Set the help group heading.
   *
   * @param {string} heading
   * @return {Option}
   */
  helpGroup(heading) {
    this.helpGroupHeading = heading;
    return this;
  }

  /**
   * Check if `arg` matches the short or long flag.
   *
   * @param {string} arg
   * @return {boolean}
   * @package
   */

  is(arg) {
    return this.short === arg || this.long === arg;
  }

  /**
   * Return whether a boolean option.
   *
   * Options are one of boolean, negated, required argument, or optional argument.
   *
   * @return {boolean}
   * @package
   */

  isBoolean() {
    return !this.required && !this.optional && !this.negate;
  }
}

/**
 * This class is to make it easier to work with dual options, without changing the existing
 * implementation. We support separate dual options for separate positive and negative options,
 * like `--build` and `--no-build`, which share a single option value. This works nicely for some
 * use cases, but is tricky for others where we want separate behaviours despite
 * the single shared option value.
 */
class DualOptions {
  /**
   * @param {Option[]} options
   */
  constructor(options) {
    this.positiveOptions = new Map();
    this.negativeOptions = new Map();
    this.dualOptions = new Set();
    options.forEach((option) => {
      if (option.negate) {
        this.negativeOptions.set(option.attributeName(), option);
      } else {
        this.positiveOptions.set(option.attributeName(), option);
      }
    });
    this.negativeOptions.forEach((value, key) => {
      if (this.positiveOptions.has(key)) {
        this.dualOptions.add(key);
      }
    });
  }

  /**
   * Did the value come from the option, and not from possible matching dual option?
   *
   * @param {*} value
   * @param {Option} option
   * @returns {boolean}
   */
  valueFromOption(value, option) {
    const optionKey = option.attributeName();
    if (!this.dualOptions.has(optionKey)) return true;

    // Use the value to deduce if (probably) came from the option.
    const preset = this.negativeOptions.get(optionKey).presetArg;
    const negativeValue = preset !== undefined ? preset : false;
    return option.negate === (negativeValue === value);
  }
}

/**
 * Convert string from kebab-case to camelCase.
 *
 * @param {string} str
 * @return {string}
 * @private
 */

function camelcase(str) {
  return str.split('-').reduce((str, word) => {
    return str + word[0].toUpperCase() + word.slice(1);
  });
}

/**
 * Split the short and long flag out of something like '-m,--mixed <value>'
 *
 * @private
 */

function splitOptionFlags(flags) {
  let shortFlag;
  let longFlag;
  // short flag, single dash and single character
  const shortFlagExp = /^-[^-]$/;
  // long flag, double dash and at least one character
  const longFlagExp = /^--[^-]/;

  const flagParts = flags.split(/[ |,]+/).concat('guard');
  // Normal is short and/or long.
  if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
  if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
  // Long then short. Rarely used but fine.
  if (!shortFlag && shortFlagExp.test(flagParts[0]))
    shortFlag = flagParts.shift();
  // Allow two long flags, like '--ws, --workspace'
  // This is the supported way to have a shortish option flag.
  if (!shortFlag && longFlagExp.test(flagParts[0])) {
    shortFlag = longFlag;
    longFlag = flagParts.shift();
  }

  // Check for unprocessed flag. Fail noisily rather than silently ignore.
  if (flagParts[0].startsWith('-')) {
    const unsupportedFlag = flagParts[0];
    const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
    if (/^-[^-][^-]/.test(unsupportedFlag))
      throw new Error(
        `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`,
      );
    if (shortFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many short flags`);
    if (longFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many long flags`);

    throw new Error(`${baseError}
- unrecognised flag format`);
  }
  if (shortFlag === undefined && longFlag === undefined)
    throw new Error(
      `option creation failed due to no flags found in '${flags}'.`,
    );

  return { shortFlag, longFlag };
}

;// CONCATENATED MODULE: ../../node_modules/commander/lib/suggestSimilar.js
const maxDistance = 3;

function editDistance(a, b) {
  // https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
  // Calculating optimal string alignment distance, no substring is edited more than once.
  // (Simple implementation.)

  // Quick early exit, return worst case.
  if (Math.abs(a.length - b.length) > maxDistance)
    return Math.max(a.length, b.length);

  // distance between prefix substrings of a and b
  const d = [];

  // pure deletions turn a into empty string
  for (let i = 0; i <= a.length; i++) {
    d[i] = [i];
  }
  // pure insertions turn empty string into b
  for (let j = 0; j <= b.length; j++) {
    d[0][j] = j;
  }

  // fill matrix
  for (let j = 1; j <= b.length; j++) {
    for (let i = 1; i <= a.length; i++) {
      let cost;
      if (a[i - 1] === b[j - 1]) {
        cost = 0;
      } else {
        cost = 1;
      }
      d[i][j] = Math.min(
        d[i - 1][j] + 1, // deletion
        d[i][j - 1] + 1, // insertion
        d[i - 1][j - 1] + cost, // substitution
      );
      // transposition
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }

  return d[a.length][b.length];
}

/**
 * Find close matches, restricted to same number of edits.
 *
 * @param {string} word
 * @param {string[]} candidates
 * @returns {string}
 */

function suggestSimilar(word, candidates) {
  if (!candidates || candidates.length === 0) return '';
  // remove possible duplicates
  candidates = Array.from(new Set(candidates));

  const searchingOptions = word.startsWith('--');
  if (searchingOptions) {
    word = word.slice(2);
    candidates = candidates.map((candidate) => candidate.slice(2));
  }

  let similar = [];
  let bestDistance = maxDistance;
  const minSimilarity = 0.4;
  candidates.forEach((candidate) => {
    if (candidate.length <= 1) return; // no one character guesses

    const distance = editDistance(word, candidate);
    const length = Math.max(word.length, candidate.length);
    const similarity = (length - distance) / length;
    if (similarity > minSimilarity) {
      if (distance < bestDistance) {
        // better edit distance, throw away previous worse matches
        bestDistance = distance;
        similar = [candidate];
      } else if (distance === bestDistance) {
        similar.push(candidate);
      }
    }
  });

  similar.sort((a, b) => a.localeCompare(b));
  if (searchingOptions) {
    similar = similar.map((candidate) => `--${candidate}`);
  }

  if (similar.length > 1) {
    return `\n(Did you mean one of ${similar.join(', ')}?)`;
  }
  if (similar.length === 1) {
    return `\n(Did you mean ${similar[0]}?)`;
  }
  return '';
}

;// CONCATENATED MODULE: ../../node_modules/commander/lib/command.js













class command_Command extends external_node_events_.EventEmitter {
  /**
   * Initialize a new `Command`.
   *
   * @param {string} [name]
   */

  constructor(name) {
    super();
    /** @type {Command[]} */
    this.commands = [];
    /** @type {Option[]} */
    this.options = [];
    this.parent = null;
    this._allowUnknownOption = false;
    this._allowExcessArguments = false;
    /** @type {Argument[]} */
    this.registeredArguments = [];
    this._args = this.registeredArguments; // deprecated old name
    /** @type {string[]} */
    this.args = []; // cli args with options removed
    this.rawArgs = [];
    this.processedArgs = []; // like .args but after custom processing and collecting variadic
    this._scriptPath = null;
    this._name = name || '';
    this._optionValues = {};
    this._optionValueSources = {}; // default, env, cli etc
    this._storeOptionsAsProperties = false;
    this._actionHandler = null;
    this._executableHandler = false;
    this._executableFile = null; // custom name for executable
    this._executableDir = null; // custom search directory for subcommands
    this._defaultCommandName = null;
    this._exitCallback = null;
    this._aliases = [];
    this._combineFlagAndOptionalValue = true;
    this._description = '';
    this._summary = '';
    this._argsDescription = undefined; // legacy
    this._enablePositionalOptions = false;
    this._passThroughOptions = false;
    this._lifeCycleHooks = {}; // a hash of arrays
    /** @type {(boolean | string)} */
    this._showHelpAfterError = false;
    this._showSuggestionAfterError = true;
    this._savedState = null; // used in save/restoreStateBeforeParse

    // see configureOutput() for docs
    this._outputConfiguration = {
      writeOut: (str) => external_node_process_.stdout.write(str),
      writeErr: (str) => external_node_process_.stderr.write(str),
      outputError: (str, write) => write(str),
      getOutHelpWidth: () =>
        external_node_process_.stdout.isTTY ? external_node_process_.stdout.columns : undefined,
      getErrHelpWidth: () =>
        external_node_process_.stderr.isTTY ? external_node_process_.stderr.columns : undefined,
      getOutHasColors: () =>
        useColor() ?? (external_node_process_.stdout.isTTY && external_node_process_.stdout.hasColors?.()),
      getErrHasColors: () =>
        useColor() ?? (external_node_process_.stderr.isTTY && external_node_process_.stderr.hasColors?.()),
      stripColor: (str) => (0,external_node_util_.stripVTControlCharacters)(str),
    };

    this._hidden = false;
    /** @type {(Option | null | undefined)} */
    this._helpOption = undefined; // Lazy created on demand. May be null if help option is disabled.
    this._addImplicitHelpCommand = undefined; // undecided whether true or false yet, not inherited
    /** @type {Command} */
    this._helpCommand = undefined; // lazy initialised, inherited
    this._helpConfiguration = {};
    /** @type {string | undefined} */
    this._helpGroupHeading = undefined; // soft initialised when added to parent
    /** @type {string | undefined} */
    this._defaultCommandGroup = undefined;
    /** @type {string | undefined} */
    this._defaultOptionGroup = undefined;
  }

  /**
   * Copy settings that are useful to have in common across root command and subcommands.
   *
   * (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
   *
   * @param {Command} sourceCommand
   * @return {Command} `this` command for chaining
   */
  copyInheritedSettings(sourceCommand) {
    this._outputConfiguration = sourceCommand._outputConfiguration;
    this._helpOption = sourceCommand._helpOption;
    this._helpCommand = sourceCommand._helpCommand;
    this._helpConfiguration = sourceCommand._helpConfiguration;
    this._exitCallback = sourceCommand._exitCallback;
    this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
    this._combineFlagAndOptionalValue =
      sourceCommand._combineFlagAndOptionalValue;
    this._allowExcessArguments = sourceCommand._allowExcessArguments;
    this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
    this._showHelpAfterError = sourceCommand._showHelpAfterError;
    this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;

    return this;
  }

  /**
   * @returns {Command[]}
   * @private
   */

  _getCommandAndAncestors() {
    const result = [];
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    for (let command = this; command; command = command.parent) {
      result.push(command);
    }
    return result;
  }

  /**
   * Define a command.
   *
   * There are two styles of command: pay attention to where to put the description.
   *
   * @example
   * // Command implemented using action handler (description is supplied separately to `.command`)
   * program
   *   .command('clone <source> [destination]')
   *   .description('clone a repository into a newly created directory')
   *   .action((source, destination) => {
   *     console.log('clone command called');
   *   });
   *
   * // Command implemented using separate executable file (description is second parameter to `.command`)
   * program
   *   .command('start <service>', 'start named service')
   *   .command('stop [service]', 'stop named service, or all if no name supplied');
   *
   * @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
   * @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
   * @param {object} [execOpts] - configuration options (for executable)
   * @return {Command} returns new command for action handler, or `this` for executable command
   */

  command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
    let desc = actionOptsOrExecDesc;
    let opts = execOpts;
    if (typeof desc === 'object' && desc !== null) {
      opts = desc;
      desc = null;
    }
    opts = opts || {};
    const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);

    const cmd = this.createCommand(name);
    if (desc) {
      cmd.description(desc);
      cmd._executableHandler = true;
    }
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    cmd._hidden = !!(opts.noHelp || opts.hidden); // noHelp is deprecated old name for hidden
    cmd._executableFile = opts.executableFile || null; // Custom name for executable file, set missing to null to match constructor
    if (args) cmd.arguments(args);
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd.copyInheritedSettings(this);

    if (desc) return this;
    return cmd;
  }

  /**
   * Factory routine to create a new unattached command.
   *
   * See .command() for creating an attached subcommand, which uses this routine to
   * create the command. You can override createCommand to customise subcommands.
   *
   * @param {string} [name]
   * @return {Command} new command
   */

  createCommand(name) {
    return new command_Command(name);
  }

  /**
   * You can customise the help with a subclass of Help by overriding createHelp,
   * or by overriding Help properties using configureHelp().
   *
   * @return {Help}
   */

  createHelp() {
    return Object.assign(new Help(), this.configureHelp());
  }

  /**
   * You can customise the help by overriding Help properties using configureHelp(),
   * or with a subclass of Help by overriding createHelp().
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */

  configureHelp(configuration) {
    if (configuration === undefined) return this._helpConfiguration;

    this._helpConfiguration = configuration;
    return this;
  }

  /**
   * The default output goes to stdout and stderr. You can customise this for special
   * applications. You can also customise the display of errors by overriding outputError.
   *
   * The configuration properties are all functions:
   *
   *     // change how output being written, defaults to stdout and stderr
   *     writeOut(str)
   *     writeErr(str)
   *     // change how output being written for errors, defaults to writeErr
   *     outputError(str, write) // used for displaying errors and not used for displaying help
   *     // specify width for wrapping help
   *     getOutHelpWidth()
   *     getErrHelpWidth()
   *     // color support, currently only used with Help
   *     getOutHasColors()
   *     getErrHasColors()
   *     stripColor() // used to remove ANSI escape codes if output does not have colors
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */

  configureOutput(configuration) {
    if (configuration === undefined) return this._outputConfiguration;

    this._outputConfiguration = {
      ...this._outputConfiguration,
      ...configuration,
    };
    return this;
  }

  /**
   * Display the help or a custom message after an error occurs.
   *
   * @param {(boolean|string)} [displayHelp]
   * @return {Command} `this` command for chaining
   */
  showHelpAfterError(displayHelp = true) {
    if (typeof displayHelp !== 'string') displayHelp = !!displayHelp;
    this._showHelpAfterError = displayHelp;
    return this;
  }

  /**
   * Display suggestion of similar commands for unknown commands, or options for unknown options.
   *
   * @param {boolean} [displaySuggestion]
   * @return {Command} `this` command for chaining
   */
  showSuggestionAfterError(displaySuggestion = true) {
    this._showSuggestionAfterError = !!displaySuggestion;
    return this;
  }

  /**
   * Add a prepared subcommand.
   *
   * See .command() for creating an attached subcommand which inherits settings from its parent.
   *
   * @param {Command} cmd - new subcommand
   * @param {object} [opts] - configuration options
   * @return {Command} `this` command for chaining
   */

  addCommand(cmd, opts) {
    if (!cmd._name) {
      throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
    }

    opts = opts || {};
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    if (opts.noHelp || opts.hidden) cmd._hidden = true; // modifying passed command due to existing implementation

    this._registerCommand(cmd);
    cmd.parent = this;
    cmd._checkForBrokenPassThrough();

    return this;
  }

  /**
   * Factory routine to create a new unattached argument.
   *
   * See .argument() for creating an attached argument, which uses this routine to
   * create the argument. You can override createArgument to return a custom argument.
   *
   * @param {string} name
   * @param {string} [description]
   * @return {Argument} new argument
   */

  createArgument(name, description) {
    return new argument_Argument(name, description);
  }

  /**
   * Define argument syntax for command.
   *
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @example
   * program.argument('<input-file>');
   * program.argument('[output-file]');
   *
   * @param {string} name
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom argument processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  argument(name, description, parseArg, defaultValue) {
    const argument = this.createArgument(name, description);
    if (typeof parseArg === 'function') {
      argument.default(defaultValue).argParser(parseArg);
    } else {
      argument.default(parseArg);
    }
    this.addArgument(argument);
    return this;
  }

  /**
   * Define argument syntax for command, adding multiple at once (without descriptions).
   *
   * See also .argument().
   *
   * @example
   * program.arguments('<cmd> [env]');
   *
   * @param {string} names
   * @return {Command} `this` command for chaining
   */

  arguments(names) {
    names
      .trim()
      .split(/ +/)
      .forEach((detail) => {
        this.argument(detail);
      });
    return this;
  }

  /**
   * Define argument syntax for command, adding a prepared argument.
   *
   * @param {Argument} argument
   * @return {Command} `this` command for chaining
   */
  addArgument(argument) {
    const previousArgument = this.registeredArguments.slice(-1)[0];
    if (previousArgument?.variadic) {
      throw new Error(
        `only the last argument can be variadic '${previousArgument.name()}'`,
      );
    }
    if (
      argument.required &&
      argument.defaultValue !== undefined &&
      argument.parseArg === undefined
    ) {
      throw new Error(
        `a default value for a required argument is never used: '${argument.name()}'`,
      );
    }
    this.registeredArguments.push(argument);
    return this;
  }

  /**
   * Customise or override default help command. By default a help command is automatically added if your command has subcommands.
   *
   * @example
   *    program.helpCommand('help [cmd]');
   *    program.helpCommand('help [cmd]', 'show help');
   *    program.helpCommand(false); // suppress default help command
   *    program.helpCommand(true); // add help command even if no subcommands
   *
   * @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
   * @param {string} [description] - custom description
   * @return {Command} `this` command for chaining
   */

  helpCommand(enableOrNameAndArgs, description) {
    if (typeof enableOrNameAndArgs === 'boolean') {
      this._addImplicitHelpCommand = enableOrNameAndArgs;
      if (enableOrNameAndArgs && this._defaultCommandGroup) {
        // make the command to store the group
        this._initCommandGroup(this._getHelpCommand());
      }
      return this;
    }

    const nameAndArgs = enableOrNameAndArgs ?? 'help [command]';
    const [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const helpDescription = description ?? 'display help for command';

    const helpCommand = this.createCommand(helpName);
    helpCommand.helpOption(false);
    if (helpArgs) helpCommand.arguments(helpArgs);
    if (helpDescription) helpCommand.description(helpDescription);

    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    // init group unless lazy create
    if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);

    return this;
  }

  /**
   * Add prepared custom help command.
   *
   * @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
   * @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
   * @return {Command} `this` command for chaining
   */
  addHelpCommand(helpCommand, deprecatedDescription) {
    // If not passed an object, call through to helpCommand for backwards compatibility,
    // as addHelpCommand was originally used like helpCommand is now.
    if (typeof helpCommand !== 'object') {
      this.helpCommand(helpCommand, deprecatedDescription);
      return this;
    }

    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    this._initCommandGroup(helpCommand);
    return this;
  }

  /**
   * Lazy create help command.
   *
   * @return {(Command|null)}
   * @package
   */
  _getHelpCommand() {
    const hasImplicitHelpCommand =
      this._addImplicitHelpCommand ??
      (this.commands.length &&
        !this._actionHandler &&
        !this._findCommand('help'));

    if (hasImplicitHelpCommand) {
      if (this._helpCommand === undefined) {
        this.helpCommand(undefined, undefined); // use default name and description
      }
      return this._helpCommand;
    }
    return null;
  }

  /**
   * Add hook for life cycle event.
   *
   * @param {string} event
   * @param {Function} listener
   * @return {Command} `this` command for chaining
   */

  hook(event, listener) {
    const allowedValues = ['preSubcommand', 'preAction', 'postAction'];
    if (!allowedValues.includes(event)) {
      throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    if (this._lifeCycleHooks[event]) {
      this._lifeCycleHooks[event].push(listener);
    } else {
      this._lifeCycleHooks[event] = [listener];
    }
    return this;
  }

  /**
   * Register callback to use as replacement for calling process.exit.
   *
   * @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
   * @return {Command} `this` command for chaining
   */

  exitOverride(fn) {
    if (fn) {
      this._exitCallback = fn;
    } else {
      this._exitCallback = (err) => {
        if (err.code !== 'commander.executeSubCommandAsync') {
          throw err;
        } else {
          // Async callback from spawn events, not useful to throw.
        }
      };
    }
    return this;
  }

  /**
   * Call process.exit, and _exitCallback if defined.
   *
   * @param {number} exitCode exit code for using with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   * @return never
   * @private
   */

  _exit(exitCode, code, message) {
    if (this._exitCallback) {
      this._exitCallback(new CommanderError(exitCode, code, message));
      // Expecting this line is not reached.
    }
    external_node_process_.exit(exitCode);
  }

  /**
   * Register callback `fn` for the command.
   *
   * @example
   * program
   *   .command('serve')
   *   .description('start service')
   *   .action(function() {
   *      // do work here
   *   });
   *
   * @param {Function} fn
   * @return {Command} `this` command for chaining
   */

  action(fn) {
    const listener = (args) => {
      // The .action callback takes an extra parameter which is the command or options.
      const expectedArgsCount = this.registeredArguments.length;
      const actionArgs = args.slice(0, expectedArgsCount);
      if (this._storeOptionsAsProperties) {
        actionArgs[expectedArgsCount] = this; // backwards compatible "options"
      } else {
        actionArgs[expectedArgsCount] = this.opts();
      }
      actionArgs.push(this);

      return fn.apply(this, actionArgs);
    };
    this._actionHandler = listener;
    return this;
  }

  /**
   * Factory routine to create a new unattached option.
   *
   * See .option() for creating an attached option, which uses this routine to
   * create the option. You can override createOption to return a custom option.
   *
   * @param {string} flags
   * @param {string} [description]
   * @return {Option} new option
   */

  createOption(flags, description) {
    return new option_Option(flags, description);
  }

  /**
   * Wrap parseArgs to catch 'commander.invalidArgument'.
   *
   * @param {(Option | Argument)} target
   * @param {string} value
   * @param {*} previous
   * @param {string} invalidArgumentMessage
   * @private
   */

  _callParseArg(target, value, previous, invalidArgumentMessage) {
    try {
      return target.parseArg(value, previous);
    } catch (err) {
      if (err.code === 'commander.invalidArgument') {
        const message = `${invalidArgumentMessage} ${err.message}`;
        this.error(message, { exitCode: err.exitCode, code: err.code });
      }
      throw err;
    }
  }

  /**
   * Check for option flag conflicts.
   * Register option if no conflicts found, or throw on conflict.
   *
   * @param {Option} option
   * @private
   */

  _registerOption(option) {
    const matchingOption =
      (option.short && this._findOption(option.short)) ||
      (option.long && this._findOption(option.long));
    if (matchingOption) {
      const matchingFlag =
        option.long && this._findOption(option.long)
          ? option.long
          : option.short;
      throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
    }

    this._initOptionGroup(option);
    this.options.push(option);
  }

  /**
   * Check for command name and alias conflicts with existing commands.
   * Register command if no conflicts found, or throw on conflict.
   *
   * @param {Command} command
   * @private
   */

  _registerCommand(command) {
    const knownBy = (cmd) => {
      return [cmd.name()].concat(cmd.aliases());
    };

    const alreadyUsed = knownBy(command).find((name) =>
      this._findCommand(name),
    );
    if (alreadyUsed) {
      const existingCmd = knownBy(this._findCommand(alreadyUsed)).join('|');
      const newCmd = knownBy(command).join('|');
      throw new Error(
        `cannot add command '${newCmd}' as already have command '${existingCmd}'`,
      );
    }

    this._initCommandGroup(command);
    this.commands.push(command);
  }

  /**
   * Add an option.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addOption(option) {
    this._registerOption(option);

    const oname = option.name();
    const name = option.attributeName();

    // store default value
    if (option.defaultValue !== undefined) {
      this.setOptionValueWithSource(name, option.defaultValue, 'default');
    }

    // handler for cli and env supplied values
    const handleOptionValue = (val, invalidValueMessage, valueSource) => {
      // val is null for optional option used without an optional-argument.
      // val is undefined for boolean and negated option.
      if (val == null && option.presetArg !== undefined) {
        val = option.presetArg;
      }

      // custom processing
      const oldValue = this.getOptionValue(name);
      if (val !== null && option.parseArg) {
        val = this._callParseArg(option, val, oldValue, invalidValueMessage);
      } else if (val !== null && option.variadic) {
        val = option._collectValue(val, oldValue);
      }

      // Fill-in appropriate missing values. Long winded but easy to follow.
      if (val == null) {
        if (option.negate) {
          val = false;
        } else if (option.isBoolean() || option.optional) {
          val = true;
        } else {
          val = ''; // not normal, parseArg might have failed or be a mock function for testing
        }
      }
      this.setOptionValueWithSource(name, val, valueSource);
    };

    this.on('option:' + oname, (val) => {
      const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, 'cli');
    });

    if (option.envVar) {
      this.on('optionEnv:' + oname, (val) => {
        const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
        handleOptionValue(val, invalidValueMessage, 'env');
      });
    }

    return this;
  }

  /**
   * Internal implementation shared by .option() and .requiredOption()
   *
   * @return {Command} `this` command for chaining
   * @private
   */
  _optionEx(config, flags, description, fn, defaultValue) {
    if (typeof flags === 'object' && flags instanceof option_Option) {
      throw new Error(
        'To add an Option object use addOption() instead of option() or requiredOption()',
      );
    }
    const option = this.createOption(flags, description);
    option.makeOptionMandatory(!!config.mandatory);
    if (typeof fn === 'function') {
      option.default(defaultValue).argParser(fn);
    } else if (fn instanceof RegExp) {
      // deprecated
      const regex = fn;
      fn = (val, def) => {
        const m = regex.exec(val);
        return m ? m[0] : def;
      };
      option.default(defaultValue).argParser(fn);
    } else {
      option.default(fn);
    }

    return this.addOption(option);
  }

  /**
   * Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
   * option-argument is indicated by `<>` and an optional option-argument by `[]`.
   *
   * See the README for more details, and see also addOption() and requiredOption().
   *
   * @example
   * program
   *     .option('-p, --pepper', 'add pepper')
   *     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
   *     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
   *     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */

  option(flags, description, parseArg, defaultValue) {
    return this._optionEx({}, flags, description, parseArg, defaultValue);
  }

  /**
   * Add a required option which must have a value after parsing. This usually means
   * the option must be specified on the command line. (Otherwise the same as .option().)
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */

  requiredOption(flags, description, parseArg, defaultValue) {
    return this._optionEx(
      { mandatory: true },
      flags,
      description,
      parseArg,
      defaultValue,
    );
  }

  /**
   * Alter parsing of short flags with optional values.
   *
   * @example
   * // for `.option('-f,--flag [value]'):
   * program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
   * program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
   *
   * @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
   * @return {Command} `this` command for chaining
   */
  combineFlagAndOptionalValue(combine = true) {
    this._combineFlagAndOptionalValue = !!combine;
    return this;
  }

  /**
   * Allow unknown options on the command line.
   *
   * @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
   * @return {Command} `this` command for chaining
   */
  allowUnknownOption(allowUnknown = true) {
    this._allowUnknownOption = !!allowUnknown;
    return this;
  }

  /**
   * Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
   *
   * @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
   * @return {Command} `this` command for chaining
   */
  allowExcessArguments(allowExcess = true) {
    this._allowExcessArguments = !!allowExcess;
    return this;
  }

  /**
   * Enable positional options. Positional means global options are specified before subcommands which lets
   * subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
   * The default behaviour is non-positional and global options may appear anywhere on the command line.
   *
   * @param {boolean} [positional]
   * @return {Command} `this` command for chaining
   */
  enablePositionalOptions(positional = true) {
    this._enablePositionalOptions = !!positional;
    return this;
  }

  /**
   * Pass through options that come after command-arguments rather than treat them as command-options,
   * so actual command-options come before command-arguments. Turning this on for a subcommand requires
   * positional options to have been enabled on the program (parent commands).
   * The default behaviour is non-positional and options may appear before or after command-arguments.
   *
   * @param {boolean} [passThrough] for unknown options.
   * @return {Command} `this` command for chaining
   */
  passThroughOptions(passThrough = true) {
    this._passThroughOptions = !!passThrough;
    this._checkForBrokenPassThrough();
    return this;
  }

  /**
   * @private
   */

  _checkForBrokenPassThrough() {
    if (
      this.parent &&
      this._passThroughOptions &&
      !this.parent._enablePositionalOptions
    ) {
      throw new Error(
        `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`,
      );
    }
  }

  /**
   * Whether to store option values as properties on command object,
   * or store separately (specify false). In both cases the option values can be accessed using .opts().
   *
   * @param {boolean} [storeAsProperties=true]
   * @return {Command} `this` command for chaining
   */

  storeOptionsAsProperties(storeAsProperties = true) {
    if (this.options.length) {
      throw new Error('call .storeOptionsAsProperties() before adding options');
    }
    if (Object.keys(this._optionValues).length) {
      throw new Error(
        'call .storeOptionsAsProperties() before setting option values',
      );
    }
    this._storeOptionsAsProperties = !!storeAsProperties;
    return this;
  }

  /**
   * Retrieve option value.
   *
   * @param {string} key
   * @return {object} value
   */

  getOptionValue(key) {
    if (this._storeOptionsAsProperties) {
      return this[key];
    }
    return this._optionValues[key];
  }

  /**
   * Store option value.
   *
   * @param {string} key
   * @param {object} value
   * @return {Command} `this` command for chaining
   */

  setOptionValue(key, value) {
    return this.setOptionValueWithSource(key, value, undefined);
  }

  /**
   * Store option value and where the value came from.
   *
   * @param {string} key
   * @param {object} value
   * @param {string} source - expected values are default/config/env/cli/implied
   * @return {Command} `this` command for chaining
   */

  setOptionValueWithSource(key, value, source) {
    if (this._storeOptionsAsProperties) {
      this[key] = value;
    } else {
      this._optionValues[key] = value;
    }
    this._optionValueSources[key] = source;
    return this;
  }

  /**
   * Get source of option value.
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */

  getOptionValueSource(key) {
    return this._optionValueSources[key];
  }

  /**
   * Get source of option value. See also .optsWithGlobals().
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */

  getOptionValueSourceWithGlobals(key) {
    // global overwrites local, like optsWithGlobals
    let source;
    this._getCommandAndAncestors().forEach((cmd) => {
      if (Object.hasOwn(cmd._optionValueSources, key)) {
        source = cmd.getOptionValueSource(key);
      }
    });
    return source;
  }

  /**
   * Get user arguments from implied or explicit arguments.
   * Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
   *
   * @private
   */

  _prepareUserArgs(argv, parseOptions) {
    if (argv !== undefined && !Array.isArray(argv)) {
      throw new Error('first parameter to parse must be array or undefined');
    }
    parseOptions = parseOptions || {};

    // auto-detect argument conventions if nothing supplied
    if (argv === undefined && parseOptions.from === undefined) {
      if (external_node_process_.versions?.electron) {
        parseOptions.from = 'electron';
      }
      // check node specific options for scenarios where user CLI args follow executable without scriptname
      const execArgv = external_node_process_.execArgv ?? [];
      if (
        execArgv.includes('-e') ||
        execArgv.includes('--eval') ||
        execArgv.includes('-p') ||
        execArgv.includes('--print')
      ) {
        parseOptions.from = 'eval'; // internal usage, not documented
      }
    }

    // default to using process.argv
    if (argv === undefined) {
      argv = external_node_process_.argv;
    }
    this.rawArgs = argv.slice();

    // extract the user args and scriptPath
    let userArgs;
    switch (parseOptions.from) {
      case undefined:
      case 'node':
        this._scriptPath = argv[1];
        userArgs = argv.slice(2);
        break;
      case 'electron':
        // @ts-ignore: because defaultApp is an unknown property
        if (external_node_process_.defaultApp) {
          this._scriptPath = argv[1];
          userArgs = argv.slice(2);
        } else {
          userArgs = argv.slice(1);
        }
        break;
      case 'user':
        userArgs = argv.slice(0);
        break;
      case 'eval':
        userArgs = argv.slice(1);
        break;
      default:
        throw new Error(
          `unexpected parse option { from: '${parseOptions.from}' }`,
        );
    }

    // Find default name for program from arguments.
    if (!this._name && this._scriptPath)
      this.nameFromFilename(this._scriptPath);
    this._name = this._name || 'program';

    return userArgs;
  }

  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Use parseAsync instead of parse if any of your action handlers are async.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * program.parse(); // parse process.argv and auto-detect electron and special node flags
   * program.parse(process.argv); // assume argv[0] is app and argv[1] is script
   * program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv] - optional, defaults to process.argv
   * @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
   * @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
   * @return {Command} `this` command for chaining
   */

  parse(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    this._parseCommand([], userArgs);

    return this;
  }

  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
   * await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
   * await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv]
   * @param {object} [parseOptions]
   * @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
   * @return {Promise}
   */

  async parseAsync(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    await this._parseCommand([], userArgs);

    return this;
  }

  _prepareForParse() {
    // Save the state the first time, then restore the state before each subsequent parse.
    if (this._savedState === null) {
      // Do the special default of lone negated option to true, now that we have all the options.
      // Filter for negated options that have not been processed already.
      this.options
        .filter(
          (option) =>
            option.negate &&
            option.defaultValue === undefined &&
            this.getOptionValue(option.attributeName()) === undefined,
        )
        .forEach((option) => {
          // check for lone negated option: --no-foo without a --foo option
          const positiveLongFlag = option.long.replace(/^--no-/, '--');
          if (!this._findOption(positiveLongFlag)) {
            this.setOptionValueWithSource(
              option.attributeName(),
              true,
              'default',
            );
          }
        });

      this.saveStateBeforeParse();
    } else {
      this.restoreStateBeforeParse();
    }
  }

  /**
   * Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state saved.
   */
  saveStateBeforeParse() {
    this._savedState = {
      // name is stable if supplied by author, but may be unspecified for root command and deduced during parsing
      _name: this._name,
      // option values before parse have default values (including false for negated options)
      // shallow clones
      _optionValues: { ...this._optionValues },
      _optionValueSources: { ...this._optionValueSources },
    };
  }

  /**
   * Restore state before parse for calls after the first.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state restored.
   */
  restoreStateBeforeParse() {
    if (this._storeOptionsAsProperties)
      throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);

    // clear state from _prepareUserArgs
    this._name = this._savedState._name;
    this._scriptPath = null;
    this.rawArgs = [];
    // clear state from setOptionValueWithSource
    this._optionValues = { ...this._savedState._optionValues };
    this._optionValueSources = { ...this._savedState._optionValueSources };
    // clear state from _parseCommand
    this.args = [];
    // clear state from _processArguments
    this.processedArgs = [];
  }

  /**
   * Throw if expected executable is missing. Add lots of help for author.
   *
   * @param {string} executableFile
   * @param {string} executableDir
   * @param {string} subcommandName
   */
  _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
    if (external_node_fs_.existsSync(executableFile)) return;

    const executableDirMessage = executableDir
      ? `searched for local subcommand relative to directory '${executableDir}'`
      : 'no directory for search for local subcommand, use .executableDir() to supply a custom directory';
    const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
    throw new Error(executableMissing);
  }

  /**
   * Execute a sub-command executable.
   *
   * @private
   */

  _executeSubCommand(subcommand, args) {
    args = args.slice();
    const sourceExt = ['.js', '.ts', '.tsx', '.mjs', '.cjs'];

    function findFile(baseDir, baseName) {
      // Look for specified file
      const localBin = external_node_path_.resolve(baseDir, baseName);
      if (external_node_fs_.existsSync(localBin)) return localBin;

      // Stop looking if candidate already has an expected extension.
      if (sourceExt.includes(external_node_path_.extname(baseName))) return undefined;

      // Try all the extensions.
      const foundExt = sourceExt.find((ext) =>
        external_node_fs_.existsSync(`${localBin}${ext}`),
      );
      if (foundExt) return `${localBin}${foundExt}`;

      return undefined;
    }

    // Not checking for help first. Unlikely to have mandatory and executable, and can't robustly test for help flags in external command.
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();

    // executableFile and executableDir might be full path, or just a name
    let executableFile =
      subcommand._executableFile || `${this._name}-${subcommand._name}`;
    let executableDir = this._executableDir || '';
    if (this._scriptPath) {
      let resolvedScriptPath; // resolve possible symlink for installed npm binary
      try {
        resolvedScriptPath = external_node_fs_.realpathSync(this._scriptPath);
      } catch {
        resolvedScriptPath = this._scriptPath;
      }
      executableDir = external_node_path_.resolve(
        external_node_path_.dirname(resolvedScriptPath),
        executableDir,
      );
    }

    // Look for a local file in preference to a command in PATH.
    if (executableDir) {
      let localFile = findFile(executableDir, executableFile);

      // Legacy search using prefix of script name instead of command name
      if (!localFile && !subcommand._executableFile && this._scriptPath) {
        const legacyName = external_node_path_.basename(
          this._scriptPath,
          external_node_path_.extname(this._scriptPath),
        );
        if (legacyName !== this._name) {
          localFile = findFile(
            executableDir,
            `${legacyName}-${subcommand._name}`,
          );
        }
      }
      executableFile = localFile || executableFile;
    }

    const launchWithNode = sourceExt.includes(external_node_path_.extname(executableFile));

    let proc;
    if (external_node_process_.platform !== 'win32') {
      if (launchWithNode) {
        args.unshift(executableFile);
        // add executable arguments to spawn
        args = incrementNodeInspectorPort(external_node_process_.execArgv).concat(args);

        proc = external_node_child_process_.spawn(external_node_process_.argv[0], args, { stdio: 'inherit' });
      } else {
        proc = external_node_child_process_.spawn(executableFile, args, { stdio: 'inherit' });
      }
    } else {
      this._checkForMissingExecutable(
        executableFile,
        executableDir,
        subcommand._name,
      );
      args.unshift(executableFile);
      // add executable arguments to spawn
      args = incrementNodeInspectorPort(external_node_process_.execArgv).concat(args);
      proc = external_node_child_process_.spawn(external_node_process_.execPath, args, { stdio: 'inherit' });
    }

    if (!proc.killed) {
      // testing mainly to avoid leak warnings during unit tests with mocked spawn
      const signals = ['SIGUSR1', 'SIGUSR2', 'SIGTERM', 'SIGINT', 'SIGHUP'];
      signals.forEach((signal) => {
        external_node_process_.on(signal, () => {
          if (proc.killed === false && proc.exitCode === null) {
            // @ts-ignore because signals not typed to known strings
            proc.kill(signal);
          }
        });
      });
    }

    // By default terminate process when spawned process terminates.
    const exitCallback = this._exitCallback;
    proc.on('close', (code) => {
      code = code ?? 1; // code is null if spawned process terminated due to a signal
      if (!exitCallback) {
        external_node_process_.exit(code);
      } else {
        exitCallback(
          new CommanderError(
            code,
            'commander.executeSubCommandAsync',
            '(close)',
          ),
        );
      }
    });
    proc.on('error', (err) => {
      // @ts-ignore: because err.code is an unknown property
      if (err.code === 'ENOENT') {
        this._checkForMissingExecutable(
          executableFile,
          executableDir,
          subcommand._name,
        );
        // @ts-ignore: because err.code is an unknown property
      } else if (err.code === 'EACCES') {
        throw new Error(`'${executableFile}' not executable`);
      }
      if (!exitCallback) {
        external_node_process_.exit(1);
      } else {
        const wrappedError = new CommanderError(
          1,
          'commander.executeSubCommandAsync',
          '(error)',
        );
        wrappedError.nestedError = err;
        exitCallback(wrappedError);
      }
    });

    // Store the reference to the child process
    this.runningCommand = proc;
  }

  /**
   * @private
   */

  _dispatchSubcommand(commandName, operands, unknown) {
    const subCommand = this._findCommand(commandName);
    if (!subCommand) this.help({ error: true });

    subCommand._prepareForParse();
    let promiseChain;
    promiseChain = this._chainOrCallSubCommandHook(
      promiseChain,
      subCommand,
      'preSubcommand',
    );
    promiseChain = this._chainOrCall(promiseChain, () => {
      if (subCommand._executableHandler) {
        this._executeSubCommand(subCommand, operands.concat(unknown));
      } else {
        return subCommand._parseCommand(operands, unknown);
      }
    });
    return promiseChain;
  }

  /**
   * Invoke help directly if possible, or dispatch if necessary.
   * e.g. help foo
   *
   * @private
   */

  _dispatchHelpCommand(subcommandName) {
    if (!subcommandName) {
      this.help();
    }
    const subCommand = this._findCommand(subcommandName);
    if (subCommand && !subCommand._executableHandler) {
      subCommand.help();
    }

    // Fallback to parsing the help flag to invoke the help.
    return this._dispatchSubcommand(
      subcommandName,
      [],
      [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? '--help'],
    );
  }

  /**
   * Check this.args against expected this.registeredArguments.
   *
   * @private
   */

  _checkNumberOfArguments() {
    // too few
    this.registeredArguments.forEach((arg, i) => {
      if (arg.required && this.args[i] == null) {
        this.missingArgument(arg.name());
      }
    });
    // too many
    if (
      this.registeredArguments.length > 0 &&
      this.registeredArguments[this.registeredArguments.length - 1].variadic
    ) {
      return;
    }
    if (this.args.length > this.registeredArguments.length) {
      this._excessArguments(this.args);
    }
  }

  /**
   * Process this.args using this.registeredArguments and save as this.processedArgs!
   *
   * @private
   */

  _processArguments() {
    const myParseArg = (argument, value, previous) => {
      // Extra processing for nice error message on parsing failure.
      let parsedValue = value;
      if (value !== null && argument.parseArg) {
        const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
        parsedValue = this._callParseArg(
          argument,
          value,
          previous,
          invalidValueMessage,
        );
      }
      return parsedValue;
    };

    this._checkNumberOfArguments();

    const processedArgs = [];
    this.registeredArguments.forEach((declaredArg, index) => {
      let value = declaredArg.defaultValue;
      if (declaredArg.variadic) {
        // Collect together remaining arguments for passing together as an array.
        if (index < this.args.length) {
          value = this.args.slice(index);
          if (declaredArg.parseArg) {
            value = value.reduce((processed, v) => {
              return myParseArg(declaredArg, v, processed);
            }, declaredArg.defaultValue);
          }
        } else if (value === undefined) {
          value = [];
        }
      } else if (index < this.args.length) {
        value = this.args[index];
        if (declaredArg.parseArg) {
          value = myParseArg(declaredArg, value, declaredArg.defaultValue);
        }
      }
      processedArgs[index] = value;
    });
    this.processedArgs = processedArgs;
  }

  /**
   * Once we have a promise we chain, but call synchronously until then.
   *
   * @param {(Promise|undefined)} promise
   * @param {Function} fn
   * @return {(Promise|undefined)}
   * @private
   */

  _chainOrCall(promise, fn) {
    // thenable
    if (promise?.then && typeof promise.then === 'function') {
      // already have a promise, chain callback
      return promise.then(() => fn());
    }
    // callback might return a promise
    return fn();
  }

  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */

  _chainOrCallHooks(promise, event) {
    let result = promise;
    const hooks = [];
    this._getCommandAndAncestors()
      .reverse()
      .filter((cmd) => cmd._lifeCycleHooks[event] !== undefined)
      .forEach((hookedCommand) => {
        hookedCommand._lifeCycleHooks[event].forEach((callback) => {
          hooks.push({ hookedCommand, callback });
        });
      });
    if (event === 'postAction') {
      hooks.reverse();
    }

    hooks.forEach((hookDetail) => {
      result = this._chainOrCall(result, () => {
        return hookDetail.callback(hookDetail.hookedCommand, this);
      });
    });
    return result;
  }

  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {Command} subCommand
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */

  _chainOrCallSubCommandHook(promise, subCommand, event) {
    let result = promise;
    if (this._lifeCycleHooks[event] !== undefined) {
      this._lifeCycleHooks[event].forEach((hook) => {
        result = this._chainOrCall(result, () => {
          return hook(this, subCommand);
        });
      });
    }
    return result;
  }

  /**
   * Process arguments in context of this command.
   * Returns action result, in case it is a promise.
   *
   * @private
   */

  _parseCommand(operands, unknown) {
    const parsed = this.parseOptions(unknown);
    this._parseOptionsEnv(); // after cli, so parseArg not called on both cli and env
    this._parseOptionsImplied();
    operands = operands.concat(parsed.operands);
    unknown = parsed.unknown;
    this.args = operands.concat(unknown);

    if (operands && this._findCommand(operands[0])) {
      return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
    }
    if (
      this._getHelpCommand() &&
      operands[0] === this._getHelpCommand().name()
    ) {
      return this._dispatchHelpCommand(operands[1]);
    }
    if (this._defaultCommandName) {
      this._outputHelpIfRequested(unknown); // Run the help for default command from parent rather than passing to default command
      return this._dispatchSubcommand(
        this._defaultCommandName,
        operands,
        unknown,
      );
    }
    if (
      this.commands.length &&
      this.args.length === 0 &&
      !this._actionHandler &&
      !this._defaultCommandName
    ) {
      // probably missing subcommand and no handler, user needs help (and exit)
      this.help({ error: true });
    }

    this._outputHelpIfRequested(parsed.unknown);
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();

    // We do not always call this check to avoid masking a "better" error, like unknown command.
    const checkForUnknownOptions = () => {
      if (parsed.unknown.length > 0) {
        this.unknownOption(parsed.unknown[0]);
      }
    };

    const commandEvent = `command:${this.name()}`;
    if (this._actionHandler) {
      checkForUnknownOptions();
      this._processArguments();

      let promiseChain;
      promiseChain = this._chainOrCallHooks(promiseChain, 'preAction');
      promiseChain = this._chainOrCall(promiseChain, () =>
        this._actionHandler(this.processedArgs),
      );
      if (this.parent) {
        promiseChain = this._chainOrCall(promiseChain, () => {
          this.parent.emit(commandEvent, operands, unknown); // legacy
        });
      }
      promiseChain = this._chainOrCallHooks(promiseChain, 'postAction');
      return promiseChain;
    }
    if (this.parent?.listenerCount(commandEvent)) {
      checkForUnknownOptions();
      this._processArguments();
      this.parent.emit(commandEvent, operands, unknown); // legacy
    } else if (operands.length) {
      if (this._findCommand('*')) {
        // legacy default command
        return this._dispatchSubcommand('*', operands, unknown);
      }
      if (this.listenerCount('command:*')) {
        // skip option check, emit event for possible misspelling suggestion
        this.emit('command:*', operands, unknown);
      } else if (this.commands.length) {
        this.unknownCommand();
      } else {
        checkForUnknownOptions();
        this._processArguments();
      }
    } else if (this.commands.length) {
      checkForUnknownOptions();
      // This command has subcommands and nothing hooked up at this level, so display help (and exit).
      this.help({ error: true });
    } else {
      checkForUnknownOptions();
      this._processArguments();
      // fall through for caller to handle after calling .parse()
    }
  }

  /**
   * Find matching command.
   *
   * @private
   * @return {Command | undefined}
   */
  _findCommand(name) {
    if (!name) return undefined;
    return this.commands.find(
      (cmd) => cmd._name === name || cmd._aliases.includes(name),
    );
  }

  /**
   * Return an option matching `arg` if any.
   *
   * @param {string} arg
   * @return {Option}
   * @package
   */

  _findOption(arg) {
    return this.options.find((option) => option.is(arg));
  }

  /**
   * Display an error message if a mandatory option does not have a value.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */

  _checkForMissingMandatoryOptions() {
    // Walk up hierarchy so can call in subcommand after checking for displaying help.
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd.options.forEach((anOption) => {
        if (
          anOption.mandatory &&
          cmd.getOptionValue(anOption.attributeName()) === undefined
        ) {
          cmd.missingMandatoryOptionValue(anOption);
        }
      });
    });
  }

  /**
   * Display an error message if conflicting options are used together in this.
   *
   * @private
   */
  _checkForConflictingLocalOptions() {
    const definedNonDefaultOptions = this.options.filter((option) => {
      const optionKey = option.attributeName();
      if (this.getOptionValue(optionKey) === undefined) {
        return false;
      }
      return this.getOptionValueSource(optionKey) !== 'default';
    });

    const optionsWithConflicting = definedNonDefaultOptions.filter(
      (option) => option.conflictsWith.length > 0,
    );

    optionsWithConflicting.forEach((option) => {
      const conflictingAndDefined = definedNonDefaultOptions.find((defined) =>
        option.conflictsWith.includes(defined.attributeName()),
      );
      if (conflictingAndDefined) {
        this._conflictingOption(option, conflictingAndDefined);
      }
    });
  }

  /**
   * Display an error message if conflicting options are used together.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForConflictingOptions() {
    // Walk up hierarchy so can call in subcommand after checking for displaying help.
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd._checkForConflictingLocalOptions();
    });
  }

  /**
   * Parse options from `argv` removing known options,
   * and return argv split into operands and unknown arguments.
   *
   * Side effects: modifies command by storing options. Does not reset state if called again.
   *
   * Examples:
   *
   *     argv => operands, unknown
   *     --known kkk op => [op], []
   *     op --known kkk => [op], []
   *     sub --unknown uuu op => [sub], [--unknown uuu op]
   *     sub -- --unknown uuu op => [sub --unknown uuu op], []
   *
   * @param {string[]} args
   * @return {{operands: string[], unknown: string[]}}
   */

  parseOptions(args) {
    const operands = []; // operands, not options or values
    const unknown = []; // first unknown option and remaining unknown args
    let dest = operands;

    function maybeOption(arg) {
      return arg.length > 1 && arg[0] === '-';
    }

    const negativeNumberArg = (arg) => {
      // return false if not a negative number
      if (!/^-(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(arg)) return false;
      // negative number is ok unless digit used as an option in command hierarchy
      return !this._getCommandAndAncestors().some((cmd) =>
        cmd.options
          .map((opt) => opt.short)
          .some((short) => /^-\d$/.test(short)),
      );
    };

    // parse options
    let activeVariadicOption = null;
    let activeGroup = null; // working through group of short options, like -abc
    let i = 0;
    while (i < args.length || activeGroup) {
      const arg = activeGroup ?? args[i++];
      activeGroup = null;

      // literal
      if (arg === '--') {
        if (dest === unknown) dest.push(arg);
        dest.push(...args.slice(i));
        break;
      }

      if (
        activeVariadicOption &&
        (!maybeOption(arg) || negativeNumberArg(arg))
      ) {
        this.emit(`option:${activeVariadicOption.name()}`, arg);
        continue;
      }
      activeVariadicOption = null;

      if (maybeOption(arg)) {
        const option = this._findOption(arg);
        // recognised option, call listener to assign value with possible custom processing
        if (option) {
          if (option.required) {
            const value = args[i++];
            if (value === undefined) this.optionMissingArgument(option);
            this.emit(`option:${option.name()}`, value);
          } else if (option.optional) {
            let value = null;
            // historical behaviour is optional value is following arg unless an option
            if (
              i < args.length &&
              (!maybeOption(args[i]) || negativeNumberArg(args[i]))
            ) {
              value = args[i++];
            }
            this.emit(`option:${option.name()}`, value);
          } else {
            // boolean flag
            this.emit(`option:${option.name()}`);
          }
          activeVariadicOption = option.variadic ? option : null;
          continue;
        }
      }

      // Look for combo options following single dash, eat first one if known.
      if (arg.length > 2 && arg[0] === '-' && arg[1] !== '-') {
        const option = this._findOption(`-${arg[1]}`);
        if (option) {
          if (
            option.required ||
            (option.optional && this._combineFlagAndOptionalValue)
          ) {
            // option with value following in same argument
            this.emit(`option:${option.name()}`, arg.slice(2));
          } else {
            // boolean option
            this.emit(`option:${option.name()}`);
            // remove the processed option and keep processing group
            activeGroup = `-${arg.slice(2)}`;
          }
          continue;
        }
      }

      // Look for known long flag with value, like --foo=bar
      if (/^--[^=]+=/.test(arg)) {
        const index = arg.indexOf('=');
        const option = this._findOption(arg.slice(0, index));
        if (option && (option.required || option.optional)) {
          this.emit(`option:${option.name()}`, arg.slice(index + 1));
          continue;
        }
      }

      // Not a recognised option by this command.
      // Might be a command-argument, or subcommand option, or unknown option, or help command or option.

      // An unknown option means further arguments also classified as unknown so can be reprocessed by subcommands.
      // A negative number in a leaf command is not an unknown option.
      if (
        dest === operands &&
        maybeOption(arg) &&
        !(this.commands.length === 0 && negativeNumberArg(arg))
      ) {
        dest = unknown;
      }

      // If using positionalOptions, stop processing our options at subcommand.
      if (
        (this._enablePositionalOptions || this._passThroughOptions) &&
        operands.length === 0 &&
        unknown.length === 0
      ) {
        if (this._findCommand(arg)) {
          operands.push(arg);
          unknown.push(...args.slice(i));
          break;
        } else if (
          this._getHelpCommand() &&
          arg === this._getHelpCommand().name()
        ) {
          operands.push(arg, ...args.slice(i));
          break;
        } else if (this._defaultCommandName) {
          unknown.push(arg, ...args.slice(i));
          break;
        }
      }

      // If using passThroughOptions, stop processing options at first command-argument.
      if (this._passThroughOptions) {
        dest.push(arg, ...args.slice(i));
        break;
      }

      // add arg
      dest.push(arg);
    }

    return { operands, unknown };
  }

  /**
   * Return an object containing local option values as key-value pairs.
   *
   * @return {object}
   */
  opts() {
    if (this._storeOptionsAsProperties) {
      // Preserve original behaviour so backwards compatible when still using properties
      const result = {};
      const len = this.options.length;

      for (let i = 0; i < len; i++) {
        const key = this.options[i].attributeName();
        result[key] =
          key === this._versionOptionName ? this._version : this[key];
      }
      return result;
    }

    return this._optionValues;
  }

  /**
   * Return an object containing merged local and global option values as key-value pairs.
   *
   * @return {object}
   */
  optsWithGlobals() {
    // globals overwrite locals
    return this._getCommandAndAncestors().reduce(
      (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
      {},
    );
  }

  /**
   * Display error message and exit (or call exitOverride).
   *
   * @param {string} message
   * @param {object} [errorOptions]
   * @param {string} [errorOptions.code] - an id string representing the error
   * @param {number} [errorOptions.exitCode] - used with process.exit
   */
  error(message, errorOptions) {
    // output handling
    this._outputConfiguration.outputError(
      `${message}\n`,
      this._outputConfiguration.writeErr,
    );
    if (typeof this._showHelpAfterError === 'string') {
      this._outputConfiguration.writeErr(`${this._showHelpAfterError}\n`);
    } else if (this._showHelpAfterError) {
      this._outputConfiguration.writeErr('\n');
      this.outputHelp({ error: true });
    }

    // exit handling
    const config = errorOptions || {};
    const exitCode = config.exitCode || 1;
    const code = config.code || 'commander.error';
    this._exit(exitCode, code, message);
  }

  /**
   * Apply any option related environment variables, if option does
   * not have a value from cli or client code.
   *
   * @private
   */
  _parseOptionsEnv() {
    this.options.forEach((option) => {
      if (option.envVar && option.envVar in external_node_process_.env) {
        const optionKey = option.attributeName();
        // Priority check. Do not overwrite cli or options from unknown source (client-code).
        if (
          this.getOptionValue(optionKey) === undefined ||
          ['default', 'config', 'env'].includes(
            this.getOptionValueSource(optionKey),
          )
        ) {
          if (option.required || option.optional) {
            // option can take a value
            // keep very simple, optional always takes value
            this.emit(`optionEnv:${option.name()}`, external_node_process_.env[option.envVar]);
          } else {
            // boolean
            // keep very simple, only care that envVar defined and not the value
            this.emit(`optionEnv:${option.name()}`);
          }
        }
      }
    });
  }

  /**
   * Apply any implied option values, if option is undefined or default value.
   *
   * @private
   */
  _parseOptionsImplied() {
    const dualHelper = new DualOptions(this.options);
    const hasCustomOptionValue = (optionKey) => {
      return (
        this.getOptionValue(optionKey) !== undefined &&
        !['default', 'implied'].includes(this.getOptionValueSource(optionKey))
      );
    };
    this.options
      .filter(
        (option) =>
          option.implied !== undefined &&
          hasCustomOptionValue(option.attributeName()) &&
          dualHelper.valueFromOption(
            this.getOptionValue(option.attributeName()),
            option,
          ),
      )
      .forEach((option) => {
        Object.keys(option.implied)
          .filter((impliedKey) => !hasCustomOptionValue(impliedKey))
          .forEach((impliedKey) => {
            this.setOptionValueWithSource(
              impliedKey,
              option.implied[impliedKey],
              'implied',
            );
          });
      });
  }

  /**
   * Argument `name` is missing.
   *
   * @param {string} name
   * @private
   */

  missingArgument(name) {
    const message = `error: missing required argument '${name}'`;
    this.error(message, { code: 'commander.missingArgument' });
  }

  /**
   * `Option` is missing an argument.
   *
   * @param {Option} option
   * @private
   */

  optionMissingArgument(option) {
    const message = `error: option '${option.flags}' argument missing`;
    this.error(message, { code: 'commander.optionMissingArgument' });
  }

  /**
   * `Option` does not have a value, and is a mandatory option.
   *
   * @param {Option} option
   * @private
   */

  missingMandatoryOptionValue(option) {
    const message = `error: required option '${option.flags}' not specified`;
    this.error(message, { code: 'commander.missingMandatoryOptionValue' });
  }

  /**
   * `Option` conflicts with another option.
   *
   * @param {Option} option
   * @param {Option} conflictingOption
   * @private
   */
  _conflictingOption(option, conflictingOption) {
    // The calling code does not know whether a negated option is the source of the
    // value, so do some work to take an educated guess.
    const findBestOptionFromValue = (option) => {
      const optionKey = option.attributeName();
      const optionValue = this.getOptionValue(optionKey);
      const negativeOption = this.options.find(
        (target) => target.negate && optionKey === target.attributeName(),
      );
      const positiveOption = this.options.find(
        (target) => !target.negate && optionKey === target.attributeName(),
      );
      if (
        negativeOption &&
        ((negativeOption.presetArg === undefined && optionValue === false) ||
          (negativeOption.presetArg !== undefined &&
            optionValue === negativeOption.presetArg))
      ) {
        return negativeOption;
      }
      return positiveOption || option;
    };

    const getErrorMessage = (option) => {
      const bestOption = findBestOptionFromValue(option);
      const optionKey = bestOption.attributeName();
      const source = this.getOptionValueSource(optionKey);
      if (source === 'env') {
        return `environment variable '${bestOption.envVar}'`;
      }
      return `option '${bestOption.flags}'`;
    };

    const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
    this.error(message, { code: 'commander.conflictingOption' });
  }

  /**
   * Unknown option `flag`.
   *
   * @param {string} flag
   * @private
   */

  unknownOption(flag) {
    if (this._allowUnknownOption) return;
    let suggestion = '';

    if (flag.startsWith('--') && this._showSuggestionAfterError) {
      // Looping to pick up the global options too
      let candidateFlags = [];
      // eslint-disable-next-line @typescript-eslint/no-this-alias
      let command = this;
      do {
        const moreFlags = command
          .createHelp()
          .visibleOptions(command)
          .filter((option) => option.long)
          .map((option) => option.long);
        candidateFlags = candidateFlags.concat(moreFlags);
        command = command.parent;
      } while (command && !command._enablePositionalOptions);
      suggestion = suggestSimilar(flag, candidateFlags);
    }

    const message = `error: unknown option '${flag}'${suggestion}`;
    this.error(message, { code: 'commander.unknownOption' });
  }

  /**
   * Excess arguments, more than expected.
   *
   * @param {string[]} receivedArgs
   * @private
   */

  _excessArguments(receivedArgs) {
    if (this._allowExcessArguments) return;

    const expected = this.registeredArguments.length;
    const s = expected === 1 ? '' : 's';
    const received = receivedArgs.length;
    const forSubcommand = this.parent ? ` for '${this.name()}'` : '';
    const details = receivedArgs.join(', ');
    const message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s} but got ${received}: ${details}.`;
    this.error(message, { code: 'commander.excessArguments' });
  }

  /**
   * Unknown command.
   *
   * @private
   */

  unknownCommand() {
    const unknownName = this.args[0];
    let suggestion = '';

    if (this._showSuggestionAfterError) {
      const candidateNames = [];
      this.createHelp()
        .visibleCommands(this)
        .forEach((command) => {
          candidateNames.push(command.name());
          // just visible alias
          if (command.alias()) candidateNames.push(command.alias());
        });
      suggestion = suggestSimilar(unknownName, candidateNames);
    }

    const message = `error: unknown command '${unknownName}'${suggestion}`;
    this.error(message, { code: 'commander.unknownCommand' });
  }

  /**
   * Get or set the program version.
   *
   * This method auto-registers the "-V, --version" option which will print the version number.
   *
   * You can optionally supply the flags and description to override the defaults.
   *
   * @param {string} [str]
   * @param {string} [flags]
   * @param {string} [description]
   * @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
   */

  version(str, flags, description) {
    if (str === undefined) return this._version;
    this._version = str;
    flags = flags || '-V, --version';
    description = description || 'output the version number';
    const versionOption = this.createOption(flags, description);
    this._versionOptionName = versionOption.attributeName();
    this._registerOption(versionOption);

    this.on('option:' + versionOption.name(), () => {
      this._outputConfiguration.writeOut(`${str}\n`);
      this._exit(0, 'commander.version', str);
    });
    return this;
  }

  /**
   * Set the description.
   *
   * @param {string} [str]
   * @param {object} [argsDescription]
   * @return {(string|Command)}
   */
  description(str, argsDescription) {
    if (str === undefined && argsDescription === undefined)
      return this._description;
    this._description = str;
    if (argsDescription) {
      this._argsDescription = argsDescription;
    }
    return this;
  }

  /**
   * Set the summary. Used when listed as subcommand of parent.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  summary(str) {
    if (str === undefined) return this._summary;
    this._summary = str;
    return this;
  }

  /**
   * Set an alias for the command.
   *
   * You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
   *
   * @param {string} [alias]
   * @return {(string|Command)}
   */

  alias(alias) {
    if (alias === undefined) return this._aliases[0]; // just return first, for backwards compatibility

    /** @type {Command} */
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    let command = this;
    if (
      this.commands.length !== 0 &&
      this.commands[this.commands.length - 1]._executableHandler
    ) {
      // assume adding alias for last added executable subcommand, rather than this
      command = this.commands[this.commands.length - 1];
    }

    if (alias === command._name)
      throw new Error("Command alias can't be the same as its name");
    const matchingCommand = this.parent?._findCommand(alias);
    if (matchingCommand) {
      // c.f. _registerCommand
      const existingCmd = [matchingCommand.name()]
        .concat(matchingCommand.aliases())
        .join('|');
      throw new Error(
        `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`,
      );
    }

    command._aliases.push(alias);
    return this;
  }

  /**
   * Set aliases for the command.
   *
   * Only the first alias is shown in the auto-generated help.
   *
   * @param {string[]} [aliases]
   * @return {(string[]|Command)}
   */

  aliases(aliases) {
    // Getter for the array of aliases is the main reason for having aliases() in addition to alias().
    if (aliases === undefined) return this._aliases;

    aliases.forEach((alias) => this.alias(alias));
    return this;
  }

  /**
   * Set / get the command usage `str`.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */

  usage(str) {
    if (str === undefined) {
      if (this._usage) return this._usage;

      const args = this.registeredArguments.map((arg) => {
        return humanReadableArgName(arg);
      });
      return []
        .concat(
          this.options.length || this._helpOption !== null ? '[options]' : [],
          this.commands.length ? '[command]' : [],
          this.registeredArguments.length ? args : [],
        )
        .join(' ');
    }

    this._usage = str;
    return this;
  }

  /**
   * Get or set the name of the command.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */

  name(str) {
    if (str === undefined) return this._name;
    this._name = str;
    return this;
  }

  /**
   * Set/get the help group heading for this subcommand in parent command's help.
   *
   * @param {string} [heading]
   * @return {Command | string}
   */

  helpGroup(heading) {
    if (heading === undefined) return this._helpGroupHeading ?? '';
    this._helpGroupHeading = heading;
    return this;
  }

  /**
   * Set/get the default help group heading for subcommands added to this command.
   * (This does not override a group set directly on the subcommand using .helpGroup().)
   *
   * @example
   * program.commandsGroup('Development Commands:');
   * program.command('watch')...
   * program.command('lint')...
   * ...
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  commandsGroup(heading) {
    if (heading === undefined) return this._defaultCommandGroup ?? '';
    this._defaultCommandGroup = heading;
    return this;
  }

  /**
   * Set/get the default help group heading for options added to this command.
   * (This does not override a group set directly on the option using .helpGroup().)
   *
   * @example
   * program
   *   .optionsGroup('Development Options:')
   *   .option('-d, --debug', 'output extra debugging')
   *   .option('-p, --profile', 'output profiling information')
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  optionsGroup(heading) {
    if (heading === undefined) return this._defaultOptionGroup ?? '';
    this._defaultOptionGroup = heading;
    return this;
  }

  /**
   * @param {Option} option
   * @private
   */
  _initOptionGroup(option) {
    if (this._defaultOptionGroup && !option.helpGroupHeading)
      option.helpGroup(this._defaultOptionGroup);
  }

  /**
   * @param {Command} cmd
   * @private
   */
  _initCommandGroup(cmd) {
    if (this._defaultCommandGroup && !cmd.helpGroup())
      cmd.helpGroup(this._defaultCommandGroup);
  }

  /**
   * Set the name of the command from script filename, such as process.argv[1],
   * or import.meta.filename.
   *
   * (Used internally and public although not documented in README.)
   *
   * @example
   * program.nameFromFilename(import.meta.filename);
   *
   * @param {string} filename
   * @return {Command}
   */

  nameFromFilename(filename) {
    this._name = external_node_path_.basename(filename, external_node_path_.extname(filename));

    return this;
  }

  /**
   * Get or set the directory for searching for executable subcommands of this command.
   *
   * @example
   * program.executableDir(import.meta.dirname);
   * // or
   * program.executableDir('subcommands');
   *
   * @param {string} [path]
   * @return {(string|null|Command)}
   */

  executableDir(path) {
    if (path === undefined) return this._executableDir;
    this._executableDir = path;
    return this;
  }

  /**
   * Return program help documentation.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
   * @return {string}
   */

  helpInformation(contextOptions) {
    const helper = this.createHelp();
    const context = this._getOutputContext(contextOptions);
    helper.prepareContext({
      error: context.error,
      helpWidth: context.helpWidth,
      outputHasColors: context.hasColors,
    });
    const text = helper.formatHelp(this, helper);
    if (context.hasColors) return text;
    return this._outputConfiguration.stripColor(text);
  }

  /**
   * @typedef HelpContext
   * @type {object}
   * @property {boolean} error
   * @property {number} helpWidth
   * @property {boolean} hasColors
   * @property {function} write - includes stripColor if needed
   *
   * @returns {HelpContext}
   * @private
   */

  _getOutputContext(contextOptions) {
    contextOptions = contextOptions || {};
    const error = !!contextOptions.error;
    let baseWrite;
    let hasColors;
    let helpWidth;
    if (error) {
      baseWrite = (str) => this._outputConfiguration.writeErr(str);
      hasColors = this._outputConfiguration.getErrHasColors();
      helpWidth = this._outputConfiguration.getErrHelpWidth();
    } else {
      baseWrite = (str) => this._outputConfiguration.writeOut(str);
      hasColors = this._outputConfiguration.getOutHasColors();
      helpWidth = this._outputConfiguration.getOutHelpWidth();
    }
    const write = (str) => {
      if (!hasColors) str = this._outputConfiguration.stripColor(str);
      return baseWrite(str);
    };
    return { error, write, hasColors, helpWidth };
  }

  /**
   * Output help information for this command.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */

  outputHelp(contextOptions) {
    let deprecatedCallback;
    if (typeof contextOptions === 'function') {
      deprecatedCallback = contextOptions;
      contextOptions = undefined;
    }

    const outputContext = this._getOutputContext(contextOptions);
    /** @type {HelpTextEventContext} */
    const eventContext = {
      error: outputContext.error,
      write: outputContext.write,
      command: this,
    };

    this._getCommandAndAncestors()
      .reverse()
      .forEach((command) => command.emit('beforeAllHelp', eventContext));
    this.emit('beforeHelp', eventContext);

    let helpInformation = this.helpInformation({ error: outputContext.error });
    if (deprecatedCallback) {
      helpInformation = deprecatedCallback(helpInformation);
      if (
        typeof helpInformation !== 'string' &&
        !Buffer.isBuffer(helpInformation)
      ) {
        throw new Error('outputHelp callback must return a string or a Buffer');
      }
    }
    outputContext.write(helpInformation);

    if (this._getHelpOption()?.long) {
      this.emit(this._getHelpOption().long); // deprecated
    }
    this.emit('afterHelp', eventContext);
    this._getCommandAndAncestors().forEach((command) =>
      command.emit('afterAllHelp', eventContext),
    );
  }

  /**
   * You can pass in flags and a description to customise the built-in help option.
   * Pass in false to disable the built-in help option.
   *
   * @example
   * program.helpOption('-?, --help', 'show help'); // customise
   * program.helpOption(false); // disable
   *
   * @param {(string | boolean)} flags
   * @param {string} [description]
   * @return {Command} `this` command for chaining
   */

  helpOption(flags, description) {
    // Support enabling/disabling built-in help option.
    if (typeof flags === 'boolean') {
      if (flags) {
        if (this._helpOption === null) this._helpOption = undefined; // reenable
        if (this._defaultOptionGroup) {
          // make the option to store the group
          this._initOptionGroup(this._getHelpOption());
        }
      } else {
        this._helpOption = null; // disable
      }
      return this;
    }

    // Customise flags and description.
    this._helpOption = this.createOption(
      flags ?? '-h, --help',
      description ?? 'display help for command',
    );
    // init group unless lazy create
    if (flags || description) this._initOptionGroup(this._helpOption);

    return this;
  }

  /**
   * Lazy create help option.
   * Returns null if has been disabled with .helpOption(false).
   *
   * @returns {(Option | null)} the help option
   * @package
   */
  _getHelpOption() {
    // Lazy create help option on demand.
    if (this._helpOption === undefined) {
      this.helpOption(undefined, undefined);
    }
    return this._helpOption;
  }

  /**
   * Supply your own option to use for the built-in help option.
   * This is an alternative to using helpOption() to customise the flags and description etc.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addHelpOption(option) {
    this._helpOption = option;
    this._initOptionGroup(option);
    return this;
  }

  /**
   * Output help information and exit.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */

  help(contextOptions) {
    this.outputHelp(contextOptions);
    let exitCode = Number(external_node_process_.exitCode ?? 0); // process.exitCode does allow a string or an integer, but we prefer just a number
    if (
      exitCode === 0 &&
      contextOptions &&
      typeof contextOptions !== 'function' &&
      contextOptions.error
    ) {
      exitCode = 1;
    }
    // message: do not have all displayed text available so only passing placeholder.
    this._exit(exitCode, 'commander.help', '(outputHelp)');
  }

  /**
   * // Do a little typing to coordinate emit and listener for the help text events.
   * @typedef HelpTextEventContext
   * @type {object}
   * @property {boolean} error
   * @property {Command} command
   * @property {function} write
   */

  /**
   * Add additional text to be displayed with the built-in help.
   *
   * Position is 'before' or 'after' to affect just this command,
   * and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
   *
   * @param {string} position - before or after built-in help
   * @param {(string | Function)} text - string to add, or a function returning a string
   * @return {Command} `this` command for chaining
   */

  addHelpText(position, text) {
    const allowedValues = ['beforeAll', 'before', 'after', 'afterAll'];
    if (!allowedValues.includes(position)) {
      throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
    }

    const helpEvent = `${position}Help`;
    this.on(helpEvent, (/** @type {HelpTextEventContext} */ context) => {
      let helpStr;
      if (typeof text === 'function') {
        helpStr = text({ error: context.error, command: context.command });
      } else {
        helpStr = text;
      }
      // Ignore falsy value when nothing to output.
      if (helpStr) {
        context.write(`${helpStr}\n`);
      }
    });
    return this;
  }

  /**
   * Output help information if help flags specified
   *
   * @param {Array} args - array of options to search for help flags
   * @private
   */

  _outputHelpIfRequested(args) {
    const helpOption = this._getHelpOption();
    const helpRequested = helpOption && args.find((arg) => helpOption.is(arg));
    if (helpRequested) {
      this.outputHelp();
      // (Do not have all displayed text available so only passing placeholder.)
      this._exit(0, 'commander.helpDisplayed', '(outputHelp)');
    }
  }
}

/**
 * Scan arguments and increment port number for inspect calls (to avoid conflicts when spawning new command).
 *
 * @param {string[]} args - array of arguments from node.execArgv
 * @returns {string[]}
 * @private
 */

function incrementNodeInspectorPort(args) {
  // Testing for these options:
  //  --inspect[=[host:]port]
  //  --inspect-brk[=[host:]port]
  //  --inspect-wait[=[host:]port]
  //  --inspect-port=[host:]port
  //
  // Host can be an IP literal encapsulated within square brackets (e.g. [::1]),
  // an IPv4 address in dotted-decimal form (e.g. 192.168.0.1), or a registered name.
  // https://www.rfc-editor.org/rfc/rfc3986.html#section-3.2.2
  return args.map((arg) => {
    if (!arg.startsWith('--inspect')) {
      return arg;
    }
    let debugOption;
    let debugHost = '127.0.0.1';
    let debugPort = '9229';
    let match;
    if ((match = arg.match(/^(--inspect(-brk|-wait)?)$/)) !== null) {
      // e.g. --inspect
      debugOption = match[1];
    } else if (
      (match = arg.match(
        /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+)$/,
      )) !== null
    ) {
      // Matches a host or a port, but not both. No colon to separate them.
      debugOption = match[1];
      if (/^\d+$/.test(match[3])) {
        // Plain digits so a port number.
        // e.g. --inspect=1234
        debugPort = match[3];
      } else {
        // Assume a host.
        // e.g. --inspect=localhost, --inspect=[::1], --inspect=192.168.0.1
        debugHost = match[3];
      }
    } else if (
      (match = arg.match(
        /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+):(\d+)$/,
      )) !== null
    ) {
      // Matched host:port pattern.
      // e.g. --inspect=localhost:1234, --inspect=[::1]:1234, --inspect=192.168.0.1:1234
      debugOption = match[1];
      debugHost = match[3];
      debugPort = match[4];
    }

    if (debugOption && debugPort !== '0') {
      return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
    }
    return arg;
  });
}

/**
 * Exported for using from tests, not otherwise used outside this file.
 *
 * @returns {boolean | undefined}
 * @package
 */
function useColor() {
  // Test for common conventions.
  // NB: the observed behaviour is in combination with how author adds color! For example:
  //   - we do not test NODE_DISABLE_COLORS, but util:styletext does
  //   - we do test NO_COLOR, but Chalk does not
  //
  // References:
  // https://no-color.org
  // https://bixense.com/clicolors/
  // https://github.com/nodejs/node/blob/0a00217a5f67ef4a22384cfc80eb6dd9a917fdc1/lib/internal/tty.js#L109
  // https://github.com/chalk/supports-color/blob/c214314a14bcb174b12b3014b2b0a8de375029ae/index.js#L33
  // (https://force-color.org recent web page from 2023, does not match major javascript implementations)

  if (
    external_node_process_.env.NO_COLOR ||
    external_node_process_.env.FORCE_COLOR === '0' ||
    external_node_process_.env.FORCE_COLOR === 'false'
  )
    return false;
  if (external_node_process_.env.FORCE_COLOR || external_node_process_.env.CLICOLOR_FORCE !== undefined)
    return true;
  return undefined;
}

;// CONCATENATED MODULE: ../../node_modules/commander/index.js






const program = new command_Command();

const createCommand = (name) => new Command(name);
const createOption = (flags, description) =>
  new Option(flags, description);
const createArgument = (name, description) =>
  new Argument(name, description);

/**
 * Expose classes
 */





// EXTERNAL MODULE: ./out/package.json
var out_package = __nccwpck_require__(6233);
// EXTERNAL MODULE: ./out/src/store/memory.js
var memory = __nccwpck_require__(7521);
;// CONCATENATED MODULE: ./out/src/cli/completion/shells.js
/** The shells that have a completion script. */
const shells = ["bash", "zsh", "fish"];

// EXTERNAL MODULE: ./out/src/sbom/formats.js
var formats = __nccwpck_require__(6206);
// EXTERNAL MODULE: ./out/src/cli/secrets.js
var secrets = __nccwpck_require__(6066);
// EXTERNAL MODULE: ./out/src/cli/values.js + 1 modules
var values = __nccwpck_require__(6199);
;// CONCATENATED MODULE: ./out/src/cli/options.js




/** Declares a command that reads a pipeline. */
const pipelineCommand = (program, name, description, orStdin = ", or - to read it from stdin") => addPipelineOptions(program
    .command(name)
    .description(description)
    .argument("<PIPELINE>", `file with the pipeline, in JSON or YAML${orStdin}`, (0,values/* pathOf */.XM)("PIPELINE")));
/** Adds what every command that reads pipelines takes. */
const addPipelineOptions = (command) => command
    .addOption(store())
    .addOption(libdir())
    .addOption(path("--build-env <ENV>", "file that describes the build environment"))
    .addOption(path("--build-pipeline <P>", "file with a pipeline that makes the build root"))
    .addOption(path("--mirrors <FILE>", "file that maps URL prefixes to mirrors"))
    .addOption(new option_Option("--set <NAME=VALUE>", "the value of one of the pipeline's variables; may be repeated").argParser(values/* settingsOf */.f5))
    .addOption(new option_Option("--secret <SOURCE>", "a secret for steps, as id=NAME,env=VARIABLE or id=NAME,src=FILE; may be repeated").argParser(secrets/* secretSourcesOf */.od))
    .addOption(json());
/** An option that takes a path. */
const path = (flags, description) => new option_Option(flags, description).argParser((0,values/* pathOf */.XM)(/--[a-z-]+/.exec(flags)?.[0] ?? flags));
/** `--store`. */
const store = () => path("--store <DIR>", "the directory that keeps trees and outputs").default(".osbuild/store");
/** `--libdir`. */
const libdir = () => new option_Option("-l, --libdir <DIR>", "a directory with your own stages and assemblers; may be repeated").argParser((0,values/* pathsOf */.wG)("--libdir"));
/** `--sbom`. */
const sbom = (description) => new option_Option("--sbom <FORMAT>", `${description}; may be repeated`).choices(Object.keys(formats/* sbomFormats */.eI)).argParser(values/* sbomOf */.Pp);
/** `--base`. */
const base = () => new option_Option("--base <ID|IMAGE>", "start from this tree in the store, or image with a digest").argParser(values/* baseOf */.bx);
/** `--json`. */
const json = () => new option_Option("--json", "print the result as JSON, and nothing else");
/** Whether `--json` is given. */
const isJson = (options) => options.json ?? false;
/** The arguments of a command that reads a pipeline. */
const pipelineArguments = (pipeline, options) => ({
    pipeline,
    store: options.store,
    libdirs: options.libdir ?? [],
    buildEnv: options.buildEnv,
    buildPipeline: options.buildPipeline,
    base: options.base,
    mirrors: options.mirrors,
    variables: options.set ?? [],
    secretSources: options.secret ?? [],
});

// EXTERNAL MODULE: ./out/src/cli/templates.js
var templates = __nccwpck_require__(5908);
;// CONCATENATED MODULE: ./out/src/cli/authoring.js





/** The commands that help to write pipelines. They call `hear` with their arguments. */
const authoring = {
    completion: (program, hear) => program
        .command("completion")
        .description("print the script with which a shell completes the command line")
        .addArgument(new argument_Argument("<SHELL>", "the shell").choices(shells))
        .action((shell) => hear({ type: "completion", shell })),
    explain: (program, hear) => pipelineCommand(program, "explain", "say why steps would run, and exactly what has changed")
        .argument("[STEP]", "only this step, by its name such as apt")
        .addOption(base())
        .action((pipeline, step, options) => hear({ type: "explain", ...pipelineArguments(pipeline, options), step, json: isJson(options) })),
    fmt: (program, hear) => program
        .command("fmt")
        .description("format pipelines and the files that they include, in place")
        .argument("<FILE...>", "files in JSON, JSON with comments, or YAML")
        .option("--check", "write nothing, and fail unless all are formatted")
        .action((files, { check }) => hear({ type: "fmt", files: files.map((0,values/* pathOf */.XM)("FILE")), check: check ?? false })),
    graph: (program, hear) => addPipelineOptions(program
        .command("graph")
        .description("print the steps of pipelines, what they share, and what is stored")
        .argument("<PIPELINE...>", "files with pipelines, in JSON or YAML"))
        .addOption(new option_Option("--format <FORMAT>", "as a tree, or as a chart for Markdown")
        .choices(["text", "mermaid"])
        .conflicts("json"))
        .action((pipelines, options) => {
        const { pipeline: _, ...others } = pipelineArguments("", options);
        const format = isJson(options) ? "json" : (options.format ?? "text");
        hear({ type: "graph", ...others, pipelines: pipelines.map((0,values/* pathOf */.XM)("PIPELINE")), format });
    }),
    init: (program, hear) => program
        .command("init")
        .description("start a repository: write a pipeline, and a workflow that builds it")
        .addOption(new option_Option("--template <NAME>", "what to build")
        .choices(Object.keys(templates/* templates */.k))
        .default("debian")
        .argParser(values/* templateOf */.kW))
        .action(({ template }) => hear({ type: "init", template })),
    schema: (program, hear) => program
        .command("schema")
        .description("print the JSON schema of pipelines, with the options of all stages, for editors")
        .addOption(libdir())
        .action((options) => hear({ type: "schema", libdirs: options.libdir ?? [] })),
};

// EXTERNAL MODULE: ./out/src/json/suggest.js + 1 modules
var suggest = __nccwpck_require__(7027);
;// CONCATENATED MODULE: ./out/src/cli/words.js



/** Moves the command to the front: options may come before it, and `build`, which has most of them, may be omitted. */
function commandFirst(build, names, argv) {
    const [first, second] = operands(build, argv);
    if (first === undefined) {
        const alone = argv.find((word) => ["-h", "--help", "--version"].includes(word));
        return alone === undefined ? ["build", ...argv] : [alone];
    }
    const word = argv[first];
    if (!["build", "help", ...names].includes(word))
        return ["build", ...argv];
    const moved = word === "store" && second !== undefined ? [first, second] : [first];
    return [...moved.map((index) => argv[index]), ...argv.filter((_, index) => !moved.includes(index))];
}
/** The positions of the words that are neither options nor values of options. */
function operands({ options }, argv) {
    const found = [];
    for (let index = 0; index < argv.length; index++) {
        const word = argv[index];
        if (word === "--")
            return [...found, ...argv.keys().filter((after) => after > index)];
        if (word === "-" || !word.startsWith("-"))
            found.push(index);
        else if (options.some(({ required, long, short }) => required && [long, short].includes(word)))
            index++;
    }
    return found;
}
/** Refuses a pipeline that looks like a mistyped command and isn't a file. */
function refuseTypingError(build, names, words) {
    const [, first] = operands(build, words);
    const word = first === undefined ? undefined : words[first];
    if (word === undefined || (0,external_node_fs_.existsSync)(word))
        return;
    const hint = (0,suggest/* didYouMean */.a)(word, names);
    if (hint !== undefined)
        throw (0,values/* wrong */.Qm)(`${word} is neither a command nor a file`, hint);
}
/** A command with all its subcommands. */
const allCommands = (command) => [
    command,
    ...command.commands.flatMap((below) => allCommands(below)),
];

;// CONCATENATED MODULE: ./out/src/cli/arguments.js








/** Parses a command line. Throws if it is wrong. */
function readArguments(argv) {
    let read;
    let text = "";
    const hear = (command) => {
        read = command;
    };
    const program = commandLine((more) => {
        text += more;
    });
    const build = addBuild(program, hear);
    const words = commandFirst(build, Object.keys(others), argv);
    if (words[0] === "build" && argv[0] !== "build")
        refuseTypingError(build, Object.keys(others), words);
    for (const [name, add] of Object.entries(others))
        if (isNeeded(name, words))
            add(program, hear);
    for (const command of allCommands(program))
        command.exitOverride((error) => end(command, error));
    try {
        program.parse(words, { from: "user" });
    }
    catch (error) {
        // commander also throws after help and the version.
        if (!(error instanceof CommanderError))
            throw error;
    }
    return read ?? { type: "text", text };
}
/** Declares all commands, for what is made of them. */
function declareAll() {
    const program = commandLine(() => undefined);
    const ignore = () => undefined;
    addBuild(program, ignore);
    for (const add of Object.values(others))
        add(program, ignore);
    return program;
}
/** Declaring a command takes a tenth of the time of an unchanged build. Only help and typing errors need them all. */
const isNeeded = (name, [first = ""]) => first === name || !(first === "build" || Object.hasOwn(others, first));
function commandLine(write) {
    const program = new command_Command("osbuild")
        .description("Build operating system images")
        .usage("[build] [options] PIPELINE\n       osbuild COMMAND [options] …")
        .helpOption("-h, --help", "show this help message and exit")
        .helpCommand("help [COMMAND]", "show the help of a command and exit")
        .version(out_package/* version */.rE, "--version", "print the version and exit")
        .configureOutput({ writeOut: write, writeErr: () => undefined })
        .configureHelp({ helpWidth: 80, styleTitle: (title) => title.toLowerCase() });
    const build = () => program.commands[0]?.helpInformation() ?? "";
    return program.addHelpText("after", () => `\n${build()}\n${exitCodes}`);
}
/** The commands besides `build`. They call `hear` with their arguments. */
const others = {
    inspect: (program, hear) => pipelineCommand(program, "inspect", "print a pipeline's steps with their ids")
        .addOption(base())
        .action((pipeline, options) => hear({ type: "inspect", json: isJson(options), ...pipelineArguments(pipeline, options) })),
    verify: (program, hear) => pipelineCommand(program, "verify", "build a pipeline twice, and compare the results bit for bit", "").action((pipeline, options) => hear({ type: "verify", json: isJson(options), ...pipelineArguments(pipeline, options) })),
    lock: (program, hear) => pipelineCommand(program, "lock", "write down which packages a pipeline installs")
        .option("--update [STEP...]", "look for newer packages, for these steps or for all")
        .addOption(new option_Option("--frozen", "write nothing, and fail unless the lock is up to date").conflicts("update"))
        .addOption(new option_Option("--markdown", "print what changed as Markdown, and nothing else").conflicts("json"))
        .action((pipeline, options) => hear({
        type: "lock",
        ...pipelineArguments(pipeline, options),
        update: options.update === true ? [] : options.update,
        frozen: options.frozen ?? false,
        json: isJson(options),
        markdown: options.markdown ?? false,
    })),
    stages: (program, hear) => program
        .command("stages")
        .description("list the stages and assemblers, or describe one of them")
        .argument("[NAME]", "a stage or an assembler")
        .addOption(libdir())
        .addOption(json())
        .action((name, options) => hear({ type: "stages", libdirs: options.libdir ?? [], json: isJson(options), name })),
    diff: (program, hear) => program
        .command("diff")
        .description("print the difference between two trees as JSON")
        .argument("<BEFORE>", "an id in the store or a directory", (0,values/* pathOf */.XM)("BEFORE"))
        .argument("<AFTER>", "an id in the store or a directory", (0,values/* pathOf */.XM)("AFTER"))
        .addOption(store())
        .action((before, after, options) => hear({ type: "diff", store: options.store, before, after })),
    changes: (program, hear) => program
        .command("changes")
        .description("print what changed from one image to another, as Markdown")
        .argument("<OLD>", "an SBOM, or the id of an output in the store", (0,values/* pathOf */.XM)("OLD"))
        .argument("<NEW>", "an SBOM, or the id of an output in the store", (0,values/* pathOf */.XM)("NEW"))
        .addOption(store())
        .addOption(json())
        .action((before, after, options) => hear({ type: "changes", store: options.store, before, after, json: isJson(options) })),
    doctor: (program, hear) => program
        .command("doctor")
        .description("check whether this machine can build images")
        .addOption(store())
        .addOption(json())
        .action((options) => hear({ type: "doctor", store: options.store, json: isJson(options) })),
    push: (program, hear) => program
        .command("push")
        .description("put an image, with the SBOMs beside it, into a registry")
        .argument("<IMAGE>", "the image's file", (0,values/* pathOf */.XM)("IMAGE"))
        .argument("<REFERENCE>", "registry.example/owner/image:tag", values/* referenceOf */.Bz)
        .action((image, target) => hear({ type: "push", image, target })),
    shell: (program, hear) => program
        .command("shell")
        .description("open a shell beside the tree of an archive, such as that of a stage that failed")
        .argument("<ARCHIVE>", "a tar archive", (0,values/* pathOf */.XM)("ARCHIVE"))
        .addOption(store())
        .action((archive, options) => hear({ type: "shell", store: options.store, archive })),
    store: addStoreCommands,
    ...authoring,
};
const exitCodes = "exit codes: 0 success, 1 failure, 2 invalid input, 130 interrupted";
const addBuild = (program, hear) => pipelineCommand(program, "build", "build a pipeline; this word may be omitted")
    .addOption(base())
    .addOption(path("-o, --output <DIR>", "put the image into this empty directory"))
    .addOption(path("--from <ARCHIVE>", "unpack this tar archive into the tree first"))
    .addOption(path("--save <ARCHIVE>", "pack the finished tree into this archive"))
    .addOption(sbom("list the image's packages beside it"))
    .option("--verbose", "print the output of the stages")
    .addOption(new option_Option("--quiet", "print failures only").conflicts("verbose"))
    .addOption(new option_Option("--refresh <STEP>", "run this step again, and what follows; may be repeated").argParser(values/* wordsOf */.Z9))
    .addOption(new option_Option("--max-age <AGE>", "use no packages that are older, e.g. 12h, 7d or 4w").argParser(values/* ageOf */.hy))
    .option("--no-cache", "use no stored result")
    .addOption(new option_Option("--max-size <SIZE>", "fail after the stage that makes the tree larger than this, e.g. 500M").argParser((0,values/* sizeOf */.$d)("--max-size")))
    .addOption(new option_Option("--max-growth <SIZE>", "fail after the stage that makes it this much larger than --since").argParser((0,values/* sizeOf */.$d)("--max-growth")))
    .addOption(new option_Option("--since <ID>", "the stored output that --max-growth counts from").argParser((0,values/* idOf */.TH)("--since", "an output")))
    .addOption(new option_Option("--remote <PLACE>", "keep results in this directory or registry's repository, too").argParser(values/* placeOf */.$t))
    .addOption(new option_Option("--dry-run", "print what would run, and run nothing").conflicts("remote"))
    .addOption(new option_Option("--workspace <WHERE>", "keep changes to trees in memory or on disk while building")
    .choices(memory/* rooms */.LQ)
    .default("auto"))
    .option("--debug-shell", "open a shell in the tree of a stage that fails")
    .option("--debug", "print every command that is run, and every mount")
    .action((pipeline, options) => hear({
    type: "build",
    ...pipelineArguments(pipeline, options),
    output: options.output,
    // They are used in another working directory.
    from: options.from === undefined ? undefined : (0,external_node_path_.resolve)(options.from),
    save: options.save === undefined ? undefined : (0,external_node_path_.resolve)(options.save),
    sbom: options.sbom ?? [],
    report: options.json ? "json" : "text",
    verbosity: options.verbose ? "verbose" : options.quiet ? "quiet" : "normal",
    dryRun: options.dryRun ?? false,
    debugShell: options.debugShell ?? false,
    room: options.workspace ?? "auto",
    debug: options.debug ?? false,
    freshness: { refresh: options.refresh ?? [], maxAge: options.maxAge, noCache: options.cache === false },
    budget: budgetOf(options),
    remote: options.remote,
}));
function budgetOf({ maxSize, maxGrowth, since }) {
    if (maxGrowth !== undefined && since === undefined)
        throw (0,values/* wrong */.Qm)("--max-growth needs --since", "name an output in the store: a build prints the output's id");
    if (maxGrowth === undefined && since !== undefined)
        throw (0,values/* wrong */.Qm)("--since needs --max-growth");
    return { maxSize, maxGrowth, since };
}
function addStoreCommands(program, hear) {
    const commands = program.command("store").description("list, verify, prune or export stored results");
    commands
        .command("list")
        .description("list trees and outputs, the most recently used first")
        .addOption(store())
        .addOption(json())
        .action((options) => hear({ type: "store list", store: options.store, json: isJson(options) }));
    commands
        .command("verify")
        .description("compare every object with its digest")
        .addOption(store())
        .addOption(json())
        .action((options) => hear({ type: "store verify", store: options.store, json: isJson(options) }));
    commands
        .command("prune")
        .description("delete what is damaged, unused or over the limits")
        .addOption(store())
        .addOption(new option_Option("--max-size <SIZE>", "keep the most recently used, up to SIZE (e.g. 10G)").argParser((0,values/* sizeOf */.$d)("--max-size")))
        .addOption(new option_Option("--older-than <DAYS>", "delete what hasn't been used for DAYS days").argParser(values/* daysOf */.hF))
        .action(({ store: directory, maxSize, olderThan }) => hear({ type: "store prune", store: directory, maxBytes: maxSize, olderThan }));
    commands
        .command("export")
        .description("copy a tree or an output into a directory")
        .argument("<ID>", "an id in the store")
        .argument("<DIR>", "a directory that is empty or doesn't exist", (0,values/* pathOf */.XM)("DIR"))
        .addOption(store())
        .addOption(sbom("list an output's packages beside it"))
        .action((id, directory, options) => hear({ type: "store export", store: options.store, id, directory, sbom: options.sbom ?? [] }));
}
/** Turns commander's error into a failure. Rethrows it if it only says that help or the version was printed. */
function end(command, error) {
    const { code, exitCode, message } = error;
    if (exitCode === 0)
        throw error;
    const name = command.parent?.parent
        ? `osbuild ${command.parent.name()} ${command.name()}`
        : `osbuild ${command.name()}`;
    if (code === "commander.help")
        throw (0,values/* wrong */.Qm)(`\`${name}\` takes one of ${command.commands.map((below) => below.name()).join(", ")}`);
    const known = `\`${name} --help\` shows the usage`;
    if (code === "commander.excessArguments") {
        const more = command.args.slice(command.registeredArguments.length).map((word) => JSON.stringify(word));
        throw (0,values/* wrong */.Qm)(`\`${name}\`: unexpected ${more.join(", ")}`, known);
    }
    const [, what = message, suggestion] = /^error: (.*?)\.?(?:\n\(Did you mean (.*)\?\))?$/s.exec(message) ?? [];
    const hint = suggestion === undefined ? known : `did you mean ${suggestion}?`;
    throw (0,values/* wrong */.Qm)(`\`${name}\`: ${what}`, hint);
}


/***/ }),

/***/ 7040:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  O: () => (/* binding */ buildCommand),
  r: () => (/* binding */ requireImage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./out/src/build/build.js
var build_build = __nccwpck_require__(3225);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/trace.js
var trace = __nccwpck_require__(2252);
// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __nccwpck_require__(5070);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __nccwpck_require__(1563);
// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var secrets = __nccwpck_require__(6784);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __nccwpck_require__(7250);
// EXTERNAL MODULE: ./out/src/report/json.js
var json = __nccwpck_require__(811);
// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __nccwpck_require__(5529);
// EXTERNAL MODULE: ./out/src/report/step-results.js
var step_results = __nccwpck_require__(8388);
// EXTERNAL MODULE: ./out/src/report/text.js + 2 modules
var report_text = __nccwpck_require__(5964);
// EXTERNAL MODULE: ./out/src/sbom/documents.js
var sbom_documents = __nccwpck_require__(2644);
// EXTERNAL MODULE: ./out/src/store/exports.js + 1 modules
var store_exports = __nccwpck_require__(5255);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __nccwpck_require__(9396);
// EXTERNAL MODULE: ./out/src/store/logs.js
var store_logs = __nccwpck_require__(7825);
// EXTERNAL MODULE: ./out/src/store/verdicts.js
var store_verdicts = __nccwpck_require__(3076);
// EXTERNAL MODULE: ./out/src/cli/archives.js
var archives = __nccwpck_require__(2264);
;// CONCATENATED MODULE: ./out/src/cli/boot-line.js

const pc = { program: "qemu-system-x86_64 -cpu max", firmware: "" };
const uefi = {
    x64: { ...pc, firmware: " -bios /usr/share/ovmf/OVMF.fd" },
    arm64: {
        program: "qemu-system-aarch64 -machine virt -cpu cortex-a72",
        firmware: " -bios /usr/share/qemu-efi-aarch64/QEMU_EFI.fd",
    },
};
const formats = {
    ".qcow2": "qcow2",
    ".img": "raw",
    ".raw": "raw",
    ".vdi": "vdi",
    ".vmdk": "vmdk",
};
/** The line that says how to boot a disk image. None if the file's `name` isn't that of a format that QEMU reads. */
async function bootLine(pipeline, name, image) {
    const format = formats[name.slice(name.lastIndexOf("."))];
    if (format === undefined)
        return [];
    const { program, firmware } = await emulatorFor(pipeline, image);
    const drive = `-drive file=${image},format=${format},if=virtio,snapshot=on`;
    return [
        `boot it: ${program} -m 1024 -nographic${firmware} ${drive} -nic user,model=virtio-net-pci,hostfwd=tcp::2222-:22`,
    ];
}
/** The emulator that boots a disk. Only disks with custom partitions may need another than a PC with a BIOS. */
async function emulatorFor({ assembler }, image) {
    const options = assembler?.options;
    if (typeof options !== "object" || options === null || !("partitions" in options))
        return pc;
    const [{ firmwareOf }, { readDisk }, { architectureOf }] = await Promise.all([
        __nccwpck_require__.e(/* import() */ 935).then(__nccwpck_require__.bind(__nccwpck_require__, 9935)),
        __nccwpck_require__.e(/* import() */ 503).then(__nccwpck_require__.bind(__nccwpck_require__, 8503)),
        __nccwpck_require__.e(/* import() */ 329).then(__nccwpck_require__.bind(__nccwpck_require__, 1329)),
    ]);
    try {
        const disk = await readDisk(image);
        return firmwareOf(disk) === "UEFI" ? uefi[await architectureOf(image, disk)] : pc;
    }
    catch (error) {
        // The tools that read the disk may be missing on the host.
        if (error instanceof errors/* BuildError */.zS)
            return pc;
        throw error;
    }
}

// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __nccwpck_require__(2635);
;// CONCATENATED MODULE: ./out/src/cli/budget.js


/** Reads the image that growth is measured from. Undefined if there are no limits. */
async function budgetIn(layout, { maxSize, maxGrowth, since }) {
    if (maxSize === undefined && maxGrowth === undefined)
        return undefined;
    if (maxGrowth === undefined || since === undefined)
        return { maxSize, maxGrowth: undefined };
    const contents = await (0,integrity/* recordedContents */.hN)(layout, since);
    if (contents !== undefined)
        return { maxSize, maxGrowth: { bytes: maxGrowth, since: { label: since.slice(0, 12), contents } } };
    const hint = "a build with --max-size or --sbom records that, and `osbuild store list` shows what there is";
    throw (0,errors/* failure */.V2)("STORE", `the store doesn't know what the output ${since} contains`, hint);
}

// EXTERNAL MODULE: ./out/src/cli/color.js
var color = __nccwpck_require__(2632);
// EXTERNAL MODULE: ./out/src/cli/values.js + 1 modules
var values = __nccwpck_require__(6199);
;// CONCATENATED MODULE: ./out/src/cli/build.js






















/** `osbuild build`: reports as text, or as one JSON document, even if the build fails. */
async function buildCommand(args, signal, env) {
    if (args.debug)
        (0,trace/* traceCommands */.KK)((line) => process.stderr.write(`${line}\n`));
    if (args.report === "text")
        return toText(await prepare(args), args, { signal, env });
    const prepared = await prepare(args).catch((error) => {
        if (error instanceof errors/* BuildError */.zS)
            printJson((0,json/* jsonFailure */.T)(error));
        throw error;
    });
    return toJson(prepared, args, { signal, env });
}
async function prepare(args) {
    const verdicts = await (0,store_verdicts/* readVerdicts */.H)((0,store_layout/* layoutOf */.aH)(args.store));
    const loaded = await (0,load/* loadPipeline */.Bp)(args, verdicts);
    (0,secrets/* requireSecrets */.pU)(loaded);
    const unused = (0,secrets/* unusedSecrets */.yq)([loaded], args.secrets ?? new Map());
    const pipeline = { ...loaded, warnings: [...loaded.warnings, ...unused] };
    (0,values/* requireSteps */.F9)(pipeline, args.freshness.refresh);
    await (0,archives/* requireArchives */.D)(args);
    requireImage(pipeline, args);
    const layout = await (0,store_layout/* createStore */.y$)(args.store);
    await (0,store_verdicts/* writeVerdicts */.O)(layout, verdicts);
    const target = targetOf(pipeline, args.output);
    if (target.type === "directory")
        await (0,store_exports/* requireEmpty */.R2)(layout, target.path);
    return { pipeline, layout, target, budget: await budgetIn(layout, args.budget) };
}
/** Checks that there will be an image beside which the SBOMs can be. */
function requireImage({ assembler, stages }, { sbom, output }) {
    if (sbom.length === 0)
        return;
    const wrong = (message, hint) => new errors/* BuildError */.zS("INVALID", [{ message, at: (assembler ?? stages.at(-1))?.at, hint }]);
    if (assembler === null)
        throw wrong("--sbom is given, but the pipeline makes no image", "add an assembler");
    if (output === undefined)
        throw (0,errors/* failure */.V2)("INVALID", "--sbom writes beside the image", "name a directory for both with --output");
}
async function buildAndDeliver(prepared, args, { signal, env }, report) {
    const { pipeline, layout, target } = prepared;
    const { from, save, sbom, room } = args;
    const debugShell = args.debugShell && process.stdin.isTTY;
    const { budget } = prepared;
    const contents = sbom.length > 0 || budget !== undefined ? "required" : undefined;
    const freshness = { ...args.freshness, started: Date.now() };
    const context = { layout, signal, report, from, save, debugShell, room, contents, freshness, budget };
    const build = (beyond = {}) => (0,build_build/* buildOutput */.A)(pipeline, { ...context, ...beyond }, (record) => deliver(layout, record, target, sbom));
    if (args.remote === undefined && !(0,pipeline_pipeline/* hasImageBase */.vd)(pipeline))
        return build();
    const { withBeyond } = await Promise.all(/* import() */[__nccwpck_require__.e(93), __nccwpck_require__.e(10)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9010));
    const ids = (0,pipeline_pipeline/* allSteps */.Bd)(pipeline).map(({ id }) => id);
    return withBeyond(args.remote, layout, { env, signal, report, steps: ids }, build);
}
async function deliver(layout, record, target, sbom) {
    if (target.type === "store")
        return;
    if (target.type === "file")
        return (0,store_exports/* exportFile */.HP)(layout, record, target.path);
    const documents = await (0,sbom_documents/* sbomDocuments */.C)(layout, record, sbom);
    if (await (0,store_exports/* isExported */.g4)(layout, record, target.path, documents))
        return;
    return (0,store_exports/* exportOutput */.CT)(layout, record, target.path, documents);
}
/** The destination of the output. In pipelines of June 2019 the stage that writes the image names it as `target`. */
function targetOf(pipeline, output) {
    if (output !== undefined)
        return { type: "directory", path: (0,external_node_path_.resolve)(output) };
    const options = pipeline.assembler?.options;
    const named = typeof options === "object" && options !== null && "target" in options ? options.target : undefined;
    return typeof named === "string" ? { type: "file", path: (0,external_node_path_.resolve)(named) } : { type: "store" };
}
async function toText(prepared, args, given) {
    const { write, isTTY, columns } = process.stdout;
    const output = {
        write: write.bind(process.stdout),
        paint: (0,color/* painter */.C)(process.stdout),
        columns: isTTY ? columns : undefined,
    };
    const text = (0,report_text/* textReport */.M)(output, args.verbosity);
    try {
        const record = await buildAndDeliver(prepared, args, given, text.report);
        text.close();
        if (args.verbosity !== "quiet")
            output.write(await resultText(prepared, record, args.sbom));
    }
    catch (error) {
        text.close();
        throw error;
    }
}
async function resultText({ pipeline, layout, target }, record, sbom) {
    const lines = ["", `tree id: ${pipeline.treeId ?? "none"}`];
    if (record !== undefined) {
        const directory = target.type === "directory" ? target.path : layout.object(record.object);
        lines.push(`output id: ${record.id}`);
        for (const { path, size, sha256 } of record.files) {
            const place = target.type === "file" ? target.path : `${directory}/${path}`;
            lines.push(`${(0,problems/* printable */.g$)(place)}  ${(0,format/* formatBytes */.z3)(size)}  sha256:${sha256}`);
            if (record.name.endsWith("qemu"))
                lines.push(...(await bootLine(pipeline, path, place)));
        }
        for (const path of (0,sbom_documents/* sbomPaths */.m)(record, sbom))
            lines.push(`${(0,problems/* printable */.g$)(`${directory}/${path}`)}  SBOM`);
    }
    return `${lines.join("\n")}\n`;
}
async function toJson(prepared, args, given) {
    const { pipeline, layout, target } = prepared;
    const ended = (0,step_results/* stepResults */.v8)();
    const result = async () => {
        const logs = new Map();
        for (const { id } of (0,pipeline_pipeline/* allSteps */.Bd)(pipeline))
            logs.set(id, (await (0,store_logs/* readLog */.x6)(layout.log(id))) ?? "");
        const all = ended.all();
        const { engineSeconds } = await __nccwpck_require__.e(/* import() */ 640).then(__nccwpck_require__.bind(__nccwpck_require__, 4878));
        const results = new Map(all.map(({ step, result }) => [step.id, result]));
        return (0,json/* jsonResult */.A)(pipeline, { results, engine: engineSeconds(all), logs }, target.type === "store" ? null : target.path);
    };
    try {
        await buildAndDeliver(prepared, args, given, ended.add);
    }
    catch (error) {
        if (error instanceof errors/* BuildError */.zS)
            printJson({ ...(await result()), ...(0,json/* jsonFailure */.T)(error) });
        throw error;
    }
    printJson(await result());
}
const printJson = (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);


/***/ }),

/***/ 2632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ painter)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

/** Colours text for a terminal, unless NO_COLOR is set. */
const painter = (stream) => (color, text) => (0,node_util__WEBPACK_IMPORTED_MODULE_0__.styleText)(color, text, { stream });


/***/ }),

/***/ 1751:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _host_sudo_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8996);
/* harmony import */ var _report_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5529);
/* harmony import */ var _store_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9396);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2847);
/* harmony import */ var _build_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7040);
/* harmony import */ var _color_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2632);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6066);








// Modes must not depend on the caller's umask.
process.umask(0o022);
const argv = process.argv.slice(2);
const interrupt = new AbortController();
let isUnread = false;
for (const stream of [process.stdout, process.stderr])
    stream.on("error", endUnread);
const code = await main().catch(failed);
if (!isUnread)
    process.exitCode = code;
/** Ends quietly when nobody reads the output any more, such as `head` when it has its lines. */
function endUnread(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .hasCode */ .up)(error, "EPIPE"))
        throw error;
    isUnread = true;
    // The shell's code of a program that SIGPIPE ends.
    process.exitCode = 128 + 13;
    interrupt.abort();
}
async function main() {
    const command = (0,_arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .readArguments */ .l)(argv);
    if (!(0,_host_sudo_js__WEBPACK_IMPORTED_MODULE_1__/* .isRoot */ .jX)() && (await needsRoot(command)))
        return becomeRoot(command, [process.execPath, ...process.argv.slice(1)]);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
        process.once(signal, () => interrupt.abort());
    return execute(await withSecrets(command), interrupt.signal);
}
async function withSecrets(command) {
    if (!("secretSources" in command))
        return command;
    return { ...command, secrets: await (0,_secrets_js__WEBPACK_IMPORTED_MODULE_7__/* .readSecrets */ .ql)(command.secretSources, process.env) };
}
function sourcesIn(command) {
    return "secretSources" in command ? command.secretSources : [];
}
/**
 * Executes a command and returns the exit code. Only its own modules are loaded, which takes longer than many a build.
 */
async function execute(command, signal) {
    switch (command.type) {
        case "build":
            if (command.dryRun)
                await (await __nccwpck_require__.e(/* import() */ 446).then(__nccwpck_require__.bind(__nccwpck_require__, 3446))).dryRunCommand(command);
            else
                await (0,_build_js__WEBPACK_IMPORTED_MODULE_5__/* .buildCommand */ .O)(command, signal, process.env);
            return 0;
        case "inspect":
            await (await __nccwpck_require__.e(/* import() */ 599).then(__nccwpck_require__.bind(__nccwpck_require__, 3599))).inspectCommand(command);
            return 0;
        case "lock":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(93), __nccwpck_require__.e(395), __nccwpck_require__.e(10), __nccwpck_require__.e(803), __nccwpck_require__.e(422)]).then(__nccwpck_require__.bind(__nccwpck_require__, 500))).lockCommand(command, signal, process.env);
            return 0;
        case "verify":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(93), __nccwpck_require__.e(10), __nccwpck_require__.e(566)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8566))).verifyCommand(command, signal, process.env);
            return 0;
        case "schema":
            await (await __nccwpck_require__.e(/* import() */ 869).then(__nccwpck_require__.bind(__nccwpck_require__, 869))).schemaCommand(command);
            return 0;
        case "stages":
            await (await __nccwpck_require__.e(/* import() */ 888).then(__nccwpck_require__.bind(__nccwpck_require__, 888))).stagesCommand(command);
            return 0;
        case "changes":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(543), __nccwpck_require__.e(588)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2588))).changesCommand(command);
            return 0;
        case "diff":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(64)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1064))).diffCommand(command);
            return 0;
        case "doctor":
            return (await __nccwpck_require__.e(/* import() */ 764).then(__nccwpck_require__.bind(__nccwpck_require__, 764))).doctorCommand(command);
        case "store list":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(903)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4903))).listCommand(command);
            return 0;
        case "store verify":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(903)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4903))).verifyStoreCommand(command);
            return 0;
        case "store prune":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(903)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4903))).pruneCommand(command);
            return 0;
        case "store export":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(765), __nccwpck_require__.e(254), __nccwpck_require__.e(903)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4903))).exportCommand(command);
            return 0;
        case "completion":
            await (await __nccwpck_require__.e(/* import() */ 71).then(__nccwpck_require__.bind(__nccwpck_require__, 2071))).completionCommand(command);
            return 0;
        case "explain":
            await (await __nccwpck_require__.e(/* import() */ 129).then(__nccwpck_require__.bind(__nccwpck_require__, 129))).explainCommand(command);
            return 0;
        case "fmt":
            return (await Promise.all(/* import() */[__nccwpck_require__.e(892), __nccwpck_require__.e(794)]).then(__nccwpck_require__.bind(__nccwpck_require__, 794))).fmtCommand(command);
        case "graph":
            await (await __nccwpck_require__.e(/* import() */ 182).then(__nccwpck_require__.bind(__nccwpck_require__, 1182))).graphCommand(command);
            return 0;
        case "init":
            await (await __nccwpck_require__.e(/* import() */ 81).then(__nccwpck_require__.bind(__nccwpck_require__, 3081))).initCommand(command);
            return 0;
        case "push":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(93), __nccwpck_require__.e(411)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2411))).pushCommand(command, process.env, signal);
            return 0;
        case "shell":
            await (await Promise.all(/* import() */[__nccwpck_require__.e(395), __nccwpck_require__.e(649)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8649))).shellCommand(command);
            return 0;
        case "text":
            process.stdout.write(command.text);
            return 0;
        default:
            return command;
    }
}
/** Runs this command line as root. */
async function becomeRoot(command, line) {
    const variables = (0,_secrets_js__WEBPACK_IMPORTED_MODULE_7__/* .variablesFor */ .j$)(sourcesIn(command));
    if (!["build", "lock", "verify"].includes(command.type))
        return (0,_host_sudo_js__WEBPACK_IMPORTED_MODULE_1__/* .runAsRoot */ .yf)(line, process.env, variables);
    const { runAsRootWithAccess } = await Promise.all(/* import() */[__nccwpck_require__.e(93), __nccwpck_require__.e(10)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9010));
    const remote = command.type === "build" ? command.remote : undefined;
    return runAsRootWithAccess(remote, line, process.env, variables);
}
async function needsRoot(command) {
    switch (command.type) {
        case "text":
        case "completion":
        case "fmt":
        case "init":
        case "push":
        case "schema":
        case "stages":
            return false;
        // These need root only to read a store that belongs to root.
        case "changes":
        case "explain":
        case "graph":
        case "inspect":
        case "store list":
            return (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .isClosed */ .Lx)((0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layoutOf */ .aH)(command.store));
        case "lock":
            return !command.frozen || (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .isClosed */ .Lx)((0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layoutOf */ .aH)(command.store));
        case "build":
            return !command.dryRun || (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .isClosed */ .Lx)((0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layoutOf */ .aH)(command.store));
        // Other users can't read all files of a tree, nor all their attributes.
        case "diff":
        case "doctor":
        case "shell":
        case "verify":
        case "store export":
        case "store prune":
        case "store verify":
            return true;
        default:
            return command;
    }
}
function failed(error) {
    if (isUnread)
        return 1;
    const expected = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS ? error : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asDiskFull */ .nP)(error);
    const paint = (0,_color_js__WEBPACK_IMPORTED_MODULE_6__/* .painter */ .C)(process.stderr);
    const text = expected?.problems.map((problem) => (0,_report_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .formatProblem */ .Vw)(problem, paint)).join("\n");
    process.stderr.write(`${text ?? (0,_report_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBug */ .eM)(error)}\n`);
    return expected === undefined ? 1 : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodeOf */ .FO)(expected);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 6066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j$: () => (/* binding */ variablesFor),
/* harmony export */   od: () => (/* binding */ secretSourcesOf),
/* harmony export */   ql: () => (/* binding */ readSecrets)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3740);
/* harmony import */ var _secrets_secret_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6526);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6199);
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




const form = "--secret takes id=NAME,env=VARIABLE or id=NAME,src=FILE";
/** Reads `--secret`, in the form that docker and podman have for it. Values never are on a command line. */
function secretSourcesOf(text, before = []) {
    const fields = new Map(text.split(",").map((field) => splitOnce(field)));
    const [name = "", env, src] = ["id", "env", "src"].map((key) => fields.get(key));
    const from = env !== undefined ? { env } : src !== undefined ? { src } : undefined;
    // The text isn't repeated, because it may be the secret itself.
    if (fields.size !== 2 || from === undefined || fields.get("env") === "" || fields.get("src") === "")
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .wrong */ .Qm)(form);
    if (!(0,_secrets_secret_js__WEBPACK_IMPORTED_MODULE_3__/* .isSecretName */ .eh)(name))
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .wrong */ .Qm)(`${form}, where NAME has letters, digits, dots, dashes and underscores`);
    if (before.some((other) => other.name === name))
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .wrong */ .Qm)(`--secret id=${name} is there twice`);
    return [...before, { name, from }];
}
function splitOnce(field) {
    const at = field.indexOf("=");
    return at === -1 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
}
/** The variables of the environment that secrets come from. */
const variablesFor = (sources) => sources.flatMap(({ from }) => ("env" in from ? [from.env] : []));
/** Reads the values of secrets. */
async function readSecrets(sources, environment) {
    const read = sources.map(async ({ name, from }) => {
        const value = "env" in from ? variable(name, from.env, environment) : await content(name, from.src);
        const why = (0,_secrets_secret_js__WEBPACK_IMPORTED_MODULE_3__/* .unfitness */ .oc)(value);
        if (why !== undefined)
            throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("INVALID", `the secret ${name} ${why}`);
        return [name, (0,_secrets_secret_js__WEBPACK_IMPORTED_MODULE_3__/* .secretOf */ .OM)(value)];
    });
    return new Map(await Promise.all(read));
}
function variable(name, key, environment) {
    const value = environment[key];
    if (value === undefined)
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("INVALID", `the environment has no variable ${key}, which the secret ${name} comes from`);
    return value;
}
async function content(name, path) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_1__/* .openPlain */ .Hu)(path), true);
            const buffer = Buffer.alloc(_secrets_secret_js__WEBPACK_IMPORTED_MODULE_3__/* .mostBytes */ .j$ + 1);
            const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
            return buffer.toString("utf8", 0, bytesRead);
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
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS || ["ENOENT", "ENOTDIR", "EACCES"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .hasCode */ .up)(error, code))))
            throw error;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("INVALID", `the secret ${name} can't be read: ${error.message}`);
    }
}


/***/ }),

/***/ 5908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ templates)
/* harmony export */ });
const selfHosted = "[self-hosted, linux]";
/** The starts, by the name of the template. */
const templates = {
    debian: { sample: "debian-12", runner: selfHosted },
    fedora: { sample: "fedora", runner: selfHosted },
    container: { sample: "container", runner: selfHosted },
    // A machine of the Pi's own architecture needs no emulation, which takes ten times as long.
    "raspberry-pi": { sample: "raspberry-pi", runner: "ubuntu-24.04-arm" },
};


/***/ }),

/***/ 6199:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  hy: () => (/* binding */ ageOf),
  bx: () => (/* binding */ baseOf),
  hF: () => (/* binding */ daysOf),
  TH: () => (/* binding */ idOf),
  XM: () => (/* binding */ pathOf),
  wG: () => (/* binding */ pathsOf),
  $t: () => (/* binding */ placeOf),
  Bz: () => (/* binding */ referenceOf),
  F9: () => (/* binding */ requireSteps),
  Pp: () => (/* binding */ sbomOf),
  f5: () => (/* binding */ settingsOf),
  $d: () => (/* binding */ sizeOf),
  kW: () => (/* binding */ templateOf),
  Z9: () => (/* binding */ wordsOf),
  Qm: () => (/* binding */ wrong)
});

// EXTERNAL MODULE: ./out/src/build/freshness.js
var freshness = __nccwpck_require__(3130);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/paths.js
var paths = __nccwpck_require__(8985);
// EXTERNAL MODULE: ./out/src/json/suggest.js + 1 modules
var suggest = __nccwpck_require__(7027);
// EXTERNAL MODULE: ./out/src/json/wording.js
var wording = __nccwpck_require__(6161);
// EXTERNAL MODULE: ./out/src/pipeline/resolution/setting.js
var resolution_setting = __nccwpck_require__(8960);
// EXTERNAL MODULE: ./out/src/registry/reference.js
var registry_reference = __nccwpck_require__(4261);
// EXTERNAL MODULE: ./out/src/remote/place.js
var remote_place = __nccwpck_require__(3514);
// EXTERNAL MODULE: ./out/src/report/age.js
var report_age = __nccwpck_require__(4078);
;// CONCATENATED MODULE: ./out/src/report/size.js
/** The forms that parseSize() accepts, in words. */
const sizeForms = "a number that may end in K, M, G or T, such as 500M";
/** Parses a size in bytes, such as `500M` or `1.5G`. Undefined if the text isn't one. */
function parseSize(text) {
    const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
    return number === undefined ? undefined : Math.floor(Number(number) * 1024 ** " KMGT".indexOf(unit || " "));
}

// EXTERNAL MODULE: ./out/src/sbom/formats.js
var formats = __nccwpck_require__(6206);
// EXTERNAL MODULE: ./out/src/cli/templates.js
var templates = __nccwpck_require__(5908);
;// CONCATENATED MODULE: ./out/src/cli/values.js












/** Makes the failure for a wrong command line. */
const wrong = (message, hint = "`osbuild --help` shows the usage") => (0,errors/* failure */.V2)("INVALID", message, hint);
/** Reads an option's or an argument's path. */
const pathOf = (name) => (path) => {
    const why = (0,paths/* impossiblePath */.B)(path);
    if (why !== undefined)
        throw wrong(`${name} ${why}`);
    return path;
};
/** Reads an option that may be given several times. */
const pathsOf = (name) => (path, before = []) => [...before, pathOf(name)(path)];
/** Reads the value of a variable. Each may be given once. */
function settingsOf(text, before = []) {
    const setting = (0,resolution_setting/* settingOf */.y)(text);
    if (setting === undefined)
        throw wrong(`--set takes NAME=VALUE, not ${text}`);
    if (before.some(({ name }) => name === setting.name))
        throw wrong(`--set ${setting.name} is there twice`);
    return [...before, setting];
}
/** Reads a word of an option that may be given several times. */
const wordsOf = (word, before = []) => [...before, word];
const isId = (text) => /^[0-9a-f]{64}$/.test(text);
/** Reads an option's id, of a tree or of an output. */
const idOf = (option, of) => (text) => {
    if (!isId(text))
        throw wrong(`${option} takes the id of ${of}: 64 hex digits`);
    return text;
};
/** Reads the base of `--base`. */
function baseOf(text) {
    if ((0,registry_reference/* parsePinned */.A4)(text) === undefined && !isId(text))
        throw wrong("--base takes the id of a tree, 64 hex digits, or an image such as registry.example/owner/image@sha256:…");
    return text;
}
/** Reads the format of an SBOM, which may be given several times. */
function sbomOf(text, before = []) {
    const known = Object.keys(formats/* sbomFormats */.eI);
    if (!(0,formats/* isSbomFormat */.b8)(text))
        throw wrong(`--sbom takes ${known.join(" or ")}, not ${text}`, (0,suggest/* didYouMean */.a)(text, known));
    return [...before, text];
}
/** Reads an option's size, such as 10G. */
const sizeOf = (option) => (text) => {
    const size = parseSize(text);
    if (size === undefined)
        throw wrong(`${option} takes ${sizeForms}, not ${text}`);
    return size;
};
/** Reads the place of a remote. */
function placeOf(text) {
    const place = (0,remote_place/* parsePlace */.De)(text);
    if (place === undefined)
        throw wrong(`--remote takes ${remote_place/* placeForms */.VB}, not ${text}`);
    return place;
}
/** Reads the reference of an image in a registry. */
function referenceOf(text) {
    const reference = (0,registry_reference/* parseTagged */.UB)(text);
    if (reference === undefined)
        throw wrong(`REFERENCE isn't an image's name with a tag: ${text}`, registry_reference/* taggedForm */.Vn);
    return reference;
}
/** Reads the name of a template. */
function templateOf(text) {
    const known = Object.keys(templates/* templates */.k);
    if (!Object.hasOwn(templates/* templates */.k, text))
        throw wrong(`--template takes ${(0,wording/* list */.p_)(known, "or")}, not ${text}`, (0,suggest/* didYouMean */.a)(text, known));
    return text;
}
/** Reads a number of days. */
function daysOf(text) {
    if (!/^\d+(\.\d+)?$/.test(text))
        throw wrong(`--older-than takes a number of days, not ${text}`);
    return Number(text);
}
/** Reads an age, such as 7d. */
function ageOf(text) {
    const age = (0,report_age/* parseAge */.F1)(text);
    if (age === undefined)
        throw wrong(`--max-age takes ${report_age/* ageForms */.Xy}, not ${text}`);
    return age;
}
/** Throws if the pipeline lacks a step to run again. */
function requireSteps(pipeline, names) {
    const problems = (0,freshness/* unknownSteps */.So)([pipeline], names);
    if (problems.length > 0)
        throw new errors/* BuildError */.zS("INVALID", problems);
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
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   V2: () => (/* binding */ failure),
/* harmony export */   bt: () => (/* binding */ ignoreMissing),
/* harmony export */   nF: () => (/* binding */ fewerStages),
/* harmony export */   nP: () => (/* binding */ asDiskFull),
/* harmony export */   up: () => (/* binding */ hasCode),
/* harmony export */   xg: () => (/* binding */ diskFull),
/* harmony export */   zS: () => (/* binding */ BuildError)
/* harmony export */ });
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
  w0: () => (/* binding */ enginePrograms),
  Kp: () => (/* binding */ findProgram),
  iB: () => (/* binding */ missingPrograms),
  UN: () => (/* binding */ networkPrograms),
  DW: () => (/* binding */ providePrograms)
});

// UNUSED EXPORTS: bootNeeds, cachePrograms

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
    const machine = architecture === "arm64" ? catalogue["boot arm64"] : catalogue["boot x64"];
    const extras = { ...(script ? catalogue["boot script"] : {}), ...(tpm ? catalogue["boot tpm"] : {}) };
    const programs = { ...catalogue.boot, ...machine, ...extras };
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
/* harmony export */   B: () => (/* binding */ impossiblePath),
/* harmony export */   C: () => (/* binding */ statIfThere)
/* harmony export */ });
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
/* harmony export */   NE: () => (/* binding */ openFolder),
/* harmony export */   S6: () => (/* binding */ NotPlainError),
/* harmony export */   SL: () => (/* binding */ openBelow),
/* harmony export */   jb: () => (/* binding */ copyOpened),
/* harmony export */   rM: () => (/* binding */ readPlain),
/* harmony export */   uA: () => (/* binding */ readPlainSync),
/* harmony export */   ux: () => (/* binding */ within),
/* harmony export */   yi: () => (/* binding */ writePlain)
/* harmony export */ });
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
/* harmony export */   jX: () => (/* binding */ isRoot),
/* harmony export */   yf: () => (/* binding */ runAsRoot)
/* harmony export */ });
/* unused harmony export canBecomeRoot */
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
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("HOST", message, hint, { cause: result.cause });
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
  r4: () => (/* binding */ parseText),
  u0: () => (/* binding */ readDocument),
  iQ: () => (/* binding */ standardInput)
});

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

/***/ 8276:
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./out/src/pipeline/file-digest.js


/**
 * The SHA-256, in hex, of a file or of a whole directory. It covers what git keeps too: names, contents, links and the
 * executable bit, but not owners, times and the umask of the checkout. `found` gets the digest of each file in it.
 */
function fileDigest(path, { found = () => undefined, isExcluded = () => false } = {}) {
    const hash = (0,external_node_crypto_.createHash)("sha256");
    const stats = (0,external_node_fs_.lstatSync)(path);
    if (stats.isSymbolicLink())
        hash.update(`link ${(0,external_node_fs_.readlinkSync)(path)}`);
    else if (stats.isDirectory()) {
        hash.update("directory ");
        for (const name of (0,external_node_fs_.readdirSync)(path)
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
    const file = (0,external_node_fs_.openSync)(path, "r");
    try {
        for (let read = (0,external_node_fs_.readSync)(file, block); read > 0; read = (0,external_node_fs_.readSync)(file, block))
            hash.update(block.subarray(0, read));
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
const block = Buffer.allocUnsafe(256 * 1024);

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
    const digest = fileDigest(path);
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
        const sum = fileDigest(path, {
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

/***/ 5070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  vT: () => (/* binding */ libraryOf),
  Bp: () => (/* binding */ loadPipeline),
  qW: () => (/* binding */ loadUnlocked),
  $t: () => (/* binding */ ownLibdir),
  rS: () => (/* binding */ requireLibdirs)
});

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
// EXTERNAL MODULE: ./out/src/pipeline/requires.js
var requires = __nccwpck_require__(2941);
// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var pipeline_secrets = __nccwpck_require__(6784);
// EXTERNAL MODULE: ./out/src/pipeline/validation/validate.js + 9 modules
var validate = __nccwpck_require__(2225);
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
    const wrong = await (0,validate/* validateOptions */.Lm)(document, node, program, verdicts);
    problems.push(...wrong);
    if (wrong.length === 0)
        warnings.push(...(await (0,validate/* optionWarnings */.X7)(document, node, program, verdicts)));
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
        requires: wrong.length === 0 ? await (0,requires/* requiredPrograms */.D3)(program, value, verdicts) : [],
        getsLayers: wrong.length === 0 && (await (0,requires/* getsLayers */.cu)(program, value, verdicts)),
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
        (0,validate/* validateShape */.Sq)(document, "pipeline", verdicts),
        buildPipeline === undefined ? [] : (0,validate/* validateShape */.Sq)(buildPipeline, "pipeline", verdicts),
        buildEnv === undefined ? [] : (0,validate/* validateShape */.Sq)(buildEnv, "build", verdicts),
        mirrors === undefined ? [] : (0,validate/* validateShape */.Sq)(mirrors, "mirrors", verdicts),
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
const keys = new Map([
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
    const kinds = change.type === "object" ? [...keys.keys()].filter((key) => (0,json_nodes/* member */.Dc)(change, key) !== undefined) : [];
    const [kind, second] = kinds;
    if (kind === undefined || second !== undefined) {
        report(change, `a change has one of the keys ${(0,wording/* list */.p_)([...keys.keys()], "and")}`);
        return undefined;
    }
    const key = keys.get(kind);
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

// EXTERNAL MODULE: ./out/src/pipeline/resolution/setting.js
var setting = __nccwpck_require__(8960);
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
        if ((0,setting/* settingOf */.y)(`${key.value}=`) === undefined) {
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
        throw new errors/* BuildError */.zS("INVALID", inOrder((0,json_location/* distinct */.dM)(problems)));
    return resolved;
}
/** Sorts the problems of each file by their place. */
function inOrder(problems) {
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
    gather(context, document, node, within, parts);
    const [list] = parts.lists;
    const stages = list === undefined ? [] : [[list[0], (0,json_nodes/* withChildren */.OF)(list[1], parts.stages)]];
    const { type, offset, length } = node;
    const properties = [...parts.others.values(), ...stages].map(([key, value]) => (0,json_nodes/* withChildren */.OF)({ type: "property", offset: key.offset, length: key.length }, [key, value]));
    const pipeline = (0,json_nodes/* withChildren */.OF)({ type, offset, length }, properties);
    context.origins.set(pipeline, document);
    return pipeline;
}
/** Adds the stages and keys of a pipeline, and before them those of the files that it includes, with its changes. */
function gather(context, document, node, within, parts) {
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
        gather(context, file, file.root, [...within, file], { ...parts, others });
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
/* harmony export */   LQ: () => (/* binding */ partFor),
/* harmony export */   X5: () => (/* binding */ formatLock),
/* harmony export */   g7: () => (/* binding */ resolutionShape),
/* harmony export */   hX: () => (/* binding */ lockables),
/* harmony export */   kK: () => (/* binding */ withLock),
/* harmony export */   mF: () => (/* binding */ readLock),
/* harmony export */   tc: () => (/* binding */ misfitsOf),
/* harmony export */   ue: () => (/* binding */ isLockFile)
/* harmony export */ });
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

/***/ 2941:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D3: () => (/* binding */ requiredPrograms),
/* harmony export */   cu: () => (/* binding */ getsLayers),
/* harmony export */   hX: () => (/* binding */ possiblyRequired)
/* harmony export */ });
/* harmony import */ var _programs_library_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1373);
/* harmony import */ var _validation_validate_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2225);


/** The system programs that a stage or an assembler needs with these options. */
async function requiredPrograms(program, options, verdicts) {
    const programsOf = async (item) => {
        if (typeof item === "string")
            return [item];
        return (await (0,_validation_validate_js__WEBPACK_IMPORTED_MODULE_1__/* .matches */ .cK)(options, item.when, (0,_programs_library_js__WEBPACK_IMPORTED_MODULE_0__/* .metaPath */ .bs)(program), verdicts)) ? item.programs : [];
    };
    const all = await Promise.all((program.meta.requires ?? []).map(programsOf));
    return [...new Set(all.flat())];
}
/** Whether an assembler gets the tree's layers one by one with these options. */
async function getsLayers(program, options, verdicts) {
    const { layers } = program.meta;
    if (layers === undefined || layers === true)
        return layers === true;
    return (0,_validation_validate_js__WEBPACK_IMPORTED_MODULE_1__/* .matches */ .cK)(options, layers, (0,_programs_library_js__WEBPACK_IMPORTED_MODULE_0__/* .metaPath */ .bs)(program), verdicts);
}
/** The system programs that a stage or an assembler may need, whatever its options are. */
const possiblyRequired = (requires) => [
    ...new Set(requires.flatMap((item) => (typeof item === "string" ? item : item.programs))),
];


/***/ }),

/***/ 8960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ settingOf)
/* harmony export */ });
/** Reads `name=value`; undefined if the text has another form. */
function settingOf(text) {
    const [, name, value] = /^([A-Za-z_][\w-]*)=([\s\S]*)$/.exec(text) ?? [];
    return name === undefined || value === undefined ? undefined : { name, value };
}


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

/***/ 2225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  cK: () => (/* binding */ matches),
  X7: () => (/* binding */ optionWarnings),
  Lm: () => (/* binding */ validateOptions),
  Sq: () => (/* binding */ validateShape)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./out/schema/pipeline.json
var pipeline = __nccwpck_require__(971);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/json/nodes.js
var nodes = __nccwpck_require__(4488);
// EXTERNAL MODULE: ./out/src/programs/library.js + 2 modules
var library = __nccwpck_require__(1373);
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

// EXTERNAL MODULE: ./out/src/json/document.js + 2 modules
var json_document = __nccwpck_require__(1008);
// EXTERNAL MODULE: ./out/src/json/suggest.js + 1 modules
var suggest = __nccwpck_require__(7027);
// EXTERNAL MODULE: ./out/src/json/wording.js
var wording = __nccwpck_require__(6161);
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
        const node = (0,nodes/* nodeAt */.oB)(root, error.instancePath);
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
        const node = (0,nodes/* nodeAt */.oB)(root, instancePath);
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
    const [place] = (0,nodes/* members */.ol)(node).findLast(([{ value }]) => keys.includes(value)) ?? [node];
    return place;
}
/** Computed once for each object, because every one of its keys may be wrong. */
const keys = new WeakMap();
function keysOf(node) {
    const found = keys.get(node) ?? new Map((0,nodes/* members */.ol)(node).map(([key]) => [key.value, key]));
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
const { $defs } = pipeline;
const shapes = {
    pipeline: { ...$defs.pipeline, $defs },
    build: { ...$defs.build, $defs },
    mirrors: { ...$defs.mirrors, $defs },
};
/** Checks the shape of a file against the schema. */
async function validateShape(document, kind, verdicts) {
    const value = withoutOptions((0,nodes/* toValue */.BA)(document.root));
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
    const options = (0,nodes/* member */.Dc)(step, "options");
    const value = options === undefined ? {} : (0,nodes/* toValue */.BA)(options);
    const errors = await errorsIn(value, program.meta.options ?? true, (0,library/* metaPath */.bs)(program), verdicts);
    // If there are no options at all, the problem is shown at the program's name.
    const shown = options ?? (0,nodes/* stringMember */.sk)(step, "name") ?? step;
    return explain(document, shown, errors, { name: "the options", program });
}
/** Finds effects of a step's options that their author may not expect. */
async function optionWarnings(document, step, { meta, ...program }, verdicts) {
    const options = (0,nodes/* member */.Dc)(step, "options");
    if (options === undefined || meta.warnings === undefined)
        return [];
    return explainWarnings(document, options, await errorsIn((0,nodes/* toValue */.BA)(options), meta.warnings, (0,library/* metaPath */.bs)(program), verdicts));
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


/***/ }),

/***/ 1373:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  n9: () => (/* binding */ allPrograms),
  Ew: () => (/* binding */ canonicalName),
  bs: () => (/* binding */ metaPath),
  uK: () => (/* binding */ openLibrary)
});

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
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   UB: () => (/* binding */ parseTagged),
/* harmony export */   Vn: () => (/* binding */ taggedForm),
/* harmony export */   W2: () => (/* binding */ pinnedName),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   ir: () => (/* binding */ apiOf)
/* harmony export */ });
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

/***/ 3514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   De: () => (/* binding */ parsePlace),
/* harmony export */   VB: () => (/* binding */ placeForms),
/* harmony export */   fW: () => (/* binding */ placeName)
/* harmony export */ });
/* harmony import */ var _host_paths_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8985);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4261);


/** The forms of a place, for messages. */
const placeForms = "the absolute path of a directory, or a repository such as registry.example/team/images";
/** Reads a place. Undefined if the text is none. */
function parsePlace(text) {
    if (text.startsWith("/"))
        return (0,_host_paths_js__WEBPACK_IMPORTED_MODULE_0__/* .impossiblePath */ .B)(text) === undefined ? { type: "directory", path: text } : undefined;
    const reference = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(text);
    return reference === undefined || reference.tag !== undefined ? undefined : { type: "repository", reference };
}
/** Names a place as the user does. */
const placeName = (place) => place.type === "directory" ? place.path : `${place.reference.registry}/${place.reference.repository}`;


/***/ }),

/***/ 4078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F1: () => (/* binding */ parseAge),
/* harmony export */   Xy: () => (/* binding */ ageForms),
/* harmony export */   n4: () => (/* binding */ formatAgo)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7250);

const units = { h: ["hour", 1], d: ["day", 24], w: ["week", 7 * 24] };
/** The forms that parseAge() accepts, in words. */
const ageForms = "a number of hours, days or weeks, such as 12h, 7d or 4w";
/** Parses an age, such as `12h`, `7d` or `4w`. Undefined if the text isn't one. */
function parseAge(text) {
    const [, digits, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? [];
    if (digits === undefined)
        return undefined;
    const [noun, hours] = units[unit];
    return { milliseconds: Number(digits) * hours * 3_600_000, text: (0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(Number(digits), noun) };
}
/** The whole days since a time in milliseconds since 1970. A time in the future counts as today. */
function formatAgo(time, now = Date.now()) {
    const days = Math.floor((now - time) / (24 * 3_600_000));
    return days < 1 ? "today" : `${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(days, "day")} ago`;
}


/***/ }),

/***/ 7250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   EU: () => (/* binding */ shortName),
/* harmony export */   Xo: () => (/* binding */ formatSeconds),
/* harmony export */   ku: () => (/* binding */ formatTable),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
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
    const widthOf = (cell = "") => (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(cell).length;
    const widths = columns.map((_, index) => Math.max(...rows.map((row) => widthOf(row[index]))));
    const lines = rows.map((row) => row.map((cell, index) => {
        const blanks = " ".repeat((widths[index] ?? 0) - widthOf(cell));
        return columns[index]?.align === "right" ? blanks + cell : cell + blanks;
    }));
    return lines.map((cells) => cells.join("  ").trimEnd()).join("\n");
}


/***/ }),

/***/ 811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ jsonResult),
/* harmony export */   T: () => (/* binding */ jsonFailure)
/* harmony export */ });
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1563);
/* harmony import */ var _step_results_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8388);


/**
 * The result as one JSON value. It has the form of osbuild's tags 3 to 7 (`tree_id`, `output_id`, and for each step
 * name, id, options, success and output), and adds each step's status, reason, size, exit code, the date of its
 * run, and the times of its program and of the engine.
 */
function jsonResult(pipeline, ended, output) {
    const failed = [...ended.results.values()].some(({ type }) => type === "failed");
    return {
        ...jsonPipeline(pipeline, ended),
        tree_id: pipeline.treeId,
        output_id: pipeline.outputId,
        output,
        success: !failed,
        ...(pipeline.warnings.length === 0 ? {} : { warnings: pipeline.warnings.map(jsonProblem) }),
    };
}
function jsonPipeline(pipeline, ended) {
    const inner = (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_1__/* .innermostFirst */ .mF)(pipeline).at(-2);
    return {
        ...(inner === undefined ? {} : { build: { ...jsonPipeline(inner, ended), tree_id: inner.treeId } }),
        stages: pipeline.stages.map((step) => jsonStep(step, ended)),
        ...(pipeline.assembler === null ? {} : { assembler: jsonStep(pipeline.assembler, ended) }),
    };
}
function jsonStep({ name, id, options }, { results, engine, logs }) {
    const result = results.get(id) ?? { type: "not reached" };
    const status = result.type;
    const { reason = (0,_step_results_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameTree */ .Pc)(result) ? "same tree" : undefined, seconds, bytes, exitCode, ran } = (0,_step_results_js__WEBPACK_IMPORTED_MODULE_0__/* .figuresOf */ .h5)(result);
    const success = status === "built" || status === "cached";
    return {
        name,
        id,
        options,
        success,
        output: logs.get(id) ?? "",
        status,
        reason,
        seconds,
        engine_seconds: engine.get(id),
        bytes,
        exit_code: exitCode,
        ran: ran === undefined ? undefined : new Date(ran).toISOString(),
    };
}
/** A failure as one JSON value. */
function jsonFailure(error) {
    return { success: false, error: error.code, problems: error.problems.map(jsonProblem) };
}
const jsonProblem = ({ message, at, hint }) => ({
    message,
    file: at?.file,
    line: at?.line,
    column: at?.column,
    length: at?.length,
    hint,
});


/***/ }),

/***/ 5529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Vw: () => (/* binding */ formatProblem),
/* harmony export */   W3: () => (/* binding */ formatWarning),
/* harmony export */   eM: () => (/* binding */ formatBug),
/* harmony export */   g$: () => (/* binding */ printable)
/* harmony export */ });
/* unused harmony export visibly */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

/** An error as people read it: what is wrong, the marked line, and what to do. */
const formatProblem = (problem, paint = plainly) => format(problem, paint("red", "error:"));
/** A warning in the same form. */
const formatWarning = (problem, paint = plainly) => format(problem, paint("yellow", "warning:"));
const plainly = (_, text) => text;
function format(problem, kind) {
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
const printable = (text) => visible((0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text));
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


/***/ }),

/***/ 8388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Pc: () => (/* binding */ isSameTree),
/* harmony export */   W_: () => (/* binding */ isRunning),
/* harmony export */   c5: () => (/* binding */ ageNote),
/* harmony export */   h5: () => (/* binding */ figuresOf),
/* harmony export */   rI: () => (/* binding */ sourceText),
/* harmony export */   uV: () => (/* binding */ reasonText),
/* harmony export */   v8: () => (/* binding */ stepResults)
/* harmony export */ });
/* unused harmony exports resultText, noteOf, commonReason, packagesText */
/* harmony import */ var _age_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4078);

/** `now` returns seconds since the build's start. */
function stepResults(now = secondsFromHere()) {
    const results = new Map();
    function add(event) {
        if (event.type === "planned")
            for (const step of event.steps)
                results.set(step.id, { step, result: notReached });
        if (!("step" in event))
            return;
        const before = results.get(event.step.id)?.result ?? notReached;
        results.set(event.step.id, { step: event.step, result: resultAfter(event, before, now()) });
    }
    return { add, all: () => [...results.values()].sort((a, b) => a.step.index - b.step.index) };
}
const notReached = { type: "not reached" };
function secondsFromHere() {
    const started = performance.now();
    return () => (performance.now() - started) / 1000;
}
function resultAfter(event, before, now) {
    switch (event.type) {
        case "step-cached":
            return {
                type: "cached",
                source: event.source,
                // The store holds no tree of a step that isn't needed.
                bytes: event.source === "not needed" ? null : event.bytes,
                ran: event.ran,
                isUnpinned: event.isUnpinned,
            };
        case "step-started":
            if (before.type === "running")
                return before;
            return { type: "running", reason: event.reason, start: now };
        case "step-finished":
            if (before.type !== "running")
                return before;
            return { ...before, type: "built", seconds: event.seconds, end: now, bytes: null, ran: null };
        case "step-failed":
            if (before.type !== "running")
                return before;
            return { ...before, type: "failed", seconds: event.seconds, end: now, exitCode: event.exitCode };
        case "stored":
            return before.type === "built" ? { ...before, bytes: event.bytes, ran: event.ran } : before;
        case "output":
            return before;
    }
}
/** The details of a result that are shown beside its type. */
function figuresOf(result) {
    switch (result.type) {
        case "built":
            return {
                reason: result.reason,
                seconds: result.seconds,
                bytes: result.bytes ?? undefined,
                ran: result.ran ?? undefined,
            };
        case "failed":
            return { reason: result.reason, seconds: result.seconds, exitCode: result.exitCode };
        case "running":
            return { reason: result.reason };
        case "cached":
            return { ran: result.ran ?? undefined };
        case "not reached":
            return {};
    }
}
/** Whether a step doesn't run because its result is known from a tree that holds the same. */
const isSameTree = (result) => result.type === "cached" && result.source === "same tree";
/** A step's result in words, once the build has ended. */
function resultText(result) {
    switch (result.type) {
        case "cached":
            return sourceText[result.source];
        case "running":
            return "interrupted";
        case "failed":
            return `failed with exit code ${result.exitCode}`;
        case "built":
        case "not reached":
            return result.type;
    }
}
/** Why a step ran, or how old the packages of one are that didn't; empty if there is nothing to say. */
function noteOf(result) {
    if (result.type === "cached" && result.isUnpinned)
        return packagesText(result.ran);
    return figuresOf(result).reason ?? "";
}
/** Whether a step has started before and hasn't ended: it starts anew if it runs out of memory. */
const isRunning = ({ id }, all) => all.some(({ step, result }) => step.id === id && result.type === "running");
/** Why a step runs, in words, after these steps of the build. */
function reasonText(reason, before) {
    const isFirst = before.every(({ result }) => (figuresOf(result).reason ?? reason) === reason && result.type !== "cached");
    return reason === "not in the store" && isFirst ? "first build" : reason;
}
/**
 * The reason why all steps of a build ran, which is said once. Undefined if some didn't run, or if they had several.
 */
function commonReason(all) {
    const reached = all.filter(({ result }) => result.type !== "not reached");
    const [reason, ...others] = new Set(reached.map(({ result }) => figuresOf(result).reason));
    if (reason === undefined || others.length > 0)
        return undefined;
    return reasonText(reason, reached);
}
/** The age of a cached step's packages, if nothing pins them. */
const ageNote = ({ isUnpinned, ran }) => isUnpinned ? [packagesText(ran)] : [];
/** The age of what a step downloaded without a pin. */
const packagesText = (ran) => `packages of ${ran === null ? "unknown age" : (0,_age_js__WEBPACK_IMPORTED_MODULE_0__/* .formatAgo */ .n4)(ran)}, not pinned`;
/** Why a step doesn't run, in words. */
const sourceText = {
    store: "cached in the store",
    cache: "cached by Actions",
    remote: "cached in the remote",
    "not needed": "not needed",
    "same tree": "cached (same tree)",
};


/***/ }),

/***/ 5964:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  M: () => (/* binding */ textReport)
});

// EXTERNAL MODULE: ./out/src/report/format.js
var format = __nccwpck_require__(7250);
// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __nccwpck_require__(5529);
;// CONCATENATED MODULE: ./out/src/report/heartbeat.js


/** The seconds of silence after which people wonder whether a step still runs. */
const patience = 30;
/** The most characters of a line that is repeated. */
const longest = 160;
/** Tells that a step is still running, whenever nothing was seen of it for a while. */
function heartbeat(tell, seconds = patience) {
    let started = 0;
    let last = "";
    let timer;
    const beat = () => {
        const time = (0,format/* formatSeconds */.Xo)((performance.now() - started) / 1000);
        tell(`still running after ${time}${last === "" ? "" : `; its last line: ${last}`}`);
    };
    return {
        start(since = performance.now()) {
            started = since;
            last = "";
            clearInterval(timer);
            timer = setInterval(beat, seconds * 1000);
            // A report alone keeps no process alive.
            timer.unref();
        },
        note(lines) {
            const line = lines.findLast((text) => text.trim() !== "");
            if (line !== undefined)
                last = (0,problems/* printable */.g$)(line).trim().slice(0, longest);
        },
        rest: () => void timer?.refresh(),
        stop: () => clearInterval(timer),
    };
}

// EXTERNAL MODULE: ./out/src/report/step-results.js
var step_results = __nccwpck_require__(8388);
;// CONCATENATED MODULE: ./out/src/report/traffic.js

/** Says how much was fetched and saved. */
const trafficText = ({ fetched, saved }) => `${amountText(fetched)} fetched, ${amountText(saved)} saved`;
const amountText = ({ entries, bytes }) => entries === 0 ? "nothing" : `${formatBytes(bytes)} in ${formatCount(entries, "entry")}`;
/** Says what was fetched or saved, and how fast. */
function transferText({ direction, cache, what, bytes, seconds }) {
    const place = direction === "fetched" ? "from" : "to";
    const rate = (0,format/* formatBytes */.z3)(Math.round(bytes / Math.max(seconds, 0.001)));
    return `${direction} ${what} ${place} ${cacheText[cache]}: ${(0,format/* formatBytes */.z3)(bytes)} in ${(0,format/* formatSeconds */.Xo)(seconds)}, ${rate}/s`;
}
/** Says what isn't saved, and why. */
const notSavedText = ({ cache, what, why }) => `${what} isn't saved to ${cacheText[cache]}: ${why}`;
const cacheText = {
    cache: "the Actions cache",
    remote: "the remote",
    registry: "the registry",
};

;// CONCATENATED MODULE: ./out/src/report/text.js





/**
 * Reports a build as text: a line for each step as it ends. On a terminal a live line shows the step that runs and the
 * last line of its output. Elsewhere a line says from time to time that a step still runs.
 */
function textReport(output, verbosity) {
    const steps = (0,step_results/* stepResults */.v8)();
    const { paint } = output;
    const live = output.columns === undefined || verbosity === "verbose" ? undefined : liveLine(output, output.columns);
    let total = 0;
    /** Whether a line has begun, with the step that runs, and how to end it is still open. */
    let isOpen = false;
    const line = (text) => {
        live?.clear();
        output.write(`${isOpen ? "\n" : ""}${text}\n`);
        isOpen = false;
    };
    const place = (step) => `${String(step.index).padStart(String(total).length)}/${total} ${step.depth > 0 ? "build " : ""}${(0,format/* shortName */.EU)(step.name)}`;
    const begun = (step, ...words) => `${place(step)}: ${words.join(", ")} (${step.id.slice(0, 12)})`;
    let running = "";
    const isPlain = live === undefined && verbosity !== "quiet";
    const alive = isPlain ? heartbeat((text) => line(`${running}: ${text}`)) : undefined;
    function start(step, why) {
        running = place(step);
        alive?.start();
        if (verbosity === "quiet")
            return;
        if (live !== undefined)
            return live.start(running, begun(step, why));
        output.write(begun(step, why));
        isOpen = true;
    }
    function end(text) {
        const title = live?.stop();
        alive?.stop();
        if (verbosity === "quiet")
            return;
        if (!isOpen)
            return line(title === undefined ? `${running}: ${text}` : `${title}, ${text}`);
        output.write(`, ${text}\n`);
        isOpen = false;
    }
    function report(event) {
        // All steps are sorted for this, which isn't worth it for each line of output.
        const before = event.type === "step-started" ? steps.all() : [];
        steps.add(event);
        switch (event.type) {
            case "planned":
                total = Math.max(0, ...event.steps.map(({ index }) => index));
                return;
            case "step-cached":
                if (verbosity === "quiet")
                    return;
                return line(begun(event.step, paint("cyan", cachedText(event.source)), ...(0,step_results/* ageNote */.c5)(event)));
            case "step-started":
                if ((0,step_results/* isRunning */.W_)(event.step, before))
                    return;
                return start(event.step, (0,step_results/* reasonText */.uV)(event.reason, before));
            case "output":
                alive?.note(event.lines);
                if (verbosity !== "verbose")
                    return live?.show(event.lines.at(-1) ?? "");
                alive?.rest();
                return line(event.lines.map((text) => `  ${(0,problems/* printable */.g$)(text)}`).join("\n"));
            case "step-finished":
                return end(`${paint("green", "done")} in ${(0,format/* formatSeconds */.Xo)(event.seconds)}`);
            case "step-failed":
                live?.stop();
                alive?.stop();
                // A verbose report has already shown them.
                if (verbosity !== "verbose")
                    for (const text of event.lines.slice(-30))
                        line(`  ${(0,problems/* printable */.g$)(text)}`);
                return line(`${place(event.step)}: ${paint("red", "failed")} after ${(0,format/* formatSeconds */.Xo)(event.seconds)}`);
            case "warning":
                return line((0,problems/* formatWarning */.W3)(event.problem, paint));
            case "installing":
                return line(`installing ${event.packages.join(" ")}`);
            case "transferred":
                return verbosity === "quiet" ? undefined : line(transferText(event));
            case "not-saved":
                return verbosity === "verbose" ? line(notSavedText(event)) : undefined;
            case "stored":
                return;
            default:
                event;
        }
    }
    function close() {
        live?.stop();
        alive?.stop();
        if (isOpen)
            output.write("\n");
        isOpen = false;
    }
    return { report, close };
}
/** A step whose result is in the store, or isn't needed, is simply cached. */
const cachedText = (source) => source === "same tree" || source === "remote" ? step_results/* sourceText */.rI[source] : "cached";
/** A line at the bottom of a terminal that is redrawn again and again. */
function liveLine(output, width) {
    let title = "";
    let whole = "";
    let text = "";
    let started = 0;
    let timer;
    const draw = () => {
        const line = `${title} ${(0,format/* formatSeconds */.Xo)((performance.now() - started) / 1000)}  ${(0,problems/* printable */.g$)(text)}`;
        output.write(`\r${line.slice(0, width - 1)}\x1b[K`);
    };
    const clear = () => output.write("\r\x1b[K");
    return {
        clear,
        start(name, begun) {
            title = name;
            whole = begun;
            text = "";
            started = performance.now();
            draw();
            timer = setInterval(draw, 100);
            timer.unref();
        },
        show(line) {
            text = line;
        },
        /** Removes the line. Returns what a line that stays begins with. */
        stop() {
            clearInterval(timer);
            clear();
            return whole;
        },
    };
}


/***/ }),

/***/ 2644:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ sbomDocuments),
/* harmony export */   m: () => (/* binding */ sbomPaths)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _store_integrity_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2635);
/* harmony import */ var _formats_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6206);
/* harmony import */ var _subject_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1906);




/** Writes the SBOMs of a stored output. Throws if the store doesn't know what the output contains. */
async function sbomDocuments(layout, record, formats) {
    if (formats.length === 0)
        return [];
    const contents = await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_1__/* .recordedContents */ .hN)(layout, record.id);
    if (contents === undefined) {
        const hint = "`osbuild build --sbom FORMAT` records it, and makes the output again if need be";
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("STORE", `the store doesn't know what the output ${record.id} contains`, hint);
    }
    if (contents.database === "rpm, unread")
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("HOST", "the image's packages can't be listed: this machine has no rpm that can read them");
    const subject = (0,_subject_js__WEBPACK_IMPORTED_MODULE_3__/* .subjectOf */ .e)(record);
    const documents = [];
    for (const format of new Set(formats)) {
        const text = await writers[format]().then((write) => write(subject, contents));
        documents.push({ path: sbomPath(subject, format), text, epoch: subject.created.getTime() / 1000 });
    }
    return documents;
}
/** The paths of an output's SBOMs below the output directory. */
const sbomPaths = (record, formats) => [...new Set(formats)].map((format) => sbomPath((0,_subject_js__WEBPACK_IMPORTED_MODULE_3__/* .subjectOf */ .e)(record), format));
const sbomPath = ({ path }, format) => `${path}${_formats_js__WEBPACK_IMPORTED_MODULE_2__/* .sbomFormats */ .eI[format]}`;
/** Loading what writes an SBOM would slow down every other build. */
const writers = {
    spdx: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(543), __nccwpck_require__.e(86), __nccwpck_require__.e(235)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3235))).spdxDocument,
    cyclonedx: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(543), __nccwpck_require__.e(86), __nccwpck_require__.e(293), __nccwpck_require__.e(435)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9435))).cyclonedxDocument,
};


/***/ }),

/***/ 6206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S0: () => (/* binding */ sbomMediaType),
/* harmony export */   b8: () => (/* binding */ isSbomFormat),
/* harmony export */   eI: () => (/* binding */ sbomFormats)
/* harmony export */ });
/* unused harmony export isSbomFile */
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


/***/ }),

/***/ 1906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ subjectOf),
/* harmony export */   z: () => (/* binding */ tool)
/* harmony export */ });
/* harmony import */ var _package_json__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6233);
/* harmony import */ var _epoch_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1531);


/** Describes a stored output. */
function subjectOf({ id, files, parts }) {
    const [file] = files.length === 1 ? files : [];
    const { sourceEpoch = _epoch_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultSourceEpoch */ .w } = parts;
    const created = new Date(sourceEpoch * 1000);
    return { path: file?.path ?? "output", sha256: file?.sha256 ?? null, outputId: id, created };
}
/** The program that writes SBOMs. */
const tool = { name: _package_json__WEBPACK_IMPORTED_MODULE_0__/* .name */ .UU, version: _package_json__WEBPACK_IMPORTED_MODULE_0__/* .version */ .rE };


/***/ }),

/***/ 6526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ maskedForms),
/* harmony export */   OM: () => (/* binding */ secretOf),
/* harmony export */   XP: () => (/* binding */ formsOf),
/* harmony export */   eh: () => (/* binding */ isSecretName),
/* harmony export */   j$: () => (/* binding */ mostBytes),
/* harmony export */   oc: () => (/* binding */ unfitness)
/* harmony export */ });
/** The fewest characters of a secret. A shorter one can't be told from ordinary text in a log or a file. */
const shortest = 8;
/** The most bytes of a secret. GitHub's own limit is 48 KB. */
const mostBytes = 64 * 1024;
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

/***/ 5255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Bn: () => (/* binding */ copyFiles),
  HP: () => (/* binding */ exportFile),
  CT: () => (/* binding */ exportOutput),
  D4: () => (/* binding */ exportTree),
  g4: () => (/* binding */ isExported),
  R2: () => (/* binding */ requireEmpty)
});

// UNUSED EXPORTS: partialName

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __nccwpck_require__(1795);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __nccwpck_require__(2144);
// EXTERNAL MODULE: ./out/src/host/lock.js
var lock = __nccwpck_require__(9190);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __nccwpck_require__(3740);
// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __nccwpck_require__(2689);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __nccwpck_require__(1856);
// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __nccwpck_require__(9590);
// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __nccwpck_require__(2635);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __nccwpck_require__(9396);
// EXTERNAL MODULE: ./out/src/store/marks.js
var marks = __nccwpck_require__(4234);
// EXTERNAL MODULE: ./out/src/store/objects.js
var objects = __nccwpck_require__(2088);
// EXTERNAL MODULE: ./out/src/store/output.js
var output = __nccwpck_require__(2907);
;// CONCATENATED MODULE: ./out/src/store/owners.js





/** The owner for an output: the owner of its directory or, if that doesn't exist, of the nearest one above. */
async function ownerOf(path) {
    try {
        return await (0,promises_.stat)(path);
    }
    catch (error) {
        if (!(0,errors/* hasCode */.up)(error, "ENOENT"))
            throw error;
        return ownerOf((0,external_node_path_.dirname)(path));
    }
}
/**
 * Makes the directory that a tree will be copied into. If the tree has set-user-id programs or device files, only the
 * owner may enter the directory, because the tree keeps its modes and other users could use them.
 */
async function makeDirectoryFor(tree, directory, { uid, gid }) {
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
        const owner = await ownerOf(directory);
        await makeDirectoryFor(layout.object(record.object), directory, owner);
        // Another build, with this store or another, may be copying its output there: the later one finds the earlier output.
        const _alone = __addDisposableResource(env_1, await (0,lock/* lockFile */.K)(directory, []), true);
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
        const result_1 = __disposeResources(env_1);
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
        throw (0,errors/* failure */.V2)("STORE", `${record.name} wrote no file`);
    const [from, partial] = [`${layout.object(record.object)}/${file.path}`, `${path}.${(0,external_node_crypto_.randomUUID)().slice(0, 8)}.part`];
    await copyChecked(layout, record, {
        from,
        to: partial,
        isRight: async () => (await (0,promises_.stat)(partial)).size === file.size && (await (0,objects/* sha256 */.sc)(partial)) === file.sha256,
    });
    const { uid, gid } = await ownerOf((0,external_node_path_.dirname)(path));
    if (uid !== 0)
        await (0,promises_.chown)(partial, uid, gid);
    await (0,promises_.rename)(partial, path);
}
/** Copies a tree with its owners and modes into an empty directory, which belongs to the owner of the one around it. */
async function exportTree(tree, directory) {
    await makeDirectoryFor(tree, directory, await ownerOf(directory));
    const copy = ["cp", "--archive", "--reflink=auto", "--sparse=auto", `--target-directory=${directory}`, "--"];
    await (0,command/* run */.eF)(["find", tree, "-mindepth", "1", "-maxdepth", "1", "-exec", ...copy, "{}", "+"]);
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
const mostBytes = 256 * 1024 ** 2;
async function readExport(layout, directory) {
    try {
        return (0,shape/* fromJson */.Rf)(exportShape, await (0,plain_file/* readPlain */.rM)(recordPath(layout, directory), mostBytes)) ?? "damaged";
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

/***/ 9396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hp: () => (/* binding */ unlessReadOnly),
/* harmony export */   Lx: () => (/* binding */ isClosed),
/* harmony export */   PI: () => (/* binding */ isReadOnly),
/* harmony export */   a9: () => (/* binding */ refuseFileSystem),
/* harmony export */   aH: () => (/* binding */ layoutOf),
/* harmony export */   ik: () => (/* binding */ requireWritable),
/* harmony export */   oW: () => (/* binding */ folders),
/* harmony export */   y$: () => (/* binding */ createStore)
/* harmony export */ });
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
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(refs, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK).then(() => false, (error) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EACCES"));
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
/* harmony export */   x6: () => (/* binding */ readLog)
/* harmony export */ });
/* unused harmony export handedLog */
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
/* harmony export */   LQ: () => (/* binding */ rooms),
/* harmony export */   h8: () => (/* binding */ mountMemory)
/* harmony export */ });
/* unused harmony export buildsInMemory */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1795);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2144);
/* harmony import */ var _host_mounts_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9791);




/** The places in which a build can keep the changes to its trees until they are packed. */
const rooms = ["auto", "memory", "disk"];
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
/* harmony export */   dV: () => (/* binding */ openObjects),
/* harmony export */   hk: () => (/* binding */ readByContent),
/* harmony export */   iZ: () => (/* binding */ objectsOf),
/* harmony export */   sg: () => (/* binding */ readRef),
/* harmony export */   vN: () => (/* binding */ touchRef),
/* harmony export */   yh: () => (/* binding */ headMembers)
/* harmony export */ });
/* unused harmony export mostRecordBytes */
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

/***/ 3076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readVerdicts),
/* harmony export */   O: () => (/* binding */ writeVerdicts)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1795);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3740);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9396);



/** The most bytes that are read: a million digests. */
const mostBytes = 64 * 1024 ** 2;
/** Reads the digests of the values that passed validation; see validate.ts. A store that doesn't exist yet has none. */
const readVerdicts = async (layout) => (await find(layout)) ?? new Set();
/** Undefined if they can't be read. Then the values are only validated again. */
async function find(layout) {
    try {
        return new Set((await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readPlain */ .rM)(layout.verdicts, mostBytes)).split("\n"));
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .hasCode */ .up)(error, "ENOTDIR"))
            return new Set();
        if ((0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnreadable */ .GZ)(error))
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
    await (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .unlessReadOnly */ .Hp)((0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_1__/* .writePlain */ .yi)(layout.verdicts, lines.join("")));
}


/***/ }),

/***/ 2660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  xq: () => (/* binding */ lockAlone),
  h1: () => (/* binding */ lockShared),
  OH: () => (/* binding */ openWorkspace),
  Ru: () => (/* binding */ sweepWorkspaces)
});

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


/***/ }),

/***/ 6233:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"UU":"osbuild-action","rE":"1.0.0","Jk":{"O":"git+https://github.com/OWNER/osbuild-action.git"}}');

/***/ }),

/***/ 971:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"osbuild pipeline","description":"Builds an operating system image: stages modify a file system tree in turn, and an assembler turns the finished tree into an image.","$ref":"#/$defs/pipeline","$defs":{"pipeline":{"if":{"required":["pipeline"],"properties":{"pipeline":{"type":"object"}}},"then":{"$ref":"#/$defs/wrapper"},"else":{"type":"object","additionalProperties":false,"not":{"required":["stages","pipeline"]},"properties":{"$schema":{"type":"string","description":"This schema, for editors."},"name":{"description":"A name for people. It has no effect."},"runner":{"type":"string","description":"Has no effect here; it belongs in `build`."},"include":{"$ref":"#/$defs/include"},"changes":{"$ref":"#/$defs/changes"},"variables":{"$ref":"#/$defs/variables"},"stages":{"$ref":"#/$defs/stages"},"pipeline":{"$ref":"#/$defs/stages","description":"The same as `stages`."},"assembler":{"$ref":"#/$defs/assembler"},"base":{"$ref":"#/$defs/base"},"build":{"$ref":"#/$defs/build"},"source-epoch":{"$ref":"#/$defs/source-epoch"}}}},"wrapper":{"type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string","description":"This schema, for editors."},"name":{"description":"A name for people. It has no effect."},"version":{"enum":["1",1],"description":"The version of the format, as osbuild\'s later releases write it."},"runner":{"type":"string","description":"Has no effect here; it belongs in `build`."},"pipeline":{"$ref":"#/$defs/pipeline","description":"The pipeline itself."},"sources":{"type":"object","description":"The URLs of the content that options name only by its checksum, as in osbuild\'s later releases. They don\'t enter an id."}}},"build":{"description":"The environment that the steps run in: a pipeline that builds its tree, or a runner with such a pipeline. By default the steps run on the host\'s /usr.","type":["object","null"],"if":{"required":["runner"]},"then":{"$ref":"#/$defs/environment"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/pipeline"}}},"environment":{"additionalProperties":false,"properties":{"name":{"description":"A name for people. It has no effect."},"runner":{"type":"string","description":"`org.osbuild.` followed by the build tree\'s distribution: arch, centos9, debian12, fedora30, rhel9, ubuntu2404, …","pattern":"^org\\\\.osbuild\\\\.(arch|host|linux|(almalinux|centos|debian|fedora|ol|opensuse|rhel|rocky|ubuntu)[0-9]*)$","examples":["org.osbuild.arch","org.osbuild.centos9","org.osbuild.debian12","org.osbuild.fedora30","org.osbuild.fedora41","org.osbuild.linux","org.osbuild.rhel9","org.osbuild.ubuntu2404"]},"pipeline":{"description":"The pipeline that builds the tree to run in.","type":["object","null"],"if":{"type":"object"},"then":{"$ref":"#/$defs/pipeline"}}}},"include":{"type":"array","description":"Other files of the repository, relative to this one. Their stages come before the own ones; of any other key the own value wins.","items":{"type":"string"}},"changes":{"type":"array","description":"Changes to stages of the included files that have a name: `drop`, `replace` … `with`, and `before` or `after` … `insert`.","items":{"type":"object","additionalProperties":false,"properties":{"drop":{"type":"string","description":"The name of a stage to leave out."},"replace":{"type":"string","description":"The name of a stage to put others in the place of."},"with":{"$ref":"#/$defs/stages"},"before":{"type":"string","description":"The name of a stage to insert others before."},"after":{"type":"string","description":"The name of a stage to insert others after."},"insert":{"$ref":"#/$defs/stages"}}}},"variables":{"type":"object","description":"Variables, used as ${name} in any text of the files. `--set name=value` and the input `variables` give them other values.","additionalProperties":{"type":["string","number","boolean","object"],"description":"The value, or an object that declares the variable.","additionalProperties":false,"properties":{"type":{"enum":["string","integer","number","boolean"],"description":"The type. By default that of the default."},"default":{"type":["string","number","boolean"],"description":"The value unless another is given."},"description":{"type":"string","description":"What the variable is for."}}}},"stages":{"type":"array","description":"The programs that modify the tree, in order.","items":{"$ref":"#/$defs/step"}},"assembler":{"description":"The program that turns the tree into an image.","type":["object","null"],"if":{"type":"object"},"then":{"$ref":"#/$defs/step"}},"step":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","description":"The program\'s name, such as org.osbuild.hostname."},"as":{"type":"string","minLength":1,"description":"A name for this step, by which the `changes` of other files can mean it. Doesn\'t enter the id."},"options":{"type":["object","null"],"description":"The program\'s options; `osbuild stages NAME` lists them."},"timeout":{"type":"number","exclusiveMinimum":0,"description":"The seconds that the step may take. Doesn\'t enter the id."},"limits":{"type":"object","additionalProperties":false,"description":"What the step may use of the machine. Doesn\'t enter the id.","properties":{"processes":{"type":"integer","minimum":16,"maximum":4194304,"description":"How many processes and threads it may have at a time.","default":4096},"memory":{"type":"integer","minimum":16777216,"maximum":9007199254740991,"description":"Bytes of memory that it may use. Nine tenths of the machine\'s unless it says otherwise."},"disk":{"type":"integer","minimum":0,"maximum":9007199254740991,"description":"Bytes that it may write to its tree, its output and its temporary directories."}}}}},"base":{"type":["string","null"],"pattern":"^([0-9a-f]{64}|[^@]+/[^@]+@sha256:[0-9a-f]{64})$","description":"What the first stage starts from: the id of a tree in the store, 64 hex digits, or a container image by its digest, such as registry.example/owner/image@sha256:…"},"mirrors":{"type":"object","additionalProperties":{"type":["string","object"],"description":"The mirror: the URL prefix to use instead, or an object that describes a whole repository.","additionalProperties":{"type":["string","number","boolean","array"],"items":{"type":"string"},"description":"The repository\'s options, as in dnf.conf, such as baseurl and gpgkey."}}},"source-epoch":{"type":"integer","minimum":0,"maximum":4294967295,"description":"Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is newer."}}}');

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
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
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
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(1751);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
