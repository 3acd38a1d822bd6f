import type { Rating } from "../survey/response.ts";

/**
 * Which days. `days: 7` is the last 7 UTC days with today as the last; `from` and `to` (`YYYY-MM-DD`) are both
 * inside. At most 3,660 days, in the years 1970 to 9998.
 */
export type RangeInput = { readonly days: 7 | 30 | 90 } | { readonly from: string; readonly to: string };

/** Narrows both sides of every figure; what is left out means all. */
export interface MetricsFilter {
  /** Tickets of one first resolver; null is the Unattributed group. */
  readonly resolvedBy?: string | null;
  /** Tickets that had this value when they were sent; of a set, among others. */
  readonly where?: SliceFilter;
}

/** One value of a declared attribute that says `slice: true`. */
export interface SliceFilter {
  readonly attribute: string;
  /** As the ticket gave it; what of a long one is kept is found by all of it. */
  readonly value: string;
}

/** What a page of figures shows. */
export interface MetricsChoice extends MetricsFilter {
  /** Sets the values of this attribute side by side in `bySlice`. Not beside `where`: pairs of values are not counted. */
  readonly by?: string;
}

/** Everything an analytics page shows. Counts are exact; what they say about all customers is in the intervals and tests. */
export interface Metrics {
  readonly current: PeriodSummary;
  /** As many days, ending where `current` begins. */
  readonly previous: PeriodSummary;
  readonly delta: MetricsDelta;
  readonly cohort: Cohort;
  /** Every UTC day of the current window, oldest first, empty ones included. */
  readonly daily: readonly DailyFigures[];
  /** Sums to `current.responses`. By estimate where `resolverRankability` is at least 0.5, else by name; Unattributed last. */
  readonly byResolver: readonly ResolverFigures[];
  /**
   * How much of the differences between operators is no chance, 0 to 1. Below 0.5 they have no places. Null for fewer than
   * two operators, and where no operator's answers differ: then nothing shows how they vary. Unattributed takes no part.
   */
  readonly resolverRankability: number | null;
  /** All values of the attribute that `by` named, side by side; null where it named none. */
  readonly bySlice: SliceFigures | null;
  /** The most answers first; empty while there is no channel but mail, and beside `where`. They add up to `current`. */
  readonly byChannel: readonly ChannelFigures[];
  /** Tickets whose customer was not asked; null where figures are those of one resolver or value, for a no is nobody's. */
  readonly notAsked: NotAskedFigures | null;
  readonly sampling: Sampling;
  /** What is typical elsewhere. A guide to read a figure by, never part of one. */
  readonly benchmark: { readonly responseRate: Interval };
}

/** The current window cut by one attribute. */
export interface SliceFigures {
  readonly attribute: string;
  /** True where a ticket had several values: it counts once in each, so that the groups add up to more than `current`. */
  readonly overlap: boolean;
  /** As `resolverRankability`: below 0.5 values have no places. Only values with answers take part. */
  readonly rankability: number | null;
  /**
   * Values by estimate where `rankability` is at least 0.5, else by name; those without answers by name; then `other`,
   * then `none`, where there are such. Above 200 values those with the most answers stand for themselves.
   */
  readonly groups: readonly SliceGroup[];
}

/** The tickets of one value, of all values beyond the 200 largest (`other`), or of none, as answers without a send. These two have no estimate and no place. */
export interface SliceGroup extends Omit<PeriodSummary, "from" | "to">, Standing {
  readonly kind: "value" | "other" | "none";
  /** Null where `kind` is not `value`. */
  readonly value: string | null;
  /** Of `sent`: how many are answered by now, whenever that was. */
  readonly answered: number;
}

/** One channel: what was sent in it, and the answers that came in it, whichever way the question went. */
export interface ChannelFigures {
  readonly channel: string;
  readonly sent: number;
  readonly responses: number;
  /** Null when there are no responses. */
  readonly averageRating: number | null;
}

/** Tickets of which it was decided in the current window that their customer is not asked: once for each such decision. */
export interface NotAskedFigures {
  readonly total: number;
  /** The most frequent first. `reason` is a `SkipReason`. */
  readonly byReason: readonly { readonly reason: string; readonly count: number }[];
  /** By day, UTC, and reason; what was not counted is left out. */
  readonly daily: readonly { readonly day: string; readonly reason: string; readonly count: number }[];
}

/** Of how many tickets in a hundred customers are asked. */
export interface Sampling {
  /** All that were in force in the current window, in the order of their coming: more than one mixes answers of unequal weight. */
  readonly percents: readonly number[];
}

