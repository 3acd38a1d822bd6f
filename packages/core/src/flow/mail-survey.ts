import { leftOut, suppressed } from "../policy/ask/ask.ts";
import { cooldown } from "../policy/ask/cooldown.ts";
import { isErasedSince } from "../policy/ask/customer-state.ts";
import type { No } from "../policy/ask/no.ts";
import { whySuppressed } from "../policy/ask/suppression.ts";
import type { AtWork } from "../policy/transition/at-work.ts";
import type { Begun } from "../policy/transition/begun.ts";
import type { Erased } from "../policy/transition/by-hand.ts";
import type { GaveUp, OnNotSent, PutOff, Skipped } from "../policy/transition/not-sent.ts";
import type { Recipient } from "../policy/transition/ticket-state.ts";
import type { TicketEvent } from "../policy/transition/transition.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Head, Json, Key } from "../ports/store/head.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import { slicesOf } from "../survey/slices.ts";
import { newToken } from "../survey/token.ts";
import { besideSend } from "./beside-send.ts";
import type { Context } from "./context.ts";
import { customerText, fromCustomerDocument, readCustomers } from "./customer-document.ts";
import { end, type OneSurvey, type SendResult, tell } from "./end-survey.ts";
import { keptOfAttempt, suppressedFact } from "./kept-facts.ts";
import { handOver, leftOfLease, settleWhileLeased } from "./mail-attempt.ts";
import { eventOfOutcome } from "./mail-outcome.ts";
import { composeMail, pageFacts } from "./survey-mail.ts";
import type { Known, KnownCustomer, Planned } from "./ticket-change.ts";

/** A survey for which everything holds but what its customer's record may say. */
export interface OneMail extends OneSurvey {
  readonly ticket: TicketSnapshot;
  readonly settings: WorkspaceSettings;
  readonly channel: string;
  readonly address: string;
  readonly atWork: AtWork;
  /** What a no makes of the survey. */
  readonly eventOfNo: (no: No) => Skipped | PutOff | GaveUp;
  /** What a dry run decides by. */
  readonly factsOfDecision: { readonly [name: string]: Json };
  /** The keys of the customer it goes to, and their records as they were read, that of the id first. */
  readonly recipient: Recipient;
  readonly customers: readonly (KnownCustomer & { readonly head: Head })[];
  /** True when the first of these holds the place of the customer's one survey at a time. */
  readonly isLimited: boolean;
}

