import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";

const sending = ticketAfter("resolved 0 by ada", "begun A");

describe("a mail that the server took", () => {
  test("makes the survey sent, whatever came meanwhile", () => {
    // S10, S12
    for (const said of [[], ["closed 61"], ["closed 61", "resolved 62"], ["resolved 62"]]) {
      const { survey, outcome, journal } = tell(sending, ...said, "accepted A");
      expect(outcome).toEqual({ kind: "sent" });
      expect(survey).toMatchObject({
        status: "sent",
        sentAt: minute(61),
        messageId: "<1@acme>",
        begun: null,
        remembered: null,
        leftMeanwhile: null,
        lastError: null,
        putOffFor: [],
      });
      expect(journal).toEqual(["sent"]);
    }
  });

  test.each([
    ["answered meanwhile", ["answered"], "accepted A", "answered"],
    ["taken over by another worker", ["begun B"], "accepted A", "lost"],
    ["of an older generation", [], "accepted A of old", "lost"],
    ["skipped by another worker", ["skipped B"], "accepted A", "lost"],
    ["erased meanwhile", ["erased"], "accepted A", "lost"],
    ["told a second time", ["accepted A"], "accepted A", "lost"],
    ["answered meanwhile, and the attempt failed", ["answered"], "refused A", "answered"],
    ["taken over, and the attempt failed", ["begun B"], "refused A", "lost"],
    ["of an older generation, and the attempt failed", [], "refused A of old", "lost"],
    ["erased, and the attempt failed", ["erased"], "refused A", "lost"],
  ])("changes nothing when the survey was %s", (_name, said, words, kind) => {
    // S10, S11, S17, S56
    const before = tell(sending, ...said).state;
    const { state, outcome, journal } = tell(before, words);
    expect(outcome).toEqual({ kind });
    expect(state).toBe(before);
    expect(journal).toEqual([]);
  });
});

/** What happened during the send, how it ended, and what that makes of the survey. */
type Line = readonly [
  meanwhile: string,
  end: "busy" | "unknown" | "busy at last" | "unknown at last" | "refused",
  outcome: string,
  status: string,
  reason: string | null,
  generation: number,
];

/** Resolved at minute 0 and sending since minute 60; each line worked out by hand from the order of the events' times. */
const lines: readonly Line[] = [
  ["", "busy", "scheduled", "scheduled", null, 1],
  ["", "unknown", "scheduled", "scheduled", null, 1],
  ["", "refused", "failed", "failed", "refused", 1],
  ["", "busy at last", "failed", "failed", "attempts_used_up", 1],
  ["", "unknown at last", "failed", "failed", "indeterminate", 1],
  ["reopened 61", "busy", "canceled", "canceled", "reopened", 1],
  ["closed 0", "busy", "canceled", "canceled", "closed", 1],
  ["merged -1", "busy", "scheduled", "scheduled", null, 1],
  ["reopened 61, closed 62", "busy", "canceled", "canceled", "closed", 1],
  ["closed 62, reopened 61", "busy", "canceled", "canceled", "closed", 1],
  ["closed 64, reopened 61, merged 62", "busy", "canceled", "canceled", "closed", 1],
  ["reopened 61", "unknown", "canceled", "canceled", "reopened", 1],
  ["reopened 61", "refused", "failed", "failed", "refused", 1],
  // Without a leaving the ticket stayed resolved: the delay does not begin anew (S1).
  ["resolved 62", "busy", "scheduled", "scheduled", null, 1],
  ["resolved 62", "unknown", "scheduled", "scheduled", null, 1],
  ["resolved 62", "refused", "rearmed", "scheduled", null, 2],
  ["resolved 62", "busy at last", "rearmed", "scheduled", null, 2],
  ["resolved 62", "unknown at last", "failed", "failed", "indeterminate", 1],
  ["reopened 61, resolved 62", "busy", "rearmed", "scheduled", null, 2],
  ["resolved 62, reopened 61", "busy", "rearmed", "scheduled", null, 2],
  ["resolved 62, reopened 61", "refused", "rearmed", "scheduled", null, 2],
  ["reopened 61, resolved 62", "unknown", "canceled", "canceled", "reopened", 1],
  ["resolved 62, reopened 63", "busy", "canceled", "canceled", "reopened", 1],
  ["resolved 62, reopened 62", "busy", "canceled", "canceled", "reopened", 1],
  ["reopened 63, resolved 62", "busy", "canceled", "canceled", "reopened", 1],
  ["resolved 62, reopened 63", "refused", "failed", "failed", "refused", 1],
  ["resolved 62, reopened 63, resolved 64", "busy", "rearmed", "scheduled", null, 2],
  ["resolved 0", "refused", "failed", "failed", "refused", 1],
  ["resolved -5", "refused", "failed", "failed", "refused", 1],
];

