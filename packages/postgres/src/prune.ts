import type { PruneRequest } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { inTransaction, type PostgresExecutor, rowsFrom } from "./executor.ts";
import { number, text } from "./row.ts";
import type { TableNames } from "./table-names.ts";

type Kind = Exclude<keyof PruneRequest, "limit">;

/** Where rows were taken last: those of a workspace before this moment are gone, and those of the workspaces before it. */
interface Place {
  readonly workspaceId: string;
  readonly at: string;
}

const callsBack = 8;

// Not -infinity: drivers read what is given as a time by themselves.
const start: Place = { workspaceId: "", at: "0001-01-01T00:00:00.000000Z" };

/**
 * Takes away what is older than was asked: a statement a kind, which steps over what others have locked and so waits for
 * nobody. Each finds its rows by an index, whatever the number of those that stay.
 *
 * What was taken stands in the index until the next vacuum, so a call that leaves some is not followed by one that begins at the
 * start. It begins some calls back: whoever walks past what is gone marks it as such, and is the last to look for its row, once no
 * transaction is under way that might still see it.
 */
export function pruner(
  executor: PostgresExecutor,
  tables: TableNames,
): (ask: PruneRequest) => Promise<{ readonly isMoreLeft: boolean }> {
  const ends = new Map<Kind, readonly Place[]>();
  const take = async (kind: Kind, ask: { readonly before: Date; readonly limit: number }) => {
    const lastEnds = ends.get(kind) ?? [];
    const from = lastEnds[callsBack] ?? start;
    const statement = statements[kind](tables, {
      before: sql`${ask.before.toISOString()}::timestamptz`,
      limit: sql`${ask.limit}::int`,
      workspaceId: sql`${from.workspaceId}::text`,
      at: sql`${from.at}::timestamptz`,
    });
    // Also where the database defaults to a stricter level: there a row that changed meanwhile would be an error.
    const [row] = await inTransaction(executor, (transaction) =>
      rowsFrom(transaction, `pruning ${kind}`, statement),
    );
    const isMoreLeft = row !== undefined && number(row, "found") >= ask.limit;
    if (isMoreLeft)
      ends.set(kind, [
        { workspaceId: text(row, "workspace"), at: text(row, "at") },
        ...lastEnds.slice(0, callsBack),
      ]);
    else ends.delete(kind);
    return { isMoreLeft, isFromStart: from === start };
  };
  return async ({ limit, ...ask }) => {
    let isMoreLeft = false;
    for (const kind of ["comments", "journal", "events", "tokens"] as const) {
      const before = ask[kind];
      if (before === null) continue;
      let taken = await take(kind, { before, limit });
      // What came late, or was locked, stands before the place where this began.
      if (!taken.isMoreLeft && !taken.isFromStart) taken = await take(kind, { before, limit });
      isMoreLeft ||= taken.isMoreLeft;
    }
    return { isMoreLeft };
  };
}

interface Statement {
  readonly before: SQL;
  readonly limit: SQL;
  /** Where to begin. */
  readonly workspaceId: SQL;
  readonly at: SQL;
}

const statements: Readonly<Record<Kind, (tables: TableNames, statement: Statement) => SQL>> = {
  comments: ({ answers }, { before, limit, at }) => sql`with taken as (
  update ${answers} set comment = null where ctid = any (array(
    select ctid from ${answers} where comment is not null and (responded_at, ticket_id) >= (${at}, '') and responded_at < ${before}
    order by responded_at limit ${limit} for update skip locked
  )) returning '' as workspace, responded_at as at
)
${answered(sql`taken`)}`,

  journal: (
    { journal },
    { before, limit, ...from },
  ) => sql`with recursive ${workspacesOf(journal, from)}, taken as (
  delete from ${journal} where ctid = any (array(
    select old.place from spaces cross join lateral (
      select j.ctid as place from ${journal} j
      where j.workspace_id = spaces.workspace_id and (j.at, j.entry_number) >= (${beginIn(from)}, 0) and j.at < ${before}
      order by j.at, j.entry_number limit ${limit} for update skip locked
    ) old limit ${limit}
  )) returning workspace_id as workspace, at
)
${answered(sql`taken`)}`,

  // An event that somebody writes between the two looks at it has another version then: what is due of it may have changed.
  events: (
    { events, due_events },
    { before, limit, ...from },
  ) => sql`with recursive ${workspacesOf(events, from)}, old as materialized (
  select old.* from spaces cross join lateral (
    select e.workspace_id, e.id, e.version from ${events} e
    where e.workspace_id = spaces.workspace_id and (e.created_at, e.id) >= (${beginIn(from)}, '') and e.created_at < ${before}
      and not exists (select from ${due_events} d where d.workspace_id = e.workspace_id and d.id = e.id and d.failed_at is null)
    order by e.created_at, e.id limit ${limit}
  ) old limit ${limit}
), locked as materialized (
  select e.* from old cross join lateral (
    select e.ctid as place, e.workspace_id, e.id from ${events} e
    where e.workspace_id = old.workspace_id and e.id = old.id and e.version = old.version for update skip locked
  ) e
), taken as (
  delete from ${events} where ctid = any (array(select place from locked)) returning workspace_id as workspace, created_at as at
), undue as (
  delete from ${due_events} d using locked x where d.workspace_id = x.workspace_id and d.id = x.id
)
${answered(sql`old`)}`,

  tokens: ({ tokens }, { before, limit, at }) => sql`with taken as (
  delete from ${tokens} where ctid = any (array(
    select ctid from ${tokens} where kind = 'ticket' and (created_at, hash) >= (${at}, '') and created_at < ${before}
    order by created_at limit ${limit} for update skip locked
  )) returning '' as workspace, created_at as at
)
${answered(sql`taken`)}`,
};

/** How many rows were found and taken, and where the last of these stood; no row where none was taken. */
function answered(found: SQL): SQL {
  return sql`select (select count(*) from ${found})::int as found, workspace,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
from taken order by workspace collate "C" desc, at desc limit 1`;
}

/**
 * The workspaces of a table, from one to the next through the index that begins with them: a few page reads each, and none
 * once enough rows are found. An index by time alone would cost every writer an entry more.
 */
function workspacesOf(table: SQL, { workspaceId }: Pick<Statement, "workspaceId">): SQL {
  const next = (where: SQL) =>
    sql`(select s.workspace_id from ${table} s ${where} order by s.workspace_id limit 1)`;
  // Where to begin is not looked up: what was taken there would be walked through.
  return sql`spaces as (
  select case when ${workspaceId} = '' then ${next(sql``)} else ${workspaceId} end as workspace_id
  union all
  select ${next(sql`where s.workspace_id > spaces.workspace_id`)} from spaces where spaces.workspace_id is not null
)`;
}

/**
 * In the workspace where to begin, that moment; in those behind it, none. Compared as a row with what makes it unique: of two
 * bounds of one column Postgres expects to find next to nothing, and then sorts all that is old.
 */
function beginIn({ workspaceId, at }: Pick<Statement, "workspaceId" | "at">): SQL {
  return sql`case when spaces.workspace_id = ${workspaceId} then ${at} else timestamptz '-infinity' end`;
}
