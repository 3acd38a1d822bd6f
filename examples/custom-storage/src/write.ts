import { type AnswerChange, type Change, toCountRow, toEntryRow, type WriteOutcome } from "@csat/core";
import { sql } from "drizzle-orm";
import { count } from "./counts.ts";
import { isFree, lease } from "./records.ts";
import { keyColumns, type Run, rowsOf, setTo, tableOf } from "./sql.ts";

/** Writes each change whole or not at all. With one writer at a time what is compared stays true until the commit. */
export async function write(run: Run, changes: readonly Change[]): Promise<readonly WriteOutcome[]> {
  const refused = await refusals(run, changes);
  const accepted = changes.filter((_, number) => !refused.has(number));
  await forget(run, accepted);
  await writeHeads(run, accepted);
  await writeBeside(run, accepted);
  return changes.map((_, number) => refused.get(number) ?? "written");
}

/** Compares versions and leases before anything is written: what may not be written, by its number. */
async function refusals(run: Run, changes: readonly Change[]): Promise<ReadonlyMap<number, WriteOutcome>> {
  const compared = changes.flatMap(({ heads }, number) =>
    heads.map(({ key, expected, lease }) => ({ ...key, number, expected, heldBy: lease?.id })),
  );
  const rows = await run<{ readonly number: number; readonly isConflict: number }>`
    select number, max(coalesce(version, 0) <> expected) as isConflict
    from ${tableOf([...keyColumns, "number", "expected", "heldBy"], compared)}
      left join csat_records using (kind, workspaceId, id)
    where coalesce(version, 0) <> expected or (heldBy is not null and (heldBy is not leaseId or ${isFree}))
    group by number`;
  return new Map(rows.map(({ number, isConflict }) => [number, isConflict ? "conflict" : "lost_lease"]));
}

/** A change with its ticket, as its record and as its journal and events name it. One without has nothing beside. */
function withTicket(change: Change) {
  const ticket = change.heads.find(({ key }) => key.kind === "ticket")?.key;
  return ticket === undefined ? [] : [{ ...change, ...ticket, ticketId: ticket.id }];
}

const answerColumns = ["surveyId", "rating", "comment", "respondedAt", "creditedTo"];

/** Removes what stands beside a ticket; its answer is columns of its record. */
async function forget(run: Run, changes: readonly Change[]): Promise<void> {
  const tickets = changes.filter((change) => change.forget === true).flatMap(withTicket);
  const isTheirs = sql`(workspaceId, ticketId) in ${tableOf(["workspaceId", "ticketId"], tickets)}`;
  await run`delete from csat_tokens where (kind, workspaceId, id) in ${tableOf(keyColumns, tickets)}`;
  await run`delete from csat_journal where ${isTheirs}`;
  await run`delete from csat_records where kind = 'event' and ${isTheirs}`;
  await update(run, answerColumns, tickets);
}

/** Sets columns of the records that these rows name, where they are so. */
async function update(run: Run, columns: readonly string[], rows: readonly object[], are = sql`true`) {
  await run`update csat_records as r set ${setTo("v", columns)} from ${tableOf([...keyColumns, ...columns], rows)} v
    where (r.kind, r.workspaceId, r.id) = (v.kind, v.workspaceId, v.id) and ${are}`;
}

async function writeHeads(run: Run, changes: readonly Change[]): Promise<void> {
  const heads = changes.flatMap((change) => change.heads);
  const columns = ["version", "state", "sentAt", "resolvedBy", "createdAt", "ticketId", "dead"];
  const rows = heads.map(({ key, expected, state, cells }) => {
    return { ...cells, ...key, version: expected + 1, state: JSON.stringify(state) };
  });
  await run`insert into csat_records ${rowsOf([...keyColumns, ...columns], rows)}
    on conflict do update set ${setTo("excluded", columns)}`;
  const due = heads
    .filter((head) => head.due !== undefined)
    .map(({ key, due }) => ({ reason: due?.kind === "waiting" ? due.failing : null, ...due, ...key }));
  await update(run, ["wakeAt", "firstDueAt", "failedAt", "reason", "leaseId", "leaseUntil"], due);
  const leases = heads.flatMap(({ key, due, lease }) => {
    if (due !== undefined || lease === undefined || lease.extendMs === null) return [];
    return [{ ...key, leaseId: lease.id, forMs: lease.extendMs || null }];
  });
  await lease(run, leases);
  const tokens = changes.flatMap((change) => change.tokens ?? []).map(({ hash, key }) => ({ hash, ...key }));
  await run`insert into csat_tokens ${rowsOf(["hash", ...keyColumns], tokens)}`;
}

async function writeBeside(run: Run, changes: readonly Change[]): Promise<void> {
  const ofTickets = changes.flatMap(withTicket);
  const entries = ofTickets.flatMap(({ journal }) => journal?.map(toEntryRow) ?? []);
  const columns = ["workspaceId", "ticketId", "at", "event", "reason", "actorId", "eligibleAt", "facts"];
  await run`insert into csat_journal ${rowsOf(columns, entries)}`;
  const answers = (kind: AnswerChange["kind"]) =>
    ofTickets.flatMap(({ answer, ...ticket }) => {
      return answer?.kind === kind ? [{ ...answer, creditedTo: answer.resolvedBy, ...ticket }] : [];
    });
  await update(run, answerColumns, answers("put"), sql`r.rating is null`);
  await update(run, ["creditedTo"], answers("move"), sql`r.rating is not null`);
  const counted = ofTickets.flatMap(({ workspaceId, deltas = [] }) =>
    deltas.map((delta) => ({ workspaceId, ...toCountRow(delta) })),
  );
  await count(run, counted);
}
