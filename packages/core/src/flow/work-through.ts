/** A stretch of work on claimed rows. */
export interface Stretch<Item> {
  /** Most rows worked on at once. */
  readonly concurrency: number;
  /** Most rows in all; null for all there are. */
  readonly limit: number | null;
  /** False once nothing more may be claimed. */
  mayGoOn(): boolean;
  /** Claims at most `count` rows. */
  claim(count: number): Promise<readonly Item[]>;
  /** Never rejects. */
  work(item: Item): Promise<void>;
}

/**
 * Claims and works until nothing is left. Whoever is done makes room for the next at once, so that a slow row holds up
 * no other, and no row is claimed before it can be started.
 * @throws what `claim` throws, when all that was begun has ended
 */
export async function workThrough<Item>(stretch: Stretch<Item>): Promise<void> {
  const { concurrency, limit, claim, work } = stretch;
  const running = new Set<Promise<void>>();
  let left = limit ?? Number.POSITIVE_INFINITY;
  try {
    while (left > 0 && stretch.mayGoOn()) {
      const items = await claim(Math.min(left, concurrency - running.size));
      left -= items.length;
      for (const item of items) {
        const one = work(item).finally(() => running.delete(one));
        running.add(one);
      }
      if (running.size === 0) return;
      if (items.length === 0 || running.size >= concurrency) await Promise.race(running);
    }
  } finally {
    await Promise.all(running);
  }
}
