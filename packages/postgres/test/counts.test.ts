import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { countsThatAreOff } from "./support/counts-that-are-off.ts";
import { emptyTables } from "./support/fixture.ts";
import { at } from "./support/heads.ts";
import { answeredChange, sentChange } from "./support/settled.ts";

const server = connections();
const { signal } = new AbortController();
const current = { from: new Date("2026-01-05T00:00:00Z"), until: new Date("2026-01-06T00:00:00Z") };
const previous = { from: new Date("2026-01-04T00:00:00Z"), until: current.from };
beforeEach(() => emptyTables(server.db()));

/** A survey of Monday that was sent, and answered with five stars unless it is said otherwise. */
async function aSend(workspaceId: string, isAnswered = true): Promise<string> {
  const ticketId = randomUUID();
  await server.storage().auto.write([sentChange(workspaceId, ticketId)]);
  if (isAnswered) await server.storage().auto.write([answeredChange(workspaceId, ticketId)]);
  return ticketId;
}

async function rowsOf(table: "count_deltas" | "daily_counts"): Promise<number> {
  const { rows } = await server.pool().query(`select count(*)::int as count from csat.${table}`);
  return rows[0]?.count;
}

const read = (workspaceId: string) => server.storage().counts({ workspaceId, current, previous });

test("folding moves every count into its day, and no figure changes", async () => {
  await aSend("acme");
  await aSend("acme", false);
  await aSend("other");
  const before = await read("acme");
  expect(before).toEqual({
    sent: [{ day: "2026-01-05", count: 2 }],
    ratings: [{ day: "2026-01-05", rating: 5, count: 1 }],
    resolvers: [{ actorId: "ann", rating: 5, count: 1 }],
    cohortAnswered: 1,
  });
  await Promise.all([1, 2, 3].map(() => server.storage().keepHouse(at(70), signal)));
  await server.storage().keepHouse(at(70), signal);
  expect([await rowsOf("count_deltas"), await rowsOf("daily_counts")]).toEqual([0, 2]);
  expect(await read("acme")).toEqual(before);
  await aSend("acme");
  expect((await read("acme")).sent).toEqual([{ day: "2026-01-05", count: 3 }]);
});

test("more counts than one statement folds are folded by one call", async () => {
  await server.pool().query(`insert into csat.count_deltas (workspace_id, day, actor_id, sent)
    select 'acme', '2026-01-05', 'ann', 1 from generate_series(1, 12000)`);
  await server.storage().keepHouse(at(70), signal);
  expect([await rowsOf("count_deltas"), await rowsOf("daily_counts")]).toEqual([0, 1]);
  expect((await read("acme")).sent).toEqual([{ day: "2026-01-05", count: 12_000 }]);
});

test("what a change counts twice counts twice, in the whole and in a part, before it is folded and after", async () => {
  // S41, S85
  const [sent] = sentChange("acme", "twice").deltas ?? [];
  if (sent === undefined) throw new Error("A send counts nothing.");
  const inPart = { ...sent, part: "slice:team=a b" };
  const change = { ...sentChange("acme", "twice"), deltas: [sent, inPart, sent, inPart] };
  await server.storage().auto.write([change]);
  const figures = async () => {
    const parts = await server.storage().parts({ workspaceId: "acme", window: current, prefix: "" });
    return { whole: (await read("acme")).sent, parts: parts.map(({ part, sent }) => [part, sent]) };
  };
  const expected = {
    whole: [{ day: "2026-01-05", count: 2 }],
    parts: [["slice:team=a b", 2]],
  };
  expect(await figures()).toEqual(expected);
  await server.storage().keepHouse(at(70), signal);
  expect(await figures()).toEqual(expected);
});

test("a stopped process folds nothing more", async () => {
  await aSend("acme");
  const deltas = await rowsOf("count_deltas");
  await server.storage().keepHouse(at(70), AbortSignal.abort());
  expect([await rowsOf("count_deltas"), await rowsOf("daily_counts")]).toEqual([deltas, 0]);
});

