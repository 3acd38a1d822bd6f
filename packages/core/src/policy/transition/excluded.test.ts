import { describe, expect, test } from "vitest";
import { minute, now, tell, ticketAfter } from "../../../test/transition/words.ts";
import { countsOf, deltasBetween } from "./consequences.ts";

const answered = ["resolved 0 by ada", "begun A", "accepted A", "answered"] as const;
const about = { answer: { rating: 5, respondedAt: minute(90) } };
const exclusion = { reason: "agent", actorId: "eve", at: now };

test("an excluded answer stays the ticket's one answer, and says why it does not count, since when and by whom", () => {
  // S76
  const before = ticketAfter(...answered);
  const { state, outcome, journal } = tell(before, "excluded");
  expect(state).toEqual({ ...before, survey: { ...before.survey, exclusion } });
  expect(outcome).toEqual({ kind: "excluded", ...about, exclusion });
  expect(journal).toEqual(["excluded:agent"]);
});

test("a restored answer is what it was before", () => {
  // S76
  const before = ticketAfter(...answered);
  const { state, outcome, journal } = tell(before, "excluded", "restored");
  expect(state).toEqual(before);
  expect(outcome).toEqual({ kind: "restored", ...about, exclusion });
  expect(journal).toEqual(["restored"]);
});

test.each([
  ["excluding again", [...answered, "excluded"], "excluded"],
  ["restoring what counts", answered, "restored"],
  ["restoring again", [...answered, "excluded", "restored"], "restored"],
])("%s does nothing", (_name, said, words) => {
  // S76
  const before = ticketAfter(...said);
  const { state, outcome, journal } = tell(before, words);
  expect(state).toBe(before);
  expect([outcome, journal]).toEqual([{ kind: "nothing_to_do" }, []]);
});

describe.each(["excluded", "restored"])("%s", (words) => {
  test.each([
    ["nothing is known of", []],
    ["waits", ["resolved 0"]],
    ["was asked about", ["resolved 0", "begun A", "accepted A"]],
    ["was erased", [...answered, "excluded", "erased"]],
  ])("changes nothing of a ticket that %s", (_name, said) => {
    // S76, S56
    const before = ticketAfter(...said);
    const { state, outcome, journal } = tell(before, words);
    expect(state).toBe(before);
    expect([outcome, journal]).toEqual([{ kind: "not_answered" }, []]);
  });
});

const none = [0, 0, 0, 0, 0];

test("what is excluded counts as sent and not as answered, whoever turns out to have resolved the ticket first", () => {
  // S76, S46
  const excluded = ticketAfter(...answered, "excluded");
  const counted = { day: "2026-03-02", resolvedBy: "ada", sent: 1, answered: 0, ratings: none };
  expect(countsOf(excluded)).toEqual([counted]);
  const moved = tell(excluded, "resolved -5 by bob");
  expect(deltasBetween(excluded, moved.state)).toEqual([
    { ...counted, sent: -1 },
    { ...counted, resolvedBy: "bob" },
  ]);
  const restored = tell(moved.state, "restored");
  expect(deltasBetween(moved.state, restored.state)).toEqual([
    { ...counted, resolvedBy: "bob", sent: 0, answered: 1, ratings: [0, 0, 0, 0, 1] },
  ]);
});

test("an answer taken on the phone leaves the figures of its channel, too", () => {
  // S76, S82
  const before = ticketAfter("phoned");
  const counted = { day: "2026-03-02", resolvedBy: null, sent: 0, answered: -1, ratings: [0, 0, 0, -1, 0] };
  expect(deltasBetween(before, tell(before, "excluded").state)).toEqual([
    counted,
    { ...counted, part: "channel:phone" },
  ]);
});
