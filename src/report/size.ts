/** The forms that parseSize() accepts, in words. */
export const sizeForms = "a number that may end in K, M, G or T, such as 500M";

/** Parses a size in bytes, such as `500M` or `1.5G`. Undefined if the text isn't one. */
export function parseSize(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  return number === undefined ? undefined : Math.floor(Number(number) * 1024 ** " KMGT".indexOf(unit || " "));
}
