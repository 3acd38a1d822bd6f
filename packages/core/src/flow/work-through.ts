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
 * Claims and works until nothing is left. Whoever is done makes room for the next, so that a slow row holds up no
 * other, and no row is claimed before it can be started. A claim costs the storage the same for one row as for many:
 * when all places were taken, or nothing was found, the next one waits until a quarter of them is free again.
 * @throws what `claim` throws, when all that was begun has ended
 */
export async function workThrough<Item>(stretch: Stretch<Item>): Promise<void> {
  const { concurrency, limit, claim, work } = stretch;
  const enough = Math.ceil(concurrency / 4);
  const running = new Set<Promise<void>>();
  let left = limit ?? Infinity;
  try {
    while (left > 0 && stretch.mayGoOn()) {
      const before = running.size;
      const items = await claim(Math.min(left, concurrency - before));
      left -= items.length;
      for (const item of items) {
        const one = work(item).finally(() => running.delete(one));
        running.add(one);
      }
      const foundNone = items.length === 0;
      // What ended during a claim that found nothing may have made room for more.
      if (foundNone && before === 0) return;
      const most = (foundNone ? before : concurrency) - enough;
      if (foundNone || running.size >= concurrency) {
        while (running.size > Math.max(most, 0)) await Promise.race(running);
      }
    }
  } finally {
    await Promise.all(running);
  }
}
