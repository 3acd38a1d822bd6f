import { noteFailure } from "../policy/mail-breaker.ts";
import { afterOutageAt, nameAgainAt, nextAttemptAt, spread } from "../policy/retry-schedule.ts";
import type { AtWork } from "../policy/transition/at-work.ts";
import type { Accepted, Failed } from "../policy/transition/sent.ts";
import type { SurveyState } from "../policy/transition/ticket-state.ts";
import type { MailOutcome } from "../ports/mailer.ts";
import type { TelemetryStep } from "../ports/telemetry.ts";
import type { Context } from "./context.ts";
import { failsWithOthers } from "./receivers.ts";

/**
 * What a mailer's answer means for the survey. `survey` is as it stood before the send began. Keeps the breaker of the
 * workspace's service in this channel, and tells log and telemetry of a failure.
 */
export function eventOfOutcome<Tx>(
  { breakers: all, clock, logger, receivers, telemetry }: Context<Tx>,
  {
    outcome,
    survey,
    workspaceId,
    channel,
    recipient,
    atWork,
    step,
  }: {
    readonly outcome: MailOutcome;
    readonly survey: SurveyState;
    readonly workspaceId: string;
    readonly channel: string;
    readonly recipient: string;
    readonly atWork: AtWork;
    readonly step: TelemetryStep;
  },
): Accepted | Failed {
  const now = clock.now();
  const breakers = all.get(channel) ?? new Map();
  // No URL of an endpoint.
  const mail = `${channel} of ${workspaceId}`;
  if (outcome.kind === "accepted") {
    // Whoever failed before did so for a reason of their own.
    breakers.delete(workspaceId);
    receivers.failing.delete(mail);
    return { kind: "accepted", ...atWork, at: now, messageId: outcome.messageId };
  }
  const { kind, error } = outcome;
  const attempts = survey.attempts + 1;
  logger.warn({ surveyId: survey.id, outcome: kind, attempt: attempts }, "a survey mail failed");
  const errorType = errorTypeOf(outcome);
  step.failed(errorType);
  telemetry.count("mails.failed", 1, { outcome: kind, channel, errorType });
  const failed = { kind: "failed", ...atWork, error, reason: "attempts_used_up", now } as const;
  if (kind === "refused")
    return { ...failed, retryAt: null, reason: "refused", tookNothing: true, countsAsAttempt: true };
  const concerns = kind === "unavailable" ? outcome.concerns : "recipient";
  const failure = { concerns, error, recipient };
  const countsAsAttempt = noteFailure({ breakers, workspaceId, now, failure });
  const wanted = countsAsAttempt
    ? nextAttemptAt({ attempts, now })
    : latest(
        (concerns === "route" ? afterOutageAt : nameAgainAt)({ ...survey, now }),
        breakers.get(workspaceId)?.openUntil,
      );
  const isWithOthers = failsWithOthers(receivers, mail, survey.id);
  const retryAt = isWithOthers && wanted !== null ? spread({ retryAt: wanted, now, id: survey.id }) : wanted;
  return { ...failed, retryAt, tookNothing: kind !== "unknown", countsAsAttempt };
}

/** What failed, of few values: the server's words are no part of it. */
function errorTypeOf(outcome: Exclude<MailOutcome, { kind: "accepted" }>): string {
  if (outcome.kind === "refused") return "recipient_refused";
  if (outcome.kind === "unknown") return "indeterminate";
  return outcome.concerns === "unknown" ? "unavailable" : `${outcome.concerns}_unavailable`;
}

function latest(one: Date, other: Date = one): Date {
  return one > other ? one : other;
}
