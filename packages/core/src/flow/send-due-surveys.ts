import { errorInWords } from "../error-kind.ts";
import { isBreakerOpen } from "../policy/mail-breaker.ts";
import type { Claimed, ClaimRequest } from "../ports/storage/claim.ts";
import type { Survey } from "../survey/survey.ts";
import type { Context } from "./context.ts";
import { inTurns } from "./in-turns.ts";
import type { SendResult } from "./send-result.ts";
import { sendSurvey } from "./send-survey.ts";
import { workThrough } from "./work-through.ts";

/** Which surveys, how many at once and in all. */
export interface SendDue {
  readonly concurrency: number;
  /** Most surveys to claim; null for all that are due. */
  readonly limit: number | null;
  readonly only?: ClaimRequest["only"];
  /** Aborts the sends under way. */
  readonly signal?: AbortSignal;
  /** Claims nothing more, and lets the sends under way finish. */
  readonly stopping?: AbortSignal;
  /** Takes what becomes due meanwhile as well: whoever comes during a flood does not wait for its end. S58 */
  readonly keepsUp?: boolean;
}

/** How many surveys went which way. Retries count as failed, so does what was put off. */
export type SendCounts = Readonly<Record<Exclude<SendResult, "lost">, number>>;

/**
 * Sends every survey that is due now, `concurrency` at a time, and claims no more than it starts at once. Surveys
 * that become due meanwhile wait for the next call, unless it `keepsUp`. A stop or an abort ends it with the sends under way.
 * @throws CsatError `storage_failed` when nothing could be claimed
 */
export async function sendDueSurveys<Tx>(context: Context<Tx>, due: SendDue): Promise<SendCounts> {
  const { storage, clock, leaseForMs } = context;
  const counts = { sent: 0, skipped: 0, failed: 0 };
  const begunAt = clock.now();
  const claim = inTurns((limit, exceptWorkspaces) =>
    storage.surveys.claimDue({
      now: due.keepsUp === true ? clock.now() : begunAt,
      leaseForMs,
      limit,
      ...(due.only === undefined ? {} : { only: due.only }),
      ...(exceptWorkspaces.length === 0 ? {} : { exceptWorkspaces }),
    }),
  );
  await workThrough({
    concurrency: due.concurrency,
    limit: due.limit,
    mayGoOn: () => !due.signal?.aborted && !due.stopping?.aborted,
    claim: (count) => claim(count, pausedWorkspaces(context)),
    work: async (claimed) => {
      const result = await sendOne(context, claimed, due.signal);
      if (result !== "lost") counts[result]++;
    },
  });
  return counts;
}

async function sendOne<Tx>(
  context: Context<Tx>,
  claim: Claimed<Survey>,
  signal: AbortSignal | undefined,
): Promise<SendResult> {
  try {
    return await sendSurvey(context, claim, signal);
  } catch (error) {
    // The row stays leased: once the lease has run out, the survey is taken up again.
    context.logger.error(
      { surveyId: claim.row.id, cause: errorInWords(error) },
      "a survey could not be worked on; it is taken up again when its lease ends",
    );
    return "failed";
  }
}

function pausedWorkspaces<Tx>({ breakers, clock }: Context<Tx>): readonly string[] {
  const now = clock.now();
  return [...breakers]
    .filter(([, breaker]) => isBreakerOpen({ breaker, now }))
    .map(([workspaceId]) => workspaceId);
}
