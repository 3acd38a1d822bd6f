import type { JournalReason, SkipReason } from "../../survey/survey.ts";

/** Why a survey goes to nobody, or not now. */
export type No =
  /** `eligibleAt`: from when on the answer would be yes, where there is such a date. */
  | { readonly kind: "skip"; readonly reason: SkipReason; readonly eligibleAt?: Date }
  /** Asked again at that time. */
  | { readonly kind: "defer"; readonly reason: DeferReason; readonly until: Date }
  /** A rule of the host's could not say: the survey is put off as when a host throws. */
  | { readonly kind: "failed"; readonly rule: string; readonly error: unknown };

/** Why a survey goes out later. */
export type DeferReason = Extract<
  JournalReason,
  "ticket_not_committed" | "customer_being_asked" | `rule:${string}`
>;
