import type {
  Claimed,
  ClaimRef,
  ClaimRequest,
  Delivery,
  OutboxEvent,
  OutboxStore,
  Page,
  PageRequest,
  SettleOutcome,
  SurveyResponse,
} from "@csat/core";
import { and, asc, desc, eq, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import type { Access } from "./access.ts";
import { fairly, isAskedFor } from "./due.ts";
import { newEvent, toEvent, withDeliveries } from "./event-row.ts";
import { isAfter, pageOf } from "./keyset.ts";
import { databaseNow, newLease } from "./lease.ts";
import type { Rows } from "./open-sqlite.ts";
import { events } from "./schema.ts";
import { replacing } from "./upsert.ts";

/** Events on their way to receivers. */
export function outboxStore({ read, write }: Access): OutboxStore {
  return { claimDue: write(claimDue), settle: write(settle), list: read(list), replay: write(replay) };
}

/** Puts the event of an answer into the outbox. */
export async function raise(
  rows: Rows,
  answered: { readonly eventId: string; readonly response: SurveyResponse },
): Promise<void> {
  await rows.insert(events).values(newEvent(answered));
}

/** Unsettled, waiting for its endpoints or with a delivery due, and held by nobody at `leasedAt`. */
export function isDueEvent({
  now,
  leasedAt,
}: {
  readonly now: Date;
  readonly leasedAt: Date;
}): SQL | undefined {
  return and(
    isNotNull(events.wakeAt),
    or(lte(events.wakeAt, now), eq(events.deliveries, [])),
    or(isNull(events.leaseUntil), lte(events.leaseUntil, leasedAt)),
  );
}

async function claimDue(rows: Rows, claim: ClaimRequest): Promise<readonly Claimed<OutboxEvent>[]> {
  const leasedAt = await databaseNow(rows);
  const isWanted = and(isDueEvent({ now: claim.now, leasedAt }), isAskedFor(events, claim));
  const queue = fairly({ rows, table: events, dueAt: events.wakeAt, isWanted, limit: claim.limit });
  const due = await rows
    .select({ event: events })
    .from(events)
    .innerJoin(queue, and(eq(queue.workspaceId, events.workspaceId), eq(queue.id, events.id)))
    .orderBy(asc(queue.place), asc(events.wakeAt));
  const claimed = due.map(({ event }) => ({
    resumed: event.leaseId !== null,
    event: { ...event, ...newLease({ from: leasedAt, forMs: claim.leaseForMs }) },
  }));
  if (claimed.length > 0) {
    await rows
      .insert(events)
      .values(claimed.map(({ event }) => event))
      .onConflictDoUpdate({ target: [events.workspaceId, events.id], set: replacing(events) });
  }
  return claimed.map(({ event, resumed }) => ({ row: toEvent(event), leaseId: event.leaseId, resumed }));
}

async function settle(
  rows: Rows,
  { workspaceId, id, leaseId, deliveries }: ClaimRef & { readonly deliveries: readonly Delivery[] },
): Promise<SettleOutcome> {
  const settled = await rows
    .update(events)
    .set({ ...withDeliveries(deliveries), leaseId: null, leaseUntil: null })
    .where(and(eq(events.workspaceId, workspaceId), eq(events.id, id), eq(events.leaseId, leaseId)))
    .returning({ id: events.id });
  return settled.length === 0 ? "lost_lease" : "done";
}

async function list(
  rows: Rows,
  workspaceId: string,
  { dead, limit, cursor }: PageRequest & { readonly dead: boolean },
): Promise<Page<OutboxEvent>> {
  const found = await rows
    .select()
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        dead ? eq(events.dead, true) : undefined,
        isAfter(cursor, { at: events.createdAt, id: events.id }),
      ),
    )
    .orderBy(desc(events.createdAt), desc(events.id))
    .limit(limit + 1);
  return pageOf(found.map(toEvent), { limit, placeOf: ({ createdAt, id }) => ({ at: createdAt, id }) });
}

async function replay(rows: Rows, workspaceId: string, eventId: string, now: Date): Promise<boolean> {
  const isThis = and(eq(events.workspaceId, workspaceId), eq(events.id, eventId));
  const [dead] = await rows
    .select()
    .from(events)
    .where(and(isThis, eq(events.dead, true)));
  if (dead === undefined) return false;
  const deliveries = toEvent(dead).deliveries.map((delivery): Delivery => {
    if (delivery.state !== "gave_up") return delivery;
    return { ...delivery, state: "pending", attempts: 0, retryAt: now, lastError: null };
  });
  await rows
    .update(events)
    // A holder who settles later knows nothing of the replay and would undo it: its lease ends here.
    .set({ ...withDeliveries(deliveries), leaseId: null, leaseUntil: null })
    .where(isThis);
  return true;
}
