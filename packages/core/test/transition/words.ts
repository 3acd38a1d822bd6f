import { nothingKnown, type TicketState } from "../../src/policy/transition/ticket-state.ts";
import { type TicketEvent, transition } from "../../src/policy/transition/transition.ts";

/** So many minutes after nine o'clock; the tickets of these tests are resolved at minute 0 and due at minute 60. */
export function minute(count: number): Date {
  return new Date(Date.UTC(2026, 2, 2, 9, count));
}

/** When the tests tell their events, unless the event says so itself. */
export const now = minute(100);

export const page = { workspaceId: "acme", workspaceName: "Acme", ticketSubject: "Printer", locale: null };

interface Parts {
  readonly at: Date;
  readonly actorId: string | null;
  readonly atWork: { readonly leaseId: string; readonly generation: number };
  /** The resolution that was remembered when the worker claimed. */
  readonly rememberedAt: Date | null;
}

const attempt = { retryAt: minute(70), tookNothing: true, countsAsAttempt: true, error: "451", now } as const;
const last = { retryAt: null, reason: "attempts_used_up" } as const;

const issued = ({ at, actorId }: Pick<Parts, "at" | "actorId">) =>
  ({
    kind: "issued",
    ticket: { status: "resolved" },
    ticketId: "T1",
    settings: { enabled: true, cooldownDays: 0, answerCooldownDays: 0 },
    sample: null,
    whom: { never: null, rules: null },
    customer: null,
    customerId: "ann",
    recipient: { id: null, address: "ann" },
    suppressed: null,
    maxLatenessMs: 86_400_000,
    resolution: actorId === null ? null : { at, actorId },
    surveyId: "srv_1",
    page,
    channel: "email",
    slices: [],
    now,
  }) as const;

const events = {
  resolved: ({ at, actorId }) => ({
    kind: "resolved",
    at,
    actorId,
    decision: { kind: "arm", dueAt: new Date(at.getTime() + 3_600_000) },
    sample: null,
    surveyId: "srv_1",
    trace: null,
    now,
  }),
  /** Resolved while surveys are switched off. */
  unasked: ({ at, actorId }) => ({
    kind: "resolved",
    at,
    actorId,
    decision: { kind: "not_surveyed", reason: "csat_disabled" },
    sample: null,
    surveyId: "srv_1",
    trace: null,
    now,
  }),
  /** Resolved for the first time while a quarter is asked, to which the ticket does not belong. */
  unsampled: ({ at, actorId }) => ({
    kind: "resolved",
    at,
    actorId,
    decision: { kind: "arm", dueAt: new Date(at.getTime() + 3_600_000) },
    sample: { percent: 25, isIn: false },
    surveyId: "srv_1",
    trace: null,
    now,
  }),
  "left out": () => ({ kind: "left_out", actorId: "eve", now }),
  "let in": () => ({ kind: "let_in", actorId: "eve", now }),
  reopened: ({ at }) => ({ kind: "left", at, reason: "reopened", now }),
  closed: ({ at }) => ({ kind: "left", at, reason: "closed", now }),
  merged: ({ at }) => ({ kind: "left", at, reason: "merged", now }),
  begun: ({ atWork }) => ({
    kind: "begun",
    ...atWork,
    at: minute(60),
    page,
    channel: "email",
    slices: [],
    customer: "ann",
    recipient: { id: null, address: "ann" },
  }),
  accepted: ({ atWork }) => ({ kind: "accepted", ...atWork, at: minute(61), messageId: "<1@acme>" }),
  /** The server refused for now, and there is another attempt. */
  busy: ({ atWork }) => ({ kind: "failed", ...atWork, ...attempt, reason: "attempts_used_up" }),
  /** Nobody knows whether the server took it, and there is another attempt. */
  unknown: ({ atWork }) => ({
    kind: "failed",
    ...atWork,
    ...attempt,
    reason: "attempts_used_up",
    tookNothing: false,
    error: "timed out",
  }),
  "busy at last": ({ atWork }) => ({ kind: "failed", ...atWork, ...attempt, ...last }),
  "unknown at last": ({ atWork }) => ({
    kind: "failed",
    ...atWork,
    ...attempt,
    ...last,
    tookNothing: false,
    error: "timed out",
  }),
  refused: ({ atWork }) => ({
    kind: "failed",
    ...atWork,
    ...attempt,
    retryAt: null,
    reason: "refused",
    error: "550",
  }),
  /** The mail server is away: no attempt. */
  outage: ({ atWork }) => ({
    kind: "failed",
    ...atWork,
    ...attempt,
    reason: "attempts_used_up",
    countsAsAttempt: false,
    error: "ECONNREFUSED",
  }),
  skipped: ({ atWork, rememberedAt }) => ({
    kind: "skipped",
    ...atWork,
    reason: "ticket_not_resolved",
    eligibleAt: null,
    rememberedAt,
    now,
  }),
  "put off": ({ atWork }) => ({
    kind: "put_off",
    ...atWork,
    reason: "ticket_source_failed",
    isPlanned: false,
    until: minute(75),
    now,
  }),
  "gave up": ({ atWork }) => ({ kind: "gave_up", ...atWork, reason: null, now }),
  /** The mail came back for good. */
  bounced: () => ({
    kind: "reported",
    report: { kind: "bounced", isPermanent: true, status: "5.1.1" },
    at: minute(85),
  }),
  /** It came back for now. */
  delayed: () => ({
    kind: "reported",
    report: { kind: "bounced", isPermanent: false, status: "4.4.1" },
    at: minute(85),
  }),
  complained: () => ({ kind: "reported", report: { kind: "complained" }, at: minute(86) }),
  /** A machine answered the mail. */
  replied: () => ({ kind: "reported", report: { kind: "auto_reply" }, at: minute(87) }),
  answered: () => ({ kind: "answered", rating: 5, at: minute(90) }),
  /** The host took the answer itself. */
  phoned: () => ({
    kind: "answered_elsewhere",
    rating: 4,
    at: minute(90),
    askedAt: minute(80),
    channel: "phone",
    actorId: "eve",
    surveyId: "srv_1",
  }),
  /** The host asks for links, and tells of a resolution with it where an actor is named. */
  issued: ({ at, actorId }) => issued({ at, actorId }),
  /** The same while surveys are switched off. */
  "issued off": ({ at, actorId }) => ({
    ...issued({ at, actorId }),
    settings: { enabled: false, cooldownDays: 0, answerCooldownDays: 0 },
  }),
  /** The same for a ticket that is open again, as the host says. */
  "issued open": ({ at, actorId }) => ({ ...issued({ at, actorId }), ticket: { status: "open" } }),
  excluded: () => ({ kind: "excluded", reason: "agent", actorId: "eve", now }),
  restored: () => ({ kind: "restored", actorId: "eve", now }),
  erased: () => ({ kind: "erased", now }),
  retried: () => ({ kind: "retried", reasons: ["attempts_used_up"], now }),
  "retried all": () => ({
    kind: "retried",
    reasons: ["attempts_used_up", "refused", "indeterminate"],
    now,
  }),
} as const satisfies { readonly [name: string]: (parts: Parts) => TicketEvent };

