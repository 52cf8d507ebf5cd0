import type { Changes, FileChange, PackageChange } from "../tree/changes.ts";
import { changeCounts, fileNoun, formatChange } from "./changes.ts";
import { code } from "./facts.ts";
import { formatCount } from "./format.ts";
import { block, html } from "./markup.ts";
import type { Image, PipelineReport, Previous } from "./pipeline-report.ts";
import { type Row, table } from "./summary-table.ts";

/** The images that are compared. */
interface Compared {
  /** The name of the earlier one. */
  readonly label: string;
  /** Their files, if they are known. */
  readonly images?: { readonly before: ImageFile; readonly after: ImageFile };
}

type ImageFile = Pick<Image, "bytes" | "sha256">;

/** The images that a report compares. */
export const comparedIn = (previous: Previous, { image }: Pick<PipelineReport, "image">): Compared => ({
  label: previous.label,
  ...(image === null ? {} : { images: { before: previous.image, after: image } }),
});

/** The changes since another image in GitHub's Markdown, with at most so many rows in a table. */
export function changesMarkdown({ label, images }: Compared, changes: Changes, rows: number): string {
  const title = block(html`<h3>Changes since ${code(label)}</h3>`);
  if (images !== undefined && images.before.sha256 === images.after.sha256)
    return title + block(html`<p>None: the images are identical, bit for bit.</p>`);
  const { packages, files, bytes } = changes;
  const size = images === undefined ? null : `, the image ${formatChange(images.after.bytes - images.before.bytes)}`;
  return [
    title,
    block(html`<p>${changeCounts(changes)}. Contents ${formatChange(bytes)}${size}.</p>`),
    packageTable(packages, ["Package", "From", "To", "Size"], rows),
    table({
      title: formatCount(files.length, fileNoun(changes)),
      head: ["File", "Change", "Size"],
      rows: files.map(fileRow),
      most: rows,
      // In a summary, the lines below say what matters about the image.
      folded: files.length > 10,
    }),
  ].join("");
}

/** The same for images whose packages alone are known. */
export function packagesMarkdown(label: string, packages: readonly PackageChange[], rows: number): string {
  const counts = packages.length === 0 ? "no package changed" : changeCounts({ packages, files: [], bytes: 0 });
  return [
    block(html`<h3>Changes since ${code(label)}</h3>`),
    block(html`<p>${counts}.</p>`),
    packageTable(packages, ["Package", "From", "To"], rows),
  ].join("");
}

const packageTable = (packages: readonly PackageChange[], head: readonly string[], most: number) =>
  table({ title: formatCount(packages.length, "package"), head, rows: packages.map(packageRow), most });

const packageRow = ({ name, architecture, from, to, bytes }: PackageChange): Row => [
  code(`${name}${architecture === "" ? "" : `:${architecture}`}`),
  from === null ? html`added` : code(from, 50),
  to === null ? html`removed` : code(to, 50),
  html`${formatChange(bytes)}`,
];

const fileRow = ({ path, change, aspects, bytes }: FileChange): Row => [
  code(path),
  html`${aspects.length > 0 ? aspects.join(", ") : change}`,
  html`${formatChange(bytes)}`,
];

/** The changes as JSON, for other programs. */
export const changesJson = (since: string, { packages, files, bytes }: Changes): string =>
  inJson({ since, packages, files, bytes });

/** The same for images whose packages alone are known: without sizes and files. */
export const packagesJson = (since: string, packages: readonly PackageChange[]): string =>
  inJson({ since, packages: packages.map(({ bytes: _, files: __, ...change }) => change) });

const inJson = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
