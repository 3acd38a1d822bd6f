import { describe, expect, test } from "vitest";
import { type CooldownFacts, cooldown, hasCooldown } from "./cooldown.ts";
import { nobodyAsked } from "./customer-state.ts";

const at = new Date("2026-03-02T12:00:00.000Z");
const after = (days: number, ms = 0) => new Date(at.getTime() + days * 86_400_000 + ms);
const other = { at, ticketId: "T0" };
const own = { at, ticketId: "T1" };
const of = (facts: Partial<CooldownFacts>): CooldownFacts => ({
  settings: { cooldownDays: 30, answerCooldownDays: 90 },
  customer: nobodyAsked,
  ticketId: "T1",
  now: at,
  ...facts,
});
const notBefore = (eligibleAt: Date) => ({ kind: "skip", reason: "asked_recently", eligibleAt });

test("a cooldown is on while either number of days is above 0", () => {
  // S61, S69
  expect(hasCooldown({ cooldownDays: 0, answerCooldownDays: 0 })).toBe(false);
  expect(hasCooldown({ cooldownDays: 1, answerCooldownDays: 0 })).toBe(true);
  expect(hasCooldown({ cooldownDays: 0, answerCooldownDays: 1 })).toBe(true);
});

describe("within so many times 24 hours", () => {
  // S61
  test.each([
    ["of having been asked", { asked: other }, 30],
    ["of having answered", { answered: other }, 90],
    ["of the later end of both", { asked: other, answered: other }, 90],
  ])("%s nobody is asked, and on the last moment again", (_name, known, days) => {
    const customer = { ...nobodyAsked, ...known };
    expect(cooldown(of({ customer, now: after(days, -1) }))).toEqual(notBefore(after(days)));
    expect(cooldown(of({ customer, now: after(days) }))).toBeNull();
  });

  test("what was done for the ticket itself does not stand in its way", () => {
    expect(
      cooldown(of({ customer: { ...nobodyAsked, asked: own, answered: own, reserved: own } })),
    ).toBeNull();
  });

  test("a number of days that is 0 limits nothing", () => {
    const settings = { cooldownDays: 0, answerCooldownDays: 90 };
    const customer = { ...nobodyAsked, asked: other, reserved: other };
    expect(cooldown(of({ settings, customer }))).toBeNull();
  });
});

test("while another survey of this customer is on its way, it is looked at again after 15 seconds", () => {
  // S61
  expect(cooldown(of({ customer: { ...nobodyAsked, reserved: other } }))).toEqual({
    kind: "defer",
    reason: "customer_being_asked",
    until: after(0, 15_000),
  });
});

test("nobody known, nothing asked: a yes", () => {
  expect(cooldown(of({}))).toBeNull();
  expect(cooldown(of({ customer: null }))).toBeNull();
});
