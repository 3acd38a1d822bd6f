import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";

/** What came between the claim and its end, what the worker had seen, and where the survey stands then. */
type Line = readonly [name: string, said: readonly string[], end: string, status: string, generation: number];

const skips: readonly Line[] = [
  ["nothing came", ["resolved 0"], "skipped A", "skipped", 1],
  ["resolved again", ["resolved 0", "resolved 62"], "skipped A", "scheduled", 2],
  ["left and resolved again", ["resolved 0", "reopened 61", "resolved 62"], "skipped A", "skipped", 2],
  ["resolved again, the same event", ["resolved 0", "resolved 0"], "skipped A", "skipped", 1],
  ["known before the claim", ["resolved 0", "resolved 20"], "skipped A who knew 20", "skipped", 1],
  [
    "later than what was known",
    ["resolved 0", "resolved 20", "resolved 40"],
    "skipped A who knew 20",
    "scheduled",
    2,
  ],
  [
    "known, but told during an earlier send",
    ["resolved 0", "begun A", "resolved 62", "busy A"],
    "skipped B who knew 62",
    "scheduled",
    2,
  ],
  [
    "a mail may have arrived",
    ["resolved 0", "begun A", "unknown A", "resolved 71"],
    "skipped B",
    "skipped",
    1,
  ],
  ["a send never came back", ["resolved 0", "begun A", "resolved 62"], "skipped B", "skipped", 1],
];

describe("a skipped survey", () => {
  test.each(skips)("%s", (_name, said, end, status, generation) => {
    // S4, S5
    const { survey, outcome } = tell(ticketAfter(...said), end);
    expect(survey).toMatchObject({ status, generation, remembered: null, begun: null });
    expect(outcome).toEqual(
      status === "skipped"
        ? { kind: "skipped" }
        : { kind: "rearmed", surveyId: "srv_1", generation, dueAt: survey?.dueAt },
    );
    expect(survey?.reason).toBe(status === "skipped" ? "ticket_not_resolved" : null);
  });

  test("says why, and whether it was taken over", () => {
    // S19
    expect(tell(ticketAfter("resolved 0"), "skipped A").journal).toEqual(["skipped:ticket_not_resolved"]);
    expect(tell(ticketAfter("resolved 0", "begun A"), "skipped B").journal).toEqual([
      "claimed:lease_expired",
      "skipped:ticket_not_resolved",
    ]);
    expect(tell(ticketAfter("resolved 0", "resolved 62"), "skipped A").journal).toEqual([
      "skipped:ticket_not_resolved",
      "scheduled:resolved_again",
    ]);
  });
});

describe("a survey that is put off", () => {
  test("waits until then; attempts, generation and lateness stay", () => {
    // S6, S12
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0"), "put off A");
    expect(outcome).toEqual({ kind: "scheduled", surveyId: "srv_1", generation: 1, dueAt: minute(75) });
    expect(survey).toMatchObject({
      status: "scheduled",
      dueAt: minute(75),
      firstDueAt: minute(60),
      attempts: 0,
      putOffFor: ["ticket_source_failed"],
      lastError: "ticket_source_failed",
    });
    expect(journal).toEqual(["mail_failed:ticket_source_failed"]);
  });

  test("says why once", () => {
    // S19
    expect(tell(ticketAfter("resolved 0", "put off A"), "put off B").journal).toEqual([]);
  });

  test("keeps that a send never came back: a mail may have arrived", () => {
    // S4, S11
    const { survey, journal } = tell(ticketAfter("resolved 0", "begun A"), "put off B");
    expect(survey).toMatchObject({ status: "scheduled", attempts: 1, mayHaveReached: true, begun: null });
    expect(journal).toEqual(["claimed:lease_expired", "mail_failed:ticket_source_failed"]);
  });

  test.each([
    ["left", ["closed 61"], "closed"],
    ["left and resolved again", ["reopened 61", "resolved 62"], "reopened"],
  ])("is canceled when the ticket was %s during a send that never came back", (_name, said, reason) => {
    // S4, S10
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0", "begun A", ...said), "put off B");
    expect(outcome).toEqual({ kind: "canceled" });
    expect(survey).toMatchObject({ status: "canceled", reason, mayHaveReached: true });
    expect(journal.at(-1)).toBe(`canceled:${reason}`);
  });
});

describe("a survey whose attempts never came back", () => {
  test.each([
    ["while it waits", ["resolved 0", "begun A", "put off B"], []],
    ["while the last one is open", ["resolved 0", "begun A"], ["claimed:lease_expired"]],
  ])("is given up as indeterminate, %s", (_name, said, first) => {
    // S11
    const { survey, outcome, journal } = tell(ticketAfter(...said), "gave up C");
    expect(outcome).toEqual({ kind: "failed", reason: "indeterminate" });
    expect(survey).toMatchObject({
      status: "failed",
      reason: "indeterminate",
      mayHaveReached: true,
      lastError: "no attempt came back",
    });
    expect(journal).toEqual([...first, "mail_failed:no attempt came back", "gave_up:indeterminate"]);
  });
});

describe("a worker that is too late changes nothing", () => {
  const late: readonly (readonly [string, readonly string[], string])[] = [
    ["left", ["resolved 0", "closed 10"], "A"],
    ["sent", ["resolved 0", "begun B", "accepted B"], "A"],
    ["answered", ["resolved 0", "begun A", "answered"], "A"],
    ["being sent by itself", ["resolved 0", "begun A"], "A"],
    ["armed anew", ["resolved 0", "closed 10", "resolved 20"], "A of old"],
    ["erased", ["resolved 0", "erased"], "A"],
    ["never armed", [], "A"],
  ];
  test.each(late)("the survey was %s", (_name, said, who) => {
    // S5, S10, S56
    const before = ticketAfter(...said);
    for (const end of ["skipped", "put off", "gave up"]) {
      const { state, outcome, journal } = tell(before, `${end} ${who}`);
      expect(state).toBe(before);
      expect([outcome, journal]).toEqual([{ kind: "lost" }, []]);
    }
  });
});
