import { type Rating, ratings } from "../survey/response.ts";

/** Responses of one group by rating. Everything else about them follows from these five integers. */
export type Distribution = Readonly<Record<Rating, number>>;

/** Fewer responses than this are shown, flagged, and left out of any conclusion. */
export const fewestForConclusions = 5;

/** Adds up counted ratings. Ratings without any count 0. */
export function distributionOf(
  rows: readonly { readonly rating: Rating; readonly count: number }[],
): Distribution {
  const distribution: Record<Rating, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const { rating, count } of rows) distribution[rating] += count;
  return distribution;
}

/** Adds up counts. */
export function sumOfCounts(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** How many responses. */
export function totalOf(distribution: Distribution): number {
  return ratings.reduce<number>((total, rating) => total + distribution[rating], 0);
}

/** The sum of the ratings: with `totalOf` the average, as two integers. */
export function sumOf(distribution: Distribution): number {
  return ratings.reduce<number>((sum, rating) => sum + rating * distribution[rating], 0);
}

/** How many are 4 or 5. */
export function satisfiedOf(distribution: Distribution): number {
  return distribution[4] + distribution[5];
}

/** Mean of the ratings, never of daily means. Null when there are none. */
export function averageOf(distribution: Distribution): number | null {
  return fraction(sumOf(distribution), totalOf(distribution));
}

/** What interval and test need of a group: the mean, the sample variance (n − 1 below) and n. */
export interface Sample {
  readonly average: number;
  readonly variance: number;
  readonly total: number;
}

/**
 * A group as a sample. The variance comes from integers up to its one division, so no digit is lost to a rounded mean,
 * and it is exactly 0 where all ratings are alike. Null below two responses.
 */
export function sampleOf(distribution: Distribution): Sample | null {
  const total = totalOf(distribution);
  if (total < 2) return null;
  const sum = sumOf(distribution);
  const squares = ratings.reduce<number>((all, rating) => all + rating * rating * distribution[rating], 0);
  return { average: sum / total, variance: (total * squares - sum * sum) / (total * (total - 1)), total };
}

/** The one place where counts become a fraction. Null when there is nothing to divide by. */
export function fraction(count: number, of: number): number | null {
  return of === 0 ? null : count / of;
}
