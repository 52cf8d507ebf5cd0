export const id = 503;
export const ids = [503];
export const modules = {

/***/ 8503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readDisk: () => (/* binding */ readDisk)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2144);
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




/** Reads an image's format and partitions, without mounts and loop devices. */
async function readDisk(file) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(file);
    const { format, holds } = await formatOf(path);
    switch (holds) {
        case "virtual disk":
            return readVirtualDisk(path, format);
        case "disk":
            return { format, virtualSize: (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).size, ...(await readTable(path)) };
        case "file system":
            return { format, virtualSize: (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).size, table: null, partitions: [] };
        case "files":
            return { format, virtualSize: null, table: null, partitions: [] };
    }
}
/** The magic numbers of the formats, in latin1. */
const formats = [
    { format: "qcow2", offset: 0, magic: "QFI\xfb", holds: "virtual disk" },
    { format: "vmdk", offset: 0, magic: "KDMV", holds: "virtual disk" },
    { format: "vhdx", offset: 0, magic: "vhdxfile", holds: "virtual disk" },
    { format: "vpc", offset: 0, magic: "conectix", holds: "virtual disk" },
    { format: "vdi", offset: 0x40, magic: "\x7f\x10\xda\xbe", holds: "virtual disk" },
    { format: "gzip", offset: 0, magic: "\x1f\x8b", holds: "files" },
    { format: "xz", offset: 0, magic: "\xfd7zXZ\0", holds: "files" },
    { format: "zstd", offset: 0, magic: "\x28\xb5\x2f\xfd", holds: "files" },
    { format: "bzip2", offset: 0, magic: "BZh", holds: "files" },
    { format: "lzip", offset: 0, magic: "LZIP", holds: "files" },
    { format: "lzop", offset: 0, magic: "\x89LZO", holds: "files" },
    { format: "tar", offset: 257, magic: "ustar", holds: "files" },
    { format: "iso9660", offset: 0x8001, magic: "CD001", holds: "file system" },
    { format: "squashfs", offset: 0, magic: "hsqs", holds: "file system" },
    { format: "xfs", offset: 0, magic: "XFSB", holds: "file system" },
    { format: "erofs", offset: 1024, magic: "\xe2\xe1\xf5\xe0", holds: "file system" },
    { format: "ext4", offset: 1080, magic: "\x53\xef", holds: "file system" },
    { format: "btrfs", offset: 0x10040, magic: "_BHRfS_M", holds: "file system" },
    { format: "fat", offset: 0x36, magic: "FAT", holds: "file system" },
    { format: "fat", offset: 0x52, magic: "FAT32", holds: "file system" },
];
/**
 * Detects the format from the file's first bytes. qemu-img isn't asked to detect it, because the content of a raw image
 * could pass for another format that refers to other files.
 */
async function formatOf(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path), true);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(0x11000));
        const start = buffer.toString("latin1", 0, bytesRead);
        return formats.find(({ offset, magic }) => start.startsWith(magic, offset)) ?? { format: "raw", holds: "disk" };
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
async function readVirtualDisk(path, format) {
    const info = JSON.parse(await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .eF)(["qemu-img", "info", "-f", format, "--output=json", path]));
    const virtualSize = info["virtual-size"];
    // qemu-img would read the backing file too, which may be any file.
    if (info["backing-filename"] !== undefined)
        return { format, virtualSize, table: null, partitions: [] };
    const directory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(`${(0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()}/disk-`);
    try {
        const start = `${directory}/start`;
        await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .eF)(["qemu-img", "dd", "-f", format, "-O", "raw", "bs=1M", "count=1", `if=${path}`, `of=${start}`]);
        // sfdisk checks the table against the disk's size.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.truncate)(start, virtualSize);
        return { format, virtualSize, ...(await readTable(start)) };
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(directory, { recursive: true });
    }
}
async function readTable(path) {
    if (!(await hasTable(path)))
        return { table: null, partitions: [] };
    const { partitiontable } = JSON.parse(await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .eF)(["sfdisk", "--json", path]));
    const { label, device, sectorsize = 512, partitions = [] } = partitiontable;
    return {
        table: label,
        partitions: partitions.map(({ node, start, size, type, name, bootable }) => ({
            number: Number(/\d*$/.exec(node.slice(device.length))?.[0]),
            start: start * sectorsize,
            size: size * sectorsize,
            type: partitionTypes[type] ?? type,
            name: name ?? null,
            bootable: bootable ?? false,
        })),
    };
}
/** Both kinds of partition table have the signature 0xaa55 at the end of the first sector. */
async function hasTable(path) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_2, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path), true);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 510);
        return bytesRead === 2 && buffer.readUInt16LE() === 0xaa55;
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
const partitionTypes = {
    "5": "Extended",
    "7": "NTFS or exFAT",
    b: "FAT32",
    c: "FAT32",
    e: "FAT16",
    f: "Extended",
    "82": "Linux swap",
    "83": "Linux",
    "8e": "Linux LVM",
    ef: "EFI system",
    fd: "Linux RAID",
    "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F": "Linux swap",
    "0FC63DAF-8483-4772-8E79-3D69D8477DE4": "Linux",
    "21686148-6449-6E6F-744E-656564454649": "BIOS boot",
    "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709": "Linux root (x86-64)",
    "9E1A2D38-C612-4316-AA26-8B49521E5A8B": "PReP boot",
    "B921B045-1DF0-41C3-AF44-4C6F280D3FAE": "Linux root (ARM64)",
    "BC13C2FF-59E6-4262-A352-B275FD6F7172": "Linux extended boot",
    "C12A7328-F81F-11D2-BA4B-00A0C93EC93B": "EFI system",
    "E6D6D379-F507-44C2-A23C-238F2A3DF928": "Linux LVM",
    "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7": "Windows data",
};


/***/ })

};