/** Takes a survey to the mail server, and writes down before and after what becomes of it. @throws CsatError `storage_failed` */
export async function mailIt<Tx>(context: Context<Tx>, one: OneMail): Promise<SendResult> {
  const { clock, leaseForMs, telemetry } = context;
  const {
    claimed,
    survey,
    ref,
    batch,
    step,
    ticket,
    settings,
    channel,
    address,
    atWork,
    recipient,
    customers,
    isLimited,
    factsOfDecision,
  } = one;
  const [first] = customers;
  const [token, optOutToken] = [newToken(), newToken()];
  const page = pageFacts(ref.workspaceId, ticket);
  // The lease must outlast a theme that hangs.
  const themeWithinMs = leftOfLease(context, batch.askedAt) / 4;
  const mail = await composeMail(context, {
    surveyId: survey.id,
    ticket,
    settings,
    token,
    optOutToken,
    page,
    channel,
    address,
    themeWithinMs,
  });
  const beside = await besideSend({
    key: claimed.head.key,
    surveyId: survey.id,
    token,
    optOutToken,
    customers,
  });
  const begin: Begun = {
    kind: "begun",
    ...atWork,
    at: clock.now(),
    page,
    channel,
    slices: slicesOf(ticket.attributes, context.slicedBy),
    customer: isLimited && first !== undefined ? first.key.id : survey.customer,
    recipient,
  };
  const begunFrom = monotonicMs();
  one.progress.isBegun = true;
  let told: Begun | Skipped | PutOff | GaveUp | Erased = begin;
  const begun = await batch.decide<Begun | Skipped | PutOff | GaveUp | Erased>({
    ref,
    event: (known) => {
      // In the very step that takes the place: who begins at the same time finds it taken, and who opts out is in time.
      const no = whyNotByRecords(one, known, clock.now());
      told = no === null ? begin : no === "erased" ? { kind: "erased", now: clock.now() } : one.eventOfNo(no);
      return told;
    },
    known: claimed.head,
    customers,
    lease: { id: claimed.leaseId, extendMs: leaseForMs },
    facts: ({ customers: records }) => ({ ...factsOfDecision, ...suppressedFact(whySuppressed(records)) }),
    beside: ({ kind }) => (kind === "begun" ? beside : {}),
  });
  if (begun.outcome.kind === "erased") return "lost";
  if (begun.outcome.kind !== "begun") return tell(context, { ref, event: told, outcome: begun.outcome });
  // Somebody else may have begun since: what a late answer says was true, and is not any more.
  if (leftOfLease(context, begunFrom) === 0) {
    context.logger.warn({ surveyId: survey.id }, "the storage answered after the lease had ended");
    return "lost";
  }
  const outcome = await handOver(context, {
    mail,
    withinMs: leftOfLease(context, begunFrom),
    signal: batch.signal,
  });
  const event = eventOfOutcome(context, {
    outcome,
    survey,
    workspaceId: ref.workspaceId,
    channel,
    recipient: address,
    atWork,
    step,
  });
  const plan = {
    ref,
    event: () => event,
    known: begun.head,
    ...holderOf(begin, begun.customers),
    facts: keptOfAttempt(factsOfDecision, event),
  };
  const settled = await settleWhileLeased(context, { plan, settle: batch.settle, begunFrom });
  if (event.kind === "failed") {
    if (settled.outcome.kind === "answered" || settled.outcome.kind === "sent") return "sent";
    // What is left are the outcomes of a failure.
    return tell(context, { ref, event, outcome: settled.outcome as OnNotSent });
  }
  if (settled.outcome.kind === "lost")
    context.logger.warn(
      { surveyId: survey.id },
      "a mail was accepted after its lease had ended; it may go out twice",
    );
  else {
    telemetry.count("surveys.sent", 1, { channel });
    telemetry.record("surveys.lag", Math.max(0, event.at.getTime() - survey.firstDueAt.getTime()), {});
  }
  return "sent";
}

/** The record that holds the place, which a repeat does not take but ends; not read again where the begin wrote it. */
function holderOf({ customer }: Begun, written: readonly Head[]): Pick<Planned<TicketEvent>, "customers"> {
  if (customer === null) return { customers: [] };
  const head = written.find(({ key }) => key.id === customer);
  // Left out, it is read: somebody else is mailed now than before the crash.
  return head === undefined ? {} : { customers: [{ key: head.key, head }] };
}

/** A repeat asks no more than whether the customer is to be asked at all. */
function whyNotByRecords(
  { settings, ref, survey, isLimited }: OneMail,
  { ticket, customers }: Known,
  now: Date,
): No | "erased" | null {
  if (isErasedSince(customers, survey.armedAt)) return "erased";
  const not = suppressed({ suppressed: whySuppressed(customers) });
  if (not !== null || survey.status === "sending") return not;
  const [customer = null] = customers;
  return (
    leftOut(ticket) ?? (isLimited ? cooldown({ settings, customer, ticketId: ref.ticketId, now }) : null)
  );
}

/** The same for a customer who is not asked often: their surveys go one after the other, and each knows what became of the one before. */
export async function mailInTurn<Tx>(context: Context<Tx>, one: OneMail, key: Key): Promise<SendResult> {
  const { storage, clock, customerTurns } = context;
  const { settings, batch, ref, eventOfNo } = one;
  const turn = await customerTurns(customerText(key), leftOfLease(context, batch.askedAt) / 2);
  try {
    const [first, ...others] = one.customers;
    const head = turn.hasWaited ? (await readCustomers(storage.auto, { keys: [key] }))[0] : first?.head;
    const customer = head === undefined ? null : fromCustomerDocument(head);
    const no = cooldown({ settings, customer, ticketId: ref.ticketId, now: clock.now() });
    if (no !== null) return await end(context, one, eventOfNo(no));
    const customers = head === undefined ? one.customers : [{ key, head }, ...others];
    return await mailIt(context, { ...one, customers });
  } finally {
    turn.end();
  }
}