/** One window. Rates are fractions: 0.25 is 25 %. */
export interface PeriodSummary {
  /** First and last UTC day, both inside, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Surveys by the time of their sending. */
  readonly sent: number;
  /** Responses by the time of their coming, also to surveys of earlier windows. */
  readonly responses: number;
  /** Mean of the ratings. Null when there are no responses. */
  readonly averageRating: number | null;
  /** 95 % by Student's t, cut at 1 and 5. Null below two responses, and when all are alike: then nothing shows how they vary. */
  readonly averageRatingInterval: Interval | null;
  /** responses ÷ sent; may exceed 1. Null when nothing was sent. */
  readonly responseRate: number | null;
  /** 95 % by Wilson's score. Null when nothing was sent, and above 1: then it is no share. */
  readonly responseRateInterval: Interval | null;
  /** CSAT: the share of responses that are 4 or 5. Null when there are none. */
  readonly satisfiedShare: number | null;
  /** 95 % by Wilson's score. Null when there are no responses. */
  readonly satisfiedShareInterval: Interval | null;
  readonly distribution: Readonly<Record<Rating, number>>;
  /** Fewer than five responses: shown, but nothing to conclude from. */
  readonly isSmall: boolean;
}

/** current − previous; null where either side has no data. */
export interface MetricsDelta {
  readonly averageRating: number | null;
  /** In percentage points: from 0.2 to 0.25 is 5. */
  readonly responseRate: number | null;
  /** In percentage points. */
  readonly satisfiedShare: number | null;
  readonly responses: number;
  /** Whether a delta is more than chance makes of so few answers. */
  readonly tests: {
    /** Welch's t test. Null below two responses on a side, and when neither side varies. */
    readonly averageRating: NoiseTest | null;
    /** Two-proportion z test, pooled. Null where a rate is missing or above 1, and when both are 0 or both are 1. */
    readonly responseRate: NoiseTest | null;
    /** Two-proportion z test, pooled. Null where a side has no responses, and when both are 0 or both are 1. */
    readonly satisfiedShare: NoiseTest | null;
  };
}

/** A two-sided test at the 5 % level. */
export interface NoiseTest {
  /** How often chance alone would make so large a difference, 0 to 1. */
  readonly pValue: number;
  /** True below 0.05, unless a side has fewer than five observations: of so few nothing is concluded. */
  readonly isBeyondNoise: boolean;
}

/** Both ends inside. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the surveys sent in the current window, those answered by now, whenever that was: a true share, never above 1. */
export interface Cohort {
  readonly sent: number;
  readonly answered: number;
  /** Null when nothing was sent. */
  readonly rate: number | null;
  /** 95 % by Wilson's score. Null when nothing was sent. */
  readonly rateInterval: Interval | null;
}

/** One UTC day. */
export interface DailyFigures {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly responses: number;
  readonly sent: number;
  /** Null when the day has no responses. */
  readonly averageRating: number | null;
}

/** The answers of a week: enough of them to say how sure their average is, as those of a day seldom are. */
export interface WeeklyFigures {
  /** First and last UTC day, both inside, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly responses: number;
  /** Null when there are no responses. */
  readonly averageRating: number | null;
  /** As in `PeriodSummary`. */
  readonly averageRatingInterval: Interval | null;
}

/** Where a group stands among others: its average drawn towards that of all, by how little is known of it. */
export interface Standing {
  /**
   * Empirical Bayes: of few answers little stays, so that a 5.0 of three does not pass a 4.6 of forty. Null where nothing
   * shows how answers vary.
   */
  readonly estimate: number | null;
  /** 95 %, cut at 1 and 5. Null where there is no estimate. */
  readonly estimateInterval: Interval | null;
  /**
   * 1 is the best estimate; a neighbour shares the place of the one before while their intervals overlap, and the next place
   * counts all before it. Null where the list says nothing about an order: its rankability is below 0.5, or null.
   */
  readonly place: number | null;
}

/** The responses to tickets that one operator resolved first. Unattributed has no estimate and no place. */
export interface ResolverFigures extends Standing {
  /** Null is Unattributed. */
  readonly actorId: string | null;
  /** Null for Unattributed, and for operators whom the host does not name (then show the id). */
  readonly name: string | null;
  readonly responses: number;
  readonly averageRating: number;
  /** As in `PeriodSummary`. */
  readonly averageRatingInterval: Interval | null;
}
