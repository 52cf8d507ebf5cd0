/** The names of DOS's devices. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|clock\$)$/i;

/**
 * The reason why one FAT directory can't hold files of these names, if there is one. Names are arbitrary bytes, so each
 * byte is one latin1 character.
 */
export function fatNameProblem(names: readonly string[]): string | undefined {
  const seen = new Map<string, string>();
  for (const bytes of names) {
    const name = Buffer.from(bytes, "latin1").toString();
    const reason = reasonAgainst(bytes, name);
    if (reason !== undefined) return `FAT can't hold the name ${JSON.stringify(name)}: ${reason}`;
    const other = seen.get(folded(name));
    if (other !== undefined)
      return `FAT can't tell ${JSON.stringify(other)} from ${JSON.stringify(name)}: capitals don't count`;
    seen.set(folded(name), name);
  }
  return undefined;
}

function reasonAgainst(bytes: string, name: string): string | undefined {
  if (Buffer.from(name).toString("latin1") !== bytes) return "it isn't UTF-8";
  const character = [...name].find((one) => one < " " || '"*:<>?\\|'.includes(one));
  if (character !== undefined) return `it has ${JSON.stringify(character)}`;
  // mtools replaces such a character by another one.
  if (/[\ud800-\udfff]/.test(name)) return "it has a character beyond Unicode's first 65536";
  if (/[. ]$/.test(name)) return "a dot or a space at its end is dropped";
  if (device.test(name)) return "it is a device's in DOS";
  return name.length > 255 ? "it is longer than 255 characters" : undefined;
}

/** FAT compares letter by letter: ß isn't the same as SS. */
const folded = (name: string) =>
  [...name].map((letter) => (letter.toUpperCase().length === 1 ? letter.toUpperCase() : letter)).join("");
