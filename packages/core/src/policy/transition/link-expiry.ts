import { millisecondsInDay as dayMs } from "date-fns/constants";
import type { SurveyState } from "./ticket-state.ts";

/** The fewest days after which a workspace may end links: until then nobody needs to ask which it chose. */
export const shortestLinkExpiryDays = 1;

/** What the end of a survey's links is counted from. */
export type LinksOut = Pick<SurveyState, "linksIssuedAt" | "sentAt" | "sendBegunAt" | "mayHaveReached">;

/**
 * When the last mail or links went out that may have arrived: when a mail was accepted, when one began of which nothing
 * more is known, or when the host was given its last links. Null while nothing may have arrived.
 */
export function linksOutAt({ linksIssuedAt, sentAt, sendBegunAt, mayHaveReached }: LinksOut): Date | null {
  return linksIssuedAt ?? sentAt ?? (mayHaveReached ? sendBegunAt : null);
}

/**
 * When links end that a workspace ends after `days` days of 24 hours, counted from the last that may have arrived. Null
 * while nothing may have arrived, and where links never end (`days` is null).
 */
export function linksEndAt(survey: LinksOut, days: number | null): Date | null {
  const outAt = linksOutAt(survey);
  return outAt === null || days === null ? null : new Date(outAt.getTime() + days * dayMs);
}
