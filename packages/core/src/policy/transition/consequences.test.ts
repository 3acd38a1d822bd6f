import { describe, expect, test } from "vitest";
import { minute, now, tell, ticketAfter } from "../../../test/transition/words.ts";
import { cellsOf, countsOf, deltasBetween, dueAfter, notAskedOf } from "./consequences.ts";
import type { TicketState } from "./ticket-state.ts";

/** What is due after the last of these events. */
function dueAfterLast(...said: readonly string[]) {
  const before = ticketAfter(...said.slice(0, -1));
  return dueAfter(before, tell(before, said.at(-1) ?? "").state, now);
}

const waiting = (wakeAt: number, firstDueAt: number) => ({
  kind: "waiting",
  wakeAt: minute(wakeAt),
  firstDueAt: minute(firstDueAt),
});

describe("what is due", () => {
  test.each([
    ["a survey armed", ["resolved 0"], waiting(60, 60)],
    ["armed anew", ["resolved 0", "reopened 10", "resolved 20"], waiting(80, 80)],
    ["armed anew while it waited", ["resolved 0", "resolved 20", "reopened 10"], waiting(80, 80)],
    ["to be repeated", ["resolved 0", "begun A", "busy A"], waiting(70, 60)],
    ["put off", ["resolved 0", "put off A"], waiting(75, 60)],
    ["sent again by hand", ["resolved 0", "begun A", "busy at last A", "retried"], waiting(100, 60)],
    [
      "given up",
      ["resolved 0", "begun A", "refused A"],
      { kind: "failed", failedAt: now, reason: "refused" },
    ],
    ["canceled", ["resolved 0", "closed 10"], null],
    ["skipped", ["resolved 0", "skipped A"], null],
    ["sent", ["resolved 0", "begun A", "accepted A"], null],
    ["answered while it was given up", ["resolved 0", "begun A", "unknown at last A", "answered"], null],
    ["erased while it waited", ["resolved 0", "erased"], null],
    ["resolved again while it waited", ["resolved 0", "resolved 20"], undefined],
    ["begun", ["resolved 0", "begun A"], undefined],
    ["left during its send", ["resolved 0", "begun A", "closed 61"], undefined],
    ["never armed", ["closed 0"], undefined],
    ["answered after the mail", ["resolved 0", "begun A", "accepted A", "answered"], undefined],
    ["left after the mail", ["resolved 0", "begun A", "accepted A", "closed 70"], undefined],
    ["erased after the mail", ["resolved 0", "begun A", "accepted A", "erased"], undefined],
  ])("of a survey %s", (_name, said, due) => {
    // S5, S12, S16
    expect(dueAfterLast(...said)).toEqual(due);
  });

  test("stays for a given-up survey of which only something else changed", () => {
    const before = ticketAfter("resolved 0", "begun A", "refused A");
    const { survey } = before;
    const after: TicketState = {
      ...before,
      survey: survey === null ? null : { ...survey, lastError: "551" },
    };
    expect(dueAfter(before, after, now)).toBeUndefined();
  });

  test("is over for a status of a newer release that was answered or erased, whatever it waited for", () => {
    // S17, S56. The status is a later release's, which no type of this one knows.
    const muted = { ...ticketAfter("resolved 0", "begun A").survey, status: "muted" } as never;
    const before = { ...ticketAfter("resolved 0"), survey: muted };
    for (const words of ["answered", "erased"])
      expect(dueAfter(before, tell(before, words).state, now)).toBeNull();
  });

  test("gives a failed survey without a reason one that says so", () => {
    const before = ticketAfter("resolved 0", "begun A");
    const { survey } = tell(before, "refused A");
    const after: TicketState = { ...before, survey: survey === null ? null : { ...survey, reason: null } };
    expect(dueAfter(before, after, now)).toEqual({ kind: "failed", failedAt: now, reason: "unknown" });
  });
});

const none = [0, 0, 0, 0, 0];
const five = [0, 0, 0, 0, 1];

