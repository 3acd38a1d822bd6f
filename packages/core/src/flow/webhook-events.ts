import * as z from "zod/mini";
import { errorKind } from "../error-kind.ts";
import type { Page } from "../ports/store/lists.ts";
import type { OutboxEvent } from "../ports/webhook-transport.ts";
import { newId } from "../survey/id.ts";
import type { Context } from "./context.ts";
import { failed } from "./deliver-event.ts";
import { eventOf } from "./event-document.ts";
import { storageCursor, withCheckedCursor } from "./page-cursor.ts";
import { underLease } from "./under-lease.ts";
import { idSchema, pageShape, validate } from "./validate.ts";

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
