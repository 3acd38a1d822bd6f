import { describe, expect, test } from "vitest";
import { type TicketFacts, ticketChecks } from "./ticket-checks.ts";

const now = new Date("2026-03-02T12:00:00.000Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const survey = { firstDueAt: now, sentAt: null, armedAt: new Date("2026-03-01T12:00:00.000Z") };
const good: TicketFacts = {
  survey,
  ticket: { status: "resolved" },
  settings: { enabled: true },
  destination: { channel: "email", address: "ada@example.com" },
  maxLatenessMs: 7 * 86_400_000,
  now,
};

test("a survey for which everything holds is not held up", () => {
  // S6
  expect(ticketChecks(good)).toBeNull();
});

describe("each failed check has its own reason", () => {
  // S6, S14, S80
  const cases: readonly [string, Partial<TicketFacts>][] = [
    ["ticket_not_found", { ticket: null }],
    ["ticket_not_resolved", { ticket: { status: "open" } }],
    ["ticket_not_resolved", { ticket: { status: "closed" } }],
    ["csat_disabled", { settings: { enabled: false } }],
    ["no_customer_email", { destination: { reason: "no_customer_email" } }],
    ["no_channel", { destination: { reason: "no_channel" } }],
    ["no_customer_address", { destination: { reason: "no_customer_address" } }],
    ["already_surveyed", { survey: { ...survey, sentAt: now } }],
    ["expired", { survey: { ...survey, firstDueAt: ago(7 * 86_400_000 + 1) } }],
  ];
  test.each(cases)("%s", (reason, change) => {
    expect(ticketChecks({ ...good, ...change })).toEqual({ kind: "skip", reason });
  });
});

test("a survey exactly as late as is allowed still goes out", () => {
  // S12
  expect(ticketChecks({ ...good, survey: { ...survey, firstDueAt: ago(7 * 86_400_000) } })).toBeNull();
});

describe("a ticket that does not look resolved", () => {
  // S6
  test.each([
    ["is looked at again within two minutes of arming", 119_999, "defer"],
    ["is skipped from two minutes on", 120_000, "skip"],
  ])("%s", (_name, armedMs, kind) => {
    const armed = { ...good, survey: { ...survey, armedAt: ago(armedMs) } };
    expect(ticketChecks({ ...armed, ticket: { status: "open" } })?.kind).toBe(kind);
    expect(ticketChecks({ ...armed, ticket: null })?.kind).toBe(kind);
  });

  test("is looked at again after 15 seconds", () => {
    expect(ticketChecks({ ...good, ticket: null, survey: { ...survey, armedAt: now } })).toEqual({
      kind: "defer",
      reason: "ticket_not_committed",
      until: new Date("2026-03-02T12:00:15.000Z"),
    });
  });
});
