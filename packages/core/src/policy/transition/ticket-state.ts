import { compareText } from "../../survey/compare-text.ts";
import type { Exclusion } from "../../survey/exclusion-reason.ts";
import type { Rating } from "../../survey/response.ts";
import type { FailReason, LeaveReason, PageFacts, SkipReason, SurveyStatus } from "../../survey/survey.ts";

/** All that is known of one ticket: what happened to it, and where its survey stands. */
export interface TicketState {
  /** A tombstone: nothing is known, and nothing will be. */
  readonly erased: boolean;
  /** The earliest resolution by event time; of equal times the smaller actor id, null last. Null when none was told of. */
  readonly firstResolution: { readonly at: Date; readonly actorId: string | null } | null;
  /** When the ticket was left last, by event time. */
  readonly lastLeftAt: Date | null;
  /** Whether this ticket belongs to the sample, and of how many in a hundred; null where everybody was asked. */
  readonly sample: { readonly percent: number; readonly isIn: boolean } | null;
  /** Left out by hand, until somebody lets it in. */
  readonly isLeftOut: boolean;
  /** The latest events told of, so that a repeated one is no news. */
  readonly recent: readonly string[];
  /** Null while no resolution armed one. */
  readonly survey: SurveyState | null;
}

/** A resolution and the time its survey is due. */
export interface Arming {
  readonly resolvedAt: Date;
  readonly dueAt: Date;
  /** The step of telemetry that told of it, a `traceparent`; null when nobody records any. Nothing is decided by it. */
  readonly trace: string | null;
}

/** What a customer is known by: keys of their records, null for what the host does not know. */
export interface Recipient {
  readonly id: string | null;
  readonly address: string | null;
}

/** The survey of a ticket. */
export interface SurveyState extends Arming {
  readonly id: string;
  readonly status: Exclude<SurveyStatus, "erased">;
  /** Counts the resolutions that armed it, from 1. */
  readonly generation: number;
  /** Why it is canceled, skipped or failed; null in every other status. */
  readonly reason: SkipReason | LeaveReason | FailReason | null;
  /** When this generation was armed: until shortly after that the host may not have committed yet. */
  readonly armedAt: Date;
  /** When this generation was to go out at first. `dueAt` moves with every retry. */
  readonly firstDueAt: Date;
  /** Sends begun in this generation, crashed ones included, outages left out. */
  readonly attempts: number;
  /** True once a send has begun, until it is certain that no attempt was taken. */
  readonly mayHaveReached: boolean;
  /** The send under way; null in every status but sending. */
  readonly begun: {
    readonly leaseId: string;
    readonly reachedBefore: boolean;
    /** `sendBegunAt` as it was before. */
    readonly begunBefore: Date | null;
  } | null;
  /** When the last attempt began; of one that was certainly not taken, after another that may have been: when that one did. */
  readonly sendBegunAt: Date | null;
  /** The latest resolution behind the one that armed it; `duringSend` when it came while a send was under way. */
  readonly remembered: (Arming & { readonly duringSend: boolean }) | null;
  /** The latest leaving that came while it was sending. */
  readonly leftMeanwhile: { readonly at: Date; readonly reason: LeaveReason } | null;
  /** Why it was put off without an attempt, since one counted last: each stands in the journal once. In code-point order. */
  readonly putOffFor: readonly string[];
  /** When the mail was accepted; for one answered before that was known, when its send began. */
  readonly sentAt: Date | null;
  readonly messageId: string | null;
  /** Where the last send went out; null for mail. */
  readonly channel: string | null;
  /**
   * What its figures can be cut by, `name=value` each, distinct and in code-point order: as the ticket said when the last send
   * began, whatever it says later.
   */
  readonly slices: readonly string[];
  /** Why the last attempt failed. */
  readonly lastError: string | null;
  /** Of a survey that was skipped: from when on the answer would have been yes; null where there is no such date. */
  readonly eligibleAt: Date | null;
  /** The record of the customer whose cooldown it counts for; null while none was limited. */
  readonly customer: string | null;
  /** The keys of the customer whom the last send, or the links, went to; null before. */
  readonly recipient: Recipient | null;
  /** The mail came back for good, or one of its attempts did; `status` is that of RFC 3463. */
  readonly bounce: { readonly at: Date; readonly status: string | null } | null;
  /** When the customer called a mail of it unwanted. */
  readonly complainedAt: Date | null;
  /** True when it was sent by links that the host put into a message of its own. */
  readonly linksIssued: boolean;
  /** When the host was given such links again, the last time; null while it was not. */
  readonly linksIssuedAt: Date | null;
  /** What the public page shows; stands from the first send on. */
  readonly page: PageFacts | null;
  readonly answer: { readonly rating: Rating; readonly respondedAt: Date } | null;
  /** The channel in which the host took the answer itself; null for one that came through a link. */
  readonly answeredIn: string | null;
  /** Says that the answer does not count; null while it does. */
  readonly exclusion: Exclusion | null;
}

/** Among what a survey was put off for: texts of an outage differ from mail to mail, and one line stands for all of it. */
export const outage = "mail_outage";

/** What stands before anything was told of a ticket. */
export const nothingKnown: TicketState = {
  erased: false,
  firstResolution: null,
  lastLeftAt: null,
  sample: null,
  isLeftOut: false,
  recent: [],
  survey: null,
};

/** A survey armed for the first time. */
export function firstArmed({
  id,
  resolvedAt,
  dueAt,
  trace,
  now,
}: Arming & { readonly id: string; readonly now: Date }): SurveyState {
  return {
    id,
    status: "scheduled",
    generation: 1,
    reason: null,
    resolvedAt,
    dueAt,
    trace,
    armedAt: now,
    firstDueAt: dueAt,
    attempts: 0,
    mayHaveReached: false,
    begun: null,
    sendBegunAt: null,
    remembered: null,
    leftMeanwhile: null,
    putOffFor: [],
    sentAt: null,
    messageId: null,
    channel: null,
    slices: [],
    linksIssued: false,
    linksIssuedAt: null,
    lastError: null,
    eligibleAt: null,
    customer: null,
    recipient: null,
    bounce: null,
    complainedAt: null,
    page: null,
    answer: null,
    answeredIn: null,
    exclusion: null,
  };
}

/** The survey armed once more, by a later resolution: the next generation, with its full number of attempts. */
export function armedAgain(
  survey: SurveyState,
  { resolvedAt, dueAt, trace, now }: Arming & { readonly now: Date },
): SurveyState {
  return {
    ...atRest(survey),
    status: "scheduled",
    generation: survey.generation + 1,
    resolvedAt,
    dueAt,
    trace,
    armedAt: now,
    firstDueAt: dueAt,
    attempts: 0,
    putOffFor: [],
    lastError: null,
  };
}

/** The reasons that were said, with this one. */
export function saidOf({ putOffFor }: SurveyState, reason: string): readonly string[] {
  return putOffFor.includes(reason) ? putOffFor : [...putOffFor, reason].toSorted(compareText);
}

/** Nobody is sending it, and nothing of its last send or ending counts any more. Status and times are the caller's. */
export function atRest(survey: SurveyState): SurveyState {
  return { ...survey, reason: null, eligibleAt: null, begun: null, remembered: null, leftMeanwhile: null };
}
