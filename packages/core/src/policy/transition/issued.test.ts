import { describe, expect, test } from "vitest";
import { minute, now, page, tell, ticketAfter } from "../../../test/transition/words.ts";
import type { Issued } from "./issued.ts";
import { nothingKnown } from "./ticket-state.ts";
import { transition } from "./transition.ts";

const issued = { kind: "issued", surveyId: "srv_1", again: false };

describe("links for the host's own message", () => {
  test.each([
    ["never resolved, as far as was told", []],
    ["waiting for its time", ["resolved 0"]],
    ["canceled", ["resolved 0", "reopened 10"]],
    ["skipped", ["resolved 0", "skipped B"]],
    ["given up without having reached anybody", ["resolved 0", "begun B", "refused B"]],
  ])("are issued for a survey that is %s: it is sent now, and its one survey is used", (_name, said) => {
    // S81, S4
    const { survey, outcome, journal } = tell(ticketAfter(...said), "issued");
    expect(outcome).toEqual(issued);
    expect(survey).toMatchObject({
      status: "sent",
      sentAt: now,
      mayHaveReached: true,
      linksIssued: true,
      reason: null,
      page,
    });
    expect(journal).toEqual(["sent:links_issued"]);
    const sent = ticketAfter(...said, "issued");
    expect(tell(sent, "begun A").outcome).toEqual({ kind: "lost" });
    expect(tell(sent, "resolved 200 by ada").outcome).toEqual({
      kind: "not_surveyed",
      reason: "already_surveyed",
    });
    expect(tell(sent, "reopened 200").outcome).toEqual({ kind: "too_late" });
  });

  test("are issued again until the answer comes, and at the same moment nothing changes", () => {
    // S81
    const before = ticketAfter("issued 0 by ada");
    const { state, outcome, journal } = tell(before, "issued 0 by ada");
    expect(state).toBe(before);
    expect([outcome, journal]).toEqual([{ ...issued, again: true }, []]);
    expect(tell(before, "answered", "issued").outcome).toEqual({
      kind: "not_issued",
      reason: "already_surveyed",
    });
  });

  test.each([
    ["already_surveyed", "a mail is on its way", ["resolved 0", "begun A"], "issued"],
    ["already_surveyed", "a mail was sent", ["resolved 0", "begun A", "accepted A"], "issued"],
    ["already_surveyed", "a mail may have arrived", ["resolved 0", "begun A", "unknown A"], "issued"],
    ["already_surveyed", "it was answered on the phone", ["phoned"], "issued"],
    ["already_surveyed", "it was erased", ["erased"], "issued"],
    ["csat_disabled", "surveys are off", ["resolved 0"], "issued off"],
    ["csat_disabled", "surveys are off, again", ["issued"], "issued off"],
    ["ticket_not_resolved", "the ticket is open", ["resolved 0"], "issued open"],
    ["left_since", "the ticket was left after that resolution", ["reopened 20"], "issued 10 by ada"],
    ["left_since", "the ticket was left at that moment", ["reopened 20"], "issued 20 by ada"],
  ])("are refused, %s, when %s", (reason, _name, said, words) => {
    // S81, S20
    const before = ticketAfter(...said);
    const { survey, outcome } = tell(before, words);
    expect(outcome).toEqual({ kind: "not_issued", reason });
    expect(survey).toBe(before.survey);
  });

  test("a no is told once", () => {
    // S81
    const { state, journal } = tell(nothingKnown, "issued off");
    expect(journal).toEqual(["skipped:csat_disabled"]);
    expect(tell(state, "issued off").journal).toEqual([]);
    expect(tell(state, "issued open").journal).toEqual(["skipped:ticket_not_resolved"]);
  });

  test("tell of the resolution that they come with, once, and whoever made it gets the rating", () => {
    // S46, S81
    const { state, journal } = tell(nothingKnown, "issued 10 by ada");
    expect(journal).toEqual(["resolved", "sent:links_issued"]);
    expect(state.firstResolution).toEqual({ at: minute(10), actorId: "ada" });
    expect(tell(state, "resolved 10 by ada").journal).toEqual([]);
    expect(tell(state, "issued 5 by bob")).toMatchObject({
      state: { firstResolution: { at: minute(5), actorId: "bob" } },
      journal: ["resolved"],
    });
  });
});

const anIssued: Issued = {
  kind: "issued",
  ticket: { status: "resolved" },
  ticketId: "T1",
  settings: { enabled: true, cooldownDays: 0, answerCooldownDays: 0 },
  sample: null,
  whom: { never: null, rules: null },
  customer: null,
  customerId: null,
  recipient: { id: null, address: null },
  suppressed: null,
  maxLatenessMs: 39 * 60_000,
  resolution: null,
  surveyId: "srv_2",
  page,
  channel: "chat",
  slices: [],
  now,
};

test.each([
  ["without a resolution, from when the survey was due", null, "expired"],
  ["from the later resolution that is told", { at: minute(90), actorId: "ada" }, null],
  ["not from an earlier one", { at: minute(-10), actorId: "ada" }, "expired"],
])("lateness counts %s", (_name, resolution, reason) => {
  // S6, S12, S81
  // Due at minute 60, and now is minute 100.
  const { outcome } = transition(ticketAfter("resolved 0"), { ...anIssued, resolution });
  expect(outcome).toEqual(reason === null ? issued : { kind: "not_issued", reason });
});

test("links keep what their figures can be cut by, and other links of the same survey change nothing of it", () => {
  // S85
  const once = transition(nothingKnown, { ...anIssued, slices: ["team=billing"] }).state;
  expect(once.survey?.slices).toEqual(["team=billing"]);
  const again = transition(once, { ...anIssued, slices: ["team=sales"] });
  expect(again.outcome).toEqual({ kind: "issued", surveyId: "srv_2", again: true });
  expect(again.state.survey?.slices).toEqual(["team=billing"]);
});

test("whoever is not to be asked gets no links, and none again", () => {
  // S72, S81
  const no = { kind: "not_issued", reason: "opted_out" };
  const opted = { ...anIssued, suppressed: "opted_out" } as const;
  expect(transition(nothingKnown, opted).outcome).toEqual(no);
  const once = transition(nothingKnown, anIssued).state;
  expect(transition(once, opted)).toMatchObject({ outcome: no, state: { survey: once.survey } });
});
