import * as core from "@csat/core";
import { sql } from "drizzle-orm";
import { count } from "./counts.ts";
import { isFree, lease } from "./records.ts";
import { keyColumns, type Run, rowsOf, setTo, tableOf } from "./sql.ts";

/** Writes each change whole or not at all. With one writer at a time what is compared stays true until the commit. */
export async function write(run: Run, changes: readonly core.Change[]) {
  const refused = await refusals(run, changes);
  const accepted = changes.filter((_, number) => !refused.has(number));
  const ofTickets = accepted.flatMap(withTicket);
  await forget(run, ofTickets);
  await writeHeads(run, accepted);
  await writeBeside(run, ofTickets);
  return changes.map((_, number) => refused.get(number) ?? ("written" as const));
}

/** Compares versions and leases before anything is written: what may not be written, by its number. */
async function refusals(run: Run, changes: readonly core.Change[]) {
  const all = changes.flatMap(({ heads, compared = [] }, number) => [
    ...heads.map(({ lease, ...head }) => ({ ...head, ...head.key, number, heldBy: lease?.id })),
    ...compared.map((head) => ({ ...head, ...head.key, number })),
  ]);
  const rows = await run<{ readonly number: number; readonly isConflict: number }>`
    select number, max(coalesce(version, 0) <> expected) as isConflict
    from ${tableOf([...keyColumns, "number", "expected", "heldBy"], all)} left join csat_records using (kind, workspaceId, id)
    where coalesce(version, 0) <> expected or (heldBy is not null and (heldBy is not leaseId or ${isFree})) group by number`;
  return new Map(rows.map((row) => [row.number, row.isConflict ? "conflict" : "lost_lease"] as const));
}

/** A change with its ticket, as its record and as its journal and events name it. One without has nothing beside. */
function withTicket(change: core.Change) {
  const ticket = change.heads.find(({ key }) => key.kind === "ticket")?.key;
  return ticket === undefined ? [] : [{ ...change, ...ticket, ticketId: ticket.id }];
}
type OfTicket = ReturnType<typeof withTicket>[number];
const answerColumns = ["surveyId", "rating", "comment", "respondedAt", "creditedTo", "excluded", "slices"];

/** Removes what stands beside a ticket; its answer is columns of its record. */
async function forget(run: Run, ofTickets: readonly OfTicket[]) {
  const tickets = ofTickets.filter((change) => change.forget === true);
  const areTheirs = sql`where (workspaceId, ticketId) in ${tableOf(["workspaceId", "ticketId"], tickets)}`;
  await run`delete from csat_tokens where (kind, workspaceId, id) in ${tableOf(keyColumns, tickets)}`;
  await run`delete from csat_customer_tickets ${areTheirs}`;
  await run`delete from csat_journal ${areTheirs}`;
  await run`delete from csat_records ${areTheirs} and kind = 'event'`;
  await update(run, answerColumns, tickets);
}

/** Sets columns of the records that these rows name, where they are so. */
async function update(run: Run, columns: readonly string[], rows: readonly object[], are = sql`true`) {
  await run`update csat_records as r set ${setTo("v", columns)} from ${tableOf([...keyColumns, ...columns], rows)} v
    where (r.kind, r.workspaceId, r.id) = (v.kind, v.workspaceId, v.id) and ${are}`;
}

async function writeHeads(run: Run, changes: readonly core.Change[]) {
  const heads = changes.flatMap((change) => change.heads);
  const columns = "version state sentAt resolvedBy suppressedAt createdAt ticketId dead".split(" ");
  const rows = heads.map(({ key, expected, state, cells }) => {
    return { ...cells, ...key, version: expected + 1, state: JSON.stringify(state) };
  });
  await run`insert into csat_records ${rowsOf([...keyColumns, ...columns], rows)} on conflict do update set ${setTo("excluded", columns)}`;
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

async function writeBeside(run: Run, tickets: readonly OfTicket[]) {
  const each = <Row extends object>(rows: (change: core.Change) => readonly Row[] | undefined) =>
    tickets.flatMap((ticket) => (rows(ticket) ?? []).map((row) => ({ ...ticket, ...row })));
  const columns = "workspaceId ticketId at event reason actorId eligibleAt facts".split(" ");
  await run`insert into csat_journal ${rowsOf(
    columns,
    each(({ journal }) => journal?.map(core.toEntryRow)),
  )}`;
  const named = each(({ customers }) => customers?.map((customer) => ({ customer })));
  await run`insert into csat_customer_tickets ${rowsOf(["workspaceId", "ticketId", "customer"], named)} on conflict do nothing`;
  const answers = (kind: core.AnswerChange["kind"]) =>
    each(({ answer }) => {
      const creditedTo = answer?.kind === "mark" ? null : answer?.resolvedBy;
      return answer?.kind === kind ? [{ ...answer, creditedTo, kind: "ticket" }] : [];
    });
  await update(run, answerColumns, answers("put"), sql`r.rating is null`);
  await update(run, ["creditedTo"], answers("move"), sql`r.rating is not null`);
  await update(run, ["excluded"], answers("mark"), sql`r.rating is not null`);
  await count(
    run,
    each(({ deltas }) => deltas?.map(core.toCountRow)),
  );
}

/** Takes away what is older; null is older than nothing. */
export async function prune(run: Run, { comments, journal, events, tokens, limit }: core.PruneRequest) {
  const [key, records] = [sql`(kind, workspaceId, id)`, sql`select kind, workspaceId, id from csat_records`];
  const taken = [
    await run`update csat_records set comment = null where ${key} in
      (${records} where comment is not null and respondedAt < ${comments} limit ${limit}) returning 1`,
    await run`delete from csat_records where ${key} in
      (${records} where kind = 'event' and wakeAt is null and createdAt < ${events} limit ${limit}) returning 1`,
    await run`delete from csat_journal where number in (select number from csat_journal where at < ${journal} limit ${limit}) returning 1`,
    await run`delete from csat_tokens where hash in
      (select hash from csat_tokens where kind = 'ticket' and createdAt < ${tokens} limit ${limit}) returning 1`,
  ];
  return { isMoreLeft: taken.some(({ length }) => length === limit) };
}
