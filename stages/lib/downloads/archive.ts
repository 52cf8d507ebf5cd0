import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fail, run } from "../step.ts";
import { makeDirectory, newEntry, resolveInTree } from "../tree.ts";
import { type DownloadInput, downloadOf, downloadVerified, sourceUrl } from "./sources.ts";

/** An archive, by the checksum under which the pipeline's sources have its address. */
export interface ArchiveSource {
  readonly checksum: string;
  /** The name of the secret with the server's token. */
  readonly token?: string;
  readonly "strip-components"?: number | string;
}

/** A path of the archive, and its place in the tree. Both are the root by default. */
export interface ArchivePath {
  readonly from?: string;
  readonly to?: string;
}

/** Downloads an archive and copies paths of it into the tree, with the archive's owners and modes. */
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

async function unpack(work: string, input: DownloadInput<unknown>, source: ArchiveSource) {
  const { checksum, token, "strip-components": strip = 1 } = source;
  const data = await downloadVerified(downloadOf(sourceUrl(input.sources, checksum), token, input), checksum);
  const archive = `${work}/archive`;
  const content = `${work}/content`;
  // A directory that the archive's root becomes gets this mode.
  mkdirSync(content, { mode: 0o755 });
  writeFileSync(archive, data);
  // Owners go by number, because names are those of the machine that packed the archive.
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
  // Like `cp FROM TO`. The archive's root has no name, so its content is copied.
  const isInto = to.endsWith("/") || lstatSync(resolveInTree(tree, to), { throwIfNoEntry: false })?.isDirectory();
  if (isInto) return cp(/^\/+$/.test(from) ? contentOf(source) : [source], `${makeDirectory(tree, to)}/`);
  cp([source], newEntry(tree, to));
}

const contentOf = (directory: string) => readdirSync(directory).map((name) => `${directory}/${name}`);

function cp(from: readonly string[], to: string): void {
  if (from.length > 0) run(["cp", "--archive", "--remove-destination", ...from, to]);
}