test("a recount tells each day that was off, as counted and as it is, and puts it right", async () => {
  await aSend("acme");
  await aSend("acme", false);
  await aSend("other");
  await server.storage().keepHouse(at(70), signal);
  const before = await read("acme");
  await server
    .pool()
    .query(`update csat.daily_counts set sent = sent + 7, rating_5 = 0 where workspace_id = 'acme';
    update csat.daily_totals set sent = sent + 7, rating_5 = 0 where workspace_id = 'acme';
    insert into csat.count_deltas (workspace_id, day, actor_id, rating_1) values ('acme', '2026-01-04', 'bob', 3);
    delete from csat.daily_counts where workspace_id = 'other'; delete from csat.daily_totals where workspace_id = 'other'`);
  // Monday: 9 sends and no answer were counted, 2 and 1 there are. Sunday: 3 answers that nobody gave.
  expect(await server.storage().recount("acme")).toEqual([
    { day: "2026-01-04", was: 3, is: 0 },
    { day: "2026-01-05", was: 9, is: 3 },
  ]);
  expect(await server.storage().recount("acme")).toEqual([]);
  expect(await read("acme")).toEqual(before);
  expect((await read("other")).sent).toEqual([]);
  expect(await server.storage().recount("other")).toEqual([{ day: "2026-01-05", was: 0, is: 2 }]);
});

test("a day counted for another resolver is off although its totals agree", async () => {
  await aSend("acme");
  await server.storage().keepHouse(at(70), signal);
  await server.pool().query("update csat.daily_counts set actor_id = 'bob'");
  expect(await server.storage().recount("acme")).toEqual([{ day: "2026-01-05", was: 2, is: 2 }]);
  expect((await read("acme")).resolvers).toEqual([{ actorId: "ann", rating: 5, count: 1 }]);
});

test("a recount during an answer neither waits for it nor counts it twice", async () => {
  const ticketId = await aSend("acme", false);
  await server.pool().query("update csat.count_deltas set sent = sent + 1");
  const met = await meeting(
    server,
    (session) => session.write([answeredChange("acme", ticketId)]),
    (storage) => storage.recount("acme"),
  );
  expect([met.first, met.waited]).toEqual([["written"], false]);
  expect(met.second).toEqual([{ day: "2026-01-05", was: 2, is: 1 }]);
  const { rows } = await server.pool().query(countsThatAreOff);
  expect(rows).toEqual([]);
});

test("totals of a day that are not its resolvers' are off, and put right", async () => {
  await aSend("acme");
  await server.storage().keepHouse(at(70), signal);
  await aSend("acme", false);
  await server.pool().query("update csat.daily_totals set rating_5 = 4");
  // One send and four answers were folded and one send was not; two sends and one answer there are.
  expect(await server.storage().recount("acme")).toEqual([{ day: "2026-01-05", was: 6, is: 3 }]);
  expect(await server.storage().recount("acme")).toEqual([]);
  const { rows } = await server.pool().query(countsThatAreOff);
  expect(rows).toEqual([]);
});

test("two recounts at once correct an error once", async () => {
  await aSend("acme");
  await server.pool().query("delete from csat.count_deltas");
  const corrected = await Promise.all([1, 2, 3, 4].map(() => server.storage().recount("acme")));
  expect(corrected.flat()).toEqual([{ day: "2026-01-05", was: 0, is: 2 }]);
  const { rows } = await server.pool().query(countsThatAreOff);
  expect(rows).toEqual([]);
});

test("rows written by hand are counted once a recount was asked for", async () => {
  const ticketId = await aSend("acme");
  await server
    .pool()
    .query("update csat.answers set rating = 1, responded_at = responded_at - interval '1 day'");
  await server
    .pool()
    .query("update csat.tickets set sent_at = '2026-01-04T23:59:59.999Z' where id = $1", [ticketId]);
  expect(await server.storage().recount("acme")).toEqual([
    { day: "2026-01-04", was: 0, is: 2 },
    { day: "2026-01-05", was: 2, is: 0 },
  ]);
  expect(await read("acme")).toMatchObject({
    sent: [{ day: "2026-01-04", count: 1 }],
    ratings: [{ day: "2026-01-04", rating: 1, count: 1 }],
  });
  await server.pool().query("delete from csat.answers; delete from csat.tickets");
  await server.storage().recount("acme");
  expect(await read("acme")).toEqual({ sent: [], ratings: [], resolvers: [], cohortAnswered: 0 });
});
