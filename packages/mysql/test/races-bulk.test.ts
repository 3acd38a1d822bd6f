import type { Key, Session } from "@csat/core";
import { sized } from "@csat-internal/test-support";
import { describe, expect, test } from "vitest";
import { connections, type Level, meeting } from "./support/connections.ts";
import {
  aWorkspace,
  claimOf,
  customerHead,
  dueAt,
  eventHead,
  idsOf,
  ticketChange,
  ticketHead,
  ticketKey,
  ticketKeys,
} from "./support/heads.ts";

const server = connections(12);
const versionsOf = async (keys: readonly Key[]) =>
  (await server.storage().auto.read(keys)).map(({ version }) => version);
const locked = (keys: readonly Key[]) => keys.map((key) => ({ ...key, lock: true as const }));

/** Reads under locks, then writes the next version of each. */
async function changeAll(session: Session, keys: readonly Key[]): Promise<void> {
  const heads = await session.read(locked(keys));
  const outcomes = await session.write(
    heads.map(({ key, version }) => ticketChange(key, { expected: version, due: dueAt(0) })),
  );
  expect(outcomes).toEqual(keys.map(() => "written"));
}

describe.each<Level>(["read committed", "repeatable read"])("host transactions at %s", (isolationLevel) => {
  test("that lock the same tickets, absent ones too, wait for each other and never deadlock", async () => {
    // S57
    const before = server.deadlocks();
    const keys = ticketKeys(aWorkspace(), 60);
    await server
      .storage()
      .auto.write(keys.filter((_, place) => place % 3 === 0).map((key) => ticketChange(key)));
    // Each begins and ends elsewhere, so that they meet half-way.
    const hosts = Array.from({ length: 8 }, (_, host) =>
      server
        .db()
        .transaction(
          async (tx) => changeAll(server.storage().within(tx), keys.slice(host * 3, host * 3 + 36)),
          { isolationLevel },
        ),
    );
    await Promise.all(hosts);
    const written = (place: number) =>
      Array.from({ length: 8 }, (_, host) => host).filter(
        (host) => place >= host * 3 && place < host * 3 + 36,
      ).length;
    expect(await versionsOf(keys)).toEqual(
      keys.map((_, place) => written(place) + (place % 3 === 0 ? 1 : 0)),
    );
    expect(server.deadlocks()).toBe(before);
  });

  test("that read before they write see what was committed meanwhile, and lose nothing", async () => {
    // S57
    const key = ticketKey(aWorkspace());
    await server.storage().auto.write([ticketChange(key)]);
    await server.db().transaction(
      async (tx) => {
        // A read of the host's own, at which a snapshot of the transaction is taken.
        await tx.execute("select count(*) from csat_tickets");
        await server.storage().auto.write([ticketChange(key, { expected: 1 })]);
        const session = server.storage().within(tx);
        expect(await session.read([key])).toMatchObject([{ version: 2 }]);
        expect(await session.write([ticketChange(key, { expected: 2 })])).toEqual(["written"]);
        expect(await session.read(locked([key]))).toMatchObject([{ version: 3 }]);
      },
      { isolationLevel },
    );
    expect(await versionsOf([key])).toEqual([3]);
  });

  test("that wait for a new ticket of somebody else find a conflict", async () => {
    const key = ticketKey(aWorkspace());
    const write = (session: Session) => session.write([ticketChange(key)]);
    const met = await meeting(
      server,
      write,
      (storage) => server.db().transaction(async (tx) => write(storage.within(tx)), { isolationLevel }),
      isolationLevel,
    );
    expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
  });
});

