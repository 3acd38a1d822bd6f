import { pause } from "../deadline.ts";

/** Does one thing together with others that come soon. Rejects with what became of that one alone. */
export type Together<Item, Result> = (item: Item) => Promise<Result>;

/**
 * Collects what comes within `waitMs` milliseconds, 10 at most, and works on it at once: `work` answers in the order of
 * the items. When that fails, each is worked on by itself: one that cannot be holds up no other.
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
    const batch = waiting;
    waiting = [];
    void flush(batch);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) void pause(waitMs).then(flushAll);
      waiting.push({ item, resolve, reject });
    });
}
