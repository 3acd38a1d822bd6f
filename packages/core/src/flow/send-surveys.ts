import { errorInWords } from "../error-kind.ts";
import { isCsatError } from "../errors.ts";
import { whyNotByFacts } from "../policy/ask/ask.ts";
import { hasCooldown } from "../policy/ask/cooldown.ts";
import { isErasedSince } from "../policy/ask/customer-state.ts";
import type { No } from "../policy/ask/no.ts";
import { whySuppressed } from "../policy/ask/suppression.ts";
import { isExpired, ticketChecks } from "../policy/ask/ticket-checks.ts";
import { isBreakerOpen } from "../policy/mail-breaker.ts";
import { afterOutageAt, maxAttempts, putOffUntil } from "../policy/retry-schedule.ts";
import type { AtWork } from "../policy/transition/at-work.ts";
import type { GaveUp, PutOff, Skipped } from "../policy/transition/not-sent.ts";
import type { TelemetryStep } from "../ports/telemetry.ts";
import { destinationOf } from "../survey/destination.ts";
import type { JournalReason } from "../survey/survey.ts";
import type { Context } from "./context.ts";
import { fromCustomerDocument, knownCustomers } from "./customer-document.ts";
import {
  end,
  eraseInstead,
  giveBack,
  type OneSurvey,
  type SendBatch,
  type SendResult,
} from "./end-survey.ts";
import { freshFacts } from "./fresh-facts.ts";
import { keptFacts } from "./kept-facts.ts";
import { leftOfLease } from "./mail-attempt.ts";
import { mailInTurn, mailIt } from "./mail-survey.ts";
import { fromDocument } from "./ticket-document.ts";
import { customerKeys, firstKey, whomFacts } from "./whom-facts.ts";

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
      isPlanned: false,
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
  // A send that never came back: whether its mail arrived is not known, so the customer is not asked for anew.
  const isRepeat = survey.status === "sending";
  const gaveUp = (reason: GaveUp["reason"]): GaveUp => ({
    kind: "gave_up",
    ...atWork,
    reason,
    now: clock.now(),
  });
  if (survey.attempts >= maxAttempts) return end(context, one, gaveUp(null));
  const putOff = (reason: JournalReason, until?: Date): PutOff => ({
    kind: "put_off",
    ...atWork,
    reason,
    isPlanned: false,
    until: until ?? putOffUntil({ firstDueAt, now: clock.now() }),
    now: clock.now(),
  });
  const eventOfNo = (no: No): Skipped | PutOff | GaveUp => {
    if (no.kind === "failed") {
      const { rule, error } = no;
      context.logger.error(
        { surveyId: survey.id, rule, cause: errorInWords(error) },
        "a rule failed, its survey is put off",
      );
      return putOff("rule_failed");
    }
    if (no.kind === "defer")
      return { ...putOff(no.reason, no.until), isPlanned: no.reason !== "ticket_not_committed" };
    if (isRepeat) return gaveUp(no.reason);
    const { reason, eligibleAt = null } = no;
    const rememberedAt = survey.remembered?.resolvedAt ?? null;
    return { kind: "skipped", ...atWork, reason, eligibleAt, rememberedAt, now: clock.now() };
  };
  if (isExpired({ survey, maxLatenessMs, now }))
    return end(context, one, eventOfNo({ kind: "skip", reason: "expired" }));
  const [workspace, ticket] = [await facts.workspace(ref.workspaceId), await facts.ticket(ref)];
  if (batch.signal?.aborted === true) return giveBack(context, one);
  if (ticket !== null && "failure" in ticket) return end(context, one, putOff(ticket.failure));
  const { settings, customerSecret } = workspace;
  const destination = destinationOf(ticket?.customer ?? nobody, (channel) => breakers.has(channel));
  const checked = ticketChecks({ survey, ticket, settings, destination, maxLatenessMs, now: clock.now() });
  if (checked !== null) return end(context, one, eventOfNo(checked));
  // Null and a reason are noes of the check.
  if (ticket === null || "reason" in destination)
    return end(context, one, eventOfNo({ kind: "skip", reason: "ticket_not_found" }));
  const { channel, address } = destination;
  const breaker = breakers.get(channel)?.get(ref.workspaceId);
  // With one channel the claim leaves its workspace out.
  if (breakers.size > 1 && breaker !== undefined && isBreakerOpen({ breaker, now })) {
    const laterMs = Math.max(breaker.openUntil.getTime(), afterOutageAt({ firstDueAt, now }).getTime());
    return end(context, one, putOff("channel_down", new Date(laterMs)));
  }
  const { workspaceId } = ref;
  const recipient = await customerKeys(customerSecret, { workspaceId, customer: ticket.customer });
  const customers = await knownCustomers(facts, { workspaceId, recipient });
  const records = customers.map(({ head }) => fromCustomerDocument(head));
  if (isErasedSince(records, survey.armedAt)) return eraseInstead(context, one);
  const suppressed = whySuppressed(records);
  const state = fromDocument(claimed.head.state);
  const resolvedAt = survey.resolvedAt;
  const whom = { ...whomFacts(context, { ref, ticket, state, resolvedAt, now: clock.now() }), suppressed };
  const mail = {
    ...one,
    ticket,
    settings,
    channel,
    address,
    atWork,
    eventOfNo,
    factsOfDecision: keptFacts(whom, firstKey(recipient)),
    recipient,
    customers,
    isLimited: false,
  };
  if (isRepeat) return suppressed === null ? mailIt(context, mail) : end(context, mail, gaveUp(suppressed));
  const no = whyNotByFacts({ ...whom, isLeftOut: state.isLeftOut, survey, maxLatenessMs, now: clock.now() });
  if (no !== null) return end(context, mail, eventOfNo(no));
  const [first] = customers;
  if (!hasCooldown(settings) || first === undefined) return mailIt(context, mail);
  return mailInTurn(context, { ...mail, isLimited: true }, first.key);
}

const nobody = { name: null, email: null, locale: null };
