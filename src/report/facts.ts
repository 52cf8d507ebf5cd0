import type { Partition } from "../host/disk.ts";
import type { Contents } from "../store/contents.ts";
import { totalBytes } from "./contents.ts";
import { formatBytes, formatSeconds } from "./format.ts";
import { counted, html, type Markup, shorten } from "./markup.ts";
import type { Boot, Image, PipelineReport } from "./pipeline-report.ts";

/** What is to be known of an image, each thing with its name. */
export function imageFacts({ contents, treeId, outputId }: PipelineReport, image: Image): readonly Fact[] {
  const { disk, boot, artifactUrl, notUploaded } = image;
  return [
    ["Image", html`${code(image.path)}${artifactUrl === null ? null : html` ${link(artifactUrl, "download")}`}`],
    ...(notUploaded === null ? [] : [["Not uploaded", html`❌ ${code(notUploaded, 500)}`] as const]),
    ...(disk === null ? [] : [["Format", html`${disk.format}`] as const]),
    ["Size", html`${formatBytes(image.bytes)}${seenAs(image)}`],
    ...(disk === null || disk.partitions.length === 0 ? [] : [["Partitions", partitions(disk.partitions)] as const]),
    ...(boot === null ? [] : [["Boot test", bootFact(boot)] as const]),
    ["SHA-256", code(image.sha256)],
    ...(contents === null ? [] : contentsFacts(contents)),
    ...(treeId === null ? [] : [["Tree id", code(treeId)] as const]),
    ...(outputId === null ? [] : [["Output id", code(outputId)] as const]),
  ];
}

export type Fact = readonly [name: string, value: Markup];

/** Somebody else's text on the side of ours. GitHub makes nothing in <code> a mention or a link. */
export const code = (text: string, length = 100) => html`<code>${shorten(text, length)}</code>`;

const link = (url: string, text: string) =>
  /^https?:$/.test(URL.parse(url)?.protocol ?? "") ? html`<a href="${url}">${text}</a>` : null;

const seenAs = ({ bytes, disk }: Image) =>
  disk === null || disk.virtualSize === null || disk.virtualSize === bytes
    ? null
    : `, a disk of ${formatBytes(disk.virtualSize)}`;

const bootFact = ({ passed, seconds, said }: Boot) =>
  html`${passed ? "✅ passed" : "❌ failed"} after ${formatSeconds(seconds)}: ${code(said.at(-1) ?? "")}`;

const partitions = (all: readonly Partition[]) =>
  html`${all.map(
    ({ number, type, name, size, bootable }, index) =>
      html`${index === 0 ? null : html`<br>`}${number}: ${shorten(type, 50)}${name === null ? null : html` ${code(name)}`}, ${formatBytes(size)}${bootable ? ", bootable" : null}`,
  )}`;

function contentsFacts(contents: Contents): readonly Fact[] {
  const { packages, entries } = contents;
  const files = entries.filter(({ kind }) => kind !== "directory").length;
  const all: Fact = ["Contents", html`${formatBytes(totalBytes(contents))} in ${counted(files, "file")}`];
  switch (contents.database) {
    case "none":
      return [all];
    case "rpm, unread":
      return [["Packages", html`unknown: this machine has no <code>rpm</code> that can read them`], all];
    case "dpkg":
    case "rpm":
      return [["Packages", html`${packages.length.toLocaleString("en")}`], all];
  }
}
