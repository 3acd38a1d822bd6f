import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idleOptions } from "../../test/idle-options.ts";
import type { Logger } from "../ports/logger.ts";
import type { PruneRequest } from "../ports/store/store.ts";
import { readOptions } from "../read-options.ts";
import { keepsHouse } from "./keep-house.ts";

// The monotonic clock stands still unless a statement takes time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const now = new Date("2026-03-31T12:00:00Z");

/** A house whose storage has so many statements' worth to take away, each of which takes so many milliseconds. */
function aHouse({
  statements,
  takesMs,
  options = {},
  onPrune = () => {},
}: {
  readonly statements: number;
  readonly takesMs: number;
  readonly options?: object;
  readonly onPrune?: () => void;
}) {
  const asked: PruneRequest[] = [];
  const warned: string[] = [];
  const { storage } = idleOptions();
  let left = statements;
  const prune = async (ask: PruneRequest) => {
    asked.push(ask);
    vi.advanceTimersByTime(takesMs);
    onPrune();
    left -= 1;
    return { isMoreLeft: left > 0 };
  };
  const warn: Logger["warn"] = (_fields, message) => warned.push(message);
  const context = readOptions(
    idleOptions({
      storage: { ...storage, prune },
      retention: { journal: 30 },
      clock: { now: () => now },
      logger: { debug() {}, info() {}, warn, error() {} },
      ...options,
    }),
  );
  return { context, asked, warned };
}

test("what is old is taken away a thousand rows at a time until nothing is left", async () => {
  // S78
  const { context, asked } = aHouse({ statements: 3, takesMs: 10 });
  await keepsHouse(context, undefined)();
  const ask = {
    comments: null,
    journal: new Date("2026-03-01T12:00:00Z"),
    events: null,
    tokens: null,
    limit: 1_000,
  };
  expect(asked).toEqual([ask, ask, ask]);
});

test.each([
  [500, 4],
  [499, 5],
  [2_000, 1],
  [60_000, 1],
])(
  "with statements of %i ms it gives way after two seconds, having run %i, and goes on with the next sweep",
  async (takesMs, runs) => {
    // S78
    const { context, asked } = aHouse({ statements: 1_000, takesMs });
    const house = keepsHouse(context, undefined);
    await house();
    expect(asked).toHaveLength(runs);
    await house();
    expect(asked).toHaveLength(2 * runs);
  },
);

test("where everything is kept the storage is not asked", async () => {
  // S78
  const { context, asked } = aHouse({ statements: 1, takesMs: 1, options: { retention: {} } });
  await keepsHouse(context, undefined)();
  expect(asked).toEqual([]);
});

test("a worker that stops ends behind the statement that is under way", async () => {
  // S78
  const stopping = new AbortController();
  const { context, asked } = aHouse({ statements: 9, takesMs: 1, onPrune: () => stopping.abort() });
  const house = keepsHouse(context, stopping.signal);
  await house();
  await house();
  expect(asked).toHaveLength(1);
});

test("two sweeps at once keep house once", async () => {
  // S78
  const { context, asked } = aHouse({ statements: 2, takesMs: 1 });
  const house = keepsHouse(context, undefined);
  await Promise.all([house(), house()]);
  expect(asked).toHaveLength(2);
});

test("what fails is logged and tried again; the storage's own housekeeping costs retention nothing", async () => {
  // S78
  const { storage } = idleOptions();
  const broken = async () => Promise.reject(new Error("ada@example.com"));
  const house = aHouse({ statements: 1, takesMs: 1 });
  await keepsHouse(
    { ...house.context, storage: { ...house.context.storage, keepHouse: broken } },
    undefined,
  )();
  expect(house.asked).toHaveLength(1);
  expect(house.warned).toEqual(["housekeeping failed, will try again with the next sweep"]);
  const { context, warned } = aHouse({
    statements: 1,
    takesMs: 1,
    options: { storage: { ...storage, prune: broken } },
  });
  const again = keepsHouse(context, undefined);
  await again();
  await again();
  const failed = "retention failed, will try again with the next sweep";
  expect(warned).toEqual([failed, failed]);
});
