import * as z from "zod/mini";
import type { ReplayChoice } from "../csat.ts";
import type { Head } from "../ports/store/head.ts";
import type { Page } from "../ports/store/lists.ts";
import type { Session } from "../ports/store/session.ts";
import type { Delivery } from "../ports/webhook-transport.ts";
import type { Context } from "./context.ts";
import { eventOf, toHeadChange, wasAskedInVain } from "./event-document.ts";
import { dateSchema, idSchema, validate } from "./validate.ts";
import { wakeUpForEvent } from "./wake-up.ts";

const choiceShape = {
  delivered: z._default(z.boolean("must be true or false"), false),
  endpointId: z.optional(idSchema),
};
const choiceSchema = z.object(choiceShape, "must be an object");
const windowSchema = z.object({ ...choiceShape, from: dateSchema, until: dateSchema }, "must be an object");

const eventsPerRead = 200;

/**
 * Makes deliveries of an event due again, or asks for its endpoints again. False when there was none of those chosen.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function replayEvent<Tx>(
  context: Context<Tx>,
  { workspaceId, eventId, choice = {} }: OneReplay,
): Promise<boolean> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  validate({ schema: idSchema, value: eventId, where: "The event id is invalid" });
  const { delivered, endpointId } = validate({
    schema: choiceSchema,
    value: choice,
    where: "Nothing was replayed",
  });
  return replay(context, { workspaceId, eventId, isChosen: chosenBy(delivered, endpointId) });
}

/**
 * The same for the events of a window by `createdAt`, newest first; answers how many had such a delivery.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function replayEvents<Tx>(
  context: Context<Tx>,
  workspaceId: string,
  which: ReplayChoice & { readonly from: Date; readonly until: Date },
): Promise<number> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const { delivered, endpointId, from, until } = validate({
    schema: windowSchema,
    value: which,
    where: "Nothing was replayed",
  });
  const isChosen = chosenBy(delivered, endpointId);
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Page<Head> = await context.storage.lists.events(workspaceId, {
      dead: !delivered,
      limit: eventsPerRead,
      cursor,
    });
    cursor = page.nextCursor;
    for (const head of page.items) {
      const event = eventOf(head);
      // Of a newer release's type: where it stands in time is told by its neighbours.
      if (event === null) continue;
      if (event.createdAt < from) return count;
      const hasAny = wasAskedInVain(head) || event.deliveries.some(isChosen);
      if (event.createdAt >= until || !hasAny) continue;
      if (await replay(context, { workspaceId, eventId: event.id, isChosen })) count += 1;
    }
  } while (cursor !== null);
  return count;
}

interface OneReplay {
  readonly workspaceId: string;
  readonly eventId: string;
  readonly choice?: ReplayChoice | undefined;
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
