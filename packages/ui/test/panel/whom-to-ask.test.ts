import type { NotAsked, TicketPanel } from "@csat/core";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../dashboard/a-dashboard.ts";
import { anAnswer, anEntry, drawPanel } from "./a-panel.ts";

const at = (time: string) => new Date(`${time}Z`);
const leftOut: TicketPanel = {
  state: "none",
  notAsked: { reason: "left_out", eligibleAt: null },
  leftOut: true,
};

/** What stands there before "Why?" is opened. */
async function seen(...drawn: Parameters<typeof drawPanel>): Promise<string> {
  const html = await drawPanel(...drawn);
  return wordsOf(html.slice(0, html.indexOf("<details"))).replace("Customer satisfaction ", "");
}

describe("the panel of a ticket whose customer is not asked", () => {
  // S68
  test.each<[NotAsked, string]>([
    [
      { reason: "asked_recently", eligibleAt: at("2026-12-24T09:00:00") },
      "Not asked: this customer was asked, or has answered, a short while ago; may be asked from 24 Dec",
    ],
    [
      { reason: "asked_recently", eligibleAt: at("2027-01-04T09:00:00") },
      "Not asked: this customer was asked, or has answered, a short while ago; may be asked from 4 Jan 2027",
    ],
    [
      { reason: "asked_recently", eligibleAt: at("2026-11-30T15:00:00") },
      "Not asked: this customer was asked, or has answered, a short while ago; may be asked again",
    ],
    [{ reason: "sampled_out", eligibleAt: null, percent: 25 }, "Not in the sample (25%)"],
    [
      { reason: "asked_oneself", eligibleAt: null },
      "Not asked: the customer is an operator who worked on the ticket",
    ],
    [{ reason: "left_out", eligibleAt: null }, "Not asked: the ticket was left out by hand"],
    [{ reason: "rule:<b>vip", eligibleAt: null }, 'Not asked: the helpdesk\'s rule "<b>vip" says so'],
  ])("says why, and from when on they may be: %o", async (notAsked, sentence) => {
    expect(await seen({ state: "none", notAsked })).toBe(sentence);
  });

  // S64, S68
  test("names whoever left it out last", async () => {
    const journal = [
      anEntry({ event: "left_out", actorId: "ann", actorName: "Ann Lee" }),
      anEntry({ event: "let_in", actorId: "ann", actorName: "Ann Lee" }),
      anEntry({ event: "left_out", actorId: "bob", actorName: "Bob <i>" }),
      anEntry({ event: "resolved", actorId: "carol" }),
    ];
    expect(await seen(leftOut, journal)).toMatch(/^Left out by Bob <i>/);
    expect(await seen(leftOut, [anEntry({ event: "left_out", actorId: "bob" })])).toMatch(/^Left out by bob/);
    expect(await seen(leftOut, [anEntry({ event: "left_out" })])).toMatch(/^Left out Ask/);
  });
});

describe("the panel of a survey that was put off", () => {
  const deferred = [anEntry(), anEntry({ event: "deferred", reason: "rule:send_window" })];

  // S66, S68
  test.each([
    ["2026-11-30T20:30:00", "Survey goes out Monday 20:30"],
    ["2026-12-04T08:00:00", "Survey goes out Friday 08:00"],
    ["2026-12-07T08:00:00", "Survey goes out 7 Dec, 08:00"],
    ["2026-11-30T15:59:00", "Survey goes out in 59 min"],
  ])("says the day and the hour at which it goes out: %s", async (due, sentence) => {
    const dueAt = at(due);
    expect(await seen({ state: "scheduled", dueAt }, deferred)).toContain(sentence);
  });

  test("counts the time again once something else was decided", async () => {
    const dueAt = at("2026-12-01T14:00:00");
    const words = await seen({ state: "scheduled", dueAt }, [...deferred, anEntry({ event: "scheduled" })]);
    expect(words).toContain("Survey goes out in 23 h");
  });
});

// S59, S68
test("the journal tells from when on a no is a yes, and when what was put off goes out", async () => {
  const eligibleAt = at("2026-12-24T09:00:00");
  const words = wordsOf(
    await drawPanel({ state: "none" }, [
      anEntry({ event: "skipped", reason: "asked_recently", eligibleAt }),
      anEntry({ event: "deferred", reason: "customer_being_asked", eligibleAt }),
    ]),
  );
  expect(words).toContain("a short while ago; may be asked from 24 Dec 2026, 09:00 UTC");
  expect(words).toContain("is on its way; goes out 24 Dec 2026, 09:00 UTC");
});

describe("the buttons of the panel", () => {
  const scheduled: TicketPanel = { state: "scheduled", dueAt: at("2026-12-01T14:00:00") };

  // S64
  test.each<[string, TicketPanel, string]>([
    ["waits", scheduled, "leave-out"],
    ["is left out", leftOut, "let-in"],
  ])(
    "stand beside what they change where a survey %s, as a form that needs no script",
    async (_, panel, route) => {
      const html = await drawPanel(panel, [], {
        url: "https://desk.example/tickets/T1?tab=csat&x=%22",
        ticketId: 'a/b"',
      });
      expect(html.slice(0, html.indexOf("<details"))).toContain(
        `method="post" action="/csat/api/tickets/a%2Fb%22/${route}"><input type="hidden" name="return" value="/tickets/T1?tab=csat&amp;x=%22">`,
      );
    },
  );

  test("are folded away where nobody decided anything, and name what they do", async () => {
    expect(await seen({ state: "none" }, [anEntry()])).not.toContain("Do not ask");
    expect(wordsOf(await drawPanel({ state: "none" }, [anEntry()]))).toContain("Do not ask");
    expect(await seen(leftOut, [anEntry()])).toContain("Ask after all");
    expect(await seen(scheduled, [anEntry()])).toContain("Do not ask");
  });

  test("are gone once a survey went out, and where nobody says which ticket it is", async () => {
    const since = at("2026-11-29T09:30:00");
    const over: readonly TicketPanel[] = [
      { state: "awaiting", sentAt: since },
      { state: "failed", since },
      anAnswer(),
    ];
    for (const panel of over) expect(await drawPanel(panel, [anEntry()])).not.toContain("<form");
    expect(await drawPanel(scheduled)).not.toContain("<form");
    expect(await drawPanel(scheduled, [anEntry()])).toContain("/csat/api/tickets/T1/leave-out");
  });
});
