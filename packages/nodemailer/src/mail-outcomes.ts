import type { MailOutcome } from "@csat/core";

/** What can become of an attempt that was not accepted. */
export type FailedOutcome = Exclude<MailOutcome, { readonly kind: "accepted" }>;

/** Nothing was taken, for a reason that holds for every mail. */
export function unavailableForAll(error: string): FailedOutcome {
  return { kind: "unavailable", error, everyMail: true };
}

/** Nothing was taken, for a reason that may lie in this mail. */
export function unavailableForThis(error: string): FailedOutcome {
  return { kind: "unavailable", error, everyMail: false };
}
