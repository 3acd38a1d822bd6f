import { expectedSlices, hasValue } from "./expected-slices.ts";
import { type CountedSurvey, dayAfter, dayOf, daysOf, type OracleRange } from "./oracle.ts";

/** A question to the dashboard. `resolvedBy` undefined asks for everybody, null for the unattributed. */
export interface Question {
  readonly surveys: readonly CountedSurvey[];
  readonly now: Date;
  readonly range: OracleRange | undefined;
  readonly resolvedBy: string | null | undefined;
  readonly where?: { readonly attribute: string; readonly value: string } | undefined;
  readonly by?: string | undefined;
  readonly names: ReadonlyMap<string, string>;
}

/** All that `getMetrics` must say; `byResolver` in the order of first answers, which says nothing. */
export function expectedMetrics({ surveys, now, range, resolvedBy, where, by, names }: Question) {
  const asked: CountedSurvey[] = [];
  for (const survey of surveys) {
    // S42, S85: for sends and answers alike.
    if (resolvedBy !== undefined && survey.resolvedBy !== resolvedBy) continue;
    if (where === undefined || hasValue(survey, where)) asked.push(survey);
  }
  const days = daysOf(range, now);
  // S40: as long, and touching.
  const before = days.map((day) => dayAfter(day, -days.length));
  const current = expectedPeriod(asked, days);
  const previous = expectedPeriod(asked, before);
  return {
    current,
    previous,
    delta: {
      averageRating: minus(current.averageRating, previous.averageRating),
      responseRate: minus(inPercent(current.responseRate), inPercent(previous.responseRate)),
      responses: current.responses - previous.responses,
    },
    cohort: expectedCohort(asked, days),
    daily: days.map((day) => {
      const { responses, sent, averageRating } = expectedPeriod(asked, [day]);
      return { day, responses, sent, averageRating };
    }),
    byResolver: expectedResolvers({ surveys: asked, days, names }),
    bySlice: by === undefined ? null : expectedSlices({ surveys: asked, attribute: by, days }),
  };
}

function expectedPeriod(surveys: readonly CountedSurvey[], days: readonly string[]) {
  const distribution = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  let sent = 0;
  let responses = 0;
  let sum = 0;
  for (const { sentAt, answer } of surveys) {
    if (days.includes(dayOf(sentAt))) sent += 1;
    if (answer !== null && days.includes(dayOf(answer.at))) {
      responses += 1;
      sum += answer.rating;
      distribution[answer.rating] += 1;
    }
  }
  return {
    from: days[0],
    to: days[days.length - 1],
    sent,
    responses,
    // S43
    averageRating: responses === 0 ? null : sum / responses,
    // S41: not clamped.
    responseRate: sent === 0 ? null : responses / sent,
    distribution,
  };
}

function expectedCohort(surveys: readonly CountedSurvey[], days: readonly string[]) {
  let sent = 0;
  let answered = 0;
  for (const survey of surveys) {
    if (!days.includes(dayOf(survey.sentAt))) continue;
    sent += 1;
    if (survey.answer !== null) answered += 1;
  }
  return { sent, answered, rate: sent === 0 ? null : answered / sent };
}

function expectedResolvers({
  surveys,
  days,
  names,
}: {
  readonly surveys: readonly CountedSurvey[];
  readonly days: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}) {
  const groups = new Map<string | null, { responses: number; sum: number }>();
  for (const { resolvedBy, answer } of surveys) {
    if (answer === null || !days.includes(dayOf(answer.at))) continue;
    const group = groups.get(resolvedBy) ?? { responses: 0, sum: 0 };
    group.responses += 1;
    group.sum += answer.rating;
    groups.set(resolvedBy, group);
  }
  return [...groups].map(([actorId, { responses, sum }]) => ({
    actorId,
    name: actorId === null ? null : (names.get(actorId) ?? null),
    responses,
    averageRating: sum / responses,
  }));
}

function inPercent(rate: number | null): number | null {
  return rate === null ? null : rate * 100;
}

/** S40: nothing to compare with, no difference. */
function minus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one - other;
}
