import * as z from "zod/mini";
import type { Due, Head, HeadChange, Json } from "../ports/store/head.ts";
import type { Delivery, EventFacts, OutboxEvent } from "../ports/webhook-transport.ts";
import type { ExclusionReason } from "../survey/exclusion-reason.ts";
import { type Rating, ratings } from "../survey/response.ts";

const documentVersion = 1;

const date = z.pipe(
  z.string(),
  z.transform((text) => new Date(text)),
);

const aboutAnswer = {
  ticketId: z.string(),
  rating: z.custom<Rating>((value) => ratings.some((rating) => rating === value)),
  respondedAt: z.string(),
};

const reason = z.custom<ExclusionReason>((value) => typeof value === "string");

const stored = {
  v: z.literal(documentVersion),
  createdAt: date,
  deliveries: z.array(
    z.object({
      endpointId: z.string(),
      // A state of a newer release is left to it.
      state: z.custom<Delivery["state"]>((value) => typeof value === "string"),
      attempts: z.int(),
      retryAt: z.nullable(date),
      lastError: z.nullable(z.string()),
      replayedAt: z.optional(date),
    }),
  ),
  askedInVain: z._default(z.boolean(), false),
};

const document = z.discriminatedUnion("type", [
  z.looseObject({
    ...stored,
    type: z.literal("ticket.csat_received"),
    data: z.object({ ...aboutAnswer, comment: z.nullable(z.string()) }),
  }),
  z.looseObject({
    ...stored,
    type: z.literal("ticket.csat_excluded"),
    data: z.object({ ...aboutAnswer, reason, excludedAt: z.string() }),
  }),
  z.looseObject({
    ...stored,
    type: z.literal("ticket.csat_restored"),
    data: z.object({ ...aboutAnswer, restoredAt: z.string() }),
  }),
]);

/** The event that a record holds; null for a record that is gone, and for one of a type that this release does not know. */
export function eventOf({ key: { workspaceId, id }, state }: Head): OutboxEvent | null {
  const read = document.safeParse(state);
  if (!read.success) return null;
  const { type, createdAt, data } = read.data;
  const deliveries = read.data.deliveries.map(
    ({ replayedAt, ...delivery }): Delivery =>
      replayedAt === undefined ? delivery : { ...delivery, replayedAt },
  );
  // The schema has the data of each type beside it.
  const facts = { type, data } as EventFacts;
  return { id, workspaceId, createdAt, deliveries, ...facts };
}

/** True when the host was asked for the event's endpoints until nobody waits any more. */
export function wasAskedInVain({ state }: Head): boolean {
  const read = document.safeParse(state);
  return read.success && read.data.askedInVain;
}

/** The record of a new event, due at once. Its endpoints are asked for when it is worked on. */
export function eventRaised({
  workspaceId,
  id,
  facts,
  now,
}: {
  readonly workspaceId: string;
  readonly id: string;
  readonly facts: EventFacts;
  readonly now: Date;
}): HeadChange {
  const event = { id, workspaceId, createdAt: now, deliveries: [], ...facts };
  return toHeadChange({ event, expected: 0, asking: now, firstDueAt: now, now });
}

/**
 * The record of an event with its deliveries as they are now, due when the earliest pending one is, or when the host is
 * to be asked for its endpoints.
 */
export function toHeadChange({
  event,
  expected,
  stored = null,
  firstDueAt,
  asking = null,
  lease,
  now,
}: {
  readonly event: OutboxEvent;
  readonly expected: number;
  /** The document that stood: what a newer release wrote there is kept. */
  readonly stored?: Json | null;
  /** When it was to be delivered at first, or once more. */
  readonly firstDueAt: Date;
  /** When to ask for its endpoints; `in_vain` when that is over. Null, the default, when they are known. */
  readonly asking?: Date | "in_vain" | null;
  /** The lease that the event's worker must hold. */
  readonly lease?: HeadChange["lease"];
  readonly now: Date;
}): HeadChange {
  const { id, workspaceId, createdAt, data, deliveries, type } = event;
  const { askedInVain: _asked, ...before } = fieldsOf(stored);
  const known = new Map(listOf(before.deliveries).map((one) => [one.endpointId, one]));
  const state: Json = {
    ...before,
    v: documentVersion,
    type,
    createdAt: createdAt.toISOString(),
    data: { ...fieldsOf(before.data), ...data },
    deliveries: deliveries.map(({ replayedAt, ...delivery }) => ({
      ...known.get(delivery.endpointId),
      ...delivery,
      retryAt: delivery.retryAt?.toISOString() ?? null,
      ...(replayedAt === undefined ? {} : { replayedAt: replayedAt.toISOString() }),
    })),
    ...(asking === "in_vain" ? { askedInVain: true } : {}),
  };
  const dead = asking === "in_vain" || deliveries.some((delivery) => delivery.state === "gave_up");
  return {
    key: { kind: "event", workspaceId, id },
    expected,
    state,
    cells: { kind: "event", createdAt, ticketId: data.ticketId, dead },
    due: dueOf(deliveries, { firstDueAt, asking, now }),
    ...(lease === undefined ? {} : { lease }),
  };
}

type Fields = { readonly [name: string]: Json | undefined };

/** The fields of an object; none of anything else. */
function fieldsOf(json: Json | undefined): Fields {
  // Arrays are no objects here, and null has no fields.
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Fields) : {};
}

function listOf(json: Json | undefined): readonly Fields[] {
  return Array.isArray(json) ? json.map(fieldsOf) : [];
}

/** One given up stays for lists when nothing is pending. */
function dueOf(
  deliveries: readonly Delivery[],
  {
    firstDueAt,
    asking,
    now,
  }: { readonly firstDueAt: Date; readonly asking: Date | "in_vain" | null; readonly now: Date },
): Due | null {
  if (asking === "in_vain") return { kind: "failed", failedAt: now, reason: "no_endpoints" };
  if (asking !== null) return { kind: "waiting", wakeAt: asking, firstDueAt };
  const pending = deliveries.filter(({ state }) => state === "pending");
  const times = pending.map(({ retryAt }) => retryAt?.getTime() ?? now.getTime());
  if (times.length > 0)
    return { kind: "waiting", wakeAt: new Date(Math.min(...times)), firstDueAt, ...failingOf(pending) };
  const isDead = deliveries.some(({ state }) => state === "gave_up");
  return isDead ? { kind: "failed", failedAt: now, reason: "gave_up" } : null;
}

// An index holds them, and an id may be long.
const longestFailing = 190;

/** The endpoints that it was tried at in vain, as JSON; as many as fit. */
function failingOf(pending: readonly Delivery[]): { readonly failing?: string } {
  const ids = pending.filter(({ attempts }) => attempts > 0).map(({ endpointId }) => endpointId);
  let failing = "";
  for (let count = 1; count <= ids.length; count++) {
    const longer = JSON.stringify(ids.slice(0, count));
    if (longer.length <= longestFailing) failing = longer;
  }
  return failing === "" ? {} : { failing };
}