/** What can be said: the names that a sentence begins with. */
export const names = Object.keys(events) as readonly (keyof typeof events)[]; // The keys of a constant.

const sentence = /^([a-z ]+?)(?: (-?\d+))?(?: by (\w+))?(?: ([A-Z]))?( of old)?(?: who knew (-?\d+))?$/;

/**
 * An event in words: "resolved 62 by ada", "closed 61", "begun A" (by the worker whose lease is A), "busy A of old" (of
 * the generation before), "skipped A who knew 20" (it had seen the resolution of minute 20).
 */
export function eventOf(state: TicketState, words: string): TicketEvent {
  const [, name = "", at = "0", actorId = null, leaseId = "", old, knew] = sentence.exec(words) ?? [];
  const make = (events as { readonly [name: string]: (parts: Parts) => TicketEvent })[name]; // Seen through any name.
  if (make === undefined) throw new Error(`Nobody understands "${words}".`);
  const generation = (state.survey?.generation ?? 1) - (old === undefined ? 0 : 1);
  return make({
    at: minute(Number(at)),
    actorId,
    atWork: { leaseId, generation },
    rememberedAt: knew === undefined ? null : minute(Number(knew)),
  });
}

/** What a ticket makes of events in words, told one after the other. `outcome` is the last one's. */
export function tell(state: TicketState, ...said: readonly string[]) {
  let at = state;
  let outcome: object & { readonly kind: string } = { kind: "nothing told" };
  let journal: readonly string[] = [];
  for (const words of said) {
    const step = transition(at, eventOf(at, words));
    at = step.state;
    outcome = step.outcome;
    journal = step.journal.map(({ event, reason }) => (reason === null ? event : `${event}:${reason}`));
  }
  return { state: at, survey: at.survey, outcome, journal };
}

/** The ticket after these events. */
export function ticketAfter(...said: readonly string[]): TicketState {
  return tell(nothingKnown, ...said).state;
}
