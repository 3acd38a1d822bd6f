import * as z from "zod/mini";
import type { LinksOutcome, LinksRequest } from "../by-host.ts";
import type { InTransaction } from "../csat.ts";
import { whyNeverOrByRules } from "../policy/ask/ask.ts";
import { hasCooldown } from "../policy/ask/cooldown.ts";
import type { Issued, OnIssued } from "../policy/transition/issued.ts";
import { readTicket, ticketSchema } from "../ports/ticket-source.ts";
import { channelOf } from "../survey/destination.ts";
import { newId } from "../survey/id.ts";
import { optOutLink, surveyLinks } from "../survey/links.ts";
import { slicesOf } from "../survey/slices.ts";
import { hashToken, newToken } from "../survey/token.ts";
import { secretOf } from "./change-settings.ts";
import { changeTickets, ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { customerHeadKey } from "./customer-document.ts";
import { keptFacts } from "./kept-facts.ts";
import { pageFacts } from "./survey-mail.ts";
import { fromDocument } from "./ticket-document.ts";
import { eventTimeSchema, idSchema, ticketRefSchema, validate } from "./validate.ts";
import { customerKey, sampleOf, whomFacts } from "./whom-facts.ts";
import { workspaceKey, workspaceOf } from "./workspace-settings.ts";

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
  context: Context<Tx>,
  request: LinksRequest,
  { tx }: InTransaction<Tx> = {},
): Promise<LinksOutcome> {
  const { storage, clock, tickets, maxLatenessMs, publicUrl, slicedBy, telemetry, logger } = context;
  const now = clock.now();
  const schema = requestSchema(now, tx !== undefined);
  const { ref, resolution, ...given } = validate({ schema, value: request, where: "No links were issued" });
  const { workspaceId, ticketId } = ref;
  const ticket =
    given.ticket === undefined
      ? await tickets.getTicket(ref)
      : readTicket({ ...given.ticket, ticketId }, { workspaceId, logger });
  if (ticket === null) return { ...ref, kind: "not_issued", reason: "ticket_not_found" };
  const session = tx === undefined ? storage.auto : storage.within(tx);
  const key = ticketHeadKey({ workspaceId, ticketId });
  const [head, workspace] = await session.read([key, workspaceKey(workspaceId)]);
  const { settings, customerSecret } = workspaceOf(workspace ?? null);
  const secret = await secretOf(context, { workspaceId, kept: customerSecret, tx });
  const customer = await customerKey(secret, { workspaceId, customer: ticket.customer });
  const customerId = hasCooldown(settings) ? customer : null;
  const token = newToken();
  const tokens = [{ hash: await hashToken(token), key }];
  const event: Omit<Issued, "customer" | "whom"> = {
    kind: "issued",
    ticket,
    ticketId,
    settings,
    sample: sampleOf({ workspaceId, ticketId, percent: settings.samplePercent }),
    customerId,
    resolution: resolution ? { at: resolution.resolvedAt, actorId: resolution.actorId } : null,
    surveyId: newId(),
    page: pageFacts(workspaceId, ticket),
    channel: channelOf(ticket.customer),
    slices: slicesOf(ticket.attributes, slicedBy),
    maxLatenessMs,
    now,
  };
  const resolvedAt = resolution?.resolvedAt ?? now;
  const known = fromDocument(head?.state ?? null);
  const [changed] = await changeTickets<Tx, Issued>({
    store: storage,
    now,
    tx,
    plans: [
      {
        ref,
        event: ({ ticket: state, customer: limited }) => {
          const facts = whomFacts(context, { ref, ticket, state, resolvedAt, now });
          return { ...event, customer: limited, whom: whyNeverOrByRules(facts) };
        },
        known: head ?? { key, version: 0, state: null },
        ...(customerId === null
          ? {}
          : { customer: { key: customerHeadKey(workspaceId, customerId), version: 0, state: null } }),
        facts: {
          ...keptFacts(whomFacts(context, { ref, ticket, state: known, resolvedAt, now }), customer),
          late: now.getTime() - resolvedAt.getTime(),
          ...(ticket.status === "resolved" ? {} : { open: true }),
          links: true,
        },
        beside: ({ kind }) => (kind === "issued" ? { tokens } : {}),
        besideAlways: true,
      },
    ],
  });
  // A host's call holds no lease that could be lost.
  const outcome = changed?.outcome as OnIssued;
  if (outcome.kind === "not_issued") return { ...ref, ...outcome };
  if (!outcome.again) telemetry.count("surveys.sent", 1, { channel: event.channel });
  // Its hash is not stored yet: the link opens nothing until flow/opt-out.ts is there.
  const optOutToken = newToken();
  return {
    ...ref,
    ...outcome,
    links: surveyLinks({ publicUrl, token }),
    link: `${publicUrl}/r/${token}`,
    optOut: optOutLink({ publicUrl, token: optOutToken, locale: event.page.locale }),
  };
}
