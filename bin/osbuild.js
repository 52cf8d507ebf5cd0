#!/usr/bin/env node
// Written so that any Node.js still in use can read it: whoever has an old one is told so.
const major = Number(process.versions.node.split(".")[0]);
if (major >= 24) {
  await import("../dist/cli/index.js");
} else {
  process.stderr.write(
    `error: osbuild needs Node.js 24 or later; this is ${process.versions.node} (${process.execPath})\n` +
      "  hint: `npm start` brings its own\n",
  );
  process.exitCode = 1;
}
