import { errorInWords } from "../error-kind.ts";
import { noteFailure } from "../policy/mail-breaker.ts";
import { maxAttempts, nextAttemptAt, putOffUntil } from "../policy/retry-schedule.ts";
import type { MailOutcome } from "../ports/mailer.ts";
import type { ClaimRef } from "../ports/storage/claim.ts";
import type { StorageOperations } from "../ports/storage/storage.ts";
import type { SendFailure } from "../ports/storage/surveys.ts";
import type {
  FailReason,
  JournalEntry,
  JournalEvent,
  JournalReason,
  SkipReason,
  Survey,
} from "../survey/survey.ts";
import type { Context } from "./context.ts";
import type { SendResult } from "./send-result.ts";
import { sendJob } from "./wake-up.ts";

interface Held {
  readonly survey: Survey;
  readonly claim: ClaimRef;
}

/** Writes down that an earlier worker never finished with this survey; as often as there are attempts, not for ever. */
export async function journalResumed<Tx>({ storage, clock }: Context<Tx>, survey: Survey): Promise<void> {
  const resumed = (await sinceArming(storage, survey)).filter(({ event }) => event === "claimed");
  if (resumed.length >= maxAttempts) return;
  await append(storage, { survey, event: "claimed", reason: "lease_expired", at: clock.now() });
}

/** Ends a survey whose attempts are used up by crashes: nobody knows whether one of its mails arrived. */
export function giveUp<Tx>(context: Context<Tx>, held: Held): Promise<SendResult> {
  return settleFailure(context, held, {
    retryAt: null,
    refused: false,
    countsAsAttempt: true,
    error: "no attempt came back",
    reason: "indeterminate",
  });
}

/** Ends a survey that must not be mailed now. */
export async function skipSurvey<Tx>(
  context: Context<Tx>,
  { survey, claim, reason }: Held & { readonly reason: SkipReason },
): Promise<SendResult> {
  const outcome = await context.storage.transaction(async (operations) => {
    const settled = await operations.surveys.markSkipped({ ...claim, reason });
    if (settled !== "lost_lease") {
      await append(operations, { survey, event: "skipped", reason, at: context.clock.now() });
    }
    if (settled === "rearmed") await journalRearmed(context, operations, survey);
    return settled;
  });
  if (outcome === "rearmed") await wakeAgain(context, survey);
  if (outcome === "lost_lease") return "lost";
  context.telemetry.count("surveys.skipped", 1, { reason });
  return "skipped";
}

/** Gives a survey back that could not even be tried; no attempt is burned. */
export function putOff<Tx>(
  context: Context<Tx>,
  { survey, claim, reason, retryAt }: Held & { readonly reason: JournalReason; readonly retryAt?: Date },
): Promise<SendResult> {
  const { firstDueAt } = survey;
  return settleFailure(
    context,
    { survey, claim },
    {
      retryAt: retryAt ?? putOffUntil({ firstDueAt, now: context.clock.now() }),
      refused: true,
      countsAsAttempt: false,
      error: reason,
    },
  );
}

/** Writes down what became of an attempt. */
export async function settleMail<Tx>(
  context: Context<Tx>,
  { survey, claim, outcome }: Held & { readonly outcome: MailOutcome },
): Promise<SendResult> {
  if (outcome.kind === "accepted")
    return settleAccepted(context, { survey, claim, messageId: outcome.messageId });
  const { breakers, clock, logger, telemetry } = context;
  const { error } = outcome;
  const now = clock.now();
  logger.warn(
    { surveyId: survey.id, outcome: outcome.kind, attempt: survey.attempts + 1 },
    "a survey mail failed",
  );
  telemetry.count("mails.failed", 1, { outcome: outcome.kind });
  if (outcome.kind === "refused") {
    return settleFailure(
      context,
      { survey, claim },
      {
        retryAt: null,
        refused: true,
        countsAsAttempt: true,
        error,
        reason: "refused",
      },
    );
  }
  if (outcome.kind === "unavailable" && outcome.everyMail) {
    const breaker = noteFailure({ breakers, workspaceId: survey.workspaceId, now });
    const retryMs = Math.max(breaker.openUntil.getTime(), putOffUntil({ ...survey, now }).getTime());
    return settleFailure(
      context,
      { survey, claim },
      {
        retryAt: new Date(retryMs),
        refused: true,
        countsAsAttempt: false,
        error,
      },
    );
  }
  const attempts = survey.attempts + 1;
  const isUnknown = outcome.kind === "unknown";
  const reason: FailReason = isUnknown || survey.mayHaveReached ? "indeterminate" : "attempts_used_up";
  return settleFailure(
    context,
    { survey, claim },
    {
      retryAt: attempts >= maxAttempts ? null : nextAttemptAt({ attempts, now }),
      refused: !isUnknown,
      countsAsAttempt: true,
      error,
      reason,
    },
  );
}

