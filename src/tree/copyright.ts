import { posix } from "node:path";

/** The packages' copyright files in Debian, and the links in their place. */
export interface CopyrightFiles {
  /** Texts by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Targets by path: a package may share the directory or the file of another that was built from the same source. */
  readonly links: ReadonlyMap<string, string>;
}

const directory = "/usr/share/doc";

/** Whether licencesOf() needs the text of a file. */
export const isCopyright = (path: string) => /^\/usr\/share\/doc\/[^/]+\/copyright$/.test(path);

/** Whether licencesOf() needs the target of a link. */
export const isCopyrightLink = (path: string) => /^\/usr\/share\/doc\/[^/]+(\/copyright)?$/.test(path);

/**
 * The licences of a Debian package, by the short names in its copyright file. A file that isn't in the machine-readable
 * format of https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ gives none.
 */
export function licencesOf(name: string, { texts, links }: CopyrightFiles): readonly string[] {
  const follow = (path: string) => posix.resolve(posix.dirname(path), links.get(path) ?? path);
  const text = texts.get(follow(`${follow(`${directory}/${name}`)}/copyright`)) ?? "";
  const [head = "", ...paragraphs] = text.split(/\n(?:[ \t]*\n)+/);
  if (!/^Format:.*copyright-format\/1\.0/im.test(head)) return [];
  const names = paragraphs
    .filter((paragraph) => /^Files:/im.test(paragraph))
    .map((paragraph) => /^License:(.*)$/im.exec(paragraph)?.[1]?.trim() ?? "");
  return [...new Set(names.filter((each) => each !== ""))];
}
