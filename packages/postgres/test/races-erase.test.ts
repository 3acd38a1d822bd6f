import type { Change, Session } from "@csat/core";
import { expect, test } from "vitest";
import { connections, meeting, untilWaiting } from "./support/connections.ts";
import { at, aWorkspace, dueAt, eventHead, ticketHead, ticketKey } from "./support/heads.ts";

const server = connections();
const auto = () => server.storage().auto;

/** An answered ticket: its link, its answer and its event stand beside it. */
async function answered(workspaceId: string, { id = "T1", eventId = "E1" } = {}): Promise<void> {
  expect(await auto().write([answeredAs(workspaceId, { id, eventId, expected: 0 })])).toEqual(["written"]);
}

function answeredAs(
  workspaceId: string,
  { id = "T1", eventId = "E1", expected }: { id?: string; eventId?: string; expected: number },
): Change {
  const key = ticketKey(workspaceId, id);
  const cells = { kind: "event", createdAt: at(61), ticketId: id, dead: false } as const;
  return {
    heads: [ticketHead(key, { expected }), eventHead(workspaceId, eventId, { cells, due: dueAt(61) })],
    tokens: [{ hash: `link ${workspaceId} ${eventId}`, key }],
    answer: {
      kind: "put",
      surveyId: `survey of ${id}`,
      rating: 5,
      comment: "Ada was quick.",
      respondedAt: at(61),
      resolvedBy: null,
    },
    journal: [{ workspaceId, ticketId: id, at: at(61), event: "answered", reason: null, actorId: null }],
  };
}

function erasing(workspaceId: string, expected: number, id = "T1"): Change {
  return { heads: [ticketHead(ticketKey(workspaceId, id), { expected, due: null })], forget: true };
}

/** As the core erases what somebody else wrote meanwhile: it reads again under a lock. */
const eraseUnderLock = (workspaceId: string) => async (session: Session) => {
  const [head] = await session.read([{ ...ticketKey(workspaceId), lock: true }]);
  return session.write([erasing(workspaceId, head?.version ?? 0)]);
};

/** All that stands of the workspace's tickets but their records. */
async function left(workspaceId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of ["tokens", "answers", "journal", "events", "due_events", "due_tickets"]) {
    // A row of version 0 was locked and never stored.
    const stored = table === "events" ? "and version > 0" : "";
    const { rows } = await server
      .pool()
      .query(`select 1 from csat.${table} where workspace_id = $1 ${stored}`, [workspaceId]);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

test.each([
  ["that is tried again", dueAt(70)],
  ["that is over", null],
])("an erase that waits for a delivery %s removes the event and what is due of it", async (_name, due) => {
  // S56
  const workspaceId = aWorkspace();
  await answered(workspaceId);
  const met = await meeting(
    server,
    (session) => session.write([{ heads: [eventHead(workspaceId, "E1", { expected: 1, due })] }]),
    (storage) => storage.auto.write([erasing(workspaceId, 1)]),
  );
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["written"], true]);
  expect(await left(workspaceId)).toEqual([]);
});

test("what a replay made due while an erase waited for it is taken away by the next claim", async () => {
  // S56: the replay puts a row where there was none when the erase began.
  const workspaceId = aWorkspace();
  await answered(workspaceId);
  await auto().write([{ heads: [eventHead(workspaceId, "E1", { expected: 1, due: null })] }]);
  const met = await meeting(
    server,
    (session) => session.write([{ heads: [eventHead(workspaceId, "E1", { expected: 2, due: dueAt(70) })] }]),
    (storage) => storage.auto.write([erasing(workspaceId, 1)]),
  );
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["written"], true]);
  expect(await left(workspaceId)).toEqual(["due_events"]);
  const claim = { kind: "event", now: at(100), leaseForMs: 1000, limit: 9, after: null } as const;
  expect(await auto().claim(claim)).toEqual([]);
  expect(await left(workspaceId)).toEqual([]);
});

test.each(["alone", "in a transaction"])(
  "what settles an event that is being erased writes nothing (%s)",
  async (where) => {
    // S56
    const workspaceId = aWorkspace();
    await answered(workspaceId);
    const settle = (session: Session) =>
      session.write([{ heads: [eventHead(workspaceId, "E1", { expected: 1, due: dueAt(70) })] }]);
    const met = await meeting(
      server,
      (session) => session.write([erasing(workspaceId, 1)]),
      (storage) => (where === "alone" ? settle(storage.auto) : storage.own(settle)),
    );
    // Outside of transactions nothing waits for a lock.
    expect([met.second, met.waited]).toEqual([["conflict"], where !== "alone"]);
    expect(await left(workspaceId)).toEqual([]);
  },
);

