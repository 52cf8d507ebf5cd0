export const id = 329;
export const ids = [329];
export const modules = {

/***/ 1329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   architectureOf: () => (/* binding */ architectureOf)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2144);



/**
 * The architecture that a disk boots on: that of the loader in its ESP that UEFI starts without any setting, or x64
 * without an ESP, because only that has a BIOS. A disk with several loaders boots on this machine's own, if it can.
 */
async function architectureOf(image, disk) {
    const system = disk.partitions.find(({ type }) => type === "EFI system");
    if (system === undefined)
        return "x64";
    const names = await loadersIn(image, disk.format, system);
    const found = architectures.filter((architecture) => names.includes(loaders[architecture]));
    return found.find((architecture) => architecture === process.arch) ?? found[0] ?? "x64";
}
/** The loaders' names, by the UEFI specification, section 3.5.1.1. */
const loaders = { x64: "bootx64.efi", arm64: "bootaa64.efi" };
const architectures = ["x64", "arm64"];
/** The names of the files in the ESP's directory for loaders, in lower case. */
async function loadersIn(image, format, { start, size }) {
    const directory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(`${(0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()}/esp-`);
    try {
        const partition = `${directory}/esp`;
        const disk = { driver: format, file: { driver: "file", filename: image } };
        // A backing file could be any file of this machine.
        const file = format === "qcow2" ? { ...disk, backing: null } : disk;
        const source = `json:${JSON.stringify({ driver: "raw", offset: start, size, file })}`;
        await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)(["qemu-img", "convert", "-O", "raw", source, partition]);
        return await filesIn(partition, "/EFI/BOOT");
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(directory, { recursive: true });
    }
}
/** The names of a FAT directory's files, in lower case; none if there is no such directory. */
async function filesIn(fileSystem, directory) {
    try {
        // mtools refuses file systems whose geometry is unusual.
        const env = { MTOOLS_SKIP_CHECK: "1" };
        const listed = await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)(["mdir", "-b", "-i", fileSystem, `::${directory}`], { env });
        return listed.split("\n").map((path) => path.trim().split("/").at(-1)?.toLowerCase() ?? "");
    }
    catch (error) {
        if (error instanceof _host_command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Qd)
            return [];
        throw error;
    }
}


/***/ })

};
