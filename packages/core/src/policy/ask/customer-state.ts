import type { SurveyState, TicketState } from "../transition/ticket-state.ts";

/** A moment in a customer's life with surveys, and the ticket that it was about. */
export interface CustomerMoment {
  readonly at: Date;
  readonly ticketId: string;
}

/** What is known of one customer of a workspace, for as long as somebody limits how often customers are asked. */
export interface CustomerState {
  /** When the last send began that may have reached them, or links were issued for them. */
  readonly asked: CustomerMoment | null;
  /** When they answered last. */
  readonly answered: CustomerMoment | null;
  /** The send that is under way, since it began: nobody knows yet whether it counts. */
  readonly reserved: CustomerMoment | null;
}

/** What stands before a customer was ever asked. */
export const nobodyAsked: CustomerState = { asked: null, answered: null, reserved: null };

/**
 * What a step of a ticket means for the customer that its survey goes to. A send that begins reserves the place; its end
 * makes it an asking, unless the mail certainly reached nobody: then the place is given back. The very state that was
 * given when nothing changed.
 */
export function customerAfter(
  customer: CustomerState,
  {
    ticketId,
    before,
    after,
  }: { readonly ticketId: string; readonly before: TicketState; readonly after: TicketState },
): CustomerState {
  const [was, is] = [before.survey, after.survey];
  if (was === is) return customer;
  let next = customer;
  if (is?.status === "sending" && is.begun !== was?.begun)
    next = { ...next, reserved: { at: is.sendBegunAt ?? is.dueAt, ticketId } };
  if (was?.status === "sending" && is?.status !== "sending" && next.reserved?.ticketId === ticketId) {
    const { at } = next.reserved;
    next = {
      ...next,
      reserved: null,
      asked: mayHaveAsked(is) ? later(next.asked, { at, ticketId }) : next.asked,
    };
  }
  if (is?.linksIssued === true && was?.linksIssued !== true && is.sentAt !== null)
    next = { ...next, asked: later(next.asked, { at: is.sentAt, ticketId }) };
  if (is?.answer != null && was?.answer == null)
    next = { ...next, answered: later(next.answered, { at: is.answer.respondedAt, ticketId }) };
  return next;
}

/** A survey that was erased in the middle of its send may have arrived. */
function mayHaveAsked(survey: SurveyState | null): boolean {
  return survey === null || survey.mayHaveReached || survey.sentAt !== null;
}

function later(one: CustomerMoment | null, other: CustomerMoment): CustomerMoment {
  return one !== null && one.at > other.at ? one : other;
}
