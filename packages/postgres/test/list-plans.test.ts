import type { ResponseQuery } from "@csat/core";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { beforeAll, expect, test } from "vitest";
import { connections } from "./support/connections.ts";

const server = connections(2);
const window = { from: new Date("2025-01-01T00:00:00Z"), until: new Date("2026-01-01T00:00:00Z") };

// Of 20,000 answers every thousandth is a 1, and the rare operator has five, all of them long ago.
beforeAll(async () => {
  await server.pool().query(`insert into csat.surveys
      (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at, sent_at, resolved_by)
    select 'acme', n::text, n::text, 'answered', 1, now(), now(), now(), timestamptz '2025-01-01Z' + n * interval '20 minutes',
      case when n < 5 then 'rare' else 'often' end
    from generate_series(0, 19999) n`);
  await server
    .pool()
    .query(`insert into csat.responses (workspace_id, survey_id, ticket_id, rating, responded_at)
    select workspace_id, id, ticket_id, case when id::int % 1000 = 0 then 1 else 5 end, sent_at from csat.surveys`);
  await server.pool().query("vacuum analyze csat.surveys, csat.responses");
});

const lists: readonly (readonly [string, Partial<ResponseQuery>, string, number])[] = [
  ["low scores", { maxRating: 2 }, "responses_low_idx", 20],
  ["a low rating", { rating: 1 }, "responses_low_idx", 20],
  ["a rare operator's", { resolvedBy: "rare" }, "responses_resolver_idx", 5],
  ["nobody's", { resolvedBy: null }, "responses_resolver_idx", 0],
  ["all", {}, "responses_responded_idx", 50],
];

test.each(lists)(
  "a list of %s reads the rows it shows and no others",
  async (_what, filter, index, shown) => {
    const asked: { readonly text: string; readonly values: unknown[] }[] = [];
    const logQuery = (text: string, values: unknown[]) => asked.push({ text, values });
    const storage = postgresStorage(drizzle(server.pool(), { logger: { logQuery } }));
    const query = { workspaceId: "acme", window, limit: 50, cursor: null, ...filter };
    const page = await storage.metrics.listResponses(query);
    expect(page.items).toHaveLength(shown);
    const [statement] = asked;
    const { rows } = await server
      .pool()
      .query<{ readonly "QUERY PLAN": string }>(`explain (analyze) ${statement?.text}`, statement?.values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain(index);
    expect(plan).not.toContain("Rows Removed by Filter");
    expect(plan).not.toContain("Seq Scan on responses");
  },
);
