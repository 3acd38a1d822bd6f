import { expect, test } from "vitest";
import { workThrough } from "./work-through.ts";

/** Work that ends when it is told to, on numbered rows. */
function aStretch({
  rows,
  concurrency,
  limit = null,
}: {
  readonly rows: number;
  readonly concurrency: number;
  readonly limit?: number | null;
}) {
  const claims: number[] = [];
  const begun: number[] = [];
  const endings = new Map<number, () => void>();
  // A test sets the failure later.
  const state = { next: 0, goesOn: true, failure: null as Error | null };
  const done = workThrough<number>({
    concurrency,
    limit,
    mayGoOn: () => state.goesOn,
    claim: async (count) => {
      claims.push(count);
      if (state.failure !== null) throw state.failure;
      const taken = Array.from(
        { length: Math.min(count, rows - state.next) },
        (_, place) => state.next + place,
      );
      state.next += taken.length;
      return taken;
    },
    work: (row) =>
      new Promise((resolve) => {
        begun.push(row);
        endings.set(row, () => {
          endings.delete(row);
          resolve();
        });
      }),
  });
  let isDone = false;
  const noted = done.then(
    () => {
      isDone = true;
    },
    (error: unknown) => {
      isDone = true;
      return error;
    },
  );
  /** Lets what can happen without an ending happen. */
  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  };
  const end = async (...which: readonly number[]) => {
    await settle();
    for (const row of which) endings.get(row)?.();
    await settle();
  };
  return { claims, begun, state, noted, end, endings, isDone: () => isDone };
}

test("a slow row holds up no other: its place alone stays taken", async () => {
  const stretch = aStretch({ rows: 6, concurrency: 2 });
  await stretch.end(1);
  await stretch.end(2);
  await stretch.end(3);
  expect(stretch.begun).toEqual([0, 1, 2, 3, 4]);
  expect([...stretch.endings.keys()]).toEqual([0, 4]);
});

test("no row is claimed that could not be started at once", async () => {
  const stretch = aStretch({ rows: 9, concurrency: 4 });
  await stretch.end(0, 1);
  await stretch.end(2);
  expect(stretch.claims).toEqual([4, 2, 1]);
  expect(stretch.endings.size).toBe(4);
});

test("a claim waits until a quarter of the places is free", async () => {
  const stretch = aStretch({ rows: 20, concurrency: 8 });
  await stretch.end(0);
  expect(stretch.claims).toEqual([8]);
  await stretch.end(1);
  expect(stretch.claims).toEqual([8, 2]);
});

test("it ends when nothing is left and nothing runs", async () => {
  const stretch = aStretch({ rows: 3, concurrency: 2 });
  await stretch.end(0, 1);
  expect(stretch.isDone()).toBe(false);
  await stretch.end(2);
  expect(stretch.isDone()).toBe(true);
  expect(stretch.begun).toEqual([0, 1, 2]);
});

test("rows that a claim left out because of what ran then are not left behind", async () => {
  const begun: string[] = [];
  const endings: (() => void)[] = [];
  const waiting = ["a", "b"];
  await workThrough<string>({
    concurrency: 2,
    limit: null,
    mayGoOn: () => true,
    // One at a time, and what runs ends while the claim is under way.
    claim: async () => {
      const isBusy = endings.length > 0;
      for (const end of endings.splice(0)) end();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      return isBusy ? [] : waiting.splice(0, 1);
    },
    work: (row) =>
      new Promise((resolve) => {
        begun.push(row);
        endings.push(resolve);
      }),
  });
  expect(begun).toEqual(["a", "b"]);
});

test("no more rows than the limit are claimed", async () => {
  const stretch = aStretch({ rows: 9, concurrency: 2, limit: 3 });
  await stretch.end(0);
  await stretch.end(1, 2);
  expect(await stretch.noted).toBeUndefined();
  expect([stretch.begun, stretch.claims]).toEqual([
    [0, 1, 2],
    [2, 1],
  ]);
});

test("told to stop, it claims no more and waits for what runs", async () => {
  // S16
  const stretch = aStretch({ rows: 9, concurrency: 2 });
  await stretch.end();
  stretch.state.goesOn = false;
  await stretch.end(0);
  expect(stretch.isDone()).toBe(false);
  await stretch.end(1);
  expect(stretch.isDone()).toBe(true);
  expect(stretch.claims).toEqual([2]);
});

test("a claim that fails is told after what runs has ended", async () => {
  const stretch = aStretch({ rows: 9, concurrency: 2 });
  await stretch.end();
  const failure = new Error("the storage is down");
  stretch.state.failure = failure;
  await stretch.end(0);
  expect(stretch.isDone()).toBe(false);
  await stretch.end(1);
  expect(await stretch.noted).toBe(failure);
});
