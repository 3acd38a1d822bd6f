import { describe, expect, test } from "vitest";
import { minute, now, tell, ticketAfter } from "../../../test/transition/words.ts";

describe("erasing", () => {
  test.each([
    ["nothing is known of", []],
    ["is surveyed", ["resolved 0 by ada", "begun A", "accepted A"]],
    ["was answered", ["resolved 0 by ada", "begun A", "answered"]],
  ])("leaves a tombstone of a ticket that %s, and nothing else", (_name, said) => {
    // S56
    const { state, outcome, journal } = tell(ticketAfter(...said), "erased");
    expect(state).toEqual({
      erased: true,
      firstResolution: null,
      lastLeftAt: null,
      sample: null,
      isLeftOut: false,
      recent: [],
      survey: null,
    });
    expect([outcome, journal]).toEqual([{ kind: "erased" }, ["erased"]]);
  });

  test.each([["resolved 200 by ada"], ["closed 200"], ["erased"], ["retried all"]])(
    "is final: %s writes nothing",
    (words) => {
      // S56
      const before = ticketAfter("resolved 0 by ada", "erased");
      const { state, journal } = tell(before, words);
      expect(state).toBe(before);
      expect(journal).toEqual([]);
    },
  );
});

describe("sending given-up surveys again", () => {
  test("makes one due now, with its attempts anew, late since it was first due", () => {
    // S12
    const { survey, outcome, journal } = tell(
      ticketAfter("resolved 0", "begun A", "busy at last A"),
      "retried",
    );
    expect(outcome).toEqual({ kind: "scheduled", surveyId: "srv_1", generation: 1, dueAt: now });
    expect(survey).toMatchObject({
      status: "scheduled",
      reason: null,
      attempts: 0,
      dueAt: now,
      firstDueAt: minute(60),
    });
    expect(journal).toEqual(["scheduled:retry_failed"]);
  });

  test("sends to a refused address when asked by name", () => {
    // S12
    const failed = ticketAfter("resolved 0", "begun A", "refused A");
    expect(tell(failed, "retried").state).toBe(failed);
    expect(tell(failed, "retried all").survey?.status).toBe("scheduled");
  });

  test.each([
    ["may have reached the customer", ["resolved 0", "begun A", "unknown at last A"]],
    ["may have, and was refused then", ["resolved 0", "begun A", "unknown A", "begun B", "refused B"]],
    ["never came back", ["resolved 0", "begun A", "gave up B"]],
    ["was refused, of a ticket that was left since", ["resolved 0", "begun A", "refused A", "closed 80"]],
    ["was refused, of a ticket left during the send", ["resolved 0", "begun A", "closed 61", "refused A"]],
    ["waits", ["resolved 0"]],
    ["is being sent", ["resolved 0", "begun A"]],
    ["was sent", ["resolved 0", "begun A", "accepted A"]],
    ["was canceled", ["resolved 0", "closed 10"]],
    ["was skipped", ["resolved 0", "skipped A"]],
    ["was never armed", []],
  ])("leaves alone what %s", (_name, said) => {
    // S3, S4, S12
    const before = ticketAfter(...said);
    const { state, outcome, journal } = tell(before, "retried all");
    expect(state).toBe(before);
    expect([outcome, journal]).toEqual([{ kind: "not_failed" }, []]);
  });

  test("a leaving older than its resolution does not keep it", () => {
    // S20
    const failed = ticketAfter("closed -5", "resolved 0", "begun A", "refused A");
    expect(tell(failed, "retried all").outcome.kind).toBe("scheduled");
  });
});
