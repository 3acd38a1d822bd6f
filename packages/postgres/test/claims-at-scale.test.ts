import { beforeEach, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { emptyTables } from "./support/fixture.ts";
import { at, claimOf, dueAt, idsOf, ticketChange, ticketKey, ticketKeys } from "./support/heads.ts";
import { plansOf } from "./support/plans.ts";

const server = connections(21);
const auto = () => server.storage().auto;
beforeEach(() => emptyTables(server.db()));

async function dueTickets(
  workspaceId: string,
  count: number,
  minutes = (_index: number) => 0,
): Promise<void> {
  const keys = ticketKeys(workspaceId, count);
  for (let from = 0; from < count; from += 1000)
    await auto().write(
      keys
        .slice(from, from + 1000)
        .map((key, index) => ticketChange(key, { due: dueAt(minutes(from + index)) })),
    );
}

test("20 connections that claim 200 due tickets get each of them once", async () => {
  // S10
  await dueTickets("acme", 200);
  const worker = async () => {
    const got: string[] = [];
    for (;;) {
      const claimed = await auto().claim(claimOf({ limit: 7 }));
      if (claimed.length === 0) return got;
      got.push(...idsOf(claimed));
    }
  };
  const got = (await Promise.all(Array.from({ length: 20 }, worker))).flat();
  expect(got.toSorted()).toEqual(ticketKeys("acme", 200).map(({ id }) => id));
});

test("claims that meet each other get as many as they ask for", async () => {
  await dueTickets("acme", 300);
  // Marked as ready before: who marks a row holds it for that moment.
  await auto().claim(claimOf({ exceptWorkspaces: ["acme"] }));
  const claims = Array.from({ length: 20 }, () => auto().claim(claimOf()));
  const counts = (await Promise.all(claims)).map(({ length }) => length);
  expect(counts).toEqual(counts.map(() => 10));
});

test("behind 10,000 due tickets of one workspace the single one of another leaves with the first batch", async () => {
  // S58
  await dueTickets("flood", 10_000, () => 1);
  await dueTickets("quiet", 1, () => 59);
  const claimed = await auto().claim(claimOf());
  const of = (workspaceId: string) =>
    claimed.filter(({ head }) => head.key.workspaceId === workspaceId).length;
  expect([of("flood"), of("quiet")]).toEqual([9, 1]);
  expect(await auto().claim(claimOf({ exceptWorkspaces: ["flood"] }))).toEqual([]);
});

test("workspaces take turns behind the last one: the oldest of each, then the second oldest of each", async () => {
  // S58
  await dueTickets("a", 4, (index) => index);
  await dueTickets("b", 1);
  await dueTickets("c", 3, (index) => index);
  const claimed = await auto().claim(claimOf({ limit: 6, after: "a" }));
  expect(claimed.map(({ head, due }) => `${head.key.workspaceId} ${due.wakeAt.getUTCMinutes()}`)).toEqual([
    "b 0",
    "c 0",
    "a 0",
    "c 1",
    "a 1",
    "c 2",
  ]);
});

test("a claim looks at as many rows while 10,000 workspaces wait as while ten do", async () => {
  const waiting = async (from: number, until: number) => {
    const keys = Array.from({ length: until - from }, (_, index) => ticketKey(`w${10_000 + from + index}`));
    for (let start = 0; start < keys.length; start += 1000)
      await auto().write(
        keys.slice(start, start + 1000).map((key) => ticketChange(key, { due: dueAt(600) })),
      );
    await server.pool().query("vacuum analyze csat.due_tickets, csat.tickets");
  };
  await dueTickets("acme", 30);
  await waiting(0, 10);
  const claim = () => plansOf(server.pool(), (storage) => storage.auto.claim(claimOf({ leaseForMs: 0 })));
  await claim();
  const few = await claim();
  await waiting(10, 10_000);
  const many = await claim();
  expect(few.rows).toBeGreaterThan(0);
  expect(many.rows).toBeLessThanOrEqual(few.rows * 2);
  expect(many.scans.join(", ")).toContain("due_tickets_wake_idx");
  expect(many.scans.join(", ")).toContain("due_tickets_ready_idx");
  expect(many.scans).not.toContain("Seq Scan on due_tickets");
});

test("what a claim at a later time finds is due by the asker's clock", async () => {
  await dueTickets("acme", 2, (index) => index * 90);
  expect(idsOf(await auto().claim(claimOf()))).toEqual(["T000000"]);
  expect(idsOf(await auto().claim(claimOf({ now: at(90) })))).toEqual(["T000001"]);
});
