import type { ResponseQuery } from "@csat/core";
import { beforeAll, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { plansOf } from "./support/plans.ts";

const server = connections(2);
const window = { from: new Date("2025-01-01T00:00:00Z"), until: new Date("2026-01-01T00:00:00Z") };

// Of 20,000 answers every thousandth is a 1, and the rare operator has five, all of them long ago. Of 20,000 events and
// given-up surveys there are as many dead and as many of one reason.
beforeAll(async () => {
  const at = "timestamptz '2025-01-01Z' + n * interval '20 minutes'";
  await server.pool().query(`insert into csat.tickets (workspace_id, id, version, state, sent_at, resolved_by)
    select 'acme', n::text, 1, '{}', ${at}, case when n < 5 then 'rare' else 'often' end from generate_series(0, 19999) n`);
  await server
    .pool()
    .query(`insert into csat.answers (workspace_id, ticket_id, survey_id, rating, responded_at, resolved_by)
    select workspace_id, id, id, case when id::int % 1000 = 0 then 1 else 5 end, sent_at, resolved_by from csat.tickets`);
  await server
    .pool()
    .query(`insert into csat.events (workspace_id, id, version, state, created_at, ticket_id, dead)
    select 'acme', n::text, 1, '{}', ${at}, n::text, n % 1000 = 0 from generate_series(0, 19999) n`);
  await server.pool().query(`insert into csat.due_tickets (workspace_id, id, failed_at, reason)
    select 'acme', n::text, ${at}, 'refused' from generate_series(0, 19999) n`);
  await server.pool().query(`insert into csat.journal (workspace_id, ticket_id, at, event)
    select 'acme', (n % 1000)::text, ${at}, 'resolved' from generate_series(0, 19999) n`);
  await server.pool().query(`insert into csat.daily_totals (workspace_id, part, day, sent, answered,
      rating_1, rating_2, rating_3, rating_4, rating_5)
    select 'acme', case n when 0 then '' else 'team:' || n end, day, 1, 0, 0, 0, 0, 0, 0
    from generate_series(0, 100) n, generate_series(date '2025-01-01', '2025-12-31', '1 day') day`);
  await server.pool().query("vacuum analyze");
});

const answers: readonly (readonly [string, Partial<ResponseQuery>, string, number])[] = [
  ["low scores", { maxRating: 2 }, "answers_low_idx", 20],
  ["a low rating", { rating: 1 }, "answers_low_idx", 20],
  ["a rare operator's", { resolvedBy: "rare" }, "answers_resolver_idx", 5],
  ["nobody's", { resolvedBy: null }, "answers_resolver_idx", 0],
  ["all", {}, "answers_responded_idx", 50],
];

test.each(answers)(
  "a list of %s reads the rows it shows and no others",
  async (_what, filter, index, shown) => {
    const query = { workspaceId: "acme", window, limit: 50, cursor: null, ...filter };
    const { scans, rows } = await plansOf(server.pool(), async ({ lists }) => {
      expect((await lists.answers(query)).items).toHaveLength(shown);
    });
    expect(scans.join(", ")).toContain(index);
    // Each answer, its ticket, and the one behind the page.
    expect(rows).toBeLessThanOrEqual(2 * (shown + 1));
  },
);

const page = { limit: 50, cursor: null };
test.each([
  ["events", false, "events_created_idx", 50],
  ["dead events", true, "events_dead_idx", 20],
] as const)("a page of %s reads the rows it shows and no others", async (_what, dead, index, shown) => {
  const { scans, rows } = await plansOf(server.pool(), async ({ lists }) => {
    expect((await lists.events("acme", { ...page, dead })).items).toHaveLength(shown);
  });
  expect(scans).toEqual([`Index Scan using ${index}`]);
  expect(rows).toBeLessThanOrEqual(shown + 1);
});

test("a page of given-up surveys, and a journal, read the rows they show and no others", async () => {
  const failed = {
    ...page,
    workspaceId: "acme",
    since: new Date("2025-06-01T00:00:00Z"),
    reasons: ["refused"],
  };
  const list = await plansOf(server.pool(), async ({ lists }) => {
    expect((await lists.failed(failed)).items).toHaveLength(50);
  });
  expect(list.scans.join(", ")).toContain("due_tickets_failed_idx");
  expect(list.rows).toBeLessThanOrEqual(51);
  const journal = await plansOf(server.pool(), async ({ lists }) => {
    expect(await lists.journal({ workspaceId: "acme", ticketId: "7" })).toHaveLength(20);
  });
  expect(journal.scans.join(", ")).toContain("journal_pkey");
  expect(journal.rows).toBeLessThanOrEqual(20);
});

test("a page of the history reads the rows it shows and no others, however far behind the first", async () => {
  const history = { workspaceId: "acme", window, limit: 50 };
  const late = { ...window, from: new Date("2025-06-01T00:00:00Z") };
  const first = await server.storage().lists.history({ ...history, window: late, cursor: null });
  const { scans, rows } = await plansOf(server.pool(), async ({ lists }) => {
    expect((await lists.history({ ...history, cursor: first.nextCursor })).items).toHaveLength(50);
    expect((await lists.history({ ...history, cursor: null })).items).toHaveLength(50);
  });
  expect(new Set(scans)).toEqual(new Set(["Index Scan using journal_history_idx"]));
  expect(rows).toBeLessThanOrEqual(2 * 51);
});

test("figures of the whole read no row of a part, and those of parts none of other parts and days", async () => {
  const week = { from: new Date("2025-03-03T00:00:00Z"), until: new Date("2025-03-10T00:00:00Z") };
  const whole = await plansOf(server.pool(), async (storage) => {
    const { sent } = await storage.counts({ workspaceId: "acme", current: week, previous: week });
    expect(sent).toHaveLength(7);
  });
  expect(whole.rows).toBeLessThanOrEqual(7);
  const parts = await plansOf(server.pool(), async (storage) => {
    // team:9 and team:90 to team:99.
    expect(await storage.parts({ workspaceId: "acme", window: week, prefix: "team:9" })).toHaveLength(11 * 7);
  });
  expect(parts.rows).toBeLessThanOrEqual(11 * 7);
});
