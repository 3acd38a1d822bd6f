import type { CountDelta } from "../../ports/store/change.ts";
import type { Due, TicketCells } from "../../ports/store/head.ts";
import type { SurveyState, TicketState } from "./ticket-state.ts";

/** The cells that a store joins and recounts by. */
export function cellsOf({ survey, firstResolution }: TicketState): TicketCells {
  return { kind: "ticket", sentAt: survey?.sentAt ?? null, resolvedBy: firstResolution?.actorId ?? null };
}

/** What is due after a step: undefined when it stays as it is. */
export function dueAfter(before: TicketState, after: TicketState, now: Date): Due | null | undefined {
  const [was, is] = [before.survey, after.survey];
  if (was === is) return undefined;
  switch (is?.status) {
    case "scheduled":
      return was?.status === "scheduled" && isSameTime(was, is)
        ? undefined
        : { kind: "waiting", wakeAt: is.dueAt, firstDueAt: is.firstDueAt };
    case "sending":
      return undefined;
    case "failed":
      return was?.status === "failed"
        ? undefined
        : { kind: "failed", failedAt: now, reason: is.reason ?? "unknown" };
    default:
      return was !== null && mayBeDue(was) ? null : undefined;
  }
}

function isSameTime(one: SurveyState, other: SurveyState): boolean {
  return one.generation === other.generation && one.dueAt.getTime() === other.dueAt.getTime();
}

/** Also a status of a newer release, which may have something due. */
function mayBeDue({ status }: SurveyState): boolean {
  return status !== "sent" && status !== "answered" && status !== "canceled" && status !== "skipped";
}

/** What a step adds to the counts: what the ticket counts for now, less what it counted for before. */
export function deltasBetween(before: TicketState, after: TicketState): readonly CountDelta[] {
  const sums = new Map<string, CountDelta>();
  for (const [sign, state] of [
    [-1, before],
    [1, after],
  ] as const) {
    for (const delta of countsOf(state)) add(sums, delta, sign);
  }
  return [...sums.values()].filter(isSome);
}

/** What a ticket counts for: a send on its day, answered or not, and a rating on the day of the answer. */
export function countsOf({ survey, firstResolution }: TicketState): readonly CountDelta[] {
  const resolvedBy = firstResolution?.actorId ?? null;
  const { sentAt = null, answer = null } = survey ?? {};
  const counts: CountDelta[] = [];
  if (sentAt !== null)
    counts.push({
      day: utcDay(sentAt),
      resolvedBy,
      sent: 1,
      answered: answer === null ? 0 : 1,
      ratings: none,
    });
  if (answer !== null)
    counts.push({
      day: utcDay(answer.respondedAt),
      resolvedBy,
      sent: 0,
      answered: 0,
      ratings: one(answer.rating),
    });
  return counts;
}

const none = [0, 0, 0, 0, 0] as const;

function one(rating: number): CountDelta["ratings"] {
  const at = (place: number) => (place === rating ? 1 : 0);
  return [at(1), at(2), at(3), at(4), at(5)];
}

function add(sums: Map<string, CountDelta>, delta: CountDelta, sign: 1 | -1): void {
  const key = JSON.stringify([delta.day, delta.resolvedBy]);
  const sum = sums.get(key) ?? { ...delta, sent: 0, answered: 0, ratings: none };
  const [one, two, three, four, five] = sum.ratings;
  const [a, b, c, d, e] = delta.ratings;
  sums.set(key, {
    ...sum,
    sent: sum.sent + sign * delta.sent,
    answered: sum.answered + sign * delta.answered,
    ratings: [one + sign * a, two + sign * b, three + sign * c, four + sign * d, five + sign * e],
  });
}

function isSome({ sent, answered, ratings }: CountDelta): boolean {
  return sent !== 0 || answered !== 0 || ratings.some((count) => count !== 0);
}

function utcDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}