describe("what a ticket counts for", () => {
  test.each([
    ["nothing before it is sent", ["resolved 0 by ada", "begun A"], []],
    ["a send", ["resolved 0 by ada", "begun A", "accepted A"], [[1, 0, none]]],
    [
      "a send and a rating",
      ["resolved 0 by ada", "begun A", "answered"],
      [
        [1, 1, none],
        [0, 0, five],
      ],
    ],
    ["nothing once erased", ["resolved 0 by ada", "begun A", "answered", "erased"], []],
  ])("%s", (_name, said, counts) => {
    // S12, S41, S56
    expect(
      countsOf(ticketAfter(...said)).map(({ sent, answered, ratings }) => [sent, answered, ratings]),
    ).toEqual(counts);
  });

  test("a send on its own day, and a rating on that of the answer", () => {
    // S45
    const { survey } = ticketAfter("resolved 0", "begun A", "answered");
    if (survey === null) throw new Error("No survey was armed.");
    const sentAt = new Date("2026-03-01T23:59:59.999Z");
    const counts = countsOf({ ...ticketAfter("resolved 0 by ada"), survey: { ...survey, sentAt } });
    expect(counts.map(({ day, resolvedBy }) => [day, resolvedBy])).toEqual([
      ["2026-03-01", "ada"],
      ["2026-03-02", "ada"],
    ]);
  });

  test.each([1, 2, 3, 4, 5] as const)("a rating of %i in its place", (rating) => {
    const { survey } = ticketAfter("resolved 0", "begun A", "answered");
    if (survey === null) throw new Error("No survey was armed.");
    const answer = { rating, respondedAt: minute(90) };
    const [, counted] = countsOf({ ...ticketAfter("resolved 0"), survey: { ...survey, answer } });
    expect(counted?.ratings).toEqual([1, 2, 3, 4, 5].map((place) => (place === rating ? 1 : 0)));
  });
});

describe("what a step adds to the counts", () => {
  const day = "2026-03-02";
  const sent = ticketAfter("resolved 20 by bob", "begun A", "accepted A");
  const answered = tell(sent, "answered").state;
  test.each([
    ["nothing when nothing counts", ticketAfter(), ticketAfter("resolved 0"), []],
    ["a send", ticketAfter("resolved 20 by bob", "begun A"), sent, [["bob", 1, 0, none]]],
    ["an answer", sent, answered, [["bob", 0, 1, five]]],
    [
      "an answer that comes before its mail is known to be sent",
      ticketAfter("resolved 20 by bob", "begun A"),
      answered,
      [["bob", 1, 1, five]],
    ],
    [
      "the move to an earlier resolver",
      answered,
      tell(answered, "resolved 0 by ada").state,
      [
        ["bob", -1, -1, [0, 0, 0, 0, -1]],
        ["ada", 1, 1, five],
      ],
    ],
    ["nothing for a later resolver", answered, tell(answered, "resolved 95 by ada").state, []],
    [
      "what an erased ticket counted for, taken away",
      answered,
      tell(answered, "erased").state,
      [["bob", -1, -1, [0, 0, 0, 0, -1]]],
    ],
  ])("%s", (_name, before, after, expected) => {
    // S41, S46, S56
    expect(deltasBetween(before, after)).toEqual(
      expected.map(([resolvedBy, sent, answered, ratings]) => ({ day, resolvedBy, sent, answered, ratings })),
    );
  });
});

test.each([
  ["nothing known", [], null, null],
  ["resolved and not sent", ["resolved 0 by ada"], null, "ada"],
  ["sent", ["resolved 0 by ada", "begun A", "accepted A"], minute(61), "ada"],
  ["sent for an automation", ["resolved 0", "begun A", "accepted A"], minute(61), null],
  ["erased", ["resolved 0 by ada", "begun A", "accepted A", "erased"], null, null],
])("cells of a ticket: %s", (_name, said, sentAt, resolvedBy) => {
  // S46, S56
  expect(cellsOf(ticketAfter(...said))).toEqual({ kind: "ticket", sentAt, resolvedBy });
});

describe("who was not asked", () => {
  // S59
  const line = (event: "skipped" | "not_scheduled" | "gave_up" | "sent", reason: string | null) =>
    ({ event, reason, at: now, actorId: null }) as const;
  const counted = (reason: string) => ({
    day: "2026-03-02",
    resolvedBy: null,
    part: `not_asked:${reason}`,
    sent: 0,
    answered: 0,
    ratings: [0, 0, 0, 0, 0],
    notAsked: 1,
  });

  test.each([
    ["a no before the mail", [line("skipped", "asked_recently")], ["asked_recently"]],
    ["a ticket outside of the sample", [line("not_scheduled", "sampled_out")], ["sampled_out"]],
    ["one that is left out", [line("not_scheduled", "left_out")], ["left_out"]],
    ["no other resolution that schedules nothing", [line("not_scheduled", "already_surveyed")], []],
    ["nobody who was asked", [line("sent", null)], []],
    [
      "nobody whom a mail may have reached",
      [line("skipped", "csat_disabled"), line("gave_up", "indeterminate")],
      [],
    ],
    ["a no without a word", [line("skipped", null)], []],
  ])("counts %s", (_name, journal, reasons) => {
    expect(notAskedOf(journal)).toEqual(reasons.map(counted));
  });
});
