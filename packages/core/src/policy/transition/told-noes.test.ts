import { describe, expect, test } from "vitest";
import { minute, now, page, ticketAfter } from "../../../test/transition/words.ts";
import { nobodyAsked } from "../ask/customer-state.ts";
import type { Issued } from "./issued.ts";
import type { PutOff, Skipped } from "./not-sent.ts";
import { type TicketEvent, transition } from "./transition.ts";

const eligibleAt = minute(5_000);
const atWork = { leaseId: "A", generation: 1 } as const;
const recently: Skipped = {
  kind: "skipped",
  ...atWork,
  reason: "asked_recently",
  eligibleAt,
  rememberedAt: null,
  now,
};
const wait = (reason: string, until = eligibleAt): PutOff => ({
  kind: "put_off",
  ...atWork,
  reason,
  isPlanned: true,
  until,
  now,
});

function told(from: readonly string[], ...events: readonly TicketEvent[]) {
  let state = ticketAfter(...from);
  const lines = events.map((event) => {
    const step = transition(state, event);
    state = step.state;
    return step.journal.map(({ event: what, reason, eligibleAt: date }) => ({ what, reason, date }));
  });
  return { state, lines };
}

describe("a no that has a date", () => {
  // S59
  test("is told with it, and no second time for a later resolution", () => {
    const { state, lines } = told(["resolved 0"], recently);
    expect(lines).toEqual([[{ what: "skipped", reason: "asked_recently", date: eligibleAt }]]);
    expect(state.survey).toMatchObject({ status: "skipped", reason: "asked_recently", eligibleAt });
    const armed = transition(state, {
      kind: "resolved",
      at: minute(30),
      actorId: "ada",
      decision: { kind: "arm", dueAt: minute(90) },
      sample: null,
      surveyId: "srv_2",
      trace: null,
      now,
    }).state;
    expect(armed.survey).toMatchObject({ status: "scheduled", generation: 2, eligibleAt: null });
    expect(transition(armed, { ...recently, generation: 2 }).journal).toEqual([]);
    const later = { ...recently, generation: 2, eligibleAt: minute(6_000) };
    expect(transition(armed, later).journal).toHaveLength(1);
  });
});

describe("a survey that goes out later, as planned", () => {
  // S61, S63
  test("says when, once for each time that a rule names, and once for another survey on its way", () => {
    const { state, lines } = told(
      ["resolved 0"],
      wait("rule:hours"),
      wait("rule:hours"),
      wait("rule:hours", minute(9_000)),
      wait("customer_being_asked"),
      wait("customer_being_asked", minute(9_000)),
    );
    expect(lines.map(({ length }) => length)).toEqual([1, 0, 1, 1, 0]);
    expect(lines[0]).toEqual([{ what: "deferred", reason: "rule:hours", date: eligibleAt }]);
    expect(state.survey).toMatchObject({
      status: "scheduled",
      attempts: 0,
      lastError: null,
      dueAt: minute(9_000),
    });
  });
});

test("a send that never came back and is not to be repeated ends as unknown, and says why", () => {
  // S11, S59
  const { state, lines } = told(["resolved 0", "begun A"], {
    kind: "gave_up",
    ...atWork,
    leaseId: "B",
    reason: "csat_disabled",
    now,
  });
  expect(lines[0]?.map(({ what, reason }) => `${what}:${reason}`)).toEqual([
    "claimed:lease_expired",
    "skipped:csat_disabled",
    "gave_up:indeterminate",
  ]);
  expect(state.survey).toMatchObject({
    status: "failed",
    reason: "indeterminate",
    lastError: "csat_disabled",
  });
});

describe("links for the host's own message are refused", () => {
  // S61, S63, S64, S81
  const issued: Issued = {
    kind: "issued",
    ticket: { status: "resolved" },
    ticketId: "T1",
    settings: { enabled: true, cooldownDays: 30, answerCooldownDays: 0 },
    sample: null,
    whom: { never: null, rules: null },
    customer: null,
    customerId: null,
    recipient: { id: null, address: null },
    suppressed: null,
    maxLatenessMs: 86_400_000,
    resolution: null,
    surveyId: "srv_1",
    page,
    channel: "chat",
    slices: [],
    now,
  };
  const other = { at: now, ticketId: "T0" };

  test.each<readonly [string, Partial<Issued>, object]>([
    [
      "to whom is never asked",
      { whom: { never: { kind: "skip", reason: "role_address" }, rules: null } },
      { reason: "role_address" },
    ],
    [
      "by a rule",
      { whom: { never: null, rules: { kind: "skip", reason: "rule:mine" } } },
      { reason: "rule:mine" },
    ],
    [
      "when a rule cannot say",
      { whom: { never: null, rules: { kind: "failed", rule: "mine", error: new Error("broken") } } },
      { reason: "rule_failed" },
    ],
    [
      "within the cooldown, with its end",
      { customer: { ...nobodyAsked, asked: other } },
      { reason: "asked_recently", eligibleAt: new Date(now.getTime() + 30 * 86_400_000) },
    ],
    [
      "while another survey of this customer is on its way",
      { customer: { ...nobodyAsked, reserved: other } },
      { reason: "customer_being_asked" },
    ],
    ["outside of the sample", { sample: { percent: 25, isIn: false } }, { reason: "sampled_out" }],
  ])("%s", (_name, change, expected) => {
    const step = transition(ticketAfter(), { ...issued, ...change });
    expect(step.outcome).toEqual({ kind: "not_issued", ...expected });
    expect(step.journal).toHaveLength(1);
    expect(step.state.survey).toBeNull();
  });
});
