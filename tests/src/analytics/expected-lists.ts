import { sliceTexts } from "./expected-slices.ts";
import { slicedBy } from "./history.ts";
import { type CountedSurvey, dayOf, daysOf, type OracleRange } from "./oracle.ts";

/**
 * The rows of a range that a filter keeps, newest first; of equal times by ticket, which the library need not do. Excluded
 * answers are in the export alone.
 */
export function expectedRows({
  surveys,
  now,
  range,
  keep,
  withExcluded = false,
}: {
  readonly surveys: readonly CountedSurvey[];
  readonly now: Date;
  readonly range: OracleRange | undefined;
  readonly keep: (survey: CountedSurvey) => boolean;
  readonly withExcluded?: boolean;
}) {
  const days = daysOf(range, now);
  const rows = [];
  for (const survey of surveys) {
    const { ticket, resolvedBy, sentAt, excluded } = survey;
    const answer = survey.answer ?? (withExcluded ? excluded : null);
    if (answer === null || !days.includes(dayOf(answer.at)) || !keep(survey)) continue;
    const { workspaceId, ticketId } = ticket;
    const { surveyId, rating, comment, at: respondedAt } = answer;
    const slices = sliceTexts(survey, slicedBy);
    const response = { workspaceId, ticketId, surveyId, rating, comment, respondedAt, resolvedBy, sentAt };
    rows.push({ ...response, slices, excluded: excluded !== null });
  }
  return rows.sort(newestFirst);
}

/** S48: rated 1 or 2, with what the helpdesk says of the ticket now; nothing, once it is deleted there. */
export function expectedCards(about: {
  readonly surveys: readonly CountedSurvey[];
  readonly now: Date;
  readonly range: OracleRange | undefined;
  readonly keep: (survey: CountedSurvey) => boolean;
}) {
  const keep = (survey: CountedSurvey) =>
    survey.answer !== null && survey.answer.rating <= 2 && about.keep(survey);
  return expectedRows({ ...about, keep }).map((row) => {
    const {
      resolvedBy: _resolvedBy,
      sentAt: _sentAt,
      slices: _slices,
      excluded: _excluded,
      ...response
    } = row;
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
