import type { AnswerFact, TicketFacts, Values } from "./facts.ts";

/** One survey that counts: whose it is, when it was sent, and its answer. */
export interface CountedSurvey {
  readonly ticket: TicketFacts;
  readonly resolvedBy: string | null;
  readonly sentAt: Date;
  /** Null also while it is excluded. */
  readonly answer: AnswerFact | null;
  readonly excluded: AnswerFact | null;
  /** What it can be cut by: what the ticket said when its last send began. */
  readonly values: Values;
}

/**
 * The surveys of a workspace that were sent, worked out from what happened. The second computation of every figure: plain loops
 * over the facts, written from the rules, with nothing of the library's own counting in it.
 */
export function countedSurveys(
  tickets: readonly TicketFacts[],
  workspaceId: string,
): readonly CountedSurvey[] {
  const surveys: CountedSurvey[] = [];
  for (const ticket of tickets) {
    // S49, S56
    if (ticket.workspaceId !== workspaceId || ticket.erased) continue;
    let begunAt: Date | null = null;
    let reachedAt: Date | null = null;
    let reachedBefore: Date | null = null;
    let sentAt: Date | null = null;
    let answer: AnswerFact | null = null;
    let values: Values = {};
    let isBack = false;
    for (const fact of ticket.mailing) {
      if (fact.kind === "begun") {
        begunAt = fact.at;
        [reachedBefore, reachedAt] = [reachedAt, fact.at];
        values = fact.values;
        isBack = false;
      }
      if (fact.kind === "accepted" && sentAt === null && !isBack) sentAt = fact.at;
      // S75: of two sends the one counts that may have arrived.
      if (fact.kind === "took_nothing") {
        begunAt = reachedBefore ?? begunAt;
        reachedAt = reachedBefore;
      }
      // S73: what came back was never sent, unless an answer proved the opposite before or does later.
      if (fact.kind === "came_back") {
        isBack = true;
        if (answer === null) sentAt = null;
      }
      if (fact.kind === "answered") {
        answer = fact;
        // S41: an answer that comes before we know of its mail dates it to when the send began.
        if (sentAt === null) sentAt = begunAt;
      }
    }
    if (sentAt === null) continue;
    // S76: the send stays sent.
    const [counted, excluded] = ticket.excluded ? [null, answer] : [answer, null];
    surveys.push({ ticket, resolvedBy: firstResolver(ticket), sentAt, answer: counted, excluded, values });
  }
  return surveys;
}

/** S46, S47: the earliest by event time; of equal times the smaller id by code points, nobody last. */
function firstResolver({ resolutions }: TicketFacts): string | null {
  let first: TicketFacts["resolutions"][number] | null = null;
  for (const other of resolutions) {
    if (first === null || other.resolvedAt.getTime() < first.resolvedAt.getTime()) first = other;
    else if (
      other.resolvedAt.getTime() === first.resolvedAt.getTime() &&
      comesBefore(other.actorId, first.actorId)
    )
      first = other;
  }
  return first === null ? null : first.actorId;
}

/** Bytes of UTF-8 are ordered as their code points are. */
export function comesBefore(one: string | null, other: string | null): boolean {
  if (one === null) return false;
  return other === null || Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
}

/** S45: the UTC day, as every day is written. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** The day so many days later, or earlier. */
export function dayAfter(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000));
}

/** S38, S39: the days of a range, both ends inside; 30 days when nothing is said. */
export function daysOf(range: OracleRange | undefined, now: Date): readonly string[] {
  const asked = range ?? { days: 30 };
  const last = "days" in asked ? dayOf(now) : asked.to;
  const first = "days" in asked ? dayAfter(last, 1 - asked.days) : asked.from;
  const days: string[] = [];
  for (let day = first; day <= last; day = dayAfter(day, 1)) days.push(day);
  return days;
}

/** What may be asked for. */
export type OracleRange = { readonly days: 7 | 30 | 90 } | { readonly from: string; readonly to: string };
