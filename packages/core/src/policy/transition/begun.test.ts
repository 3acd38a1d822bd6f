import { describe, expect, test } from "vitest";
import { minute, page, tell, ticketAfter } from "../../../test/transition/words.ts";
import { transition } from "./transition.ts";

describe("a send that begins", () => {
  test("counts as an attempt that may reach the customer", () => {
    // S4, S10, S12
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0"), "begun A");
    expect(outcome).toEqual({ kind: "begun" });
    expect(survey).toMatchObject({
      status: "sending",
      attempts: 1,
      mayHaveReached: true,
      begun: { leaseId: "A", reachedBefore: false },
      sendBegunAt: minute(60),
      page,
    });
    expect(journal).toEqual([]);
  });

  test.each([
    ["chat", "chat"],
    ["email", null],
  ])("keeps its channel: %s", (channel, kept) => {
    // S80
    const before = ticketAfter("resolved 0");
    const begun = {
      kind: "begun",
      leaseId: "A",
      generation: 1,
      at: minute(60),
      page,
      channel,
      slices: ["team=billing"],
      customer: null,
      recipient: { id: null, address: null },
    } as const;
    expect(transition(before, begun).state.survey).toMatchObject({ status: "sending", channel: kept });
  });

  test("keeps what its figures can be cut by, and a later attempt what the ticket says by then", () => {
    // S85
    const begin = (leaseId: string, slices: readonly string[]) =>
      ({
        kind: "begun",
        leaseId,
        generation: 1,
        at: minute(60),
        page,
        channel: "email",
        slices,
        customer: null,
        recipient: { id: null, address: null },
      }) as const;
    const once = transition(ticketAfter("resolved 0"), begin("A", ["team=billing"])).state;
    expect(once.survey?.slices).toEqual(["team=billing"]);
    expect(transition(once, begin("B", ["team=sales"])).state.survey?.slices).toEqual(["team=sales"]);
  });

  test("is the same send when it is told again", () => {
    const before = ticketAfter("resolved 0", "begun A");
    const { state, outcome, journal } = tell(before, "begun A");
    expect(state).toBe(before);
    expect([outcome, journal]).toEqual([{ kind: "begun" }, []]);
  });

  test("repeats one that never came back", () => {
    // S11
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0", "begun A"), "begun B");
    expect(outcome).toEqual({ kind: "begun" });
    expect(survey).toMatchObject({ attempts: 2, begun: { leaseId: "B", reachedBefore: true } });
    expect(journal).toEqual(["claimed:lease_expired"]);
  });

  test.each([
    ["left before it began", ["resolved 0", "reopened 10"]],
    ["skipped", ["resolved 0", "skipped B"]],
    ["sent", ["resolved 0", "begun B", "accepted B"]],
    ["answered", ["resolved 0", "begun B", "answered"]],
    ["given up", ["resolved 0", "begun B", "refused B"]],
    ["erased", ["resolved 0", "erased"]],
    ["of a ticket nobody resolved", []],
  ])("does not when the survey was %s", (_name, said) => {
    // S4, S6, S10, S56
    const before = ticketAfter(...said);
    const { state, outcome, journal } = tell(before, "begun A");
    expect(state).toBe(before);
    expect([outcome, journal]).toEqual([{ kind: "lost" }, []]);
  });

  test("does not in a generation that is over", () => {
    // S5
    const before = ticketAfter("resolved 0", "reopened 10", "resolved 20");
    const { state, outcome } = tell(before, "begun A of old");
    expect(state).toBe(before);
    expect(outcome).toEqual({ kind: "lost" });
  });

  test("is not repeated when the ticket was left since: the survey is canceled", () => {
    // S10
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0", "begun A", "reopened 61"), "begun B");
    expect(outcome).toEqual({ kind: "canceled" });
    expect(survey).toMatchObject({ status: "canceled", reason: "reopened", attempts: 1, begun: null });
    expect(journal).toEqual(["claimed:lease_expired", "canceled:reopened"]);
  });

  test("is repeated when the ticket was left and resolved again", () => {
    // S11
    const { outcome } = tell(ticketAfter("resolved 0", "begun A", "reopened 61", "resolved 62"), "begun B");
    expect(outcome).toEqual({ kind: "begun" });
  });
});
