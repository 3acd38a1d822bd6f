import { type CountedSurvey, comesBefore, dayOf } from "./oracle.ts";

/** S85: what is kept of a value is 294 characters with its name and the sign between, of which the last stands for the rest. */
function kept(attribute: string, value: string): string {
  const room = 294 - attribute.length - 1;
  return value.length <= room ? value : `${value.slice(0, room - 1)}\u2026`;
}

/** What a survey is cut by, each value of a set once. */
function valuesOf({ values }: CountedSurvey, attribute: string): readonly string[] {
  const given = values[attribute];
  if (given === undefined) return [];
  return typeof given === "string" ? [kept(attribute, given)] : given.map((value) => kept(attribute, value));
}

/** Whether a survey has a value. */
export function hasValue(
  survey: CountedSurvey,
  { attribute, value }: { readonly attribute: string; readonly value: string },
): boolean {
  return valuesOf(survey, attribute).includes(kept(attribute, value));
}

/** All values of an attribute as row texts: those of the survey, in an order of our own. */
export function sliceTexts(survey: CountedSurvey, attributes: readonly string[]): readonly string[] {
  return attributes
    .flatMap((attribute) => valuesOf(survey, attribute).map((value) => `${attribute}=${value}`))
    .sort((one, other) => (comesBefore(one, other) ? -1 : 1));
}

/** S85: each value of an attribute with both sides of its figures; the values by name, then those without. */
export function expectedSlices({
  surveys,
  attribute,
  days,
}: {
  readonly surveys: readonly CountedSurvey[];
  readonly attribute: string;
  readonly days: readonly string[];
}) {
  const groups = new Map<string | null, ReturnType<typeof nobody>>();
  let overlap = false;
  for (const survey of surveys) {
    const values = valuesOf(survey, attribute);
    const isSent = days.includes(dayOf(survey.sentAt));
    const isAnswered = survey.answer !== null && days.includes(dayOf(survey.answer.at));
    if (!isSent && !isAnswered) continue;
    if (values.length > 1) overlap = true;
    for (const value of values.length === 0 ? [null] : values) {
      const group = groups.get(value) ?? nobody(value);
      groups.set(value, group);
      if (isSent) group.sent += 1;
      if (isSent && survey.answer !== null) group.answered += 1;
      if (isAnswered && survey.answer !== null) {
        group.responses += 1;
        group.distribution[survey.answer.rating] += 1;
      }
    }
  }
  return { attribute, overlap, groups: [...groups.values()].map(withRates) };
}

function nobody(value: string | null) {
  const distribution = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  return {
    kind: value === null ? "none" : "value",
    value,
    sent: 0,
    answered: 0,
    responses: 0,
    distribution,
  };
}

function withRates(group: ReturnType<typeof nobody>) {
  const { responses, sent, distribution: counts } = group;
  const sum = counts[1] + 2 * counts[2] + 3 * counts[3] + 4 * counts[4] + 5 * counts[5];
  return {
    ...group,
    averageRating: responses === 0 ? null : sum / responses,
    responseRate: sent === 0 ? null : responses / sent,
    satisfiedShare: responses === 0 ? null : (counts[4] + counts[5]) / responses,
  };
}
