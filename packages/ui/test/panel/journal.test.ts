import type { FailReason, JournalEvent, LeaveReason, SkipReason } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { wordsOf } from "../dashboard/a-dashboard.ts";
import { anEntry, drawPanel } from "./a-panel.ts";

/** The lines of the journal, without their times. */
async function lines(...entries: readonly Partial<ReturnType<typeof anEntry>>[]): Promise<readonly string[]> {
  const html = await drawPanel({ state: "none" }, entries.map(anEntry));
  return [...html.matchAll(/<\/time><\/span> <span>(.*?)<\/span><\/li>/gs)].map(([, line = ""]) =>
    wordsOf(line),
  );
}

describe("the journal of a ticket", () => {
  test("tells every event in words, in the order given, each with its time", async () => {
    const events: readonly JournalEvent[] = [
      "resolved",
      "left",
      "scheduled",
      "not_scheduled",
      "canceled",
      "too_late_to_cancel",
      "claimed",
      "skipped",
      "mail_failed",
      "sent",
      "gave_up",
      "answered",
      "erased",
    ];
    expect(await lines(...events.map((event) => ({ event })))).toEqual([
      "Ticket resolved automatically",
      "Ticket no longer resolved",
      "Survey scheduled",
      "No survey scheduled",
      "Survey canceled",
      "Too late to cancel the survey",
      "Sending started again",
      "Survey not sent",
      "Mail did not go out",
      "Survey sent",
      "Survey could not be sent",
      "Customer answered",
      "Survey and answer erased",
    ]);
    const html = await drawPanel({ state: "none" }, [anEntry()]);
    expect(html).toContain('<time datetime="2026-11-30T14:05:00.000Z">30 Nov 2026, 14:05 UTC</time>');
  });

  const reasons: readonly (SkipReason | FailReason)[] = [
    "csat_disabled",
    "already_surveyed",
    "no_customer_email",
    "ticket_not_resolved",
    "ticket_not_found",
    "expired",
    "refused",
    "attempts_used_up",
    "indeterminate",
  ];
  // What the core also writes into journals.
  const others = [
    "already_scheduled",
    "left_since",
    "resolved_again",
    "retry_failed",
    "lease_expired",
    "ticket_source_failed",
    "ticket_source_invalid",
    "mail_not_made",
    "ticket_not_committed",
    "no_channel",
    "no_customer_address",
    "channel_down",
    "links_issued",
  ];
  test.each([...reasons, ...others])("tells the reason %s in plain words", async (reason) => {
    const [line] = await lines({ event: "skipped", reason });
    expect(line).toMatch(/^Survey not sent: [a-z][^_]{12,}$/);
    expect(line).not.toContain(reason);
  });

  test.each<[LeaveReason, string, string]>([
    ["reopened", "Ticket reopened", "Survey canceled: the ticket was reopened"],
    ["closed", "Ticket closed", "Survey canceled: the ticket was closed"],
    ["merged", "Ticket merged into another", "Survey canceled: the ticket was merged into another"],
  ])("tells that a ticket was %s, and what that did", async (reason, left, canceled) => {
    expect(await lines({ event: "left", reason }, { event: "canceled", reason })).toEqual([left, canceled]);
  });

  test("names whoever resolved the ticket; an id without a name stands as it is", async () => {
    const event = "resolved";
    const ann = { event, actorId: "ann", actorName: "Ann Lee" } as const;
    expect(await lines(ann, { event, actorId: "bob" })).toEqual([
      "Ticket resolved by Ann Lee",
      "Ticket resolved by bob",
    ]);
  });

  test("keeps a mailer's own words, and shows a reason it does not know", async () => {
    const entries = [
      { event: "mail_failed" as const, reason: "SMTP 451 try_later" },
      { event: "skipped" as const, reason: "quiet_hours" },
      { event: "skipped" as const, reason: "constructor" },
    ];
    expect(await lines(...entries)).toEqual([
      "Mail did not go out: SMTP 451 try_later",
      "Survey not sent: quiet hours",
      "Survey not sent: constructor",
    ]);
  });

  test("says so when nothing was decided", async () => {
    expect(wordsOf(await drawPanel({ state: "none" }))).toContain(
      "Nothing was decided yet: nobody has resolved this ticket.",
    );
  });

  test("is a view of its own, under the ticket's id", async () => {
    const views = csatViews({ basePath: "/csat" });
    const request = new Request("https://desk.example/csat/api/tickets/T1/explain");
    const html = await views.draw("explain", [anEntry({ event: "sent" })], request);
    expect(wordsOf(html)).toMatch(/^What was decided about this survey Ticket T1 .* Survey sent$/);
  });
});

test("a name without a view is refused where a piece is asked for", async () => {
  const request = new Request("https://desk.example/");
  await expect(csatViews({ basePath: "/csat" }).draw("nothing", {}, request)).rejects.toThrow('"nothing"');
});
