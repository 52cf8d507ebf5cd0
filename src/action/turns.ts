/** Prints a part of the log. */
type Print = () => void;

/** Keeps the parts of the log apart that several builds print at once. */
export interface Turns {
  /** A build has started. Its part of the log follows those of the builds that have started before. */
  readonly start: (build: number) => void;
  /** Prints something about a build, as soon as it is the build's turn. */
  readonly say: (build: number, print: Print) => void;
  /** Nothing more belongs to the build's part. */
  readonly end: (build: number) => void;
  /** Prints all that is left. */
  readonly close: () => void;
}

/** Gives one build after another the log. Without a part of its own, anything is printed at once. */
export function takeTurns(): Turns {
  /** The parts in order, each with what waits to be printed. The first one is being printed. */
  const parts = new Map<number, Print[]>();
  const over = new Set<number>();

  function pass(): void {
    for (const [build, waiting] of parts) {
      for (const print of waiting.splice(0)) print();
      if (!over.has(build)) return;
      parts.delete(build);
    }
  }

  return {
    start: (build) => void parts.set(build, []),
    say(build, print) {
      const [turn] = parts.keys();
      const waiting = parts.get(build);
      if (waiting === undefined || build === turn) print();
      else waiting.push(print);
    },
    end(build) {
      over.add(build);
      pass();
    },
    close() {
      for (const build of parts.keys()) over.add(build);
      pass();
    },
  };
}