describe("a failed attempt, after what came meanwhile", () => {
  test.each(lines)("%s; %s: %s", (meanwhile, end, kind, status, reason, generation) => {
    // S1, S4, S5, S10, S12, S20
    const events = meanwhile === "" ? [] : meanwhile.split(", ");
    const { survey, outcome } = tell(sending, ...events, `${end} A`);
    expect(outcome.kind).toBe(kind);
    expect(survey).toMatchObject({ status, reason, generation, begun: null, leftMeanwhile: null });
  });

  test("is repeated at its time; generation and lateness stay", () => {
    // S12
    const { survey, outcome, journal } = tell(sending, "busy A");
    expect(outcome).toEqual({ kind: "scheduled", surveyId: "srv_1", generation: 1, dueAt: minute(70) });
    expect(survey).toMatchObject({
      dueAt: minute(70),
      firstDueAt: minute(60),
      attempts: 1,
      lastError: "451",
    });
    expect(journal).toEqual(["mail_failed:451"]);
  });

  test("that is armed anew takes its times from the latest resolution, and starts with no attempts", () => {
    // S5
    const { survey, outcome, journal } = tell(
      sending,
      "resolved 62",
      "resolved 66",
      "resolved 64",
      "reopened 61",
      "busy A",
    );
    expect(outcome).toEqual({ kind: "rearmed", surveyId: "srv_1", generation: 2, dueAt: minute(126) });
    expect(survey).toMatchObject({
      resolvedAt: minute(66),
      dueAt: minute(126),
      firstDueAt: minute(126),
      attempts: 0,
      mayHaveReached: false,
      remembered: null,
    });
    expect(journal).toEqual(["mail_failed:451", "scheduled:resolved_again"]);
  });

  test("is no news of a resolution that was known before the send", () => {
    // S1
    const { survey } = tell(ticketAfter("resolved 0", "resolved 20", "begun A"), "refused A");
    expect(survey).toMatchObject({ status: "failed", generation: 1 });
  });

  test("counts a resolution that came during an earlier attempt, also when another one followed while it waited", () => {
    // S5
    for (const later of [[], ["resolved 65"]]) {
      const { survey } = tell(sending, "resolved 62", "busy A", ...later, "begun B", "refused B");
      expect(survey).toMatchObject({ status: "scheduled", generation: 2 });
    }
  });

  test("cancels with its reason in the journal", () => {
    // S10, S19
    expect(tell(sending, "closed 61", "busy A").journal).toEqual(["mail_failed:451", "canceled:closed"]);
    expect(tell(sending, "refused A").journal).toEqual(["mail_failed:550", "gave_up:refused"]);
  });
});

describe("whether a mail may have reached the customer", () => {
  test.each([
    [["busy"], false, 1],
    [["busy", "busy"], false, 2],
    [["unknown"], true, 1],
    [["unknown", "busy"], true, 2],
    [["busy", "unknown"], true, 2],
    [["busy", "unknown", "busy", "busy"], true, 4],
    [["crash", "busy"], true, 2],
    [["busy", "crash", "busy"], true, 3],
    [["outage"], false, 0],
    [["busy", "outage", "outage", "busy", "outage"], false, 2],
    [["crash", "outage"], true, 1],
  ])("after %s: %s, with %i attempts counted", (fates, mayHaveReached, attempts) => {
    // S4, S11, S12
    let state = ticketAfter("resolved 0");
    for (const [index, fate] of fates.entries()) {
      const lease = String.fromCharCode(65 + index);
      state = tell(state, `begun ${lease}`, ...(fate === "crash" ? [] : [`${fate} ${lease}`])).state;
    }
    expect(state.survey).toMatchObject({ mayHaveReached, attempts });
  });

  test.each([
    ["refused", ["begun B", "refused B"]],
    ["refused for now once too often", ["begun B", "busy at last B"]],
  ])("decides the reason: %s after an attempt that may have arrived is indeterminate", (_name, said) => {
    // S12
    const { survey, outcome, journal } = tell(sending, "unknown A", ...said);
    expect(outcome).toEqual({ kind: "failed", reason: "indeterminate" });
    expect(survey).toMatchObject({ status: "failed", reason: "indeterminate", mayHaveReached: true });
    expect(journal.at(-1)).toBe("gave_up:indeterminate");
  });
});

describe("an outage", () => {
  test("is told once, and again after an attempt that counted", () => {
    // S12, S19
    const told = (...said: readonly string[]) => tell(sending, ...said).journal;
    expect(told("outage A")).toEqual(["mail_failed:ECONNREFUSED"]);
    expect(told("outage A", "begun B", "outage B")).toEqual([]);
    expect(told("outage A", "begun B", "busy B")).toEqual(["mail_failed:451"]);
    expect(told("outage A", "begun B", "busy B", "begun C", "outage C")).toEqual([
      "mail_failed:ECONNREFUSED",
    ]);
    // Another reason in between does not make it news.
    expect(told("outage A", "put off B", "begun C", "outage C")).toEqual([]);
  });

  test("burns no attempt and keeps what counts for lateness", () => {
    // S12
    expect(tell(sending, "outage A").survey).toMatchObject({
      status: "scheduled",
      attempts: 0,
      dueAt: minute(70),
      firstDueAt: minute(60),
      mayHaveReached: false,
    });
  });
});
