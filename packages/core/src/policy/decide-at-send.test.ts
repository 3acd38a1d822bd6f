import { describe, expect, test } from "vitest";
import { type AtSend, decideAtSend } from "./decide-at-send.ts";

const now = new Date("2026-03-02T12:00:00.000Z");
const good: AtSend = {
  survey: { firstDueAt: now, sentAt: null },
  ticket: { status: "resolved" },
  settings: { enabled: true },
  destination: { channel: "email", address: "ada@example.com" },
  armedAt: new Date("2026-03-01T12:00:00.000Z"),
  maxLatenessMs: 7 * 86_400_000,
  now,
};
const ago = (ms: number) => new Date(now.getTime() - ms);

test("a survey for which everything holds goes to the customer's address", () => {
  // S6
  expect(decideAtSend(good)).toEqual({
    kind: "send",
    channel: "email",
    address: "ada@example.com",
  });
});

describe("each failed check has its own reason", () => {
  // S6, S14, S80
  const cases: readonly [string, Partial<AtSend>][] = [
    ["ticket_not_found", { ticket: null }],
    ["ticket_not_resolved", { ticket: { status: "open" } }],
    ["ticket_not_resolved", { ticket: { status: "closed" } }],
    ["csat_disabled", { settings: { enabled: false } }],
    ["no_customer_email", { destination: { reason: "no_customer_email" } }],
    ["no_channel", { destination: { reason: "no_channel" } }],
    ["no_customer_address", { destination: { reason: "no_customer_address" } }],
    ["already_surveyed", { survey: { firstDueAt: now, sentAt: now } }],
    ["expired", { survey: { firstDueAt: ago(7 * 86_400_000 + 1), sentAt: null } }],
  ];
  test.each(cases)("%s", (reason, change) => {
    expect(decideAtSend({ ...good, ...change })).toEqual({ kind: "skip", reason });
  });
});

test("a survey exactly as late as is allowed still goes out", () => {
  // S12
  expect(decideAtSend({ ...good, survey: { firstDueAt: ago(7 * 86_400_000), sentAt: null } }).kind).toBe(
    "send",
  );
});

describe("a ticket that does not look resolved", () => {
  // S6
  test.each([
    ["is looked at again within two minutes of arming", 119_999, "wait"],
    ["is skipped from two minutes on", 120_000, "skip"],
  ])("%s", (_name, armedMs, kind) => {
    expect(decideAtSend({ ...good, ticket: { status: "open" }, armedAt: ago(armedMs) }).kind).toBe(kind);
    expect(decideAtSend({ ...good, ticket: null, armedAt: ago(armedMs) }).kind).toBe(kind);
  });

  test("is looked at again after 15 seconds", () => {
    expect(decideAtSend({ ...good, ticket: null, armedAt: now })).toEqual({
      kind: "wait",
      until: new Date("2026-03-02T12:00:15.000Z"),
    });
  });
});
