import { basename } from "node:path";
import { failure } from "../errors.ts";
import { changesJson, changesMarkdown, packagesJson, packagesMarkdown } from "../report/changes-text.ts";
import { readSbom } from "../sbom/read.ts";
import { recordedContents } from "../store/integrity.ts";
import { layoutOf } from "../store/layout.ts";
import { changesBetween, type ListedPackage, packageChanges } from "../tree/changes.ts";
import type { Contents } from "../tree/contents.ts";
import type { Command } from "./command.ts";

/** `osbuild changes`: prints what changed from one image to another, as Markdown or JSON. */
export async function changesCommand(command: Extract<Command, { type: "changes" }>): Promise<void> {
  const [before, after] = [await imageOf(command, command.before), await imageOf(command, command.after)];
  process.stdout.write(command.json ? jsonOf(before, after) : markdownOf(before, after));
}

/** An image, with its contents if the store knows them. An SBOM has packages alone. */
interface Image {
  readonly label: string;
  readonly contents: Contents | undefined;
  readonly packages: readonly ListedPackage[];
}

async function imageOf({ store }: { readonly store: string }, name: string): Promise<Image> {
  if (!/^[0-9a-f]{64}$/.test(name))
    return { label: basename(name), contents: undefined, packages: await readSbom(name) };
  const contents = await recordedContents(layoutOf(store), name);
  const hint = "a build with --sbom or --max-size records that, and `osbuild store list` shows what there is";
  if (contents === undefined) throw failure("STORE", `the store doesn't know what the output ${name} contains`, hint);
  return { label: name.slice(0, 12), contents, packages: contents.packages };
}

function jsonOf(before: Image, after: Image): string {
  if (before.contents === undefined || after.contents === undefined)
    return packagesJson(before.label, packageChanges(before.packages, after.packages));
  return changesJson(before.label, changesBetween(before.contents, after.contents));
}

function markdownOf(before: Image, after: Image): string {
  if (before.contents === undefined || after.contents === undefined)
    return packagesMarkdown(before.label, packageChanges(before.packages, after.packages), Infinity);
  const changes = changesBetween(before.contents, after.contents);
  return changesMarkdown({ label: before.label }, changes, Infinity);
}
