export const id = 914;
export const ids = [914];
export const modules = {

/***/ 2914:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bootImage: () => (/* binding */ bootImage),
/* harmony export */   firmwareOf: () => (/* binding */ firmwareOf),
/* harmony export */   hasKvm: () => (/* binding */ hasKvm)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1795);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2144);




/** Boots an image in QEMU until the unit of `org.osbuild.test` reports its result. The image isn't changed. */
async function bootImage(image, options) {
    const directory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(`${(0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()}/boot-`);
    const console = `${directory}/console`;
    const printed = [];
    const machine = await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_3__/* .converse */ .iq)(await qemuArgv(image, console, options), {
        env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
        onLine: (line) => {
            printed.push(line);
            // Nothing follows the report.
            if (line.startsWith(reportStart))
                machine.kill();
        },
        onError: (line) => printed.push(line),
    });
    let timedOut = false;
    const timer = setTimeout(() => {
        timedOut = true;
        machine.kill();
    }, options.seconds * 1000);
    options.signal.addEventListener("abort", machine.kill, { once: true });
    try {
        const { message } = await machine.ended;
        const report = printed.find((line) => line.startsWith(reportStart));
        if (report?.startsWith(`${reportStart}passed `))
            return { type: "passed", printed };
        const log = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(console, "utf8").catch(() => "");
        const end = { printed, console: log.split("\n").slice(-60) };
        if (report !== undefined)
            return { type: "failed", why: report, ...end };
        return { type: "no report", why: whyNot(timedOut, options, message), ...end };
    }
    finally {
        clearTimeout(timer);
        options.signal.removeEventListener("abort", machine.kill);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(directory, { recursive: true });
    }
}
function whyNot(timedOut, { seconds, signal }, message) {
    if (timedOut)
        return `no report within ${seconds} s`;
    return signal.aborted ? "stopped before it reported" : message;
}
/** The beginning of the unit's last line on the port org.osbuild.test. */
const reportStart = "osbuild-test: ";
/** Whether this process may use hardware virtualisation. */
async function hasKvm() {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)("/dev/kvm", node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK | node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK);
        return true;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EACCES") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "EPERM"))
            return false;
        throw error;
    }
}
/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
const firmwareOf = ({ table, partitions }) => {
    const has = (type) => partitions.some((partition) => partition.type === type);
    const forBios = table === "gpt" ? has("BIOS boot") : partitions.some(({ bootable }) => bootable);
    return has("EFI system") && !forBios ? "UEFI" : "BIOS";
};
async function qemuArgv(image, console, { format, firmware, accelerator }) {
    const disk = ["-drive", `file=${image.replaceAll(",", ",,")},format=${format},if=virtio,snapshot=on`];
    return [
        // The machine must not outlive this process, however it ends.
        ...["setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64"],
        ...["-accel", accelerator, "-m", "1024", "-display", "none", "-monitor", "none", "-no-reboot"],
        ...(firmware === "UEFI" ? await uefi() : []),
        ...["-serial", `file:${console}`, ...disk, "-nic", "user,model=virtio-net-pci"],
        // QEMU closes the port when its standard input ends, so we keep that open.
        ...["-device", "virtio-serial", "-chardev", "stdio,id=test"],
        ...["-device", "virtserialport,chardev=test,name=org.osbuild.test"],
    ];
}
/** The files of OVMF (UEFI for QEMU, without Secure Boot) in newer and older releases of the distributions. */
const ovmf = ["_4M", ""].map((size) => ["CODE", "VARS"].map((part) => `/usr/share/OVMF/OVMF_${part}${size}.fd`));
async function uefi() {
    for (const [code = "", variables = ""] of ovmf) {
        const isThere = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(code, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK).then(() => true, () => false);
        if (!isThere)
            continue;
        return [
            ...["-machine", "q35", "-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
            ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
        ];
    }
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)("HOST", "no UEFI firmware found to boot the image with", "install the package ovmf or edk2-ovmf");
}


/***/ })

};
