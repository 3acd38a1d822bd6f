import type { PruneRequest } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { inTransaction, type PostgresExecutor, rowsFrom } from "./executor.ts";
import { number } from "./row.ts";
import type { TableNames } from "./table-names.ts";

/**
 * Takes away what is older than was asked: a statement a kind, which steps over what others have locked and so waits for
 * nobody. Each finds its rows by an index, whatever the number of those that stay.
 */
export async function prune(
  { executor, tables }: { readonly executor: PostgresExecutor; readonly tables: TableNames },
  { limit, ...ask }: PruneRequest,
): Promise<{ readonly isMoreLeft: boolean }> {
  let isMoreLeft = false;
  for (const kind of ["comments", "journal", "events", "tokens"] as const) {
    const before = ask[kind];
    if (before === null) continue;
    const statement = statements[kind](tables, sql`${before.toISOString()}::timestamptz`, sql`${limit}::int`);
    // Also where the database defaults to a stricter level: there a row that changed meanwhile would be an error.
    const [row] = await inTransaction(executor, (transaction) =>
      rowsFrom(transaction, `pruning ${kind}`, statement),
    );
    if (row !== undefined && number(row, "found") >= limit && number(row, "taken") > 0) isMoreLeft = true;
  }
  return { isMoreLeft };
}

type Statement = (tables: TableNames, before: SQL, limit: SQL) => SQL;

const statements: Readonly<Record<Exclude<keyof PruneRequest, "limit">, Statement>> = {
  comments: ({ answers }, before, limit) => sql`with taken as (
  update ${answers} set comment = null where ctid = any (array(
    select ctid from ${answers} where comment is not null and responded_at < ${before}
    order by responded_at limit ${limit} for update skip locked
  )) returning 1
)
${taken}`,

  journal: ({ journal }, before, limit) => sql`with recursive ${workspacesOf(journal)}, taken as (
  delete from ${journal} where ctid = any (array(
    select old.place from spaces cross join lateral (
      select j.ctid as place from ${journal} j where j.workspace_id = spaces.workspace_id and j.at < ${before}
      order by j.at, j.entry_number limit ${limit} for update skip locked
    ) old limit ${limit}
  )) returning 1
)
${taken}`,

  // An event that somebody writes between the two looks at it has another version then: what is due of it may have changed.
  events: (
    { events, due_events },
    before,
    limit,
  ) => sql`with recursive ${workspacesOf(events)}, old as materialized (
  select old.* from spaces cross join lateral (
    select e.workspace_id, e.id, e.version from ${events} e
    where e.workspace_id = spaces.workspace_id and e.created_at < ${before}
      and not exists (select from ${due_events} d where d.workspace_id = e.workspace_id and d.id = e.id and d.failed_at is null)
    order by e.created_at, e.id limit ${limit}
  ) old limit ${limit}
), locked as materialized (
  select e.* from old cross join lateral (
    select e.ctid as place, e.workspace_id, e.id from ${events} e
    where e.workspace_id = old.workspace_id and e.id = old.id and e.version = old.version for update skip locked
  ) e
), taken as (
  delete from ${events} where ctid = any (array(select place from locked)) returning 1
), undue as (
  delete from ${due_events} d using locked x where d.workspace_id = x.workspace_id and d.id = x.id
)
select (select count(*) from old)::int as found, count(*)::int as taken from taken`,

  tokens: ({ tokens }, before, limit) => sql`with taken as (
  delete from ${tokens} where ctid = any (array(
    select ctid from ${tokens} where kind = 'ticket' and created_at < ${before}
    order by created_at limit ${limit} for update skip locked
  )) returning 1
)
${taken}`,
};

const taken = sql`select count(*)::int as found, count(*)::int as taken from taken`;

/**
 * The workspaces of a table, from one to the next through the index that begins with them: a few page reads each, and none
 * once enough rows are found. An index by time alone would cost every writer an entry more.
 */
function workspacesOf(table: SQL): SQL {
  const next = (behind: SQL) =>
    sql`(select s.workspace_id from ${table} s ${behind} order by s.workspace_id limit 1)`;
  return sql`spaces as (
  select ${next(sql``)} as workspace_id
  union all
  select ${next(sql`where s.workspace_id > spaces.workspace_id`)} from spaces where spaces.workspace_id is not null
)`;
}
