/** Tells the time that the rules see. Replace it in tests. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. The only place of the core that reads it. */
export const systemClock: Clock = { now: () => new Date(Date.now()) };
