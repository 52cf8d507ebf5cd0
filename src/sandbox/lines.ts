/** A longer line is cut: a program that prints no line break must not fill the memory. */
const longest = 16 * 1024;

/**
 * Cuts a stream of bytes into lines of text. Bytes that aren't UTF-8 become U+FFFD, and of an overwritten line (a
 * progress bar's) the last state counts.
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

/** A line from the start of its last state, as much as is kept of it. */
function cut(line: string): string {
  let end = line.length;
  while (line[end - 1] === "\r") end--;
  const start = line.lastIndexOf("\r", end - 1) + 1;
  return line.slice(start, start + longest);
}
