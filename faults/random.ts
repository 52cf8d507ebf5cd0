/** Numbers that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 up to, and without, this one. */
  readonly below: (limit: number) => number;
  /** One of these. */
  readonly pick: <T>(of: readonly T[]) => T;
}

/** Mulberry32: small, and even enough to choose what to break. */
export function openRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (of) => of[below(of.length)] as (typeof of)[number] };
}
