import type { Erased } from "../policy/transition/by-hand.ts";
import { cellsOf } from "../policy/transition/consequences.ts";
import type { GaveUp, OnNotSent, PutOff, Skipped } from "../policy/transition/not-sent.ts";
import type { SurveyState } from "../policy/transition/ticket-state.ts";
import type { TicketEvent } from "../policy/transition/transition.ts";
import type { Json } from "../ports/store/head.ts";
import type { Claimed } from "../ports/store/session.ts";
import type { TelemetryStep } from "../ports/telemetry.ts";
import type { TicketRef } from "../survey/survey.ts";
import type { Context } from "./context.ts";
import type { FreshFacts } from "./fresh-facts.ts";
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

/** One of them on its way. */
export interface OneSurvey {
  readonly claimed: Claimed;
  readonly survey: SurveyState;
  readonly ref: TicketRef;
  readonly facts: FreshFacts;
  readonly batch: SendBatch;
  readonly step: TelemetryStep;
  /** Set when the send is about to be written down: from then on nobody knows whether it was. */
  readonly progress: { isBegun: boolean };
}

/** Ends a claim without a mail. */
export async function end<Tx>(
  context: Context<Tx>,
  { ref, claimed, batch, step, factsOfDecision }: OneSurvey & { readonly factsOfDecision?: Json },
  event: Skipped | PutOff | GaveUp,
): Promise<SendResult> {
  // What is planned is no failure, nor a ticket that was not committed yet.
  if (event.kind === "put_off" && !event.isPlanned && event.reason !== "ticket_not_committed")
    step.failed(event.reason);
  const { outcome } = await batch.decide<Skipped | PutOff | GaveUp>({
    ref,
    event: () => event,
    known: claimed.head,
    ...(factsOfDecision === undefined ? {} : { facts: factsOfDecision }),
    lease: { id: claimed.leaseId, extendMs: null },
  });
  return tell(context, { ref, event, outcome });
}

/** Tells telemetry and the scheduler how a survey went on. */
export async function tell<Tx>(
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

/** Their person's data was erased while the survey waited: what is known of its ticket goes with it. */
export async function eraseInstead<Tx>({ clock }: Context<Tx>, { ref, claimed, batch }: OneSurvey) {
  const erased: Erased = { kind: "erased", now: clock.now() };
  await batch.decide({ ref, event: () => erased, known: claimed.head });
  return "lost" as const;
}

/** Gives back what was claimed and not begun: its lease ends now, and nothing else changes. */
export async function giveBack<Tx>({ storage }: Context<Tx>, { claimed }: OneSurvey): Promise<SendResult> {
  const { key, version: expected, state } = claimed.head;
  const cells = cellsOf(fromDocument(state));
  await storage.auto.write([
    { heads: [{ key, expected, state, cells, lease: { id: claimed.leaseId, extendMs: 0 } }] },
  ]);
  return "lost";
}
