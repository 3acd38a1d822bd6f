/**
 * Why an answer does not count, as chosen from a list: `machine` (a link scanner, a test), `agent` (one of the team
 * answered), `mistake` (the customer says so), `other`. Codes, because the journal keeps no free text.
 */
export const exclusionReasons = ["machine", "agent", "mistake", "other"] as const;

/** One of `exclusionReasons`. */
export type ExclusionReason = (typeof exclusionReasons)[number];

/** That an answer does not count, why, since when, and who said so; null for a machine. */
export interface Exclusion {
  readonly reason: ExclusionReason;
  readonly actorId: string | null;
  readonly at: Date;
}
