/** The service's time: it passes by itself, and faster where a test says so. */
export interface Clock {
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
}

export function newClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}

/** Says whether one more is within the limit of a minute; no limit: always. */
export function perMinute(clock: Clock, limit: number | undefined): () => boolean {
  let taken: number[] = [];
  return () => {
    if (limit === undefined) return true;
    taken = taken.filter((at) => at > clock.now() - 60_000);
    if (taken.length === limit) return false;
    taken.push(clock.now());
    return true;
  };
}
