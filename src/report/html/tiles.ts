import type { Contents, ContentsEntry } from "../../tree/contents.ts";
import { formatBytes, formatCount } from "../format.ts";
import { html, type Markup, shown } from "../markup.ts";

/** A tile of the map: a directory, a file or a package, with its size and its parts, the largest first. */
export type Tile = readonly [name: string, bytes: number, parts?: readonly Tile[]];

/** The section with the map of the image's contents. */
export function tilesSection(contents: Contents): Markup {
  const byDirectory = { title: "By directory", root: tilesByDirectory(contents) };
  const byPackage = { title: "By package", root: tilesByPackage(contents) };
  const views = contents.packages.length === 0 ? [byDirectory] : [byDirectory, byPackage];
  // `<` is the one character that could end the element.
  const data: Markup = { html: JSON.stringify({ views }).replaceAll("<", "\\u003c") };
  const rows = (byDirectory.root[2] ?? []).map(
    ([name, bytes]) => html`<tr><th scope="row">${name}</th><td class="number">${formatBytes(bytes)}</td></tr>`,
  );
  return html`<section><h2>What fills the image</h2>
<div class="map"><table><tbody>${rows}</tbody></table></div>
<script type="application/json" id="tiles">${data}</script></section>`;
}

/** The most tiles of their own. Smaller parts of a directory share one tile. */
const maxTiles = 5000;

/** The contents by directory. */
const tilesByDirectory = ({ entries }: Contents): Tile => prune("/", directoryOf(entries));

/** The contents by package. Files that belong to no package are arranged by directory. */
function tilesByPackage({ entries, packages }: Contents): Tile {
  const bytes = packages.map(() => 0);
  for (const { kind, size, package: index } of entries) {
    if (kind === "file" && index !== null) bytes[index] = (bytes[index] ?? 0) + size;
  }
  const owned = packages.map(({ name }, index): Tile => [shown(name), bytes[index] ?? 0]);
  const others = prune("in no package", directoryOf(entries.filter((entry) => entry.package === null)));
  const parts = [...owned, others].filter(([, size]) => size > 0).sort(bySize);
  return ["all packages", parts.reduce((sum, [, size]) => sum + size, 0), parts];
}

const bySize = ([, a]: Tile, [, b]: Tile) => b - a;

interface Directory {
  bytes: number;
  readonly parts: Map<string, Directory>;
}

function directoryOf(entries: readonly ContentsEntry[]): Directory {
  const root: Directory = { bytes: 0, parts: new Map() };
  for (const { path, size, kind } of entries) {
    if (kind !== "file") continue;
    let place = root;
    place.bytes += size;
    for (const name of path.slice(1).split("/")) {
      const part = place.parts.get(name) ?? { bytes: 0, parts: new Map() };
      place.parts.set(name, part);
      part.bytes += size;
      place = part;
    }
  }
  return root;
}

function prune(name: string, root: Directory): Tile {
  const sizes = sizesIn(root).sort((a, b) => b - a);
  const least = sizes[maxTiles] ?? 0;
  return tileOf(name, root);

  function tileOf(called: string, { bytes, parts }: Directory): Tile {
    if (parts.size === 0) return [shown(called), bytes];
    const large = [...parts].filter(([, part]) => part.bytes > least).map(([part, place]) => tileOf(part, place));
    const rest = bytes - large.reduce((sum, [, size]) => sum + size, 0);
    const small: readonly Tile[] = rest > 0 ? [[formatCount(parts.size - large.length, "smaller entry"), rest]] : [];
    return [shown(called), bytes, [...large, ...small].sort(bySize)];
  }
}

const sizesIn = ({ parts }: Directory): number[] =>
  [...parts.values()].flatMap((part) => [part.bytes, ...sizesIn(part)]);