test("an erase that waits for an answer removes all of it", async () => {
  // S56
  const workspaceId = aWorkspace();
  await auto().write([{ heads: [ticketHead(ticketKey(workspaceId))] }]);
  const met = await meeting(
    server,
    (session) => session.write([answeredAs(workspaceId, { expected: 1 })]),
    (storage) => storage.own(eraseUnderLock(workspaceId)),
  );
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["written"], true]);
  expect(await left(workspaceId)).toEqual([]);
});

test("an answer that waits for an erase is a conflict, and leaves nothing", async () => {
  // S56
  const workspaceId = aWorkspace();
  await auto().write([{ heads: [ticketHead(ticketKey(workspaceId))] }]);
  const met = await meeting(
    server,
    (session) => session.write([erasing(workspaceId, 1)]),
    (storage) => storage.own((session) => session.write([answeredAs(workspaceId, { expected: 1 })])),
  );
  expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
  expect(await left(workspaceId)).toEqual([]);
});

test("an erase locks events in key order, whichever tickets they tell of, and holds none behind the one that it waits for", async () => {
  // S57: others settle several events at once, in key order.
  const workspaceId = aWorkspace();
  await answered(workspaceId, { id: "T1", eventId: "E9" });
  await answered(workspaceId, { id: "T2", eventId: "E1" });
  const locked = (id: string) => [{ kind: "event", workspaceId, id, lock: true }] as const;
  const [erased] = await server.db().transaction(async (tx) => {
    const session = server.storage().within(tx);
    await session.read(locked("E1"));
    const settled = auto().write([erasing(workspaceId, 1, "T1"), erasing(workspaceId, 1, "T2")]);
    await untilWaiting(server.pool(), 1);
    // Would wait for the erase, and the erase for this transaction, if it held this one.
    expect(await session.read(locked("E9"))).toMatchObject([{ version: 1 }]);
    // In a list: a promise would be awaited here.
    return [settled] as const;
  });
  expect(await erased).toEqual(["written", "written"]);
  expect(await left(workspaceId)).toEqual([]);
});

test("erases of overlapping tickets beside deliveries of their events, in two transactions and alone, never deadlock", async () => {
  // S57
  const workspaceId = aWorkspace();
  const ids = Array.from({ length: 200 }, (_, place) => String(place).padStart(3, "0"));
  // The order of the events is the reverse of their tickets'.
  const ticketOf = (eventId: string) => String(999 - Number(eventId.slice(1))).padStart(3, "0");
  for (const id of ids)
    await answered(workspaceId, { id: `T${id}`, eventId: `E${String(999 - Number(id))}` });
  const erase = async (some: readonly string[]) =>
    server.storage().own(async (session) => {
      const keys = some.map((id) => ({ ...ticketKey(workspaceId, `T${id}`), lock: true as const }));
      const heads = await session.read(keys);
      return session.write(heads.map(({ key, version }) => erasing(workspaceId, version, key.id)));
    });
  const deliver = async (session: Session) => {
    const keys = ids
      .map((id) => ({ kind: "event", workspaceId, id: `E${String(999 - Number(id))}` }) as const)
      .toReversed();
    const heads = (await session.read(keys)).filter(({ version }) => version > 0);
    return session.write(
      heads.map(({ key, version }) => ({
        heads: [
          eventHead(workspaceId, key.id, {
            expected: version,
            cells: { kind: "event", createdAt: at(61), ticketId: `T${ticketOf(key.id)}`, dead: false },
            due: dueAt(70),
          }),
        ],
      })),
    );
  };
  await Promise.all([
    erase(ids.slice(0, 150)),
    erase(ids.slice(50)),
    ...Array.from({ length: 4 }, () => deliver(auto())),
    ...Array.from({ length: 2 }, () => server.storage().own(deliver)),
  ]);
  const { rows } = await server
    .pool()
    .query("select deadlocks::int from pg_stat_database where datname = current_database()");
  expect(rows).toEqual([{ deadlocks: 0 }]);
  expect(await left(workspaceId)).toEqual([]);
});
