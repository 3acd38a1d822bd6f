import type { CsatIssue } from "../../errors.ts";
import type { Rating } from "../../survey/response.ts";
import type { DateWindow } from "../../survey/survey.ts";
import { invalidAnswer } from "../answers.ts";
import type { CountDelta } from "./change.ts";

/**
 * Which counts, of two windows of whole UTC days. `resolvedBy` narrows sends and responses alike; null is the Unattributed
 * group. `part` asks for what was counted of that part; left out: of the whole alone.
 */
export interface MetricsQuery {
  readonly workspaceId: string;
  readonly current: DateWindow;
  readonly previous: DateWindow;
  readonly resolvedBy?: string | null;
  readonly part?: string;
}

/**
 * Counts of which parts: those whose name begins with `prefix`, character by character. "" asks for all of them; the whole is
 * none of them. `resolvedBy` narrows as in `MetricsQuery`.
 */
export interface PartsQuery {
  readonly workspaceId: string;
  readonly window: DateWindow;
  readonly prefix: string;
  readonly resolvedBy?: string | null;
  /** Whoever asks adds the days up: a store may do it, and name any day of the window. */
  readonly daysAddedUp?: true;
}

/** What was counted of a part on one UTC day, of all resolvers that were asked for. */
export interface PartCounts extends Pick<CountDelta, "day" | "sent" | "answered" | "ratings"> {
  readonly part: string;
  readonly notAsked: number;
}

/** Days are UTC, `YYYY-MM-DD`; days without any are left out. */
export interface MetricsCounts {
  /** Surveys by `sentAt`, both windows. */
  readonly sent: readonly { readonly day: string; readonly count: number }[];
  /** Responses by `respondedAt`, both windows. */
  readonly ratings: readonly {
    readonly day: string;
    readonly rating: Rating;
    readonly count: number;
  }[];
  /** Responses of the current window by the ticket's first resolver. */
  readonly resolvers: readonly {
    readonly actorId: string | null;
    readonly rating: Rating;
    readonly count: number;
  }[];
  /** Of the surveys sent in the current window: how many are answered by now. */
  readonly cohortAnswered: number;
}

/** The same counts, all of them whole numbers: a NaN, or a count as text, would spread into every figure of a page. @throws CsatError `invalid_answer` */
export function checkedCounts(counts: MetricsCounts): MetricsCounts {
  const { sent, ratings, resolvers, cohortAnswered } = counts;
  const issues: CsatIssue[] = [];
  for (const [path, rows] of Object.entries({ sent, ratings, resolvers })) {
    const wrong = rows.findIndex(({ count }) => !isCount(count));
    if (wrong >= 0) issues.push({ path: `${path}.${wrong}.count`, message: "must be a whole number" });
  }
  if (!isCount(cohortAnswered)) issues.push({ path: "cohortAnswered", message: "must be a whole number" });
  if (issues.length > 0) throw invalidAnswer("counts of the storage", issues);
  return counts;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
