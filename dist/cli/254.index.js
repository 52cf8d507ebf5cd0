export const id = 254;
export const ids = [254];
export const modules = {

/***/ 1860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jV: () => (/* binding */ aclsOf),
  uw: () => (/* binding */ listAttributes),
  qq: () => (/* binding */ pack),
  _8: () => (/* binding */ restoreAcls),
  l1: () => (/* binding */ unpack)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/assemblers/lib/getfattr.js
var getfattr = __webpack_require__(5330);
// EXTERNAL MODULE: ./out/src/store/attribute-order.js
var attribute_order = __webpack_require__(3169);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
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
var objects = __webpack_require__(2088);
// EXTERNAL MODULE: ./out/src/store/overlay/lower.js
var lower = __webpack_require__(7157);
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

/***/ 254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ openTrees)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/assemblers/lib/getfattr.js
var getfattr = __webpack_require__(5330);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/host/mounts.js
var host_mounts = __webpack_require__(9791);
// EXTERNAL MODULE: ./out/src/store/attribute-order.js
var attribute_order = __webpack_require__(3169);
// EXTERNAL MODULE: ./out/src/store/content.js
var content = __webpack_require__(5765);
// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __webpack_require__(2635);
// EXTERNAL MODULE: ./out/src/store/layers.js + 1 modules
var store_layers = __webpack_require__(1860);
// EXTERNAL MODULE: ./out/src/store/overlay/clamp-times.js
var clamp_times = __webpack_require__(3927);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __webpack_require__(2144);
// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __webpack_require__(9590);
// EXTERNAL MODULE: ./out/src/store/overlay/lower.js
var overlay_lower = __webpack_require__(7157);
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
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/put.js
var put = __webpack_require__(2281);
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


/***/ })

};
