import { compareText } from "../../survey/compare-text.ts";
import type { SkipReason } from "../../survey/survey.ts";
import type { ResolveDecision } from "../decide-on-resolve.ts";
import { remember, type Step, type Told, told, unchanged } from "./step.ts";
import { armedAgain, firstArmed, type SurveyState, type TicketState } from "./ticket-state.ts";

/** A ticket was resolved at `at`. `decision` is what the settings say about it. */
export interface Resolved {
  readonly kind: "resolved";
  readonly at: Date;
  readonly actorId: string | null;
  readonly decision: ResolveDecision;
  /** Counts when no resolution was stored before. */
  readonly sample: TicketState["sample"];
  /** Used for a ticket's first survey only. */
  readonly surveyId: string;
  /** The step of telemetry that tells of it; null when nobody records any. */
  readonly trace: string | null;
  readonly now: Date;
}

/** `already_scheduled`: an earlier event counts already. `left_since`: the ticket was left at that time or later. */
export type OnResolved =
  | {
      readonly kind: "scheduled";
      readonly surveyId: string;
      readonly generation: number;
      readonly dueAt: Date;
    }
  | { readonly kind: "not_surveyed"; readonly reason: SkipReason | "already_scheduled" | "left_since" };

/**
 * Keeps the earliest resolver, and arms a survey unless a mail may have reached the customer, the ticket was left since,
 * or an earlier resolution counts already. While a survey waits or is being sent, the latest resolution is remembered.
 */
export function onResolved(before: TicketState, event: Resolved): Step<OnResolved> {
  if (before.erased) return unchanged(before, notSurveyed("already_surveyed"));
  const { state, journal: news } = noteResolution(before, event);
  const { survey, outcome } = arm(state, event);
  const decided =
    outcome.kind === "scheduled"
      ? told("scheduled", event.now)
      : told("not_scheduled", event.now, outcome.reason);
  const journal = news.length > 0 || outcome.kind === "scheduled" ? [...news, decided] : [];
  return { state: survey === state.survey ? state : { ...state, survey }, outcome, journal };
}

function arm(
  state: TicketState,
  { at, decision, surveyId, trace, now }: Resolved,
): { readonly survey: SurveyState | null; readonly outcome: OnResolved } {
  const { survey, lastLeftAt, isLeftOut, sample } = state;
  const no = (reason: Extract<OnResolved, { kind: "not_surveyed" }>["reason"]) => ({
    survey,
    outcome: notSurveyed(reason),
  });
  if (decision.kind === "not_surveyed") return no(decision.reason);
  if (survey !== null && isUsedUp(survey)) return no("already_surveyed");
  if (lastLeftAt !== null && at <= lastLeftAt) return no("left_since");
  if (isLeftOut) return no("left_out");
  if (sample?.isIn === false) return no("sampled_out");
  const arming = { resolvedAt: at, dueAt: decision.dueAt, trace };
  if (survey === null) return scheduled(firstArmed({ ...arming, id: surveyId, now }));
  // What armed this generation, or came before that, counts already.
  if (at <= survey.resolvedAt) return no("already_scheduled");
  if (hasEnded(survey)) return scheduled(armedAgain(survey, { ...arming, now }));
  // A status of a newer release is left to it.
  if (survey.status !== "scheduled" && survey.status !== "sending") return no("already_scheduled");
  if (survey.remembered !== null && at <= survey.remembered.resolvedAt) return no("already_scheduled");
  // What came during a send counts if that send reaches nobody, also when another one follows while the retry waits.
  const duringSend = survey.status === "sending" || survey.remembered?.duringSend === true;
  const remembered = { ...arming, duringSend };
  return { survey: { ...survey, remembered }, outcome: notSurveyed("already_scheduled") };
}

/** One mail per ticket, ever: sent, answered, or ended after a send that may have reached the customer. */
function isUsedUp({ status, mayHaveReached }: SurveyState): boolean {
  if (status === "sent" || status === "answered") return true;
  return mayHaveReached && status !== "scheduled" && status !== "sending";
}

/** Ended without having reached anybody, or `isUsedUp` holds. */
function hasEnded({ status }: SurveyState): boolean {
  return status === "canceled" || status === "skipped" || status === "failed";
}

/** Keeps the earliest resolver, and what the first resolution that was stored says of the sample. The line says so once. */
export function noteResolution(
  before: TicketState,
  { at, actorId, sample }: Resolution & Pick<Resolved, "sample">,
): { readonly state: TicketState; readonly journal: readonly Told[] } {
  const { state, isRepeat } = remember(
    attributed(before.firstResolution === null ? sampled(before, sample) : before, { at, actorId }),
    `resolved ${at.getTime()} ${actorId ?? ""}`,
  );
  return { state, journal: isRepeat ? [] : [{ at, event: "resolved", reason: null, actorId }] };
}

/** Decided once, for the ticket's lifetime. */
export function sampled(state: TicketState, sample: TicketState["sample"]): TicketState {
  return state.sample === null && sample !== null ? { ...state, sample } : state;
}

function attributed(state: TicketState, { at, actorId }: Resolution): TicketState {
  const first = state.firstResolution;
  if (first !== null && !isEarlier({ at, actorId }, first)) return state;
  return { ...state, firstResolution: { at, actorId } };
}

/** Who resolved a ticket, and when. */
export type Resolution = NonNullable<TicketState["firstResolution"]>;

/** By event time; of equal times the smaller actor id, and an automation last. */
function isEarlier(one: Resolution, other: Resolution): boolean {
  const apart = one.at.getTime() - other.at.getTime();
  if (apart !== 0) return apart < 0;
  if (one.actorId === null) return false;
  return other.actorId === null || compareText(one.actorId, other.actorId) < 0;
}

function notSurveyed(reason: Extract<OnResolved, { kind: "not_surveyed" }>["reason"]): OnResolved {
  return { kind: "not_surveyed", reason };
}

function scheduled(survey: SurveyState) {
  const { id: surveyId, generation, dueAt } = survey;
  return { survey, outcome: { kind: "scheduled", surveyId, generation, dueAt } as const };
}
