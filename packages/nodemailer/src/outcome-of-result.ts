import { fieldOf, type MailOutcome } from "@csat/core";
import { outcomeOfFailure } from "./outcome-of-failure.ts";

/**
 * Reads what a transport resolved with. LMTP answers the content once per recipient, so a refusal may come as a result
 * and not as an error. `messageId` is the header that went out: SES replaces ours with its own.
 */
export function outcomeOfResult(result: unknown): MailOutcome {
  const rejected = fieldOf(result, "rejected");
  if (Array.isArray(rejected) && rejected.length > 0) {
    const errors = fieldOf(result, "rejectedErrors");
    const error: unknown = Array.isArray(errors) ? errors[0] : null;
    if (error === undefined || error === null)
      return { kind: "unavailable", error: "recipient rejected after DATA", concerns: "recipient" };
    return outcomeOfFailure({ error, contentMayHaveLeft: false });
  }
  const messageId = fieldOf(result, "messageId");
  return {
    kind: "accepted",
    messageId: typeof messageId === "string" && messageId !== "" ? messageId : null,
  };
}
