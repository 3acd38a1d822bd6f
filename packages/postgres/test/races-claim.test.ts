import type { Session } from "@csat/core";
import { beforeEach, expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { emptyTables } from "./support/fixture.ts";
import {
  at,
  aWorkspace,
  claimOf,
  dueAt,
  idsOf,
  ticketChange,
  ticketKey,
  ticketKeys,
} from "./support/heads.ts";

const server = connections();
beforeEach(() => emptyTables(server.db()));

const auto = () => server.storage().auto;
const key = ticketKey("acme");
const leave = (session: Session) => session.write([ticketChange(key, { expected: 1, due: null })]);

/** A ticket that was due at minute 0 and is leased. */
async function aClaim(leaseForMs = 600_000) {
  await auto().write([ticketChange(key, { due: dueAt(0) })]);
  const [claimed] = await auto().claim(claimOf({ leaseForMs }));
  if (claimed === undefined) throw new Error("nothing was claimed");
  return { id: claimed.leaseId, extendMs: 600_000 };
}

test("a claim passes over what is being written, and finds it as it is afterwards", async () => {
  await auto().write([ticketChange(key, { due: dueAt(0) })]);
  const met = await meeting(
    server,
    (session) => session.write([ticketChange(key, { expected: 1, due: dueAt(50) })]),
    (storage) => storage.auto.claim(claimOf()),
  );
  expect([met.first, met.second, met.waited]).toEqual([["written"], [], false]);
  const [claimed] = await auto().claim(claimOf());
  expect(claimed).toMatchObject({ head: { version: 2 }, resumed: false, due: dueAt(50) });
});

test("what waits longer since it was marked as ready is ready no more", async () => {
  await auto().write([ticketChange(key, { due: dueAt(0) })]);
  // Marked by a claim that takes none of them.
  await auto().claim(claimOf({ exceptWorkspaces: ["acme"] }));
  await auto().write([ticketChange(key, { expected: 1, due: dueAt(70) })]);
  expect(await auto().claim(claimOf())).toEqual([]);
  expect(idsOf(await auto().claim(claimOf({ now: at(70) })))).toEqual(["T1"]);
});

test("a claim passes over what is being canceled, and never finds it again", async () => {
  await auto().write([ticketChange(key, { due: dueAt(0) })]);
  const met = await meeting(server, leave, (storage) => storage.auto.claim(claimOf()));
  expect([met.first, met.second, met.waited]).toEqual([["written"], [], false]);
  expect(await auto().claim(claimOf())).toEqual([]);
});

test("a leaving that was stored before a send began takes the lease from it", async () => {
  // S10
  const lease = await aClaim();
  const begin = (session: Session) => session.write([ticketChange(key, { expected: 1, lease })]);
  const met = await meeting(server, leave, (storage) => storage.own(begin));
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
  const again = (session: Session) => session.write([ticketChange(key, { expected: 2, lease })]);
  expect(await server.storage().own(again)).toEqual(["lost_lease"]);
});

test("a leaving that waits for a send to begin meets what began", async () => {
  // S10
  const lease = await aClaim();
  const met = await meeting(
    server,
    (session) => session.write([ticketChange(key, { expected: 1, lease })]),
    (storage) => storage.own(leave),
  );
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
  expect(await auto().read([key])).toMatchObject([{ version: 2 }]);
});

test("a send that begins while another worker takes over begins nothing", async () => {
  // S10: the lease ran out by the database's clock. Whichever comes first, one of both holds the ticket.
  const lease = await aClaim(0);
  const met = await meeting(
    server,
    (session) => session.claim(claimOf()),
    (storage) => storage.auto.write([ticketChange(key, { expected: 1, lease })]),
  );
  expect(met.first).toMatchObject([{ resumed: true }]);
  expect(met.second).toEqual(["lost_lease"]);
  expect(await auto().read([key])).toMatchObject([{ version: 1 }]);
});

test("each ticket of a change has its own lease", async () => {
  const [one, other] = ticketKeys(aWorkspace(), 2);
  if (one === undefined || other === undefined) throw new Error("two tickets");
  for (const ticket of [one, other]) await auto().write([ticketChange(ticket, { due: dueAt(0) })]);
  const [claimed] = await auto().claim(claimOf({ limit: 1 }));
  const lease = { id: claimed?.leaseId ?? "", extendMs: null };
  const heads = [one, other].flatMap((ticket) => ticketChange(ticket, { expected: 1, lease }).heads);
  expect(await auto().write([{ heads }])).toEqual(["lost_lease"]);
});

test("a new record is under no lease", async () => {
  const lease = { id: "none", extendMs: null };
  expect(await auto().write([ticketChange(key, { lease })])).toEqual(["lost_lease"]);
  expect(await auto().read([key])).toMatchObject([{ version: 0 }]);
});

test("a claim passes over rows that another claim holds, and takes the next ones", async () => {
  // S10
  for (const [index, ticket] of ticketKeys("acme", 3).entries())
    await auto().write([ticketChange(ticket, { due: dueAt(index) })]);
  // Marked as ready before: a transaction that marks them holds them all.
  await auto().claim(claimOf({ exceptWorkspaces: ["acme"] }));
  const two = claimOf({ limit: 2 });
  const met = await meeting(
    server,
    (session) => session.claim(two),
    (storage) => storage.auto.claim(two),
  );
  expect([idsOf(met.first), idsOf(met.second)]).toEqual([["T000000", "T000001"], ["T000002"]]);
  expect(met.waited).toBe(false);
});

test("behind 400 tickets that a transaction holds, the one that is free is found", async () => {
  // S58
  const keys = ticketKeys("acme", 401);
  await auto().write(keys.map((ticket, index) => ticketChange(ticket, { due: dueAt(index / 60) })));
  const met = await meeting(
    server,
    (session) =>
      session.write(keys.slice(0, 400).map((ticket) => ticketChange(ticket, { expected: 1, due: null }))),
    (storage) => storage.auto.claim(claimOf({ limit: 1 })),
  );
  expect([idsOf(met.second), met.waited]).toEqual([["T000400"], false]);
});

test("behind 300 workspaces whose only ticket is at work, the one that is free is found", async () => {
  // S58
  for (let workspace = 0; workspace < 300; workspace += 100) {
    const keys = Array.from({ length: 100 }, (_, index) => ticketKey(`w${String(1000 + workspace + index)}`));
    await auto().write(keys.map((ticket) => ticketChange(ticket, { due: dueAt(0) })));
  }
  expect(await auto().claim(claimOf({ limit: 300 }))).toHaveLength(300);
  await auto().write([ticketChange(ticketKey("z"), { due: dueAt(0) })]);
  const claimed = await auto().claim(claimOf({ limit: 1 }));
  expect(claimed.map(({ head }) => head.key.workspaceId)).toEqual(["z"]);
});

test("what is due of a ticket that is gone is taken away by the next claim, and holds up nobody", async () => {
  // S56
  await auto().write([ticketChange(key, { due: dueAt(0) }), ticketChange(ticketKey("b"), { due: dueAt(0) })]);
  await server.pool().query("delete from csat.tickets where workspace_id = 'acme'");
  const claimed = await auto().claim(claimOf({ limit: 1 }));
  expect(claimed.map(({ head }) => head.key.workspaceId)).toEqual(["b"]);
  const { rows } = await server.pool().query("select workspace_id from csat.due_tickets");
  expect(rows).toEqual([{ workspace_id: "b" }]);
});
