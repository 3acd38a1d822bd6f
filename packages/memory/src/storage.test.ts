import type { Change, Key } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { memoryStorage } from "./storage.ts";

const key: Key = { kind: "ticket", workspaceId: "acme", id: "T1" };
const wakeAt = new Date("2026-03-01T13:00:00.000Z");
const aChange = (expected = 0): Change => ({
  heads: [
    {
      key,
      expected,
      state: { expected },
      cells: { kind: "ticket", sentAt: null, resolvedBy: null },
      due: { kind: "waiting", wakeAt, firstDueAt: wakeAt },
    },
  ],
});
const ask = { kind: "ticket", now: wakeAt, leaseForMs: 60_000, limit: 1, after: null } as const;

test("there are no transactions of a host in memory", () => {
  // Its type allows none either.
  const join = memoryStorage().within as (tx: unknown) => unknown;
  expect(() => join({})).toThrow(expect.objectContaining({ code: "invalid_config" }));
});

test("another handle holds the same rows, another storage none of them", async () => {
  const storage = memoryStorage();
  await storage.auto.write([aChange()]);
  expect(await storage.reopen().auto.read([key])).toEqual([{ key, version: 1, state: { expected: 0 } }]);
  expect(await memoryStorage().auto.read([key])).toEqual([{ key, version: 0, state: null }]);
});

test("leases run on the clock that is given", async () => {
  const clock = fakeClock("2026-03-01T12:00:00.000Z");
  const storage = memoryStorage({ clock });
  await storage.auto.write([aChange()]);
  const [first] = await storage.auto.claim(ask);
  await clock.advance(59_999);
  expect(await storage.auto.claim(ask)).toEqual([]);
  await clock.advance(1);
  const [second] = await storage.auto.claim(ask);
  expect([first?.resumed, second?.resumed]).toEqual([false, true]);
});

test("a write that meets a transaction waits for its end, a read does not", async () => {
  const storage = memoryStorage();
  const { late } = await storage.own(async (session) => {
    await session.write([aChange()]);
    const late = storage.auto.write([aChange()]);
    expect(await storage.auto.read([key])).toEqual([{ key, version: 0, state: null }]);
    return { late };
  });
  expect(await late).toEqual(["conflict"]);
});

test.each([null, "options", [], { clock: {} }])("%j are no options", (options) => {
  // What callers without types hand over.
  expect(() => memoryStorage(options as never)).toThrow(expect.objectContaining({ code: "invalid_config" }));
});
