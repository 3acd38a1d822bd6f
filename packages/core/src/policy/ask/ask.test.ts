import { expect, test } from "vitest";
import { leftOut, type WhomFacts, whyNeverOrByRules, whyNotByFacts } from "./ask.ts";
import type { AskRule } from "./rule.ts";

const now = new Date("2026-03-02T12:00:00.000Z");
const rule = (name: string, decide: AskRule["decide"]): AskRule => ({ name, decide });
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const facts: WhomFacts & Parameters<typeof whyNotByFacts>[0] = {
  requester: { channel: "email", address: "ada@example.com", operatorId: null, operators: [] },
  neverAsk: { roleAddresses: true, oneself: true },
  suppressed: null,
  isLeftOut: false,
  rules: [],
  ruleFacts: {
    workspaceId: "acme",
    ticketId: "T1",
    now,
    resolvedAt: now,
    resolvedBy: null,
    assigneeId: null,
    channel: "email",
    customer: { timeZone: null, locale: null },
    attributes: {},
  },
  survey: { firstDueAt: now },
  maxLatenessMs: 7 * 86_400_000,
  now,
};
const no = { ...facts, rules: [rule("no", () => "skip")] };
const role = { ...facts.requester, address: "no-reply@example.com" };

test("nothing speaks against a customer about whom nothing is known", () => {
  // S59
  expect(whyNotByFacts(facts)).toBeNull();
  expect(whyNotByFacts({ ...facts, rules: [rule("yes", () => "ask")] })).toBeNull();
});

test("the first in the order decides: whom never to ask, left out, the host's rules", () => {
  // S59, S63, S64, S65
  expect(whyNotByFacts({ ...no, requester: role, isLeftOut: true })).toEqual({
    kind: "skip",
    reason: "role_address",
  });
  expect(whyNotByFacts({ ...no, isLeftOut: true })).toEqual({ kind: "skip", reason: "left_out" });
  expect(whyNotByFacts(no)).toEqual({ kind: "skip", reason: "rule:no" });
  expect(leftOut(facts)).toBeNull();
});

test.each([
  [
    "at the last moment of the time in which a mail makes sense",
    7,
    { kind: "defer", reason: "rule:wait", until: later(7) },
  ],
  ["a day later", 8, { kind: "skip", reason: "expired" }],
])("a rule that puts a survey off until %s", (_name, days, expected) => {
  // S12, S66
  const rules = [rule("wait", () => ({ notBefore: later(days) }))];
  expect(whyNotByFacts({ ...facts, rules })).toEqual(expected);
});

test("a rule that cannot say is told by its name, with what it threw", () => {
  // S63
  const error = new Error("broken");
  const rules = [
    rule("broken", () => {
      throw error;
    }),
  ];
  expect(whyNotByFacts({ ...facts, rules })).toEqual({ kind: "failed", rule: "broken", error });
});

test("for a message of the host's own no rule defers: its moment is the host's choice", () => {
  // S81
  const wait = [rule("wait", () => ({ notBefore: later(1) }))];
  expect(whyNeverOrByRules({ ...facts, rules: wait })).toEqual({ never: null, rules: null });
  expect(whyNeverOrByRules({ ...no, requester: role })).toEqual({
    never: { kind: "skip", reason: "role_address" },
    rules: { kind: "skip", reason: "rule:no" },
  });
});

test("a customer who is not to be asked comes before what was left out by hand, and behind whom never to ask", () => {
  // S59, S74
  const suppressed = { ...no, suppressed: "opted_out", isLeftOut: true } as const;
  expect(whyNotByFacts(suppressed)).toEqual({ kind: "skip", reason: "opted_out" });
  expect(whyNotByFacts({ ...suppressed, requester: role })).toEqual({ kind: "skip", reason: "role_address" });
});
