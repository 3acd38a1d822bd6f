import type { StorageOperations } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { memoryStorage } from "./storage.ts";

const resolvedAt = new Date("2026-03-01T12:00:00.000Z");
const dueAt = new Date("2026-03-01T13:00:00.000Z");
const ref = { workspaceId: "acme", ticketId: "T1" };

const armT1 = (on: StorageOperations) => on.surveys.arm([{ ...ref, id: "s1", resolvedAt, dueAt }]);

test("a transaction that resolves lands whole, and nobody sees it before", async () => {
  const storage = memoryStorage();
  const other = storage.reopen();
  const result = await storage.transaction(async (operations) => {
    await operations.settings.patch("acme", { enabled: true });
    await armT1(operations);
    expect(await operations.surveys.find(ref)).toMatchObject({ status: "scheduled" });
    expect(await other.surveys.find(ref)).toBeNull();
    expect(await storage.settings.get("acme")).toBeNull();
    return "result";
  });
  expect(result).toBe("result");
  expect(await other.surveys.find(ref)).toMatchObject({ status: "scheduled" });
  expect(await other.settings.get("acme")).toMatchObject({ enabled: true });
});

test("a transaction that rejects leaves every table as it was", async () => {
  const storage = memoryStorage();
  await armT1(storage);
  await storage.settings.patch("acme", { subject: "before" });
  await storage.resolutions.record([{ ...ref, actorId: "bob", resolvedAt }]);
  await storage.journal.append([{ ...ref, at: resolvedAt, event: "scheduled", reason: null, actorId: null }]);
  const state = async () => [
    await storage.surveys.find(ref),
    await storage.settings.get("acme"),
    await storage.journal.list(ref),
    await storage.backlog(dueAt),
    await storage.surveys.find({ ...ref, ticketId: "T2" }),
  ];
  const before = await state();
  const failure = new Error("the host gave up");
  const failing = storage.transaction(async (operations) => {
    await operations.settings.patch("acme", { subject: "after" });
    await operations.resolutions.record([{ ...ref, actorId: "al", resolvedAt }]);
    await operations.surveys.leave([{ ...ref, at: dueAt, reason: "closed" }]);
    await operations.surveys.arm([{ ...ref, ticketId: "T2", id: "s2", resolvedAt, dueAt }]);
    await operations.surveys.erase([ref]);
    throw failure;
  });
  await expect(failing).rejects.toBe(failure);
  expect(await state()).toEqual(before);
  // And the row is as free as before: nothing of the transaction holds it.
  const [claimed] = await storage.surveys.claimDue({ now: dueAt, leaseForMs: 1000, limit: 9 });
  expect(claimed?.row).toMatchObject({ id: "s1", resolvedBy: "bob" });
});

test("writers wait for an open transaction and build upon what it leaves; readers do not wait", async () => {
  const storage = memoryStorage();
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const open = storage.transaction(async (operations) => {
    await operations.settings.patch("acme", { enabled: true });
    await ended;
  });
  const order: string[] = [];
  const writing = storage
    .reopen()
    .settings.patch("acme", { subject: "mine" })
    .then((settings) => {
      order.push("written");
      return settings;
    });
  expect(await storage.settings.get("acme")).toBeNull();
  order.push("read");
  end();
  await open;
  expect(await writing).toMatchObject({ enabled: true, subject: "mine" });
  expect(order).toEqual(["read", "written"]);
});

test("the operations of a transaction that has ended are refused, and write nothing", async () => {
  const storage = memoryStorage();
  const escaped: StorageOperations[] = [];
  await storage.transaction(async (operations) => void escaped.push(operations));
  await storage
    .transaction(async (operations) => {
      escaped.push(operations);
      throw new Error("rolled back");
    })
    .catch(() => {});
  for (const operations of escaped) {
    await expect(armT1(operations)).rejects.toMatchObject({ code: "storage_failed" });
    await expect(operations.surveys.find(ref)).rejects.toMatchObject({ code: "storage_failed" });
  }
  expect(await storage.surveys.find(ref)).toBeNull();
});

test("values go in and out as copies: changing a Date afterwards changes no row", async () => {
  const storage = memoryStorage();
  const given = new Date(dueAt);
  const arming = storage.surveys.arm([{ ...ref, id: "s1", resolvedAt, dueAt: given }]);
  given.setFullYear(1999);
  await arming;
  (await storage.surveys.find(ref))?.dueAt.setFullYear(1999);
  const [claimed] = await storage.surveys.claimDue({ now: dueAt, leaseForMs: 1000, limit: 1 });
  claimed?.row.dueAt.setFullYear(1999);
  expect((await storage.surveys.find(ref))?.dueAt).toEqual(dueAt);
});

test("another handle is a view on the same rows, from both sides", async () => {
  const storage = memoryStorage();
  const other = storage.reopen();
  await armT1(other);
  expect(await storage.surveys.find(ref)).toEqual(await other.reopen().surveys.find(ref));
  expect(await memoryStorage().surveys.find(ref)).toBeNull();
});

test("ids that look like a pair of others do not meet", async () => {
  // S49
  const storage = memoryStorage();
  const pairs = [
    ["a", "b,c"],
    ["a,b", "c"],
    ['a","b', "c"],
    ["a", 'b","c'],
    ["__proto__", "constructor"],
  ] as const;
  for (const [index, [workspaceId, ticketId]] of pairs.entries()) {
    const [outcome] = await storage.surveys.arm([
      { workspaceId, ticketId, id: `s${index}`, resolvedAt, dueAt },
    ]);
    expect(outcome).toMatchObject({ kind: "armed", surveyId: `s${index}` });
  }
});

test("leases end by the storage's clock, whatever time the callers name", async () => {
  const clock = fakeClock();
  const storage = memoryStorage({ clock });
  await armT1(storage);
  const claim = { now: new Date("2030-01-01T00:00:00.000Z"), leaseForMs: 60_000, limit: 1 };
  const [first] = await storage.surveys.claimDue(claim);
  await clock.advance(59_999);
  expect(await storage.reopen().surveys.claimDue(claim)).toEqual([]);
  await clock.advance(1);
  const [second] = await storage.reopen().surveys.claimDue(claim);
  expect([first?.resumed, second?.resumed]).toEqual([false, true]);
});

test("there are no host transactions in memory", () => {
  const storage = memoryStorage();
  // Its transaction type is never: only a caller without types gets here, as this cast does.
  const tx = {} as never;
  expect(() => storage.within(tx)).toThrow(expect.objectContaining({ code: "invalid_config" }));
});

test.each([[null], ["rows"], [{ clock: {} }], [{ clock: null }]])(
  "wrong options are refused: %j",
  (options) => {
    const create = memoryStorage as (options: unknown) => unknown; // On purpose: bad input.
    expect(() => create(options)).toThrow(expect.objectContaining({ code: "invalid_config" }));
  },
);

test("counts are read from the rows, so that housekeeping changes nothing and no day is off", async () => {
  const storage = memoryStorage();
  await armT1(storage);
  const before = await storage.surveys.find(ref);
  await storage.maintain(dueAt, new AbortController().signal);
  expect(await storage.recount("acme")).toEqual([]);
  expect(await storage.surveys.find(ref)).toEqual(before);
});
