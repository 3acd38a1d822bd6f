/** Numbers that look random and repeat with their seed. */
export interface Random {
  /** Set `CSAT_SEED` to it to run the same again. */
  readonly seed: number;
  /** A whole number from 0 up to, but without, `limit`. */
  below(limit: number): number;
  /** True about once in `times`. */
  oncePer(times: number): boolean;
}

/** Of `CSAT_SEED`, else of a new seed. */
export function seededRandom(): Random {
  const given = process.env.CSAT_SEED;
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  if (!Number.isInteger(seed)) throw new Error(`CSAT_SEED must be a whole number (got "${given}").`);
  let state = seed;
  // mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { seed, below, oncePer: (times) => below(times) === 0 };
}
