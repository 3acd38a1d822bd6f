import * as z from "zod/mini";
import type { InTransaction, LinksOutcome, LinksRequest } from "../csat.ts";
import type { Issued } from "../policy/transition/issued.ts";
import { readSnapshot, type TicketSnapshot } from "../ports/ticket-source.ts";
import { channelOf } from "../survey/destination.ts";
import { newId } from "../survey/id.ts";
import { surveyLinks } from "../survey/links.ts";
import type { TicketRef } from "../survey/survey.ts";
import { hashToken, newToken } from "../survey/token.ts";
import { changeTickets, ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { pageFacts } from "./survey-mail.ts";
import { eventTimeSchema, idSchema, ticketRefSchema, validate } from "./validate.ts";

const where = "The links were not issued";

const requestSchema = (now: Date) =>
  z.object(
    {
      ref: ticketRefSchema,
      resolution: z.optional(
        z.nullable(
          z.object(
            { actorId: z.nullable(idSchema), resolvedAt: eventTimeSchema(now) },
            "must be a resolution",
          ),
        ),
      ),
    },
    "must be a request",
  );

/** Links for a message that the host sends itself. @throws CsatError `invalid_input`, `storage_failed` */
export async function issueLinks<Tx>(
  context: Context<Tx>,
  request: LinksRequest,
  { tx }: InTransaction<Tx> = {},
): Promise<LinksOutcome> {
  const { storage, clock, maxLatenessMs, publicUrl, telemetry } = context;
  const now = clock.now();
  const { ref, resolution } = validate({ schema: requestSchema(now), value: request, where });
  const { workspaceId, ticketId } = ref;
  const ticket = await ticketOf(context, { ref, given: request.ticket, isInside: tx !== undefined });
  if (ticket === null) return { ...ref, kind: "not_issued", reason: "ticket_not_found" };
  const channel = channelOf(ticket.customer);
  const surveyId = newId();
  const token = newToken();
  const tokens = [{ hash: await hashToken(token), key: ticketHeadKey({ workspaceId, ticketId }) }];
  const [changed] = await changeTickets<Tx, Issued>({
    store: storage,
    withSettings: true,
    now,
    tx,
    plans: [
      {
        ref,
        event: (settings) => ({
          kind: "issued",
          ticket,
          settings,
          resolution: resolution ? { at: resolution.resolvedAt, actorId: resolution.actorId } : null,
          surveyId,
          page: pageFacts(workspaceId, ticket),
          channel,
          maxLatenessMs,
          now,
        }),
        beside: ({ kind }) => (kind === "issued" ? { tokens } : {}),
        besideAlways: true,
      },
    ],
  });
  // What a transition answers; a host's call holds no lease that could be lost.
  const outcome = changed?.outcome as Exclude<NonNullable<typeof changed>["outcome"], { kind: "lost" }>;
  if (outcome.kind === "not_issued") return { ...ref, ...outcome };
  if (!outcome.again) telemetry.count("surveys.sent", 1, { channel });
  const links = surveyLinks({ publicUrl, token });
  return { ...ref, ...outcome, links, link: `${publicUrl}/r/${token}` };
}

/** As given; without one the TicketSource is asked, but never while a transaction of the host's is open: it may want a connection. */
async function ticketOf<Tx>(
  { tickets }: Context<Tx>,
  { ref, given, isInside }: { readonly ref: TicketRef; readonly given: unknown; readonly isInside: boolean },
): Promise<TicketSnapshot | null> {
  if (given !== undefined || isInside) return readSnapshot(ref, given, where);
  return tickets.getTicket(ref);
}
