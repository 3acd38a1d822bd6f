import { noteFailure } from "../policy/mail-breaker.ts";
import { maxAttempts, nextAttemptAt, putOffUntil } from "../policy/retry-schedule.ts";
import type { AtWork } from "../policy/transition/at-work.ts";
import type { Accepted, Failed } from "../policy/transition/sent.ts";
import type { SurveyState } from "../policy/transition/ticket-state.ts";
import type { MailOutcome } from "../ports/mailer.ts";
import type { Context } from "./context.ts";

/**
 * What a mailer's answer means for the survey. `survey` is as it stood before the send began. Keeps the breaker of the
 * workspace's service in this channel, and tells log and telemetry of a failure.
 */
export function eventOfOutcome<Tx>(
  { breakers: all, clock, logger, telemetry }: Context<Tx>,
  {
    outcome,
    survey,
    workspaceId,
    channel,
    atWork,
  }: {
    readonly outcome: MailOutcome;
    readonly survey: SurveyState;
    readonly workspaceId: string;
    readonly channel: string;
    readonly atWork: AtWork;
  },
): Accepted | Failed {
  const now = clock.now();
  const breakers = all.get(channel) ?? new Map();
  if (outcome.kind === "accepted") {
    breakers.delete(workspaceId);
    return { kind: "accepted", ...atWork, at: now, messageId: outcome.messageId };
  }
  const attempts = survey.attempts + 1;
  logger.warn({ surveyId: survey.id, outcome: outcome.kind, attempt: attempts }, "a survey mail failed");
  telemetry.count("mails.failed", 1, { outcome: outcome.kind, channel });
  const failed = { kind: "failed", ...atWork, error: outcome.error, now } as const;
  if (outcome.kind === "refused")
    return { ...failed, retryAt: null, reason: "refused", tookNothing: true, countsAsAttempt: true };
  if (outcome.kind === "unavailable" && outcome.everyMail) {
    const breaker = noteFailure({ breakers, workspaceId, now });
    const retryMs = Math.max(breaker.openUntil.getTime(), putOffUntil({ ...survey, now }).getTime());
    const retryAt = new Date(retryMs);
    return { ...failed, retryAt, reason: "attempts_used_up", tookNothing: true, countsAsAttempt: false };
  }
  return {
    ...failed,
    retryAt: attempts >= maxAttempts ? null : nextAttemptAt({ attempts, now }),
    reason: "attempts_used_up",
    tookNothing: outcome.kind !== "unknown",
    countsAsAttempt: true,
  };
}
