/** mmdebstrap says this before it runs apt or dpkg, of whose lines only a few say how far it is. */
const start = /^I: (running apt-get update|downloading packages|installing (essential|remaining) packages)/;

/**
 * Condenses the output of `mmdebstrap --verbose` to a line for each thing that it begins. Without --verbose it is
 * silent for as long as apt or dpkg runs. Before an error stands all that the program printed which failed.
 */
export function condense(): (line: string) => readonly string[] {
  let left: string[] | undefined;
  let packages = "";
  const begun = new Set<string>();
  return (line) => {
    if (line.startsWith("I: ")) {
      left = start.test(line) ? [] : undefined;
      begun.clear();
    }
    if (line.startsWith("E: ")) {
      const all = left ?? [];
      left = undefined;
      return [...all, line];
    }
    if (left === undefined || /^[IW]: /.test(line)) return [line];
    left.push(line);
    packages = /^\d+ upgraded, (\d+) newly installed/.exec(line)?.[1] ?? packages;
    if (line.startsWith("Need to get ")) return [line];
    // dpkg doesn't say how many packages it is given.
    const what = packages === "1" ? "1 package" : `${packages} packages`.trim();
    if (line.startsWith("Unpacking ")) return first(`unpacking ${what}`);
    return line.startsWith("Setting up ") ? first(`configuring ${what}`) : [];
  };

  function first(line: string): readonly string[] {
    if (begun.has(line)) return [];
    begun.add(line);
    return [line];
  }
}
