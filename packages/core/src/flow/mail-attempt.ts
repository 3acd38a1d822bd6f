import { pause } from "../deadline.ts";
import { errorInWords, errorKind } from "../error-kind.ts";
import type { TicketEvent } from "../policy/transition/transition.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Mail, MailOutcome } from "../ports/mailer.ts";
import type { Changed } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import type { Planned } from "./ticket-change.ts";
import { underLease } from "./under-lease.ts";
import type { WriteTogether } from "./write-together.ts";

const firstPauseMs = 50;
const longestPauseMs = 5_000;

/** Writes down what became of a mail, again and again while the lease lasts: one failed commit is no second mail. */
export async function settleWhileLeased<Tx, Event extends TicketEvent>(
  context: Context<Tx>,
  {
    plan,
    settle,
    begunFrom,
  }: { readonly plan: Planned<Event>; readonly settle: WriteTogether; readonly begunFrom: number },
): Promise<Changed<Event>> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await settle(plan);
    } catch (error) {
      if (leftOfLease(context, begunFrom) <= pauseMs) throw error;
      const { workspaceId, ticketId } = plan.ref;
      context.logger.warn(
        { workspaceId, ticketId, cause: errorInWords(error) },
        "what became of a mail could not be written, will try again",
      );
      await pause(pauseMs);
    }
  }
}

/** How long a lease asked for at `from` still lasts at least, in milliseconds; 0 when it may have ended. */
export function leftOfLease<Tx>({ leaseForMs }: Context<Tx>, from: number): number {
  return Math.max(0, leaseForMs - (monotonicMs() - from));
}

/** Hands a mail to the mailer, for as long as the lease lasts. Never rejects. */
export async function handOver<Tx>(
  { mailer, logger }: Context<Tx>,
  {
    mail,
    withinMs,
    signal,
  }: { readonly mail: Mail; readonly withinMs: number; readonly signal: AbortSignal | undefined },
): Promise<MailOutcome> {
  try {
    return await underLease<MailOutcome>({
      leaseForMs: withinMs,
      signal,
      work: (abort) => mailer.send(mail, abort),
      otherwise: () => ({ kind: "unknown", error: "aborted before the lease ended" }),
    });
  } catch (error) {
    // A mailer reports a mail's fate; one that throws leaves open whether the mail went out.
    logger.error({ surveyId: mail.messageIdLocalPart, cause: errorInWords(error) }, "the mailer threw");
    return { kind: "unknown", error: `mailer threw ${errorKind(error)}` };
  }
}
