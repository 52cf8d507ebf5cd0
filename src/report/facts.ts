import type { Partition } from "../image/disk.ts";
import { totalBytes } from "../tree/changes.ts";
import type { Contents } from "../tree/contents.ts";
import { formatBytes, formatCount, formatSeconds } from "./format.ts";
import { html, type Markup, shorten } from "./markup.ts";
import type { Boot, Image, PipelineReport } from "./pipeline-report.ts";

/** The facts about an image, each with its name. */
export function imageFacts({ contents }: PipelineReport, image: Image): readonly Fact[] {
  const { disk, boot, artifactUrl, uploadedBefore, notUploaded, attestationUrl, pushed } = image;
  return [
    ["Image", html`${code(image.path)}${artifactUrl === null ? null : html` ${link(artifactUrl, "download")}`}`],
    ...(uploadedBefore ? [["Uploaded", html`before: it is the branch's last upload`] as const] : []),
    ...(notUploaded === null ? [] : [["Not uploaded", html`❌ ${code(notUploaded, 500)}`] as const]),
    ...(pushed.length === 0 ? [] : [["In a registry", references(pushed)] as const]),
    ...(disk === null ? [] : [["Format", html`${disk.format}`] as const]),
    ["Size", html`${formatBytes(image.bytes)}${seenAs(image)}`],
    ...(disk === null || disk.partitions.length === 0 ? [] : [["Partitions", partitions(disk.partitions)] as const]),
    ...(boot === null ? [] : [["Boot test", bootFact(boot)] as const]),
    ["SHA-256", code(image.sha256)],
    ...(attestationUrl === null ? [] : [["Attested", html`✅ ${link(attestationUrl, "provenance")}`] as const]),
    ...(contents === null ? [] : contentsFacts(contents)),
  ];
}

/** A row of the table about an image. */
export type Fact = readonly [name: string, value: Markup];

/** Untrusted text within ours. GitHub makes no mentions and links of text in <code>. */
export const code = (text: string, length = 100) => html`<code>${shorten(text, length)}</code>`;

/** A link to an address on the web; null for any other address. */
export const link = (url: string, text: string) =>
  /^https?:$/.test(URL.parse(url)?.protocol ?? "") ? html`<a href="${url}">${text}</a>` : null;

const seenAs = ({ bytes, disk }: Image) =>
  disk === null || disk.virtualSize === null || disk.virtualSize === bytes
    ? null
    : ` (a ${formatBytes(disk.virtualSize)} disk)`;

const bootFact = ({ passed, seconds, said, evidenceUrl }: Boot) =>
  html`${passed ? "✅ passed" : "❌ failed"} after ${formatSeconds(seconds)}: ${code(said.at(-1) ?? "")}${evidenceUrl === null ? null : html` ${link(evidenceUrl, "console and screen")}`}`;

const references = (all: readonly string[]) =>
  html`${all.map((reference, index) => html`${index === 0 ? null : html`<br>`}${code(reference, 400)}`)}`;

const partitions = (all: readonly Partition[]) =>
  html`${all.map(
    ({ number, type, name, size, bootable }, index) =>
      html`${index === 0 ? null : html`<br>`}${number}: ${shorten(type, 50)}${name === null ? null : html` ${code(name)}`}, ${formatBytes(size)}${bootable ? ", bootable" : null}`,
  )}`;

function contentsFacts(contents: Contents): readonly Fact[] {
  const { packages, entries } = contents;
  const files = entries.filter(({ kind }) => kind !== "directory").length;
  const all: Fact = ["Contents", html`${formatBytes(totalBytes(contents))} in ${formatCount(files, "file")}`];
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
