import type { PruneRequest } from "@csat/core";
import { postgresStorage } from "@csat/postgres";
import { beforeAll, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { plansOf } from "./support/plans.ts";

const server = connections(4);
const moment = new Date("2025-03-01T00:00:00Z");
const none = { comments: null, journal: null, events: null, tokens: null } as const;
const workspaces = 4;

// 20,000 rows of each kind over 278 days, in turns of 4 workspaces; every fourth answer has a comment.
beforeAll(async () => {
  const at = "timestamptz '2025-01-01Z' + n * interval '20 minutes'";
  const from = "from generate_series(0, 19999) n";
  const insert = (into: string, values: string) =>
    server.pool().query(`insert into csat.${into} select 'w' || n % ${workspaces}, ${values} ${from}`);
  await insert(
    "answers (workspace_id, ticket_id, survey_id, rating, responded_at, comment, resolved_by)",
    `n::text, n::text, 5, ${at}, case when n % 4 = 0 then 'Fine' end, ''`,
  );
  await insert("journal (workspace_id, ticket_id, at, event)", `n::text, ${at}, 'resolved'`);
  await insert(
    "events (workspace_id, id, version, state, created_at, ticket_id)",
    `n::text, 1, '{}', ${at}, n::text`,
  );
  await insert("tokens (workspace_id, id, hash, kind, created_at)", `n::text, n::text, 'ticket', ${at}`);
  await server.pool().query("vacuum analyze");
});

/** Tables that were read whole, but for the one of what is due, which is empty. */
function wholeTables(scans: readonly string[]): readonly string[] {
  return scans.filter((scan) => scan.startsWith("Seq") && !scan.endsWith("due_events"));
}

test.each([
  ["comments", "answers_comment_idx", 50],
  ["journal", "journal_history_idx", 50],
  ["events", "events_created_idx", 50],
  ["tokens", "tokens_created_idx", 50],
] as const)("pruning %s reads the rows it takes, and a few of each workspace", async (kind, index, limit) => {
  // S78
  const ask: PruneRequest = { ...none, [kind]: moment, limit };
  const { scans, rows } = await plansOf(server.pool(), async (storage) => {
    expect(await storage.prune(ask)).toEqual({ isMoreLeft: true });
  });
  expect(wholeTables(scans)).toEqual([]);
  expect(scans.join()).toContain(index);
  // Each row is found, locked and taken; each workspace is looked up once at most.
  expect(rows).toBeLessThanOrEqual(4 * limit + 2 * workspaces);
});

test("where nothing is old pruning reads no row but to find the workspaces", async () => {
  const long = new Date("2024-01-01T00:00:00Z");
  const ask = { comments: long, journal: long, events: long, tokens: long, limit: 1_000 };
  const { scans, rows } = await plansOf(server.pool(), async (storage) => {
    expect(await storage.prune(ask)).toEqual({ isMoreLeft: false });
  });
  expect(wholeTables(scans)).toEqual([]);
  expect(rows).toBeLessThanOrEqual(2 * (workspaces + 1));
});

test("a prune waits for nobody: rows that a transaction holds are stepped over, and taken once it has ended", async () => {
  const storage = postgresStorage(server.pool());
  const old = "workspace_id = 'w3' and ticket_id = '7'";
  const client = await server.pool().connect();
  const left = async () => {
    const { rows } = await server
      .pool()
      .query<{ readonly ticket: string }>("select ticket_id as ticket from csat.journal where at < $1", [
        moment,
      ]);
    return rows.map(({ ticket }) => ticket);
  };
  const pruned = async () => {
    while ((await storage.prune({ ...none, journal: moment, limit: 1_000 })).isMoreLeft);
  };
  try {
    await client.query("begin");
    // As whoever forgets the ticket does.
    await client.query(`delete from csat.journal where ${old} and at < $1`, [moment]);
    await pruned();
    expect(await left()).toEqual(["7"]);
    await client.query("rollback");
  } finally {
    client.release();
  }
  await pruned();
  expect(await left()).toEqual([]);
});

test("an event that is replayed while it is pruned stays, and what is due of it", async () => {
  const storage = postgresStorage(server.pool());
  const key = { kind: "event", workspaceId: "replays", id: "e" } as const;
  const cells = { kind: "event", createdAt: new Date("2025-01-01Z"), ticketId: "t", dead: false } as const;
  const waits = { kind: "waiting", wakeAt: moment, firstDueAt: moment } as const;
  // Whichever comes first, there is an event with what is due of it or neither.
  for (let round = 0; round < 20; round++) {
    await storage.auto.write([{ heads: [{ key, expected: 0, state: {}, cells }] }]);
    const replayed = { key, expected: 1, state: {}, cells, due: waits };
    const [, outcomes] = await Promise.all([
      storage.prune({ ...none, events: moment, limit: 1_000 }),
      storage.auto.write([{ heads: [replayed] }]),
    ]);
    const count = async (table: string) =>
      (await server.pool().query(`select from csat.${table} where workspace_id = 'replays'`)).rowCount;
    const there = outcomes[0] === "written" ? 1 : 0;
    expect([await count("events"), await count("due_events")]).toEqual([there, there]);
    await server.pool().query("delete from csat.events where workspace_id = 'replays'");
    await server.pool().query("delete from csat.due_events where workspace_id = 'replays'");
  }
});

test("a call begins a few calls back, not at the start, and what came late before that place is taken all the same", async () => {
  // S78
  const add = (count: number) =>
    server.pool().query(
      `insert into csat.journal (workspace_id, ticket_id, at, event)
       select 'a', n::text, timestamptz '2024-01-01Z' + n * interval '1 minute', 'resolved' from generate_series(1, $1::int) n`,
      [count],
    );
  await add(30_000);
  // Without a vacuum what is gone stands in the index, where a call that begins before it walks through its pages.
  await server.pool().query("alter table csat.journal set (autovacuum_enabled = off)");
  await server.pool().query("vacuum analyze csat.journal");
  const { pages } = await plansOf(server.pool(), async (storage) => {
    const take = (limit: number) => storage.prune({ ...none, journal: moment, limit });
    for (const limit of [10, 14_000, 14_000, 10, 10, 10, 10, 10, 10, 10, 10, 10])
      expect(await take(limit)).toEqual({ isMoreLeft: true });
    await add(1);
    while ((await take(1_000)).isMoreLeft);
  });
  const [first = 0] = pages;
  expect(pages[11]).toBeLessThanOrEqual(2 * first);
  const { rows } = await server.pool().query("select from csat.journal where at < $1", [moment]);
  expect(rows).toEqual([]);
});
