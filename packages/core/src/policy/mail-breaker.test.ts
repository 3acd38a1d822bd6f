import { expect, test } from "vitest";
import { breakerAfterFailure, isBreakerOpen, type MailBreaker, noteFailure } from "./mail-breaker.ts";

const start = new Date("2026-03-01T12:00:00.000Z");
const after = (ms: number) => new Date(start.getTime() + ms);

test("nothing is paused before the first failure", () => {
  expect(isBreakerOpen({ breaker: undefined, now: start })).toBe(false);
});

test("pauses double from a second to a minute while the failures go on", () => {
  // S12
  let breaker: MailBreaker | undefined;
  let now = start;
  const pauses: number[] = [];
  for (let failure = 0; failure < 8; failure++) {
    breaker = breakerAfterFailure({ breaker, now });
    pauses.push(breaker.openUntil.getTime() - now.getTime());
    now = breaker.openUntil;
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test("ten mails that fail together count as one failure", () => {
  let breaker: MailBreaker | undefined;
  for (let mail = 0; mail < 10; mail++) breaker = breakerAfterFailure({ breaker, now: after(mail) });
  expect(breaker).toEqual({ failures: 1, openUntil: after(1_000) });
});

test("it is open before its time and closed from then on", () => {
  const breaker = breakerAfterFailure({ breaker: undefined, now: start });
  expect(isBreakerOpen({ breaker, now: after(999) })).toBe(true);
  expect(isBreakerOpen({ breaker, now: after(1_000) })).toBe(false);
});

test("a process remembers the workspaces that failed within the last hour, not every one that ever did", () => {
  const breakers = new Map<string, MailBreaker>();
  const dayMs = 86_400_000;
  for (let place = 0; place < 24 * 60; place++) {
    noteFailure({ breakers, workspaceId: `w${place}`, now: after((place * dayMs) / (24 * 60)) });
  }
  // One a minute, each open for a second: those of the last hour and the one that closed a second too late.
  expect(breakers.size).toBe(61);
  expect(breakers.has("w1439")).toBe(true);
});

test("a workspace that goes on failing keeps its pause, however many others come in between", () => {
  const breakers = new Map<string, MailBreaker>();
  const pauses: number[] = [];
  for (let minute = 0; minute < 5; minute++) {
    const now = after(minute * 60_000);
    const { openUntil } = noteFailure({ breakers, workspaceId: "acme", now });
    pauses.push(openUntil.getTime() - now.getTime());
    noteFailure({ breakers, workspaceId: `other${minute}`, now });
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
});
