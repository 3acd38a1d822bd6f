import { emailChannel } from "../../survey/destination.ts";
import type { PageFacts } from "../../survey/survey.ts";
import { type AtWork, claimOf, type Lost, sendOf } from "./at-work.ts";
import { cameBack, canceled, type OnNotSent, resumed } from "./not-sent.ts";
import { type Step, unchanged } from "./step.ts";
import type { Recipient, TicketState } from "./ticket-state.ts";

/** A worker is about to hand the mail to the server. */
export interface Begun extends AtWork {
  readonly kind: "begun";
  readonly at: Date;
  readonly page: PageFacts;
  /** Where it goes out. */
  readonly channel: string;
  /** What its figures can be cut by. */
  readonly slices: readonly string[];
  /** The record of the customer whose place it takes; null while nothing limits how often customers are asked. */
  readonly customer: string | null;
  /** The keys of the customer it goes to. */
  readonly recipient: Recipient;
}

/**
 * The last step before the mail server: counts the attempt, and takes it as one that may reach the customer. From here
 * on a leaving is too late. A send that an earlier worker never ended is repeated, unless the ticket was left since and
 * not resolved again: then the survey is canceled, as after a send that failed. One whose mail came back is not repeated either.
 */
export function onBegun(
  state: TicketState,
  event: Begun,
): Step<
  | Lost
  | { readonly kind: "begun" }
  | { readonly kind: "canceled" }
  | Extract<OnNotSent, { readonly kind: "failed" }>
> {
  if (sendOf(state, event) !== null) return unchanged(state, { kind: "begun" });
  const survey = claimOf(state, event);
  if (survey === null) return unchanged(state, { kind: "lost" });
  const { leaseId, at, page, channel, slices, customer, recipient } = event;
  const { leftMeanwhile, remembered } = survey;
  const journal = resumed(survey, at);
  if (survey.bounce !== null) return cameBack(state, survey, { bounce: survey.bounce, journal, now: at });
  if (leftMeanwhile !== null && remembered === null)
    return canceled(state, survey, { reason: leftMeanwhile.reason, journal, now: at });
  return {
    state: {
      ...state,
      survey: {
        ...survey,
        status: "sending",
        attempts: survey.attempts + 1,
        begun: { leaseId, reachedBefore: survey.mayHaveReached, begunBefore: survey.sendBegunAt },
        mayHaveReached: true,
        sendBegunAt: at,
        page,
        channel: channel === emailChannel ? null : channel,
        slices,
        customer,
        recipient,
        bounce: null,
      },
    },
    outcome: { kind: "begun" },
    journal,
  };
}
