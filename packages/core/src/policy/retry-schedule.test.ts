import { describe, expect, test } from "vitest";
import { newId } from "../survey/id.ts";
import {
  afterOutageAt,
  maxAttempts,
  nameAgainAt,
  nextAttemptAt,
  putOffUntil,
  spread,
} from "./retry-schedule.ts";

const now = new Date("2026-03-01T12:00:00.000Z");

describe("attempts", () => {
  // S12, S54
  test.each([
    [1, "2026-03-01T12:01:00.000Z"],
    [2, "2026-03-01T12:05:00.000Z"],
    [3, "2026-03-01T12:30:00.000Z"],
    [4, "2026-03-01T14:00:00.000Z"],
    [5, "2026-03-01T18:00:00.000Z"],
  ])("after %i failed ones the next is at %s", (attempts, expected) => {
    expect(nextAttemptAt({ attempts, now })?.toISOString()).toBe(expected);
  });

  test("after six there is none", () => {
    // S12
    expect(maxAttempts).toBe(6);
    expect(nextAttemptAt({ attempts: 6, now })).toBeNull();
  });
});

describe("retries of what failed together are spread", () => {
  // S54
  const ids = Array.from({ length: 1_000 }, () => newId("evt"));
  test.each([
    ["a minute: over 12 seconds", 60_000, 12_000],
    ["six hours: over five minutes, no more", 21_600_000, 300_000],
  ])("over a fifth of the pause, %s", (_name, pauseMs, widthMs) => {
    const retryAt = new Date(now.getTime() + pauseMs);
    const laterMs = ids.map((id) => spread({ retryAt, now, id }).getTime() - retryAt.getTime());
    expect(Math.min(...laterMs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...laterMs)).toBeLessThan(widthMs);
    // Of ten equal parts of that time each gets its share: 100 of 1,000, give or take half.
    const parts = new Map<number, number>();
    for (const later of laterMs) {
      const part = Math.floor((later / widthMs) * 10);
      parts.set(part, (parts.get(part) ?? 0) + 1);
    }
    expect(parts.size).toBe(10);
    for (const count of parts.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
  });
});

describe("what is put off waits for as long as it is late already, then for a quarter of that", () => {
  // S12
  test.each([
    ["not late at all: a second", 0, 1_000],
    ["5 seconds late: 5 seconds", 5_000, 5_000],
    ["3 minutes late: a minute", 180_000, 60_000],
    ["8 minutes late: 2 minutes", 480_000, 120_000],
    ["an hour late: a quarter of an hour", 3_600_000, 900_000],
    ["a day late: an hour, no more", 86_400_000, 3_600_000],
    ["ahead of its time: a second", -10_000, 1_000],
  ])("%s", (_name, lateMs, pauseMs) => {
    const firstDueAt = new Date(now.getTime() - lateMs);
    expect(afterOutageAt({ firstDueAt, now }).getTime() - now.getTime()).toBe(pauseMs);
    // The host is asked again within a minute.
    const askedMs = putOffUntil({ firstDueAt, now }).getTime() - now.getTime();
    expect(askedMs).toBe(Math.min(pauseMs, 60_000));
  });
});

test("a recipient that is named in vain is named 24 times within a week", () => {
  // S12: after 0, 1, 2, 3, 4.5, 6.75 … minutes; with the five attempts that may count besides, fewer than 30.
  const firstDueAt = now;
  const minutes: number[] = [];
  for (let at = now; at.getTime() - now.getTime() < 7 * 86_400_000; at = nameAgainAt({ firstDueAt, now: at }))
    minutes.push((at.getTime() - now.getTime()) / 60_000);
  expect(minutes.slice(0, 6)).toEqual([0, 1, 2, 3, 4.5, 6.75]);
  expect(minutes).toHaveLength(24);
});
