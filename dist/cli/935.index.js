export const id = 935;
export const ids = [935];
export const modules = {

/***/ 9935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   firmwareOf: () => (/* binding */ firmwareOf),
/* harmony export */   uefi: () => (/* binding */ uefi)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);


/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
const firmwareOf = ({ table, partitions }) => {
    const has = (type) => partitions.some((partition) => partition.type === type);
    const forBios = table === "gpt" ? has("BIOS boot") : partitions.some(({ bootable }) => bootable);
    return has("EFI system") && !forBios ? "UEFI" : "BIOS";
};
/** QEMU's options for UEFI without Secure Boot. */
async function uefi(architecture) {
    const { files, packages } = firmwares[architecture];
    for (const { code, variables } of files) {
        if (!(await isReadable(code)))
            continue;
        return [
            ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
            ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
        ];
    }
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("HOST", "no UEFI firmware found to boot the image with", `install the package ${packages}`);
}
/** The files of UEFI for QEMU in newer and older releases of the distributions. */
const firmwares = {
    x64: {
        files: ["_4M", ""].map((size) => ({
            code: `/usr/share/OVMF/OVMF_CODE${size}.fd`,
            variables: `/usr/share/OVMF/OVMF_VARS${size}.fd`,
        })),
        packages: "ovmf or edk2-ovmf",
    },
    arm64: {
        files: [{ code: "/usr/share/AAVMF/AAVMF_CODE.fd", variables: "/usr/share/AAVMF/AAVMF_VARS.fd" }],
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
