/** The service's clock, which a test can advance. */
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

/** Says whether another request is within the limit per minute. Without a limit it always is. */
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
