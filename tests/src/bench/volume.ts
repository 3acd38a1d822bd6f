import { migrate, postgresStorage } from "@csat/postgres";
import type { Pool } from "pg";
import { millisecondsOf } from "./measure.ts";

/** How much is loaded, in surveys; a quarter of them is answered. */
export interface Volume {
  /** The surveys of the workspace `busy`; `tenth` has a tenth of them, in the same days. */
  readonly busy: number;
  /** Surveys of other workspaces, 30 of them. */
  readonly others: number;
  readonly operators: number;
}

/** The day on which the year of what is loaded ends; it is the `now` of every figure. */
export const now = new Date("2026-10-31T18:00:00Z");
const days = 365;

/** Loads a year set-based, in the order in which it happened, and counts it. Resolves with the milliseconds of counting. */
export async function loadVolume(pool: Pool, volume: Volume): Promise<number> {
  await migrate(pool);
  const { busy, others, operators } = volume;
  await load(pool, { prefix: "busy", workspaces: 1, surveys: busy, operators });
  await load(pool, { prefix: "tenth", workspaces: 1, surveys: Math.ceil(busy / 10), operators });
  await load(pool, { prefix: "other", workspaces: 30, surveys: others, operators });
  await pool.query("vacuum analyze csat.tickets, csat.answers");
  const storage = postgresStorage(pool);
  const { rows } = await pool.query<{ id: string }>("select distinct workspace_id as id from csat.tickets");
  const countingMs = await millisecondsOf(async () => {
    for (const { id } of rows) await storage.recount(id);
  });
  for (const { id } of rows) await countValues(pool, id);
  // What a worker's sweep and autovacuum do within the next minutes.
  while ((await pool.query("select from csat.count_deltas limit 1")).rowCount === 1)
    await storage.keepHouse(now, new AbortController().signal);
  await pool.query("vacuum analyze csat.daily_counts, csat.daily_totals, csat.count_deltas");
  return countingMs;
}

interface Load {
  readonly prefix: string;
  readonly workspaces: number;
  readonly surveys: number;
  readonly operators: number;
}

/** Numbers are spread by multiplying with primes: the same rows at every run, without a pattern by day. */
async function load(pool: Pool, { prefix, workspaces, surveys, operators }: Load): Promise<void> {
  await pool.query(
    `insert into csat.tickets (workspace_id, id, version, state, sent_at, resolved_by)
     select $1 || case when $2::int > 1 then ' ' || n % $2 else '' end, lpad(n::text, 10, '0'), 1, '{}', at,
       case when n * 7919 % ($4::int + 1) > 0 then 'operator ' || n * 7919 % ($4 + 1) end
     from (
       select n, $6::timestamptz - $5::int * interval '1 day' + n * ($5 * interval '1 day' / $3::int) as at
       from generate_series(0, $3::bigint - 1) n
     ) as numbered`,
    [prefix, workspaces, surveys, operators, days, now],
  );
  await pool.query(
    `insert into csat.answers (workspace_id, ticket_id, survey_id, rating, comment, responded_at, resolved_by)
     select workspace_id, id, id, (array[5, 5, 4, 5, 3, 4, 5, 2, 5, 1])[1 + id::bigint / 4 * 104729 % 10],
       case when id::bigint % 3 = 0 then 'Quick and friendly, thank you.' end,
       sent_at + id::bigint * 15485863 % 2880 * interval '1 minute', coalesce(resolved_by, '')
     from csat.tickets where workspace_id like $1 || '%' and id::bigint % 4 = 0`,
    [prefix],
  );
}

/** How many values the attribute `team` has in what is loaded. */
export const values = 20;

/** A recount rebuilds the whole alone: what the sends and answers would have counted of their values is added set-based. */
async function countValues(pool: Pool, workspaceId: string): Promise<void> {
  await pool.query(
    `insert into csat.count_deltas (workspace_id, parts, day, actor_id, sent, answered, rating_1, rating_2, rating_3, rating_4, rating_5)
     select t.workspace_id, array['slice:team=v' || t.id::bigint * 31 % $2::int], (t.sent_at at time zone 'UTC')::date,
       coalesce(t.resolved_by, ''), count(*), count(a.rating), 0, 0, 0, 0, 0
     from csat.tickets t left join csat.answers a on a.workspace_id = t.workspace_id and a.ticket_id = t.id
     where t.workspace_id = $1 group by 1, 2, 3, 4
     union all
     select workspace_id, array['slice:team=v' || ticket_id::bigint * 31 % $2::int], (responded_at at time zone 'UTC')::date,
       resolved_by, 0, 0, ${[1, 2, 3, 4, 5].map((rating) => `count(*) filter (where rating = ${rating})`).join(", ")}
     from csat.answers where workspace_id = $1 group by 1, 2, 3, 4`,
    [workspaceId, values],
  );
}
