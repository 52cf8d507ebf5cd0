/** The most characters of a line. Longer lines are cut, so that a program without line breaks can't fill the memory. */
const longest = 16 * 1024;

/**
 * Splits a stream of bytes into lines of text. Bytes that aren't UTF-8 become U+FFFD. A line that is overwritten, such
 * as a progress bar, counts in its last state.
 */
export function lineReader(onLines: (lines: readonly string[]) => void) {
  const decoder = new TextDecoder();
  let rest = "";
  return {
    write(bytes: Uint8Array): void {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = cut(lines.pop() as string);
      if (lines.length > 0) onLines(lines.map(lastState));
    },
    end(): void {
      const last = rest + decoder.decode();
      if (last !== "") onLines([lastState(last)]);
      rest = "";
    },
  };
}

const lastState = (line: string) => cut(line).replace(/\r+$/, "");

/** The last state of a line, up to the longest that is kept. */
function cut(line: string): string {
  let end = line.length;
  while (line[end - 1] === "\r") end--;
  const start = line.lastIndexOf("\r", end - 1) + 1;
  return line.slice(start, start + longest);
}
