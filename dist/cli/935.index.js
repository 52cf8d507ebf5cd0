export const id = 935;
export const ids = [935];
export const modules = {

/***/ 9935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   firmwareOf: () => (/* binding */ firmwareOf),
/* harmony export */   firmwareOptions: () => (/* binding */ firmwareOptions),
/* harmony export */   hasSystemPartition: () => (/* binding */ hasSystemPartition)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);


/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
const firmwareOf = ({ table, partitions }) => {
    const forBios = table === "gpt" ? has(partitions, "BIOS boot") : partitions.some(({ bootable }) => bootable);
    return hasSystemPartition({ partitions }) && !forBios ? "UEFI" : "BIOS";
};
/** Whether a disk has an ESP, without which it can't boot with UEFI. */
const hasSystemPartition = ({ partitions }) => has(partitions, "EFI system");
const has = (partitions, type) => partitions.some((partition) => partition.type === type);
/** QEMU's options for the firmware of a machine. A BIOS needs none. */
async function firmwareOptions(architecture, firmware) {
    if (firmware === "BIOS")
        return [];
    const { [firmware]: places, packages } = firmwares[architecture];
    for (const { code, variables } of places) {
        if (!(await isReadable(code)) || !(await isReadable(variables)))
            continue;
        return [
            ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
            ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
        ];
    }
    const keys = firmware === "UEFI" ? "" : " and Microsoft's keys";
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("HOST", `no ${firmware}${keys} found to boot the image with`, `install the package ${packages}`);
}
const files = (path, code, variables) => ({
    code: `${path}_CODE${code}.fd`,
    variables: `${path}_VARS${variables}.fd`,
});
/** The files of UEFI for QEMU in newer and older releases of the distributions: Debian and Ubuntu first, then Fedora. */
const firmwares = {
    x64: {
        UEFI: [files("/usr/share/OVMF/OVMF", "_4M", "_4M"), files("/usr/share/OVMF/OVMF", "", "")],
        "UEFI with Secure Boot": [
            files("/usr/share/OVMF/OVMF", "_4M.secboot", "_4M.ms"),
            files("/usr/share/OVMF/OVMF", ".secboot", ".ms"),
            files("/usr/share/OVMF/OVMF", ".secboot", ".secboot"),
        ],
        packages: "ovmf or edk2-ovmf",
    },
    arm64: {
        UEFI: [files("/usr/share/AAVMF/AAVMF", "", "")],
        "UEFI with Secure Boot": [files("/usr/share/AAVMF/AAVMF", ".ms", ".ms")],
        packages: "qemu-efi-aarch64 or edk2-aarch64",
    },
};
async function isReadable(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(path, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK);
        return true;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "EACCES"))
            return false;
        throw error;
    }
}


/***/ })

};
