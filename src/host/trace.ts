/** Receives every command and every mount as a line to paste into a shell, without inputs and environment variables. */
type Hear = (line: string) => void;

let hear: Hear | undefined;

/** Reports all commands from now on: for --debug, and for RUNNER_DEBUG in a workflow. */
export function traceCommands(to: Hear): void {
  hear = to;
}

/** Quotes a word for a POSIX shell. This is only for display: nothing built from it is passed to a shell. */
export const quote = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** Notes the start of a command. The returned function reports its end. */
export function traced(argv: readonly string[], cwd?: string): (end: string) => void {
  if (hear === undefined) return () => undefined;
  const told = hear;
  const started = performance.now();
  const where = cwd === undefined ? "" : `cd ${quote(cwd)} && `;
  return (end) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(3);
    told(`${where}${argv.map(quote).join(" ")} # ${seconds} s, ${end}`);
  };
}