test("two transactions of thousands of tickets and many writes alone, in opposite order, lose nothing and never deadlock", async () => {
  // S57
  const before = server.deadlocks();
  const thousands = sized({ usual: 2, full: 5 });
  const keys = ticketKeys(aWorkspace(), thousands * 1000);
  const inOwn = async (order: readonly number[]) => {
    for (const thousand of order)
      await server
        .storage()
        .own((session) => changeAll(session, keys.slice(thousand * 1000, (thousand + 1) * 1000)));
  };
  const order = Array.from({ length: thousands }, (_, thousand) => thousand);
  const alone = Array.from({ length: thousands * 10 }, (_, index) =>
    server.storage().auto.write(keys.slice(index * 100, index * 100 + 200).map((key) => ticketChange(key))),
  );
  const [outcomes] = await Promise.all([Promise.all(alone), inOwn(order), inOwn(order.toReversed())]);
  const wroteAlone = new Map<string, number>();
  for (const [index, outcome] of outcomes.entries())
    for (const [place, one] of outcome.entries()) {
      const id = keys[index * 100 + place]?.id ?? "";
      if (one === "written") wroteAlone.set(id, (wroteAlone.get(id) ?? 0) + 1);
    }
  const versions = [];
  for (let from = 0; from < keys.length; from += 1000)
    versions.push(...(await versionsOf(keys.slice(from, from + 1000))));
  expect(versions).toEqual(keys.map(({ id }) => 2 + (wroteAlone.get(id) ?? 0)));
  expect(server.deadlocks()).toBe(before);
});

test("while a host's transaction holds a ticket, writes alone of others go through, and of that one are a conflict", async () => {
  const [held, free] = ticketKeys(aWorkspace(), 2);
  if (held === undefined || free === undefined) throw new Error("two tickets");
  await server.storage().auto.write([ticketChange(held), ticketChange(free)]);
  const next = (key: Key) => ticketChange(key, { expected: 1 });
  const met = await meeting(
    server,
    (session) => session.write([next(held)]),
    (storage) => storage.auto.write([next(held), next(free)]),
  );
  expect([met.second, met.waited]).toEqual([["conflict", "written"], false]);
});

test.each(["alone", "in a transaction"])(
  "of a change with two new records, one of which is there by then, nothing is left (%s)",
  async (where) => {
    const workspaceId = aWorkspace();
    const customer = customerHead(workspaceId);
    const heads = [
      ticketHead(ticketKey(workspaceId)),
      customer,
      eventHead(workspaceId, "E1", { due: dueAt(0) }),
    ];
    const write = (session: Session) => session.write([{ heads }]);
    const met = await meeting(
      server,
      (session) => session.write([{ heads: [customer] }]),
      (storage) => (where === "alone" ? write(storage.auto) : storage.own(write)),
    );
    expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
    expect(await versionsOf(heads.map(({ key }) => key))).toEqual([0, 1, 0]);
    const page = await server.storage().lists.events(workspaceId, { limit: 5, cursor: null, dead: false });
    expect(page.items).toEqual([]);
    const claimed = await server
      .storage()
      .auto.claim(claimOf({ kind: "event", now: new Date("2030-01-01") }));
    expect(idsOf(claimed)).not.toContain("E1");
  },
);

test("writes that the host does not await one by one in a transaction take turns, by whichever handle", async () => {
  const key = ticketKey(aWorkspace());
  const outcomes = await server.db().transaction((tx) =>
    Promise.all(
      [1, 2, 3, 4].map(() =>
        server
          .storage()
          .within(tx)
          .write([ticketChange(key)]),
      ),
    ),
  );
  expect(outcomes.flat()).toEqual(["written", "conflict", "conflict", "conflict"]);
});

test("a write that fails inside the host's transaction leaves nothing of itself, and the transaction goes on", async () => {
  const [broken, sound] = ticketKeys(aWorkspace(), 2);
  if (broken === undefined || sound === undefined) throw new Error("two tickets");
  await server.db().transaction(async (tx) => {
    const session = server.storage().within(tx);
    // The record is written by an earlier statement than the link, which no column is wide enough for.
    const tokens = [{ hash: "x".repeat(300), key: broken }];
    await expect(session.write([{ ...ticketChange(broken), tokens }])).rejects.toMatchObject({
      code: "storage_failed",
      cause: { code: "ER_DATA_TOO_LONG" },
    });
    expect(await session.write([ticketChange(sound)])).toEqual(["written"]);
  });
  expect(await versionsOf([broken, sound])).toEqual([0, 1]);
});
