import type { LeaveOutcome, Rejected, ResolveOutcome } from "../csat.ts";
import { errorCode, errorInWords } from "../error-kind.ts";
import type { Job, WakeUp } from "../ports/scheduler.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import { compareText } from "../survey/compare-text.ts";
import { newId } from "../survey/id.ts";
import type { Context } from "./context.ts";

/** The job of a survey's `attempt`-th send in its generation. */
function sendJob({
  workspaceId,
  surveyId,
  generation,
  attempt,
}: {
  readonly workspaceId: string;
  readonly surveyId: string;
  readonly generation: number;
  readonly attempt: number;
}): Job {
  return { kind: "send_survey", workspaceId, surveyId, generation, attempt };
}

type WakingContext<Tx> = Pick<Context<Tx>, "scheduler" | "logger" | "telemetry">;

/**
 * Tells the scheduler what committed outcomes mean for it. Never rejects: the storage knows what is due, so a
 * scheduler that fails costs punctuality and nothing else.
 */
export async function wakeUpFor<Tx>(
  { scheduler, logger, telemetry }: WakingContext<Tx>,
  outcomes: readonly (ResolveOutcome | LeaveOutcome | Rejected)[],
): Promise<void> {
  try {
    const { wanted, unwanted } = toJobs(outcomes);
    if (unwanted.length > 0) await scheduler.cancel(unwanted);
    if (wanted.length > 0) await scheduler.schedule(wanted);
  } catch (error) {
    countLost(telemetry, error);
    logger.warn(
      { outcomes: outcomes.length, cause: errorInWords(error) },
      "the scheduler did not take the wake-ups; the sweep will find the work",
    );
  }
}

/** Asks for a delivery of an event at `runAt`. Never rejects, as `wakeUpFor`. */
export async function wakeUpForEvent<Tx>(
  { scheduler, logger, telemetry }: WakingContext<Tx>,
  {
    workspaceId,
    eventId,
    attempt,
    runAt,
  }: {
    readonly workspaceId: string;
    readonly eventId: string;
    /** Attempts made so far. */
    readonly attempt: number;
    readonly runAt: Date;
  },
): Promise<void> {
  try {
    await scheduler.schedule([{ job: { kind: "deliver_event", workspaceId, eventId, attempt }, runAt }]);
  } catch (error) {
    countLost(telemetry, error);
    logger.warn({ eventId, cause: errorInWords(error) }, "no wake-up for an event; the sweep will find it");
  }
}

/** Asks for the next attempt of a survey. Never rejects, as `wakeUpFor`. */
export async function wakeUpForRetry<Tx>(
  { scheduler, logger, telemetry }: WakingContext<Tx>,
  {
    dueAt,
    ...survey
  }: {
    readonly workspaceId: string;
    readonly surveyId: string;
    readonly generation: number;
    readonly dueAt: Date;
  },
): Promise<void> {
  try {
    await scheduler.schedule([{ job: sendJob({ ...survey, attempt: 0 }), runAt: dueAt }]);
  } catch (error) {
    countLost(telemetry, error);
    logger.warn(
      { surveyId: survey.surveyId, cause: errorInWords(error) },
      "no wake-up for a retry; the sweep will find it",
    );
  }
}

function countLost(telemetry: Telemetry, error: unknown): void {
  telemetry.count("wake_ups.failed", 1, { errorType: errorCode(error) ?? "_OTHER" });
}

function toJobs(outcomes: readonly (ResolveOutcome | LeaveOutcome | Rejected)[]) {
  const wanted: WakeUp[] = [];
  const unwanted: Job[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === "scheduled") {
      wanted.push({ job: sendJob({ ...outcome, attempt: 0 }), runAt: outcome.dueAt });
    }
    if (outcome.kind === "canceled") {
      unwanted.push(sendJob({ ...outcome, attempt: 0 }));
      if (outcome.rearmed !== undefined) {
        const { generation, dueAt } = outcome.rearmed;
        wanted.push({ job: sendJob({ ...outcome, generation, attempt: 0 }), runAt: dueAt });
      }
    }
  }
  return { wanted: gathered(wanted), unwanted };
}

// As many as a worker works on at once: the next wake-up may bring another process.
const surveysPerWakeUp = 10;
const latestMs = 1_000;

/**
 * A worker that is awake takes whatever is due: of many surveys, every ten that are due within a second wake one, when
 * the last of them is due. What is left of them wakes one each.
 */
function gathered(wanted: readonly WakeUp[]): readonly WakeUp[] {
  if (wanted.length < surveysPerWakeUp) return wanted;
  const inOrder = wanted.toSorted(
    (one, other) =>
      compareText(one.job.workspaceId, other.job.workspaceId) || one.runAt.getTime() - other.runAt.getTime(),
  );
  const wakeUps: WakeUp[] = [];
  for (let from = 0; from < inOrder.length; ) {
    const ten = inOrder.slice(from, from + surveysPerWakeUp);
    const [first, last] = [ten[0], ten.at(-1)];
    const areTogether =
      ten.length === surveysPerWakeUp &&
      first?.job.workspaceId === last?.job.workspaceId &&
      Number(last?.runAt) - Number(first?.runAt) <= latestMs;
    const one = last !== undefined && areTogether ? wakingFor(last) : first;
    if (one !== undefined) wakeUps.push(one);
    from += areTogether ? ten.length : 1;
  }
  return wakeUps;
}

function wakingFor({ job: { workspaceId }, runAt }: WakeUp): WakeUp {
  return { job: { kind: "send_surveys", workspaceId, batchId: newId(), attempt: 0 }, runAt };
}
