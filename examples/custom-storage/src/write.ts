import type { AnswerChange, Change, HeadChange, WriteOutcome } from "@csat/core";
import { sql } from "drizzle-orm";
import { count } from "./counts.ts";
import { isFree, lease } from "./due.ts";
import { isOneOf, keyColumns, type Run, rowsOf, setTo, tableOf } from "./sql.ts";

/**
 * Writes each change whole or not at all. With one writer at a time what is compared stays true until the commit. The
 * number of statements is the same for any number of changes.
 */
export async function write(run: Run, changes: readonly Change[]): Promise<readonly WriteOutcome[]> {
  const refused = await refusals(run, changes);
  const accepted = changes.filter((_, number) => !refused.has(number));
  const heads = accepted.flatMap((change) => change.heads);
  await forget(run, accepted.filter((change) => change.forget === true).flatMap(ticketsOf));
  await writeHeads(run, heads);
  await writeBeside(run, accepted);
  return changes.map((_, number) => refused.get(number) ?? "written");
}

/** Compares versions and leases before anything is written: what may not be written, by its number. */
async function refusals(run: Run, changes: readonly Change[]): Promise<ReadonlyMap<number, WriteOutcome>> {
  const compared = changes.flatMap(({ heads }, number) =>
    heads.map(({ key, expected, lease }) => ({ ...key, number, expected, heldBy: lease?.id })),
  );
  const rows = await run<{ readonly number: number; readonly isConflict: number }>`
    select number, max(isConflict) as isConflict from (
      select number, coalesce(version, 0) <> expected as isConflict,
        heldBy is not null and (heldBy is not leaseId or ${isFree}) as isLost
      from ${tableOf([...keyColumns, "number", "expected", "heldBy"], compared)}
        left join csat_records using (kind, workspaceId, id)
    ) where isConflict or isLost group by number`;
  return new Map(rows.map(({ number, isConflict }) => [number, isConflict ? "conflict" : "lost_lease"]));
}

/** The ticket of a change, if it has one, as a record and as its journal and events name it. */
function ticketsOf({ heads }: Change) {
  return heads.flatMap(({ key }) => (key.kind === "ticket" ? [{ ...key, ticketId: key.id }] : []));
}

const answerColumns = ["surveyId", "rating", "comment", "respondedAt", "creditedTo"];

async function forget(run: Run, tickets: ReturnType<typeof ticketsOf>): Promise<void> {
  const isTheirs = isOneOf(["workspaceId", "ticketId"], tickets);
  await run`delete from csat_tokens where ${isOneOf(keyColumns, tickets)}`;
  await run`delete from csat_journal where ${isTheirs}`;
  await run`delete from csat_records where kind = 'event' and ${isTheirs}`;
  await update(run, answerColumns, tickets);
}

/** Sets columns of records that stand, where they are so. */
async function update(
  run: Run,
  columns: readonly string[],
  values: readonly object[],
  are = sql`true`,
): Promise<void> {
  await run`update csat_records as r set ${setTo("v", columns)} from ${tableOf([...keyColumns, ...columns], values)} v
    where (r.kind, r.workspaceId, r.id) = (v.kind, v.workspaceId, v.id) and ${are}`;
}

async function writeHeads(run: Run, heads: readonly HeadChange[]): Promise<void> {
  const columns = ["version", "state", "sentAt", "resolvedBy", "createdAt", "ticketId", "dead"];
  const rows = heads.map(({ key, expected, state, cells }) => {
    return { ...cells, ...key, version: expected + 1, state: JSON.stringify(state) };
  });
  await run`insert into csat_records ${rowsOf([...keyColumns, ...columns], rows)}
    on conflict do update set ${setTo("excluded", columns)}`;
  const due = heads.filter((head) => head.due !== undefined).map(({ key, due }) => ({ ...due, ...key }));
  await update(run, ["wakeAt", "firstDueAt", "failedAt", "reason", "leaseId", "leaseUntil"], due);
  const leases = heads.flatMap(({ key, due, lease }) => {
    if (due !== undefined || lease === undefined || lease.extendMs === null) return [];
    return [{ ...key, leaseId: lease.id, forMs: lease.extendMs || null }];
  });
  await lease(run, leases);
}

/** Tokens, journal, answers and counts. */
async function writeBeside(run: Run, changes: readonly Change[]): Promise<void> {
  const tokens = changes.flatMap((change) => change.tokens ?? []).map(({ hash, key }) => ({ hash, ...key }));
  await run`insert into csat_tokens ${rowsOf(["hash", ...keyColumns], tokens)}`;
  const entries = changes.flatMap((change) => change.journal ?? []);
  const entryColumns = ["workspaceId", "ticketId", "at", "event", "reason", "actorId"];
  await run`insert into csat_journal ${rowsOf(entryColumns, entries)}`;
  const beside = changes.flatMap((change) => ticketsOf(change).map((ticket) => ({ ...change, ticket })));
  const answers = (kind: AnswerChange["kind"]) =>
    beside.flatMap(({ ticket, answer }) => {
      return answer?.kind === kind ? [{ ...answer, creditedTo: answer.resolvedBy, ...ticket }] : [];
    });
  await update(run, answerColumns, answers("put"), sql`r.rating is null`);
  await update(run, ["creditedTo"], answers("move"), sql`r.rating is not null`);
  const deltas = beside.flatMap(({ ticket: { workspaceId }, deltas = [] }) =>
    deltas.map((delta) => ({ ...delta, workspaceId })),
  );
  await count(run, deltas);
}
