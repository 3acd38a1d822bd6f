import type { Change, Key, Session } from "@csat/core";
import { expect, test } from "vitest";
import { connections, meeting, untilWaiting } from "./support/connections.ts";
import {
  aWorkspace,
  customerHead,
  dueAt,
  eventHead,
  ticketChange,
  ticketHead,
  ticketKey,
  ticketKeys,
} from "./support/heads.ts";

const server = connections(24);

/** What the core does for tickets in a transaction: reads under locks, in key order, and writes what it read. */
async function changeAll(session: Session, keys: readonly Key[]) {
  const heads = await session.read(keys.map((key) => ({ ...key, lock: true })));
  return session.write(
    heads.map(({ key, version }) => ticketChange(key, { expected: version, due: dueAt(60) })),
  );
}

const versionsOf = async (keys: readonly Key[]) =>
  (await server.storage().auto.read(keys)).map(({ version }) => version);

const locked = (key: Key) => [{ ...key, lock: true as const }];

test("a write that waits for a new ticket holds no known one that the other transaction may ask for", async () => {
  // S57
  const [known, fresh] = ticketKeys(aWorkspace(), 2);
  if (known === undefined || fresh === undefined) throw new Error("two tickets");
  await server.storage().auto.write([ticketChange(known)]);
  const both: readonly Change[] = [ticketChange(known, { expected: 1 }), ticketChange(fresh)];
  const [writing] = await server.db().transaction(async (tx) => {
    const session = server.storage().within(tx);
    await session.write([ticketChange(fresh)]);
    const settled = server.storage().auto.write(both);
    await untilWaiting(server.pool(), 1);
    expect(await session.read(locked(known))).toMatchObject([{ version: 1 }]);
    // In a list: a promise would be awaited here.
    return [settled] as const;
  });
  expect(await writing).toContain("conflict");
  expect(await versionsOf([fresh])).toEqual([1]);
});

test("whoever waits for a known ticket holds no absent one behind it", async () => {
  // S57
  const keys = ticketKeys(aWorkspace(), 3);
  const [first, , last] = keys;
  if (first === undefined || last === undefined) throw new Error("three tickets");
  await server.storage().auto.write([ticketChange(first)]);
  const [writing] = await server.db().transaction(async (tx) => {
    const session = server.storage().within(tx);
    await session.read(locked(first));
    const settled = server.storage().own((own) => changeAll(own, keys));
    await untilWaiting(server.pool(), 1);
    expect(await session.read(locked(last))).toMatchObject([{ version: 0 }]);
    return [settled] as const;
  });
  expect(await writing).toEqual(["written", "written", "written"]);
});

test("writes of several new tickets in two transactions wait in one order", async () => {
  // S57: the host asked for no lock; the write takes it.
  const keys = ticketKeys(aWorkspace(), 3);
  const [first, , last] = keys;
  if (first === undefined || last === undefined) throw new Error("three tickets");
  await server.storage().auto.write([ticketChange(last)]);
  const changes = [ticketChange(first), ticketChange(last, { expected: 1 })];
  const [writing] = await server.db().transaction(async (tx) => {
    const session = server.storage().within(tx);
    await session.write([ticketChange(first)]);
    const settled = server.storage().own((own) => own.write(changes));
    await untilWaiting(server.pool(), 1);
    expect(await session.read(locked(last))).toMatchObject([{ version: 1 }]);
    return [settled] as const;
  });
  expect(await writing).toEqual(["conflict", "written"]);
});

test("two transactions of 5,000 tickets and a hundred writes alone, in opposite order, lose nothing and never deadlock", async () => {
  // S57
  const keys = ticketKeys(aWorkspace(), 5000);
  const inOwn = async (order: readonly Key[]) => {
    for (let from = 0; from < order.length; from += 1000)
      await server.storage().own((session) => changeAll(session, order.slice(from, from + 1000)));
  };
  const thousands = [4, 3, 2, 1, 0].flatMap((thousand) => keys.slice(thousand * 1000, (thousand + 1) * 1000));
  const alone = Array.from({ length: 100 }, (_, index) =>
    server.storage().auto.write(keys.slice(index * 50, index * 50 + 100).map((key) => ticketChange(key))),
  );
  const [outcomes] = await Promise.all([Promise.all(alone), inOwn(keys), inOwn(thousands)]);
  const wroteAlone = new Map<string, number>();
  for (const [index, outcome] of outcomes.entries())
    for (const [place, one] of outcome.entries()) {
      const id = keys[index * 50 + place]?.id ?? "";
      if (one === "written") wroteAlone.set(id, (wroteAlone.get(id) ?? 0) + 1);
    }
  const versions = [];
  for (let from = 0; from < keys.length; from += 1000)
    versions.push(...(await versionsOf(keys.slice(from, from + 1000))));
  expect(versions).toEqual(keys.map(({ id }) => 2 + (wroteAlone.get(id) ?? 0)));
  const { rows } = await server
    .pool()
    .query("select deadlocks::int from pg_stat_database where datname = current_database()");
  expect(rows).toEqual([{ deadlocks: 0 }]);
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
    const keys = heads.map(({ key }) => key);
    expect(await versionsOf(keys)).toEqual([0, 1, 0]);
    const page = await server.storage().lists.events(workspaceId, { limit: 5, cursor: null, dead: false });
    expect(page.items).toEqual([]);
    expect(
      (
        await server
          .storage()
          .auto.claim({ kind: "event", now: new Date("2030-01-01"), leaseForMs: 1, limit: 99, after: null })
      ).filter(({ head }) => head.key.workspaceId === workspaceId),
    ).toEqual([]);
  },
);

test("a change with two new records is written whole, and a new one beside a stored one too", async () => {
  const workspaceId = aWorkspace();
  const heads = [ticketHead(ticketKey(workspaceId)), customerHead(workspaceId)];
  expect(await server.storage().auto.write([{ heads }])).toEqual(["written"]);
  const next = [
    ticketHead(ticketKey(workspaceId), { expected: 1 }),
    customerHead(workspaceId, { expected: 1 }),
    eventHead(workspaceId, "E1"),
  ];
  expect(await server.storage().auto.write([{ heads: next }])).toEqual(["written"]);
  expect(await versionsOf(next.map(({ key }) => key))).toEqual([2, 2, 1]);
});

test("a record that was locked while it was absent is new to the next writer, and never waited for outside", async () => {
  const key = ticketKey(aWorkspace());
  await server.storage().own((session) => session.read([{ ...key, lock: true }]));
  expect(await server.storage().auto.read([key])).toEqual([{ key, version: 0, state: null }]);
  const met = await meeting(
    server,
    (session) => session.read([{ ...key, lock: true }]),
    (storage) => storage.auto.write([ticketChange(key)]),
  );
  expect([met.second, met.waited]).toEqual([["conflict"], false]);
  expect(await server.storage().auto.write([ticketChange(key)])).toEqual(["written"]);
});
