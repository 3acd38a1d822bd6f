import { errorInWords } from "../error-kind.ts";
import { isCsatError } from "../errors.ts";
import { decideAtSend, isExpired } from "../policy/decide-at-send.ts";
import { isBreakerOpen } from "../policy/mail-breaker.ts";
import { afterOutageAt, maxAttempts, putOffUntil } from "../policy/retry-schedule.ts";
import type { AtWork } from "../policy/transition/at-work.ts";
import type { Begun } from "../policy/transition/begun.ts";
import { cellsOf } from "../policy/transition/consequences.ts";
import type { GaveUp, OnNotSent, PutOff, Skipped } from "../policy/transition/not-sent.ts";
import type { SurveyState } from "../policy/transition/ticket-state.ts";
import type { TicketEvent } from "../policy/transition/transition.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Claimed } from "../ports/store/session.ts";
import type { TelemetryStep } from "../ports/telemetry.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { destinationOf } from "../survey/destination.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { JournalReason, TicketRef } from "../survey/survey.ts";
import { hashToken, newToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import { type FreshFacts, freshFacts } from "./fresh-facts.ts";
import { handOver, leftOfLease, settleWhileLeased } from "./mail-attempt.ts";
import { eventOfOutcome } from "./mail-outcome.ts";
import { composeMail, pageFacts } from "./survey-mail.ts";
import { fromDocument } from "./ticket-document.ts";
import { wakeUpForRetry } from "./wake-up.ts";
import type { WriteTogether } from "./write-together.ts";

/** What became of one claimed survey. `lost`: somebody else has it, or nobody needs it any more. */
export type SendResult = "sent" | "skipped" | "failed" | "lost";

/** Surveys of one claim, and what their worker writes with. */
export interface SendBatch {
  readonly claims: readonly Claimed[];
  /** By `monotonicMs`, before the claim was asked for: the leases end `leaseForMs` later, or after that. */
  readonly askedAt: number;
  readonly signal: AbortSignal | undefined;
  /** For decisions, which a batch takes in one moment. */
  readonly decide: WriteTogether;
  /** For outcomes, which come one by one. */
  readonly settle: WriteTogether;
}

/**
 * Takes claimed surveys through their last checks and, if they hold, to the mail server, side by side. Everything is
 * read fresh; a send is written down before it begins, so that a crash at any point repeats it with the same
 * Message-ID. None of the promises rejects: what could not be written is taken up again when its lease has ended.
 */
export function sendSurveys<Tx>(context: Context<Tx>, batch: SendBatch): readonly Promise<SendResult>[] {
  const { claims, askedAt, signal } = batch;
  const refs = claims.map(({ head: { key } }) => ({ workspaceId: key.workspaceId, ticketId: key.id }));
  const facts = freshFacts(context, { refs, withinMs: leftOfLease(context, askedAt), signal });
  return claims.map(async (claimed): Promise<SendResult> => {
    const { workspaceId, id: ticketId } = claimed.head.key;
    try {
      const survey = fromDocument(claimed.head.state).survey;
      if (survey === null) return "lost";
      const { id: surveyId, attempts, trace } = survey;
      const ref = { workspaceId, ticketId };
      const work = (step: TelemetryStep) =>
        sendOrPutOff(context, { claimed, survey, facts, batch, ref, step, progress: { isBegun: false } });
      return await context.telemetry.span("send_survey", { surveyId, workspaceId, attempts }, work, trace);
    } catch (error) {
      context.logger.error(
        { workspaceId, ticketId, cause: errorInWords(error) },
        "a survey could not be worked on; it is taken up again when its lease ends",
      );
      return "failed";
    }
  });
}

interface OneSurvey {
  readonly claimed: Claimed;
  readonly survey: SurveyState;
  readonly ref: TicketRef;
  readonly facts: FreshFacts;
  readonly batch: SendBatch;
  readonly step: TelemetryStep;
  /** Set when the send is about to be written down: from then on nobody knows whether it was. */
  readonly progress: { isBegun: boolean };
}

/** Whatever throws before the send puts the survey off, whoever's fault it is; only the storage's failures go through. */
async function sendOrPutOff<Tx>(context: Context<Tx>, one: OneSurvey): Promise<SendResult> {
  try {
    return await sendOne(context, one);
  } catch (error) {
    if (one.progress.isBegun || isCsatError(error, "storage_failed")) throw error;
    const { id: surveyId, generation, firstDueAt } = one.survey;
    context.logger.error(
      { surveyId, cause: errorInWords(error) },
      "a survey could not be made ready, will try again",
    );
    const now = context.clock.now();
    const until = putOffUntil({ firstDueAt, now });
    return end(context, one, {
      kind: "put_off",
      leaseId: one.claimed.leaseId,
      generation,
      reason: "mail_not_made",
      until,
      now,
    });
  }
}

async function sendOne<Tx>(context: Context<Tx>, one: OneSurvey): Promise<SendResult> {
  const { clock, maxLatenessMs, breakers } = context;
  const { survey, claimed, facts, ref, batch } = one;
  const atWork: AtWork = { leaseId: claimed.leaseId, generation: survey.generation };
  const now = clock.now();
  const { firstDueAt } = survey;
  if (survey.attempts >= maxAttempts) return end(context, one, { kind: "gave_up", ...atWork, now });
  const skip = (reason: Skipped["reason"]): Skipped => ({
    kind: "skipped",
    ...atWork,
    reason,
    rememberedAt: survey.remembered?.resolvedAt ?? null,
    now: clock.now(),
  });
  const putOff = (reason: JournalReason, until?: Date): PutOff => ({
    kind: "put_off",
    ...atWork,
    reason,
    until: until ?? putOffUntil({ firstDueAt, now: clock.now() }),
    now: clock.now(),
  });
  if (isExpired({ survey, maxLatenessMs, now })) return end(context, one, skip("expired"));
  const [settings, ticket] = [await facts.settings(ref.workspaceId), await facts.ticket(ref)];
  if (batch.signal?.aborted === true) return giveBack(context, one);
  if (ticket !== null && "failure" in ticket) return end(context, one, putOff(ticket.failure));
  const decision = decideAtSend({
    survey,
    ticket,
    settings,
    destination: destinationOf(ticket?.customer ?? nobody, (channel) => breakers.has(channel)),
    armedAt: survey.armedAt,
    maxLatenessMs,
    now: clock.now(),
  });
  if (decision.kind === "wait") return end(context, one, putOff("ticket_not_committed", decision.until));
  if (decision.kind === "skip") return end(context, one, skip(decision.reason));
  if (ticket === null) return end(context, one, skip("ticket_not_found"));
  const { channel, address } = decision;
  const breaker = breakers.get(channel)?.get(ref.workspaceId);
  // With one channel the claim leaves its workspace out.
  if (breakers.size > 1 && breaker !== undefined && isBreakerOpen({ breaker, now })) {
    const laterMs = Math.max(breaker.openUntil.getTime(), afterOutageAt({ firstDueAt, now }).getTime());
    return end(context, one, putOff("channel_down", new Date(laterMs)));
  }
  return mailIt(context, { ...one, ticket, settings, channel, address, atWork });
}

const nobody = { name: null, email: null, locale: null };

/** Ends a claim without a mail. */
async function end<Tx>(
  context: Context<Tx>,
  { ref, claimed, batch, step }: OneSurvey,
  event: Skipped | PutOff | GaveUp,
): Promise<SendResult> {
  // A ticket that was not committed yet is no failure of anybody.
  if (event.kind === "put_off" && event.reason !== "ticket_not_committed") step.failed(event.reason);
  const { outcome } = await batch.decide<Skipped | PutOff | GaveUp>({
    ref,
    event: () => event,
    known: claimed.head,
    lease: { id: claimed.leaseId, extendMs: null },
  });
  return tell(context, { ref, event, outcome });
}

/** Tells telemetry and the scheduler how a survey went on. */
async function tell<Tx>(
  context: Context<Tx>,
  {
    ref,
    event,
    outcome,
  }: { readonly ref: TicketRef; readonly event: TicketEvent; readonly outcome: OnNotSent },
): Promise<SendResult> {
  const { telemetry } = context;
  if (outcome.kind === "lost") return "lost";
  if (outcome.kind === "skipped" || event.kind === "skipped") {
    const reason = event.kind === "skipped" ? event.reason : "unknown";
    telemetry.count("surveys.skipped", 1, { reason });
  }
  if (outcome.kind === "failed") {
    const { reason } = outcome;
    telemetry.count("surveys.failed", 1, { reason, errorType: reason });
  }
  if (
    outcome.kind === "rearmed" ||
    (outcome.kind === "scheduled" && event.kind === "failed" && event.countsAsAttempt)
  )
    await wakeUpForRetry(context, { ...ref, ...outcome });
  return event.kind === "skipped" ? "skipped" : "failed";
}

/** Gives back what was claimed and not begun: its lease ends now, and nothing else changes. */
async function giveBack<Tx>({ storage }: Context<Tx>, { claimed }: OneSurvey): Promise<SendResult> {
  const { key, version: expected, state } = claimed.head;
  const cells = cellsOf(fromDocument(state));
  await storage.auto.write([
    { heads: [{ key, expected, state, cells, lease: { id: claimed.leaseId, extendMs: 0 } }] },
  ]);
  return "lost";
}

async function mailIt<Tx>(
  context: Context<Tx>,
  one: OneSurvey & {
    readonly ticket: TicketSnapshot;
    readonly settings: WorkspaceSettings;
    readonly channel: string;
    readonly address: string;
    readonly atWork: AtWork;
  },
): Promise<SendResult> {
  const { clock, leaseForMs, telemetry } = context;
  const { claimed, survey, ref, batch, step, ticket, settings, channel, address, atWork } = one;
  const token = newToken();
  const page = pageFacts(ref.workspaceId, ticket);
  // The lease must outlast a theme that hangs.
  const themeWithinMs = leftOfLease(context, batch.askedAt) / 4;
  const mail = await composeMail(context, {
    surveyId: survey.id,
    ticket,
    settings,
    token,
    page,
    channel,
    address,
    themeWithinMs,
  });
  const hash = await hashToken(token);
  const at = clock.now();
  const begin: Begun = { kind: "begun", ...atWork, at, page, channel };
  const begunFrom = monotonicMs();
  one.progress.isBegun = true;
  const begun = await batch.decide({
    ref,
    event: () => begin,
    known: claimed.head,
    lease: { id: claimed.leaseId, extendMs: leaseForMs },
    beside: ({ kind }) => (kind === "begun" ? { tokens: [{ hash, key: claimed.head.key }] } : {}),
  });
  if (begun.outcome.kind !== "begun") return tell(context, { ref, event: begin, outcome: begun.outcome });
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
  const plan = { ref, event: () => event, known: begun.head };
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
