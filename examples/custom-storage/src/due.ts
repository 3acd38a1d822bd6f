import {
  type Backlog,
  type Claimed,
  type ClaimRequest,
  CsatError,
  countedUpTo,
  type HeadKind,
  type Key,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type HeadRow, toHead } from "./records.ts";
import { keyColumns, type Run, tableOf } from "./sql.ts";

const databaseNow = sql`cast(round(unixepoch('subsec') * 1000) as integer)`;

/** True while nobody holds a record. Leases run on the database's clock, which every process shares. */
export const isFree = sql`coalesce(leaseUntil, 0) <= ${databaseNow}`;

/** Leases due records: the first of each workspace, then the second of each, beginning behind `after`. */
export async function claim(run: Run, ask: ClaimRequest): Promise<readonly Claimed[]> {
  // Where `after` is null, comparing with it is null for all and orders nothing.
  const rows = await run<
    HeadRow & { readonly wakeAt: number; readonly firstDueAt: number; readonly leaseUntil: number | null }
  >`
    select *, row_number() over (partition by workspaceId order by wakeAt, id) as turn from csat_records
    where kind = ${ask.kind} and wakeAt <= ${ask.now.getTime()} and ${isFree}
      and workspaceId not in (select value from json_each(${JSON.stringify(ask.exceptWorkspaces ?? [])}))
    order by turn, workspaceId <= ${ask.after}, workspaceId limit ${ask.limit}`;
  const claimed = rows.map((row): Claimed => {
    const times = { wakeAt: new Date(row.wakeAt), firstDueAt: new Date(row.firstDueAt) };
    const resumed = row.leaseUntil !== null;
    return { head: toHead(row), leaseId: crypto.randomUUID(), resumed, due: { kind: "waiting", ...times } };
  });
  const leases = claimed.map(({ head, leaseId }) => ({ ...head.key, leaseId, forMs: ask.leaseForMs }));
  await lease(run, leases);
  return claimed;
}

type Lease = Key & { readonly leaseId: string; readonly forMs: number | null };

/** Leases records for so long from now on; null gives them back. */
export async function lease(run: Run, leases: readonly Lease[]): Promise<void> {
  await run`update csat_records as r set leaseId = l.leaseId, leaseUntil = ${databaseNow} + forMs
    from ${tableOf([...keyColumns, "leaseId", "forMs"], leases)} l
    where (r.kind, r.workspaceId, r.id) = (l.kind, l.workspaceId, l.id)`;
}

/** What waits and what was given up. */
export async function backlog(run: Run, now: Date): Promise<Backlog> {
  const isDue = sql`wakeAt <= ${now.getTime()} and ${isFree}`;
  const counted = (kind: HeadKind, condition: SQL) =>
    sql`(select count(*) from (select 1 from csat_records where kind = ${kind} and ${condition} limit ${countedUpTo}))`;
  const rows = await run<Omit<Backlog, "oldestDueAt"> & { readonly oldest: number | null }>`
    select ${counted("ticket", isDue)} as dueSurveys, ${counted("event", isDue)} as dueEvents,
      ${counted("ticket", sql`${isDue} and leaseUntil is not null`)} as expiredLeases,
      ${counted("ticket", sql`failedAt is not null`)} as failedSurveys,
      ${counted("event", sql`failedAt is not null`)} as deadEvents,
      (select min(firstDueAt) from csat_records where kind = 'ticket' and ${isDue}) as oldest`;
  const [backlog] = rows.map(({ oldest, ...figures }) => {
    return { ...figures, oldestDueAt: oldest === null ? null : new Date(oldest) };
  });
  if (backlog === undefined) throw new CsatError("storage_failed", "SQLite counted nothing.");
  return backlog;
}
