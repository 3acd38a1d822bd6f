import { leftOut } from "../policy/ask/ask.ts";
import { cooldown } from "../policy/ask/cooldown.ts";
import type { No } from "../policy/ask/no.ts";
import type { AtWork } from "../policy/transition/at-work.ts";
import type { Begun } from "../policy/transition/begun.ts";
import type { GaveUp, OnNotSent, PutOff, Skipped } from "../policy/transition/not-sent.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Head, Json, Key } from "../ports/store/head.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import { slicesOf } from "../survey/slices.ts";
import { hashToken, newToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import { customerText, fromCustomerDocument, readCustomers } from "./customer-document.ts";
import { end, type OneSurvey, type SendResult, tell } from "./end-survey.ts";
import { keptOfAttempt } from "./kept-facts.ts";
import { handOver, leftOfLease, settleWhileLeased } from "./mail-attempt.ts";
import { eventOfOutcome } from "./mail-outcome.ts";
import { composeMail, pageFacts } from "./survey-mail.ts";
import type { Known } from "./ticket-change.ts";

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
  /** The record whose place is reserved; null while nothing limits how often customers are asked. */
  readonly customer: Head | null;
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
    customer,
    factsOfDecision,
  } = one;
  const token = newToken();
  const page = pageFacts(ref.workspaceId, ticket);
  // The lease must outlast a theme that hangs.
  const themeWithinMs = leftOfLease(context, batch.askedAt) / 4;
  const mail = await composeMail(context, {
    surveyId: survey.id,
    ticket,
    settings,
    token,
    // Its hash is not stored yet: the link opens nothing until flow/opt-out.ts is there.
    optOutToken: newToken(),
    page,
    channel,
    address,
    themeWithinMs,
  });
  const hash = await hashToken(token);
  const begin: Begun = {
    kind: "begun",
    ...atWork,
    at: clock.now(),
    page,
    channel,
    slices: slicesOf(ticket.attributes, context.slicedBy),
    customer: customer === null ? survey.customer : customer.key.id,
  };
  const begunFrom = monotonicMs();
  one.progress.isBegun = true;
  let told: Begun | Skipped | PutOff | GaveUp = begin;
  const begun = await batch.decide<Begun | Skipped | PutOff | GaveUp>({
    ref,
    event: (known) => {
      // In the very step that reserves the place: who begins at the same time finds it taken.
      const no = customer === null ? null : whyNotByRecords(one, known, clock.now());
      told = no === null ? begin : one.eventOfNo(no);
      return told;
    },
    known: claimed.head,
    ...(customer === null ? {} : { customer }),
    lease: { id: claimed.leaseId, extendMs: leaseForMs },
    facts: factsOfDecision,
    beside: ({ kind }) => (kind === "begun" ? { tokens: [{ hash, key: claimed.head.key }] } : {}),
  });
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
    ...(begun.customer === null ? {} : { customer: begun.customer }),
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

function whyNotByRecords({ settings, ref }: OneMail, { ticket, customer }: Known, now: Date): No | null {
  return leftOut(ticket) ?? cooldown({ settings, customer, ticketId: ref.ticketId, now });
}

/** The same for a customer who is not asked often: their surveys go one after the other, and each knows what became of the one before. */
export async function mailInTurn<Tx>(context: Context<Tx>, one: OneMail, key: Key): Promise<SendResult> {
  const { storage, clock, customerTurns } = context;
  const { facts, settings, batch, ref, eventOfNo } = one;
  const turn = await customerTurns(customerText(key), leftOfLease(context, batch.askedAt) / 2);
  try {
    const customer = turn.hasWaited
      ? (await readCustomers(storage.auto, { keys: [key] }))[0]
      : await facts.customer(key);
    const no = cooldown({
      settings,
      customer: customer === undefined ? null : fromCustomerDocument(customer),
      ticketId: ref.ticketId,
      now: clock.now(),
    });
    if (no !== null) return await end(context, one, eventOfNo(no));
    return await mailIt(context, { ...one, customer: customer ?? null });
  } finally {
    turn.end();
  }
}
