import * as z from "zod/mini";
import type { AdminChange } from "../by-admins.ts";
import type { ReplayChoice } from "../csat.ts";
import type { Actor } from "../in-transaction.ts";
import type { Head } from "../ports/store/head.ts";
import type { Page } from "../ports/store/lists.ts";
import type { Session } from "../ports/store/session.ts";
import type { Delivery, OutboxEvent } from "../ports/webhook-transport.ts";
import type { Context } from "./context.ts";
import { eventOf, toHeadChange, wasAskedInVain } from "./event-document.ts";
import { tellChange } from "./tell-change.ts";
import { actorShape, dateSchema, idSchema, validate } from "./validate.ts";
import { wakeUpForEvent } from "./wake-up.ts";

const choiceShape = {
  delivered: z._default(z.boolean("must be true or false"), false),
  endpointId: z.optional(idSchema),
};
const choiceSchema = z.object(choiceShape, "must be an object");
const windowSchema = z.object({ ...choiceShape, from: dateSchema, until: dateSchema }, "must be an object");

const bySchema = z.object(actorShape, "must say who by { actorId }");
const nobody: Actor = { actorId: null };

const eventsPerRead = 200;

/**
 * Makes deliveries of an event due again, or asks for its endpoints again. False when there was none of those chosen.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function replayEvent<Tx>(
  context: Context<Tx>,
  { workspaceId, eventId, choice = {}, by = nobody }: OneReplay,
): Promise<boolean> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  validate({ schema: idSchema, value: eventId, where: "The event id is invalid" });
  const { delivered, endpointId } = validate({
    schema: choiceSchema,
    value: choice,
    where: "Nothing was replayed",
  });
  const { actorId } = validate({ schema: bySchema, value: by, where: "Nothing was replayed" });
  const isReplayed = await replay(context, {
    workspaceId,
    eventId,
    isChosen: chosenBy(delivered, endpointId),
  });
  const told = { workspaceId, actorId, eventId, window: null, endpointId, delivered };
  await tellReplay(context, { ...told, events: isReplayed ? 1 : 0 });
  return isReplayed;
}

/**
 * The same for the events of a window by `createdAt`, newest first; answers how many had such a delivery.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function replayEvents<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    which,
    by = nobody,
  }: {
    readonly workspaceId: string;
    readonly which: ReplayChoice & { readonly from: Date; readonly until: Date };
    readonly by?: Actor | undefined;
  },
): Promise<number> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const where = "Nothing was replayed";
  const { delivered, endpointId, from, until } = validate({ schema: windowSchema, value: which, where });
  const { actorId } = validate({ schema: bySchema, value: by, where });
  const isChosen = chosenBy(delivered, endpointId);
  let events = 0;
  try {
    for await (const event of eventsIn(context, { workspaceId, from, until, dead: !delivered, isChosen }))
      if (await replay(context, { workspaceId, eventId: event.id, isChosen })) events += 1;
  } finally {
    // Also of what was broken off: those are on their way.
    const told = { workspaceId, actorId, eventId: null, window: { from, until }, endpointId, delivered };
    await tellReplay(context, { ...told, events });
  }
  return events;
}

/** Events of a window with a delivery that is chosen, newest first. */
async function* eventsIn<Tx>(
  { storage }: Context<Tx>,
  {
    workspaceId,
    from,
    until,
    dead,
    isChosen,
  }: {
    readonly workspaceId: string;
    readonly from: Date;
    readonly until: Date;
    readonly dead: boolean;
    readonly isChosen: IsChosen;
  },
): AsyncGenerator<OutboxEvent> {
  let cursor: string | null = null;
  do {
    const page: Page<Head> = await storage.lists.events(workspaceId, { dead, limit: eventsPerRead, cursor });
    cursor = page.nextCursor;
    for (const head of page.items) {
      const event = eventOf(head);
      // Of a newer release's type: where it stands in time is told by its neighbours.
      if (event === null) continue;
      if (event.createdAt < from) return;
      const hasAny = wasAskedInVain(head) || event.deliveries.some(isChosen);
      if (event.createdAt < until && hasAny) yield event;
    }
  } while (cursor !== null);
}

/** Tells the host who replayed how many; nothing where there was none. */
async function tellReplay<Tx>(
  context: Context<Tx>,
  {
    endpointId = null,
    ...told
  }: Omit<Extract<AdminChange, { readonly kind: "events_replayed" }>, "kind" | "at" | "endpointId"> & {
    readonly endpointId: string | null | undefined;
  },
): Promise<void> {
  if (told.events === 0) return;
  await tellChange(context, { kind: "events_replayed", at: context.clock.now(), ...told, endpointId });
}

interface OneReplay {
  readonly workspaceId: string;
  readonly eventId: string;
  readonly choice?: ReplayChoice | undefined;
  readonly by?: Actor | undefined;
}

type IsChosen = (delivery: Delivery) => boolean;

function chosenBy(delivered: boolean, endpointId: string | undefined): IsChosen {
  return (delivery) =>
    (endpointId === undefined || delivery.endpointId === endpointId) &&
    (delivery.state === "gave_up" || (delivered && delivery.state === "delivered"));
}

async function replay<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    eventId,
    isChosen,
  }: { readonly workspaceId: string; readonly eventId: string; readonly isChosen: IsChosen },
): Promise<boolean> {
  const { storage, clock } = context;
  const key = { kind: "event", workspaceId, id: eventId } as const;
  const now = clock.now();
  // Whoever is delivering it read an older version: what it settles later is a conflict, and undoes nothing.
  const write = async (session: Session, lock: boolean): Promise<boolean | null> => {
    const [head] = await session.read([{ ...key, ...(lock ? { lock } : {}) }]);
    const event = head === undefined ? null : eventOf(head);
    if (head === undefined || event === null) return false;
    const isUnknown = wasAskedInVain(head);
    if (!isUnknown && !event.deliveries.some(isChosen)) return false;
    const deliveries = event.deliveries.map((delivery) =>
      isChosen(delivery) ? again(delivery, now) : delivery,
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
    (await write(storage.auto, false)) ?? (await storage.own((session) => write(session, true))) ?? false;
  if (isReplayed) await wakeUpForEvent(context, { workspaceId, eventId, attempt: 0, runAt: now });
  return isReplayed;
}

function again(delivery: Delivery, now: Date): Delivery {
  return { ...delivery, state: "pending", attempts: 0, retryAt: now, lastError: null, replayedAt: now };
}
