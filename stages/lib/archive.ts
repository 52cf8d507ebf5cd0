import { lstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type DownloadInput, download, matches, redirect, sourceUrl } from "./sources.ts";
import { fail, run } from "./step.ts";
import { entryInTree, makeDirectory, resolveInTree } from "./tree.ts";

export interface ArchiveSource {
  readonly checksum: string;
  readonly "strip-components"?: number | string;
}

export interface ArchivePath {
  readonly from?: string;
  readonly to?: string;
}

/** Copies paths of an archive, which the pipeline's sources have the address of, with its owners and modes. */
export async function copyFromArchive(
  input: DownloadInput<unknown>,
  source: ArchiveSource,
  paths: readonly ArchivePath[] = [{}],
): Promise<void> {
  const work = mkdtempSync("/var/tmp/archive-");
  const content = await unpack(work, input, source);
  for (const { from = "/", to = "/" } of paths) copy(input.tree, content, from, to);
  rmSync(work, { recursive: true });
}

async function unpack(work: string, { sources, mirrors }: DownloadInput<unknown>, source: ArchiveSource) {
  const { checksum, "strip-components": strip = 1 } = source;
  const url = redirect(sourceUrl(sources, checksum), mirrors);
  const data = await download(url);
  if (!matches(data, checksum)) fail(`${url}: what is there has another checksum than ${checksum}`);
  const archive = `${work}/archive`;
  const content = mkdtempSync(`${work}/content-`);
  writeFileSync(archive, data);
  // By number: the names are of the machine that packed it.
  run([
    "tar",
    "--extract",
    "--numeric-owner",
    `--strip-components=${strip}`,
    `--directory=${content}`,
    "--file",
    archive,
  ]);
  return content;
}

function copy(tree: string, content: string, from: string, to: string): void {
  const source = content + from;
  const entry = lstatSync(source, { throwIfNoEntry: false });
  if (entry === undefined) fail(`${from}: the archive has no such file, once its names are without strip-components`);
  // As `cp FROM TO` does; of the archive's root, which has no name, what is in it.
  const isInto = to.endsWith("/") || lstatSync(resolveInTree(tree, to), { throwIfNoEntry: false })?.isDirectory();
  if (isInto)
    return cp(from.endsWith("/") && entry.isDirectory() ? `${source}.` : source, `${makeDirectory(tree, to)}/`);
  makeDirectory(tree, dirname(to));
  const place = entryInTree(tree, to);
  rmSync(place, { force: true });
  cp(source, place);
}

const cp = (from: string, to: string) => run(["cp", "--archive", "--remove-destination", from, to]);
