import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { json } from "node:stream/consumers";

interface Input {
  readonly tree: string;
  readonly options: { readonly name: string; readonly version: string };
  readonly source_epoch: number;
}

const { tree, options, source_epoch } = (await json(process.stdin)) as Input;

// The clock would make another image of every build.
const date = new Date(source_epoch * 1000).toISOString().slice(0, 10);
mkdirSync(`${tree}/etc`, { recursive: true });
// A symbolic link here would be followed out of the tree.
rmSync(`${tree}/etc/app-release`, { force: true });
writeFileSync(`${tree}/etc/app-release`, `${options.name} ${options.version} (${date})\n`);
