import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";
import { countsOf } from "./consequences.ts";

const bounce = { at: minute(85), status: "5.1.1" };
const mailed = ["resolved 0 by ada", "begun A", "accepted A"] as const;

/** What becomes of a survey that a mail came back of: its status and reason, by what was told of it before. */
test.each([
  ["sent", mailed, "failed", "bounced"],
  ["given up without knowing", ["resolved 0", "begun A", "unknown at last A"], "failed", "bounced"],
  ["sent by links", ["issued"], "failed", "bounced"],
  ["under way", ["resolved 0", "begun A"], "sending", null],
  [
    "to be tried again, after a mail that may have arrived",
    ["resolved 0", "begun A", "unknown A"],
    "failed",
    "bounced",
  ],
  [
    "canceled after a mail that may have arrived",
    ["resolved 0", "begun A", "unknown A", "reopened 70"],
    "failed",
    "bounced",
  ],
  [
    "skipped after a mail that may have arrived",
    ["resolved 0", "begun A", "unknown A", "skipped B"],
    "failed",
    "bounced",
  ],
  ["answered", [...mailed, "answered"], "answered", null],
  ["answered before the server's yes", ["resolved 0", "begun A", "answered"], "answered", null],
] as const)("a mail that came back for good, of a survey that was %s", (_name, said, status, reason) => {
  // S73
  const before = ticketAfter(...said);
  const { survey, outcome, journal } = tell(before, "bounced");
  expect(outcome).toEqual({ kind: "bounced" });
  expect(survey).toMatchObject({ status, reason, bounce, mayHaveReached: true });
  expect(survey?.sentAt).toEqual(status === "failed" ? null : before.survey?.sentAt);
  expect(survey?.answer).toEqual(before.survey?.answer);
  expect(journal).toEqual(["bounced:5.1.1"]);
});

test.each([
  ["sent", mailed],
  ["given up without knowing", ["resolved 0", "begun A", "unknown at last A"]],
  ["under way", ["resolved 0", "begun A"]],
  ["to be tried again", ["resolved 0", "begun A", "unknown A"]],
  ["answered", [...mailed, "answered"]],
  ["answered on the phone after its mail", [...mailed, "phoned"]],
] as const)(
  "a complaint and a delay change nothing of a survey that was %s but what is told",
  (_name, said) => {
    // S73
    const before = ticketAfter(...said);
    const complained = tell(before, "complained");
    expect(complained.survey).toEqual({ ...before.survey, complainedAt: minute(86) });
    expect([complained.outcome, complained.journal]).toEqual([{ kind: "complained" }, ["complained"]]);
    const delayed = tell(before, "delayed");
    expect(delayed.survey).toEqual(before.survey);
    expect([delayed.outcome, delayed.journal]).toEqual([{ kind: "noted" }, ["not_delivered_yet:4.4.1"]]);
    const replied = tell(before, "replied");
    expect(replied.survey).toEqual(before.survey);
    expect([replied.outcome, replied.journal]).toEqual([{ kind: "noted" }, ["auto_reply"]]);
  },
);

describe.each(["bounced", "complained", "delayed", "replied"])("%s", (report) => {
  test.each([
    ["nothing is known of", []],
    ["waits", ["resolved 0"]],
    ["was reopened", ["resolved 0", "reopened 1"]],
    ["was skipped", ["resolved 0", "skipped A"]],
    ["the server refused", ["resolved 0", "begun A", "refused A"]],
    ["was answered on the phone alone", ["phoned"]],
    ["was erased", [...mailed, "erased"]],
  ] as const)("says nothing of a ticket whose mail never left: one that %s", (_name, said) => {
    // S73, S56
    const before = ticketAfter(...said);
    const { state, outcome, journal } = tell(before, report);
    expect(state).toBe(before);
    expect([outcome, journal]).toEqual([{ kind: "unknown" }, []]);
  });

  test("is taken once, also after others", () => {
    // S73
    for (const between of [[], ["bounced", "complained", "delayed", "replied"]]) {
      const before = ticketAfter(...mailed, report, ...between);
      const { state, outcome, journal } = tell(before, report);
      expect(state).toBe(before);
      expect([outcome, journal]).toEqual([{ kind: "repeated" }, []]);
    }
  });

  test("is taken once, however much was told of the ticket since", () => {
    // S73
    const since = Array.from({ length: 9 }, (_, place) => `closed ${200 + place}`);
    const { outcome } = tell(ticketAfter(...mailed, report, ...since), report);
    const isKept = report === "bounced" || report === "complained";
    // What only the journal knows of may be told twice, after many other events.
    expect(outcome).toEqual({ kind: isKept ? "repeated" : "noted" });
  });
});

test("a mail that comes back before the server's yes is heard was never sent", () => {
  // S73
  const { survey, outcome, journal } = tell(ticketAfter("resolved 0", "begun A", "bounced"), "accepted A");
  expect(outcome).toEqual({ kind: "sent" });
  expect(survey).toMatchObject({
    status: "failed",
    reason: "bounced",
    sentAt: null,
    messageId: "<1@acme>",
    bounce,
  });
  expect(journal).toEqual(["bounced:5.1.1"]);
});

test.each([
  ["nobody knows whether it was taken, and it would be tried again", ["unknown A"]],
  ["nobody knows whether it was taken, at last", ["unknown at last A"]],
  ["its ticket was left meanwhile", ["reopened 70", "unknown A"]],
  ["it never came back, and is given up", ["gave up B"]],
  ["it never came back, and the facts say no", ["skipped B"]],
  ["it never came back, and is put off", ["put off B"]],
  ["it never came back, and would be repeated", ["begun B"]],
  ["it never came back, and its ticket was left", ["reopened 70", "begun B"]],
] as const)("a mail that comes back during a send failed, however that ends: %s", (_name, end) => {
  // S73
  const { survey } = tell(
    ticketAfter("resolved 0", "begun A", "bounced", ...end.slice(0, -1)),
    end.at(-1) ?? "",
  );
  expect(survey).toMatchObject({ status: "failed", reason: "bounced", sentAt: null, begun: null, bounce });
});

test("whose mail came back is not asked again: not by a resolution, not by links, not by retrying", () => {
  // S73, S4
  const before = ticketAfter(...mailed, "bounced");
  expect(tell(before, "resolved 300").survey?.status).toBe("failed");
  expect(tell(before, "issued").outcome).toMatchObject({ kind: "not_issued", reason: "already_surveyed" });
  expect(tell(before, "retried all").state).toBe(before);
});

test("who answers all the same proves that the mail arrived: it was sent when its send began", () => {
  // S73, S41
  const { survey } = tell(ticketAfter(...mailed, "bounced"), "answered");
  expect(survey).toMatchObject({ status: "answered", reason: null, sentAt: minute(60) });
});

test("a mail that came back counts nowhere, a complaint counts as sent, an answer stays", () => {
  // S73
  const counted = { day: "2026-03-02", resolvedBy: "ada", sent: 1, answered: 0, ratings: [0, 0, 0, 0, 0] };
  expect(countsOf(ticketAfter(...mailed, "complained"))).toEqual([counted]);
  expect(countsOf(ticketAfter(...mailed, "bounced"))).toEqual([]);
  expect(countsOf(ticketAfter(...mailed, "answered", "bounced"))).toEqual([
    { ...counted, answered: 1 },
    { ...counted, sent: 0, ratings: [0, 0, 0, 0, 1] },
  ]);
});
