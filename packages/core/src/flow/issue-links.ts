import * as z from "zod/mini";
import type { LinksOutcome, LinksRequest } from "../by-host.ts";
import type { InTransaction } from "../in-transaction.ts";
import { whyNeverOrByRules } from "../policy/ask/ask.ts";
import { hasCooldown } from "../policy/ask/cooldown.ts";
import { whySuppressed } from "../policy/ask/suppression.ts";
import type { Issued, OnIssued } from "../policy/transition/issued.ts";
import { readTicket, ticketSchema } from "../ports/ticket-source.ts";
import { channelOf } from "../survey/destination.ts";
import { newId } from "../survey/id.ts";
import { optOutLink, surveyLinks } from "../survey/links.ts";
import { slicesOf } from "../survey/slices.ts";
import { newToken } from "../survey/token.ts";
import { besideSend } from "./beside-send.ts";
import { secretOf } from "./change-settings.ts";
import { changeTickets, ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { customerHeadKeys } from "./customer-document.ts";
import { keptFacts } from "./kept-facts.ts";
import { pageFacts } from "./survey-mail.ts";
import { fromDocument } from "./ticket-document.ts";
import { eventTimeSchema, idSchema, ticketRefSchema, validate } from "./validate.ts";
import { customerKeys, firstKey, sampleOf, whomFacts } from "./whom-facts.ts";
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
  const recipient = await customerKeys(secret, { workspaceId, customer: ticket.customer });
  const customers = customerHeadKeys(workspaceId, recipient).map((one) => ({ key: one }));
  const customerId = hasCooldown(settings) ? firstKey(recipient) : null;
  const [token, optOutToken] = [newToken(), newToken()];
  const surveyId = newId();
  const known = fromDocument(head?.state ?? null);
  const sent = { surveyId: known.survey?.id ?? surveyId, token, optOutToken };
  const beside = await besideSend({ key, ...sent, customers });
  const event: Omit<Issued, "customer" | "whom" | "suppressed"> = {
    kind: "issued",
    ticket,
    ticketId,
    settings,
    sample: sampleOf({ workspaceId, ticketId, percent: settings.samplePercent }),
    customerId,
    recipient,
    resolution: resolution ? { at: resolution.resolvedAt, actorId: resolution.actorId } : null,
    surveyId,
    page: pageFacts(workspaceId, ticket),
    channel: channelOf(ticket.customer),
    slices: slicesOf(ticket.attributes, slicedBy),
    maxLatenessMs,
    now,
  };
  const resolvedAt = resolution?.resolvedAt ?? now;
  const [changed] = await changeTickets<Tx, Issued>({
    store: storage,
    now,
    tx,
    plans: [
      {
        ref,
        event: ({ ticket: state, customers: [first = null, ...others] }) => {
          const facts = whomFacts(context, { ref, ticket, state, resolvedAt, now });
          const suppressed = first === null ? null : whySuppressed([first, ...others]);
          const limited = customerId === null ? null : first;
          return { ...event, customer: limited, suppressed, whom: whyNeverOrByRules(facts) };
        },
        known: head ?? { key, version: 0, state: null },
        customers,
        facts: ({ customers: records }) => ({
          ...keptFacts(
            {
              ...whomFacts(context, { ref, ticket, state: known, resolvedAt, now }),
              suppressed: whySuppressed(records),
            },
            firstKey(recipient),
          ),
          late: now.getTime() - resolvedAt.getTime(),
          ...(ticket.status === "resolved" ? {} : { open: true }),
          links: true,
        }),
        beside: ({ kind }) => (kind === "issued" ? beside : {}),
        besideAlways: true,
      },
    ],
  });
  // A host's call holds no lease that could be lost.
  const outcome = changed?.outcome as OnIssued;
  if (outcome.kind === "not_issued") return { ...ref, ...outcome };
  if (!outcome.again) telemetry.count("surveys.sent", 1, { channel: event.channel });
  return {
    ...ref,
    ...outcome,
    links: surveyLinks({ publicUrl, token }),
    link: `${publicUrl}/r/${token}`,
    optOut:
      customers.length === 0
        ? null
        : optOutLink({ publicUrl, token: optOutToken, locale: event.page.locale }),
  };
}
