import * as core from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { keyColumns, type Run, tableOf } from "./sql.ts";

/** A record as it is stored; version and state are null where nothing is. */
export type HeadRow = core.Key & { readonly version: number | null; readonly state: string | null };
type DueRow = HeadRow & Omit<core.Claimed["due"], "kind"> & { readonly leaseUntil: number | null };
type Lease = core.Key & { readonly leaseId: string; readonly forMs: number | null };

/** Turns a row into the record that it is. */
export function toHead({ kind, workspaceId, id, version, state }: HeadRow): core.Head {
  const key = { kind, workspaceId, id };
  // The column holds what `write` put there.
  return { key, version: version ?? 0, state: JSON.parse(state ?? "null") as core.Json };
}

/** The records of these keys. With one writer at a time a transaction has locked everything, and nothing else can. */
export async function read(run: Run, keys: readonly core.ReadKey[]): Promise<readonly core.Head[]> {
  const placed = keys.map((key, place) => ({ ...key, place }));
  const rows = await run<HeadRow>`select * from ${tableOf([...keyColumns, "place"], placed)}
    left join csat_records using (kind, workspaceId, id) order by place`;
  return rows.map(toHead);
}

/** The record that a link opens, stored or not. */
export async function byToken(run: Run, hash: string): Promise<core.Head | null> {
  const rows = await run<HeadRow>`
    select * from csat_tokens left join csat_records using (kind, workspaceId, id) where hash = ${hash}`;
  return rows.map(toHead)[0] ?? null;
}

const databaseNow = sql`cast(round(unixepoch('subsec') * 1000) as integer)`;
/** True while nobody holds a record. Leases run on the database's clock, which every process shares. */
export const isFree = sql`coalesce(leaseUntil, 0) <= ${databaseNow}`;

/** Leases due records: the first of each workspace, then the second of each, beginning behind `after`. */
export async function claim(run: Run, ask: core.ClaimRequest): Promise<readonly core.Claimed[]> {
  // Where `after` is null, comparing with it is null for all and orders nothing.
  const rows = await run<DueRow>`
    select *, row_number() over (partition by workspaceId order by wakeAt, id) as turn from csat_records
    where kind = ${ask.kind} and wakeAt <= ${ask.now} and ${isFree}
      and workspaceId not in (select value from json_each(${JSON.stringify(ask.exceptWorkspaces ?? [])}))
    order by turn, workspaceId <= ${ask.after}, workspaceId limit ${ask.limit}`;
  const leased = rows.map((row) => ({ ...row, leaseId: crypto.randomUUID(), forMs: ask.leaseForMs }));
  await lease(run, leased);
  return leased.map(({ leaseId, leaseUntil, wakeAt, firstDueAt, ...row }) => {
    const due = { kind: "waiting", wakeAt, firstDueAt } as const;
    return { head: toHead(row), leaseId, resumed: leaseUntil !== null, due };
  });
}

/** Leases records for so long from now on; null gives them back. */
export async function lease(run: Run, leases: readonly Lease[]): Promise<void> {
  await run`update csat_records as r set leaseId = l.leaseId, leaseUntil = ${databaseNow} + forMs
    from ${tableOf([...keyColumns, "leaseId", "forMs"], leases)} l where (r.kind, r.workspaceId, r.id) = (l.kind, l.workspaceId, l.id)`;
}

/** What waits and what was given up. */
export async function backlog(run: Run, now: Date): Promise<core.Backlog> {
  const isDue = sql`wakeAt <= ${now} and ${isFree}`;
  const [isLate, isFailed] = [sql`wakeAt is not null and firstDueAt <= ${now}`, sql`failedAt is not null`];
  const first = (kind: core.HeadKind, condition: SQL) =>
    sql`(select min(firstDueAt) from csat_records where kind = ${kind} and ${condition})`;
  const troubles = (time: SQL) => run<core.Trouble>`
    select kind, workspaceId, reason, min(coalesce(firstDueAt, failedAt)) as since from csat_records where ${time} is not null
      and reason is not null group by 1, 2, 3 order by kind desc, workspaceId, reason limit ${core.mostTroubles}`;
  const count = (kind: core.HeadKind, condition: SQL) =>
    sql`(select count(*) from (select 1 from csat_records where kind = ${kind} and ${condition} limit ${core.countedUpTo}))`;
  const [backlog] = await run<core.Backlog>`
    select ${count("ticket", isDue)} as dueSurveys, ${count("event", isDue)} as dueEvents,
      ${count("ticket", sql`${isDue} and leaseUntil is not null`)} as expiredLeases, ${first("ticket", isDue)} as oldestDueAt,
      ${count("ticket", isFailed)} as failedSurveys, ${count("event", isFailed)} as deadEvents,
      ${first("ticket", isLate)} as waitingSince, ${first("event", isLate)} as eventsWaitingSince`;
  if (backlog === undefined) throw new core.CsatError("storage_failed", "SQLite counted nothing.");
  return { ...backlog, failing: await troubles(sql`wakeAt`), givenUp: await troubles(sql`failedAt`) };
}
