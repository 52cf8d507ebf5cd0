import { readdirSync } from "node:fs";
import { readStage } from "./lib/step.ts";
import { isInTree, readText, resolveInTree, writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ prefix?: string }>();
const { prefix = "/boot" } = options;

const entries = "/boot/loader/entries";
const names = isInTree(tree, entries) ? readdirSync(resolveInTree(tree, entries)) : [];
for (const path of names.filter((name) => name.endsWith(".conf")).map((name) => `${entries}/${name}`)) {
  const lines = (readText(tree, path) ?? "").split("\n");
  writeFile(
    tree,
    path,
    lines.map((line) => (/^\s*(linux|initrd|devicetree|efi)\s/.test(line) ? fixed(line) : line)).join("\n"),
  );
}

function fixed(line: string): string {
  return line.replaceAll(/(?<=\s)(\/\S*?)??\/boot(?=\/)/g, () => prefix);
}
