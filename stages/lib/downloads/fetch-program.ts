import { writeFileSync } from "node:fs";
import { readStage } from "../step.ts";
import { type FileToFetch, fetchFiles } from "./fetch-files.ts";

// The engine runs this in a container like a stage's, to fetch files from addresses that nobody has vouched for: it
// reaches the world and not the host. The files go to the tree.
const { tree, options } = await readStage<{ readonly files: readonly FileToFetch[] }>();
const mebibytes = (bytes: number) => Math.ceil(bytes / 1024 ** 2);
let told = 0;
const refusals = await fetchFiles(options.files, tree, ({ files, ofFiles, bytes, ofBytes }) => {
  const now = performance.now();
  if (files < ofFiles && now - told < 1000) return;
  told = now;
  console.log(`fetched ${files} of ${ofFiles} packages, ${mebibytes(bytes)} of ${mebibytes(ofBytes)} MiB`);
});
writeFileSync(`${tree}/refusals.json`, JSON.stringify(refusals));
