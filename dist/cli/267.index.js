export const id = 267;
export const ids = [267];
export const modules = {

/***/ 3267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ openSecrets)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _host_mounts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9791);


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


/***/ })

};
