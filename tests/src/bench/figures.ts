/** What a page shows, as plain figures, so that two ways to them can be compared. */
export interface Figures {
  readonly current: PeriodFigures;
  readonly previous: PeriodFigures;
  readonly cohortAnswered: number;
  /** Days with an answer: how many, and their average. */
  readonly daily: readonly (readonly [day: string, responses: number, average: string])[];
  readonly resolvers: readonly (readonly [actorId: string, responses: number, average: string])[];
  readonly lowRatings: readonly string[];
}

/** One window. */
export interface PeriodFigures {
  readonly sent: number;
  readonly responses: number;
  readonly average: string;
  readonly distribution: readonly number[];
}

/** An average as both ways round it. */
export function rounded(average: number | null): string {
  return average === null ? "none" : average.toFixed(6);
}
