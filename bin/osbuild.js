#!/usr/bin/env node
// Written so that any Node.js still in use can read it: whoever has an old one is told so.
const major = Number(process.versions.node.split(".")[0]);
if (major >= 24) {
  await keepCompiled();
  await import("../dist/cli/index.js");
} else {
  process.stderr.write(
    `error: osbuild needs Node.js 24 or later; this is ${process.versions.node} (${process.execPath})\n` +
      "  hint: `npm start` brings its own\n",
  );
  process.exitCode = 1;
}

/**
 * Has Node.js keep the compiled program: compiling takes longer than an unchanged build. The directory is that of the
 * account, not of the environment: root must not run what another user may have written.
 */
async function keepCompiled() {
  const [{ enableCompileCache }, { userInfo }] = await Promise.all([import("node:module"), import("node:os")]);
  try {
    enableCompileCache(`${userInfo().homedir}/.cache/osbuild`);
  } catch {
    // An account without a home directory: it compiles anew each time.
  }
}
