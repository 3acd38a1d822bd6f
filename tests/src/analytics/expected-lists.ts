import { type CountedSurvey, dayOf, daysOf, type OracleRange } from "./oracle.ts";

/** The rows of a range that a filter keeps, newest first; of equal times by ticket, which the library need not do. */
export function expectedRows({
  surveys,
  now,
  range,
  keep,
}: {
  readonly surveys: readonly CountedSurvey[];
  readonly now: Date;
  readonly range: OracleRange | undefined;
  readonly keep: (survey: CountedSurvey) => boolean;
}) {
  const days = daysOf(range, now);
  const rows = [];
  for (const survey of surveys) {
    const { ticket, resolvedBy, sentAt, answer } = survey;
    if (answer === null || !days.includes(dayOf(answer.at)) || !keep(survey)) continue;
    const { workspaceId, ticketId } = ticket;
    const { surveyId, rating, comment, at: respondedAt } = answer;
    rows.push({ workspaceId, ticketId, surveyId, rating, comment, respondedAt, resolvedBy, sentAt });
  }
  return rows.sort(newestFirst);
}

/** S48: rated 1 or 2, with what the helpdesk says of the ticket now; nothing, once it is deleted there. */
export function expectedCards(about: {
  readonly surveys: readonly CountedSurvey[];
  readonly now: Date;
  readonly range: OracleRange | undefined;
}) {
  const rows = expectedRows({ ...about, keep: ({ answer }) => answer !== null && answer.rating <= 2 });
  return rows.map(({ resolvedBy: _resolvedBy, sentAt: _sentAt, ...response }) => {
    const { surveys } = about;
    const snapshot = surveys.find(({ ticket }) => ticket.ticketId === response.ticketId)?.ticket.snapshot;
    return {
      response,
      subject: snapshot?.subject ?? null,
      url: snapshot?.url ?? null,
      assignee: snapshot?.assignee ?? null,
    };
  });
}

/** Newest first, and equal times in an order of our own. */
export function newestFirst(
  one: { readonly respondedAt: Date; readonly ticketId: string },
  other: { readonly respondedAt: Date; readonly ticketId: string },
): number {
  const difference = other.respondedAt.getTime() - one.respondedAt.getTime();
  return difference !== 0
    ? difference
    : Buffer.compare(Buffer.from(one.ticketId), Buffer.from(other.ticketId));
}
