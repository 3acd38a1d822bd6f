import { expect, test } from "vitest";
import { eventOf, minute, tell, ticketAfter } from "../../../test/transition/words.ts";
import { linksEndAt, linksOutAt } from "./link-expiry.ts";
import type { TicketState } from "./ticket-state.ts";
import { transition } from "./transition.ts";

const outAt = ({ survey }: TicketState) => (survey === null ? null : linksOutAt(survey));

/** The ticket told one more event, with another time than the words give it. */
function told(state: TicketState, words: string, times: { readonly at?: Date; readonly now?: Date }) {
  return transition(state, { ...eventOf(state, words), ...times }).state;
}

test.each([
  ["nothing began", ["resolved 0"], null],
  ["its first mail is on its way: from the begin of the send", ["resolved 0", "begun A"], minute(60)],
  ["the mail was accepted: from then on", ["resolved 0", "begun A", "accepted A"], minute(61)],
  ["the mail was refused: nothing is out", ["resolved 0", "begun A", "busy A"], null],
  ["nobody knows whether the mail arrived", ["resolved 0", "begun A", "unknown A"], minute(60)],
  [
    "it was given up, and a mail may have arrived",
    ["resolved 0", "begun A", "unknown at last A"],
    minute(60),
  ],
  ["the host was given links: from then on", ["issued"], minute(100)],
])("from when on the days of a link count, when %s", (_name, said, from) => {
  // S75
  expect(outAt(ticketAfter(...said))).toEqual(from);
});

test("a later mail that may have arrived moves the end on, one that was certainly refused does not", () => {
  // S75, S11
  const tried = told(tell(ticketAfter("resolved 0", "begun A"), "unknown A").state, "begun A", {
    at: minute(70),
  });
  expect(outAt(tried)).toEqual(minute(70));
  expect(outAt(tell(tried, "unknown A").state)).toEqual(minute(70));
  const refused = tell(tried, "busy A").state;
  expect(outAt(refused)).toEqual(minute(60));
  // The mail of minute 60 was answered, so that is when the survey was sent.
  expect(tell(refused, "answered").survey?.sentAt).toEqual(minute(60));
  // A third attempt after both: two refusals in a row still leave the first.
  const third = tell(told(refused, "begun A", { at: minute(80) }), "busy A").state;
  expect(outAt(third)).toEqual(minute(60));
});

test("links that are issued again move the end of all on, never back", () => {
  // S75, S81
  const first = ticketAfter("issued 0 by ada");
  const again = told(first, "issued 0 by ada", { now: minute(130) });
  expect([outAt(first), outAt(again)]).toEqual([minute(100), minute(130)]);
  expect(told(again, "issued 0 by ada", { now: minute(120) })).toBe(again);
  expect(told(again, "issued 0 by ada", { now: minute(130) })).toBe(again);
});

test("a send that was begun by an older release, which noted no earlier begin, keeps the later one", () => {
  // S75
  const tried = told(tell(ticketAfter("resolved 0", "begun A"), "unknown A").state, "begun A", {
    at: minute(70),
  });
  const begun = { leaseId: "A", reachedBefore: true, begunBefore: null };
  const survey = tried.survey === null ? null : { ...tried.survey, begun };
  expect(outAt(tell({ ...tried, survey }, "busy A").state)).toEqual(minute(70));
});

test("days are 24 hours each, also over a change of the clock", () => {
  // S75
  const survey = { linksIssuedAt: null, sendBegunAt: null, mayHaveReached: true };
  // Summer time began in Berlin on 29 March 2026.
  const sentAt = new Date("2026-03-28T12:00:00.123Z");
  expect(linksEndAt({ ...survey, sentAt }, 1)).toEqual(new Date("2026-03-29T12:00:00.123Z"));
  expect(linksEndAt({ ...survey, sentAt }, 365)).toEqual(new Date("2027-03-28T12:00:00.123Z"));
});

test("links that a workspace never ends, and those that nobody has, have no end", () => {
  // S75
  const sent = { linksIssuedAt: null, sentAt: minute(0), sendBegunAt: minute(0), mayHaveReached: true };
  expect(linksEndAt(sent, null)).toBeNull();
  expect(linksEndAt({ ...sent, sentAt: null, mayHaveReached: false }, 30)).toBeNull();
});
