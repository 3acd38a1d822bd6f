import type { Claimed, Session } from "@csat/core";
import { sized } from "@csat-internal/test-support";
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

const server = connections(24);
beforeEach(() => emptyTables(server.pool()));

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

test("a leaving that was stored before a send began takes the lease from it", async () => {
  // S10
  const lease = await aClaim();
  const begin = (session: Session) => session.write([ticketChange(key, { expected: 1, lease })]);
  const met = await meeting(server, leave, (storage) => storage.own(begin));
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
  const again = (session: Session) => session.write([ticketChange(key, { expected: 2, lease })]);
  expect(await server.storage().own(again)).toEqual(["lost_lease"]);
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

test("when 400 tickets stand locked before it, a claim takes the one that is free", async () => {
  // S58: nothing that is ready is missed.
  const locked = ticketKeys("acme", 400);
  const free = ticketKey("acme", "U");
  await auto().write([
    ...locked.map((one) => ticketChange(one, { due: dueAt(0) })),
    ticketChange(free, { due: dueAt(1) }),
  ]);
  const met = await meeting(
    server,
    (session) => session.write(locked.map((one) => ticketChange(one, { expected: 1, due: dueAt(0) }))),
    (storage) => storage.auto.claim(claimOf({ limit: 1 })),
  );
  expect([idsOf(met.second), met.waited]).toEqual([["U"], false]);
});

test("one ticket of a quiet workspace is claimed within two batches behind thousands of a flood", async () => {
  // S58
  const flood = ticketKeys("flood", sized({ usual: 2_000, full: 10_000 }));
  for (let from = 0; from < flood.length; from += 2_000)
    await auto().write(flood.slice(from, from + 2_000).map((one) => ticketChange(one, { due: dueAt(0) })));
  await auto().write([ticketChange(ticketKey("quiet"), { due: dueAt(59) })]);
  const first = await auto().claim(claimOf({ limit: 10, after: "flood" }));
  const second = await auto().claim(
    claimOf({ limit: 10, after: first.at(-1)?.head.key.workspaceId ?? null }),
  );
  expect([...first, ...second].map(({ head }) => head.key.workspaceId)).toContain("quiet");
});

test("twenty workers that claim, begin and settle two hundred tickets at once get each once, and nobody fails", async () => {
  // S10
  const workspaces = Array.from({ length: 8 }, aWorkspace);
  const keys = workspaces.flatMap((workspaceId) => ticketKeys(workspaceId, 25));
  for (const one of keys) await auto().write([ticketChange(one, { due: dueAt(0) })]);
  const worker = async (): Promise<readonly Claimed[]> => {
    const mine: Claimed[] = [];
    for (let idle = 0; idle < 3; ) {
      const claimed = await auto().claim(claimOf({ limit: 7 }));
      idle = claimed.length === 0 ? idle + 1 : 0;
      const lease = (one: Claimed) => ({ id: one.leaseId, extendMs: 600_000 });
      const begun = claimed.map((one) => ticketChange(one.head.key, { expected: 1, lease: lease(one) }));
      expect(await auto().write(begun)).toEqual(claimed.map(() => "written"));
      const settled = claimed.map((one) => ticketChange(one.head.key, { expected: 2, due: null }));
      expect(await auto().write(settled)).toEqual(claimed.map(() => "written"));
      mine.push(...claimed);
    }
    return mine;
  };
  const all = (await Promise.all(Array.from({ length: 20 }, worker))).flat();
  expect(all).toHaveLength(200);
  expect(
    new Set(
      all.map(
        ({
          head: {
            key: { workspaceId, id },
          },
        }) => `${workspaceId} ${id}`,
      ),
    ).size,
  ).toBe(200);
});
