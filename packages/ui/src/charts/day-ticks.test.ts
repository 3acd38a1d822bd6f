import { expect, test } from "vitest";
import { dayTicks } from "./day-ticks.ts";

function daysFrom(first: string, count: number): readonly string[] {
  const start = Date.parse(first);
  return Array.from({ length: count }, (_, index) =>
    new Date(start + index * 86_400_000).toISOString().slice(0, 10),
  );
}

function named(first: string, count: number): readonly string[] {
  const days = daysFrom(first, count);
  return dayTicks(days).map(({ index, isMinor }) => `${days[index]}${isMinor ? "" : "!"}`);
}

test("a week names every day, and three of them where there is little room", () => {
  expect(named("2026-11-24", 7)).toEqual([
    "2026-11-24!",
    "2026-11-25",
    "2026-11-26",
    "2026-11-27!",
    "2026-11-28",
    "2026-11-29",
    "2026-11-30!",
  ]);
});

test("a month names its weeks", () => {
  expect(named("2026-11-01", 30)).toEqual([
    "2026-11-01!",
    "2026-11-08",
    "2026-11-15!",
    "2026-11-22",
    "2026-11-29!",
  ]);
});

test("90 days name every second week", () => {
  expect(named("2026-09-02", 90)).toHaveLength(7);
});

test("a year names its months", () => {
  expect(named("2026-01-01", 365)).toEqual(
    Array.from(
      { length: 12 },
      (_, month) => `2026-${String(month + 1).padStart(2, "0")}-01${month % 4 === 0 ? "!" : ""}`,
    ),
  );
});

test("ten years name every second January", () => {
  expect(named("2016-12-01", 3652)).toEqual([
    "2018-01-01!",
    "2020-01-01",
    "2022-01-01!",
    "2024-01-01",
    "2026-01-01!",
  ]);
});

test("one day is named", () => {
  expect(named("2026-11-24", 1)).toEqual(["2026-11-24!"]);
});
