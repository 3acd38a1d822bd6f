import type { FailReason, SkipReason } from "../../survey/survey.ts";
import { type AtWork, claimOf, type Lost } from "./at-work.ts";
import { bounced } from "./reported.ts";
import { remember, type Step, type Told, told, unchanged } from "./step.ts";
import { armedAgain, atRest, type SurveyState, saidOf, type TicketState } from "./ticket-state.ts";

/** A worker was told by the fresh facts that this ticket gets no mail. */
export interface Skipped extends AtWork {
  readonly kind: "skipped";
  readonly reason: SkipReason;
  readonly eligibleAt: Date | null;
  /** The remembered resolution of the state that was claimed; a later one is news. */
  readonly rememberedAt: Date | null;
  readonly now: Date;
}

/** A worker could not even try, or is to try later; no attempt is burned. */
export interface PutOff extends AtWork {
  readonly kind: "put_off";
  /** What stood in the way, machine-readable and short: said once, however often it stands there. */
  readonly reason: string;
  /** True for what is no failure: a rule or another survey lets it go out later. */
  readonly isPlanned: boolean;
  readonly until: Date;
  readonly now: Date;
}

/** A worker found that a send never came back and is not to be repeated: all attempts are used up, or for `reason`. */
export interface GaveUp extends AtWork {
  readonly kind: "gave_up";
  readonly reason: SkipReason | null;
  readonly now: Date;
}

/** How a survey went on that was claimed and not sent. */
export type OnNotSent =
  | Lost
  | { readonly kind: "skipped" | "canceled" }
  | { readonly kind: "failed"; readonly reason: FailReason }
  | {
      readonly kind: "scheduled" | "rearmed";
      readonly surveyId: string;
      readonly generation: number;
      readonly dueAt: Date;
    };

/** Ends the survey, or arms it from a resolution that came meanwhile, unless an earlier mail may have arrived. */
export function onSkipped(before: TicketState, event: Skipped): Step<OnNotSent> {
  const survey = claimOf(before, event);
  if (survey === null) return unchanged(before, { kind: "lost" });
  const { reason, eligibleAt, rememberedAt, now } = event;
  if (survey.bounce !== null)
    return cameBack(before, survey, { bounce: survey.bounce, journal: resumed(survey, now), now });
  const { remembered, mayHaveReached } = survey;
  const no = rememberNo(before, { reason, eligibleAt });
  const { state } = no;
  const line = { ...told("skipped", now, reason), ...(eligibleAt === null ? {} : { eligibleAt }) };
  const journal = [...resumed(survey, now), ...(no.isRepeat ? [] : [line])];
  const isNews =
    remembered !== null &&
    (remembered.duringSend || rememberedAt === null || remembered.resolvedAt > rememberedAt);
  if (isNews && !mayHaveReached)
    return rearmed(state, armedAgain(survey, { ...remembered, now }), { journal, now });
  return after(
    state,
    { ...atRest(survey), status: "skipped", reason, eligibleAt },
    { outcome: { kind: "skipped" }, journal },
  );
}

/** Gives the survey back until then; cancels it when the ticket was left during a send that never came back. */
export function onPutOff(state: TicketState, event: PutOff): Step<OnNotSent> {
  const survey = claimOf(state, event);
  if (survey === null) return unchanged(state, { kind: "lost" });
  const { reason, isPlanned, until, now } = event;
  if (survey.bounce !== null)
    return cameBack(state, survey, { bounce: survey.bounce, journal: resumed(survey, now), now });
  // Another day is another answer.
  const word = isPlanned && reason.startsWith("rule:") ? `${reason} ${until.getTime()}` : reason;
  const line = isPlanned
    ? { ...told("deferred", now, reason), eligibleAt: until }
    : told("mail_failed", now, reason);
  const journal = [...resumed(survey, now), ...(survey.putOffFor.includes(word) ? [] : [line])];
  const { leftMeanwhile } = survey;
  if (leftMeanwhile !== null) return canceled(state, survey, { reason: leftMeanwhile.reason, journal, now });
  const next: SurveyState = {
    ...survey,
    status: "scheduled",
    begun: null,
    dueAt: until,
    putOffFor: saidOf(survey, word),
    lastError: isPlanned ? survey.lastError : reason,
  };
  return after(state, next, { outcome: waiting("scheduled", next), journal });
}

