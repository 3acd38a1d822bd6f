import { describe, expect, test } from "vitest";
import { journalWords } from "./journal-words.ts";
import type { JournalEntry, LeaveReason } from "./survey.ts";

type Told = Pick<JournalEntry, "event" | "reason" | "actorId">;
const told = (change: Partial<Told>) =>
  journalWords({ event: "skipped", reason: null, actorId: null, ...change });

// S19
describe("an entry of the journal in words", () => {
  test.each<readonly [Partial<Told>, string, string | null]>([
    [{ event: "resolved", actorId: "ann" }, "Ticket resolved", null],
    [{ event: "resolved" }, "Ticket resolved automatically", null],
    [{ event: "scheduled" }, "Survey scheduled", null],
    [
      { event: "scheduled", reason: "resolved_again" },
      "Survey scheduled",
      "the ticket was resolved once more",
    ],
    [{ event: "not_scheduled", reason: "csat_disabled" }, "No survey scheduled", "surveys are switched off"],
    [{ reason: "no_customer_email" }, "Survey not sent", "the customer has no single valid e-mail address"],
    [
      { event: "claimed", reason: "lease_expired" },
      "Sending started again",
      "the process that began it did not finish",
    ],
    [{ event: "gave_up", reason: "attempts_used_up" }, "Survey could not be sent", "every attempt failed"],
    [
      { event: "mail_failed", reason: "ticket_source_failed" },
      "Mail did not go out",
      "the helpdesk could not be asked about the ticket; tried again",
    ],
  ])("%j", (change, what, why) => {
    expect(told(change)).toEqual({ what, why });
  });

  test.each<readonly [LeaveReason, string, string]>([
    ["reopened", "Ticket reopened", "the ticket was reopened"],
    ["closed", "Ticket closed", "the ticket was closed"],
    ["merged", "Ticket merged into another", "the ticket was merged into another"],
  ])("says that the ticket was %s, and what that called off", (reason, what, why) => {
    expect(told({ event: "left", reason })).toEqual({ what, why: null });
    expect(told({ event: "canceled", reason })).toEqual({ what: "Survey canceled", why });
  });

  test("keeps a mailer's own words, and tells a reason of a newer release by its name", () => {
    expect(told({ event: "mail_failed", reason: "SMTP 451 try_later" }).why).toBe("SMTP 451 try_later");
    expect(told({ reason: "quiet_hours" }).why).toBe("quiet hours");
    expect(told({ reason: "constructor" }).why).toBe("constructor");
  });
});
