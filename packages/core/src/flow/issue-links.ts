import * as z from "zod/mini";
import type { LinksOutcome, LinksRequest } from "../by-host.ts";
import type { InTransaction } from "../csat.ts";
import type { Issued, OnIssued } from "../policy/transition/issued.ts";
import { ticketSchema } from "../ports/ticket-source.ts";
import { channelOf } from "../survey/destination.ts";
import { newId } from "../survey/id.ts";
import { surveyLinks } from "../survey/links.ts";
import { hashToken, newToken } from "../survey/token.ts";
import { changeTickets, ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { pageFacts } from "./survey-mail.ts";
import { eventTimeSchema, idSchema, ticketRefSchema, validate } from "./validate.ts";

const requestSchema = (now: Date, isInside: boolean) =>
  z
    .object({
      ref: ticketRefSchema,
      // While a transaction of the host's is open nobody is asked: the answer may need a connection.
      ticket: isInside ? ticketSchema : z.optional(ticketSchema),
      resolution: z.optional(
        z.nullable(z.object({ actorId: z.nullable(idSchema), resolvedAt: eventTimeSchema(now) })),
      ),
    })
    .check(
      z.refine(({ ref, ticket }) => (ticket?.ticketId ?? ref.ticketId) === ref.ticketId, {
        path: ["ticket", "ticketId"],
        error: "must be that of ref",
      }),
    );

/** Links for a message that the host sends itself. @throws CsatError `invalid_input`, `storage_failed` */
export async function issueLinks<Tx>(
  { storage, clock, tickets, maxLatenessMs, publicUrl, telemetry }: Context<Tx>,
  request: LinksRequest,
  { tx }: InTransaction<Tx> = {},
): Promise<LinksOutcome> {
  const now = clock.now();
  const schema = requestSchema(now, tx !== undefined);
  const { ref, resolution, ...given } = validate({ schema, value: request, where: "No links were issued" });
  const { workspaceId, ticketId } = ref;
  const ticket = given.ticket ?? (await tickets.getTicket(ref));
  if (ticket === null) return { ...ref, kind: "not_issued", reason: "ticket_not_found" };
  const token = newToken();
  const beside = {
    tokens: [{ hash: await hashToken(token), key: ticketHeadKey({ workspaceId, ticketId }) }],
  };
  const event: Omit<Issued, "settings"> = {
    kind: "issued",
    ticket,
    resolution: resolution ? { at: resolution.resolvedAt, actorId: resolution.actorId } : null,
    surveyId: newId(),
    page: pageFacts(workspaceId, ticket),
    channel: channelOf(ticket.customer),
    maxLatenessMs,
    now,
  };
  const [changed] = await changeTickets<Tx, Issued>({
    store: storage,
    withSettings: true,
    now,
    tx,
    plans: [
      {
        ref,
        event: (settings) => ({ ...event, settings }),
        beside: ({ kind }) => (kind === "issued" ? beside : {}),
        besideAlways: true,
      },
    ],
  });
  // A host's call holds no lease that could be lost.
  const outcome = changed?.outcome as OnIssued;
  if (outcome.kind === "not_issued") return { ...ref, ...outcome };
  if (!outcome.again) telemetry.count("surveys.sent", 1, { channel: event.channel });
  return { ...ref, ...outcome, links: surveyLinks({ publicUrl, token }), link: `${publicUrl}/r/${token}` };
}