/** A no with a date, told again for a later resolution, is no news. */
function rememberNo(
  state: TicketState,
  { reason, eligibleAt }: Pick<Skipped, "reason" | "eligibleAt">,
): ReturnType<typeof remember> {
  if (eligibleAt === null) return { state, isRepeat: false };
  return remember(state, toldNo(reason, eligibleAt));
}

/** How a no that has a date is remembered among the events that a ticket was told of. */
export function toldNo(reason: string, eligibleAt: Date): string {
  return `not asked ${reason} ${eligibleAt.getTime()}`;
}

/** Ends a survey of which nobody knows whether one of its mails arrived. */
export function onGaveUp(state: TicketState, event: GaveUp): Step<OnNotSent> {
  const survey = claimOf(state, event);
  if (survey === null) return unchanged(state, { kind: "lost" });
  const { reason, now } = event;
  if (survey.bounce !== null)
    return cameBack(state, survey, { bounce: survey.bounce, journal: resumed(survey, now), now });
  const line = reason === null ? told("mail_failed", now, neverBack) : told("skipped", now, reason);
  const journal = [...resumed(survey, now), line];
  return failed(
    state,
    { ...survey, lastError: reason ?? neverBack },
    { reason: "indeterminate", journal, now },
  );
}

const neverBack = "no attempt came back";

/** Says so when a send is taken over that an earlier worker never ended. */
export function resumed({ status }: SurveyState, now: Date): readonly Told[] {
  return status === "sending" ? [told("claimed", now, "lease_expired")] : [];
}

/** The survey armed anew from a resolution that was remembered. */
export function rearmed(
  state: TicketState,
  next: SurveyState,
  { journal, now }: { readonly journal: readonly Told[]; readonly now: Date },
): Step<Extract<OnNotSent, { kind: "rearmed" | "scheduled" }>> {
  return after(state, next, {
    outcome: waiting("rearmed", next),
    journal: [...journal, told("scheduled", now, "resolved_again")],
  });
}

/** The survey of a ticket that was left while it was being sent. */
export function canceled(
  state: TicketState,
  survey: SurveyState,
  {
    reason,
    journal,
    now,
  }: {
    readonly reason: NonNullable<SurveyState["leftMeanwhile"]>["reason"];
    readonly journal: readonly Told[];
    readonly now: Date;
  },
): Step<{ readonly kind: "canceled" }> {
  return after(
    state,
    { ...atRest(survey), status: "canceled", reason },
    {
      outcome: { kind: "canceled" },
      journal: [...journal, told("canceled", now, reason)],
    },
  );
}

/** The survey given up. */
export function failed(
  state: TicketState,
  survey: SurveyState,
  {
    reason,
    journal,
    now,
  }: { readonly reason: FailReason; readonly journal: readonly Told[]; readonly now: Date },
): Step<Extract<OnNotSent, { kind: "failed" }>> {
  return after(
    state,
    { ...atRest(survey), status: "failed", reason },
    { outcome: { kind: "failed", reason }, journal: [...journal, told("gave_up", now, reason)] },
  );
}

/** The survey whose mail came back while its send was under way. */
export function cameBack(
  state: TicketState,
  survey: SurveyState,
  {
    bounce,
    journal,
    now,
  }: {
    readonly bounce: NonNullable<SurveyState["bounce"]>;
    readonly journal: readonly Told[];
    readonly now: Date;
  },
): Step<Extract<OnNotSent, { kind: "failed" }>> {
  const line = told("bounced", now, bounce.status);
  return after(state, bounced(survey), {
    outcome: { kind: "failed", reason: "bounced" },
    journal: [...journal, line],
  });
}

/** Says where a waiting survey stands. */
export function waiting(kind: "scheduled" | "rearmed", { id: surveyId, generation, dueAt }: SurveyState) {
  return { kind, surveyId, generation, dueAt } as const;
}

/** The ticket with its survey as it is now. */
export function after<Outcome>(
  state: TicketState,
  survey: SurveyState,
  { outcome, journal }: { readonly outcome: Outcome; readonly journal: readonly Told[] },
): Step<Outcome> {
  return { state: { ...state, survey }, outcome, journal };
}
