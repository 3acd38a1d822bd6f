import * as z from "zod/mini";
import { errorKind } from "../error-kind.ts";
import type { Page } from "../ports/store/lists.ts";
import type { Session } from "../ports/store/session.ts";
import type { Delivery, OutboxEvent } from "../ports/webhook-transport.ts";
import { newId } from "../survey/id.ts";
import type { Context } from "./context.ts";
import { failed } from "./deliver-event.ts";
import { eventOf, toHeadChange, wasAskedInVain } from "./event-document.ts";
import { storageCursor, withCheckedCursor } from "./page-cursor.ts";
import { underLease } from "./under-lease.ts";
import { idSchema, pageShape, validate } from "./validate.ts";
import { wakeUpForEvent } from "./wake-up.ts";

const querySchema = z.object({
  dead: z.optional(z.boolean("must be true or false")),
  ...pageShape,
});

/** Events of a workspace, newest first. @throws CsatError `invalid_input`, `storage_failed` */
export async function listEvents<Tx>(
  { storage }: Context<Tx>,
  workspaceId: string,
  query: { readonly dead?: boolean; readonly cursor?: string; readonly limit?: number } = {},
): Promise<Page<OutboxEvent>> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const { dead, cursor, limit } = validate({
    schema: querySchema,
    value: query,
    where: "The events cannot be listed",
  });
  const list = { name: "events", workspaceId } as const;
  const page = await storage.lists.events(workspaceId, {
    dead: dead ?? false,
    cursor: await storageCursor(list, cursor),
    limit: limit ?? 50,
  });
  const { items, nextCursor } = await withCheckedCursor(list, page);
  return { items: items.flatMap((head) => eventOf(head) ?? []), nextCursor };
}

/** Makes an event's given-up deliveries due again, or asks for its endpoints again. False when nothing was given up. @throws CsatError `invalid_input`, `storage_failed` */
export async function replayEvent<Tx>(
  context: Context<Tx>,
  workspaceId: string,
  eventId: string,
): Promise<boolean> {
  const { storage, clock } = context;
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  validate({ schema: idSchema, value: eventId, where: "The event id is invalid" });
  const key = { kind: "event", workspaceId, id: eventId } as const;
  const now = clock.now();
  // Whoever is delivering it read an older version: what it settles later is a conflict, and undoes nothing.
  const replay = async (session: Session, lock: boolean): Promise<boolean | null> => {
    const [head] = await session.read([{ ...key, ...(lock ? { lock } : {}) }]);
    const event = head === undefined ? null : eventOf(head);
    if (head === undefined || event === null) return false;
    const isUnknown = wasAskedInVain(head);
    if (!isUnknown && !event.deliveries.some(isGivenUp)) return false;
    const deliveries = event.deliveries.map((delivery) =>
      isGivenUp(delivery) ? again(delivery, now) : delivery,
    );
    const change = toHeadChange({
      event: { ...event, deliveries },
      expected: head.version,
      stored: head.state,
      firstDueAt: now,
      asking: isUnknown ? now : null,
      now,
    });
    const [outcome] = await session.write([{ heads: [change] }]);
    return outcome === "written" ? true : null;
  };
  const isReplayed =
    (await replay(storage.auto, false)) ?? (await storage.own((session) => replay(session, true))) ?? false;
  if (isReplayed) await wakeUpForEvent(context, { workspaceId, eventId, attempt: 0, runAt: now });
  return isReplayed;
}

function isGivenUp({ state }: Delivery): boolean {
  return state === "gave_up";
}

function again(delivery: Delivery, now: Date): Delivery {
  return { ...delivery, state: "pending", attempts: 0, retryAt: now, lastError: null };
}

/** One test event to each endpoint, at once and without retries. Empty without webhooks or endpoints. @throws CsatError `invalid_input` */
export async function sendTestEvent<Tx>(
  { webhooks, clock, leaseForMs }: Context<Tx>,
  workspaceId: string,
): Promise<readonly { readonly endpointId: string; readonly ok: boolean; readonly error: string | null }[]> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  if (webhooks === null) return [];
  const createdAt = clock.now();
  const event: OutboxEvent = {
    id: newId(),
    workspaceId,
    type: "csat.test",
    createdAt,
    data: { ticketId: "test", rating: 5, comment: null, respondedAt: createdAt.toISOString() },
    deliveries: [],
  };
  const endpoints = await webhooks.endpointsFor(event);
  return Promise.all(
    endpoints.map(async (endpoint) => {
      const endpointId = endpoint.id;
      try {
        const result = await underLease({
          leaseForMs,
          work: (signal) => webhooks.deliver(endpoint, event, signal),
          otherwise: () => failed("no answer in time"),
        });
        return { endpointId, ok: result.ok, error: result.ok ? null : result.error };
      } catch (error) {
        return { endpointId, ok: false, error: `the transport threw ${errorKind(error)}` };
      }
    }),
  );
}
