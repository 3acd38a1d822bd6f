import { pause } from "../deadline.ts";

/** Does one thing together with others that come soon. Rejects with what became of that one alone. */
export type Together<Item, Result> = (item: Item) => Promise<Result>;

/**
 * Works at once on what comes in one moment, and then on whatever came while that was under way: when it ends, or after
 * `waitMs` milliseconds, 10 at most, should it take longer. `work` answers in the order of the items. When that fails,
 * each is worked on by itself: one that cannot be holds up no other.
 */
export function together<Item, Result>(
  waitMs: number,
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): Together<Item, Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let underWay = 0;

  async function flush(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await work(batch.map(({ item }) => item));
      for (const [place, { resolve }] of batch.entries()) {
        // `work` answers for every item.
        resolve(results[place] as Result);
      }
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await flush([one]);
    }
  }

  function flushAll(): void {
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    underWay += 1;
    void flush(batch).finally(() => {
      underWay -= 1;
      flushAll();
    });
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) void pause(underWay === 0 ? 0 : waitMs).then(flushAll);
      waiting.push({ item, resolve, reject });
    });
}
