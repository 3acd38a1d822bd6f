import { migrate, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { firstRelease } from "./first-release.ts";

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

/**
 * Loads a year set-based into the tables of the first release, in the order in which it happened, and upgrades them.
 * Resolves with the milliseconds of the upgrade.
 */
export async function loadVolume(pool: Pool, volume: Volume): Promise<number> {
  await pool.query(firstRelease());
  await load(pool, { prefix: "busy", workspaces: 1, surveys: volume.busy, operators: volume.operators });
  const tenth = Math.ceil(volume.busy / 10);
  await load(pool, { prefix: "tenth", workspaces: 1, surveys: tenth, operators: volume.operators });
  await load(pool, { prefix: "other", workspaces: 30, surveys: volume.others, operators: volume.operators });
  await pool.query("vacuum analyze csat.surveys, csat.responses");
  const begunAt = performance.now();
  await migrate(drizzle(pool));
  const upgradeMs = performance.now() - begunAt;
  // What a worker's sweep and autovacuum do within the next minutes.
  await postgresStorage(drizzle(pool)).maintain(now, new AbortController().signal);
  await pool.query("vacuum analyze csat.daily_counts, csat.count_deltas, csat.responses");
  return upgradeMs;
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
    `insert into csat.surveys (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at,
       may_have_reached, send_begun_at, sent_at, resolved_by, page_workspace_name, page_ticket_subject)
     select $1 || case when $2::int > 1 then ' ' || n % $2 else '' end, lpad(n::text, 10, '0'), n::text,
       case when n % 4 = 0 then 'answered' else 'sent' end, 1, at, at, at, true, at, at,
       case when n * 7919 % ($4::int + 1) > 0 then 'operator ' || n * 7919 % ($4 + 1) end,
       'Acme', 'My printer says that it is on fire'
     from (
       select n, $6::timestamptz - $5::int * interval '1 day' + n * ($5 * interval '1 day' / $3::int) as at
       from generate_series(0, $3::bigint - 1) n
     ) as numbered`,
    [prefix, workspaces, surveys, operators, days, now],
  );
  await pool.query(
    `insert into csat.responses (workspace_id, survey_id, ticket_id, rating, comment, responded_at)
     select workspace_id, id, ticket_id, (array[5, 5, 4, 5, 3, 4, 5, 2, 5, 1])[1 + id::bigint / 4 * 104729 % 10],
       case when id::bigint % 3 = 0 then 'Quick and friendly, thank you.' end,
       sent_at + id::bigint * 15485863 % 2880 * interval '1 minute'
     from csat.surveys where workspace_id like $1 || '%' and status = 'answered'`,
    [prefix],
  );
}
