import { expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";

test.each([
  ["sent", ["begun A", "accepted A"], 61],
  ["being sent: its mail arrived, so it was sent when its send began", ["begun A"], 60],
  ["waiting for another attempt", ["begun A", "unknown A"], 60],
  ["canceled", ["begun A", "unknown A", "closed 62"], 60],
  ["skipped", ["begun A", "unknown A", "skipped B"], 60],
  ["given up", ["begun A", "unknown at last A"], 60],
])("an answer counts for a survey that is %s", (_name, said, sentAt) => {
  // S17, S41
  const { survey, outcome, journal } = tell(ticketAfter("resolved 0", ...said), "answered");
  expect(outcome).toEqual({ kind: "recorded", surveyId: "srv_1" });
  expect(survey).toMatchObject({
    status: "answered",
    reason: null,
    begun: null,
    sentAt: minute(sentAt),
    answer: { rating: 5, respondedAt: minute(90) },
  });
  expect(journal).toEqual(["answered"]);
});

test("the first answer stands", () => {
  // S24, S25
  const before = ticketAfter("resolved 0", "begun A", "answered");
  const { state, outcome, journal } = tell(before, "answered");
  expect(state).toBe(before);
  expect([outcome, journal]).toEqual([{ kind: "duplicate" }, []]);
});

test.each([
  ["erased", ["resolved 0", "begun A", "accepted A", "erased"]],
  ["never armed", ["closed 0"]],
])("nobody answers what was %s", (_name, said) => {
  // S26, S56
  const before = ticketAfter(...said);
  const { state, outcome, journal } = tell(before, "answered");
  expect(state).toBe(before);
  expect([outcome, journal]).toEqual([{ kind: "unknown_token" }, []]);
});

test.each([["closed 95"], ["resolved 95"], ["begun B"], ["skipped B"], ["retried all"]])(
  "an answered survey stays as it is: %s",
  (words) => {
    // S17
    const before = ticketAfter("resolved 0", "begun A", "answered");
    expect(tell(before, words).survey).toBe(before.survey);
  },
);

test.each([
  ["that was never surveyed", [], 80],
  ["whose survey waits", ["resolved 0"], 80],
  ["whose survey was refused", ["resolved 0", "begun A", "refused A"], 80],
  ["that was surveyed by mail", ["resolved 0", "begun A", "accepted A"], 61],
  ["whose links were issued", ["issued"], 100],
])("an answer that the host took itself counts for a ticket %s", (_name, said, sentAt) => {
  // S82
  const { survey, outcome, journal } = tell(ticketAfter(...said), "phoned");
  expect(outcome).toEqual({ kind: "recorded", surveyId: "srv_1" });
  expect(survey).toMatchObject({
    status: "answered",
    reason: null,
    sentAt: minute(sentAt),
    answer: { rating: 4, respondedAt: minute(90) },
    answeredIn: "phone",
  });
  expect(journal).toEqual(["answered:phone"]);
});

test.each([
  ["answered through its link", ["resolved 0", "begun A", "answered"], "duplicate"],
  ["answered on the phone", ["phoned"], "duplicate"],
  ["erased", ["resolved 0", "erased"], "unknown_token"],
])("an answer that the host took itself changes nothing of what was %s", (_name, said, kind) => {
  // S24, S25, S56, S82
  const before = ticketAfter(...said);
  const { state, outcome, journal } = tell(before, "phoned");
  expect(state).toBe(before);
  expect([outcome, journal]).toEqual([{ kind }, []]);
});
