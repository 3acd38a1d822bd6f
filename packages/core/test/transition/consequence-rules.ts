import { cellsOf, deltasBetween, dueAfter } from "../../src/policy/transition/consequences.ts";
import type { TicketState } from "../../src/policy/transition/ticket-state.ts";
import { transition } from "../../src/policy/transition/transition.ts";
import type { CountDelta } from "../../src/ports/store/change.ts";
import type { Due } from "../../src/ports/store/head.ts";
import { isEqual } from "./canonical.ts";
import type { Edge } from "./explore.ts";
import { now } from "./words.ts";

/** What has to follow from every step: the due row, the counts, the cells, the journal and the outcome. */
export const consequenceRules: Readonly<Record<string, (edge: Edge) => boolean>> = {
  "S16: a survey is due exactly while it waits or is being sent, and listed while it is given up": ({
    before,
    after,
  }) => {
    const change = dueAfter(before, after, now);
    const stands = change === undefined ? dueOf(before) : change;
    return isEqual(stands, dueOf(after));
  },
  "S41, S46: the counts are what the state says, and never below nothing": ({ before, after }) => {
    const counts = new Map<string, readonly number[]>();
    for (const delta of [...figuresOf(before), ...deltasBetween(before, after)]) add(counts, delta);
    const expected = new Map<string, readonly number[]>();
    for (const figures of figuresOf(after)) add(expected, figures);
    return text(counts) === text(expected) && ![...counts.values()].flat().some((count) => count < 0);
  },
  "S46, S56: the cells are what the state says": ({ after: { survey, firstResolution }, after }) => {
    const { sentAt, resolvedBy } = cellsOf(after);
    return sentAt === (survey?.sentAt ?? null) && resolvedBy === (firstResolution?.actorId ?? null);
  },
  "S19: every change of status is in the journal, under its own name": ({
    before,
    after,
    journal,
    outcome,
  }) => {
    const [was, is] = [statusOf(before), statusOf(after)];
    const isArmed = outcome.kind === "rearmed" || (outcome.kind === "scheduled" && was !== "sending");
    if (was === is && before.survey?.generation === after.survey?.generation && !isArmed) return true;
    const lines = journal.map(({ event }) => event);
    switch (is) {
      case "sending":
        return true;
      case "failed":
        return lines.at(-1) === (after.survey?.reason === "bounced" ? "bounced" : "gave_up");
      case "scheduled":
        return (
          lines.at(-1) === "scheduled" ||
          lines.includes("mail_failed") ||
          (before.survey?.putOffFor.length ?? 0) > 0
        );
      default:
        return lines.at(-1) === is;
    }
  },
  "S19: a taken-over send is told, whoever ends it": ({ event, before, after, journal }) => {
    const { survey } = before;
    const isByWorker = "leaseId" in event && event.kind !== "accepted" && event.kind !== "failed";
    const isTakeover = isByWorker && survey?.status === "sending" && after !== before;
    return journal.some((line) => line.event === "claimed" && line.reason === "lease_expired") === isTakeover;
  },
  "S15, S20: a repeated event of the host changes the same, and tells only what is new": ({
    event,
    before,
    after,
    outcome,
    journal,
  }) => {
    if (event.kind !== "resolved" && event.kind !== "left") return true;
    const repeated = transition({ ...before, recent: after.recent }, event);
    const news = ["scheduled", "canceled"];
    const expected = journal.map((line) => line.event).filter((line) => news.includes(line));
    return (
      isEqual(repeated.state, after) &&
      isEqual(repeated.outcome, outcome) &&
      isEqual(
        repeated.journal.map((line) => line.event),
        expected,
      )
    );
  },
  "S15: news is told first, with its time and actor": ({ event, before, journal: [first] }) => {
    if (before.erased || (event.kind !== "resolved" && event.kind !== "left")) return true;
    const actorId = event.kind === "resolved" ? event.actorId : null;
    return first?.event === event.kind && first.at === event.at && first.actorId === actorId;
  },
  "the outcome is what became of the survey": ({ after: { survey, erased }, outcome }) => {
    const more = outcome as { readonly generation?: number; readonly dueAt?: Date; readonly reason?: string }; // Where it has them.
    switch (outcome.kind) {
      case "scheduled":
      case "rearmed":
        return (
          survey?.status === "scheduled" &&
          more.generation === survey.generation &&
          more.dueAt === survey.dueAt
        );
      case "canceled":
        return survey?.status === "canceled" || (survey?.status === "scheduled" && "rearmed" in outcome);
      case "begun":
        return survey?.status === "sending";
      case "failed":
        return survey?.status === "failed" && more.reason === survey.reason;
      case "sent":
        // Or it came back before we heard that it was taken.
        return survey?.status === "sent" || (survey?.status === "failed" && survey.reason === "bounced");
      case "skipped":
      case "answered":
        return survey?.status === outcome.kind;
      case "erased":
        return erased;
      default:
        return true;
    }
  },
};

/** Where a ticket stands, in one word. */
export function statusOf({ survey, erased }: TicketState): string {
  return erased ? "erased" : (survey?.status ?? "no survey");
}

/** The due row beside a ticket, worked out from its state alone. */
function dueOf({ survey }: TicketState): Due | null {
  // Nothing is to be done about a mail that came back.
  if (survey?.status === "failed" && survey.reason === "bounced") return null;
  if (survey?.status === "failed") return { kind: "failed", failedAt: now, reason: survey.reason ?? "" };
  // A send under way keeps the row of its claim.
  if (survey?.status === "scheduled" || survey?.status === "sending") {
    const failing = survey.putOffFor.includes("mail_outage") ? { failing: survey.channel ?? "email" } : {};
    return { kind: "waiting", wakeAt: survey.dueAt, firstDueAt: survey.firstDueAt, ...failing };
  }
  return null;
}

/** What a ticket counts for, by hand: a send, whether it was answered, and the rating. All of it lies on one day. */
function figuresOf({ survey, firstResolution }: TicketState): readonly CountDelta[] {
  if (survey === null || (survey.sentAt === null && survey.answer === null)) return [];
  const { sentAt, sendBegunAt } = survey;
  // S76: an excluded answer is as none.
  const answer = survey.exclusion === null ? survey.answer : null;
  const place = (rating: number) => (answer?.rating === rating ? 1 : 0);
  const whole: CountDelta = {
    day: "2026-03-02",
    resolvedBy: firstResolution?.actorId ?? null,
    sent: sentAt === null ? 0 : 1,
    answered: sentAt === null || answer === null ? 0 : 1,
    ratings: [place(1), place(2), place(3), place(4), place(5)],
  };
  // In these tests every mail is a mail, and all that is answered elsewhere is answered on the phone.
  if (survey.answeredIn === null) return [whole];
  const asked = sendBegunAt === null ? {} : { sent: 0, answered: 0 };
  return [whole, { ...whole, ...asked, part: "channel:phone" }];
}

function add(
  counts: Map<string, readonly number[]>,
  { day, resolvedBy, part = "", sent, answered, ratings }: CountDelta,
) {
  const key = `${day} ${resolvedBy} ${part}`;
  const more = [sent, answered, ...ratings];
  const sum = counts.get(key) ?? more.map(() => 0);
  const next = sum.map((count, place) => count + (more[place] ?? 0));
  if (next.every((count) => count === 0)) counts.delete(key);
  else counts.set(key, next);
}

function text(counts: ReadonlyMap<string, readonly number[]>): string {
  return JSON.stringify([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