async function settleAccepted<Tx>(
  context: Context<Tx>,
  { survey, claim, messageId }: Held & { readonly messageId: string | null },
): Promise<SendResult> {
  const { storage, breakers, clock, logger } = context;
  breakers.delete(survey.workspaceId);
  const sentAt = clock.now();
  const outcome = await storage.transaction(async (operations) => {
    const settled = await operations.surveys.markSent({ ...claim, sentAt, messageId });
    if (settled !== "lost_lease")
      await append(operations, { survey, event: "sent", reason: null, at: sentAt });
    return settled;
  });
  if (outcome === "lost_lease") {
    logger.warn(
      { surveyId: survey.id },
      "a mail was accepted after its lease had ended; it may go out twice",
    );
  } else context.telemetry.count("surveys.sent", 1, {});
  return "sent";
}

async function settleFailure<Tx>(
  context: Context<Tx>,
  { survey, claim }: Held,
  failure: Omit<SendFailure, keyof ClaimRef>,
): Promise<SendResult> {
  const { storage, clock } = context;
  const now = clock.now();
  const settled = await storage.transaction(async (operations) => {
    const outcome = await operations.surveys.markFailed({ ...claim, ...failure });
    if (outcome === "lost_lease") return { outcome, after: null };
    if (failure.countsAsAttempt || (await isNews(operations, survey, failure.error)))
      await append(operations, { survey, event: "mail_failed", reason: failure.error, at: now });
    const after = await operations.surveys.find(survey);
    if (outcome === "rearmed") await journalRearmed(context, operations, survey);
    else if (after?.status === "canceled")
      await append(operations, { survey, event: "canceled", reason: after.reason, at: now });
    else if (after?.status === "failed")
      await append(operations, { survey, event: "gave_up", reason: after.reason, at: now });
    return { outcome, after };
  });
  if (settled.outcome === "lost_lease") return "lost";
  const { status, reason } = settled.after ?? {};
  if (status === "failed") context.telemetry.count("surveys.failed", 1, { reason: reason ?? "unknown" });
  const { retryAt, countsAsAttempt } = failure;
  if (settled.outcome === "rearmed" || (countsAsAttempt && retryAt !== null))
    await wakeAgain(context, settled.after);
  return "failed";
}

// Reasons for which one survey was put off: beyond it the journal says no more than that something is wrong.
const mostReasons = 10;

/** A survey that is put off again and again, maybe every minute for a week, says so once for each reason. */
async function isNews(
  operations: Pick<StorageOperations, "journal">,
  survey: Survey,
  reason: string,
): Promise<boolean> {
  const wasNeverPutOff = survey.dueAt.getTime() === survey.firstDueAt.getTime();
  if (wasNeverPutOff) return true;
  const failures = (await sinceArming(operations, survey)).filter(({ event }) => event === "mail_failed");
  return failures.length < mostReasons + survey.attempts && !failures.some((one) => one.reason === reason);
}

async function sinceArming(
  { journal }: Pick<StorageOperations, "journal">,
  survey: Survey,
): Promise<readonly JournalEntry[]> {
  const entries = await journal.list(survey);
  return entries.slice(entries.findLastIndex(({ event }) => event === "scheduled") + 1);
}

async function journalRearmed<Tx>(
  { clock }: Context<Tx>,
  operations: StorageOperations,
  survey: Survey,
): Promise<void> {
  await append(operations, { survey, event: "scheduled", reason: "resolved_again", at: clock.now() });
}

/** A wake-up for what the storage has scheduled; the sweep would find it too. */
async function wakeAgain<Tx>(
  { storage, scheduler, logger }: Context<Tx>,
  survey: Survey | null,
): Promise<void> {
  try {
    const current = survey === null ? null : await storage.surveys.find(survey);
    if (current?.status !== "scheduled") return;
    const { workspaceId, id, generation, attempts, dueAt } = current;
    const job = sendJob({ workspaceId, surveyId: id, generation, attempt: attempts });
    await scheduler.schedule([{ job, runAt: dueAt }]);
  } catch (error) {
    logger.warn(
      { surveyId: survey?.id, cause: errorInWords(error) },
      "no wake-up for a retry; the sweep will find it",
    );
  }
}

/** What is written down: a reason that has words for people, or what a mailer said of its failure. */
type Decided =
  | { readonly event: Exclude<JournalEvent, "mail_failed">; readonly reason: JournalReason | null }
  | { readonly event: "mail_failed"; readonly reason: string };

async function append(
  { journal }: Pick<StorageOperations, "journal">,
  {
    survey: { workspaceId, ticketId },
    event,
    reason,
    at,
  }: { readonly survey: Survey; readonly at: Date } & Decided,
): Promise<void> {
  await journal.append([{ workspaceId, ticketId, at, event, reason, actorId: null }]);
}
