import { describe, expect, test } from "vitest";
import { tell, ticketAfter } from "../../../test/transition/words.ts";
import { countsOf, deltasBetween } from "./consequences.ts";
import type { TicketState } from "./ticket-state.ts";

const day = "2026-03-02";
const none = [0, 0, 0, 0, 0];

function withSlices(state: TicketState, slices: readonly string[]): TicketState {
  return state.survey === null ? state : { ...state, survey: { ...state.survey, slices } };
}

/** Part, sent, answered and ratings of each of the deltas of a part, in any order. */
function partsOf(before: TicketState, after: TicketState) {
  return deltasBetween(before, after)
    .filter(({ part }) => part !== undefined)
    .map(({ part, resolvedBy, sent, answered, ratings }) => [part, resolvedBy, sent, answered, ratings]);
}

const begun = ticketAfter("resolved 20 by bob", "begun A");
const sent = ticketAfter("resolved 20 by bob", "begun A", "accepted A");
const answered = tell(sent, "answered").state;

describe("the counts of a value move as those of the whole", () => {
  // S85
  const cut = ["team2=x", "team=billing"];
  test.each([
    ["a send", begun, sent, "bob", 1, 0, none],
    ["an answer", sent, answered, "bob", 0, 1, [0, 0, 0, 0, 1]],
    ["both at once", begun, answered, "bob", 1, 1, [0, 0, 0, 0, 1]],
    ["an erased ticket", answered, tell(answered, "erased").state, "bob", -1, -1, [0, 0, 0, 0, -1]],
  ])("%s", (_name, before, after, ...counts) => {
    expect(partsOf(withSlices(before, cut), withSlices(after, cut))).toEqual([
      ["slice:team2=x", ...counts],
      ["slice:team=billing", ...counts],
    ]);
  });

  test("the move to an earlier resolver", () => {
    const before = withSlices(answered, ["team=billing"]);
    expect(partsOf(before, tell(before, "resolved 0 by ada").state)).toEqual([
      ["slice:team=billing", "bob", -1, -1, [0, 0, 0, 0, -1]],
      ["slice:team=billing", "ada", 1, 1, [0, 0, 0, 0, 1]],
    ]);
  });

  test("a value that changed with a later attempt takes the counts along", () => {
    expect(partsOf(withSlices(sent, ["team=a"]), withSlices(sent, ["team=b"]))).toEqual([
      ["slice:team=a", "bob", -1, 0, none],
      ["slice:team=b", "bob", 1, 0, none],
    ]);
  });
});

test("each value of a set counts once, and what that counts beyond once stands under no value", () => {
  // S85
  const set = withSlices(sent, ["tags=a", "tags=b", "tags=c", "team=billing"]);
  expect(partsOf(withSlices(begun, []), set)).toEqual([
    ["slice:tags=a", "bob", 1, 0, none],
    ["slice:tags=b", "bob", 1, 0, none],
    ["slice:tags=", "bob", 2, 0, none],
    ["slice:tags=c", "bob", 1, 0, none],
    ["slice:team=billing", "bob", 1, 0, none],
  ]);
});

test("a ticket without values counts in no part", () => {
  // S85
  expect(countsOf(answered).map(({ part }) => part)).toEqual([undefined, undefined]);
  expect(countsOf(answered).every((count) => count.day === day)).toBe(true);
});
