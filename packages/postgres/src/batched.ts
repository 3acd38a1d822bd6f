import { sqlState } from "@csat/core";

/** How calls travel together. */
export interface Batching<Item, Result> {
  /** Answers in the order of the items. */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Items that share one of these do not travel together. */
  readonly keysOf?: (item: Item) => readonly string[];
  /** Nor do items of which one has among these what the other has among its own; both may have it here. */
  readonly sharedKeysOf?: (item: Item) => readonly string[];
}

// Statements of one kind under way at once: while they are, what comes meanwhile gathers. Two keep the database busy.
const mostAtOnce = 2;
const mostItems = 100;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Under load the calls of many callers become one statement: whoever comes first goes at once and alone, whoever comes
 * while two statements are under way goes with the next. Nobody waits for a time. When the database refuses a statement
 * for its data, each of its items is tried alone: one that cannot be stored fails nobody else's.
 */
export function batched<Item, Result>({
  work,
  keysOf = () => [],
  sharedKeysOf = () => [],
}: Batching<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: readonly Waiting<Item, Result>[] = [];
  let underWay = 0;

  function goOn(): void {
    while (underWay < mostAtOnce && waiting.length > 0) {
      underWay += 1;
      void run(nextBatch()).finally(() => {
        underWay -= 1;
        goOn();
      });
    }
  }

  function nextBatch(): readonly Waiting<Item, Result>[] {
    const keys = new Set<string>();
    const sharedKeys = new Set<string>();
    const batch: Waiting<Item, Result>[] = [];
    waiting = waiting.filter((one) => {
      const own = keysOf(one.item);
      const shared = sharedKeysOf(one.item);
      const isMet =
        own.some((key) => keys.has(key) || sharedKeys.has(key)) || shared.some((key) => keys.has(key));
      if (batch.length === mostItems || isMet) return true;
      for (const key of own) keys.add(key);
      for (const key of shared) sharedKeys.add(key);
      batch.push(one);
      return false;
    });
    return batch;
  }

  async function run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(batch.map(({ item }) => item));
      for (const [place, { resolve }] of batch.entries()) {
        // `work` answers for every item.
        resolve(results[place] as Result);
      }
    } catch (error) {
      if (batch.length > 1 && isRefusal(error)) for (const one of batch) await run([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { item, resolve, reject }];
      goOn();
    });
}

/** True where the statement is known to have changed nothing, and another one may well succeed. */
function isRefusal(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error) ?? "");
}
