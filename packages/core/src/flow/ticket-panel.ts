import type { TicketPanel } from "../for-operators.ts";
import type { TicketState } from "../policy/transition/ticket-state.ts";
import type { SkipReason, TicketRef } from "../survey/survey.ts";
import { ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { linksEndedAt } from "./ended-links.ts";
import { withActorName } from "./operator-names.ts";
import { fromDocument } from "./ticket-document.ts";
import { ticketRefSchema, validate } from "./validate.ts";

/** What a ticket's page shows about its survey. @throws CsatError `invalid_input`, `storage_failed` */
export async function ticketPanel<Tx>(context: Context<Tx>, ref: TicketRef): Promise<TicketPanel> {
  const { storage, clock } = context;
  const { workspaceId, ticketId } = validate({
    schema: ticketRefSchema,
    value: ref,
    where: "The ticket reference is invalid",
  });
  const ticket = { workspaceId, ticketId };
  const [head] = await storage.auto.read([ticketHeadKey(ticket)]);
  const state = fromDocument(head?.state ?? null);
  const { survey } = state;
  if (survey === null) return nothingSent(state);
  const channel = survey.answeredIn ?? survey.channel;
  const by = channel === null ? {} : { channel };
  switch (survey.status) {
    case "canceled":
    case "skipped":
      return nothingSent(state);
    case "scheduled":
    case "sending":
      return { state: "scheduled", dueAt: survey.dueAt };
    case "sent": {
      const endedAt = await linksEndedAt(context, { workspaceId, survey, now: clock.now() });
      const ended = endedAt === null ? {} : { linksEndedAt: endedAt };
      return { state: "awaiting", sentAt: survey.sentAt ?? survey.dueAt, ...by, ...ended };
    }
    case "failed": {
      if (survey.reason === "bounced")
        return { state: "failed", since: survey.bounce?.at ?? survey.dueAt, reason: "bounced" };
      const journal = await storage.lists.journal(ticket);
      const gaveUp = journal.findLast(({ event }) => event === "gave_up");
      return { state: "failed", since: gaveUp?.at ?? survey.dueAt };
    }
    case "answered": {
      const response = await storage.lists.answer(ticket);
      // Erased between the two reads.
      if (response === null) return { state: "none" };
      const { exclusion } = survey;
      const excluded =
        exclusion === null ? {} : { excluded: await withActorName(context, workspaceId, exclusion) };
      return { state: "answered", response, ...by, ...excluded };
    }
    default:
      return unknownStatus(survey.status);
  }
}

/** Says why, where that was decided about this customer or ticket and is not seen on it. */
function nothingSent({ survey, sample, isLeftOut }: TicketState): TicketPanel {
  const leftOut = isLeftOut ? { leftOut: true as const } : {};
  const { status, reason, eligibleAt = null } = survey ?? {};
  if (isLeftOut) return { state: "none", notAsked: { reason: "left_out", eligibleAt: null }, ...leftOut };
  if (survey === null && sample?.isIn === false)
    return { state: "none", notAsked: { reason: "sampled_out", eligibleAt: null, percent: sample.percent } };
  if (status !== "skipped" || reason == null) return { state: "none" };
  // A skipped survey has a reason to skip.
  return { state: "none", notAsked: { reason: reason as SkipReason, eligibleAt } };
}

/** Every status has its case above: a new one does not compile here. */
function unknownStatus(_status: never): TicketPanel {
  return { state: "none" };
}
